//! Findings as rustc would print them: place, source line, carets, help.
//!
//! Must not know what the findings are about, nor where they are printed.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Origin, Renderer, Snippet};
use reactbin_check::wire::Position;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing is written.
    Error,
    /// Likely not what is meant.
    Warning,
}

/// Where something stands in a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as it is shown.
    pub file: PathBuf,
    /// Where to read it.
    pub absolute: PathBuf,
    /// The place in it.
    pub position: Position,
}

/// Something to tell the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it weighs.
    pub level: Level,
    /// The id of the rule, shown in brackets.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// What to do.
    pub help: Option<String>,
    /// What else matters; each with the place it is about, if it is about one.
    pub notes: Vec<(String, Option<Place>)>,
}

/// Renders diagnostics one below the other, with an empty line behind each.
///
/// A source file that is gone, or shorter than a place in it, gives file, line and column only.
pub fn render(diagnostics: &[Diagnostic], color: bool) -> String {
    let mut sources = Sources::default();
    for place in diagnostics.iter().flat_map(places) {
        sources.read(&place.absolute);
    }
    render_from(&sources, diagnostics, color)
}

/// Renders diagnostics of one text, which begins behind this many lines of the file that their
/// places name.
#[cfg(feature = "cli")]
pub(crate) fn render_in(
    text: &str,
    before: u32,
    diagnostics: &[Diagnostic],
    color: bool,
) -> String {
    let mut sources = Sources::default();
    let source = Source::new(text.to_owned(), before as usize);
    if let Some(place) = diagnostics.iter().flat_map(places).next() {
        sources.0.insert(place.absolute.clone(), Some(source));
    }
    render_from(&sources, diagnostics, color)
}

fn render_from(sources: &Sources, diagnostics: &[Diagnostic], color: bool) -> String {
    // Hyperlinks of rules would lead nowhere; the rest of the style is rustc's.
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, sources)]));
        out.push_str("\n\n");
    }
    out
}

/// One line for each diagnostic, where only lines can be shown: `file:line:column: message [rule]`.
pub fn render_short(diagnostic: &Diagnostic) -> String {
    let Diagnostic { rule, message, place, help, .. } = diagnostic;
    let place = place.as_ref().map(|place| {
        let Position { line, column, .. } = place.position;
        format!("{}:{line}:{column}: ", place.file.display())
    });
    let help = help.as_ref().map(|help| format!("; help: {help}"));
    let line =
        format!("{}{message} [{rule}]{}", place.unwrap_or_default(), help.unwrap_or_default());
    line.replace(['\n', '\r'], " ")
}

fn places(diagnostic: &Diagnostic) -> impl Iterator<Item = &Place> {
    let noted = diagnostic.notes.iter().filter_map(|(_, place)| place.as_ref());
    diagnostic.place.iter().chain(noted)
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.level {
        Level::Error => annotate_snippets::Level::ERROR,
        Level::Warning => annotate_snippets::Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(&diagnostic.rule);
    let mut group = Group::with_title(title);
    let mut files = by_file(diagnostic);
    for marks in &mut files {
        group = match sources.excerpt(marks) {
            Some(excerpt) => group.element(snippet(marks, excerpt)),
            None => group.elements(marks.iter().map(origin)),
        };
    }
    for (note, place) in &diagnostic.notes {
        // What has a place is told there, unless it can't be shown.
        let shown = place.as_ref().is_some_and(|place| {
            files.iter().any(|marks| {
                marks.iter().any(|m| m.place == place) && sources.excerpt(marks).is_some()
            })
        });
        if !shown {
            group = group.element(annotate_snippets::Level::NOTE.message(note));
        }
    }
    match &diagnostic.help {
        Some(help) => group.element(annotate_snippets::Level::HELP.message(help)),
        None => group,
    }
}

/// A place and what is said at it.
struct Mark<'a> {
    place: &'a Place,
    label: Option<&'a str>,
}

/// The places of a diagnostic, those of one file together; the file of the diagnostic first.
fn by_file(diagnostic: &Diagnostic) -> Vec<Vec<Mark<'_>>> {
    let primary = diagnostic.place.iter().map(|place| Mark { place, label: None });
    let noted = diagnostic.notes.iter().filter_map(|(label, place)| {
        place.as_ref().map(|place| Mark { place, label: Some(label) })
    });
    let mut files: Vec<Vec<Mark>> = Vec::new();
    for mark in primary.chain(noted) {
        match files.iter_mut().find(|marks| marks[0].place.absolute == mark.place.absolute) {
            Some(marks) => marks.push(mark),
            None => files.push(vec![mark]),
        }
    }
    files
}

fn origin<'a>(mark: &Mark<'a>) -> Origin<'a> {
    Origin::path(mark.place.file.to_string_lossy())
        .line(mark.place.position.line as usize)
        .char_column(mark.place.position.column as usize)
}

fn snippet<'a>(
    marks: &[Mark<'a>],
    excerpt: Excerpt<'a>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = marks.first().map(|mark| mark.place.file.to_string_lossy());
    let annotations = marks.iter().zip(excerpt.ranges).map(|(mark, range)| match mark.label {
        None => AnnotationKind::Primary.span(range),
        Some(label) => AnnotationKind::Context.span(range).label(label),
    });
    Snippet::source(excerpt.text).line_start(excerpt.line).path(file).annotations(annotations)
}

/// The lines that hold all places of a file, and where in them the places are.
struct Excerpt<'a> {
    text: &'a str,
    line: usize,
    ranges: Vec<Range<usize>>,
}

/// The source files that are shown; `None` for those that can't be read.
#[derive(Default)]
struct Sources(BTreeMap<PathBuf, Option<Source>>);

struct Source {
    text: String,
    /// How many lines of the file stand before it.
    before: usize,
    /// Where each line begins.
    lines: Vec<usize>,
}

/// A longer excerpt isn't shown: there are files that are one line.
const MAX_EXCERPT: usize = 1 << 14;

impl Sources {
    fn read(&mut self, path: &Path) {
        self.0.entry(path.to_owned()).or_insert_with(|| {
            let text = fs::read_to_string(path).ok()?;
            // rustc doesn't count it either.
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            Some(Source::new(text, 0))
        });
    }

    fn excerpt(&self, marks: &[Mark]) -> Option<Excerpt<'_>> {
        let first = marks.first()?;
        let source = self.0.get(&first.place.absolute)?.as_ref()?;
        let line = marks.iter().map(|mark| mark.place.position.line).min()? as usize;
        let last = marks.iter().map(|mark| mark.place.position.end_line).max()? as usize;
        let start = *source.lines.get(line.checked_sub(source.before + 1)?)?;
        let end = source
            .lines
            .get(last.checked_sub(source.before)?)
            .copied()
            .unwrap_or(source.text.len());
        let text = source.text.get(start..end).filter(|text| text.len() <= MAX_EXCERPT)?;
        let ranges: Option<Vec<Range<usize>>> =
            marks.iter().map(|mark| source.range(mark.place.position)).collect();
        let ranges = ranges?;
        let ranges =
            ranges.into_iter().map(|range| range.start - start..range.end - start).collect();
        Some(Excerpt { text, line, ranges })
    }
}

impl Source {
    fn new(text: String, before: usize) -> Source {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Source { text, before, lines }
    }

    fn range(&self, position: Position) -> Option<Range<usize>> {
        let start = self.offset(position.line, position.column)?;
        let end = self.offset(position.end_line, position.end_column)?;
        (start <= end).then_some(start..end)
    }

    fn offset(&self, line: u32, column: u32) -> Option<usize> {
        let line = (line as usize).checked_sub(self.before + 1)?;
        let start = *self.lines.get(line)?;
        let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        let text = self.text.get(start..end)?;
        let column = (column as usize).checked_sub(1)?;
        let ends = std::iter::once(text.trim_end_matches(['\n', '\r']).len());
        let columns = text.trim_end_matches(['\n', '\r']).char_indices().map(|(at, _)| at);
        columns.chain(ends).nth(column).map(|at| start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: &str = "\
use reactbin_dsl::*;

service! {
    name: api,
    selects: api,
    ports: [{ name: http, port: 8000, target_port: 80 }],
}
";

    /// A source file of one test's own.
    struct File(PathBuf);

    impl File {
        fn new(name: &str, text: &str) -> File {
            let name = format!("reactbin-report-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            fs::write(&path, text).unwrap();
            File(path)
        }
    }

    impl Drop for File {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.0);
        }
    }

    fn place(shown: &str, absolute: &Path, line: u32, column: u32, end_column: u32) -> Place {
        let position = Position { line, column, end_line: line, end_column };
        Place { file: shown.into(), absolute: absolute.to_owned(), position }
    }

    fn diagnostic(place: Option<Place>) -> Diagnostic {
        Diagnostic {
            level: Level::Error,
            rule: "target_port_unknown".to_owned(),
            message: "Deployment `api` has no container port `80`".to_owned(),
            place,
            help: Some("write `target_port: 8000`".to_owned()),
            notes: vec![("its ports are 8000 and 9000".to_owned(), None)],
        }
    }

    #[test]
    fn a_finding_looks_like_rustcs() {
        let api = File::new("plain", API);
        let diagnostic = diagnostic(Some(place("src/api.rs", &api.0, 6, 52, 54)));
        let expected = "\
error[target_port_unknown]: Deployment `api` has no container port `80`
 --> src/api.rs:6:52
  |
6 |     ports: [{ name: http, port: 8000, target_port: 80 }],
  |                                                    ^^
  |
  = note: its ports are 8000 and 9000
  = help: write `target_port: 8000`

";
        assert_eq!(render(std::slice::from_ref(&diagnostic), false), expected);
        assert!(render(&[diagnostic], true).contains("\u{1b}["));
    }

    #[test]
    fn notes_stand_at_their_places() {
        let api = File::new("notes", API);
        let vault = File::new("vault", "// ключ\nnamespace! { name: ключ, x: y }\n");
        let mut diagnostic = diagnostic(Some(place("src/api.rs", &api.0, 6, 52, 54)));
        diagnostic.level = Level::Warning;
        diagnostic.notes = vec![
            ("first used here".to_owned(), Some(place("src/api.rs", &api.0, 4, 11, 14))),
            ("declared here".to_owned(), Some(place("src/vault.rs", &vault.0, 2, 26, 27))),
        ];
        let expected = "\
warning[target_port_unknown]: Deployment `api` has no container port `80`
 --> src/api.rs:6:52
  |
4 |     name: api,
  |           --- first used here
5 |     selects: api,
6 |     ports: [{ name: http, port: 8000, target_port: 80 }],
  |                                                    ^^
  |
 ::: src/vault.rs:2:26
  |
2 | namespace! { name: ключ, x: y }
  |                          - declared here
  |
  = help: write `target_port: 8000`

";
        assert_eq!(render(&[diagnostic], false), expected);
    }

    #[test]
    fn a_place_that_is_gone_is_only_named() {
        let api = File::new("gone", API);
        for (path, line, column) in
            [(Path::new("/nonexistent"), 6, 52), (&api.0, 60, 1), (&api.0, 1, 70), (&api.0, 0, 0)]
        {
            let mut diagnostic =
                diagnostic(Some(place("src/api.rs", path, line, column, column + 1)));
            diagnostic
                .notes
                .push(("here".to_owned(), Some(place("src/b.rs", path, line, column, column))));
            let text = render(&[diagnostic], false);
            assert!(text.contains(&format!("--> src/api.rs:{line}:{column}\n")), "{text}");
            assert!(text.contains("= note: here\n"), "{text}");
            assert!(text.contains("= help: write"), "{text}");
        }
    }

    #[test]
    fn a_finding_without_a_place_is_told() {
        let expected = "\
error[target_port_unknown]: Deployment `api` has no container port `80`
 |
 = note: its ports are 8000 and 9000
 = help: write `target_port: 8000`

";
        assert_eq!(render(&[diagnostic(None)], false), expected);
    }

    #[test]
    fn places_can_end_where_a_line_or_the_file_ends() {
        let file = File::new("end", "a\r\nbc");
        let mut place = place("f.rs", &file.0, 1, 1, 2);
        place.position.end_line = 2;
        place.position.end_column = 3;
        let text = render(&[diagnostic(Some(place))], false);
        assert!(text.contains("2 | "), "{text}");
    }

    #[test]
    fn a_short_form_is_one_line() {
        let mut diagnostic = diagnostic(Some(place("src/api.rs", Path::new("x"), 6, 52, 54)));
        diagnostic.message = "two\nlines".to_owned();
        let expected =
            "src/api.rs:6:52: two lines [target_port_unknown]; help: write `target_port: 8000`";
        assert_eq!(render_short(&diagnostic), expected);
    }
}
