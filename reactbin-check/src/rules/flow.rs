//! Rules of the flow of requests: which ones a FlowSchema means, and how a priority level queues them.

use super::Rule;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

const RESOURCES: &str = "api.flowcontrol.v1.ResourcePolicyRule";
const LIMITED: &str = "api.flowcontrol.v1.LimitedPriorityLevelConfiguration";

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "flow_account",
        on: "api.flowcontrol.v1.ServiceAccountSubject",
        severity: Severity::Error,
        waivable: false,
        what: "A ServiceAccount of a FlowSchema has the name of one, or is `*`, which is all of its namespace.",
        source: "flowcontrol: ValidateServiceAccountSubject",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: ServiceAccount, serviceAccount: {name: A, namespace: ns}}], nonResourceRules: [{verbs: [get], nonResourceURLs: [/a]}]}]}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: ServiceAccount, serviceAccount: {name: \"*\", namespace: ns}}], nonResourceRules: [{verbs: [get], nonResourceURLs: [/a]}]}]}}",
        check: Some(check_account),
    },
    Rule {
        id: "flow_of_the_server",
        on: "api.flowcontrol.v1.FlowSchema",
        severity: Severity::Error,
        waivable: false,
        what: "The FlowSchemas `exempt` and `catch-all` are the server's own: they are as it makes them.",
        source: "flowcontrol: ValidateFlowSchema; apiserver's bootstrap: MandatoryFlowSchemas",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: catch-all}, spec: {priorityLevelConfiguration: {name: catch-all}, rules: [{subjects: [{kind: User, user: {name: u}}], nonResourceRules: [{verbs: [get], nonResourceURLs: [/a]}]}]}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: exempt}, spec: {priorityLevelConfiguration: {name: exempt}, matchingPrecedence: 1, rules: [{subjects: [{kind: Group, group: {name: \"system:masters\"}}], resourceRules: [{verbs: [\"*\"], apiGroups: [\"*\"], resources: [\"*\"], namespaces: [\"*\"], clusterScope: true}], nonResourceRules: [{verbs: [\"*\"], nonResourceURLs: [\"*\"]}]}]}}",
        check: Some(check_own_flow),
    },
    Rule {
        id: "flow_precedence",
        on: "api.flowcontrol.v1.FlowSchema",
        severity: Severity::Error,
        waivable: false,
        what: "The precedence 1 is for the FlowSchema `exempt`.",
        source: "flowcontrol: ValidateFlowSchemaSpec",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {matchingPrecedence: 1, priorityLevelConfiguration: {name: p}}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {matchingPrecedence: 2, priorityLevelConfiguration: {name: p}}}",
        check: Some(check_precedence),
    },
    Rule {
        id: "flow_resources",
        on: RESOURCES,
        severity: Severity::Error,
        waivable: false,
        what: "A rule of a FlowSchema names verbs that the server knows, groups, resources and namespaces, \
               and nothing beside `*`; what isn't in the cluster's scope has a namespace.",
        source: "flowcontrol: ValidateFlowSchemaResourcePolicyRule",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: User, user: {name: u}}], resourceRules: [{verbs: [get], apiGroups: [\"\"], resources: [pods]}]}]}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: User, user: {name: u}}], resourceRules: [{verbs: [get], apiGroups: [\"\"], resources: [pods], namespaces: [\"*\"]}]}]}}",
        check: Some(check_resources),
    },
    Rule {
        id: "flow_urls",
        on: "api.flowcontrol.v1.NonResourcePolicyRule",
        severity: Severity::Error,
        waivable: false,
        what: "A URL of a FlowSchema is a path from the root; `*` is all of them, or all at its end.",
        source: "flowcontrol: ValidateNonResourceURLPath",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: User, user: {name: u}}], nonResourceRules: [{verbs: [get], nonResourceURLs: [healthz]}]}]}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: User, user: {name: u}}], nonResourceRules: [{verbs: [get], nonResourceURLs: [/healthz]}]}]}}",
        check: Some(check_urls),
    },
    Rule {
        id: "flow_without_target",
        on: "api.flowcontrol.v1.PolicyRulesWithSubjects",
        severity: Severity::Error,
        waivable: false,
        what: "A rule of a FlowSchema means some resources or URLs.",
        source: "flowcontrol: ValidateFlowSchemaPolicyRulesWithSubjects",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: User, user: {name: u}}]}]}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: User, user: {name: u}}], nonResourceRules: [{verbs: [get], nonResourceURLs: [/healthz]}]}]}}",
        check: Some(check_target),
    },
    Rule {
        id: "level_of_the_server",
        on: "api.flowcontrol.v1.PriorityLevelConfiguration",
        severity: Severity::Error,
        waivable: false,
        what: "The priority level `catch-all` is the server's own: it is as it makes it.",
        source: "flowcontrol: ValidatePriorityLevelConfiguration; apiserver's bootstrap: \
                 MandatoryPriorityLevelConfigurations",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: catch-all}, spec: {type: Limited, limited: {limitResponse: {type: Reject}}}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: catch-all}, spec: {type: Limited, limited: {nominalConcurrencyShares: 5, limitResponse: {type: Reject}}}}",
        check: Some(check_own_level),
    },
    Rule {
        id: "priority_level_name",
        on: "api.flowcontrol.v1.PriorityLevelConfiguration",
        severity: Severity::Error,
        waivable: false,
        what: "The priority level `exempt`, and no other, has the type `Exempt`.",
        source: "flowcontrol: ValidatePriorityLevelConfigurationSpec",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: a}, spec: {type: Exempt}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: exempt}, spec: {type: Exempt}}",
        check: Some(check_level_name),
    },
    Rule {
        id: "priority_level_queues",
        on: LIMITED,
        severity: Severity::Error,
        waivable: false,
        what: "A level that queues says how, one that rejects doesn't, and a flow's hand is dealt from the \
               queues that there are.",
        source: "flowcontrol: ValidateLimitResponse, ValidatePriorityLevelQueuingConfiguration",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: a}, spec: {type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 4, handSize: 6}}}}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: a}, spec: {type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 64, handSize: 6}}}}}",
        check: Some(check_queues),
    },
];

/// What the server takes for a verb, beside `*`.
const VERBS: &[&str] =
    &["get", "list", "create", "update", "delete", "deletecollection", "patch", "watch", "proxy"];

fn check_account(cx: &mut Cx<'_>, account: Obj<'_>) {
    if let Some(node) = account.get("name")
        && node.str().is_some_and(|name| !name.is_empty() && name != "*")
    {
        cx.check_format(node, Format::DnsSubdomain);
    }
}

fn check_precedence(cx: &mut Cx<'_>, root: Obj<'_>) {
    let name = root.object("metadata").and_then(|metadata| metadata.str("name"));
    let Some(node) = root.object("spec").and_then(|spec| spec.get("matchingPrecedence")) else {
        return;
    };
    if node.int() == Some(1) && name.is_some_and(|name| name != "exempt") {
        cx.invalid(node, "the precedence 1 is for the schema `exempt`").help("use at least 2");
    }
}

fn check_own_flow(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(name) = root.object("metadata").and_then(|metadata| metadata.str("name")) else {
        return;
    };
    let (precedence, groups): (i64, &[&str]) = match name {
        "exempt" => (1, &["system:masters"]),
        "catch-all" => (10_000, &["system:unauthenticated", "system:authenticated"]),
        _ => return,
    };
    let Some(spec) = root.object("spec") else { return };
    if spec.int_or("matchingPrecedence", 0).is_some_and(|given| given != precedence) {
        let help = format!("use {}", cx.set("matchingPrecedence", &precedence.to_string()));
        report_own(cx, spec, spec.place("matchingPrecedence"), name, help);
    }
    if let Some(node) =
        spec.object("priorityLevelConfiguration").and_then(|level| level.get("name"))
        && node.str().is_some_and(|level| level != name)
    {
        report_own(cx, spec, Place::Value(node.id), name, format!("use the level `{name}`"));
    }
    let method = spec.object("distinguisherMethod");
    if name == "exempt" && spec.get("distinguisherMethod").is_some() {
        report_own(cx, spec, spec.key_place("distinguisherMethod"), name, "remove it".to_owned());
    } else if name == "catch-all"
        && (spec.is_absent("distinguisherMethod")
            || method.and_then(|method| method.str("type")) == Some("ByNamespace"))
    {
        let help = format!("use the {} `ByUser`", cx.f("type"));
        report_own(cx, spec, spec.place("distinguisherMethod"), name, help);
    }
    if !are_rules_for_all(spec, groups) {
        let groups: Vec<String> = groups.iter().map(|group| format!("`{group}`")).collect();
        let help = format!("let one rule give the groups {} everything", groups.join(", "));
        report_own(cx, spec, spec.place("rules"), name, help);
    }
}

/// Whether the rules may be the one that means all requests of these groups, in this order.
fn are_rules_for_all(spec: Obj<'_>, groups: &[&str]) -> bool {
    let are_all = |rule: Obj<'_>, fields: &[&str]| {
        fields.iter().all(|field| {
            may_be(rule, field, 1, |_, item| item.is_unknown() || item.str() == Some("*"))
        })
    };
    may_be(spec, "rules", 1, |_, rule| {
        let Some(rule) = rule.object() else { return true };
        may_be(rule, "subjects", groups.len(), |index, subject| {
            let Some(subject) = subject.object() else { return true };
            let name = subject.object("group").and_then(|group| group.str("name"));
            !matches!(subject.str("kind"), Some("User" | "ServiceAccount"))
                && name.is_none_or(|name| name == groups[index])
        }) && may_be(rule, "resourceRules", 1, |_, rule| {
            rule.object().is_none_or(|rule| {
                are_all(rule, &["verbs", "apiGroups", "resources", "namespaces"])
                    && rule.bool_or("clusterScope", false) != Some(false)
            })
        }) && may_be(rule, "nonResourceRules", 1, |_, rule| {
            rule.object().is_none_or(|rule| are_all(rule, &["verbs", "nonResourceURLs"]))
        })
    })
}

/// Whether the list may have so many items that are as they should.
fn may_be(
    object: Obj<'_>,
    field: &str,
    count: usize,
    is_right: impl Fn(usize, Node<'_>) -> bool,
) -> bool {
    let Some(list) = object.get(field) else { return !object.is_absent(field) };
    list.is_unknown()
        || list.items().count() == count
            && list.items().enumerate().all(|(index, item)| is_right(index, item))
}

fn report_own(cx: &mut Cx<'_>, spec: Obj<'_>, place: Place, name: &str, help: String) {
    let message = format!("`{name}` is the server's own, which can't be another than it makes it");
    cx.report(Reason::Invalid, place, message).help(help).path_of(Place::Value(spec.node().id));
}

fn check_own_level(cx: &mut Cx<'_>, root: Obj<'_>) {
    const NAME: &str = "catch-all";
    let name = root.object("metadata").and_then(|metadata| metadata.str("name"));
    let Some(spec) = root.object("spec").filter(|_| name == Some(NAME)) else { return };
    let Some(limited) = spec.object("limited") else { return };
    for (field, default, value) in [("nominalConcurrencyShares", 30, 5), ("lendablePercent", 0, 0)]
    {
        if limited.int_or(field, default).is_some_and(|given| given != value) {
            let help = format!("use {}", cx.set(field, &value.to_string()));
            report_own(cx, spec, limited.place(field), NAME, help);
        }
    }
    if limited.get("borrowingLimitPercent").is_some() {
        let place = limited.key_place("borrowingLimitPercent");
        report_own(cx, spec, place, NAME, "remove it".to_owned());
    }
    if let Some(node) = limited.object("limitResponse").and_then(|response| response.get("type"))
        && node.str() == Some("Queue")
    {
        report_own(cx, spec, Place::Value(node.id), NAME, "use `Reject`".to_owned());
    }
}

fn check_level_name(cx: &mut Cx<'_>, root: Obj<'_>) {
    let (Some(spec), Some(metadata)) = (root.object("spec"), root.object("metadata")) else {
        return;
    };
    let (Some(name), Some(node)) = (metadata.str("name"), spec.get("type")) else { return };
    let Some(kind @ ("Exempt" | "Limited")) = node.str() else { return };
    if (name == "exempt") != (kind == "Exempt") {
        cx.invalid(node, "the level `exempt`, and no other, has the type `Exempt`")
            .help(if name == "exempt" { "use `Exempt`" } else { "use `Limited`" });
    }
}

/// Whether `*` is in the list; complains of anything beside it.
fn check_star(cx: &mut Cx<'_>, rule: Obj<'_>, field: &'static str) -> bool {
    let Some(star) = rule.items(field).find(|item| item.str() == Some("*")) else { return false };
    if rule.items(field).count() > 1 {
        let message = format!("`*` stands for all, so {} has nothing beside it", cx.f(field));
        cx.invalid(star, message).help("leave `*` alone, or remove it").path_of(rule.place(field));
    }
    true
}

fn check_verbs(cx: &mut Cx<'_>, rule: Obj<'_>) {
    if check_star(cx, rule, "verbs") {
        return;
    }
    let wrong = |node: &Node<'_>| node.item_str().is_some_and(|verb| !VERBS.contains(&verb));
    if let Some(node) = rule.items("verbs").find(wrong) {
        let verb = node.item_str().unwrap_or_default();
        let message = format!("`{verb}` isn't a verb of requests");
        let verbs: Vec<String> = VERBS.iter().map(|verb| format!("`{verb}`")).collect();
        cx.not_supported(node, message)
            .help(format!("use {} or `*`", verbs.join(", ")))
            .path_of(rule.place("verbs"));
    }
}

fn check_resources(cx: &mut Cx<'_>, rule: Obj<'_>) {
    check_verbs(cx, rule);
    check_star(cx, rule, "apiGroups");
    check_star(cx, rule, "resources");
    if rule.is_unset("namespaces") && rule.bool_or("clusterScope", false) == Some(false) {
        let message = format!("a rule needs {}, or is of the cluster's scope", cx.f("namespaces"));
        cx.required(rule, "namespaces", message)
            .help("name the namespaces, or write `*` for all of them");
    } else if !check_star(cx, rule, "namespaces") {
        for node in rule.items("namespaces") {
            cx.check_text(node, node.item_str(), Format::DnsLabel);
        }
    }
}

fn check_urls(cx: &mut Cx<'_>, rule: Obj<'_>) {
    check_verbs(cx, rule);
    if check_star(cx, rule, "nonResourceURLs") {
        return;
    }
    for node in rule.items("nonResourceURLs") {
        let Some(url) = node.item_str() else { continue };
        let star = url.strip_suffix('*').is_some_and(|before| before.ends_with('/'));
        let stars = url.matches('*').count();
        let fault = match url {
            _ if !url.starts_with('/') => "a URL starts with `/`",
            _ if url.contains(' ') => "a URL has no spaces",
            _ if url.contains("//") => "a URL has no empty part",
            _ if stars > usize::from(star) => {
                "`*` is all of the last part of a URL, or isn't there"
            }
            _ => continue,
        };
        cx.invalid(node, fault).help("write a path such as `/healthz` or `/apis/*`");
    }
}

fn check_target(cx: &mut Cx<'_>, rule: Obj<'_>) {
    if rule.is_unset("resourceRules") && rule.is_unset("nonResourceRules") {
        let message =
            format!("a rule needs {} or {}", cx.f("resourceRules"), cx.f("nonResourceRules"));
        let help = format!("say in {} which requests it means", cx.f("resourceRules"));
        cx.required(rule, "", message).help(help);
    }
}

/// What the server fills in for queues and a hand that aren't given.
const QUEUES: i64 = 64;
const HAND: i64 = 8;

/// How many random bits the server has to deal a hand.
const MAX_BITS: f64 = 60.0;

fn check_queues(cx: &mut Cx<'_>, limited: Obj<'_>) {
    let Some(response) = limited.object("limitResponse") else { return };
    match response.str("type") {
        Some("Queue") if response.is_absent("queuing") => {
            let message = format!("{} needs {}", cx.set("type", "Queue"), cx.f("queuing"));
            cx.required(response, "queuing", message);
        }
        Some("Reject") if response.get("queuing").is_some() => {
            let message = format!("{} is for {}", cx.f("queuing"), cx.set("type", "Queue"));
            cx.forbidden(response, "queuing", message);
        }
        Some("Queue") => check_hand(cx, response),
        _ => {}
    }
}

fn check_hand(cx: &mut Cx<'_>, response: Obj<'_>) {
    let Some(queuing) = response.object("queuing") else { return };
    let number =
        |field, default| queuing.int_or(field, 0).map(|n| if n == 0 { default } else { n });
    let (Some(queues), Some(hand)) = (number("queues", QUEUES), number("handSize", HAND)) else {
        return;
    };
    if queues < 1 || hand < 1 {
        return;
    }
    let bits = || (0..hand).map(|taken| ((queues - taken) as f64).log2()).sum::<f64>();
    let message = if hand > queues {
        format!("a hand of {hand} can't be dealt from {queues} queues")
    } else if hand > 60 || bits().ceil() > MAX_BITS {
        format!("a hand of {hand} from {queues} queues needs more than 60 random bits")
    } else {
        return;
    };
    let help = format!("use a smaller {}", cx.f("handSize"));
    cx.report(Reason::Invalid, queuing.place("handSize"), message).help(help);
}
