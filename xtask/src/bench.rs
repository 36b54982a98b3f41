//! `cargo run -p xtask -- bench`: how long users wait, in real `cargo` runs in scratch copies.
//!
//! Every figure stands beside its goal from `docs/performance.md`. Ratios are taken within one
//! run, since machines differ. Knows nothing of what the crates do.

use std::fmt::Write as _;
use std::time::Duration;

mod check;
mod declarations;
mod machine;
mod manifests;
mod parts;
mod scratch;

use scratch::{Cost, Scratch};

/// A part of the benchmark: its name, what it measures, and how.
struct Part {
    name: &'static str,
    what: &'static str,
    run: fn(&Scratch, Effort, &mut Report) -> Result<(), String>,
}

const PARTS: &[Part] = &[
    Part {
        name: "cold",
        what: "`cargo build` from nothing, against k8s-openapi + serde_yaml alone",
        run: parts::cold,
    },
    Part { name: "no-op", what: "`cargo build` when nothing has changed", run: parts::no_op },
    Part {
        name: "edit",
        what: "one field of api.rs until k8s/api/deployment.yaml has changed",
        run: parts::edit,
    },
    Part {
        name: "many",
        what: "1,000 generated declarations: expansion and compile, an edit, memory",
        run: parts::many,
    },
    Part {
        name: "policy",
        what: "the same declarations with no lint and with all by default: expansion, build script",
        run: parts::policy,
    },
    Part { name: "split", what: "what one expansion spends its time on", run: parts::split },
    Part {
        name: "check",
        what: "`reactbin check` on 20,000 documents, against only parsing them",
        run: check::check,
    },
];

/// How often things are measured, and how large the generated crate is.
#[derive(Clone, Copy, Debug)]
struct Effort {
    /// Runs of what takes half a minute.
    long: usize,
    /// Runs of what takes a second.
    short: usize,
    /// Declarations in the generated crates, fewest first.
    sizes: [usize; 2],
}

const FULL: Effort = Effort { long: 3, short: 11, sizes: [250, 1000] };
const QUICK: Effort = Effort { long: 1, short: 3, sizes: [50, 200] };

/// A table of figures, printed line by line.
#[derive(Debug, Default)]
struct Report {
    lines: String,
}

impl Report {
    fn line(&mut self, what: &str, measured: &str, goal: &str) {
        println!("  {what:<58} {measured:>18}  {goal}");
        let _ = writeln!(self.lines, "| {what} | {measured} | {goal} |");
    }
}

/// Runs the parts that `args` name, or all of them.
///
/// # Errors
/// An unknown part, or what kept a measurement from being made, as one line.
pub fn run(args: &[&str]) -> Result<(), String> {
    let effort = if args.contains(&"--quick") { QUICK } else { FULL };
    let wanted: Vec<&str> = args.iter().copied().filter(|arg| *arg != "--quick").collect();
    if let Some(unknown) = wanted.iter().find(|name| PARTS.iter().all(|part| part.name != **name)) {
        let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        return Err(format!("no part `{unknown}`; the parts are {}", names.join(", ")));
    }
    println!("{}", machine::describe());
    let load_before = machine::load();
    let scratch = Scratch::new()?;
    let mut report = Report::default();
    for part in PARTS.iter().filter(|part| wanted.is_empty() || wanted.contains(&part.name)) {
        println!("\n{}: {}", part.name, part.what);
        (part.run)(&scratch, effort, &mut report)?;
    }
    println!("\n{}; load before {load_before}, after {}\n", machine::describe(), machine::load());
    println!("| | measured | goal |\n|---|---|---|\n{}", report.lines.trim_end());
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The medians of both times, each for itself.
fn median_cost(costs: &[Cost]) -> Cost {
    Cost {
        clock: median(costs.iter().map(|cost| cost.clock).collect()),
        processor: median(costs.iter().map(|cost| cost.processor).collect()),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
