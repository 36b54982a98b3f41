//! What stands above an entry: doc comments, which become comments, and the levels of lints.

use proc_macro2::{Delimiter, Group, TokenTree};
use reactbin_check::Level;
use reactbin_check::lints::find;
use reactbin_check::lints::level::members;
use reactbin_check::suggest::suggest;

use crate::errors::Errors;
use crate::parse::{Parser, flatten, string_of};
use crate::spot::Spot;
use crate::syntax::{Above, Entry, Value, ValueKind, Waiver, ident_text};

const NOT_A_LIST: &str = "a level lists its lints, and a waiver the reason";

impl Parser<'_> {
    /// Doc comments and attributes.
    pub(crate) fn above(&mut self) -> Above {
        let mut above = Above::default();
        while self.is_punct(0, '#') {
            let start = self.here();
            self.at += 1;
            let inner = self.is_punct(0, '!');
            if let (true, Some(TokenTree::Group(group))) = (inner, self.tokens.get(self.at + 1)) {
                let spot = start.to(Spot::of(group.span_close()));
                self.at += 2;
                self.errors
                    .push(spot, "a comment in the YAML starts with `///`")
                    .help("write `/// …`");
                continue;
            }
            match self.peek() {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
                    let group = group.clone();
                    let spot = start.to(Spot::of(group.span_close()));
                    self.at += 1;
                    self.attribute(&group, spot, &mut above);
                }
                _ => {
                    let line = start.start.start().line;
                    while self.peek().is_some_and(|tree| tree.span().start().line == line) {
                        self.at += 1;
                    }
                    self.errors.push(start, "a comment doesn't start with `#` here").help(
                        "write `/// …` for a comment in the YAML, `// …` for one that stays here",
                    );
                }
            }
        }
        above.docs = paragraphs(&above.docs);
        above
    }

    fn attribute(&mut self, group: &Group, spot: Spot, above: &mut Above) {
        let mut tokens = Vec::new();
        flatten(group.stream(), &mut tokens);
        let name = match tokens.first() {
            Some(TokenTree::Ident(ident)) => ident_text(ident),
            _ => String::new(),
        };
        let text = match (tokens.get(1), tokens.get(2), tokens.get(3)) {
            (Some(TokenTree::Punct(eq)), Some(TokenTree::Literal(literal)), None)
                if eq.as_char() == '=' =>
            {
                string_of(literal)
            }
            _ => None,
        };
        match (name.as_str(), text) {
            ("doc", Some(text)) => {
                above.docs.push(text.strip_prefix(' ').unwrap_or(&text).trim_end().to_owned());
            }
            ("comment", Some(text)) => above.behind = Some(text),
            ("comment", None) => {
                self.errors
                    .push(spot, "a comment is a text in quotes")
                    .help("write `#[comment = \"…\"]`");
            }
            (name, _) if Level::parse(name).is_some() => {
                let level = Level::parse(name).unwrap_or(Level::Allow);
                self.level(level, &tokens, spot, above);
            }
            _ => {
                let known = Level::ALL.into_iter().map(Level::name).chain(["comment"]);
                let meant = suggest(&name, known);
                let message = match name.as_str() {
                    "" => "unknown attribute".to_owned(),
                    name => format!("unknown attribute `{name}`"),
                };
                let error = self.errors.push(spot, message);
                let Some(meant) = meant else {
                    error.help("write `/// …` or `#[comment = \"…\"]` for a comment, `#[allow(lint, reason = \"…\")]` for a waiver, `#[deny(lint)]` for another level");
                    return;
                };
                error.help(format!("use `{meant}`"));
                // It is taken for that, so that one mistake is one error.
                if let Some(level) = Level::parse(meant) {
                    self.level(level, &tokens, spot, above);
                }
            }
        }
    }

    /// `#[allow(lint, reason = "…")]`, `#[warn(lint)]`, `#[deny(lint)]`, `#[forbid(lint)]`.
    fn level(&mut self, level: Level, tokens: &[TokenTree], spot: Spot, above: &mut Above) {
        let Some(TokenTree::Group(group)) = tokens.get(1) else {
            self.not_a_list(level, tokens, spot, above);
            return;
        };
        let mut lints = Vec::new();
        let mut reason = None;
        let mut inner = Vec::new();
        flatten(group.stream(), &mut inner);
        for part in inner.split(|tree| is_punct(tree, ',')) {
            match part {
                [] => {}
                [TokenTree::Ident(name), eq, TokenTree::Literal(literal)]
                    if name == "reason" && is_punct(eq, '=') =>
                {
                    reason = string_of(literal);
                }
                [TokenTree::Ident(lint)] => lints.push(ident_text(lint)),
                // A lint of the team's own.
                [TokenTree::Ident(team), first, second, TokenTree::Ident(lint)]
                    if is_punct(first, ':') && is_punct(second, ':') =>
                {
                    lints.push(format!("{}::{}", ident_text(team), ident_text(lint)));
                }
                // No lint is called so, but what it is taken for is: `run-as-root`.
                [TokenTree::Ident(_), .., TokenTree::Ident(_)] if part.iter().all(is_of_name) => {
                    lints.push(part.iter().map(ToString::to_string).collect());
                }
                _ => {
                    self.not_a_list(level, &inner, spot, above);
                    return;
                }
            }
        }
        let reason = reason.unwrap_or_default();
        if lints.is_empty() {
            self.errors
                .push(spot, format!("`{}` names no lint", level.name()))
                .help(form(level, "lint"));
        } else if level == Level::Allow && reason.trim().is_empty() {
            // It waives all the same, so that one mistake is one error.
            let lints = lints.join(", ");
            self.errors
                .push(spot, "a waiver needs a reason")
                .help(format!("write `#[allow({lints}, reason = \"why it is right here\")]`"));
        }
        for name in lints {
            let all = match members(&name) {
                Some(_) if level == Level::Allow => {
                    self.errors
                        .push(spot, format!("a waiver names lints, not a group such as `{name}`"))
                        .help("name the lint that finds something here");
                    continue;
                }
                Some(members) => members.into_iter().map(str::to_owned).collect(),
                None => vec![name],
            };
            for rule in all {
                above.waivers.push(Waiver {
                    rule,
                    level,
                    reason: reason.clone(),
                    spot,
                    faulty: false,
                });
            }
        }
    }

    /// Says how a level is written. The lints that it names are waived all the same, so that one
    /// mistake is one error.
    fn not_a_list(&mut self, level: Level, tokens: &[TokenTree], spot: Spot, above: &mut Above) {
        let words = tokens.iter().filter_map(word);
        let named: Vec<String> = words.filter(|word| find(word).is_some()).collect();
        let lints = if named.is_empty() { "lint".to_owned() } else { named.join(", ") };
        self.errors.push(spot, NOT_A_LIST).help(form(level, &lints));
        above.waivers.extend(named.into_iter().map(|rule| {
            let reason = String::new();
            Waiver { rule, level, reason, spot, faulty: true }
        }));
    }
}

/// How a level is written.
fn form(level: Level, lints: &str) -> String {
    let reason = if level == Level::Allow { ", reason = \"…\"" } else { "" };
    format!("write `#[{}({lints}{reason})]`", level.name())
}

/// A word that may be a lint's name: an identifier, or what a string holds.
fn word(tree: &TokenTree) -> Option<String> {
    match tree {
        TokenTree::Ident(ident) => Some(ident_text(ident)),
        TokenTree::Literal(literal) => string_of(literal),
        _ => None,
    }
}

/// Refuses what stands above a key that no field stands for, and above the parts of its value, so that
/// nothing is left out in silence. What `///` says there is the caller's business.
pub(crate) fn refuse_above(entry: &Entry, help: &str, errors: &mut Errors) {
    refuse_levels(entry, help, errors);
    refuse_beside(entry, help, errors);
}

/// The same, where levels of lints above the key are those of the whole declaration.
pub(crate) fn refuse_beside(entry: &Entry, help: &str, errors: &mut Errors) {
    let Entry { above, key, value } = entry;
    refuse_comment(above, key.spot, &format!("`{}`", key.text), errors);
    refuse_inside(value, &key.text, help, errors);
}

/// Refuses the levels of lints above a key that no lint looks at.
pub(crate) fn refuse_levels(entry: &Entry, help: &str, errors: &mut Errors) {
    refuse_waivers(&entry.above, &format!("`{}`", entry.key.text), help, errors);
}

fn refuse_inside(value: &Value, key: &str, help: &str, errors: &mut Errors) {
    match &value.kind {
        ValueKind::List(items) => {
            let what = format!("an item of `{key}`");
            for item in items {
                refuse_waivers(&item.above, &what, help, errors);
                refuse_comment(&item.above, item.value.spot, &what, errors);
                refuse_inside(&item.value, key, help, errors);
            }
        }
        ValueKind::Map(entries) => {
            for entry in entries {
                refuse_above(entry, help, errors);
            }
        }
        _ => {}
    }
}

fn refuse_waivers(above: &Above, what: &str, help: &str, errors: &mut Errors) {
    // An attribute may name several lints, and a group is many.
    let waivers = above.waivers.iter().filter(|waiver| !waiver.faulty);
    let mut spots: Vec<Spot> = waivers.map(|waiver| waiver.spot).collect();
    spots.dedup_by_key(|spot| spot.start.start());
    for spot in spots {
        errors.push(spot, format!("no lint looks at {what}")).help(help);
    }
}

fn refuse_comment(above: &Above, spot: Spot, what: &str, errors: &mut Errors) {
    if above.behind.is_some() {
        errors
            .push(spot, format!("no line of the YAML stands for {what}"))
            .help("write `// …` for a comment that stays here");
    }
}

fn is_punct(tree: &TokenTree, punct: char) -> bool {
    matches!(tree, TokenTree::Punct(p) if p.as_char() == punct)
}

/// Whether a token may be part of what an author takes for the name of a lint.
fn is_of_name(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Ident(_)) || is_punct(tree, '-') || is_punct(tree, '/')
}

/// Lines of doc comments as paragraphs: a line goes on the one before, unless it is empty, starts
/// a list item or is indented.
fn paragraphs(lines: &[String]) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in lines {
        let own = line.is_empty() || line.starts_with([' ', '-', '*', '|', '#']);
        match paragraphs.last_mut() {
            Some(last) if open && !own => {
                last.push(' ');
                last.push_str(line);
            }
            _ => paragraphs.push(line.clone()),
        }
        open = !line.is_empty() && !line.starts_with([' ', '|', '#']);
    }
    paragraphs
}
