//! Lays out comments so that nothing in them can end the comment.
//!
//! Must not know where in the document they stand, but for their indentation.

use super::{WIDTH, fill};

/// Appends a comment, each paragraph on lines of its own that are indented and at most 80 columns
/// wide unless a single word is wider.
pub(super) fn write(out: &mut String, paragraphs: &[String], indent: usize) {
    let lines: Vec<String> = paragraphs.iter().flat_map(|text| lines(text)).collect();
    let common = lines.iter().filter(|line| !line.is_empty()).map(|line| depth(line)).min();
    for line in &lines {
        let line = line.get(common.unwrap_or(0)..).unwrap_or("");
        for part in wrap(line, WIDTH.saturating_sub(indent + 2)) {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push('#');
            if !part.is_empty() {
                out.push(' ');
                out.push_str(&part);
            }
            out.push('\n');
        }
    }
}

/// The whole comment in one line; nothing if there is nothing to say.
pub(super) fn in_one_line(text: &str) -> Option<String> {
    let lines = lines(text);
    let words: Vec<&str> = lines.iter().flat_map(|line| words(line)).collect();
    Some(words.join(" ")).filter(|line| !line.is_empty())
}

/// The text's lines with everything replaced that some reader wouldn't take as part of a line.
fn lines(text: &str) -> Vec<String> {
    let is_break =
        |c| matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let clean = |c| match c {
        '\t' => ' ',
        c if super::scalar::is_visible(c) => c,
        _ => char::REPLACEMENT_CHARACTER,
    };
    let text = text.replace("\r\n", "\n");
    let lines = text.split(is_break);
    lines.map(|line| line.chars().map(clean).collect::<String>().trim_end().to_owned()).collect()
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(' ').filter(|word| !word.is_empty())
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Breaks a line that is too wide; the further lines keep its indentation, so that a list stays
/// one.
fn wrap(line: &str, width: usize) -> Vec<String> {
    if line.chars().count() <= width {
        return vec![line.to_owned()];
    }
    let depth = depth(line);
    let indented = |part: String| {
        // yamllint lets a word overflow only right behind `# `.
        let fits = depth + part.chars().count() <= width;
        if fits { format!("{}{part}", " ".repeat(depth)) } else { part }
    };
    fill(words(line), width.saturating_sub(depth)).into_iter().map(indented).collect()
}
