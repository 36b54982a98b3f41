//! `check`: the engine over YAML and JSON files.
//!
//! Must not know Kubernetes, nor the application: what is wrong is the engine's to say.

mod format;
#[cfg(test)]
mod fuzz;
mod input;
mod inspect;
mod own;
mod policy;
mod progress;
mod run;
mod turns;

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use reactbin_check::lints::across;
use reactbin_check::{Level, facts};

use crate::app::App;
use format::Format;
use input::Inputs;
use inspect::Wanted;
use own::Own;
use policy::Policy;

const ABOUT: &str = "\
Check manifests in YAML and JSON files, offline, as the API server would.

A directory stands for the .yaml, .yml and .json files in it and below it; what is hidden, and \
directories behind links, are left out. Scalars are read as kubectl reads them (YAML 1.1: `yes` is \
a boolean, `0644` is octal). Each object of a List is checked on its own.

Limits: a document has at most 16 MiB, 1,000,000 values with those that aliases repeat, and lists \
and maps 250 deep; an object has at most 250,000 values; a file or what standard input gives has at \
most 1 GiB and 1,000,000 documents. What is larger is an error.";

const AFTER_HELP: &str = "\
Exit status: 0 when there are no errors, 1 when there are, 2 when the command line is wrong or a \
file can't be read.";

/// The subcommand and its arguments.
pub(super) fn command() -> Command {
    let about = "Check manifests in YAML and JSON files";
    let check = Command::new("check").about(about).long_about(ABOUT).after_help(AFTER_HELP);
    check.args(policy::arguments()).args([
        Arg::new("path")
            .value_name("PATH")
            .num_args(0..)
            .value_parser(value_parser!(PathBuf))
            .default_value(".")
            .help("Files and directories; `-` is standard input"),
        Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .value_parser(value_parser!(Format))
            .default_value("human")
            .help("How to print the findings"),
        Arg::new("schema")
            .long("schema")
            .value_name("DIR")
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help(
                "CustomResourceDefinitions to check custom kinds against, beside those of the \
                 application: fields, types, enums, ranges, patterns, but not CEL rules; may be \
                 repeated",
            ),
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help("Take a custom kind without a schema for an error, not for a warning"),
        Arg::new("kubernetes")
            .long("kubernetes")
            .value_name("VERSION")
            .value_parser([facts::KUBERNETES])
            .default_value(facts::KUBERNETES)
            .help("The version of Kubernetes whose API server is meant"),
    ])
}

/// How many of what.
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Does what the arguments say.
pub(super) fn main(app: &App, check: &ArgMatches) -> ExitCode {
    let paths =
        |name| check.get_many(name).into_iter().flatten().cloned().collect::<Vec<PathBuf>>();
    let format = *check.get_one("format").unwrap_or(&Format::Human);
    // Those of the command line win.
    let mut schemas = app.schemas().clone();
    let definitions = Inputs::list(&paths("schema"));
    let mut errors = definitions.errors;
    for path in &definitions.files {
        if let Err(error) = schemas.add_file(path) {
            errors.push(format!("can't read the schemas in `{}`: {error}", path.display()));
        }
    }
    let application = app.policy();
    let own_lints: Vec<&str> = application.lints.iter().map(|(lint, _)| lint.name).collect();
    let policy = match Policy::read(check, application.written, &own_lints) {
        Ok(policy) if errors.is_empty() => policy,
        policy => {
            errors.extend(policy.err().into_iter().flatten());
            tell(&errors);
            return ExitCode::from(2);
        }
    };
    let inputs = Inputs::list(&paths("path"));
    for path in &inputs.empty {
        let _ = writeln!(io::stderr(), "warning: no YAML or JSON files in `{}`", path.display());
    }
    let own = if policy.own { Own::of(app, &policy.own_levels) } else { Own::nothing() };
    let across = across::ids().any(|id| policy.levels.get(id) > Level::Allow);
    let wanted = Wanted { schemas, own, across, policy, strict: check.get_flag("strict") };
    let color = io::stdout().is_terminal() && super::wants_color();
    let done = run::run(&inputs.files, &wanted, format, color);
    errors.extend(inputs.errors);
    errors.extend(done.errors);
    tell(&errors);
    // Such as what a failed `helm template` leaves to be read.
    if done.totals.documents == 0 && errors.is_empty() && !inputs.files.is_empty() {
        let files: Vec<String> =
            inputs.files.iter().take(3).map(|file| format!("`{}`", file.display())).collect();
        let more = if inputs.files.len() > 3 { " and others" } else { "" };
        let _ = writeln!(io::stderr(), "warning: no documents in {}{more}", files.join(", "));
    }
    if format == Format::Human {
        let _ = writeln!(
            io::stderr(),
            "{} in {}: {}, {}",
            count(done.totals.documents, "document"),
            count(inputs.files.len(), "file"),
            count(done.totals.errors, "error"),
            count(done.totals.warnings, "warning"),
        );
    }
    match done.output {
        Some(error) if error.kind() != ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "error: can't write to standard output: {error}");
            ExitCode::from(2)
        }
        _ if !errors.is_empty() => ExitCode::from(2),
        _ => ExitCode::from(u8::from(done.totals.errors > 0)),
    }
}

fn tell(errors: &[String]) {
    for error in errors {
        let _ = writeln!(io::stderr(), "error: {error}");
    }
}
