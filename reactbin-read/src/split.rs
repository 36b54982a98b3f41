//! A stream of YAML cut into its documents, one in memory at a time.
//!
//! Cut before the text is read as YAML, so that a document that isn't YAML doesn't take the rest
//! of its file with it. Must not know what a document holds.

use std::fmt;
use std::io::{self, BufRead, Read};

use memchr::memchr;

/// How many bytes a document may have.
pub const MAX_DOCUMENT: usize = 16 << 20;
/// How many bytes a file, or what standard input gives, may have.
pub const MAX_FILE: u64 = 1 << 30;
/// How many documents it may have.
pub const MAX_DOCUMENTS: u32 = 1_000_000;

/// The documents of one input.
pub struct Documents<R> {
    input: R,
    /// The line that ended the last document and begins the next.
    next: Vec<u8>,
    /// How many lines have been handed out.
    lines: u32,
    /// How many bytes have been read.
    bytes: u64,
    documents: u32,
}

/// Why there is no further document.
#[derive(Debug)]
pub enum End {
    /// The input can't be read.
    Unreadable(io::Error),
    /// The document that begins behind this many lines is larger than [`MAX_DOCUMENT`].
    DocumentTooLarge(u32),
    /// The input is larger than [`MAX_FILE`] or has more than [`MAX_DOCUMENTS`]; the document
    /// behind this many lines is cut off.
    FileTooLarge(u32),
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Unreadable(error) => write!(f, "{error}"),
            End::DocumentTooLarge(_) => {
                write!(f, "the document has more than {} MiB", MAX_DOCUMENT >> 20)
            }
            End::FileTooLarge(_) => write!(
                f,
                "the input has more than {} GiB or {MAX_DOCUMENTS} documents",
                MAX_FILE >> 30
            ),
        }
    }
}

impl<R: BufRead> Documents<R> {
    /// The documents of an input, of which nothing is read yet.
    pub fn new(input: R) -> Documents<R> {
        Documents { input, next: Vec::new(), lines: 0, bytes: 0, documents: 0 }
    }

    /// Puts the next document into `text` and tells how many lines stand before it; `None` at
    /// the end.
    ///
    /// A document begins with its comments and directives, or with `---`, and ends before the
    /// next `---` or behind `...`.
    ///
    /// # Errors
    /// Why there is no further document.
    pub fn read(&mut self, text: &mut Vec<u8>) -> Result<Option<u32>, End> {
        text.clear();
        std::mem::swap(text, &mut self.next);
        let before = self.lines;
        let mut begun = !text.is_empty();
        self.documents += 1;
        self.lines += u32::from(begun);
        loop {
            if begun {
                self.take_plain_lines(text)?;
            }
            let start = text.len();
            let room = (MAX_DOCUMENT + 1).saturating_sub(start) as u64;
            let read = self.input.by_ref().take(room).read_until(b'\n', text);
            self.bytes += read.map_err(End::Unreadable)? as u64;
            if text.len() > MAX_DOCUMENT {
                return Err(End::DocumentTooLarge(before));
            }
            if self.bytes > MAX_FILE || self.documents > MAX_DOCUMENTS {
                return Err(End::FileTooLarge(before));
            }
            let line = &text[start..];
            if line.is_empty() {
                return Ok((!text.is_empty()).then_some(before));
            }
            if is_marker(line, b"---") {
                if begun {
                    self.next.extend_from_slice(line);
                    text.truncate(start);
                    return Ok(Some(before));
                }
                begun = true;
            }
            self.lines = self.lines.saturating_add(1);
            if is_marker(line, b"...") {
                return Ok(Some(before));
            }
            begun |= is_content(line);
        }
    }

    /// Takes the lines that are in the buffer already and end no document, all at once: they are almost
    /// all there is.
    fn take_plain_lines(&mut self, text: &mut Vec<u8>) -> Result<(), End> {
        let buffer = self.input.fill_buf().map_err(End::Unreadable)?;
        let (mut rest, mut lines) = (buffer, 0);
        while !is_marker(rest, b"---") && !is_marker(rest, b"...") {
            let Some(end) = memchr(b'\n', rest) else { break };
            rest = &rest[end + 1..];
            lines += 1;
        }
        let length = buffer.len() - rest.len();
        text.extend_from_slice(&buffer[..length]);
        self.lines = self.lines.saturating_add(lines);
        self.bytes += length as u64;
        self.input.consume(length);
        Ok(())
    }
}

/// The objects of a text in JSON that stand in it one after the other, as Kubernetes' tools read
/// them, each with the lines before it; the text as it is, where there is one, or where it isn't JSON.
pub fn json_objects(text: &str) -> Vec<(u32, &str)> {
    let begins = |text: &str| {
        text.trim_start()
            .strip_prefix('{')
            .is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
    };
    let mut objects = Vec::new();
    if !begins(text) {
        return vec![(0, text)];
    }
    let (mut start, mut lines, mut line) = (0, 0, 0);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            // Where a line ends outside of an object and another one begins below.
            b'\n' if depth == 0 && !text[start..at].trim().is_empty() && begins(&text[at..]) => {
                objects.push((lines, &text[start..at]));
                start = at + 1;
                lines = line + 1;
            }
            _ => {}
        }
        line += u32::from(byte == b'\n');
    }
    objects.push((lines, &text[start..]));
    objects
}

/// Whether a line begins with one of YAML's markers, which end a document whatever is open.
fn is_marker(line: &[u8], marker: &[u8; 3]) -> bool {
    let Some((first, rest)) = line.split_first_chunk() else { return false };
    first == marker && rest.first().is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// Whether a line is more than a comment or a directive.
fn is_content(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    match line.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None | Some(b'#') => false,
        Some(b'%') => line.first() != Some(&b'%'),
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(u32, String)> {
        let mut documents = Documents::new(text.as_bytes());
        let mut found = Vec::new();
        let mut text = Vec::new();
        while let Some(before) = documents.read(&mut text).unwrap() {
            found.push((before, String::from_utf8(text.clone()).unwrap()));
        }
        found
    }

    #[test]
    fn a_stream_is_cut_at_its_markers() {
        for (text, expected) in [
            ("", vec![]),
            ("a: 1\n", vec![(0, "a: 1\n")]),
            ("a: 1\n---\nb: 2", vec![(0, "a: 1\n"), (1, "---\nb: 2")]),
            ("# c\n---\na: 1\n", vec![(0, "# c\n---\na: 1\n")]),
            ("%YAML 1.1\n---\na: 1\n", vec![(0, "%YAML 1.1\n---\na: 1\n")]),
            ("---\n---\na: 1\n", vec![(0, "---\n"), (1, "---\na: 1\n")]),
            ("--- {a: 1}\n--- 5\r\n", vec![(0, "--- {a: 1}\n"), (1, "--- 5\r\n")]),
            ("a: |\n  ---\n----\n", vec![(0, "a: |\n  ---\n----\n")]),
            ("a: 1\n...\n# c\n---\nb: 2\n", vec![(0, "a: 1\n...\n"), (2, "# c\n---\nb: 2\n")]),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(line, text)| (line, text.to_owned())).collect();
            assert_eq!(split(text), expected, "{text:?}");
        }
    }

    #[test]
    fn json_may_have_several_objects() {
        for (text, expected) in [
            ("{\"a\": 1}", vec![(0, "{\"a\": 1}")]),
            ("{}\n{}\n", vec![(0, "{}"), (1, "{}\n")]),
            (
                "{\n\"a\": \"}\\\"\\n{\"}\n\n {\"b\": [{}\n]}",
                vec![(0, "{\n\"a\": \"}\\\"\\n{\"}"), (2, "\n {\"b\": [{}\n]}")],
            ),
            ("{a: '}'\n}\n{b: c}", vec![(0, "{a: '}'\n}\n{b: c}")]),
            ("{\"a\": 1}\n# end\n", vec![(0, "{\"a\": 1}\n# end\n")]),
            ("a: 1\n", vec![(0, "a: 1\n")]),
        ] {
            assert_eq!(json_objects(text), expected, "{text:?}");
        }
    }

    #[test]
    fn an_endless_line_ends() {
        let mut documents = Documents::new(io::BufReader::new(io::repeat(b'a')));
        let end = documents.read(&mut Vec::new());
        assert!(matches!(end, Err(End::DocumentTooLarge(0))), "{end:?}");
    }

    #[test]
    fn endless_documents_end() {
        struct Markers;
        impl Read for Markers {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let room = buffer.len() / 4 * 4;
                buffer[..room].as_chunks_mut::<4>().0.fill(*b"---\n");
                Ok(room)
            }
        }
        let mut documents = Documents::new(io::BufReader::with_capacity(1 << 16, Markers));
        let mut text = Vec::new();
        let end = loop {
            if let Err(end) = documents.read(&mut text) {
                break end;
            }
        };
        assert!(matches!(end, End::FileTooLarge(1_000_000)), "{end:?}");
        documents.documents = 0;
        documents.bytes = MAX_FILE;
        assert!(matches!(documents.read(&mut text), Err(End::FileTooLarge(_))));
    }
}
