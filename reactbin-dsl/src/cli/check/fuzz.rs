//! Broken YAML through the whole check: nothing may make it panic or take long.
//!
//! The seed is fixed and a run is short; `REACTBIN_FUZZ_SECONDS=600` makes it long.

use std::path::Path;
use std::time::{Duration, Instant};

use reactbin_check::pod_security::{Standard, Version};
use reactbin_check::{Level, Levels, Severity};

use super::format::{Entry, Format};
use super::inspect::{Checked, Inspector, Wanted};
use super::own::Own;
use super::policy::Policy;
use reactbin_read::read::{Events, Reader, join_surrogates};
use reactbin_read::schema::Schemas;
use reactbin_read::split::Documents;

const LIMIT: Duration = Duration::from_secs(10);

/// What mutations start from.
const SEEDS: &[&str] = &[
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: &m {name: a, labels: {app: a}}\nspec:\n  <<: [*m, {replicas: 0x1}]\n  selector: {matchLabels: {app: a}}\n  template:\n    metadata: *m\n    spec:\n      containers:\n      - name: a\n        image: \"nginx:1\\u00e9\"\n        args: [ 'it''s', \"\\t\", >-\n          folded\n          text\n          , |\n          literal ]\n---\n- 1\n...\n%YAML 1.1\n---\n!!str 5\n",
    "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"a\"}, \"data\": {\"a\": \"\\ud83d\\ude00\", \"b\": 1.5e3}}]}",
    "# comment\n? complex\n: - !!binary aGVsbG8=\n  - ~\n  - .inf\n  - 0o17\n  - &x {y: *x}\n? [a, b]\n: c\n",
];

const PIECES: &[&str] = &[
    "\n",
    "  ",
    "\t",
    "- ",
    "? ",
    ": ",
    ":",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!int ",
    "!x ",
    "'",
    "\"",
    "|\n",
    ">-\n",
    "|9\n",
    "#",
    " #",
    "%YAML 9.9\n",
    "%TAG ! x\n",
    "---\n",
    "...\n",
    "\\u12",
    "\\ud800",
    "\r",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{0}",
    "é",
    "😀",
    "null",
    "yes",
    "0777",
    "1e999",
    "99999999999999999999",
    "@",
    "`",
    "~",
    "kind: List\nitems:\n",
    "apiVersion: v1\n",
    "- - - - - ",
    "[[[[[[",
    "{a: {a: ",
];

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11;
        (number % end.max(1) as u64) as usize
    }
}

/// A boundary of characters near a random place.
fn boundary(text: &str, random: &mut Random) -> usize {
    let at = random.below(text.len() + 1);
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn mutate(text: &mut String, random: &mut Random) {
    let (a, b) = (boundary(text, random), boundary(text, random));
    let (start, end) = (a.min(b), a.max(b));
    match random.below(6) {
        0 => text.insert_str(a, PIECES[random.below(PIECES.len())]),
        1 => text.insert_str(a, &PIECES[random.below(PIECES.len())].repeat(random.below(2000))),
        2 => text.replace_range(start..end, ""),
        3 => {
            let part = text[start..end].to_owned();
            text.insert_str(boundary(text, random), &part);
        }
        4 => text.truncate(a),
        _ => text.replace_range(start..start, PIECES[random.below(PIECES.len())]),
    }
    if text.len() > 200_000 {
        text.truncate(boundary(text, random));
    }
}

fn check(bytes: &[u8], reader: &mut Reader, inspector: &mut Inspector, wanted: &Wanted) -> usize {
    let mut documents = Documents::new(bytes);
    let (mut piece, mut out, mut number) = (Vec::new(), String::new(), 0);
    while let Ok(Some(before)) = documents.read(&mut piece) {
        let Ok(text) = std::str::from_utf8(&piece) else { continue };
        let json = text.trim_start().starts_with('{');
        let read = if json { join_surrogates(text) } else { text.into() };
        let mut events = Events::new(&read, before);
        loop {
            let (checked, go_on) = match reader.read(&mut events, json) {
                Ok(None) => break,
                Ok(Some(root)) => (inspector.inspect(reader, root, wanted), true),
                Err(error) => (Checked::unreadable(error), false),
            };
            assert!(reader.places.len() <= reader.tree.len());
            let entry =
                Entry { file: Path::new("a.yaml"), number, checked: &checked, text, before };
            for format in [Format::Human, Format::Json, Format::Sarif, Format::Github] {
                format.document(&entry, false, &mut out);
            }
            number += 1;
            out.clear();
            if !go_on {
                break;
            }
        }
    }
    number
}

/// Every lint.
fn everything() -> Policy {
    let standard = Some((Standard::Restricted, Version::default(), Severity::Warning));
    Policy {
        levels: Levels::of_all(Level::Warn),
        standard,
        own: false,
        own_levels: Vec::new(),
        deny_warnings: false,
    }
}

#[test]
fn broken_yaml() {
    let seconds = std::env::var("REACTBIN_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(3));
    let mut random = Random(0x5EED);
    let (mut reader, mut inspector) = (Reader::default(), Inspector::default());
    let wanted = Wanted {
        schemas: Schemas::default(),
        policy: everything(),
        across: true,
        own: Own::nothing(),
        strict: true,
    };
    let mut round = 0;
    while round < 50 || Instant::now() < end {
        let mut text = SEEDS[round % SEEDS.len()].to_owned();
        for _ in 0..1 + random.below(8) {
            mutate(&mut text, &mut random);
        }
        let start = Instant::now();
        check(text.as_bytes(), &mut reader, &mut inspector, &wanted);
        if start.elapsed() > LIMIT {
            let file = std::env::temp_dir().join("reactbin-fuzz-slow.yaml");
            std::fs::write(&file, &text).unwrap();
            panic!("{} took {:?}", file.display(), start.elapsed());
        }
        round += 1;
    }
}

#[test]
fn the_seeds_are_documents() {
    let (mut reader, mut inspector) = (Reader::default(), Inspector::default());
    let wanted = Wanted {
        schemas: Schemas::default(),
        policy: everything(),
        across: true,
        own: Own::nothing(),
        strict: true,
    };
    let documents =
        SEEDS.iter().map(|seed| check(seed.as_bytes(), &mut reader, &mut inspector, &wanted));
    assert_eq!(documents.collect::<Vec<_>>(), [3, 1, 1]);
}
