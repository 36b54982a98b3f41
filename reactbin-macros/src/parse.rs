//! From tokens to entries and values.
//!
//! Knows the language's shape and nothing of Kubernetes. A slip is recorded and parsing goes on
//! behind the next comma, so that all errors of a declaration come at once.

use proc_macro2::{Delimiter, Group, Literal, Punct, Spacing, TokenStream, TokenTree};

use crate::errors::Errors;
use crate::spot::Spot;
use crate::syntax::{Entry, Item, Key, Path, Value, ValueKind, ident_text};

/// Deeper nesting than any manifest has; keeps every later walk within its stack.
const DEEPEST: usize = 64;

/// What may stand behind a number: the units of quantities and of durations.
const UNITS: &[&str] =
    &["Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "m", "k", "M", "G", "T", "P", "E", "s", "h", "d"];

/// Parses the entries of a declaration's body or of a `{ … }`.
pub(crate) fn parse_entries(tokens: TokenStream, around: Spot, errors: &mut Errors) -> Vec<Entry> {
    Parser::new(tokens, around, 0, errors).entries()
}

pub(crate) struct Parser<'e> {
    pub(crate) tokens: Vec<TokenTree>,
    pub(crate) at: usize,
    around: Spot,
    depth: usize,
    /// The key whose value is being read, as it was written.
    key: String,
    pub(crate) errors: &'e mut Errors,
}

/// Tokens with the invisible groups that `macro_rules!` puts around its fragments taken away.
pub(crate) fn flatten(tokens: TokenStream, out: &mut Vec<TokenTree>) {
    for tree in tokens {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flatten(group.stream(), out);
            }
            other => out.push(other),
        }
    }
}

impl<'e> Parser<'e> {
    fn new(tokens: TokenStream, around: Spot, depth: usize, errors: &'e mut Errors) -> Parser<'e> {
        let mut flat = Vec::new();
        flatten(tokens, &mut flat);
        Parser { tokens: flat, at: 0, around, depth, key: String::new(), errors }
    }

    pub(crate) fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    fn peek_punct(&self, ahead: usize) -> Option<&Punct> {
        match self.tokens.get(self.at + ahead) {
            Some(TokenTree::Punct(punct)) => Some(punct),
            _ => None,
        }
    }

    pub(crate) fn is_punct(&self, ahead: usize, c: char) -> bool {
        self.peek_punct(ahead).is_some_and(|punct| punct.as_char() == c)
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.is_punct(0, c);
        self.at += usize::from(found);
        found
    }

    /// The next token, or what is around when there is none.
    pub(crate) fn here(&self) -> Spot {
        match self.peek() {
            Some(TokenTree::Group(group)) => {
                Spot { start: group.span_open(), end: group.span_close() }
            }
            Some(other) => Spot::of(other.span()),
            None => self.last_spot(),
        }
    }

    fn last_spot(&self) -> Spot {
        match self.at.checked_sub(1).and_then(|at| self.tokens.get(at)) {
            Some(TokenTree::Group(group)) => Spot::of(group.span_close()),
            Some(other) => Spot::of(other.span()),
            None => self.around,
        }
    }

    fn skip_to_comma(&mut self) {
        while self.at < self.tokens.len() && !self.eat(',') {
            self.at += 1;
        }
    }

    fn entries(mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        while self.peek().is_some() {
            if self.is_punct(0, ',') {
                let spot = self.here();
                self.errors.push(spot, "expected a key, found `,`").help("remove the comma");
                self.at += 1;
                continue;
            }
            if matches!(self.peek(), Some(TokenTree::Ident(word)) if word == "let")
                && matches!(self.tokens.get(self.at + 1), Some(TokenTree::Ident(_)))
            {
                let spot = self.here();
                self.errors
                    .push(spot, "a declaration has keys and values, and no statements")
                    .help("declare a `const` outside, and write its name in parentheses");
                while self.at < self.tokens.len() && !self.is_punct(0, ';') {
                    self.at += 1;
                }
                self.at += 1;
                continue;
            }
            match self.entry() {
                Some(entry) => {
                    let wrong = matches!(entry.value.kind, ValueKind::Wrong);
                    entries.push(entry);
                    // What is wrong already doesn't lack its comma too.
                    if !(wrong && self.starts_entry()) {
                        self.comma(Parser::starts_entry);
                    }
                }
                None => self.skip_to_comma(),
            }
        }
        entries
    }

    fn items(mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while self.peek().is_some() {
            if self.is_punct(0, ',') {
                let spot = self.here();
                self.errors.push(spot, "expected a value, found `,`").help("remove the comma");
                self.at += 1;
                continue;
            }
            let above = self.above();
            if self.is_block() {
                let value = self.entries_in_a_list();
                items.push(Item { above, value });
                break;
            }
            let value = self.value();
            let wrong = matches!(value.kind, ValueKind::Wrong);
            items.push(Item { above, value });
            if wrong { self.skip_to_comma() } else { self.comma(Parser::starts_value) }
        }
        items
    }

    /// The comma behind a value. Where it is missing and something goes on, so does parsing.
    fn comma(&mut self, goes_on: fn(&Self) -> bool) {
        if self.peek().is_none() || self.eat(',') {
            return;
        }
        let (spot, before) = (self.here(), self.last_spot());
        let found = match self.peek() {
            Some(TokenTree::Group(group)) => describe_group(group).to_owned(),
            Some(other) => format!("`{other}`"),
            None => String::new(),
        };
        if self.is_punct(0, ';') {
            self.errors.push(spot, "expected `,`, found `;`").help("write `,`");
            self.at += 1;
        } else if goes_on(self) {
            self.errors.push(before, "missing `,` behind this value").help("write `,` here");
        } else {
            self.errors
                .push(spot, format!("expected `,`, found {found}"))
                .help("write text in quotes, and a Rust expression in parentheses");
            self.skip_to_comma();
        }
    }

    /// `"api:" param(tag)`, without the `+`.
    fn is_join(&self) -> bool {
        let text = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        matches!(text, Some(TokenTree::Literal(_)))
            && matches!(self.peek(), Some(TokenTree::Ident(word)) if word == "param")
            && matches!(self.tokens.get(self.at + 1), Some(TokenTree::Group(_)))
    }

    fn starts_entry(&self) -> bool {
        let key = matches!(self.peek(), Some(TokenTree::Ident(_) | TokenTree::Literal(_)));
        key && self.is_punct(1, ':') || self.is_punct(0, '#')
    }

    fn starts_value(&self) -> bool {
        !matches!(self.peek(), Some(TokenTree::Punct(_))) || self.is_punct(0, '#')
    }

    fn entry(&mut self) -> Option<Entry> {
        let above = self.above();
        let key = self.key()?;
        if !self.colon(&key) {
            return None;
        }
        if self.peek().is_none() || self.is_punct(0, ',') {
            let spot = Spot { start: key.spot.start, end: self.last_spot().end };
            self.errors
                .push(spot, format!("`{}` has no value", key.text))
                .help(format!("write `{}: …`, or remove it", key.text));
            let value = Value { kind: ValueKind::Wrong, spot };
            return Some(Entry { above, key, value });
        }
        self.key = written(&key);
        let value = if self.is_block() { self.block(&key) } else { self.value() };
        Some(Entry { above, key, value })
    }

    /// Whether a key of its own stands where a value should. In `nginx:1.25` and `a::b` the colon
    /// has its right neighbour close by.
    fn is_block(&self) -> bool {
        let key = match self.peek() {
            Some(TokenTree::Ident(_)) => true,
            Some(TokenTree::Literal(literal)) => string_of(literal).is_some(),
            _ => false,
        };
        if !key || !self.is_punct(1, ':') {
            return false;
        }
        let (Some(colon), Some(next)) =
            (self.tokens.get(self.at + 1), self.tokens.get(self.at + 2))
        else {
            return key;
        };
        let (end, start) = (colon.span().end(), next.span().start());
        (end.line, end.column) != (start.line, start.column)
    }

    /// A block as YAML has it: by its indentation.
    fn block(&mut self, outer: &Key) -> Value {
        let spot = self.here();
        let inner = self.peek().map(ToString::to_string).unwrap_or_default();
        let value = self.wrong(
            spot,
            "a block is written in `{ }`".to_owned(),
            &format!("write `{}: {{ {inner}: … }}`", written(outer)),
        );
        self.skip_block(outer);
        value
    }

    /// Skips to the last comma of an indented block, or behind the block where none is.
    fn skip_block(&mut self, outer: &Key) {
        let key = outer.spot.start.start();
        let inside = |tree: Option<&TokenTree>| {
            tree.is_some_and(|tree| {
                let start = tree.span().start();
                start.line > key.line && start.column > key.column
            })
        };
        while let Some(tree) = self.peek() {
            let ends = if self.is_punct(0, ',') {
                !inside(self.tokens.get(self.at + 1))
            } else {
                tree.span().start().line > key.line && !inside(Some(tree))
            };
            if ends {
                return;
            }
            self.at += 1;
        }
    }

    /// `[name: http, port: 80]`: the fields of an item, or items by name, right in a list.
    fn entries_in_a_list(&mut self) -> Value {
        let spot = self.here();
        let key = self.peek().map(ToString::to_string).unwrap_or_default();
        let keys = (self.at..self.tokens.len())
            .filter(|&at| matches!(&self.tokens[at], TokenTree::Punct(p) if p.as_char() == ':'))
            .count();
        let map = matches!(self.tokens.get(self.at + 2), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
        let help = if !self.key.is_empty() && key != "name" && (map || keys == 1) {
            format!("write `{}: {{ {key}: … }}`", self.key)
        } else {
            format!("write `[{{ {key}: … }}]`")
        };
        self.at = self.tokens.len();
        self.wrong(spot, "each item of a list is written in `{ }`".to_owned(), &help)
    }

    fn key(&mut self) -> Option<Key> {
        let spot = self.here();
        let key = match self.peek() {
            Some(TokenTree::Ident(ident)) => Key { text: ident_text(ident), quoted: false, spot },
            Some(TokenTree::Literal(literal)) => match string_of(literal) {
                Some(text) => Key { text, quoted: true, spot },
                None => {
                    let help = format!("write `\"{literal}\"`");
                    self.errors.push(spot, "a key is a name or a string").help(help);
                    return None;
                }
            },
            Some(TokenTree::Group(group)) => {
                let found = describe_group(group);
                self.errors.push(spot, format!("expected a key, found {found}")).help(
                    format!("write a key before it: `key: {found}`")
                        .replace("`{ … }`", "{ … }")
                        .replace("`[ … ]`", "[ … ]")
                        .replace("`( … )`", "( … )"),
                );
                return None;
            }
            Some(other) => {
                let message = format!("expected a key, found `{other}`");
                self.errors.push(spot, message).help("write `key: value`");
                return None;
            }
            None => {
                self.errors
                    .push(spot, "nothing stands below this")
                    .help("remove it, or write the key that it is about");
                return None;
            }
        };
        self.at += 1;
        Some(key)
    }

    fn colon(&mut self, key: &Key) -> bool {
        if self.is_punct(0, ':') {
            self.at += 1;
            return true;
        }
        let spot = self.here();
        if self.is_punct(0, '=') {
            self.at += 1;
            let arrow = self.eat('>');
            let found = if arrow { "=>" } else { "=" };
            self.errors
                .push(spot, format!("expected `:` behind the key `{}`, found `{found}`", key.text))
                .help(format!("write `{}: …`", key.text));
            return true;
        }
        if !key.quoted && self.peek_punct(0).is_some_and(|p| matches!(p.as_char(), '.' | '/' | '-'))
        {
            let (text, spot) = self.rest_of_key(key);
            // No label or file has fields, and no declaration a key with dots in it.
            let path = self.depth == 0
                || matches!(self.tokens.get(self.at + 1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
            match text.split_once('.').filter(|_| path && !text.contains(['/', '-'])) {
                Some((outer, inner)) => {
                    self.errors.push(spot, format!("`{text}` is a path of keys")).help(format!(
                        "write `{outer}: {{ {}: … {}}}`",
                        inner.replace('.', ": { "),
                        "} ".repeat(inner.matches('.').count())
                    ))
                }
                None => self
                    .errors
                    .push(spot, format!("the key `{text}` needs quotes"))
                    .help(format!("write `\"{text}\"`")),
            };
            // The value is read for its own errors; the key is wrong already.
            return false;
        }
        let found = match self.peek() {
            Some(TokenTree::Group(group)) => format!(", found {}", describe_group(group)),
            Some(other) => format!(", found `{other}`"),
            None => String::new(),
        };
        self.errors
            .push(
                if found.is_empty() { key.spot } else { spot },
                format!("expected `:` behind the key `{}`{found}", key.text),
            )
            .help(format!("write `{}: …`", key.text));
        // `key { … }` and `key "text"` can only mean one thing.
        matches!(self.peek(), Some(TokenTree::Group(_) | TokenTree::Literal(_)))
    }

    fn rest_of_key(&mut self, key: &Key) -> (String, Spot) {
        let (mut text, mut spot) = (key.text.clone(), key.spot);
        while let Some(tree) = self.peek() {
            if self.is_punct(0, ':') || self.is_punct(0, ',') {
                break;
            }
            text.push_str(&tree.to_string());
            spot = spot.to(self.here());
            self.at += 1;
        }
        (text, spot)
    }

    fn value(&mut self) -> Value {
        let first = self.simple_value();
        if !self.is_punct(0, '+') && !self.is_join() {
            return first;
        }
        let mut spot = first.spot;
        let mut parts = vec![first];
        while self.is_punct(0, '+') || self.is_join() {
            if !self.eat('+') {
                let at = self.here();
                self.errors
                    .push(at, "a text and a parameter are joined with `+`")
                    .help("write `+` before this");
            }
            let part = self.simple_value();
            spot = spot.to(part.spot);
            if matches!(part.kind, ValueKind::Wrong) {
                return Value { kind: ValueKind::Wrong, spot };
            }
            parts.push(part);
        }
        Value { kind: ValueKind::Concat(parts), spot }
    }

    fn simple_value(&mut self) -> Value {
        let spot = self.here();
        let start = self.at;
        match self.peek().cloned() {
            Some(TokenTree::Literal(literal)) => {
                self.at += 1;
                let value = self.literal(&literal, spot);
                if matches!(value.kind, ValueKind::Str(_)) {
                    value
                } else if let Some(value) = self.unit_apart(&literal, spot) {
                    value
                } else {
                    self.quoteless(value, start)
                }
            }
            Some(TokenTree::Punct(punct)) if punct.as_char() == '-' => self.negative(spot),
            Some(TokenTree::Group(group)) => {
                self.at += 1;
                self.group(&group, spot)
            }
            Some(TokenTree::Ident(word))
                if (word == "if" || word == "match")
                    && self.at + 1 < self.tokens.len()
                    && !self.is_punct(1, ',') =>
            {
                self.skip_before_comma();
                self.wrong(
                    spot.to(self.last_spot()),
                    "a Rust expression stands in parentheses".to_owned(),
                    &format!("write `({word} …)`, around all of it"),
                )
            }
            Some(TokenTree::Ident(_)) => {
                let value = self.name(spot);
                self.quoteless(value, start)
            }
            Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && self.is_punct(1, ':') => {
                self.name(spot)
            }
            Some(TokenTree::Punct(punct))
                if punct.as_char() == '~'
                    && (self.at + 1 == self.tokens.len() || self.is_punct(1, ',')) =>
            {
                self.at += 1;
                self.wrong(spot, "`~` says that there is no value".to_owned(), "leave the key out")
            }
            Some(TokenTree::Punct(punct))
                if matches!(punct.as_char(), '/' | '.' | '@' | '~' | '*') =>
            {
                let empty = Value { kind: ValueKind::Wrong, spot };
                self.quoteless(empty, start)
            }
            Some(other) => {
                let value = self.wrong(
                    spot,
                    format!("expected a value, found `{other}`"),
                    "write text in quotes",
                );
                self.skip_before_comma();
                value
            }
            None => self.wrong(
                spot,
                "expected a value behind this".to_owned(),
                "write a value, or remove this",
            ),
        }
    }

    /// `10 Gi`. It is an error, and goes on as the quantity that is meant.
    fn unit_apart(&mut self, number: &Literal, spot: Spot) -> Option<Value> {
        let Some(TokenTree::Ident(unit)) = self.peek() else { return None };
        let text = format!("{number}{unit}");
        if !UNITS.contains(&unit.to_string().as_str()) || self.is_punct(1, ':') {
            return None;
        }
        let spot = spot.to(self.here());
        self.errors
            .push(spot, "a number and its unit stand together")
            .help(format!("write `{text}`"));
        self.at += 1;
        Some(Value { kind: ValueKind::Suffixed(text), spot })
    }

    /// `my-api`, `shop/api:1.0`, `10.0.0.1`: a word with marks in it, which Rust takes apart. It is
    /// an error, and goes on as the text that is meant.
    fn quoteless(&mut self, value: Value, start: usize) -> Value {
        let marks =
            matches!(self.peek(), Some(TokenTree::Punct(p)) if "-/.:@~*".contains(p.as_char()));
        if !marks || self.at > start && !self.is_adjacent() {
            return value;
        }
        let mut text: String =
            self.tokens[start..self.at].iter().map(ToString::to_string).collect();
        while let Some(tree) = self.peek() {
            let part =
                matches!(tree, TokenTree::Ident(_) | TokenTree::Literal(_) | TokenTree::Punct(_));
            if !part || self.is_punct(0, ',') || self.at > start && !self.is_adjacent() {
                break;
            }
            text.push_str(&tree.to_string());
            self.at += 1;
        }
        let spot = value.spot.to(self.last_spot());
        self.errors
            .push(spot, format!("`{text}` needs quotes"))
            .help(format!("write `\"{text}\"`"));
        Value { kind: ValueKind::Str(text), spot }
    }

    /// Whether the next token stands right behind the last one.
    fn is_adjacent(&self) -> bool {
        let next = self.here().start.start();
        let last = self.last_spot().end.end();
        (next.line, next.column) == (last.line, last.column)
    }

    fn skip_before_comma(&mut self) {
        while self.at < self.tokens.len() && !self.is_punct(0, ',') {
            self.at += 1;
        }
    }

    fn wrong(&mut self, spot: Spot, message: String, help: &str) -> Value {
        self.errors.push(spot, message).help(help);
        Value { kind: ValueKind::Wrong, spot }
    }

    fn literal(&mut self, literal: &Literal, spot: Spot) -> Value {
        if let Some(text) = string_of(literal) {
            return Value { kind: ValueKind::Str(text), spot };
        }
        let text = literal.to_string();
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            self.errors
                .push(spot, format!("expected a string or a number, found `{text}`"))
                .help("write the text in double quotes");
            return Value { kind: ValueKind::Wrong, spot };
        }
        if self.is_punct(0, '%') {
            let spot = spot.to(self.here());
            self.at += 1;
            return Value { kind: ValueKind::Suffixed(format!("{text}%")), spot };
        }
        let leading_zero = text.len() > 1
            && text.starts_with('0')
            && text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
        if leading_zero {
            let digits = text.trim_start_matches(['0', '_']);
            self.errors
                .push(
                    spot,
                    format!("`{text}` is a decimal number in Rust, whatever its leading zero"),
                )
                .help(format!("write `0o{digits}` for the octal number"));
            return Value { kind: ValueKind::Wrong, spot };
        }
        Value { kind: number_of(&text), spot }
    }

    fn negative(&mut self, start: Spot) -> Value {
        self.at += 1;
        let value = match self.peek().cloned() {
            Some(TokenTree::Literal(literal)) => {
                let spot = start.to(self.here());
                self.at += 1;
                self.literal(&literal, spot)
            }
            _ => Value { kind: ValueKind::Map(Vec::new()), spot: start },
        };
        let kind = match value.kind {
            ValueKind::Int(number) => ValueKind::Int(-number),
            ValueKind::Float(number) => ValueKind::Float(-number),
            ValueKind::Suffixed(text) => ValueKind::Suffixed(format!("-{text}")),
            ValueKind::Wrong => ValueKind::Wrong,
            _ => {
                self.skip_before_comma();
                return self.wrong(
                    start,
                    "a list isn't written with `-` here".to_owned(),
                    "write `[first, second]`",
                );
            }
        };
        Value { kind, spot: value.spot }
    }

    fn group(&mut self, group: &Group, spot: Spot) -> Value {
        if self.depth >= DEEPEST {
            return self.wrong(
                spot,
                format!("nested more than {DEEPEST} deep"),
                "take a level away",
            );
        }
        let close = Spot::of(group.span_close());
        let inner = |errors| Parser::new(group.stream(), close, self.depth + 1, errors);
        let kind = match group.delimiter() {
            Delimiter::Brace => ValueKind::Map(inner(self.errors).entries()),
            Delimiter::Bracket => {
                let mut inner = inner(self.errors);
                inner.key.clone_from(&self.key);
                ValueKind::List(inner.items())
            }
            _ if group.stream().is_empty() => {
                return self.wrong(
                    spot,
                    "expected a Rust expression in `( )`".to_owned(),
                    "write the expression, or remove the field",
                );
            }
            _ => ValueKind::Expr(TokenTree::Group(group.clone()).into()),
        };
        Value { kind, spot }
    }

    /// A name, a path, a part of an item, or a call.
    fn name(&mut self, start: Spot) -> Value {
        let Some(path) = self.path() else {
            return self.wrong(
                start,
                "expected a name behind `::`".to_owned(),
                "write the item's name",
            );
        };
        let spot = start.to(Spot::of(path.last.span()));
        let word = path.ident().map(ident_text);
        if let Some(value) = word.as_deref().and_then(|word| match word {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }) {
            return Value { kind: ValueKind::Bool(value), spot };
        }
        let mut value = match (path.ident(), self.peek().cloned()) {
            (Some(name), Some(TokenTree::Group(group)))
                if group.delimiter() == Delimiter::Parenthesis =>
            {
                self.at += 1;
                let close = Spot::of(group.span_close());
                let arguments =
                    Parser::new(group.stream(), close, self.depth + 1, self.errors).items();
                let arguments = arguments.into_iter().map(|item| item.value).collect();
                Value { kind: ValueKind::Call(name.clone(), arguments), spot: start.to(close) }
            }
            _ => Value { kind: ValueKind::Path(path), spot },
        };
        if self.is_punct(0, '.') {
            self.at += 1;
            let part_spot = self.here();
            let text = match self.peek() {
                Some(TokenTree::Ident(ident)) => ident_text(ident),
                Some(TokenTree::Literal(literal)) => {
                    string_of(literal).unwrap_or_else(|| literal.to_string())
                }
                _ => {
                    return self.wrong(
                        part_spot,
                        "expected a name behind `.`".to_owned(),
                        "write a port or a key",
                    );
                }
            };
            self.at += 1;
            let part = Key { text, quoted: false, spot: part_spot };
            let spot = start.to(part_spot);
            value = Value { kind: ValueKind::Part(Box::new(value), part), spot };
        }
        value
    }

    fn path(&mut self) -> Option<Path> {
        let mut prefix = TokenStream::new();
        loop {
            while self.is_colons() {
                prefix.extend(self.tokens[self.at..self.at + 2].iter().cloned());
                self.at += 2;
            }
            let Some(TokenTree::Ident(ident)) = self.peek().cloned() else { return None };
            self.at += 1;
            if !self.is_colons() {
                return Some(Path { prefix, last: ident });
            }
            prefix.extend([TokenTree::Ident(ident)]);
        }
    }

    fn is_colons(&self) -> bool {
        self.peek_punct(0).is_some_and(|p| p.as_char() == ':' && p.spacing() == Spacing::Joint)
            && self.is_punct(1, ':')
    }
}

/// A key as its author wrote it.
fn written(key: &Key) -> String {
    if key.quoted { format!("{:?}", key.text) } else { key.text.clone() }
}

fn describe_group(group: &Group) -> &'static str {
    match group.delimiter() {
        Delimiter::Brace => "`{ … }`",
        Delimiter::Bracket => "`[ … ]`",
        _ => "`( … )`",
    }
}

pub(crate) fn string_of(literal: &Literal) -> Option<String> {
    let tokens = TokenStream::from(TokenTree::Literal(literal.clone()));
    match syn::parse2::<syn::Lit>(tokens) {
        Ok(syn::Lit::Str(text)) => Some(text.value()),
        _ => None,
    }
}

fn number_of(text: &str) -> ValueKind {
    let digits = text.replace('_', "");
    let radix = |prefix, radix| {
        digits.strip_prefix(prefix).and_then(|digits| i64::from_str_radix(digits, radix).ok())
    };
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2)) {
        return ValueKind::Int(number);
    }
    if let Ok(number) = digits.parse::<i64>() {
        return ValueKind::Int(number);
    }
    match digits.parse::<f64>() {
        Ok(number) => ValueKind::Float(number),
        Err(_) => ValueKind::Suffixed(text.to_owned()),
    }
}
