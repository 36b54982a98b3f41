//! A generated application: as many declarations as asked for, of the kinds and the size that
//! real ones have, in modules.

use std::fmt::Write as _;
use std::path::Path;

use super::scratch::write;

/// Deployments with their Services per module.
const PAIRS: usize = 10;

/// Writes another team's workspace: a crate of manifests, and a root package whose build script
/// writes them to `k8s/`. Its profiles are cargo's own.
pub(super) fn write_workspace(
    dir: &Path,
    reactbin: &Path,
    declarations: usize,
) -> Result<(), String> {
    let dsl = reactbin.join("reactbin-dsl");
    write(
        &dir.join("Cargo.toml"),
        "[workspace]\nmembers = [\"manifests\"]\n\n\
         [package]\nname = \"many\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nmany-manifests = { path = \"manifests\" }\n\n\
         [build-dependencies]\nmany-manifests = { path = \"manifests\" }\n",
    )?;
    write(
        &dir.join("manifests/Cargo.toml"),
        &format!(
            "[package]\nname = \"many-manifests\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nreactbin-dsl = {{ path = {dsl:?} }}\n",
        ),
    )?;
    write(&dir.join("src/main.rs"), "fn main() {}\n")?;
    write(&dir.join("build.rs"), BUILD)?;
    write_declarations(dir, declarations)
}

const BUILD: &str = "\
fn main() -> std::process::ExitCode {
    many_manifests::reactbin_dsl::build(many_manifests::app(), \"k8s\")
}
";

/// Writes the sources of the crate of manifests.
///
/// `app` is what stands in `app!` beside its name and namespace.
pub(super) fn write_application(dir: &Path, declarations: usize, app: &str) -> Result<(), String> {
    let sources = dir.join("manifests/src");
    super::scratch::remove_dir(&sources)?;
    let pairs = declarations / 2;
    let mut lib = String::from("//! Generated.\n\npub use reactbin_dsl;\nuse reactbin_dsl::*;\n\n");
    for (module, first) in (0..pairs).step_by(PAIRS).enumerate() {
        let _ = writeln!(lib, "pub mod m{module:03};");
        let mut text = String::from("//! Generated.\n\nuse reactbin_dsl::*;\n");
        for number in first..pairs.min(first + PAIRS) {
            text.push_str(&pair(number));
        }
        write(&sources.join(format!("m{module:03}.rs")), &text)?;
    }
    let _ = writeln!(
        lib,
        "\nnamespace! {{ name: many }}\n\napp! {{ name: many, namespace: many{app} }}"
    );
    write(&sources.join("lib.rs"), &lib)
}

/// Writes the sources of the crate of manifests, of an application without a policy of its own.
pub(super) fn write_declarations(dir: &Path, declarations: usize) -> Result<(), String> {
    write_application(dir, declarations, "")
}

/// A Deployment and its Service.
fn pair(number: usize) -> String {
    format!(
        r#"
deployment! {{
    name: app_{number:04},
    replicas: 1,
    /// Replace 'latest' with the real image tag before applying
    image: "registry.example.com/app-{number:04}:1.0",
    ports: [8000],
    env: {{ LOG_LEVEL: "info", API_DOCS_ENABLED: "false" }},
    resources: {{
        requests: {{ cpu: 100m, memory: 128Mi }},
        limits: {{ memory: 256Mi }},
    }},
    liveness_probe: {{
        http_get: {{ path: "/api/v1/health", port: 8000 }},
        initial_delay_seconds: 10,
        period_seconds: 30,
    }},
    readiness_probe: {{
        http_get: {{ path: "/api/v1/health", port: 8000 }},
        initial_delay_seconds: 5,
        period_seconds: 10,
    }},
    security_context: {{ run_as_non_root: true, run_as_user: 1001 }},
}}

service! {{
    name: app_{number:04},
    selects: app_{number:04},
    type: ClusterIP,
    ports: [{{ name: http, port: 8000, target_port: 8000 }}],
}}
"#,
    )
}
