//! The command line of an application: a program's `main` is one line over it.
//!
//! Must know nothing of any one application.

mod check;
mod explain;
mod fill;
mod table;
mod toml;

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};
use reactbin_check::facts;

use crate::app::App;
use crate::assemble::Values;
use crate::build::summary;
use crate::emit::{self, Act, Emission, Marker, Mode, Stamp};
use crate::report;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FormatKind {
    Text,
    Json,
}

impl ValueEnum for FormatKind {
    fn value_variants<'a>() -> &'a [FormatKind] {
        &[FormatKind::Text, FormatKind::Json]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            FormatKind::Text => PossibleValue::new("text").help("For people"),
            FormatKind::Json => PossibleValue::new("json").help("For programs"),
        })
    }
}

// Without clap's derive, whose macros are a twentieth of a cold build.
/// The application's own version would say nothing of what its manifests are checked against.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    format!("with reactbin-dsl {}, for Kubernetes {}", env!("CARGO_PKG_VERSION"), facts::KUBERNETES)
});

fn command(app: &'static str) -> Command {
    Command::new(app)
        .version(VERSION.as_str())
        .about(format!("The Kubernetes manifests of {app}"))
        .after_help(
            "Exit status: 0 when it is done; 1 when the manifests or the directory don't allow it; \
             2 when the command line or a value is wrong.",
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("render")
                .about("Write the manifests with their parameters filled")
                .long_about(
                    "Write the manifests with their parameters filled.\n\n\
                     The filled objects are checked as a build checks them, and DIR is only written \
                     when everything is right. DIR is created if need be, and brought in line if it \
                     holds an earlier render; a directory with anything else in it is refused.",
                )
                .args([
                    path("out", "DIR").help("Where to write").required(true),
                    Arg::new("set")
                        .long("set")
                        .value_name("NAME=VALUE")
                        .action(ArgAction::Append)
                        .help("The value of a parameter; may be repeated, and wins over FILE"),
                    path("values", "FILE")
                        .help("A TOML file with a `name = value` line for each parameter"),
                ]),
        )
        .subcommand(
            Command::new("params")
                .about("List the parameters: name, type, default, place")
                .arg(format_kind()),
        )
        .subcommand(check::command())
        .subcommand(
            Command::new("explain")
                .about("Say what a lint, a group of lints or a rule is about; list the lints")
                .arg(Arg::new("name").value_name("LINT").help("A lint, a group or a rule; without it, all lints are listed")),
        )
        .subcommand(
            Command::new("waivers")
                .about("List what the manifests waive: lint, object, place, reason")
                .arg(format_kind()),
        )
        .subcommand(
            Command::new("list").about("List the objects: file, kind, name, place").arg(format_kind()),
        )
}

fn path(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).value_parser(value_parser!(PathBuf))
}

fn format_kind() -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(value_parser!(FormatKind))
        .default_value("text")
        .help("How to write the list")
}

/// Why a command didn't do what it was asked to.
struct Failure {
    /// 1 or 2, as the help says.
    status: u8,
    /// What to tell.
    report: String,
}

/// Does what the program's arguments say.
///
/// ```no_run
/// # mod shop_manifests {
/// #     reactbin_dsl::namespace! { name: shop }
/// #     reactbin_dsl::app! { name: shop, namespace: shop }
/// # }
/// // src/main.rs
/// fn main() -> std::process::ExitCode {
///     reactbin_dsl::cli::main(shop_manifests::app())
/// }
/// ```
pub fn main(app: App) -> ExitCode {
    let matches = match command(app.name()).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            // Help and errors alike; a reader that is gone needs neither.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let format = |list: &ArgMatches| *list.get_one("format").unwrap_or(&FormatKind::Text);
    let done = match matches.subcommand() {
        Some(("render", render)) => run_render(&app, render),
        Some(("check", check)) => return check::main(&app, check),
        Some(("params", list)) => Ok(table::parameters(&app, format(list))),
        Some(("waivers", list)) => Ok(table::waivers(&app, format(list))),
        Some(("explain", explain)) => match explain.get_one::<String>("name") {
            Some(name) => explain::explain(&app, name, io::stdout().is_terminal() && wants_color())
                .map_err(|report| Failure { status: 2, report }),
            None => Ok(explain::list(&app)),
        },
        Some((_, list)) => Ok(table::objects(&app, format(list))),
        // clap has asked for one.
        None => Ok(String::new()),
    };
    match done {
        Ok(text) => print(&text),
        Err(Failure { status, report }) => {
            let _ = io::stderr().write_all(report.as_bytes());
            ExitCode::from(status)
        }
    }
}

/// Whether nobody has said that there is to be no colour.
fn wants_color() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
}

/// Prints to a reader that may have heard enough, as `head` does.
fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: can't write to standard output: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run_render(app: &App, render: &ArgMatches) -> Result<String, Failure> {
    let set: Vec<String> = render.get_many("set").into_iter().flatten().cloned().collect();
    let file = render.get_one::<PathBuf>("values");
    let values = fill::values(&app.parameters(), &set, file.map(PathBuf::as_path))
        .map_err(|report| Failure { status: 2, report })?;
    let out = render.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    render_to(app, &values, &out).map_err(|report| Failure { status: 1, report })
}

fn render_to(app: &App, values: &Values, out: &Path) -> Result<String, String> {
    let shown = out.display();
    let color = io::stderr().is_terminal() && wants_color();
    let (manifests, warnings) = app.manifests(values).map_err(|refused| {
        let untouched = format!("`{shown}` is left as it was");
        report::render(&refused.diagnostics, color) + &summary(&refused.diagnostics, &untouched)
    })?;
    let marker = Marker { act: Act::Render, owner: app.crate_name() };
    let failed = |error| format!("error: {error}\n");
    let foreign = emit::foreign_files(out, marker).map_err(failed)?;
    if !foreign.is_empty() {
        return Err(not_ours(out, &foreign));
    }
    let last = Stamp::default();
    let (files, mode) = (manifests.as_slice(), Mode::Write);
    emit::sync(&Emission { dir: out, files, marker, mode, last: &last, modified: None })
        .map_err(failed)?;
    let _ = io::stderr().write_all(report::render(&warnings, color).as_bytes());
    let files =
        if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", files.len()) };
    Ok(format!("{files} in {shown}\n"))
}

fn not_ours(out: &Path, foreign: &[String]) -> String {
    const SHOWN: usize = 10;
    let mut text = format!("error: `{}` holds files that no render has written\n", out.display());
    for path in foreign.iter().take(SHOWN) {
        text.push_str(&format!("  {path}\n"));
    }
    if foreign.len() > SHOWN {
        text.push_str(&format!("  and {} more\n", foreign.len() - SHOWN));
    }
    text + "  help: give `--out` a directory of its own\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        command("shop").debug_assert();
    }
}
