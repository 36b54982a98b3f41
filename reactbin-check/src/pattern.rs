//! Regular expressions as CRDs' schemas have them: those of Go, which are matched in linear time.
//!
//! Reads what schemas use of the syntax. Of an expression with anything else nothing is said.

/// A regular expression.
#[derive(Debug)]
pub struct Pattern {
    steps: Vec<Step>,
}

/// A step of the machine that reads a text.
#[derive(Clone, Debug)]
enum Step {
    /// Reads a character of the class.
    Read(Class),
    /// Goes on at either.
    Either(usize, usize),
    Goto(usize),
    /// Goes on at the next step here only.
    At(Edge),
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Edge {
    Start,
    End,
    Word,
    NoWord,
}

/// Characters, as ranges.
#[derive(Clone, Debug, Default)]
struct Class {
    ranges: Vec<(char, char)>,
    negated: bool,
}

impl Class {
    fn one(c: char) -> Class {
        Class { ranges: vec![(c, c)], negated: false }
    }

    fn has(&self, c: char) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&c)) != self.negated
    }
}

/// An expression, read.
#[derive(Clone, Debug)]
enum Node {
    Read(Class),
    At(Edge),
    All(Vec<Node>),
    Any(Vec<Node>),
    /// At least, and at most; without an end if `None`.
    Times(Box<Node>, usize, Option<usize>),
}

/// How often Go lets something be repeated by number.
const MAX_TIMES: usize = 1000;
/// How many steps an expression may have.
const MAX_STEPS: usize = 20_000;
/// How deep groups may stand in each other.
const MAX_DEPTH: usize = 100;

impl Pattern {
    /// Reads an expression; `None` for one that uses what isn't known here.
    pub fn parse(text: &str) -> Option<Pattern> {
        let mut parser = Parser { rest: text, depth: 0 };
        let node = parser.any()?;
        if !parser.rest.is_empty() {
            return None;
        }
        let mut pattern = Pattern { steps: Vec::new() };
        pattern.add(&node)?;
        pattern.steps.push(Step::Done);
        Some(pattern)
    }

    /// Whether it matches anywhere in a text.
    pub fn matches(&self, text: &str) -> bool {
        let mut now = Set::new(self.steps.len());
        let mut next = Set::new(self.steps.len());
        let mut before = None;
        let mut chars = text.chars();
        loop {
            let after = chars.clone().next();
            if self.reach(&mut now, 0, before, after) {
                return true;
            }
            let Some(c) = chars.next() else { return false };
            let following = chars.clone().next();
            for step in std::mem::take(&mut now.list) {
                now.has[step] = false;
                if matches!(&self.steps[step], Step::Read(class) if class.has(c))
                    && self.reach(&mut next, step + 1, Some(c), following)
                {
                    return true;
                }
            }
            std::mem::swap(&mut now, &mut next);
            before = Some(c);
        }
    }

    /// Adds a step and all that follow without reading. Returns whether the end is among them.
    fn reach(&self, set: &mut Set, step: usize, before: Option<char>, after: Option<char>) -> bool {
        let mut open = vec![step];
        while let Some(step) = open.pop() {
            if std::mem::replace(&mut set.has[step], true) {
                continue;
            }
            set.list.push(step);
            match &self.steps[step] {
                Step::Done => return true,
                Step::Read(_) => {}
                Step::Goto(to) => open.push(*to),
                Step::Either(one, other) => open.extend([*other, *one]),
                Step::At(edge) if edge.is_between(before, after) => open.push(step + 1),
                Step::At(_) => {}
            }
        }
        false
    }

    fn add(&mut self, node: &Node) -> Option<()> {
        if self.steps.len() > MAX_STEPS {
            return None;
        }
        match node {
            Node::Read(class) => self.steps.push(Step::Read(class.clone())),
            Node::At(edge) => self.steps.push(Step::At(*edge)),
            Node::All(nodes) => nodes.iter().try_for_each(|node| self.add(node))?,
            Node::Any(nodes) => self.add_any(nodes)?,
            Node::Times(node, least, most) => self.add_times(node, *least, *most)?,
        }
        Some(())
    }

    fn add_any(&mut self, nodes: &[Node]) -> Option<()> {
        let mut ends = Vec::new();
        let (last, others) = nodes.split_last()?;
        for node in others {
            let fork = self.hole();
            self.add(node)?;
            ends.push(self.hole());
            self.steps[fork] = Step::Either(fork + 1, self.steps.len());
        }
        self.add(last)?;
        for end in ends {
            self.steps[end] = Step::Goto(self.steps.len());
        }
        Some(())
    }

    fn add_times(&mut self, node: &Node, least: usize, most: Option<usize>) -> Option<()> {
        for _ in 0..least {
            self.add(node)?;
        }
        let Some(most) = most else {
            let fork = self.hole();
            self.add(node)?;
            self.steps.push(Step::Goto(fork));
            self.steps[fork] = Step::Either(fork + 1, self.steps.len());
            return Some(());
        };
        let mut forks = Vec::new();
        for _ in least..most {
            forks.push(self.hole());
            self.add(node)?;
        }
        for fork in forks {
            self.steps[fork] = Step::Either(fork + 1, self.steps.len());
        }
        Some(())
    }

    /// A step that is filled when it is known where it leads.
    fn hole(&mut self) -> usize {
        self.steps.push(Step::Done);
        self.steps.len() - 1
    }
}

/// Steps that a text has led to.
struct Set {
    list: Vec<usize>,
    has: Vec<bool>,
}

impl Set {
    fn new(steps: usize) -> Set {
        Set { list: Vec::new(), has: vec![false; steps] }
    }
}

impl Edge {
    fn is_between(self, before: Option<char>, after: Option<char>) -> bool {
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        match self {
            Edge::Start => before.is_none(),
            Edge::End => after.is_none(),
            Edge::Word => word(before) != word(after),
            Edge::NoWord => word(before) == word(after),
        }
    }
}

struct Parser<'t> {
    rest: &'t str,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Alternatives, up to the end or a closing parenthesis.
    fn any(&mut self) -> Option<Node> {
        let mut nodes = vec![self.all()?];
        while self.take("|") {
            nodes.push(self.all()?);
        }
        Some(Node::Any(nodes))
    }

    fn all(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek()
            && !matches!(c, '|' | ')')
        {
            let one = self.one()?;
            nodes.push(self.times(one)?);
        }
        Some(Node::All(nodes))
    }

    fn one(&mut self) -> Option<Node> {
        Some(match self.next()? {
            '(' => return self.group(),
            '[' => Node::Read(self.class()?),
            '.' => Node::Read(Class { ranges: vec![('\n', '\n')], negated: true }),
            '^' => Node::At(Edge::Start),
            '$' => Node::At(Edge::End),
            '\\' => return self.escape(),
            '*' | '+' | '?' => return None,
            c => Node::Read(Class::one(c)),
        })
    }

    fn group(&mut self) -> Option<Node> {
        if self.take("?") && !self.take(":") {
            // A name; flags aren't known here.
            if !(self.take("P<") || self.take("<")) {
                return None;
            }
            while self.next()? != '>' {}
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let node = self.any()?;
        self.depth -= 1;
        self.take(")").then_some(node)
    }

    fn times(&mut self, node: Node) -> Option<Node> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.numbers() {
                Some((least, most)) => {
                    let wrong = most.is_some_and(|most| most < least || most > MAX_TIMES);
                    if wrong || least > MAX_TIMES {
                        return None;
                    }
                    let close = self.rest.find('}')?;
                    self.rest = &self.rest[close..];
                    (least, most)
                }
                // A brace that repeats nothing stands for itself.
                None => return Some(node),
            },
            _ => return Some(node),
        };
        self.next();
        // Whether it takes more or less is all the same to a yes or no.
        self.take("?");
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return None;
        }
        Some(Node::Times(Box::new(node), least, most))
    }

    /// The numbers of `{1,2}`, which is left to be read.
    fn numbers(&self) -> Option<(usize, Option<usize>)> {
        let (inside, _) = self.rest.strip_prefix('{')?.split_once('}')?;
        let number = |text: &str| {
            text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
        };
        match inside.split_once(',') {
            None => number(inside).map(|times| (times, Some(times))),
            Some((least, "")) => Some((number(least)?, None)),
            Some((least, most)) => Some((number(least)?, Some(number(most)?))),
        }
    }

    fn escape(&mut self) -> Option<Node> {
        Some(match self.peek()? {
            'A' => self.edge(Edge::Start),
            'z' => self.edge(Edge::End),
            'b' => self.edge(Edge::Word),
            'B' => self.edge(Edge::NoWord),
            _ => Node::Read(self.escaped()?),
        })
    }

    fn edge(&mut self, edge: Edge) -> Node {
        self.next();
        Node::At(edge)
    }

    /// What stands behind a backslash, in a class too.
    fn escaped(&mut self) -> Option<Class> {
        let c = self.next()?;
        let ranges = match c {
            'd' | 'D' => vec![('0', '9')],
            'w' | 'W' => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            's' | 'S' => vec![('\t', '\n'), ('\u{c}', '\r'), (' ', ' ')],
            't' => vec![('\t', '\t')],
            'n' => vec![('\n', '\n')],
            'r' => vec![('\r', '\r')],
            'f' => vec![('\u{c}', '\u{c}')],
            'v' => vec![('\u{b}', '\u{b}')],
            'a' => vec![('\u{7}', '\u{7}')],
            'x' => return self.hexadecimal().map(Class::one),
            c if c.is_ascii_punctuation() => vec![(c, c)],
            _ => return None,
        };
        Some(Class { ranges, negated: c.is_ascii_uppercase() })
    }

    fn hexadecimal(&mut self) -> Option<char> {
        let digits = if self.take("{") {
            let (digits, rest) = self.rest.split_once('}')?;
            self.rest = rest;
            digits
        } else {
            let (digits, rest) = self.rest.split_at_checked(2)?;
            self.rest = rest;
            digits
        };
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    }

    fn class(&mut self) -> Option<Class> {
        let mut class = Class { ranges: Vec::new(), negated: self.take("^") };
        let mut first = true;
        loop {
            if !first && self.take("]") {
                return Some(class);
            }
            first = false;
            if self.take("[:") {
                let (name, rest) = self.rest.split_once(":]")?;
                self.rest = rest;
                class.ranges.extend(posix(name)?);
                continue;
            }
            let Some(start) = self.class_item()? else {
                let Class { ranges, negated } = self.escaped()?;
                if negated {
                    return None;
                }
                class.ranges.extend(ranges);
                continue;
            };
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let end = if is_range {
                self.next();
                self.class_item()??
            } else {
                start
            };
            if end < start {
                return None;
            }
            class.ranges.push((start, end));
        }
    }

    /// A single character of a class. Of an escape that stands for several only the backslash is
    /// taken.
    fn class_item(&mut self) -> Option<Option<char>> {
        if self.take("\\") {
            let all = self.rest;
            let class = self.escaped()?;
            if let ([(first, last)], false) = (class.ranges.as_slice(), class.negated)
                && first == last
            {
                return Some(Some(*first));
            }
            self.rest = all;
            return Some(None);
        }
        self.next().map(Some)
    }
}

fn posix(name: &str) -> Option<Vec<(char, char)>> {
    Some(match name {
        "alnum" => vec![('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => vec![('A', 'Z'), ('a', 'z')],
        "digit" => vec![('0', '9')],
        "lower" => vec![('a', 'z')],
        "upper" => vec![('A', 'Z')],
        "space" => vec![('\t', '\r'), (' ', ' ')],
        "punct" => vec![('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "word" => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        "xdigit" => vec![('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn what_schemas_have() {
        let duration = r"^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$";
        let quantity = r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";
        let label = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
        for (pattern, good, bad) in [
            (duration, &["0", "1h30m", "15s", ""][..], &["1x", "30", "1m1h"][..]),
            (quantity, &["1", "1.5Gi", "-.5", "1e3", "100m"], &["", "Gi", "1 Gi", "1KiB"]),
            (label, &["a", "a-b.c", "0"], &["", "-a", "a-", "A", "a..b"]),
            (
                r"^https?://.+$",
                &["http://a", "https://a/b?c"],
                &["ftp://a", "https://", " http://a"],
            ),
            (r"^\d{4}-\d{2}-\d{2}$", &["2024-01-31"], &["24-01-31", "2024-01-311"]),
            (r"[^/]+/", &["a/", "x a/b"], &["/", "a", ""]),
            (r"^(?:a|b){2,3}$", &["ab", "bba"], &["a", "abab"]),
            (r"^a{2,}$", &["aa", "aaaa"], &["a", "b"]),
            (r"^[]a-]+$", &["]a-"], &["b", ""]),
            (r"^[\w.-]+$", &["a_b.c-9"], &["a b", "é"]),
            (r"^[^\s]+$", &["ab"], &["a b"]),
            (r"^.$", &["é", "😀"], &["", "ab", "\n"]),
            (r"^\x41\.$", &["A."], &["Ab"]),
            (r"\bfoo\b", &["a foo b"], &["afoo"]),
            (r"^[[:alpha:]]+$", &["aZ"], &["a1"]),
            (r"^(|a)$", &["", "a"], &["b"]),
            (r"^a{,2}$", &["a{,2}"], &["aa"]),
            (r"a|b", &["xbx"], &["c"]),
            ("", &["", "x"], &[]),
        ] {
            let parsed = Pattern::parse(pattern).unwrap();
            for text in good {
                assert!(parsed.matches(text), "{pattern} is to match {text:?}");
            }
            for text in bad {
                assert!(!parsed.matches(text), "{pattern} isn't to match {text:?}");
            }
        }
    }

    #[test]
    fn of_what_is_unknown_nothing_is_said() {
        for pattern in ["(?i)a", "(?=a)", r"\pL", "[[:what:]]", "(a", "a)", "*a", "[a", r"\", "a**"]
        {
            assert!(Pattern::parse(pattern).is_none(), "{pattern}");
        }
        assert!(Pattern::parse("((a{1000}){1000}){1000}").is_none());
        assert!(Pattern::parse(&"(".repeat(100_000)).is_none());
    }

    #[test]
    fn time_grows_with_the_text_only() {
        let pattern = Pattern::parse("^(a*)*(a|aa)+$").unwrap();
        assert!(!pattern.matches(&("a".repeat(50_000) + "b")));
    }
}
