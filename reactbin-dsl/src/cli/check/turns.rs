//! Output of several threads in the order of their tasks, without keeping more than a little of it.
//!
//! Must not know what is printed.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How much output of tasks that are done waits for an earlier task before threads wait, too.
const MAX_PARKED: usize = 8 << 20;

/// Gives tasks `0, 1, 2, …` their turn to print.
///
/// Tasks must be begun in order: then the one whose turn it is never waits. A task can also be held:
/// what it prints is only known once all are done, and all that is behind it waits in memory.
pub(super) struct Turns<W, H> {
    state: Mutex<State<W, H>>,
    moved: Condvar,
    /// Whether nobody listens any more: asked before each task, without the lock under which others
    /// print.
    over: AtomicBool,
    separator: &'static str,
}

struct State<W, H> {
    out: W,
    /// The task whose turn it is.
    turn: usize,
    /// Later tasks that are done.
    parked: BTreeMap<usize, Parked<H>>,
    parked_bytes: usize,
    /// How many threads wait for the turn to move.
    waiting: usize,
    begun: bool,
    error: Option<io::Error>,
}

/// What a task that is done has to print.
enum Parked<H> {
    Text(String),
    Held(H),
}

impl<W: Write, H> Turns<W, H> {
    /// `separator` goes between two outputs that aren't empty.
    pub(super) fn new(out: W, separator: &'static str) -> Turns<W, H> {
        let state = State {
            out,
            turn: 0,
            parked: BTreeMap::new(),
            parked_bytes: 0,
            waiting: 0,
            begun: false,
            error: None,
        };
        let over = AtomicBool::new(false);
        Turns { state: Mutex::new(state), moved: Condvar::new(), over, separator }
    }

    fn lock(&self) -> MutexGuard<'_, State<W, H>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, mut state: MutexGuard<'s, State<W, H>>) -> MutexGuard<'s, State<W, H>> {
        state.waiting += 1;
        let mut state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state
    }

    /// Prints a part of a task's output once it is its turn; leaves it where it is while an earlier
    /// task is held. `false` when nobody listens any more.
    pub(super) fn print(&self, task: usize, text: &mut String) -> bool {
        let mut state = self.lock();
        while state.turn != task && !state.is_held() && state.error.is_none() {
            state = self.wait(state);
        }
        if state.turn == task {
            state.write(text, self.separator);
            text.clear();
        }
        state.error.is_none()
    }

    /// Prints the rest of a task's output, now or when it is its turn, and ends the task.
    pub(super) fn finish(&self, task: usize, text: String) {
        self.end(task, text.len(), Parked::Text(text));
    }

    /// Ends a task whose output isn't known yet.
    pub(super) fn hold(&self, task: usize, held: H) {
        self.end(task, 0, Parked::Held(held));
    }

    fn end(&self, task: usize, bytes: usize, parked: Parked<H>) {
        let mut state = self.lock();
        while state.turn != task
            && state.parked_bytes > MAX_PARKED
            && !state.is_held()
            && state.error.is_none()
        {
            state = self.wait(state);
        }
        state.parked_bytes += bytes;
        state.parked.insert(task, parked);
        while !state.is_held() {
            let turn = state.turn;
            let Some(Parked::Text(text)) = state.parked.remove(&turn) else { break };
            state.parked_bytes -= text.len();
            state.write(&text, self.separator);
            state.turn += 1;
        }
        if state.error.is_some() {
            self.over.store(true, Ordering::Relaxed);
        }
        // Almost always nobody waits, and to ask the system costs more than to count.
        if state.waiting > 0 {
            self.moved.notify_all();
        }
    }

    /// Whether nobody listens any more.
    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// Prints what is left once all tasks are done: what `text` makes of each that is held, and all
    /// behind it. Returns what kept the output from being written.
    pub(super) fn close(self, mut text: impl FnMut(H) -> String) -> Option<io::Error> {
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (_, parked) in std::mem::take(&mut state.parked) {
            let text = match parked {
                Parked::Text(text) => text,
                Parked::Held(held) => text(held),
            };
            state.write(&text, self.separator);
        }
        let flushed = state.out.flush();
        state.error.or(flushed.err())
    }
}

impl<W: Write, H> State<W, H> {
    /// Whether the task whose turn it is waits for the end.
    fn is_held(&self) -> bool {
        matches!(self.parked.get(&self.turn), Some(Parked::Held(_)))
    }

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
        let turns: Turns<_, ()> = Turns::new(&mut out, "|");
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
        assert!(turns.close(|()| String::new()).is_none());
        let expected: Vec<String> = (0..100)
            .flat_map(|task: i32| {
                let begun = (task % 3 == 0).then(|| task.to_string());
                begun.into_iter().chain((task % 2 == 0).then(|| task.to_string()))
            })
            .collect();
        assert_eq!(String::from_utf8(out).unwrap(), expected.join("|"));
    }

    #[test]
    fn what_is_held_keeps_its_place_and_nobody_waiting() {
        let mut out = Vec::new();
        let turns = Turns::new(&mut out, "|");
        turns.finish(0, "a".to_owned());
        turns.hold(1, 7);
        let mut text = "c".to_owned();
        assert!(turns.print(2, &mut text));
        assert_eq!(text, "c");
        turns.finish(2, "c".repeat(MAX_PARKED + 1));
        turns.finish(3, "d".to_owned());
        assert!(turns.close(|held| held.to_string()).is_none());
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, format!("a|7|{}|d", "c".repeat(MAX_PARKED + 1)));
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
        let turns: Turns<_, ()> = Turns::new(Gone, "");
        turns.finish(0, "a".to_owned());
        assert!(turns.is_over());
        assert!(!turns.print(5, &mut "b".to_owned()));
        turns.finish(5, "c".repeat(MAX_PARKED + 1));
        turns.finish(6, "d".to_owned());
        assert_eq!(turns.close(|()| String::new()).unwrap().kind(), io::ErrorKind::BrokenPipe);
    }
}
