//! The engine against a real API server's verdicts, where the recorded ones are at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;

use reactbin_check::{Naming, Options, Severity, check_object};
use serde_json::Value;

#[derive(Default)]
struct Tally {
    refused: usize,
    caught: usize,
    causes: usize,
    named: usize,
    valid: usize,
    wrongly_refused: usize,
}

/// The last field of a path: what a cause and a finding are compared by, since the server's own
/// paths have quirks.
fn leaf(path: &str) -> String {
    let mut depth = 0usize;
    let mut parts = vec![String::new()];
    for c in path.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => parts.push(String::new()),
            c if depth == 0 => {
                if let Some(last) = parts.last_mut() {
                    last.push(c);
                }
            }
            _ => {}
        }
    }
    parts.pop().unwrap_or_default()
}

/// The least share of the refused objects in which something is found.
const CAUGHT: f64 = 0.995;
/// The least share of the causes whose field some finding names, in objects refused with causes.
const NAMED: f64 = 0.9;

fn main() {
    // Without the usual harness its arguments are this test's to read.
    let mut filters = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).peekable();
    let chosen = filters.peek().is_none() || filters.any(|filter| "oracle".contains(&filter));
    if !chosen || std::env::args().any(|arg| arg == "--list") {
        return;
    }
    let started = std::time::Instant::now();
    agrees_with_the_api_server();
    println!("in {:.1} s", started.elapsed().as_secs_f64());
}

fn agrees_with_the_api_server() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/oracle");
    if !dir.exists() {
        println!("skipped: the recorded verdicts are not at hand");
        return;
    }
    // REACTBIN_ORACLE=missed|false|causes with REACTBIN_KIND=Pod lists what a figure leaves out.
    let show = std::env::var("REACTBIN_ORACLE").unwrap_or_default();
    let only = std::env::var("REACTBIN_KIND").ok();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut checking = std::time::Duration::ZERO;
    for file in ["apiserver-1.36.jsonl.gz", "upstream-1.36.jsonl.gz"] {
        let reader = std::fs::File::open(dir.join(file)).expect("the file opens");
        for line in BufReader::new(flate2::read::GzDecoder::new(reader)).lines() {
            let line: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
            let object = &line["object"];
            let kind = object["kind"].as_str().unwrap_or("?").to_owned();
            if only.as_ref().is_some_and(|only| !only.split(',').any(|k| k == kind)) {
                continue;
            }
            let (tree, root) = common::from_json(object);
            let started = std::time::Instant::now();
            let findings = check_object(&tree, root, &Options::new(Naming::Camel));
            checking += started.elapsed();
            let findings: Vec<_> = findings
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error && !finding.waivable())
                .collect();
            let tally = tallies.entry(kind).or_default();
            let verdict = &line["verdict"];
            if verdict["ok"] == true {
                tally.valid += 1;
                tally.wrongly_refused += usize::from(!findings.is_empty());
                if show == "false" && !findings.is_empty() {
                    println!("{}: {} {}", line["id"], findings[0].path, findings[0].message);
                }
                continue;
            }
            tally.refused += 1;
            tally.caught += usize::from(!findings.is_empty());
            if show == "missed" && findings.is_empty() {
                println!("{}: {}", line["id"], verdict["message"]);
            }
            let leaves: Vec<String> = findings.iter().map(|finding| leaf(&finding.path)).collect();
            for cause in verdict["causes"].as_array().into_iter().flatten() {
                let field = cause[0].as_str().unwrap_or_default();
                tally.causes += 1;
                if leaves.contains(&leaf(field)) {
                    tally.named += 1;
                } else if show == "causes" && !findings.is_empty() {
                    println!("{}: {} not in {:?}", line["id"], cause, leaves);
                }
            }
        }
    }
    println!("{:<32}{:>16}{:>10}{:>16}{:>8}", "kind", "refused", "%", "causes named", "false");
    let mut all = Tally::default();
    for (kind, tally) in &tallies {
        print(kind, tally);
        all.refused += tally.refused;
        all.caught += tally.caught;
        all.causes += tally.causes;
        all.named += tally.named;
        all.valid += tally.valid;
        all.wrongly_refused += tally.wrongly_refused;
    }
    print("all", &all);
    println!("{:.1} s in the engine", checking.as_secs_f64());
    if only.is_none() {
        assert_eq!(all.wrongly_refused, 0, "a valid object is refused");
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        assert!(share(all.caught, all.refused) >= CAUGHT, "too many invalid objects pass");
        assert!(share(all.named, all.causes) >= NAMED, "too few causes are named");
    }
}

fn print(kind: &str, tally: &Tally) {
    println!(
        "{kind:<32}{:>16}{:>9.1}%{:>16}{:>8}",
        format!("{}/{}", tally.caught, tally.refused),
        100.0 * tally.caught as f64 / tally.refused.max(1) as f64,
        format!("{}/{}", tally.named, tally.causes),
        format!("{}/{}", tally.wrongly_refused, tally.valid),
    );
}
