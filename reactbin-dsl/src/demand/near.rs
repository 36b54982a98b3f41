//! Did you mean, while constants are evaluated, where the engine's `suggest` can't run: names are
//! alike here that are alike there.

/// The letters of a name that are looked at; a longer name is like no other.
const LONGEST: usize = 64;

/// How many edits turn a name into `prefix` and `key`, whatever their case and their separators;
/// `None` where nobody would take one for the other.
pub(crate) const fn edits(wrong: &str, prefix: &str, key: &str) -> Option<usize> {
    let wrong = Letters::new().push(wrong);
    let known = Letters::new().push(prefix).push(key);
    let most = if wrong.len < 3 { 0 } else { wrong.len / 3 };
    if wrong.len == 0 || wrong.len > LONGEST || known.len > LONGEST {
        return None;
    }
    if wrong.len.abs_diff(known.len) > most {
        return None;
    }
    let edits = distance(&wrong, &known);
    if edits <= most && edits < known.len { Some(edits) } else { None }
}

/// The nearest of these names.
pub(crate) const fn nearest(wrong: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let mut found = None;
    let mut least = usize::MAX;
    let mut i = 0;
    while i < known.len() {
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

/// How many letters are to be added, removed, changed or swapped with their neighbour.
const fn distance(a: &Letters, b: &Letters) -> usize {
    let mut before = [0; LONGEST + 1];
    let mut above = [0; LONGEST + 1];
    let mut j = 0;
    while j <= b.len {
        above[j] = j;
        j += 1;
    }
    let mut i = 0;
    while i < a.len {
        let mut row = [0; LONGEST + 1];
        row[0] = i + 1;
        let mut j = 0;
        while j < b.len {
            let (x, y) = (a.bytes[i], b.bytes[j]);
            let mut edits = lesser(above[j + 1], row[j]) + 1;
            edits = lesser(edits, above[j] + (x != y) as usize);
            if i > 0 && j > 0 && x == b.bytes[j - 1] && a.bytes[i - 1] == y {
                edits = lesser(edits, before[j - 1] + 1);
            }
            row[j + 1] = edits;
            j += 1;
        }
        before = above;
        above = row;
        i += 1;
    }
    above[b.len]
}

const fn lesser(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
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
