//! What an object says of ports, scales and paths, for those who tell it and those who ask.

use super::key::{join, number};
use super::part::Part;
use super::subject::{Sort, Subject};
use crate::cx::Obj;

/// The ports of all nodes that a Service takes: the place in its list of ports of each, if it is
/// there, the object and the field that say it, and the port.
pub(super) fn node_ports<'t>(
    subject: &Subject<'t>,
) -> impl Iterator<Item = (Option<usize>, Obj<'t>, &'static str, i64)> {
    let taken = |place, object: Obj<'t>, field| {
        Some((place, object, field, object.int(field).filter(|port| *port > 0)?))
    };
    let ports = subject.spec.items("ports").enumerate();
    let ports =
        ports.filter_map(move |(place, port)| taken(Some(place), port.object()?, "nodePort"));
    let health = subject.spec.known().and_then(|spec| taken(None, spec, "healthCheckNodePort"));
    ports.chain(health)
}

/// The claim to a port of all nodes.
pub(super) fn node_port(port: i64) -> u64 {
    number(&["node port", &port.to_string()])
}

/// The claim to scale what an autoscaler scales.
pub(super) fn scaled<'t>(subject: &Subject<'t>) -> Option<u64> {
    let target = subject.spec.part("scaleTargetRef");
    let keda = subject.sort == Sort::ScaledObject;
    let or = |text: &'t str, default| if keda && text.is_empty() { default } else { text };
    let version = or(target.text("apiVersion")?, "apps/v1");
    let kind = or(target.text("kind")?, "Deployment");
    let group = version.split_once('/').map_or("", |(group, _)| group);
    let name = target.text("name").filter(|name| !name.is_empty())?;
    Some(scale_of(group, kind, subject.namespace?, name))
}

/// The claim to scale an object.
pub(super) fn scale_of(group: &str, kind: &str, namespace: &str, name: &str) -> u64 {
    number(&["scale", group, kind, namespace, name])
}

/// A path of an Ingress.
pub(super) struct Path<'t> {
    /// The places of its rule and of itself in their lists.
    pub(super) places: (usize, usize),
    /// The path's node, or that of the item that has none.
    pub(super) item: Part<'t>,
    /// The host; empty for all.
    pub(super) host: &'t str,
    /// The path itself; empty for all.
    pub(super) path: &'t str,
    /// The claim to it.
    pub(super) claim: u64,
}

/// Parts of annotations by which a controller tells requests for one path apart.
const SPLITS: &[&str] = &["canary", "conditions", "headers", "match", "methods", "route-acl"];

/// The paths that an Ingress claims; none where it takes only some of the requests for them, or
/// not all of it is known.
pub(super) fn paths<'t>(subject: &Subject<'t>) -> Vec<Path<'t>> {
    let annotations = subject.whole().at(&["metadata", "annotations"]);
    let (Some(namespace), Some(own)) = (subject.namespace, subject.spec.text("ingressClassName"))
    else {
        return Vec::new();
    };
    let splits = |key: &str| SPLITS.iter().any(|split| key.contains(split));
    let class = match annotations {
        Part::Absent => Some(""),
        Part::Unknown => None,
        Part::Known(map) if map.entries().any(|(key, _)| key.str().is_none_or(splits)) => None,
        Part::Known(_) => annotations.text("kubernetes.io/ingress.class"),
    };
    let Some(old) = class else { return Vec::new() };
    let class = if own.is_empty() { old } else { own };
    let mut all = Vec::new();
    for (rule_place, rule) in subject.spec.items("rules").enumerate() {
        let rule = Part::of(rule);
        let Some(host) = rule.text("host") else { continue };
        for (place, item) in rule.part("http").items("paths").enumerate() {
            let item = Part::of(item);
            let (Some(path), Some(kind)) = (item.text("path"), item.text("pathType")) else {
                continue;
            };
            let claim = number(&["path", namespace, class, host, kind, path]);
            all.push(Path { places: (rule_place, place), item, host, path, claim });
        }
    }
    all
}

/// A port's protocol, or what its absence stands for.
pub(super) fn protocol(port: Part<'_>) -> Option<&str> {
    port.text("protocol").map(|protocol| if protocol.is_empty() { "TCP" } else { protocol })
}

/// The number of a port, by its number.
pub(super) fn port_number(port: i64) -> u64 {
    join(0, port as u64)
}

/// The number of a port, by its name.
pub(super) fn port_name(protocol: &str, name: &str) -> u64 {
    number(&[protocol, name])
}
