//! Output of several threads in the order of their tasks, without keeping more than a little of it.
//!
//! Must not know what is printed.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How much output of tasks that are done waits for an earlier task before threads wait, too.
const MAX_PARKED: usize = 8 << 20;

/// Gives tasks `0, 1, 2, …` their turn to print.
///
/// Tasks must be begun in order: then the one whose turn it is never waits.
pub(super) struct Turns<W> {
    state: Mutex<State<W>>,
    moved: Condvar,
    separator: &'static str,
}

struct State<W> {
    out: W,
    /// The task whose turn it is.
    turn: usize,
    /// The output of later tasks that are done.
    parked: BTreeMap<usize, String>,
    parked_bytes: usize,
    begun: bool,
    error: Option<io::Error>,
}

impl<W: Write> Turns<W> {
    /// `separator` goes between two outputs that aren't empty.
    pub(super) fn new(out: W, separator: &'static str) -> Turns<W> {
        let state = State {
            out,
            turn: 0,
            parked: BTreeMap::new(),
            parked_bytes: 0,
            begun: false,
            error: None,
        };
        Turns { state: Mutex::new(state), moved: Condvar::new(), separator }
    }

    fn lock(&self) -> MutexGuard<'_, State<W>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints a part of a task's output once it is its turn. `false` when nobody listens any more.
    pub(super) fn print(&self, task: usize, text: &mut String) -> bool {
        let mut state = self.lock();
        while state.turn != task && state.error.is_none() {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.write(text, self.separator);
        text.clear();
        state.error.is_none()
    }

    /// Prints the rest of a task's output, now or when it is its turn, and ends the task.
    pub(super) fn finish(&self, task: usize, text: String) {
        let mut state = self.lock();
        while state.turn != task && state.parked_bytes > MAX_PARKED && state.error.is_none() {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.parked_bytes += text.len();
        state.parked.insert(task, text);
        loop {
            let turn = state.turn;
            let Some(text) = state.parked.remove(&turn) else { break };
            state.parked_bytes -= text.len();
            state.write(&text, self.separator);
            state.turn += 1;
        }
        self.moved.notify_all();
    }

    /// Whether nobody listens any more.
    pub(super) fn is_over(&self) -> bool {
        self.lock().error.is_some()
    }

    /// What kept the output from being written.
    pub(super) fn into_error(self) -> Option<io::Error> {
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let flushed = state.out.flush();
        state.error.or(flushed.err())
    }
}

impl<W: Write> State<W> {
    fn write(&mut self, text: &str, separator: &str) {
        if text.is_empty() || self.error.is_some() {
            return;
        }
        let separator = if self.begun { separator } else { "" };
        self.begun = true;
        let written = self
            .out
            .write_all(separator.as_bytes())
            .and_then(|()| self.out.write_all(text.as_bytes()));
        self.error = written.err();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_in_the_order_of_the_tasks() {
        let mut out = Vec::new();
        let turns = Turns::new(&mut out, "|");
        std::thread::scope(|scope| {
            let turns = &turns;
            for first in 0..4 {
                scope.spawn(move || {
                    for task in (first..100).step_by(4) {
                        if task % 3 == 0 {
                            turns.print(task, &mut format!("{task}"));
                        }
                        turns.finish(
                            task,
                            if task % 2 == 0 { format!("{task}") } else { String::new() },
                        );
                    }
                });
            }
        });
        assert!(turns.into_error().is_none());
        let expected: Vec<String> = (0..100)
            .flat_map(|task: i32| {
                let begun = (task % 3 == 0).then(|| task.to_string());
                begun.into_iter().chain((task % 2 == 0).then(|| task.to_string()))
            })
            .collect();
        assert_eq!(String::from_utf8(out).unwrap(), expected.join("|"));
    }

    #[test]
    fn a_reader_that_is_gone_keeps_nobody_waiting() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let turns = Turns::new(Gone, "");
        turns.finish(0, "a".to_owned());
        assert!(turns.is_over());
        assert!(!turns.print(5, &mut "b".to_owned()));
        turns.finish(5, "c".repeat(MAX_PARKED + 1));
        turns.finish(6, "d".to_owned());
        assert_eq!(turns.into_error().unwrap().kind(), io::ErrorKind::BrokenPipe);
    }
}
