//! What images say to values that only an assembled object has: those of expressions, and what a
//! container that is declared on its own has from its pod.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use reactbin_dsl::report::Diagnostic;
use reactbin_dsl::{Values, app, container, deployment, image, namespace};

namespace! { name: shop }
app! { name: shop, namespace: shop }

image! { name: api, reference: "shop/api:1.0", dockerfile: "tests/files/Dockerfile" }

image! {
    name: unsaid,
    reference: "shop/unsaid:1.0",
    dockerfile: "tests/files/Dockerfile",
    target: base,
}

container! { name: worker, image: api }
container! { name: guest, image: unsaid, security_context: { run_as_non_root: true } }

deployment! {
    name: fragments,
    containers: [worker, guest],
    pod: { security_context: { run_as_user: (1000) } },
}

deployment! {
    name: fragments_of_nobody,
    file: "nobody.yaml",
    containers: [guest],
}

deployment! {
    name: expressions,
    file: "expressions.yaml",
    image: api,
    ports: [{ container_port: (9000) }, { container_port: (8000) }],
    working_dir: ("/ap".to_owned()),
    #[allow(image_user_mismatch, reason = "the files are everyone's")]
    security_context: { run_as_user: (7) },
}

deployment! {
    name: waived,
    file: "waived.yaml",
    image: api,
    #[allow(image_user_mismatch, reason = "it isn't what it was")]
    security_context: { run_as_user: (1001) },
}

fn diagnostics() -> Vec<Diagnostic> {
    app().manifests(&Values::new()).expect_err("the application is broken on purpose").diagnostics
}

/// Every message, with the line of the source that it points at.
fn messages() -> Vec<String> {
    let source = include_str!("image_values.rs");
    let shown = |diagnostic: Diagnostic| {
        let line = diagnostic.place.unwrap().position.line as usize;
        format!("{} <- {}", diagnostic.message, source.lines().nth(line - 1).unwrap().trim())
    };
    let mut messages: Vec<String> = diagnostics().into_iter().map(shown).collect();
    messages.sort();
    messages
}

#[test]
fn values_that_no_constant_tells_are_checked() {
    assert_eq!(
        messages(),
        [
            "nothing says that the image doesn't run as root; if it does, the kubelet doesn't start this container <- container! { name: guest, image: unsaid, security_context: { run_as_non_root: true } }",
            "the image exposes no port `9000` <- ports: [{ container_port: (9000) }, { container_port: (8000) }],",
            "the image has no directory `/ap` <- working_dir: (\"/ap\".to_owned()),",
            "the image is made for user `1001`, not `1000` <- pod: { security_context: { run_as_user: (1000) } },",
            "this waiver of `image_user_mismatch` waives nothing <- #[allow(image_user_mismatch, reason = \"it isn't what it was\")]",
        ]
    );
}

#[test]
fn a_finding_says_where_the_dockerfile_does() {
    let all = diagnostics();
    let user = all.iter().find(|diagnostic| diagnostic.rule == "image_user_mismatch").unwrap();
    let notes: Vec<&str> = user.notes.iter().map(|(note, _)| note.as_str()).collect();
    assert_eq!(
        notes,
        [
            "`USER` stands in line 8 of `tests/files/Dockerfile`",
            "Deployment `fragments`, spec.template.spec.securityContext.runAsUser",
        ]
    );
    assert_eq!(
        user.help.as_deref(),
        Some("use `1001`, or change `USER` in `tests/files/Dockerfile`")
    );
}
