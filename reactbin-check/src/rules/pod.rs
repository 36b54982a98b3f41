//! PodSpec: what relates its containers to each other and to the pod, and where pods may run.

use std::collections::BTreeMap;

use super::Rule;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

macro_rules! sixty {
    () => {
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    };
}

/// A search domain of 241 characters, for the example of a list that is too long.
macro_rules! domain {
    ($end:literal) => {
        concat!(sixty!(), sixty!(), sixty!(), sixty!(), $end, ", ")
    };
}

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "dns_policy_none_without_nameserver",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A pod with `dnsPolicy: None` names its DNS servers.",
        source: "pkg/apis/core/validation: validatePodDNSConfig",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {dnsPolicy: None, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {dnsPolicy: None, dnsConfig: {nameservers: [10.0.0.1]}, containers: [{name: a, image: i}]}}",
        check: Some(check_dns_policy_none),
    },
    Rule {
        id: "dns_search_list_too_long",
        on: "api.core.v1.PodDNSConfig",
        severity: Severity::Error,
        waivable: false,
        what: "The search domains with the spaces between them have at most 2048 characters.",
        source: "pkg/apis/core/validation: validatePodDNSConfig, MaxDNSSearchListChars",
        bad: concat!(
            "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {dnsConfig: {searches: [",
            domain!("a"),
            domain!("b"),
            domain!("c"),
            domain!("d"),
            domain!("e"),
            domain!("f"),
            domain!("g"),
            domain!("h"),
            domain!("i"),
            "]}, containers: [{name: a, image: i}]}}"
        ),
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {dnsConfig: {searches: [a.example.com, b.example.com]}, containers: [{name: a, image: i}]}}",
        check: Some(check_dns_search_list),
    },
    Rule {
        id: "duplicate_container_name",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Containers and init containers of a pod have different names.",
        source: "pkg/apis/core/validation: validateInitContainers",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {initContainers: [{name: a, image: i}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {initContainers: [{name: b, image: i}], containers: [{name: a, image: i}]}}",
        check: Some(check_duplicate_container_name),
    },
    Rule {
        id: "duplicate_host_port",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A port of the node goes to one container port.",
        source: "pkg/apis/core/validation: checkHostPortConflicts",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 80, hostPort: 80}]}, {name: b, image: i, ports: [{containerPort: 81, hostPort: 80}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 80, hostPort: 80}]}, {name: b, image: i, ports: [{containerPort: 81, hostPort: 81}]}]}}",
        check: Some(check_duplicate_host_port),
    },
    Rule {
        id: "ephemeral_containers_on_create",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Ephemeral containers are added to a running pod; neither a new pod nor a template has \
               them.",
        source: "pkg/apis/core/validation: ValidatePodCreate, ValidatePodTemplateSpec",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], ephemeralContainers: [{name: b, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}, {name: b, image: i}]}}",
        check: Some(check_ephemeral_containers),
    },
    Rule {
        id: "hostname_format",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A pod's own host name and subdomain are DNS labels.",
        source: "pkg/apis/core/validation: ValidatePodSpec; a StatefulSet sets them itself",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostname: a.b, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostname: a, subdomain: b, containers: [{name: a, image: i}]}}",
        check: Some(check_hostname),
    },
    Rule {
        id: "host_port_mismatch",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "With `hostNetwork` a container's port is the node's port, so that the two agree.",
        source: "pkg/apis/core/validation: validateHostNetwork",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, containers: [{name: a, image: i, ports: [{containerPort: 80, hostPort: 8080}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, containers: [{name: a, image: i, ports: [{containerPort: 80}]}]}}",
        check: Some(check_host_port_mismatch),
    },
    Rule {
        id: "hostname_override_conflict",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A pod that overrides its host name neither shares the node's network nor sets its \
               host name to its full DNS name.",
        source: "pkg/apis/core/validation: validateHostnameOverride",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostnameOverride: b, hostNetwork: true, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostnameOverride: b, containers: [{name: a, image: i}]}}",
        check: Some(check_hostname_override),
    },
    Rule {
        id: "image_whitespace",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "No white space stands around an image. Only a Pod is refused for it; a template is \
               accepted and its pods fail, which `invalid_image` says.",
        source: "pkg/apis/core/validation: validateContainerCommon",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: \"nginx \"}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: nginx}]}}",
        check: Some(check_image_whitespace),
    },
    Rule {
        id: "match_label_keys_twice",
        on: "api.core.v1.PodAffinityTerm",
        severity: Severity::Error,
        waivable: false,
        what: "A label key is matched or mismatched, not both.",
        source: "pkg/apis/core/validation: validateMatchLabelKeysAndMismatchLabelKeys",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {}, matchLabelKeys: [app], mismatchLabelKeys: [app]}]}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {}, matchLabelKeys: [app], mismatchLabelKeys: [tenant]}]}}, containers: [{name: a, image: i}]}}",
        check: Some(check_match_label_keys_twice),
    },
    Rule {
        id: "match_label_keys_without_selector",
        on: "api.core.v1.PodAffinityTerm",
        severity: Severity::Error,
        waivable: false,
        what: "`matchLabelKeys` and `mismatchLabelKeys` add to a label selector, so there is one.",
        source: "pkg/apis/core/validation: validateMatchLabelKeysAndMismatchLabelKeys",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, matchLabelKeys: [app]}]}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {}, matchLabelKeys: [app]}]}}, containers: [{name: a, image: i}]}}",
        check: Some(check_match_label_keys_without_selector),
    },
    Rule {
        id: "min_domains_without_do_not_schedule",
        on: "api.core.v1.TopologySpreadConstraint",
        severity: Severity::Error,
        waivable: false,
        what: "`minDomains` only means something where pods that don't fit aren't scheduled.",
        source: "pkg/apis/core/validation: validateMinDomains",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, minDomains: 2}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, minDomains: 2}], containers: [{name: a, image: i}]}}",
        check: Some(check_min_domains),
    },
    Rule {
        id: "negative_grace_period",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: true,
        what: "A pod's grace period isn't negative: the API server takes it for 1 second.",
        source: "pkg/registry/core/pod: Strategy",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {terminationGracePeriodSeconds: -1, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {terminationGracePeriodSeconds: 1, containers: [{name: a, image: i}]}}",
        check: Some(check_negative_grace_period),
    },
    Rule {
        id: "node_selector_field",
        on: "api.core.v1.NodeSelectorTerm",
        severity: Severity::Error,
        waivable: false,
        what: "A node can be selected by one field: its name, with `In` or `NotIn` and one value.",
        source: "pkg/apis/core/validation: ValidateNodeFieldSelectorRequirement",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.labels, operator: In, values: [a]}]}]}}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [a]}]}]}}}, containers: [{name: a, image: i}]}}",
        check: Some(check_node_selector_field),
    },
    Rule {
        id: "node_selector_label",
        on: "api.core.v1.NodeSelectorTerm",
        severity: Severity::Error,
        waivable: false,
        what: "The label keys by which nodes are selected are ones that a node can have.",
        source: "pkg/apis/core/validation: ValidateNodeSelectorRequirement",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: \"a zone\", operator: Exists}]}]}}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: Exists}]}]}}}, containers: [{name: a, image: i}]}}",
        check: Some(check_node_selector_label),
    },
    Rule {
        id: "node_selector_label_value",
        on: "api.core.v1.NodeSelector",
        severity: Severity::Error,
        waivable: false,
        what: "The label values by which nodes are selected are ones that a node can have; those of \
               nodes that are only preferred needn't be.",
        source: "pkg/apis/core/validation: ValidateNodeSelectorRequirement, ValidatePreferredSchedulingTerms",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [\"a b\"]}]}]}}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [a-b]}]}]}}}, containers: [{name: a, image: i}]}}",
        check: Some(check_node_selector_label_value),
    },
    Rule {
        id: "node_selector_values",
        on: "api.core.v1.NodeSelectorTerm",
        severity: Severity::Error,
        waivable: false,
        what: "`In` and `NotIn` have values, `Exists` and `DoesNotExist` have none, `Gt` and `Lt` \
               have one.",
        source: "pkg/apis/core/validation: ValidateNodeSelectorRequirement",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In}]}]}}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: Exists}]}]}}}, containers: [{name: a, image: i}]}}",
        check: Some(check_node_selector_values),
    },
    Rule {
        id: "resize_policy_restart",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A container that is never restarted, or an init container that runs to its end, can't \
               be restarted for a resize.",
        source: "pkg/apis/core/validation: validateResizePolicy, validateInitContainers",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {restartPolicy: Never, containers: [{name: a, image: i, resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {restartPolicy: Never, containers: [{name: a, image: i, resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]}]}}",
        check: Some(check_resize_policy_restart),
    },
    Rule {
        id: "scheduling_gate_with_node",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A pod that waits for its scheduling gates has no node yet.",
        source: "pkg/apis/core/validation: validateSchedulingGates",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {nodeName: n, schedulingGates: [{name: example.com/wait}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {schedulingGates: [{name: example.com/wait}], containers: [{name: a, image: i}]}}",
        check: Some(check_scheduling_gate_with_node),
    },
    Rule {
        id: "service_account_format",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "The older name of `serviceAccountName`, where that isn't given, is a DNS subdomain too.",
        source: "pkg/apis/core/v1: Convert_v1_PodSpec_To_core_PodSpec; pkg/apis/core/validation: ValidatePodSpec",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccount: a_b, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccount: a-b, containers: [{name: a, image: i}]}}",
        check: Some(check_service_account),
    },
    Rule {
        id: "spread_label_key_in_selector",
        on: "api.core.v1.TopologySpreadConstraint",
        severity: Severity::Error,
        waivable: false,
        what: "A key of `matchLabelKeys` stands at most once in the label selector's expressions.",
        source: "pkg/apis/core/validation: validateMatchLabelKeysInTopologySpread",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}, {key: app, operator: NotIn, values: [b]}]}, matchLabelKeys: [app]}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchExpressions: [{key: app, operator: NotIn, values: [a, b]}]}, matchLabelKeys: [version]}], containers: [{name: a, image: i}]}}",
        check: Some(check_label_key_in_selector),
    },
    Rule {
        id: "spread_label_keys_without_selector",
        on: "api.core.v1.TopologySpreadConstraint",
        severity: Severity::Error,
        waivable: false,
        what: "`matchLabelKeys` adds to a label selector, so there is one.",
        source: "pkg/apis/core/validation: validateMatchLabelKeysInTopologySpread",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [app]}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}, matchLabelKeys: [app]}], containers: [{name: a, image: i}]}}",
        check: Some(check_match_label_keys_without_selector),
    },
    Rule {
        id: "toleration_seconds_without_no_execute",
        on: "api.core.v1.Toleration",
        severity: Severity::Error,
        waivable: false,
        what: "Only the effect `NoExecute` is tolerated for a time.",
        source: "pkg/apis/core/validation: ValidateTolerations",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {tolerations: [{key: a, operator: Exists, effect: NoSchedule, tolerationSeconds: 5}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5}], containers: [{name: a, image: i}]}}",
        check: Some(check_toleration_seconds),
    },
    Rule {
        id: "toleration_value_with_exists",
        on: "api.core.v1.Toleration",
        severity: Severity::Error,
        waivable: false,
        what: "A toleration with the operator `Exists` has no value.",
        source: "pkg/apis/core/validation: ValidateTolerations",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {tolerations: [{key: a, operator: Exists, value: b}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {tolerations: [{key: a, operator: Equal, value: b}], containers: [{name: a, image: i}]}}",
        check: Some(check_toleration_value),
    },
    Rule {
        id: "toleration_without_key",
        on: "api.core.v1.Toleration",
        severity: Severity::Error,
        waivable: false,
        what: "A toleration without a key tolerates every taint, which only `Exists` can mean.",
        source: "pkg/apis/core/validation: ValidateTolerations",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {tolerations: [{effect: NoSchedule}], containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {tolerations: [{operator: Exists, effect: NoSchedule}], containers: [{name: a, image: i}]}}",
        check: Some(check_toleration_without_key),
    },
];

/// The init containers and containers of a pod.
pub(super) fn containers(spec: Obj<'_>) -> impl Iterator<Item = Obj<'_>> {
    spec.objects("initContainers").chain(spec.objects("containers"))
}

/// Whether an init container goes on running beside the containers; `None` where that isn't known.
pub(super) fn is_sidecar(init_container: Obj<'_>) -> Option<bool> {
    init_container.str_or("restartPolicy", "").map(|policy| policy == "Always")
}

fn check_dns_policy_none(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.str("dnsPolicy") != Some("None") {
        return;
    }
    let message = format!("{} needs at least one name server", cx.set("dnsPolicy", "None"));
    let help = format!("name one in {}", cx.naming.path(&["dnsConfig", "nameservers"]));
    match spec.object("dnsConfig") {
        Some(config) if config.is_unset("nameservers") => {
            cx.required(config, "nameservers", message).help(help);
        }
        None if spec.is_absent("dnsConfig") => {
            cx.required(spec, "dnsConfig", message).help(help);
        }
        _ => {}
    }
}

fn check_dns_search_list(cx: &mut Cx<'_>, config: Obj<'_>) {
    let Some(node) = config.get("searches") else { return };
    if config.has_unknown("searches") {
        return;
    }
    let lengths: Vec<usize> = node.items().filter_map(|item| item.str().map(str::len)).collect();
    let total = lengths.iter().sum::<usize>() + lengths.len().saturating_sub(1);
    if total > 2048 {
        let message = format!(
            "the search domains have {total} characters with the spaces between them: at most 2048"
        );
        cx.invalid(node, message);
    }
}

fn check_duplicate_container_name(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let names: Vec<_> =
        spec.objects("containers").filter_map(|container| container.get("name")).collect();
    for node in spec.objects("initContainers").filter_map(|container| container.get("name")) {
        let Some(name) = node.str().filter(|name| !name.is_empty()) else { continue };
        if let Some(first) = names.iter().find(|other| other.str() == Some(name)) {
            cx.duplicate(
                node,
                *first,
                format!("an init container and a container are both named `{name}`"),
            )
            .help("give each container a name of its own");
        }
    }
}

fn check_duplicate_host_port(cx: &mut Cx<'_>, spec: Obj<'_>) {
    // The server fills in the node's ports of a Pod on the node's network, not of a template.
    let filled = cx.is_kind(&["Pod"]) && spec.bool("hostNetwork") == Some(true);
    for container in spec.objects("initContainers") {
        check_host_ports(cx, std::iter::once(container), filled);
    }
    check_host_ports(cx, spec.objects("containers"), filled);
}

fn check_host_ports<'t>(cx: &mut Cx<'_>, containers: impl Iterator<Item = Obj<'t>>, filled: bool) {
    let mut seen = BTreeMap::new();
    for port in containers.flat_map(|container| container.objects("ports")) {
        let place = port.place("hostPort");
        let explicit = port.get("hostPort").filter(|node| node.int() != Some(0));
        let node = match explicit {
            None if filled => port.get("containerPort"),
            explicit => explicit,
        };
        let Some(node) = node else { continue };
        let (Some(number), Some(protocol), Some(address)) =
            (node.int(), port.str_or("protocol", "TCP"), port.str_or("hostIP", ""))
        else {
            continue;
        };
        let key = (number, protocol, address);
        match seen.get(&key) {
            Some(first) => {
                let first: crate::tree::NodeId = *first;
                let message = format!("port `{number}` ({protocol}) of the node is taken already");
                cx.report(Reason::Duplicate, Place::Value(node.id), message)
                    .help("use another port, or leave it out")
                    .related(first, "first used here")
                    .path_of(place);
            }
            None => {
                seen.insert(key, node.id);
            }
        }
    }
}

fn check_ephemeral_containers(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.is_set("ephemeralContainers") {
        let message = format!(
            "{} can't be given: they are added to a running pod",
            cx.f("ephemeralContainers")
        );
        let help = format!("make it one of {}, or add it with `kubectl debug`", cx.f("containers"));
        cx.forbidden(spec, "ephemeralContainers", message).help(help);
    }
}

fn check_hostname(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if cx.is_kind(&["StatefulSet"]) {
        return;
    }
    for node in ["hostname", "subdomain"].into_iter().filter_map(|field| spec.get(field)) {
        if !node.is_empty() {
            cx.check_format(node, Format::DnsLabel);
        }
    }
}

fn check_host_port_mismatch(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.bool("hostNetwork") != Some(true) {
        return;
    }
    for port in containers(spec).flat_map(|container| container.objects("ports")) {
        let Some(node) = port.get("hostPort") else { continue };
        let (Some(host), Some(own)) = (node.int(), port.int("containerPort")) else { continue };
        if host != 0 && host != own {
            let message = format!(
                "on the node's network {} must be {}: `{host}` isn't `{own}`",
                cx.f("hostPort"),
                cx.f("containerPort")
            );
            cx.invalid(node, message).help(format!("use `{own}`, or leave it out"));
        }
    }
}

fn check_hostname_override(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if !spec.is_set("hostnameOverride") {
        return;
    }
    for other in ["hostNetwork", "setHostnameAsFQDN"] {
        let Some(node) = spec.get(other).filter(|node| node.bool() == Some(true)) else { continue };
        let message =
            format!("{} and {} can't both be given", cx.f("hostnameOverride"), cx.f(other));
        cx.forbidden(spec, "hostnameOverride", message)
            .help("leave one of them out")
            .related(node.id, "the other one is here");
    }
}

fn check_image_whitespace(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if !cx.is_kind(&["Pod"]) {
        return;
    }
    for node in containers(spec).filter_map(|container| container.get("image")) {
        let Some(image) = node.str() else { continue };
        if image.trim() != image {
            cx.invalid(node, format!("white space stands around the image `{}`", image.trim()))
                .help(format!("use `{}`", image.trim()));
        }
    }
}

fn check_match_label_keys_twice(cx: &mut Cx<'_>, term: Obj<'_>) {
    for node in term.items("matchLabelKeys") {
        let Some(key) = node.str() else { continue };
        if let Some(other) = term.items("mismatchLabelKeys").find(|other| other.str() == Some(key))
        {
            let message = format!(
                "`{key}` is in {} and in {}",
                cx.f("matchLabelKeys"),
                cx.f("mismatchLabelKeys")
            );
            cx.invalid(node, message).related(other.id, "the other one is here");
        }
    }
    check_label_key_in_selector(cx, term);
}

fn check_match_label_keys_without_selector(cx: &mut Cx<'_>, term: Obj<'_>) {
    if !term.is_absent("labelSelector") {
        return;
    }
    for field in ["matchLabelKeys", "mismatchLabelKeys"] {
        if term.is_set(field) {
            let message =
                format!("{} adds to {}, which isn't given", cx.f(field), cx.f("labelSelector"));
            let help = format!("add {}", cx.f("labelSelector"));
            cx.forbidden(term, field, message).help(help);
        }
    }
}

fn check_label_key_in_selector(cx: &mut Cx<'_>, term: Obj<'_>) {
    let Some(selector) = term.object("labelSelector") else { return };
    for node in term.items("matchLabelKeys") {
        let Some(key) = node.str() else { continue };
        // The server itself adds one expression for each key.
        let again =
            selector.objects("matchExpressions").filter(|e| e.str("key") == Some(key)).nth(1);
        if let Some(again) = again {
            let message = format!(
                "`{key}` is in {} and in the expressions of {}",
                cx.f("matchLabelKeys"),
                cx.f("labelSelector")
            );
            cx.invalid(node, message)
                .related(again.id, "the other one is here")
                .path_of(Place::Value(term.id));
        }
    }
}

fn check_min_domains(cx: &mut Cx<'_>, spread: Obj<'_>) {
    let Some(node) = spread.get("minDomains") else { return };
    if spread.str("whenUnsatisfiable") == Some("ScheduleAnyway") && !node.is_unknown() {
        let message = format!(
            "{} needs {}",
            cx.f("minDomains"),
            cx.set("whenUnsatisfiable", "DoNotSchedule")
        );
        let help = format!("leave it out, or use {}", cx.set("whenUnsatisfiable", "DoNotSchedule"));
        cx.invalid(node, message).help(help);
    }
}

fn check_negative_grace_period(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(node) = spec.get("terminationGracePeriodSeconds") else { return };
    if node.int().is_some_and(|seconds| seconds < 0) {
        cx.invalid(node, "a negative grace period is taken for 1 second")
            .help("use `1`, or `0` to end the pod at once");
    }
}

fn check_node_selector_field(cx: &mut Cx<'_>, term: Obj<'_>) {
    for requirement in term.objects("matchFields") {
        let other = |key: &Node<'_>| key.str().is_some_and(|key| key != "metadata.name");
        if let Some(node) = requirement.get("key").filter(other) {
            cx.invalid(node, "a node can be selected by no field but its name")
                .help("use `metadata.name`");
        }
        if requirement.str("key") == Some("metadata.name") {
            for node in requirement.items("values") {
                cx.check_format(node, Format::DnsSubdomain);
            }
        }
        let Some(operator) = requirement.get("operator") else { continue };
        match operator.str() {
            Some("In" | "NotIn") => {
                let count = requirement.items("values").count();
                let known = requirement.is_absent("values")
                    || requirement.get("values").is_some_and(|v| !v.is_unknown());
                if known && count != 1 {
                    let message = format!("{} values for a node's field, which has one", count);
                    cx.required(requirement, "values", message);
                }
            }
            Some(other) => {
                cx.invalid(operator, format!("`{other}` can't be asked of a node's field"))
                    .help("use `In` or `NotIn`");
            }
            None => {}
        }
    }
}

fn check_node_selector_label(cx: &mut Cx<'_>, term: Obj<'_>) {
    for node in term.objects("matchExpressions").filter_map(|requirement| requirement.get("key")) {
        cx.check_format(node, Format::LabelKey);
    }
}

/// What is merely preferred may have values that no label has; nodes without them are taken then.
fn check_node_selector_label_value(cx: &mut Cx<'_>, selector: Obj<'_>) {
    let terms = selector.objects("nodeSelectorTerms");
    for node in terms
        .flat_map(|term| term.objects("matchExpressions"))
        .flat_map(|requirement| requirement.items("values"))
    {
        cx.check_format(node, Format::LabelValue);
    }
}

fn check_node_selector_values(cx: &mut Cx<'_>, term: Obj<'_>) {
    for requirement in term.objects("matchExpressions") {
        let Some(operator) = requirement.str("operator") else { continue };
        if requirement.get("values").is_some_and(|values| values.is_unknown()) {
            continue;
        }
        let count = requirement.items("values").count();
        match operator {
            "In" | "NotIn" if count == 0 => {
                let message = format!("`{operator}` needs at least one value");
                cx.required(requirement, "values", message)
                    .help("name the values, or use `Exists` or `DoesNotExist`");
            }
            "Exists" | "DoesNotExist" if count > 0 => {
                let message = format!("`{operator}` takes no values");
                cx.forbidden(requirement, "values", message)
                    .help("leave the values out, or use `In` or `NotIn`");
            }
            "Gt" | "Lt" if count != 1 => {
                cx.required(
                    requirement,
                    "values",
                    format!("`{operator}` needs one value, not {count}"),
                );
            }
            _ => {}
        }
    }
}

fn check_resize_policy_restart(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let never = spec.str("restartPolicy") == Some("Never");
    let init = spec
        .objects("initContainers")
        .map(|container| (container, is_sidecar(container) == Some(false)));
    let plain = spec.objects("containers").map(|container| (container, false));
    for (container, ends) in init.chain(plain) {
        // A container's own policy goes before the pod's.
        let never = never && container.is_absent("restartPolicy");
        for node in
            container.objects("resizePolicy").filter_map(|policy| policy.get("restartPolicy"))
        {
            if node.str() != Some("RestartContainer") || !(ends || never) {
                continue;
            }
            let message = match ends {
                true => "an init container that runs to its end can't be restarted for a resize"
                    .to_owned(),
                false => format!(
                    "a container can't be restarted for a resize where its pod has {}",
                    cx.set("restartPolicy", "Never")
                ),
            };
            let draft = cx.invalid(node, message).help("use `NotRequired`");
            if ends {
                draft.path_of(Place::Value(node.id));
            }
        }
    }
}

fn check_scheduling_gate_with_node(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.is_set("nodeName") && spec.is_set("schedulingGates") {
        let message =
            format!("a pod with {} can't have {} yet", cx.f("schedulingGates"), cx.f("nodeName"));
        cx.forbidden(spec, "nodeName", message).help("leave it out: the scheduler sets it");
    }
}

fn check_service_account(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(node) = spec.get("serviceAccount").filter(|node| !node.is_empty()) else { return };
    if spec.is_unset("serviceAccountName") {
        cx.check_format(node, Format::DnsSubdomain);
    }
}

fn check_toleration_seconds(cx: &mut Cx<'_>, toleration: Obj<'_>) {
    if toleration.get("tolerationSeconds").is_none() {
        return;
    }
    if toleration.str_or("effect", "").is_some_and(|effect| effect != "NoExecute") {
        let message =
            format!("{} needs {}", cx.f("tolerationSeconds"), cx.set("effect", "NoExecute"));
        let help = format!(
            "use {}, or leave {} out",
            cx.set("effect", "NoExecute"),
            cx.f("tolerationSeconds")
        );
        cx.report(Reason::Invalid, toleration.place("effect"), message).help(help);
    }
}

fn check_toleration_value(cx: &mut Cx<'_>, toleration: Obj<'_>) {
    let Some(operator) = toleration.get("operator") else { return };
    let Some(value) = toleration.get("value").filter(|_| toleration.is_set("value")) else {
        return;
    };
    if operator.str() == Some("Exists") {
        cx.invalid(operator, "`Exists` takes no value")
            .help("use `Equal`, or leave the value out")
            .related(value.id, "the value is here");
    }
}

fn check_toleration_without_key(cx: &mut Cx<'_>, toleration: Obj<'_>) {
    if !toleration.is_unset("key") {
        return;
    }
    if toleration.str_or("operator", "Equal").is_some_and(|operator| operator != "Exists") {
        let message = format!(
            "a toleration without {} tolerates every taint, which only `Exists` can mean",
            cx.f("key")
        );
        let help = format!("add {}, or use {}", cx.f("key"), cx.set("operator", "Exists"));
        cx.report(Reason::Invalid, toleration.place("operator"), message).help(help);
    }
}
