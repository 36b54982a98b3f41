//! The syntax of CEL, the Common Expression Language: whether a text is an expression, and whether
//! the variables in it exist.
//!
//! Knows no types beyond literals, and of fields only what its caller says: an expression that
//! passes here can still be refused by the server's type checker, but one that fails here surely is.

/// What an expression may be.
#[derive(Clone, Copy)]
pub struct Env<'a> {
    /// The variables that exist.
    pub variables: &'a [&'a str],
    /// Whether the result must be a boolean.
    pub boolean: bool,
    /// Why the field at the end of a path of names, the first of which is a variable, surely
    /// doesn't exist; `None` where it may.
    pub missing: &'a dyn Fn(&[&str]) -> Option<String>,
}

/// For [`Env::missing`] where nothing is known of the variables' fields.
pub fn unknown_fields(_: &[&str]) -> Option<String> {
    None
}

/// Types and the namespaces of functions: names that can start an expression without being a
/// variable.
const NAMES: &[&str] = &[
    "base64",
    "bool",
    "bytes",
    "cel",
    "cidr",
    "double",
    "duration",
    "dyn",
    "format",
    "google",
    "int",
    "ip",
    "jsonpatch",
    "kubernetes",
    "list",
    "lists",
    "map",
    "math",
    "net",
    "null_type",
    "optional",
    "optional_type",
    "quantity",
    "regex",
    "semver",
    "sets",
    "string",
    "strings",
    "timestamp",
    "type",
    "uint",
    "url",
];

/// Words that CEL keeps for itself.
const RESERVED: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "namespace",
    "package",
    "return",
    "var",
    "void",
    "while",
];

/// Deeper expressions than any that is meant are taken on trust.
const MAX_DEPTH: usize = 100;

/// Whether a text can be the name of a variable.
pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !RESERVED.contains(&text)
        && !["in", "true", "false", "null"].contains(&text)
}

/// Why a text isn't an expression of this environment: lower-case start, no final period.
pub fn check(text: &str, env: Env<'_>) -> Result<(), String> {
    let tokens = tokenize(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, env, bound: Vec::new() };
    let literal = match parser.expression() {
        Ok(literal) => literal,
        Err(Stop::Fault(message)) => return Err(message),
        Err(Stop::TooDeep) => return Ok(()),
    };
    if let Some(token) = parser.peek() {
        return Err(format!("{} isn't expected here", token.describe()));
    }
    if env.boolean && literal {
        return Err("the expression isn't a boolean".to_owned());
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'t> {
    Ident(&'t str),
    /// A number, a text or bytes.
    Literal(&'t str),
    Op(&'t str),
}

impl Token<'_> {
    fn describe(self) -> String {
        let (Token::Ident(text) | Token::Literal(text) | Token::Op(text)) = self;
        format!("`{text}`")
    }
}

fn tokenize(text: &str) -> Result<Vec<Token<'_>>, String> {
    const OPERATORS: &[&str] = &[
        "&&", "||", "<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".",
        ",", "(", ")", "[", "]", "{", "}",
    ];
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        let (token, length) = if let Some(length) = string_length(rest)? {
            (Token::Literal(&rest[..length]), length)
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = word_length(rest);
            (Token::Ident(&rest[..length]), length)
        } else if first.is_ascii_digit() || (first == '.' && starts_with_digit(&rest[1..])) {
            let length = number_length(rest);
            (Token::Literal(&rest[..length]), length)
        } else if let Some(name) = rest.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
            (Token::Ident(name.0), name.0.len() + 2)
        } else if let Some(operator) =
            OPERATORS.iter().find(|operator| rest.starts_with(**operator))
        {
            (Token::Op(operator), operator.len())
        } else {
            return Err(format!("`{first}` isn't part of the language"));
        };
        tokens.push(token);
        rest = &rest[length..];
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())
}

fn number_length(text: &str) -> usize {
    if text.starts_with("0x") || text.starts_with("0X") {
        return 2 + word_length(&text[2..]);
    }
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut length = digits(text);
    if text[length..].starts_with('.') && starts_with_digit(&text[length + 1..]) {
        length += 1 + digits(&text[length + 1..]);
    }
    if text[length..].starts_with(['e', 'E']) {
        let sign = usize::from(text[length + 1..].starts_with(['+', '-']));
        let exponent = digits(&text[length + 1 + sign..]);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    length + usize::from(text[length..].starts_with(['u', 'U']))
}

/// The length of the string or bytes literal that a text starts with.
fn string_length(text: &str) -> Result<Option<usize>, String> {
    // No further than a prefix goes: the whole of it at each token would take quadratic time.
    let prefix = text.bytes().take(3).position(|byte| matches!(byte, b'"' | b'\''));
    let Some(prefix) = prefix else { return Ok(None) };
    let Some(letters) = text.get(..prefix).map(str::to_ascii_lowercase) else { return Ok(None) };
    if !["", "r", "b", "rb", "br"].contains(&letters.as_str()) {
        return Ok(None);
    }
    let raw = letters.contains('r');
    let body = &text[prefix..];
    let single = &body[..1];
    let triple = body.starts_with(&single.repeat(3));
    let quote = if triple { single.repeat(3) } else { single.to_owned() };
    let mut at = quote.len();
    while let Some(c) = body[at..].chars().next() {
        if body[at..].starts_with(&quote) {
            return Ok(Some(prefix + at + quote.len()));
        }
        if !triple && (c == '\n' || c == '\r') {
            break;
        }
        at += c.len_utf8();
        if c == '\\' && !raw {
            let Some(escaped) = body[at..].chars().next() else { break };
            if !"abfnrtvxXuU\\?\"'`01234567".contains(escaped) {
                return Err(format!("`\\{escaped}` isn't an escape"));
            }
            at += escaped.len_utf8();
        }
    }
    Err("a text isn't closed".to_owned())
}

enum Stop {
    Fault(String),
    TooDeep,
}

struct Parser<'p> {
    tokens: &'p [Token<'p>],
    at: usize,
    depth: usize,
    env: Env<'p>,
    /// The variables of the macros around: `x` in `list.all(x, …)`.
    bound: Vec<&'p str>,
}

impl<'p> Parser<'p> {
    fn peek(&self) -> Option<Token<'p>> {
        self.tokens.get(self.at).copied()
    }

    fn is(&self, operator: &str) -> bool {
        self.peek() == Some(Token::Op(operator))
    }

    fn eat(&mut self, operator: &str) -> bool {
        let found = self.is(operator);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, operator: &str) -> Result<(), Stop> {
        if self.eat(operator) { Ok(()) } else { Err(self.unexpected(&format!("`{operator}`"))) }
    }

    fn unexpected(&self, wanted: &str) -> Stop {
        Stop::Fault(match self.peek() {
            Some(token) => format!("{} stands where {wanted} is expected", token.describe()),
            None => format!("the expression ends where {wanted} is expected"),
        })
    }

    /// Parses an expression; whether it is a literal that isn't a boolean.
    fn expression(&mut self) -> Result<bool, Stop> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Stop::TooDeep);
        }
        let mut literal = self.operation()?;
        if self.eat("?") {
            self.operation()?;
            self.expect(":")?;
            self.expression()?;
            literal = false;
        }
        self.depth -= 1;
        Ok(literal)
    }

    /// Operands with operators between: for the syntax alone their precedence doesn't matter.
    fn operation(&mut self) -> Result<bool, Stop> {
        const BINARY: &[&str] =
            &["&&", "||", "<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "%"];
        let mut literal = self.unary()?;
        loop {
            match self.peek() {
                Some(Token::Op(operator)) if BINARY.contains(&operator) => {}
                Some(Token::Ident("in")) => {}
                _ => return Ok(literal),
            }
            self.at += 1;
            self.unary()?;
            literal = false;
        }
    }

    fn unary(&mut self) -> Result<bool, Stop> {
        let sign = ["!", "-"].into_iter().find(|sign| self.is(sign));
        if let Some(sign) = sign {
            while self.eat(sign) {}
        }
        let start = self.at;
        let literal = self.primary()?;
        self.check_fields(start)?;
        if let Some(fault) = sign.and_then(|sign| self.bad_operand(sign, start)) {
            return Err(Stop::Fault(fault));
        }
        let mut members = false;
        loop {
            if self.eat(".") {
                self.eat("?");
                self.member()?;
            } else if self.eat("[") {
                self.eat("?");
                self.expression()?;
                self.expect("]")?;
            } else if self.is("{") && members {
                self.braces()?;
            } else {
                return Ok(literal && sign.is_none() && !members);
            }
            members = true;
        }
    }

    /// Why a sign can't stand before what was parsed from `start` on, if that alone tells.
    fn bad_operand(&self, sign: &str, start: usize) -> Option<String> {
        if [".", "[", "{"].iter().any(|operator| self.is(operator)) {
            return None;
        }
        let call = self.at > start + 1;
        let (what, wrong) = match self.tokens.get(start).copied()? {
            Token::Literal(text) if text.ends_with(['"', '\'']) => ("a text", true),
            Token::Literal(_) => ("a number", sign == "!"),
            Token::Ident("has") if call => ("a boolean", sign == "-"),
            Token::Ident("true" | "false") if !call => ("a boolean", sign == "-"),
            Token::Op("[") => ("a list", true),
            _ => return None,
        };
        wrong.then(|| format!("`{sign}` can't stand before {what}"))
    }

    /// Looks for the fields that follow a variable, which was parsed from `start` on.
    fn check_fields(&self, start: usize) -> Result<(), Stop> {
        let Some(Token::Ident(variable)) = self.tokens.get(start).copied() else { return Ok(()) };
        if self.at != start + 1 || self.bound.contains(&variable) {
            return Ok(());
        }
        let mut path = vec![variable];
        let mut at = self.at;
        while let (Some(Token::Op(".")), Some(Token::Ident(name))) =
            (self.tokens.get(at).copied(), self.tokens.get(at + 1).copied())
        {
            if self.tokens.get(at + 2).copied() == Some(Token::Op("(")) {
                break;
            }
            path.push(name);
            if let Some(message) = (self.env.missing)(&path) {
                return Err(Stop::Fault(message));
            }
            at += 2;
        }
        Ok(())
    }

    fn member(&mut self) -> Result<(), Stop> {
        let Some(Token::Ident(_)) = self.peek() else { return Err(self.unexpected("a name")) };
        self.at += 1;
        if !self.eat("(") {
            return Ok(());
        }
        // A macro such as `all` binds the names that its first arguments are.
        let outer = self.bound.len();
        while let (Some(Token::Ident(name)), Some(Token::Op(","))) =
            (self.peek(), self.tokens.get(self.at + 1).copied())
        {
            self.bound.push(name);
            self.at += 2;
        }
        self.list(")")?;
        self.bound.truncate(outer);
        Ok(())
    }

    /// Expressions with commas between, and what ends them.
    fn list(&mut self, end: &str) -> Result<(), Stop> {
        while !self.eat(end) {
            self.eat("?");
            self.expression()?;
            if !self.eat(",") {
                return self.expect(end);
            }
        }
        Ok(())
    }

    /// The entries of a map, or the fields of a message.
    fn braces(&mut self) -> Result<(), Stop> {
        self.expect("{")?;
        while !self.eat("}") {
            self.eat("?");
            match (self.peek(), self.tokens.get(self.at + 1)) {
                // A message's field, or a variable that is a map's key.
                (Some(Token::Ident(_)), Some(Token::Op(":"))) => self.at += 1,
                _ => self.expression().map(|_| ())?,
            }
            self.expect(":")?;
            self.expression()?;
            if !self.eat(",") {
                return self.expect("}");
            }
        }
        Ok(())
    }

    fn primary(&mut self) -> Result<bool, Stop> {
        match self.peek() {
            Some(Token::Literal(_)) => {
                self.at += 1;
                Ok(true)
            }
            Some(Token::Op("(")) => {
                self.at += 1;
                let literal = self.expression()?;
                self.expect(")")?;
                Ok(literal)
            }
            Some(Token::Op("[")) => {
                self.at += 1;
                self.list("]")?;
                Ok(true)
            }
            Some(Token::Op("{")) => {
                self.braces()?;
                Ok(true)
            }
            Some(Token::Op(".")) => {
                self.at += 1;
                self.name()
            }
            Some(Token::Ident(_)) => self.name(),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn name(&mut self) -> Result<bool, Stop> {
        let Some(Token::Ident(name)) = self.peek() else { return Err(self.unexpected("a name")) };
        if name == "in" || RESERVED.contains(&name) {
            return Err(Stop::Fault(format!("`{name}` is a word of the language")));
        }
        self.at += 1;
        if self.eat("(") {
            // `has(x.y)` and functions, which aren't checked by name.
            self.list(")")?;
            return Ok(false);
        }
        if self.is("{") {
            self.braces()?;
            return Ok(true);
        }
        let known = ["true", "false", "null"].contains(&name)
            || self.env.variables.contains(&name)
            || self.bound.contains(&name)
            || NAMES.contains(&name);
        if known {
            return Ok(name == "null");
        }
        let names: Vec<String> =
            self.env.variables.iter().map(|name| format!("`{name}`")).collect();
        Err(Stop::Fault(format!("there is no variable `{name}`, only {}", names.join(", "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENV: Env<'_> = Env {
        variables: &["object", "self", "variables", "Object"],
        boolean: true,
        missing: &unknown_fields,
    };

    #[test]
    fn expressions_of_the_documentation_pass() {
        for text in [
            "object.spec.replicas <= 5",
            "self.minReplicas <= self.replicas && self.replicas <= self.maxReplicas",
            "has(self.expired) && self.created + self.ttl < self.expired",
            "self.health.startsWith('ok')",
            "self.widgets.exists(w, w.key == 'x' && w.foo < 10)",
            "type(self) == string ? self == '99%' : self == 42",
            "!(self.getDayOfWeek() in [0, 6])",
            "self.set1.all(e, !(e in self.set2))",
            "size(self.names) == size(self.details) && self.names.all(n, n in self.details)",
            "object.spec.template.spec.containers.all(c, c.image.matches(r'^[a-z]+/.*$'))",
            "variables.isExempt || object.metadata.?labels[?'x'].orValue('') == \"a\\n\"",
            "quantity(self.q).isGreaterThan(quantity('1Gi')) // why",
            "cel.bind(x, self.a, x > 1.5e3)",
            "self.map(x, x.y).sum() == 0x1Fu",
            "Object{spec: Object.spec{replicas: 1}} == object",
            "{'a': 1, object.b: -2}.size() > 0",
            "[1, 2, 3,].exists_one(i, v, i == v)",
            "self.x__dash__y == b'\\x00' || self.`a-b` == '''it's'''",
            "math.greatest(1, 2) == 2 && timestamp('2026-01-01T00:00:00Z') > timestamp(self.t)",
            "true",
            "!!object.x && -object.y < --5 && -'a'.size() < 0 && !has(object.z) && ![1].exists(x, x > 1)",
        ] {
            assert_eq!(check(text, ENV), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_cant_be_parsed_or_named_is_refused() {
        for text in [
            "Bad_Name!",
            "a b",
            "object.",
            "object.spec.replicas <=",
            "(object.a",
            "object.a)",
            "a/b",
            "OBJECT.SPEC.REPLICAS <= 5",
            "object.x == 'open",
            "object.all(x, y)",
            "5",
            "'text'",
            "",
            "object == 1 &",
            "object = 1",
            "[object]",
            "object.if + if",
            "object['a'",
            "# no",
            "-'a' == object.x",
            "-has(object.x)",
            "-!object.x",
            "!5 == 5",
            "![true]",
            "'\\q' == ''",
        ] {
            assert!(check(text, ENV).is_err(), "{text}");
        }
    }

    #[test]
    fn fields_are_asked_for_along_the_path_of_a_variable() {
        let missing = |path: &[&str]| {
            (path == ["self", "a", "x"] || path == ["self", "b"]).then(|| "no field".to_owned())
        };
        let env = Env { missing: &missing, ..ENV };
        for good in ["self.a.y > 1", "self.x > 1", "self.a.x() > 1", "self.l.all(self, self.b > 1)"]
        {
            assert_eq!(check(good, env), Ok(()), "{good}");
        }
        for bad in ["self.a.x > 1", "has(self.b)", "1 in self.a.x", "self.l.all(x, x == self.b.c)"]
        {
            assert!(check(bad, env).is_err(), "{bad}");
        }
    }

    #[test]
    fn deep_nesting_ends() {
        let deep = "(".repeat(100_000);
        assert_eq!(check(&deep, ENV), Ok(()));
    }
}
