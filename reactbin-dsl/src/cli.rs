//! The command line of an application: a program's `main` is one line over it.
//!
//! Must know nothing of any one application.

mod check;
mod fill;
mod table;

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::app::App;
use crate::assemble::Values;
use crate::build::summary;
use crate::emit::{self, Act, Emission, Marker, Mode, Stamp};
use crate::report;

/// The Kubernetes manifests of the application.
#[derive(Debug, Parser)]
#[command(
    after_help = "Exit status: 0 when it is done; 1 when the manifests or the directory don't \
allow it; 2 when the command line or a value is wrong."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the manifests with their parameters filled
    #[command(long_about = "Write the manifests with their parameters filled.\n\n\
The filled objects are checked as a build checks them, and DIR is only written when everything is \
right. DIR is created if need be, and brought in line if it holds an earlier render; a directory \
with anything else in it is refused.")]
    Render(Render),
    /// List the parameters: name, type, default, place
    Params(Format),
    /// List the objects: file, kind, name, place
    List(Format),
    /// Check manifests in YAML and JSON files
    #[command(long_about = check::LONG_ABOUT, after_help = check::AFTER_HELP)]
    Check(check::Check),
}

#[derive(Debug, Args)]
struct Render {
    /// Where to write
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The value of a parameter; may be repeated, and wins over FILE
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// A TOML file with a `name = value` line for each parameter
    #[arg(long, value_name = "FILE")]
    values: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Format {
    /// How to write the list
    #[arg(long, value_enum, default_value_t = FormatKind::Text)]
    format: FormatKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatKind {
    /// For people
    Text,
    /// For programs
    Json,
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
    let about = format!("The Kubernetes manifests of {}", app.name());
    let matches = Cli::command().name(app.name()).about(about).try_get_matches();
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and errors alike; a reader that is gone needs neither.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let done = match cli.command {
        Command::Render(render) => run_render(&app, &render),
        Command::Params(format) => Ok(table::parameters(&app, format.format)),
        Command::List(format) => Ok(table::objects(&app, format.format)),
        Command::Check(check) => return check::main(&check),
    };
    match done {
        Ok(text) => print(&text),
        Err(Failure { status, report }) => {
            let _ = io::stderr().write_all(report.as_bytes());
            ExitCode::from(status)
        }
    }
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

fn run_render(app: &App, render: &Render) -> Result<String, Failure> {
    let values = fill::values(&app.parameters(), &render.set, render.values.as_deref())
        .map_err(|report| Failure { status: 2, report })?;
    render_to(app, &values, &render.out).map_err(|report| Failure { status: 1, report })
}

fn render_to(app: &App, values: &Values, out: &Path) -> Result<String, String> {
    let shown = out.display();
    let color =
        io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
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
        Cli::command().debug_assert();
    }
}
