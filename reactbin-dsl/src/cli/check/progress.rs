//! How far a long run is, on a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Nothing is shown before this.
const PATIENCE: Duration = Duration::from_secs(1);
const STEP: Duration = Duration::from_millis(200);

/// A line on standard error that is written over and over, and taken away at the end.
pub(super) struct Progress {
    files: usize,
    documents: AtomicUsize,
    done: AtomicUsize,
    over: AtomicBool,
}

impl Progress {
    pub(super) fn new(files: usize) -> Progress {
        Progress {
            files,
            documents: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            over: AtomicBool::new(false),
        }
    }

    pub(super) fn add_document(&self) {
        self.documents.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn add_file(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Ends [`Progress::show`].
    pub(super) fn end(&self, shower: Option<&std::thread::Thread>) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(shower) = shower {
            shower.unpark();
        }
    }

    /// Whether anybody would see it: findings on the same terminal would be torn apart.
    pub(super) fn is_wanted() -> bool {
        io::stderr().is_terminal() && !io::stdout().is_terminal()
    }

    /// Shows it until [`Progress::end`].
    pub(super) fn show(&self) {
        let start = Instant::now();
        let mut shown = false;
        while !self.over.load(Ordering::Relaxed) {
            std::thread::park_timeout(STEP);
            if start.elapsed() < PATIENCE {
                continue;
            }
            shown = true;
            let (documents, done) =
                (self.documents.load(Ordering::Relaxed), self.done.load(Ordering::Relaxed));
            let _ = write!(
                io::stderr(),
                "\rchecked {documents} documents, {done} of {} files",
                self.files
            );
        }
        if shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
