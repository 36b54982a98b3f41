//! Only parses files, on all cores and with the parser of `check`: what the benchmark holds the
//! whole check against.

use std::sync::atomic::{AtomicUsize, Ordering};

use saphyr_parser::{Event, Parser};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args_os().nth(1).ok_or("give a directory")?;
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        files.push(entry?.path());
    }
    files.sort();
    let (next, documents) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = std::fs::read_to_string(file).unwrap_or_default();
                    // Behind an error the parser would say it again and again.
                    let events = Parser::new_from_str(&text).map_while(Result::ok);
                    let starts =
                        events.filter(|(event, _)| matches!(event, Event::DocumentStart(_)));
                    documents.fetch_add(starts.count(), Ordering::Relaxed);
                }
            });
        }
    });
    println!("{} documents", documents.into_inner());
    Ok(())
}
