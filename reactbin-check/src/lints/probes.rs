//! Whether the port of a probe is one that its container declares.
//!
//! Must not know which probe is asked about.

use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::Reason;
use crate::suggest::suggest;

/// Checks the port of one probe of each of a pod's own containers; `what` is how it is called.
pub(super) fn check_port(cx: &mut Cx<'_>, spec: Obj<'_>, field: &'static str, what: &str) {
    for container in spec.objects("containers") {
        let Some(probe) = container.object(field) else { continue };
        if container.has_unknown("ports") {
            continue;
        }
        let actions = ["httpGet", "tcpSocket", "grpc"].into_iter().filter_map(|f| probe.object(f));
        let mut closed = actions.filter_map(|action| closed_port(cx, container, action));
        if let Some((place, port)) = closed.next() {
            report(cx, container, place, &port, what);
        }
    }
}

/// The port that an action asks at, if it surely isn't one of the container's; none is port 0.
fn closed_port(cx: &Cx<'_>, container: Obj<'_>, action: Obj<'_>) -> Option<(Place, String)> {
    match action.get("port") {
        Some(port) => {
            let is_closed = is_open(container, port) == Some(false);
            is_closed.then(|| (Place::Value(port.id), port.value().plain()))
        }
        None => {
            let is_closed = cx.raw && action.is_absent("port");
            is_closed.then(|| (action.place("port"), "0".to_owned()))
        }
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

fn report(cx: &mut Cx<'_>, container: Obj<'_>, place: Place, port: &str, what: &str) {
    let names: Vec<&str> = tcp_ports(container).filter_map(|port| port.str("name")).collect();
    let help = match suggest(port, names.iter().copied()) {
        Some(meant) => format!("use `{meant}`"),
        None => format!("add the port to {} of the container", cx.f("ports")),
    };
    let message =
        format!("the {what} probe asks at port `{port}`, which isn't one of the container's");
    cx.report(Reason::NotFound, place, message).help(help);
}
