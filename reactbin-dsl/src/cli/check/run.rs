//! Checks files on all cores and prints in their order.
//!
//! Must not know what a finding looks like when it is printed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use reactbin_check::Severity;
use reactbin_check::finding::quoting;
use reactbin_check::lints::across::Index;
use reactbin_check::wire::Position;

use super::format::{Entry, Format};
use super::inspect::{Checked, Inspector, Open, Wanted};
use super::progress::Progress;
use super::turns::Turns;
use reactbin_read::read::{Events, Reader, Unreadable, join_surrogates};
use reactbin_read::split::{Documents, End, json_objects};

/// A document may nest as deep as its limit, and rules follow it down.
const STACK: usize = 16 << 20;
/// How much output of a file is kept before it is printed.
const KEPT: usize = 1 << 20;

/// What there was.
#[derive(Debug, Default)]
pub(super) struct Totals {
    pub(super) documents: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// What came of a run.
pub(super) struct Done {
    pub(super) totals: Totals,
    /// Files that can't be read, in their order.
    pub(super) errors: Vec<String>,
    /// What kept the findings from being printed.
    pub(super) output: Option<io::Error>,
}

/// What the threads share.
struct Shared<'r> {
    files: &'r [PathBuf],
    wanted: &'r Wanted<'r>,
    format: Format,
    color: bool,
    next: AtomicUsize,
    turns: Turns<Box<dyn io::Write + Send>, Held>,
    /// What all objects have told so far, for the lints that look across them.
    index: Mutex<Index>,
    progress: Progress,
    totals: Mutex<(Totals, Vec<(usize, String)>)>,
}

/// Checks the files and prints what is found to standard output.
pub(super) fn run(files: &[PathBuf], wanted: &Wanted<'_>, format: Format, color: bool) -> Done {
    let mut head = format.head();
    let shared = Shared {
        files,
        wanted,
        format,
        color,
        next: AtomicUsize::new(0),
        turns: Turns::new(output(), format.separator()),
        index: Mutex::default(),
        progress: Progress::new(files.len()),
        totals: Mutex::default(),
    };
    let _ = io::Write::write_all(&mut io::stdout(), head.as_bytes());
    head.clear();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(files.len());
    thread::scope(|scope| {
        let shared = &shared;
        let shower = Progress::is_wanted().then(|| scope.spawn(|| shared.progress.show()));
        let spawn = |_| {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, || Worker::new(shared).work())
        };
        let mut workers = Vec::new();
        for worker in (0..threads).map(spawn) {
            // Fewer threads do it too.
            workers.extend(worker);
        }
        for worker in workers {
            let _ = worker.join();
        }
        shared.progress.end(shower.as_ref().map(|shower| shower.thread()));
    });
    let Shared { turns, index, totals, .. } = shared;
    let (mut totals, mut errors) = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
    let index = index.into_inner().unwrap_or_else(PoisonError::into_inner);
    errors.sort_unstable();
    let printer = Printer { format, color };
    let output = turns.close(|held| printer.settle(held, &index, &mut totals));
    let tail = io::Write::write_all(&mut io::stdout(), format.tail().as_bytes());
    let output = output.or(tail.err());
    Done { totals, errors: errors.into_iter().map(|(_, error)| error).collect(), output }
}

/// Standard output: at a terminal each file as it is done, elsewhere so much at once.
fn output() -> Box<dyn io::Write + Send> {
    if io::stdout().is_terminal() {
        return Box::new(io::stdout());
    }
    Box::new(BufWriter::with_capacity(1 << 16, io::stdout()))
}

/// How documents are printed.
#[derive(Clone, Copy)]
struct Printer {
    format: Format,
    color: bool,
}

/// The output of a file that waits for what other files tell, in its order.
struct Held {
    path: PathBuf,
    pieces: Vec<Piece>,
}

enum Piece {
    Text(String),
    Open(Box<OpenDocument>),
}

/// A document whose findings aren't all known.
struct OpenDocument {
    number: usize,
    checked: Checked,
    text: String,
    before: u32,
}

impl Printer {
    fn print(self, entry: &Entry<'_>, totals: &mut Totals, out: &mut String) {
        let findings = &entry.checked.findings;
        let errors = findings.iter().filter(|found| found.severity == Severity::Error).count();
        totals.documents += 1;
        totals.errors += errors;
        totals.warnings += findings.len() - errors;
        if !out.is_empty() && !findings.is_empty() {
            out.push_str(self.format.separator());
        }
        self.format.document(entry, self.color, out);
    }

    fn print_open(self, path: &Path, open: OpenDocument, totals: &mut Totals, out: &mut String) {
        let OpenDocument { number, checked, text, before } = open;
        let entry = Entry { file: path, number, checked: &checked, text: &text, before };
        self.print(&entry, totals, out);
    }

    /// Makes text of all documents that wait for nothing.
    fn join(self, held: Held, totals: &mut Totals) -> Held {
        let Held { path, pieces } = held;
        let mut joined = Vec::new();
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    if !out.is_empty() && !text.is_empty() {
                        out.push_str(self.format.separator());
                    }
                    out.push_str(&text);
                }
                Piece::Open(open) if open.checked.open.is_empty() => {
                    self.print_open(&path, *open, totals, &mut out);
                }
                Piece::Open(open) => {
                    joined.push(Piece::Text(std::mem::take(&mut out)));
                    joined.push(Piece::Open(open));
                }
            }
        }
        joined.push(Piece::Text(out));
        Held { path, pieces: joined }
    }

    /// What is to be printed of a file once all have told what they have to tell.
    fn settle(self, mut held: Held, index: &Index, totals: &mut Totals) -> String {
        for piece in &mut held.pieces {
            let Piece::Open(open) = piece else { continue };
            let Checked { findings, open: questions, .. } = &mut open.checked;
            let confirmed = questions.drain(..).filter(|open| index.confirms(&open.question));
            findings.extend(confirmed.map(Open::found));
            findings.sort_by_key(|found| (found.position.line, found.position.column));
        }
        match self.join(held, totals).pieces.pop() {
            Some(Piece::Text(text)) => text,
            _ => String::new(),
        }
    }
}

/// One thread, with memory that it uses again and again.
struct Worker<'r> {
    shared: &'r Shared<'r>,
    reader: Reader,
    inspector: Inspector,
    totals: Totals,
    /// The output of the file so far that isn't printed: what is behind the last document that waits
    /// for others.
    out: String,
    /// What stands before it.
    pieces: Vec<Piece>,
}

impl<'r> Worker<'r> {
    fn new(shared: &'r Shared<'r>) -> Worker<'r> {
        Worker {
            shared,
            reader: Reader::default(),
            inspector: Inspector::default(),
            totals: Totals::default(),
            out: String::new(),
            pieces: Vec::new(),
        }
    }

    fn work(mut self) {
        let shared = self.shared;
        let mut errors = Vec::new();
        while !shared.turns.is_over() {
            let task = shared.next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = shared.files.get(task) else { break };
            if let Err(error) = self.check_file(task, path) {
                errors.push((task, format!("can't read `{}`: {error}", path.display())));
            }
            self.finish(task, path);
            shared.progress.add_file();
        }
        let mut all = shared.totals.lock().unwrap_or_else(PoisonError::into_inner);
        all.0.documents += self.totals.documents;
        all.0.errors += self.totals.errors;
        all.0.warnings += self.totals.warnings;
        all.1.append(&mut errors);
    }

    /// Prints what there is of a file, or has it wait for what others tell.
    fn finish(&mut self, task: usize, path: &Path) {
        let turns = &self.shared.turns;
        let facts = std::mem::take(&mut self.inspector.survey.facts);
        if !facts.is_empty() || !self.pieces.is_empty() {
            let mut index = self.shared.index.lock().unwrap_or_else(PoisonError::into_inner);
            index.add(facts);
            for piece in &mut self.pieces {
                if let Piece::Open(open) = piece {
                    open.checked.open.retain(|open| !index.refutes(&open.question));
                    open.checked.open.shrink_to_fit();
                }
            }
        }
        let out = std::mem::take(&mut self.out);
        if self.pieces.is_empty() {
            return turns.finish(task, out);
        }
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.push(Piece::Text(out));
        let printer = Printer { format: self.shared.format, color: self.shared.color };
        let held = Held { path: path.to_owned(), pieces };
        let mut held = printer.join(held, &mut self.totals);
        match held.pieces.pop() {
            Some(Piece::Text(text)) if held.pieces.is_empty() => turns.finish(task, text),
            last => {
                held.pieces.extend(last);
                turns.hold(task, held);
            }
        }
    }

    fn check_file(&mut self, task: usize, path: &Path) -> io::Result<()> {
        if path == Path::new("-") {
            return self.check_stream(task, path, io::stdin().lock());
        }
        self.check_stream(task, path, BufReader::with_capacity(1 << 16, File::open(path)?))
    }

    fn check_stream(&mut self, task: usize, path: &Path, input: impl BufRead) -> io::Result<()> {
        let mut documents = Documents::new(input);
        let mut bytes = Vec::new();
        let mut number = 0;
        loop {
            match documents.read(&mut bytes) {
                Ok(None) => return Ok(()),
                Ok(Some(before)) => self.check_text(path, &bytes, before, &mut number),
                Err(End::Unreadable(error)) => return Err(error),
                Err(end @ (End::DocumentTooLarge(before) | End::FileTooLarge(before))) => {
                    let position = first_character(before);
                    let error = Unreadable {
                        rule: "document_too_large",
                        message: end.to_string(),
                        position,
                    };
                    self.add(path, number, Checked::unreadable(error), "", before);
                    return Ok(());
                }
            }
            if self.pieces.is_empty()
                && self.out.len() > KEPT
                && !self.shared.turns.print(task, &mut self.out)
            {
                return Ok(());
            }
        }
    }

    /// Checks the document that a piece of a file holds; in YAML's eyes it may be several.
    fn check_text(&mut self, path: &Path, bytes: &[u8], before: u32, number: &mut usize) {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => {
                let read =
                    String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
                let message = "not UTF-8".to_owned();
                let position = last_character(&read, before);
                let error = Unreadable { rule: "invalid_yaml", message, position };
                self.add(path, *number, Checked::unreadable(error), &read, before);
                *number += 1;
                return;
            }
        };
        for (lines, text) in json_objects(text) {
            self.check_document(path, text, before.saturating_add(lines), number);
        }
    }

    fn check_document(&mut self, path: &Path, text: &str, before: u32, number: &mut usize) {
        let json = text.trim_start().starts_with('{');
        let read = if json { join_surrogates(text) } else { text.into() };
        let mut events = Events::new(&read, before);
        loop {
            let checked = match self.reader.read(&mut events, json) {
                Ok(None) => return,
                // Nothing at all: an empty document, or comments only.
                Ok(Some(root)) if self.reader.is_empty(root) => {
                    *number += 1;
                    continue;
                }
                Ok(Some(root)) => self.inspector.inspect(&self.reader, root, self.shared.wanted),
                Err(error) => {
                    self.add(path, *number, Checked::unreadable(error), text, before);
                    *number += 1;
                    return;
                }
            };
            self.add(path, *number, checked, text, before);
            *number += 1;
        }
    }

    fn add(&mut self, file: &Path, number: usize, mut checked: Checked, text: &str, before: u32) {
        if checked.findings.iter().any(|found| found.quotes) {
            let lines: Vec<&str> = text.lines().collect();
            for found in checked.findings.iter_mut().filter(|found| found.quotes) {
                if let Some(source) = source(&lines, before, found.position) {
                    found.help = Some(quoting(source));
                }
            }
        }
        let printer = Printer { format: self.shared.format, color: self.shared.color };
        self.shared.progress.add_document();
        if checked.open.is_empty() {
            let entry = Entry { file, number, checked: &checked, text, before };
            return printer.print(&entry, &mut self.totals, &mut self.out);
        }
        let text = if self.shared.format.shows_text() { text.to_owned() } else { String::new() };
        self.pieces.push(Piece::Text(std::mem::take(&mut self.out)));
        self.pieces.push(Piece::Open(Box::new(OpenDocument { number, checked, text, before })));
    }
}

/// In longer lines nothing is looked for: columns are counted from their start, for each finding.
const MAX_LINE: usize = 1 << 12;

/// What stands at a place within one of a document's lines.
fn source<'t>(lines: &[&'t str], before: u32, position: Position) -> Option<&'t str> {
    let line = position.line.checked_sub(before)?.checked_sub(1)?;
    let line = *lines.get(line as usize).filter(|line| line.len() <= MAX_LINE)?;
    if position.line != position.end_line {
        return None;
    }
    let at = |column: u32| match line.char_indices().nth(column.checked_sub(1)? as usize) {
        Some((at, _)) => Some(at),
        None => Some(line.len()),
    };
    line.get(at(position.column)?..at(position.end_column)?)
}

fn first_character(before: u32) -> Position {
    let line = before.saturating_add(1);
    Position { line, column: 1, end_line: line, end_column: 1 }
}

/// The place behind a text.
fn last_character(text: &str, before: u32) -> Position {
    let line = before.saturating_add(1).saturating_add(text.matches('\n').count() as u32);
    let column = 1 + text.rsplit('\n').next().unwrap_or_default().chars().count() as u32;
    Position { line, column, end_line: line, end_column: column }
}
