//! What is taken for a secret, and what isn't: the two lists in `tests/secrets`, and random texts.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::time::{Duration, Instant};

use reactbin_check::secrets::{LIMIT, Secret, find};

const NEGATIVES: &str = include_str!("secrets/negatives.tsv");
const POSITIVES: &str = include_str!("secrets/positives.tsv");

const SMALL: &str = "abcdefghijklmnopqrstuvwxyz";
const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";

/// xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as usize % end.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn text(&mut self, alphabet: &str, length: usize) -> String {
        let alphabet = alphabet.as_bytes();
        (0..length).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }
}

/// The lines of a list, without comments, cut at tabs.
fn rows(list: &str, columns: usize) -> impl Iterator<Item = Vec<&str>> {
    list.lines().filter(|line| !line.starts_with("# ")).map(move |line| {
        let row: Vec<&str> = line.splitn(columns, '\t').collect();
        assert_eq!(row.len(), columns, "{line}");
        row
    })
}

/// A text as it is meant: without marks, with its line breaks, tabs and backslashes.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().filter(|&c| c != '¦');
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('\\') => '\\',
                other => panic!("\\{other:?} in {text}"),
            },
            c => c,
        });
    }
    plain
}

fn key(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[test]
fn nothing_harmless_is_taken_for_a_secret() {
    let mut wrong = Vec::new();
    for row in rows(NEGATIVES, 2) {
        if let Some(secret) = find(key(row[0]), &unescaped(row[1])) {
            wrong.push(format!("{} in {}: {}", secret.describe(), row[0], row[1]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn secrets_are_found_and_described() {
    let mut wrong = Vec::new();
    for row in rows(POSITIVES, 3) {
        let found = find(key(row[1]), &unescaped(row[2])).map(|secret| secret.describe());
        if found.as_deref() != Some(row[0]) {
            wrong.push(format!("{found:?} and not {} in {}: {}", row[0], row[1], row[2]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Random values under names that say so, wherever they stand; and none of it in the message.
#[test]
fn whatever_has_the_name_of_a_secret_is_one() {
    const FRAMES: [&str; 6] = [
        "{n}={v}",
        "a: b\n{n}: {v}\n",
        "{\"a\": 1, \"{n}\": \"{v}\"}",
        "run --{n}={v} --x",
        "<x><{n}>{v}</{n}></x>",
        "[a]\n{n} = {v} ; for now\n",
    ];
    let mut random = Random(0x5EED);
    let letters = [SMALL, CAPITALS].concat();
    let alphabets = [SMALL.to_owned(), [&letters, DIGITS].concat(), [DIGITS, "abcdef"].concat()];
    for _ in 0..1000 {
        let name =
            random.pick(&["DB_PASSWORD", "apiKey", "client-secret", "auth.token", "SECRET_KEY"]);
        let (alphabet, length) = (random.below(alphabets.len()), 8 + random.below(60));
        let value = random.text(&alphabets[alphabet], length);
        let text = random.pick(&FRAMES).replace("{n}", name).replace("{v}", &value);
        for (key, text) in [(Some(name), value.as_str()), (None, text.as_str())] {
            let secret = find(key, text).unwrap_or_else(|| panic!("{key:?}: {text}"));
            assert!(!secret.describe().contains(&value), "{text}");
        }
    }
}

/// How many random texts are found that have neither a name nor a form, in percent.
#[test]
fn most_of_what_is_random_is_found() {
    let letters = [SMALL, CAPITALS].concat();
    let alphabets = [
        [&letters, DIGITS].concat(),
        [&letters, DIGITS, "+/"].concat(),
        [&letters, DIGITS, "-_"].concat(),
    ];
    let mut random = Random(0xFACE);
    for (length, least) in [(24, 90), (32, 94), (40, 96), (64, 98)] {
        for alphabet in &alphabets {
            let found = (0..1000)
                .filter(|_| {
                    let value = random.text(alphabet, length);
                    find(Some("SETTING"), &format!("x {value} y")) == Some(Secret::HighEntropy)
                })
                .count();
            assert!(found >= least * 10, "{found} of 1000 with {length} of {alphabet}");
        }
    }
}

#[test]
fn only_the_beginning_of_a_huge_text_is_read() {
    let text = |before: usize| format!("{}\npassword=hunter2\n", " ".repeat(before));
    assert!(find(None, &text(LIMIT - 100)).is_some());
    assert_eq!(find(None, &text(LIMIT)), None);
    // The limit may fall into a character.
    assert_eq!(find(None, &"€".repeat(LIMIT / 2)), None);
}

/// What might make one of the searches go over the same bytes again and again.
#[test]
fn no_text_takes_long() {
    #[rustfmt::skip]
    const PARTS: [&str; 40] = [
        "a", " ", "=", ":", "a=", "password=", "password:", "\"password\":", "\"d\"",
        "\"kty\" \"d\"", "<", ">", "<a>", "<password>", "'", "PASSWORD '", "CREATE PASSWORD '",
        "\"", "\\", "\\n", "://", "a://b:c", "a://b:c@", "@tcp(", "$", "$2a$", "eyJ",
        "eyJhbGciOiJIUzI1NiJ9.", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----",
        "PuTTY-User-Key-File-", "--token ", "-p", "Bearer ", "Basic YTpi", "AccountKey=", ":AA",
        "name: token\n", "aB3xK9mQ2pL7vR4nT8wY1cZ6", "hooks.slack.com/services/",
    ];
    for part in PARTS {
        for part in [part.to_owned(), format!("{part} ")] {
            let started = Instant::now();
            let _ = find(Some("SETTING"), &part.repeat(LIMIT / 8 / part.len()));
            let took = started.elapsed();
            assert!(took < Duration::from_secs(5), "{took:?} for {part:?}");
        }
    }
}

#[test]
fn no_text_makes_it_panic() {
    #[rustfmt::skip]
    const PARTS: [&str; 46] = [
        "password", "token", "Secret", "=", ":", "\"", "'", "\\", "\n", " ", "\t", "é", "€", "💩",
        "\u{0}", "\u{feff}", "-", "--", "_", ".", "/", "://", "@", "$", "${", "{{", "<", ">",
        "</", "%", "#", ";", ",", "[", "]", "(", ")", "-----BEGIN ", "PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9", "ghp_", "AKIA", "MIIE", "YWJj", "aB3xK9mQ2pL7vR4nT8wY1cZ6", "0",
    ];
    let mut random = Random(0xF00D);
    for _ in 0..20_000 {
        let length = random.below(24);
        let text: String = (0..length).map(|_| random.pick(&PARTS)).collect();
        let name: String = (0..random.below(4)).map(|_| random.pick(&PARTS)).collect();
        if let Some(secret) = find(Some(&name), &text) {
            assert!(!secret.describe().is_empty());
        }
    }
}
