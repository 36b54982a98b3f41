//! Whether the port of a probe is one that its container declares.
//!
//! Must not know which probe is asked about.

use crate::cx::{Cx, Node, Obj};
use crate::finding::Reason;
use crate::rules::probe::report_unknown_name;

/// Checks the port of one probe of each of a pod's own containers; `what` is how it is called.
pub(super) fn check_port(cx: &mut Cx<'_>, spec: Obj<'_>, field: &'static str, what: &str) {
    for container in spec.objects("containers") {
        let Some(probe) = container.object(field) else { continue };
        if container.has_unknown("ports") {
            continue;
        }
        let mut actions =
            ["httpGet", "tcpSocket", "grpc"].into_iter().filter_map(|f| probe.object(f));
        if let Some(action) = actions.find(|action| is_closed(cx, container, *action)) {
            report(cx, container, action, what);
        }
    }
}

/// Whether an action surely asks at a port that isn't one of the container's; none is port 0.
fn is_closed(cx: &Cx<'_>, container: Obj<'_>, action: Obj<'_>) -> bool {
    match action.get("port") {
        Some(port) => is_open(container, port) == Some(false),
        None => cx.raw && action.is_absent("port"),
    }
}

/// The ports of a container that take TCP, which is what probes speak.
fn tcp_ports(container: Obj<'_>) -> impl Iterator<Item = Obj<'_>> {
    container.objects("ports").filter(|port| port.str_or("protocol", "TCP") == Some("TCP"))
}

fn is_open(container: Obj<'_>, port: Node<'_>) -> Option<bool> {
    if let Some(number) = port.int() {
        return Some(tcp_ports(container).any(|port| port.int("containerPort") == Some(number)));
    }
    let name = port.str()?;
    Some(tcp_ports(container).any(|port| port.str_or("name", "") == Some(name)))
}

fn report(cx: &mut Cx<'_>, container: Obj<'_>, action: Obj<'_>, what: &str) {
    let port = action.get("port");
    if port.is_some_and(|port| report_unknown_name(cx, container, port)) {
        return;
    }
    let port = port.map_or_else(|| "0".to_owned(), |port| port.value().plain());
    let message =
        format!("the {what} probe asks at port `{port}`, which isn't a TCP port of the container");
    let help = format!("add the port to {} of the container", cx.f("ports"));
    cx.report(Reason::NotFound, action.place("port"), message).help(help);
}
