//! A container that can speak to its node's Docker.

use super::pods;
use super::{Family, Level, Lint, on};
use crate::cx::{Cx, Obj};
use crate::finding::Severity;
use crate::rules::Rule;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        id: "docker_socket_mount",
        on: "api.core.v1.PodSpec",
        severity: Severity::Warning,
        waivable: true,
        what: "A container mounts its node's Docker socket.",
        source: "kube-linter: docker-sock; Docker: Docker daemon attack surface",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, hostPath: {path: /var/run/docker.sock}}], containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /var/run/docker.sock}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, emptyDir: {}}], containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /var/run/docker.sock}]}]}}",
        check: Some(check),
    },
    level: Level::Warn,
    family: Family::Security,
    why: "Whoever can write to that socket starts any container on the node, with all of the \
          node's rights.",
    kube_linter: &[on("docker-sock")],
};

fn check(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for (host, mount) in pods::host_mounts(spec) {
        let Some(node) = host.get("path") else { continue };
        let Some(path) = node.str().filter(|path| is_docker_socket(path)) else { continue };
        cx.invalid(node, format!("`{path}` is the node's Docker itself"))
            .help("remove the volume and its mounts")
            .related(mount.id, "mounted here");
    }
}

/// Whether the path ends in `docker.sock`, or what has anything for the dot: kube-linter's pattern.
fn is_docker_socket(path: &str) -> bool {
    let before = path.strip_suffix("sock").unwrap_or_default();
    let mut before = before.chars();
    before.next_back();
    before.as_str().ends_with("docker")
}
