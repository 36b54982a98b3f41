//! Lines, and what of them is a comment, in whichever language it may be. Must not know what a
//! line means.

/// A line in two parts: what counts, and the comment behind it. One of them may be empty.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) code: &'t str,
    pub(super) comment: &'t str,
}

/// The lines of `text`.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().map(|line| {
        let at = comment(line);
        Line { code: line.get(..at).unwrap_or(line), comment: line.get(at..).unwrap_or_default() }
    })
}

/// Where the comment of a line begins.
fn comment(line: &str) -> usize {
    const STARTS: [&str; 7] = ["#", "//", ";", "/*", "<!--", "-- ", "REM "];
    let start = line.trim_start();
    // A line of a block comment; a schedule that cron runs starts with stars too.
    let starred = start
        .strip_prefix("* ")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    if starred || STARTS.iter().any(|mark| start.starts_with(mark)) {
        return line.len() - start.len();
    }
    line.find(" # ").unwrap_or(line.len())
}
