//! Did you mean, while constants are evaluated, where the engine's `suggest` can't run: names are
//! alike here that are alike there.

/// The letters of a name that are looked at; a longer name is like no other.
const LONGEST: usize = 64;

/// How many names are looked at: rustc takes a constant that evaluates for long for one that never
/// ends.
pub(crate) const MOST: usize = 250;

/// How many edits turn a name into `prefix` and `key`, whatever their case and their separators;
/// `None` where nobody would take one for the other.
pub(crate) const fn edits(wrong: &str, prefix: &str, key: &str) -> Option<usize> {
    let wrong = Letters::new().push(wrong);
    let known = Letters::new().push(prefix).push(key);
    let most = if wrong.len < 3 { 0 } else { wrong.len / 3 };
    if wrong.len == 0 || wrong.len > LONGEST || known.len > LONGEST {
        return None;
    }
    match distance_within(&wrong, &known, most) {
        Some(edits) if edits < known.len => Some(edits),
        _ => None,
    }
}

/// The nearest of these names.
pub(crate) const fn nearest(wrong: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let mut found = None;
    let mut least = usize::MAX;
    let mut i = 0;
    while i < known.len() && i < MOST {
        if let Some(edits) = edits(wrong, "", known[i])
            && edits < least
        {
            least = edits;
            found = Some(known[i]);
        }
        i += 1;
    }
    found
}

/// The letters and digits of a name in lower case. Their number is above [`LONGEST`] where not all
/// are here.
struct Letters {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Letters {
    const fn new() -> Letters {
        Letters { bytes: [0; LONGEST], len: 0 }
    }

    const fn push(mut self, text: &str) -> Letters {
        let text = text.as_bytes();
        let mut i = 0;
        while i < text.len() {
            if !matches!(text[i], b'_' | b'-' | b'.' | b' ') {
                if self.len < LONGEST {
                    self.bytes[self.len] = text[i].to_ascii_lowercase();
                }
                self.len += 1;
            }
            i += 1;
        }
        self
    }
}

/// How many letters are to be added, removed, changed or swapped with their neighbour, if it is at
/// most `most`.
const fn distance_within(a: &Letters, b: &Letters, most: usize) -> Option<usize> {
    if a.len.abs_diff(b.len) > most {
        return None;
    }
    // What is further from the diagonal than that needs more edits, and is left at that.
    let mut before = [most + 1; LONGEST + 1];
    let mut above = [most + 1; LONGEST + 1];
    let mut j = 0;
    while j <= b.len && j <= most {
        above[j] = j;
        j += 1;
    }
    let mut i = 0;
    while i < a.len {
        let mut row = [most + 1; LONGEST + 1];
        let mut j = i.saturating_sub(most);
        if j == 0 {
            row[0] = i + 1;
        }
        let mut least = row[j];
        while j < b.len && j <= i + most {
            let (x, y) = (a.bytes[i], b.bytes[j]);
            let mut edits = if x == y { above[j] } else { above[j] + 1 };
            if above[j + 1] + 1 < edits {
                edits = above[j + 1] + 1;
            }
            if row[j] + 1 < edits {
                edits = row[j] + 1;
            }
            let is_swapped = i > 0 && j > 0 && x == b.bytes[j - 1] && a.bytes[i - 1] == y;
            if is_swapped && before[j - 1] + 1 < edits {
                edits = before[j - 1] + 1;
            }
            if edits < least {
                least = edits;
            }
            row[j + 1] = edits;
            j += 1;
        }
        if least > most {
            return None;
        }
        before = above;
        above = row;
        i += 1;
    }
    if above[b.len] > most { None } else { Some(above[b.len]) }
}

#[cfg(test)]
mod tests {
    use reactbin_check::suggest::suggest;

    use super::*;

    #[test]
    fn finds_what_the_engine_finds() {
        const KNOWN: &[&str] = &["DATABASE_URL", "JWT_SECRET_KEY", "TZ", "tls.crt", "LOG_LEVEL"];
        for (wrong, meant) in [
            ("DATABASE_URI", Some("DATABASE_URL")),
            ("DATABSAE_URL", Some("DATABASE_URL")),
            ("API_DATABASE_URL", Some("DATABASE_URL")),
            ("jwt-secret-key", Some("JWT_SECRET_KEY")),
            ("JWT_SECRET", Some("JWT_SECRET_KEY")),
            ("tls.cert", Some("tls.crt")),
            ("tz", Some("TZ")),
            ("TX", None),
            ("LOGGING", None),
            ("MODE", None),
            ("", None),
            ("_", None),
        ] {
            assert_eq!(nearest(wrong, KNOWN), meant, "{wrong}");
            assert_eq!(suggest(wrong, KNOWN.iter().copied()), meant, "{wrong}");
        }
    }

    #[test]
    fn finds_what_the_engine_finds_among_all_short_names() {
        let letters = ["a", "b", "c"];
        let mut names = vec![String::new()];
        for length in 0..5 {
            let longest: Vec<String> =
                names.iter().filter(|n| n.len() == length).cloned().collect();
            names.extend(
                longest.iter().flat_map(|name| letters.map(|last| format!("{name}{last}"))),
            );
        }
        for wrong in &names {
            for known in &names {
                let alike = suggest(wrong, [known.as_str()]).is_some();
                assert_eq!(edits(wrong, "", known).is_some(), alike, "{wrong}, {known}");
            }
        }
    }

    #[test]
    fn counts_the_prefix() {
        assert_eq!(edits("API_DATABASE_URL", "API_", "DATABASE_URI"), Some(1));
        assert_eq!(edits("API_URL", "", "DATABASE_URL"), None);
    }

    #[test]
    fn leaves_long_names_alone() {
        let (wrong, long) = ("A".repeat(LONGEST), "A".repeat(LONGEST + 1));
        assert_eq!(edits(&wrong, "", &wrong), Some(0));
        assert_eq!(edits(&wrong, "", &long), None);
        assert_eq!(edits(&long, "", &wrong), None);
    }
}
