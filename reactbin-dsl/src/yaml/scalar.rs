//! Spells scalars so that YAML 1.1, YAML 1.2 and JSON readers agree on them.
//!
//! Must not know the tree or the document around a scalar: a [`Place`] says what matters of it.
//!
//! Kubernetes' own readers speak YAML 1.1 with additions, so what looks like anything but a string
//! to any reader is quoted; the tables err on the side of quotes.

use super::{WIDTH, fill};

/// Where a string stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The column of its second and further lines: 2 to the right of what it belongs to.
    pub(super) indent: usize,
    /// The column of its first character.
    pub(super) column: usize,
    /// Whether a text without a space may be wider than the page here.
    pub(super) word_may_overflow: bool,
    /// Whether the document ends with it.
    pub(super) last: bool,
}

/// Plain scalars with a meaning to some reader, in any letter case. `y` and `n` are YAML 1.1's;
/// so are `<<`, which merges a map, and `=`, which PyYAML refuses to read.
const WORDS: &[&str] =
    &["", "~", "null", "true", "false", "y", "n", "yes", "no", "on", "off", "<<", "="];

/// A number: with a point, so that no reader takes it for an integer, and with a signed exponent,
/// without which YAML 1.1 would take it for a string.
pub(super) fn float(value: f64) -> String {
    if value.is_nan() {
        return ".nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let text = format!("{value:?}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let point = if mantissa.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with('-') { "" } else { "+" };
            format!("{mantissa}{point}e{sign}{exponent}")
        }
        None => text,
    }
}

/// A key of one line; nothing if that is too wide for the page or for a reader, and the key must
/// stand behind `? `.
pub(super) fn key(text: &str, place: Place) -> Option<String> {
    let key = inline(text);
    let width = place.column + key.chars().count() + 1;
    let may_overflow = place.word_may_overflow && !key.contains(' ');
    // A reader looks no further than 1024 characters for the colon.
    (width <= WIDTH || (width <= 1000 && may_overflow)).then_some(key)
}

/// A string as a value: a block if it has several lines, folded if it is too wide for the page,
/// without the newline behind its last line.
pub(super) fn text(text: &str, place: Place) -> String {
    if text.contains('\n')
        && let Some(block) = literal(text, place)
    {
        return block;
    }
    let line = inline(text);
    let fits = place.column + line.chars().count() <= WIDTH;
    if fits || (place.word_may_overflow && !line.contains(' ')) {
        return line;
    }
    folded(text, place).unwrap_or_else(|| quoted_lines(text, place))
}

/// A string in one line, whatever it holds.
pub(super) fn inline(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    text.chars().for_each(|c| push_escaped(&mut quoted, c));
    quoted.push('"');
    quoted
}

/// Whether a character can stand unescaped: every reader allows it, none takes it for a line
/// break, and it doesn't hide or reorder what a reviewer sees (U+061C and the like are marks of
/// writing direction, U+200B and U+FEFF have no width).
pub(super) fn is_visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}')
        && !matches!(c, '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn is_plain(text: &str) -> bool {
    let indicator = |c| "-?:,[]{}#&*!|>'\"%@`".contains(c);
    let dash = text.starts_with('-') && text != "-" && !text.starts_with("- ");
    text.chars().all(is_visible)
        && (!text.starts_with(indicator) || dash)
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(|c: char| c == ':' || c.is_whitespace())
        && !["---", "..."].iter().any(|marker| text.starts_with(marker))
        && ![": ", " #"].iter().any(|end| text.contains(end))
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        && !(is_number(text) || is_timestamp(text))
}

/// Whether a reader may take it for a number: decimal, in another base, of base 60, infinite; with
/// underscores anywhere behind its first character. npm's yaml reads even `e3` as one.
fn is_number(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit() || "+-.eE".contains(c)) {
        return false;
    }
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let text = text.replace('_', "").to_ascii_lowercase();
    // All of them: saphyr reads `+-1` as -1.
    let text = text.trim_start_matches(['+', '-']);
    if let Some(hex) = text.strip_prefix("0x") {
        return hex.bytes().all(|b| b.is_ascii_hexdigit() || b".p+-".contains(&b));
    }
    if let Some(other) = text.strip_prefix("0o").or_else(|| text.strip_prefix("0b")) {
        return digits(other);
    }
    if let Some((first, rest)) = text.split_once(':') {
        return digits(first) && rest.bytes().all(|b| b.is_ascii_digit() || b":.".contains(&b));
    }
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, ""));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let word = text.strip_prefix('.').unwrap_or(text);
    (digits(whole) && digits(fraction) && digits(exponent))
        || ["inf", "infinity", "nan"].contains(&word)
}

/// Whether a reader may take it for a date, with or without a time.
fn is_timestamp(text: &str) -> bool {
    let (year, rest) = text.as_bytes().split_at(text.len().min(4));
    year.iter().all(u8::is_ascii_digit)
        && rest.starts_with(b"-")
        && rest.iter().all(|b| b.is_ascii_digit() || b"-:.+ TtZz".contains(b))
}

/// A literal block, if it carries the text, no line of it is too wide, and none would be a fault
/// to yamllint: it allows two empty lines in a row, none at the end of a file, and no space at the
/// end of a line.
fn literal(text: &str, place: Place) -> Option<String> {
    let body = text.trim_end_matches('\n');
    let newlines = text.len() - body.len();
    if body.is_empty()
        || (place.last && newlines > 1)
        || text.starts_with("\n\n\n")
        || text.contains("\n\n\n\n")
    {
        return None;
    }
    let is_good = |line: &str| {
        line.chars().all(|c| c == '\t' || is_visible(c))
            && !line.ends_with([' ', '\t'])
            && is_narrow(line, place.indent)
    };
    if !body.split('\n').all(is_good) {
        return None;
    }
    // A reader would count the first line's own spaces as indentation.
    let indent = if body.trim_start_matches('\n').starts_with([' ', '\t']) { "2" } else { "" };
    let keep = ["-", "", "+"][newlines.min(2)];
    let mut block = format!("|{indent}{keep}");
    push_lines(&mut block, body.split('\n'), place.indent);
    (2..=newlines).for_each(|_| block.push('\n'));
    Some(block)
}

/// A folded block for a text of one line, if there are spaces to break it at: single ones, since
/// a reader puts one space for a line break.
fn folded(text: &str, place: Place) -> Option<String> {
    let body = text.strip_suffix('\n').unwrap_or(text);
    if !body.chars().all(is_visible) || body.starts_with(' ') || body.ends_with(' ') {
        return None;
    }
    let lines = fill(phrases(body), WIDTH.saturating_sub(place.indent));
    if !lines.iter().all(|line| is_narrow(line, place.indent)) {
        return None;
    }
    let mut block = if body == text { ">-" } else { ">" }.to_owned();
    push_lines(&mut block, lines.iter().map(String::as_str), place.indent);
    Some(block)
}

/// The parts of a text between its single spaces.
fn phrases(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let is_space = |index: usize| bytes.get(index) == Some(&b' ');
    let mut start = 0;
    let breaks = (1..text.len())
        .filter(move |index| is_space(*index) && !is_space(index - 1) && !is_space(index + 1));
    breaks.chain([text.len()]).map(move |end| {
        let phrase = &text[start..end];
        start = end + 1;
        phrase
    })
}

/// Whether a line of a block is on the page, or a single word that can't be broken.
fn is_narrow(line: &str, indent: usize) -> bool {
    indent + line.chars().count() <= WIDTH || !line.trim_start_matches(' ').contains(' ')
}

fn push_lines<'t>(block: &mut String, lines: impl Iterator<Item = &'t str>, indent: usize) {
    for line in lines {
        block.push('\n');
        if !line.is_empty() {
            block.extend(std::iter::repeat_n(' ', indent));
            block.push_str(line);
        }
    }
}

/// Double quotes over several lines, each but the last ending in a backslash, which carry any
/// text: broken behind newlines and spaces where possible, else anywhere.
pub(super) fn quoted_lines(text: &str, place: Place) -> String {
    let mut lines = QuotedLines { out: "\"".to_owned(), column: place.column + 1, place };
    let mut words = text.split_inclusive([' ', '\n']).peekable();
    while let Some(word) = words.next() {
        let mut escaped = String::new();
        word.chars().for_each(|c| push_escaped(&mut escaped, c));
        if !lines.has_room(escaped.chars().count()) {
            lines.break_line();
        }
        word.chars().for_each(|c| lines.push(c));
        if word.ends_with('\n') && words.peek().is_some() {
            lines.break_line();
        }
    }
    lines.out.push('"');
    lines.out
}

struct QuotedLines {
    out: String,
    column: usize,
    place: Place,
}

impl QuotedLines {
    /// Whether so many characters fit on this line before the backslash or closing quote.
    fn has_room(&self, width: usize) -> bool {
        self.column + width < WIDTH
    }

    /// Starts a new line, unless this one is empty.
    fn break_line(&mut self) {
        if self.column != self.place.indent {
            self.out.push_str("\\\n");
            self.out.extend(std::iter::repeat_n(' ', self.place.indent));
            self.column = self.place.indent;
        }
    }

    fn push(&mut self, c: char) {
        let mut escaped = String::new();
        push_escaped(&mut escaped, c);
        if !self.has_room(escaped.chars().count()) {
            self.break_line();
        }
        if c == ' ' && self.column == self.place.indent {
            // A reader skips a line's leading spaces.
            escaped.insert(0, '\\');
        }
        self.out.push_str(&escaped);
        self.column += escaped.chars().count();
    }
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if is_visible(c) => out.push(c),
        // Everything invisible is below U+10000: four digits.
        c => out.push_str(&format!("\\u{:04X}", u32::from(c))),
    }
}
