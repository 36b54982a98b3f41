//! Rules of admission: webhooks, policies in CEL, and what binds them.

use super::Rule;
use crate::cel;
use crate::cx::{Cx, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

const POLICIES: &str = "api.admissionregistration.v1.ValidatingAdmissionPolicySpec api.admissionregistration.v1.MutatingAdmissionPolicySpec";
const WEBHOOKS: &str =
    "api.admissionregistration.v1.ValidatingWebhook api.admissionregistration.v1.MutatingWebhook";

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "admission_condition",
        on: "api.admissionregistration.v1.Validation api.admissionregistration.v1.MatchCondition",
        severity: Severity::Error,
        waivable: false,
        what: "A condition of a policy or webhook is a CEL expression that can be parsed, speaks of \
               variables that exist, and is a boolean.",
        source: "admissionregistration: validateValidation, validateMatchCondition",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, validations: [{expression: \"object.spec.replicas <=\"}]}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, validations: [{expression: \"object.spec.replicas <= 5\"}]}}",
        check: Some(check_condition),
    },
    Rule {
        id: "admission_expression",
        on: "api.admissionregistration.v1.ApplyConfiguration api.admissionregistration.v1.AuditAnnotation \
             api.admissionregistration.v1.JSONPatch api.admissionregistration.v1.Variable",
        severity: Severity::Error,
        waivable: false,
        what: "What a policy computes is a CEL expression that can be parsed and speaks of variables that \
               exist.",
        source: "admissionregistration: validateVariable, validateAuditAnnotation, validateMutation",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, variables: [{name: x, expression: objekt.spec}], validations: [{expression: variables.x.replicas <= 5}]}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, variables: [{name: x, expression: object.spec}], validations: [{expression: variables.x.replicas <= 5}]}}",
        check: Some(check_expression),
    },
    Rule {
        id: "admission_resources",
        on: "api.admissionregistration.v1.NamedRuleWithOperations api.admissionregistration.v1.RuleWithOperations",
        severity: Severity::Error,
        waivable: false,
        what: "A rule of admission names groups, versions and resources, and nothing beside `*`, which \
               means them all.",
        source: "admissionregistration: validateRule, validateResources",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [\"*\", apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, validations: [{expression: \"true\"}]}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [\"*\"], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, validations: [{expression: \"true\"}]}}",
        check: Some(check_resources),
    },
    Rule {
        id: "deny_and_warn",
        on: "api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A binding refuses what fails, or warns of it, but not both.",
        source: "admissionregistration: validateValidatingAdmissionPolicyBindingSpec",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding, metadata: {name: a}, spec: {policyName: p, validationActions: [Deny, Warn]}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding, metadata: {name: a}, spec: {policyName: p, validationActions: [Deny, Audit]}}",
        check: Some(check_actions),
    },
    Rule {
        id: "mutated_deletion",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A policy that mutates isn't asked about deletions, which have no object to change.",
        source: "admissionregistration: validateMutatingAdmissionPolicySpec",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [DELETE], resources: [deployments]}]}, reinvocationPolicy: Never, mutations: [{patchType: JSONPatch, jsonPatch: {expression: \"[]\"}}]}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments]}]}, reinvocationPolicy: Never, mutations: [{patchType: JSONPatch, jsonPatch: {expression: \"[]\"}}]}}",
        check: Some(check_mutated),
    },
    Rule {
        id: "mutation_patch",
        on: "api.admissionregistration.v1.Mutation",
        severity: Severity::Error,
        waivable: false,
        what: "A mutation has the block of its patch type, and not the other's.",
        source: "admissionregistration: validateMutation",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, reinvocationPolicy: Never, mutations: [{patchType: JSONPatch}]}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, reinvocationPolicy: Never, mutations: [{patchType: JSONPatch, jsonPatch: {expression: \"[]\"}}]}}",
        check: Some(check_mutation),
    },
    Rule {
        id: "policy_names",
        on: POLICIES,
        severity: Severity::Error,
        waivable: false,
        what: "A policy's variables have names that CEL can write, and the kind of its parameters is of \
               an API version.",
        source: "admissionregistration: validateVariable, validateParamKind",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, variables: [{name: a-b, expression: \"1\"}], validations: [{expression: \"true\"}]}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, variables: [{name: a_b, expression: \"1\"}], validations: [{expression: \"true\"}]}}",
        check: Some(check_policy_names),
    },
    Rule {
        id: "policy_without_resources",
        on: POLICIES,
        severity: Severity::Error,
        waivable: false,
        what: "A policy says which resources it looks at.",
        source: "admissionregistration: validateMatchResources",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {}, validations: [{expression: \"true\"}]}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, validations: [{expression: \"true\"}]}}",
        check: Some(check_match),
    },
    Rule {
        id: "policy_without_validations",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A validating policy validates something, or notes something for the audit.",
        source: "admissionregistration: validateValidatingAdmissionPolicySpec",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, validations: [{expression: \"true\"}]}}",
        check: Some(check_validations),
    },
    Rule {
        id: "validation_message",
        on: "api.admissionregistration.v1.Validation",
        severity: Severity::Error,
        waivable: false,
        what: "The message of a validation is one line.",
        source: "admissionregistration: validateValidation",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, validations: [{expression: \"true\", message: \"a\\nb\"}]}}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec: {matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}, validations: [{expression: \"true\", message: \"a b\"}]}}",
        check: Some(check_message),
    },
    Rule {
        id: "webhook_call",
        on: "api.admissionregistration.v1.WebhookClientConfig apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig",
        severity: Severity::Error,
        waivable: false,
        what: "A webhook is called by HTTPS, and without a query or a user in its address.",
        source: "apiserver: util/webhook.ValidateWebhookURL, ValidateWebhookService",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: a}, webhooks: [{name: a.example.com, admissionReviewVersions: [v1], sideEffects: None, clientConfig: {url: \"http://example.com/\"}}]}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: a}, webhooks: [{name: a.example.com, admissionReviewVersions: [v1], sideEffects: None, clientConfig: {url: \"https://example.com/\"}}]}",
        check: Some(check_client),
    },
    Rule {
        id: "webhook_declaration",
        on: WEBHOOKS,
        severity: Severity::Error,
        waivable: false,
        what: "A webhook has a name of three parts or more, has no side effects in a dry run, and \
               understands a version of AdmissionReview that the server speaks.",
        source: "admissionregistration: validateValidatingWebhook, validateMutatingWebhook",
        bad: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: a}, webhooks: [{name: hook, admissionReviewVersions: [v1], sideEffects: None, clientConfig: {url: \"https://example.com/\"}}]}",
        good: "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: a}, webhooks: [{name: hook.example.com, admissionReviewVersions: [v1], sideEffects: None, clientConfig: {url: \"https://example.com/\"}}]}",
        check: Some(check_webhook),
    },
];

/// What every expression of policies and webhooks can speak of.
const VARIABLES: &[&str] = &["object", "oldObject", "request", "namespaceObject", "authorizer"];

fn check_cel(cx: &mut Cx<'_>, object: Obj<'_>, field: &str, boolean: bool) {
    const HELP: &str = "write a CEL expression, such as `object.spec.replicas <= 5`";
    let Some(node) = object.get(field) else { return };
    let Some(text) = node.str().filter(|text| !text.is_empty()) else { return };
    let message = field == "messageExpression";
    if text.trim().is_empty() {
        let reason = if message { Reason::Invalid } else { Reason::Required };
        let what = format!("{} has nothing but spaces", cx.f(field));
        cx.report(reason, Place::Value(node.id), what).help(HELP);
        return;
    }
    let spec = cx.root().and_then(|root| root.object("spec"));
    let mut variables = VARIABLES.to_vec();
    if message {
        variables.retain(|name| *name != "authorizer");
    }
    if spec.is_some_and(|spec| !spec.is_absent("paramKind")) {
        variables.push("params");
    }
    // Whether a policy is asked at all is decided before its variables are computed.
    let policy = spec.filter(|spec| !is_condition(*spec, object));
    let mutating = policy.is_some() && cx.is_kind(&["MutatingAdmissionPolicy"]);
    let declared = policy.filter(|spec| mutating || !spec.is_unset("variables"));
    if declared.is_some() {
        variables.push("variables");
    }
    if mutating {
        variables.extend(["Object", "JSONPatch"]);
    }
    let names = declared.and_then(|spec| names_before(spec, object));
    let missing = |path: &[&str]| {
        let (["variables", name], Some(names)) = (path, &names) else { return None };
        (!names.contains(name)).then(|| format!("no variable `{name}` is declared before this"))
    };
    let env = cel::Env { variables: &variables, boolean, missing: &missing };
    if let Err(message) = cel::check(text, env) {
        cx.invalid(node, message).help(HELP);
    }
}

/// The names of the variables that an expression can speak of: those before it, if it is a
/// variable's own. `None` where one isn't known.
fn names_before<'t>(spec: Obj<'t>, object: Obj<'_>) -> Option<Vec<&'t str>> {
    let Some(variables) = spec.get("variables") else {
        return spec.is_absent("variables").then(Vec::new);
    };
    if variables.is_unknown() {
        return None;
    }
    variables
        .items()
        .take_while(|variable| variable.id != object.id)
        .map(|variable| variable.object()?.str("name"))
        .collect()
}

/// Whether an object is one of the match conditions of a policy.
fn is_condition(spec: Obj<'_>, object: Obj<'_>) -> bool {
    spec.objects("matchConditions").any(|condition| condition.id == object.id)
}

fn check_condition(cx: &mut Cx<'_>, condition: Obj<'_>) {
    check_cel(cx, condition, "expression", true);
    check_cel(cx, condition, "messageExpression", false);
}

fn check_expression(cx: &mut Cx<'_>, object: Obj<'_>) {
    check_cel(cx, object, "expression", false);
    check_cel(cx, object, "valueExpression", false);
}

fn check_resources(cx: &mut Cx<'_>, rule: Obj<'_>) {
    for field in ["apiGroups", "apiVersions", "operations"] {
        check_star(cx, rule, field);
    }
    for field in ["apiVersions", "resources"] {
        for item in rule
            .items(field)
            .filter(|item| item.is_empty() || matches!(item.value(), crate::tree::Value::Null))
        {
            cx.report(
                Reason::Required,
                Place::Value(item.id),
                format!("{} has an empty item", cx.f(field)),
            );
        }
    }
    check_star_resources(cx, rule);
}

fn check_star(cx: &mut Cx<'_>, rule: Obj<'_>, field: &'static str) {
    let star = rule.items(field).find(|item| item.str() == Some("*"));
    if let Some(star) = star.filter(|_| rule.items(field).count() > 1) {
        let message = format!("`*` stands for all, so {} has nothing beside it", cx.f(field));
        cx.invalid(star, message).help("leave `*` alone, or remove it").path_of(rule.place(field));
    }
}

/// As the above, for resources: `*` is all of them, `*/*` all with their subresources. The server
/// reads the list once, from its beginning, and blames only what stands after.
fn check_star_resources(cx: &mut Cx<'_>, rule: Obj<'_>) {
    let Some(list) = rule.get("resources") else { return };
    let mut before: Vec<&str> = Vec::new();
    for node in list.items() {
        let Some(name) = node.str() else { return };
        let covers = |other: &&&str| match (other.split_once('/'), name.split_once('/')) {
            (Some((resource, "*")), Some((own, _))) if resource == own => true,
            (Some(("*", sub)), Some((_, own))) => sub == own,
            _ => false,
        };
        if let Some(other) = before.iter().find(covers) {
            cx.invalid(node, format!("`{other}` stands for `{name}` too"))
                .help("leave one of them out");
        }
        before.push(name);
    }
    // Of the names without a subresource only the last one counts.
    let plain = before.iter().rfind(|name| !name.is_empty() && !name.contains('/'));
    let alone = if before.len() > 1 && before.contains(&"*/*") {
        "*/*"
    } else if before.contains(&"*") && plain.is_some_and(|name| *name != "*") {
        "*"
    } else {
        return;
    };
    cx.invalid(list, format!("`{alone}` stands for others of these too"))
        .help(format!("leave `{alone}` alone, or remove it"));
}

fn check_actions(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let find = |name| spec.items("validationActions").find(|action| action.str() == Some(name));
    if let (Some(deny), Some(warn)) = (find("Deny"), find("Warn")) {
        cx.invalid(warn, "`Deny` and `Warn` exclude each other: a refusal says why anyway")
            .help("remove `Warn`")
            .related(deny.id, "the other one is here")
            .path_of(spec.place("validationActions"));
    }
}

fn check_mutated(cx: &mut Cx<'_>, root: Obj<'_>) {
    let field = match cx.kind_name {
        Some("MutatingAdmissionPolicy") => "matchConstraints",
        Some("MutatingAdmissionPolicyBinding") => "matchResources",
        _ => return,
    };
    let Some(resources) = root.at(&["spec", field]) else { return };
    for node in resources.objects("resourceRules").flat_map(|rule| rule.items("operations")) {
        if node.str() == Some("DELETE") {
            cx.not_supported(node, "what is deleted can't be mutated")
                .help("use `CREATE`, `UPDATE`, `CONNECT` or `*`");
        }
    }
}

fn check_mutation(cx: &mut Cx<'_>, mutation: Obj<'_>) {
    let (own, other) = match mutation.str("patchType") {
        Some("ApplyConfiguration") => ("applyConfiguration", "jsonPatch"),
        Some("JSONPatch") => ("jsonPatch", "applyConfiguration"),
        _ => return,
    };
    if mutation.is_absent(own) {
        let message = format!("{} is missing: the patch type asks for it", cx.f(own));
        cx.required(mutation, own, message);
    }
    if mutation.get(other).is_some() {
        let message = format!("{} is of the other patch type", cx.f(other));
        let help = format!("use {}", cx.f(own));
        cx.report(Reason::Invalid, mutation.key_place(other), message).help(help);
    }
}

fn check_policy_names(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for node in spec.objects("variables").filter_map(|variable| variable.get("name")) {
        let Some(name) = node.str().filter(|name| !name.is_empty()) else { continue };
        if !cel::is_identifier(name) {
            cx.invalid(node, format!("`{name}` isn't a name of CEL"))
                .help("use letters, digits and `_`, and no word that CEL keeps for itself");
        }
    }
    let Some(node) = spec.object("paramKind").and_then(|kind| kind.get("apiVersion")) else {
        return;
    };
    let Some(text) = node.str().filter(|text| !text.is_empty()) else { return };
    let (group, version) = text.split_once('/').unwrap_or(("", text));
    let good = (group.is_empty() || Format::DnsSubdomain.check(group).is_ok())
        && Format::Dns1035Label.check(version).is_ok();
    if !good {
        cx.invalid(node, format!("`{text}` isn't an API version"))
            .help("write `group/version`, such as `rules.example.com/v1`");
    }
}

fn check_match(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(constraints) = spec.object("matchConstraints") else { return };
    if constraints.is_unset("resourceRules") {
        let message = format!("a policy needs {}", cx.f("resourceRules"));
        cx.required(constraints, "resourceRules", message)
            .help("say which groups, versions, operations and resources it looks at");
    }
}

fn check_validations(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["ValidatingAdmissionPolicy"]) {
        return;
    }
    let message = format!("a policy needs {} or {}", cx.f("validations"), cx.f("auditAnnotations"));
    match root.object("spec") {
        Some(spec) if spec.is_unset("validations") && spec.is_unset("auditAnnotations") => {
            cx.required(spec, "validations", message);
        }
        None if root.is_absent("spec") => {
            cx.report(Reason::Required, Place::Missing(root.id, "spec.validations"), message);
        }
        _ => {}
    }
}

/// Whether a text has several lines.
pub(super) fn has_lines(text: &str) -> bool {
    text.trim().contains(['\n', '\r'])
}

/// Whether a text isn't empty and still says nothing.
pub(super) fn is_blank(text: &str) -> bool {
    !text.is_empty() && text.trim().is_empty()
}

fn check_message(cx: &mut Cx<'_>, validation: Obj<'_>) {
    let Some(node) = validation.get("message") else { return };
    if node.str().is_some_and(has_lines) {
        cx.invalid(node, format!("{} has several lines", cx.f("message")))
            .help("write it in one line");
    } else if node.str().is_some_and(is_blank) {
        cx.invalid(node, format!("{} has nothing but spaces", cx.f("message")))
            .help("say what is wrong, or remove it");
    }
}

/// Why the server takes a text for no URL of a webhook.
fn url_fault(url: &str) -> Option<&'static str> {
    let scheme = url.get(..8).filter(|scheme| scheme.eq_ignore_ascii_case("https://"));
    let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let Some(rest) = scheme.and_then(|scheme| rest.get(scheme.len()..)) else {
        return Some("a webhook is called by HTTPS");
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    // What follows the last `:` is a port, unless an IPv6 address in brackets has it.
    let port = host.rsplit_once(':').map_or("", |(_, port)| port);
    let escapes = |text: &str| {
        let hex = |code: &[u8]| code.len() == 2 && code.iter().all(u8::is_ascii_hexdigit);
        let parts = text.split('%').skip(1).map(str::as_bytes);
        parts.into_iter().all(|part| part.get(..2).is_some_and(hex))
    };
    match () {
        () if url.bytes().any(|byte| byte.is_ascii_control()) => {
            Some("a URL has no control characters")
        }
        () if host.is_empty() => Some("a URL needs a host"),
        () if host.contains('@') => Some("a webhook's URL has no user"),
        () if host.contains([' ', '\\', '^', '`', '{', '|', '}']) => {
            Some("the host of the URL has a character that no host has")
        }
        () if !port.ends_with(']') && !port.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some("the port of the URL isn't a number")
        }
        () if !query.is_empty() => Some("a webhook's URL has no query"),
        () if !fragment.is_empty() => Some("a webhook's URL has no fragment"),
        () if !escapes(path) => Some("a `%` in a URL stands before two digits of a character"),
        () => None,
    }
}

fn check_client(cx: &mut Cx<'_>, client: Obj<'_>) {
    if let Some(node) = client.get("url")
        && let Some(fault) = node.str().and_then(url_fault)
    {
        cx.invalid(node, fault).help("write a URL such as `https://hooks.example.com/validate`");
    }
    let Some(path) = client.object("service").and_then(|service| service.get("path")) else {
        return;
    };
    let Some(text) = path.str().filter(|path| !path.is_empty()) else { return };
    let Some(rest) = text.strip_prefix('/') else {
        cx.invalid(path, "the path of a webhook is absolute").help("start it with `/`");
        return;
    };
    let mut steps = rest.strip_suffix('/').unwrap_or(rest).split('/');
    let wrong = steps.find(|step| Format::DnsSubdomain.check(step).is_err());
    if let Some(step) = wrong.filter(|_| !rest.is_empty()) {
        cx.invalid(path, format!("the part `{step}` of the path isn't a DNS subdomain"))
            .help("use lower-case letters, digits, `-` and `.` between the slashes");
    }
}

fn check_webhook(cx: &mut Cx<'_>, webhook: Obj<'_>) {
    if let Some(node) = webhook.get("name")
        && let Some(name) = node.str().filter(|name| !name.is_empty())
    {
        if Format::DnsSubdomain.check(name).is_err() {
            cx.check_format(node, Format::DnsSubdomain);
        } else if name.split('.').count() < 3 {
            cx.invalid(node, format!("`{name}` has fewer than three parts"))
                .help(format!("use a domain of yours: `{name}.example.com`"));
        }
    }
    if let Some(node) = webhook.get("sideEffects")
        && let Some(name @ ("Some" | "Unknown")) = node.str()
    {
        cx.not_supported(node, format!("{} can't be `{name}`", cx.f("sideEffects")))
            .help("use `None` or `NoneOnDryRun`");
    }
    let Some(versions) = webhook.get("admissionReviewVersions") else { return };
    let known =
        versions.items().any(|v| v.is_unknown() || matches!(v.str(), Some("v1" | "v1beta1")));
    if !versions.is_unknown() && !versions.is_empty() && !known {
        cx.invalid(versions, "the server speaks none of these versions of AdmissionReview")
            .help("add `v1`");
    }
}
