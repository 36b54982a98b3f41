//! Whether a text is JSON, as the values of some Secrets and annotations have to be.
//!
//! Nothing is made of it. A value may be a secret, so nothing of it is told either.

/// How deep values may stand in each other; deeper ones are taken for right.
const MAX_DEPTH: usize = 200;

/// Whether a text is a JSON object, or `null`, which Go reads as one without anything in it.
pub(crate) fn is_object(text: &str) -> bool {
    let text = text.trim_matches(WHITE);
    text == "null" || (text.starts_with('{') && is_json(text))
}

/// Whether a text is a JSON list, or `null`, which Go reads as one without items.
pub(crate) fn is_list(text: &str) -> bool {
    let text = text.trim_matches(WHITE);
    text == "null" || (text.starts_with('[') && is_json(text))
}

fn is_json(text: &str) -> bool {
    let mut reader = Reader { rest: text.as_bytes(), depth: 0 };
    reader.value().is_some_and(|deep| {
        reader.white();
        deep || reader.rest.is_empty()
    })
}

const WHITE: [char; 4] = [' ', '\t', '\n', '\r'];

struct Reader<'t> {
    rest: &'t [u8],
    depth: usize,
}

impl Reader<'_> {
    fn white(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    fn take(&mut self, token: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Reads a value. `Some(true)` if it is too deep to be read; `None` if it isn't one.
    fn value(&mut self) -> Option<bool> {
        self.white();
        match self.rest.first()? {
            b'{' => self.several(b'}', true),
            b'[' => self.several(b']', false),
            b'"' => self.string(),
            b'-' | b'0'..=b'9' => self.number(),
            _ => [&b"true"[..], b"false", b"null"]
                .into_iter()
                .any(|word| self.take(word))
                .then_some(false),
        }
    }

    /// Reads an object, with its keys, or a list.
    fn several(&mut self, end: u8, keys: bool) -> Option<bool> {
        if self.depth == MAX_DEPTH {
            return Some(true);
        }
        self.depth += 1;
        self.rest = self.rest.get(1..)?;
        self.white();
        if !self.take(&[end]) {
            loop {
                if keys {
                    self.white();
                    self.string()?;
                    self.white();
                    self.take(b":").then_some(())?;
                }
                if self.value()? {
                    return Some(true);
                }
                self.white();
                if self.take(&[end]) {
                    break;
                }
                self.take(b",").then_some(())?;
            }
        }
        self.depth -= 1;
        Some(false)
    }

    fn string(&mut self) -> Option<bool> {
        self.take(b"\"").then_some(())?;
        loop {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            match first {
                b'"' => return Some(false),
                0..=0x1f => return None,
                b'\\' => {
                    let (escape, rest) = self.rest.split_first()?;
                    self.rest = rest;
                    match escape {
                        b'u' => {
                            let (digits, rest) = self.rest.split_at_checked(4)?;
                            digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
                            self.rest = rest;
                        }
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                        _ => return None,
                    }
                }
                _ => {}
            }
        }
    }

    fn number(&mut self) -> Option<bool> {
        self.take(b"-");
        if !self.take(b"0") {
            self.digits()?;
        }
        if self.take(b".") {
            self.digits()?;
        }
        if self.take(b"e") || self.take(b"E") {
            let _ = self.take(b"+") || self.take(b"-");
            self.digits()?;
        }
        Some(false)
    }

    fn digits(&mut self) -> Option<()> {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.rest = self.rest.get(count..)?;
        (count > 0).then_some(())
    }
}

/// How many bytes a text in base64 stands for.
pub(crate) fn decoded_length(text: &str) -> usize {
    let padding = text.bytes().rev().take(2).take_while(|b| *b == b'=').count();
    (text.len() / 4 * 3).saturating_sub(padding)
}

/// The bytes of a text in base64, as Go decodes it; `None` if it is none, which is told elsewhere.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n' | b'=')) {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{decode_base64, is_object};

    #[test]
    fn objects_are_told_from_what_is_none() {
        for text in [
            "{}",
            " {\"auths\": {\"a\": {\"auth\": \"eA==\"}}}\n",
            "{\"a\":[1,-0.5e+3,true,null,\"\\u00e9\\n\"],\"a\":{}}",
            "null",
        ] {
            assert!(is_object(text), "{text}");
        }
        for text in [
            "",
            "x",
            "[]",
            "{",
            "{a: 1}",
            "{\"a\":}",
            "{\"a\":01}",
            "{\"a\":1,}",
            "{} {}",
            "{\"a\":\"\n\"}",
        ] {
            assert!(!is_object(text), "{text}");
        }
        assert!(is_object(&("{\"a\":".repeat(10_000) + "x")), "too deep to tell");
    }

    #[test]
    fn base64_is_decoded() {
        assert_eq!(decode_base64("YmFk\nZQ==").unwrap(), b"bade");
        assert_eq!(decode_base64("a*"), None);
    }
}
