//! What a container asks of its image: a user, ports, a directory to start in.
//!
//! Knows the fields of containers and pods, and nothing of how images are made: whoever knows an
//! image answers.

use crate::tree::{NodeId, Tree, Value};

/// Something that an image has or hasn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask<'a> {
    /// To be made for this user.
    User(i64),
    /// To say by number a user that isn't root, since the container says none and the kubelet has
    /// to know (`verifyRunAsNonRoot`).
    NonRoot,
    /// To listen at this port, of this protocol: `TCP`, `UDP` or `SCTP`.
    Port(i64, &'a str),
    /// To have this directory.
    Directory(&'a str),
    /// To have this file or directory.
    Path(&'a str),
}

impl Ask<'_> {
    /// The rule that a container breaks whose image says no; empty for what can't be waived.
    pub const fn rule(&self) -> &'static str {
        match self {
            Ask::User(_) => "image_user_mismatch",
            Ask::NonRoot => "unproved_non_root",
            Ask::Port(..) => "unexposed_port",
            Ask::Directory(_) => "unknown_working_dir",
            Ask::Path(_) => "",
        }
    }
}

/// What a container asks of its image, each with the node that says so. `pod` is the PodSpec
/// around it; `None` where that isn't known.
///
/// What isn't known yet asks for nothing.
pub fn asks<'t>(tree: &'t Tree, container: NodeId, pod: Option<NodeId>) -> Vec<(NodeId, Ask<'t>)> {
    let mut asks = Vec::new();
    let context = |field| match said(tree, Some(container), &["securityContext", field]) {
        Said::Nothing => said(tree, pod, &["securityContext", field]),
        said => said,
    };
    let user = context("runAsUser");
    match (user, context("runAsNonRoot")) {
        (Said::Value(node), _) => {
            if let Value::Int(id) = tree.get(node) {
                asks.push((node, Ask::User(id)));
            }
        }
        (Said::Nothing, Said::Value(node)) if matches!(tree.get(node), Value::Bool(true)) => {
            asks.push((node, Ask::NonRoot));
        }
        _ => {}
    }
    let ports = tree.at(container, &["ports"]).map(|list| tree.items(list)).unwrap_or_default();
    asks.extend(ports.iter().filter_map(|port| ask_of_port(tree, *port)));
    if let Some(node) = tree.at(container, &["workingDir"])
        && let Some(directory) = plain(tree.str(node))
        && !may_be_mounted(tree, container, directory)
    {
        asks.push((node, Ask::Directory(directory)));
    }
    asks
}

fn ask_of_port(tree: &Tree, port: NodeId) -> Option<(NodeId, Ask<'_>)> {
    let node = tree.at(port, &["containerPort"])?;
    let Value::Int(number) = tree.get(node) else { return None };
    let protocol = match tree.at(port, &["protocol"]).map(|node| tree.get(node)) {
        None => "TCP",
        Some(Value::Str(protocol)) => protocol,
        Some(_) => return None,
    };
    Some((node, Ask::Port(number, protocol)))
}

/// An absolute path without a `/` at its end; `None` for one that goes back and forth.
fn plain(path: &str) -> Option<&str> {
    let inner = path.strip_prefix('/')?.trim_end_matches('/');
    let plain = inner.is_empty() || !inner.split('/').any(|part| matches!(part, "" | "." | ".."));
    plain.then(|| &path[..inner.len() + 1])
}

/// Whether a directory may be a volume's, in one, or on the way to one.
fn may_be_mounted(tree: &Tree, container: NodeId, directory: &str) -> bool {
    let Some(mounts) = tree.at(container, &["volumeMounts"]) else { return false };
    let Value::List(mounts) = tree.get(mounts) else { return true };
    mounts.iter().any(|mount| match tree.at(*mount, &["mountPath"]).map(|node| tree.get(node)) {
        Some(Value::Str(path)) => is_below(directory, path) || is_below(path, directory),
        _ => true,
    })
}

/// Whether a path is this directory or something in it.
fn is_below(path: &str, directory: &str) -> bool {
    let directory = directory.trim_end_matches('/');
    path.strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[derive(Clone, Copy)]
enum Said {
    Nothing,
    Value(NodeId),
    /// Something that isn't known yet.
    Unknown,
}

fn said(tree: &Tree, holder: Option<NodeId>, path: &[&str]) -> Said {
    let Some(mut node) = holder else { return Said::Unknown };
    for key in path {
        match (tree.get(node), tree.entry(node, key)) {
            (Value::Unknown, _) => return Said::Unknown,
            (_, Some(entry)) => node = entry.value,
            (_, None) => return Said::Nothing,
        }
    }
    if matches!(tree.get(node), Value::Unknown) { Said::Unknown } else { Said::Value(node) }
}
