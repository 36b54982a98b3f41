//! Long pieces of a text that have only certain characters. Must not know what they are.
//!
//! Most of a text is words and signs, which are skipped without a look at each of their bytes: a
//! run of `least` bytes that begins here has its last one `least` bytes further on.

/// Which bytes belong to a run.
pub(super) type Symbols = [bool; 256];

/// Letters, digits and `more`.
pub(super) const fn symbols(more: &[u8]) -> Symbols {
    let mut symbols = [false; 256];
    let mut b = 0u8;
    while b < 128 {
        symbols[b as usize] = b.is_ascii_alphanumeric();
        b += 1;
    }
    let mut at = 0;
    while at < more.len() {
        symbols[more[at] as usize] = true;
        at += 1;
    }
    symbols
}

/// Both alphabets of base64, without padding.
pub(super) const BASE64: Symbols = symbols(b"+/-_");

/// The start and the text of each run of `least` bytes or more. All symbols are ASCII, of which
/// `least` is at least one.
pub(super) fn runs<'t>(
    text: &'t str,
    symbols: &'static Symbols,
    least: usize,
) -> impl Iterator<Item = (usize, &'t str)> {
    let bytes = text.as_bytes();
    let has = move |at: usize| bytes.get(at).is_some_and(|&b| symbols[usize::from(b)]);
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let probe = from + least - 1;
            if probe >= bytes.len() {
                return None;
            }
            if !has(probe) {
                from = probe + 1;
                continue;
            }
            let mut start = probe;
            while start > from && has(start - 1) {
                start -= 1;
            }
            let mut end = probe + 1;
            while has(end) {
                end += 1;
            }
            from = end + 1;
            if end - start >= least {
                return Some((start, text.get(start..end)?));
            }
        }
    })
}
