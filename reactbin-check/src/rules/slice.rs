//! Rules of ResourceSlice: the devices that a driver says there are, and where.

use super::Rule;
use super::device::check_unique;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::quantity::Quantity;

const DEVICE: &str = "api.resource.v1.Device";
const SLICE: &str = "api.resource.v1.ResourceSliceSpec";

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "counters_beside_devices",
        on: SLICE,
        severity: Severity::Error,
        waivable: false,
        what: "A slice has the devices of a pool, or the counters that they share.",
        source: "resource: validateResourceSliceSpec",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g}], sharedCounters: [{name: s, counters: {c: {value: 1}}}]}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, sharedCounters: [{name: s, counters: {c: {value: 1}}}]}}",
        check: Some(check_counters),
    },
    Rule {
        id: "device_attribute",
        on: "api.resource.v1.DeviceAttribute",
        severity: Severity::Error,
        waivable: false,
        what: "An attribute of a device has one value, or one list of values.",
        source: "resource: validateDeviceAttribute",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g, attributes: {a: {int: 1, bool: true}}}]}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g, attributes: {a: {int: 1}}}]}}",
        check: Some(check_attribute),
    },
    Rule {
        id: "device_binding_conditions",
        on: DEVICE,
        severity: Severity::Error,
        waivable: false,
        what: "A device that is bound once conditions hold also says by which conditions that fails, and \
               the other way round; no condition is both.",
        source: "resource: validateDeviceBindingParameters",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g, bindingConditions: [example.com/ready]}]}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g, bindingConditions: [example.com/ready], bindingFailureConditions: [example.com/failed]}]}}",
        check: Some(check_conditions),
    },
    Rule {
        id: "device_request_policy",
        on: DEVICE,
        severity: Severity::Error,
        waivable: false,
        what: "Only a device that several claims can have part of says how much of its capacity a claim \
               can have: one of some values or of a range, with a default among them.",
        source: "resource: validateRequestPolicy, validateSingleAllocatableDeviceCapacity",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g, capacity: {c: {value: 4, requestPolicy: {default: 1, validValues: [1, 2]}}}}]}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g, allowMultipleAllocations: true, capacity: {c: {value: 4, requestPolicy: {default: 1, validValues: [1, 2]}}}}]}}",
        check: Some(check_policies),
    },
    Rule {
        id: "slice_names",
        on: SLICE,
        severity: Severity::Error,
        waivable: false,
        what: "The devices of a slice have different names, and so have its counters; a device consumes \
               the counters of a set once.",
        source: "resource: validateResourceSliceSpec, validateDevice",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g}, {name: g}]}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g}, {name: h}]}}",
        check: Some(check_names),
    },
    Rule {
        id: "slice_nodes",
        on: SLICE,
        severity: Severity::Error,
        waivable: false,
        what: "A slice says in exactly one way which nodes have its devices; if it leaves that to the \
               devices, each of them does.",
        source: "resource: validateResourceSliceSpec, validateDevice",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, allNodes: true, pool: {name: p, generation: 1, resourceSliceCount: 1}}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}}}",
        check: Some(check_nodes),
    },
    Rule {
        id: "slice_size",
        on: SLICE,
        severity: Severity::Error,
        waivable: false,
        what: "A slice has at most 128 devices, or 64 if any has taints, consumes counters or has lists of \
               values; a device has at most 32 attributes and capacities, and 48 values.",
        source: "resource: validateResourceSliceSpec, validateDevice",
        bad: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g, attributes: {a0: {int: 0}, a1: {int: 0}, a2: {int: 0}, a3: {int: 0}, a4: {int: 0}, a5: {int: 0}, a6: {int: 0}, a7: {int: 0}, a8: {int: 0}, a9: {int: 0}, b0: {int: 0}, b1: {int: 0}, b2: {int: 0}, b3: {int: 0}, b4: {int: 0}, b5: {int: 0}, b6: {int: 0}, b7: {int: 0}, b8: {int: 0}, b9: {int: 0}, c0: {int: 0}, c1: {int: 0}, c2: {int: 0}, c3: {int: 0}, c4: {int: 0}, c5: {int: 0}, c6: {int: 0}, c7: {int: 0}, c8: {int: 0}, c9: {int: 0}, d0: {int: 0}, d1: {int: 0}, d2: {int: 0}}}]}}",
        good: "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: a}, spec: {driver: d, nodeName: m, pool: {name: p, generation: 1, resourceSliceCount: 1}, devices: [{name: g, attributes: {a0: {int: 0}}}]}}",
        check: Some(check_sizes),
    },
];

fn check_counters(cx: &mut Cx<'_>, slice: Obj<'_>) {
    if let (Some(_), Some(counters)) = (slice.get("devices"), slice.get("sharedCounters"))
        && !counters.is_unknown()
    {
        let message = format!("{} can't stand beside {}", cx.f("sharedCounters"), cx.f("devices"));
        cx.report(Reason::Invalid, slice.key_place("sharedCounters"), message)
            .help("make another slice of the pool for them")
            .path_of(Place::Value(slice.id));
    }
}

/// What the value of an attribute can be.
const VALUES: &[&str] =
    &["bool", "bools", "int", "ints", "string", "strings", "version", "versions"];
/// Those that are lists.
const LISTS: &[&str] = &["bools", "ints", "strings", "versions"];

fn check_attribute(cx: &mut Cx<'_>, attribute: Obj<'_>) {
    if VALUES.iter().all(|field| attribute.is_absent(field)) {
        let quoted: Vec<String> = VALUES.iter().map(|field| cx.f(field)).collect();
        cx.report(Reason::Invalid, Place::Value(attribute.id), "an attribute without a value")
            .help(format!("give one of {}", quoted.join(", ")));
    }
    let mut given = VALUES.iter().filter(|field| attribute.get(field).is_some());
    if let (Some(first), Some(second)) = (given.next(), given.next()) {
        let message = format!("{} and {} can't both be given", cx.f(first), cx.f(second));
        cx.report(Reason::Invalid, attribute.key_place(second), message)
            .help("leave one of them out")
            .path_of(Place::Value(attribute.id));
    }
}

fn check_names(cx: &mut Cx<'_>, slice: Obj<'_>) {
    check_unique(cx, slice, "devices", "name");
    check_unique(cx, slice, "sharedCounters", "name");
    for device in slice.objects("devices") {
        check_unique(cx, device, "consumesCounters", "counterSet");
    }
}

const CONDITIONS: [&str; 2] = ["bindingConditions", "bindingFailureConditions"];

fn check_conditions(cx: &mut Cx<'_>, device: Obj<'_>) {
    for (own, other) in [(CONDITIONS[0], CONDITIONS[1]), (CONDITIONS[1], CONDITIONS[0])] {
        if device.is_set(own) && device.is_unset(other) {
            let message = format!("{} needs {}", cx.f(own), cx.f(other));
            let help = format!("add {} as well", cx.f(other));
            cx.report(Reason::Invalid, device.place(other), message).help(help);
        }
    }
    let bound: Vec<Node<'_>> = device.items(CONDITIONS[0]).collect();
    for node in device.items(CONDITIONS[1]) {
        let first = bound.iter().find(|other| node.str().is_some() && other.str() == node.str());
        if let Some(first) = first {
            cx.invalid(node, "a condition for binding can't be one of failure as well")
                .help("remove one of them")
                .related(first.id, "the other one is here");
        }
    }
}

/// The ways to say which nodes have the devices.
const NODES: &[&str] = &["nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection"];

fn check_nodes(cx: &mut Cx<'_>, slice: Obj<'_>) {
    check_one_of(cx, slice, NODES);
    let terms = slice.object("nodeSelector").and_then(|selector| selector.get("nodeSelectorTerms"));
    if let Some(terms) = terms.filter(|terms| terms.items().count() > 1) {
        cx.invalid(terms, "the nodes of a slice are selected by one term")
            .help("make one term of them, or several slices");
    }
    match slice.bool_or("perDeviceNodeSelection", false) {
        Some(true) => {
            for device in slice.objects("devices") {
                check_one_of(cx, device, &NODES[..3]);
            }
        }
        Some(false) => {
            for device in slice.objects("devices") {
                let given = NODES[..3].iter().copied().find(|field| device.get(field).is_some());
                if let Some(field) = given {
                    let message = format!(
                        "{} needs {}",
                        cx.f(field),
                        cx.set("perDeviceNodeSelection", "true")
                    );
                    cx.report(Reason::Invalid, device.key_place(field), message)
                        .help("leave it out: the slice says which nodes have its devices")
                        .path_of(Place::Value(device.id));
                }
            }
        }
        None => {}
    }
}

/// Exactly one of the fields is given, and it isn't given to say no.
fn check_one_of(cx: &mut Cx<'_>, object: Obj<'_>, fields: &[&'static str]) {
    let mut given: Vec<(&str, Node<'_>)> = Vec::new();
    for field in fields.iter().copied() {
        let Some(node) = object.get(field) else {
            if !object.is_absent(field) {
                return;
            }
            continue;
        };
        if node.is_unknown() {
            return;
        }
        if node.bool() == Some(false) || node.str() == Some("") {
            cx.invalid(node, format!("{} can't be given to say no", cx.f(field)))
                .help("leave it out");
        } else {
            given.push((field, node));
        }
    }
    match given[..] {
        [] => {
            let quoted: Vec<String> = fields.iter().map(|field| cx.f(field)).collect();
            let message = "nothing says which nodes it is for";
            cx.report(Reason::Required, Place::Missing(object.id, ""), message)
                .help(format!("give one of {}", quoted.join(", ")));
        }
        [_] => {}
        [(first, node), (second, _), ..] => {
            let message = format!("{} and {} can't both be given", cx.f(first), cx.f(second));
            cx.report(Reason::Invalid, object.key_place(second), message)
                .help("leave one of them out")
                .related(node.id, "the other one is here")
                .path_of(Place::Missing(object.id, ""));
        }
    }
}

/// The most devices of a slice, and of one whose devices take longer to look at.
const MOST: usize = 128;
const MOST_WITH_MORE: usize = 64;
/// The most attributes and capacities of a device, and the most values of its attributes.
const MOST_ATTRIBUTES: usize = 32;
const MOST_VALUES: usize = 48;

fn check_sizes(cx: &mut Cx<'_>, slice: Obj<'_>) {
    let mut more = false;
    let mut count = 0;
    for device in slice.objects("devices") {
        count += 1;
        more |= device.is_set("taints") || device.is_set("consumesCounters");
        let size = |field| device.object(field).map_or(0, |map| map.entries().count());
        let named = size("attributes") + size("capacity");
        let mut values = 0;
        for (_, node) in device.object("attributes").into_iter().flat_map(Obj::entries) {
            let lists = |attribute: Obj<'_>| -> usize {
                LISTS.iter().map(|list| attribute.items(list).count()).sum()
            };
            let listed = node.object().map_or(0, lists);
            more |= listed > 0;
            values += listed.max(1);
        }
        for (found, most, what) in [
            (named, MOST_ATTRIBUTES, "attributes and capacities"),
            (values, MOST_VALUES, "values of attributes"),
        ] {
            if found > most {
                let message = format!("{found} {what} are too many");
                cx.report(Reason::Invalid, Place::Value(device.id), message)
                    .help(format!("give at most {most}"));
            }
        }
    }
    let most = if more { MOST_WITH_MORE } else { MOST };
    if count > most {
        cx.report(Reason::TooMany, slice.place("devices"), format!("{count} devices are too many"))
            .help(format!("give at most {most}, and make another slice of the rest"));
    }
}

fn check_policies(cx: &mut Cx<'_>, device: Obj<'_>) {
    let Some(several) = device.bool_or("allowMultipleAllocations", false) else { return };
    for (_, node) in device.object("capacity").into_iter().flat_map(Obj::entries) {
        let Some(capacity) = node.object() else { continue };
        let Some(policy) = capacity.object("requestPolicy") else { continue };
        if several {
            check_policy(cx, policy, capacity.get("value").and_then(Node::quantity));
        } else {
            let message = format!(
                "{} needs {}",
                cx.f("requestPolicy"),
                cx.set("allowMultipleAllocations", "true")
            );
            cx.forbidden(capacity, "requestPolicy", message);
        }
    }
}

fn check_policy(cx: &mut Cx<'_>, policy: Obj<'_>, most: Option<Quantity>) {
    let default = policy.get("default").and_then(Node::quantity);
    let ways = ["validValues", "validRange"];
    let Some(way) = ways.into_iter().find(|way| policy.is_set(way) || policy.object(way).is_some())
    else {
        return;
    };
    if way == "validValues" && policy.object("validRange").is_some() {
        let message = format!("{} and {} can't both be given", cx.f(ways[0]), cx.f(ways[1]));
        cx.report(Reason::Forbidden, policy.key_place(ways[1]), message)
            .help("leave one of them out")
            .path_of(Place::Value(policy.id));
    } else if policy.is_absent("default") {
        cx.required(policy, "default", format!("{} needs {}", cx.f(way), cx.f("default")));
    } else if way == "validValues" {
        check_values(cx, policy, default, most);
    } else if let Some(range) = policy.object("validRange") {
        check_range(cx, range, default, most);
    }
}

fn check_values(
    cx: &mut Cx<'_>,
    policy: Obj<'_>,
    default: Option<Quantity>,
    most: Option<Quantity>,
) {
    let mut last: Option<Quantity> = None;
    let mut found = false;
    for node in policy.items("validValues") {
        let Some(value) = node.quantity() else { return };
        found |= Some(value) == default;
        if most.is_some_and(|most| value > most) {
            cx.invalid(node, "a value is more than the whole capacity");
        }
        match last {
            Some(before) if before > value => {
                cx.invalid(node, "the values aren't in order").help("sort them");
            }
            Some(before) if before == value => {
                cx.report(Reason::Duplicate, Place::Value(node.id), "a value that stands twice");
            }
            _ => {}
        }
        last = Some(value);
    }
    if default.is_some() && !found {
        let message = format!("{} isn't one of {}", cx.f("default"), cx.f("validValues"));
        cx.report(Reason::Invalid, policy.place("default"), message)
            .path_of(policy.place("validValues"));
    }
}

fn check_range(cx: &mut Cx<'_>, range: Obj<'_>, default: Option<Quantity>, most: Option<Quantity>) {
    let amount = |field| range.get(field).and_then(Node::quantity);
    let above =
        |a: Option<Quantity>, b: Option<Quantity>| matches!((a, b), (Some(a), Some(b)) if a > b);
    let (min, max, step) = (amount("min"), amount("max"), amount("step"));
    for (field, value) in [("min", min), ("max", max)] {
        if above(value, most) {
            let message = format!("{} is more than the whole capacity", cx.f(field));
            cx.report(Reason::Invalid, range.place(field), message);
        }
    }
    if above(min, max) {
        let message = format!("{} is more than {}", cx.f("min"), cx.f("max"));
        cx.report(Reason::Invalid, range.place("max"), message);
    }
    if above(min, default) || above(default, max) {
        let message = format!("{} isn't in the range", cx.f("default"));
        cx.report(Reason::Invalid, Place::Value(range.id), message)
            .path_of(Place::Missing(range.id, "default"));
    }
    let Some(step) = step else { return };
    let fault = if step.is_negative() || step.is_zero() {
        "must be more than zero"
    } else if min.zip(most).is_some_and(|(min, most)| min.nanos() + step.nanos() > most.nanos()) {
        "leads from the least amount to more than the whole capacity"
    } else if [default, max].into_iter().flatten().any(|end| leaves_out(min, step, end)) {
        "doesn't lead from the least amount to the default and the most"
    } else {
        return;
    };
    let message = format!("{} {fault}", cx.f("step"));
    cx.report(Reason::Invalid, range.place("step"), message)
        .help("use a divisor of the distances between the amounts");
}

/// Whether no number of steps leads from an amount to another. The server rounds fractions first,
/// or doesn't, by its version: of those nothing is said.
fn leaves_out(from: Option<Quantity>, step: Quantity, to: Quantity) -> bool {
    let Some(from) = from else { return false };
    [from, step, to].iter().all(|quantity| quantity.is_integer())
        && (to.nanos() - from.nanos()) % step.nanos() != 0
}
