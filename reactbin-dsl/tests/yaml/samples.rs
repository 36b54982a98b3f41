//! Strings, trees and comments that are hard on a YAML writer; the same in every run.

use std::collections::BTreeSet;

use reactbin_check::tree::{Entry, NodeId, Tree};
use reactbin_dsl::yaml::Comments;

/// What the short strings are made of: digits in and beyond base 8, the letters of short words,
/// bases and exponents, every indicator, white space and line breaks of all kinds.
const ALPHABET: &str = "018befinosxyENTZ_+-.:,~<=>#&*!|'\"%@`?[]{}\\/ \t\n\r\u{85}\u{2028}\u{A0}é";

/// Words, numbers and dates that YAML 1.1, YAML 1.2, JSON or some reader gives a meaning, and their neighbours.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "true", "false", "yes", "no", "on", "off", "y", "n", "null", "~", "nil", "none", "<<", "=", "",
    ".inf", "-.inf", "+.inf", ".nan", "inf", "-inf", "+inf", "nan", "-infinity", "0x1f", "-0x1f",
    "0x1_f", "0x", "0x1.8p1", "0x1p-2", "0b1", "0b1_0", "-0b1", "0b2", "0o17", "0o8", "-0o17",
    "017", "089", "0_17", "1_000", "1__0", "5_", "_5", "-_5", "1,000", "190:20:30", "-190:20:30",
    "190:20:30.15", "1:2", "1:60", "22:22", "0:0", "1:2:", "2001-12-14", "2001-1-2", "2001-12",
    "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43.10",
    "2001-12-14t21:59:43z", "1e3", "1e+3", "1e-3", "1.e3", "1.5e3", "1.5e+3", ".5e3", "1e", "e3",
    "1e400", "12e03", ".5", "5.", "-.5", "+.5", "._5", ".", "..", "...", "1.2.3", "1.2.", "+1",
    "-1", "+-1", "--1", "-0", "+0", "0", "00", "-0.0", "0.0", "+", "-", "--", "---", "--- a",
    "... a", "18446744073709551616", "9223372036854775808", "-9223372036854775809", "10gi", "500m",
    "0.5gi", "1e1gi", "10.0.0.1", "10.0.0.1:80", "::1", "a:b", "a: b", "a :b", "a #b", "a# b", "a:",
    "- a", "? a", ": a", "-a", "?a", ":a", "! a", "!a", "!!str a", "&a b", "*a", "%yaml 1.1", "@a",
    "`a`", "'a'", "\"a\"", "[a", "a]", "{{ a }}", "a, b", "a}", "| a", "> a", "# a", "#a",
    "\u{FEFF}", "\u{FEFF}a", "a\u{FEFF}", "\u{0}", "\u{7F}", "\u{FFFE}", "\u{FFFF}", "\u{1FFFE}",
    "\u{10FFFF}", "\u{2028}", "\u{2029}", "a\u{2029}b", "\u{85}", "a\u{85}b", "\u{A0}a", "a\u{A0}",
    "\u{3000}a\u{3000}", "a\u{B}b", "a\u{C}b", "\u{202E}abc", "👩\u{200D}🚀", "a\u{301}", "\u{1B}[0m",
];

/// Every string of up to three characters of the alphabet.
pub(crate) fn short_strings() -> Vec<String> {
    let alphabet: Vec<char> = ALPHABET.chars().collect();
    let longer = |strings: &[String]| -> Vec<String> {
        let add = |text: &String| alphabet.iter().map(move |c| format!("{text}{c}")).collect();
        strings.iter().flat_map::<Vec<String>, _>(add).collect()
    };
    let one = longer(&[String::new()]);
    let two = longer(&one);
    let three = longer(&two);
    [vec![String::new()], one, two, three].concat()
}

/// Every word in every mixture of upper and lower case.
pub(crate) fn words() -> Vec<String> {
    let cases = |word: &&str| {
        word.chars().fold(vec![String::new()], |heads, c| {
            let cases = BTreeSet::from([c.to_ascii_lowercase(), c.to_ascii_uppercase()]);
            heads.iter().flat_map(|head| cases.iter().map(move |c| format!("{head}{c}"))).collect()
        })
    };
    let all: BTreeSet<String> = WORDS.iter().flat_map(cases).collect();
    all.into_iter().collect()
}

/// A small generator of its own, so that a failure comes back in every run (xorshift64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A text of words, spaces and line breaks, some of them hostile, up to `longest` characters.
    pub(crate) fn text(&mut self, longest: usize) -> String {
        // A third of the texts are tame, so that blocks and folds get their share.
        let hostility = self.pick(&[0, 0, 2, 30]);
        let breaks = self.pick(&[0, 0, 8, 25]);
        let length = self.below(longest) + 1;
        let mut text = String::new();
        while text.chars().count() < length {
            if self.below(100) < hostility {
                text.push_str(&self.hostile());
            } else if self.below(100) < breaks {
                text.push_str(self.pick(&["\n", "\n", "\n\n", "\n  ", "\n\t", "\n# ", "\n---\n"]));
            } else {
                text.push_str(&self.word());
                text.push_str(self.pick(&[" ", " ", " ", " ", " ", "", ", ", ": ", "  "]));
            }
        }
        let end = self.pick(&["", "", "\n", "\n\n", "\n\n\n", " "]);
        format!("{}{end}", text.trim_end())
    }

    fn hostile(&mut self) -> String {
        match self.below(4) {
            0 => self.pick(WORDS).to_owned(),
            1 => self.pick(&ALPHABET.chars().collect::<Vec<_>>()).to_string(),
            2 => self
                .pick(&["  ", "   ", " \t", " \n", "\r\n", "\n\n\n", " # ", "\\", "\"", "\0"])
                .to_owned(),
            _ => {
                let end = self.pick(&[0x100, 0x3000, 0x1_0000, 0x11_0000]);
                char::from_u32(self.below(end) as u32).unwrap_or('\u{FFFD}').to_string()
            }
        }
    }

    fn word(&mut self) -> String {
        let length = self.pick(&[1, 2, 3, 5, 8, 13, 21, 100]);
        let length = self.below(length) + 1;
        (0..length)
            .map(|_| self.pick(&['a', 'e', 'n', 's', 'Z', '0', '-', '/', '.', 'ü', '漢']))
            .collect()
    }

    /// Adds a random tree, at most five levels deep, nulls and empty collections included.
    pub(crate) fn tree(&mut self, tree: &mut Tree, depth: usize) -> NodeId {
        let width = self.below(5);
        match if depth == 0 { 0 } else { self.below(if depth < 5 { 9 } else { 6 }) + 2 } {
            0 | 1 | 8 | 9 => {
                let mut keys = BTreeSet::new();
                let entries: Vec<Entry> = (0..width)
                    .filter_map(|_| {
                        let longest = self.pick(&[10, 10, 40, 1500]);
                        let key = match self.below(3) {
                            0 => self.pick(&["name", "metadata", "namespace", "kind"]).to_owned(),
                            _ => self.text(longest),
                        };
                        let value = self.tree(tree, depth + 1);
                        keys.insert(key.clone()).then(|| Entry { key: tree.push_str(&key), value })
                    })
                    .collect();
                tree.push_map(&entries)
            }
            10 | 7 => {
                let items: Vec<NodeId> = (0..width).map(|_| self.tree(tree, depth + 1)).collect();
                tree.push_list(&items)
            }
            2 => tree.push_null(),
            3 => {
                let value = self.below(2) == 0;
                tree.push_bool(value)
            }
            4 => {
                let value = self.pick(&[0, 1, -1, 420, i64::MAX, i64::MIN]);
                tree.push_int(value)
            }
            5 => {
                let value =
                    self.pick(&[0.0, -0.0, 0.5, 1.0, 1e21, 1.5e300, 1e-7, 5e-324, f64::MAX]);
                tree.push_float(value)
            }
            _ => {
                let text = self.text(200);
                tree.push_str(&text)
            }
        }
    }

    /// Comments at about half of the nodes.
    pub(crate) fn comments(&mut self, tree: &Tree) -> Comments {
        let mut comments = Comments { head: self.paragraphs(), ..Comments::default() };
        // Those where no comment can stand are ignored.
        for id in nodes(tree) {
            match self.below(4) {
                0 => drop(comments.above.insert(id, self.paragraphs())),
                1 => drop(comments.behind.insert(id, self.text(60))),
                _ => {}
            }
        }
        comments
    }

    fn paragraphs(&mut self) -> Vec<String> {
        (0..self.below(3)).map(|_| self.text(200)).collect()
    }
}

/// All nodes of a tree: a tree as large has the same ones.
fn nodes(tree: &Tree) -> Vec<NodeId> {
    let mut other = Tree::new();
    (0..tree.len()).map(|_| other.push_null()).collect()
}
