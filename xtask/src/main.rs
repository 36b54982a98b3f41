//! The command line of `cargo run -p xtask`. Knows the commands, not what they do.

#![forbid(unsafe_code)]

use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
Generates what is committed but not written by hand, and measures.

Usage: cargo run -p xtask -- COMMAND

  facts [--check] [FILE]
                      write reactbin-check/src/facts/table.rs from the OpenAPI facts in FILE (JSON;
                      facts/openapi-1.36.json where it isn't given) and from the
                      CustomResourceDefinitions in reactbin-check/crds/; with --check write nothing
                      and exit 1 if the table is stale
  bench [--quick] [PART…]
                      measure how long builds take, in scratch copies; the parts are cold, no-op,
                      edit, many, split, check
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["-h" | "--help"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        ["facts", "--check"] => xtask::check(&xtask::root().join(xtask::FACTS)),
        ["facts", "--check", file] | ["facts", file, "--check"] => xtask::check(Path::new(file)),
        ["facts"] => xtask::write(&xtask::root().join(xtask::FACTS)),
        ["bench", rest @ ..] => xtask::bench::run(rest),
        ["facts", file] if !file.starts_with('-') => xtask::write(Path::new(file)),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
