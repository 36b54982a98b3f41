//! `cargo run -- list`, `params`, `render --out DIR --set …`.

fn main() -> std::process::ExitCode {
    reactbin_dsl::cli::main(guestbook_manifests::app())
}
