//! Rules of VaultAuth and VaultStaticSecret: what their CRDs accept and the Vault Secrets Operator
//! then can't work with.

use super::Rule;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "app_role_secret",
        on: "com.hashicorp.secrets.v1beta1.VaultAuthSpecAppRole",
        severity: Severity::Error,
        waivable: true,
        what: "AppRole's secret id comes from a Secret or from a file, given by its absolute path.",
        source: "vault-secrets-operator: VaultAuthConfigAppRole.Validate",
        bad: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultAuth, metadata: {name: a}, spec: {method: appRole, appRole: {roleId: r}}}",
        good: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultAuth, metadata: {name: a}, spec: {method: appRole, appRole: {roleId: r, secretRef: s}}}",
        check: Some(check_app_role),
    },
    Rule {
        id: "auth_method_block",
        on: "com.hashicorp.secrets.v1beta1.VaultAuthSpec",
        severity: Severity::Error,
        waivable: true,
        what: "A VaultAuth has the block of its method, and no other method's.",
        source: "vault-secrets-operator: credentials provider of each method",
        bad: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultAuth, metadata: {name: a}, spec: {method: jwt, kubernetes: {role: r, serviceAccount: s}}}",
        good: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultAuth, metadata: {name: a}, spec: {method: kubernetes, kubernetes: {role: r, serviceAccount: s}}}",
        check: Some(check_method),
    },
    Rule {
        id: "auth_method_fields",
        on: "com.hashicorp.secrets.v1beta1.VaultAuthSpec",
        severity: Severity::Error,
        waivable: true,
        what: "The block of a VaultAuth's method has what the operator logs in with: a role, and for \
               `kubernetes` a service account.",
        source: "vault-secrets-operator: VaultAuthConfigKubernetes.Validate and its likes",
        bad: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultAuth, metadata: {name: a}, spec: {method: kubernetes, kubernetes: {role: r}}}",
        good: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultAuth, metadata: {name: a}, spec: {method: kubernetes, kubernetes: {role: r, serviceAccount: s}}}",
        check: Some(check_method_fields),
    },
    Rule {
        id: "destination_name",
        on: "com.hashicorp.secrets.v1beta1.VaultStaticSecretSpecDestination",
        severity: Severity::Error,
        waivable: true,
        what: "The destination's name is one that a Secret can have: a DNS subdomain.",
        source: "core: ValidateSecretName",
        bad: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v2, mount: m, path: p, destination: {name: Bad_Name}}}",
        good: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v2, mount: m, path: p, destination: {name: good-name}}}",
        check: Some(check_destination_name),
    },
    Rule {
        id: "destination_without_create",
        on: "com.hashicorp.secrets.v1beta1.VaultStaticSecretSpecDestination",
        severity: Severity::Error,
        waivable: true,
        what: "Labels, annotations, type and overwriting are for a destination that the operator creates; \
               it ignores them otherwise.",
        source: "vault-secrets-operator: Destination",
        bad: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v2, mount: m, path: p, destination: {name: s, type: Opaque}}}",
        good: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v2, mount: m, path: p, destination: {name: s, create: true, type: Opaque}}}",
        check: Some(check_destination),
    },
    Rule {
        id: "empty_vault_path",
        on: "com.hashicorp.secrets.v1beta1.VaultStaticSecretSpec",
        severity: Severity::Error,
        waivable: true,
        what: "The mount and the path of a secret in Vault aren't empty.",
        source: "vault-secrets-operator: VaultStaticSecretReconciler",
        bad: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v2, mount: \"\", path: p, destination: {name: s}}}",
        good: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v2, mount: m, path: p, destination: {name: s}}}",
        check: Some(check_vault_path),
    },
    Rule {
        id: "ignored_restart_targets",
        on: "com.hashicorp.secrets.v1beta1.VaultStaticSecretSpec",
        severity: Severity::Error,
        waivable: true,
        what: "Workloads are only restarted when the secret's data changes, which the operator can't tell \
               without its HMAC.",
        source: "vault-secrets-operator: VaultStaticSecretSpec.RolloutRestartTargets",
        bad: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v2, mount: m, path: p, hmacSecretData: false, rolloutRestartTargets: [{kind: Deployment, name: d}], destination: {name: s}}}",
        good: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v2, mount: m, path: p, rolloutRestartTargets: [{kind: Deployment, name: d}], destination: {name: s}}}",
        check: Some(check_restart_targets),
    },
    Rule {
        id: "secret_version",
        on: "com.hashicorp.secrets.v1beta1.VaultStaticSecretSpec",
        severity: Severity::Error,
        waivable: true,
        what: "Only secrets of the engine `kv-v2` have versions.",
        source: "vault-secrets-operator: VaultStaticSecretSpec.Version",
        bad: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v1, version: 2, mount: m, path: p, destination: {name: s}}}",
        good: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {type: kv-v2, version: 2, mount: m, path: p, destination: {name: s}}}",
        check: Some(check_version),
    },
    Rule {
        id: "vault_reference",
        on: "",
        severity: Severity::Error,
        waivable: true,
        what: "A reference to a VaultAuth or VaultConnection is `name` or `namespace/name`.",
        source: "vault-secrets-operator: common.ParseResourceRef",
        bad: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {vaultAuthRef: a/b/c, type: kv-v2, mount: m, path: p, destination: {name: s}}}",
        good: "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: a}, spec: {vaultAuthRef: a/b, type: kv-v2, mount: m, path: p, destination: {name: s}}}",
        check: Some(check_reference),
    },
];

/// Each method's value, and the fields that the operator needs in the block of the same name.
const METHODS: &[(&str, &[&str])] = &[
    ("kubernetes", &["role", "serviceAccount"]),
    ("jwt", &["role"]),
    ("appRole", &["roleId"]),
    ("aws", &["role"]),
    ("gcp", &["role", "workloadIdentityServiceAccount"]),
];

/// Whether some of what the operator needs may come from a VaultAuthGlobal.
fn is_merged(spec: Obj<'_>) -> bool {
    !spec.is_absent("vaultAuthGlobalRef")
}

fn check_method(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(method) = spec.get("method") else {
        if spec.is_absent("method") && !is_merged(spec) {
            let message = format!("a VaultAuth needs {}", cx.f("method"));
            let methods: Vec<String> =
                METHODS.iter().map(|(name, _)| format!("`{name}`")).collect();
            cx.required(spec, "method", message)
                .help(format!("write one of {}", methods.join(", ")));
        }
        return;
    };
    let Some(name) = method.str() else { return };
    let Some((block, _)) = METHODS.iter().find(|(other, _)| *other == name) else { return };
    let others = METHODS.iter().map(|(other, _)| *other).filter(|other| other != block);
    let mut found = false;
    for other in others {
        if spec.object(other).is_some() {
            found = true;
            let message =
                format!("{} can't be given when {} is `{name}`", cx.f(other), cx.f("method"));
            let help = format!("use {} here, or set {} to `{other}`", cx.f(block), cx.f("method"));
            cx.forbidden(spec, other, message).help(help).related(method.id, "the method is here");
        }
    }
    if !found && spec.is_absent(block) && !is_merged(spec) {
        let message = format!("{} `{name}` needs a {} block", cx.f("method"), cx.f(block));
        let help = format!("add {}", cx.f(block));
        cx.required(spec, block, message).help(help);
    }
}

fn check_method_fields(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let method = spec.str("method");
    for (name, fields) in METHODS.iter().filter(|(name, _)| method == Some(*name)) {
        let Some(block) = spec.object(name).filter(|_| !is_merged(spec)) else { continue };
        for field in fields.iter().filter(|field| block.is_unset(field)) {
            let message =
                format!("{} needs {}: the operator can't log in without", cx.f(name), cx.f(field));
            let help = format!("add {}", cx.f(field));
            cx.required(block, field, message).help(help);
        }
    }
}

fn check_app_role(cx: &mut Cx<'_>, block: Obj<'_>) {
    let (secret, path) = (cx.f("secretRef"), cx.f("secretIDPath"));
    match (block.is_set("secretRef"), block.is_set("secretIDPath")) {
        (true, true) => {
            let message = format!("{secret} and {path} can't both be given");
            cx.forbidden(block, "secretIDPath", message);
        }
        (false, false) if block.is_unset("secretRef") && block.is_unset("secretIDPath") => {
            cx.report(
                Reason::Required,
                Place::Missing(block.id, "secretRef"),
                "the secret id is missing",
            )
            .help(format!("give {secret} or {path}"));
        }
        _ => {}
    }
    let Some(node) = block.get("secretIDPath") else { return };
    let Some(text) = node.str().filter(|text| !text.is_empty()) else { return };
    if !text.starts_with('/') || text.split('/').any(|part| part == "..") {
        cx.invalid(node, format!("`{text}` must be an absolute path without `..`"));
    }
}

fn check_destination_name(cx: &mut Cx<'_>, destination: Obj<'_>) {
    let Some(node) = destination.get("name") else { return };
    check_format(cx, node, node.str(), Format::DnsSubdomain);
}

fn check_format(cx: &mut Cx<'_>, node: Node<'_>, text: Option<&str>, format: Format) -> bool {
    let Some(Err(violation)) = text.map(|text| format.check(text)) else { return false };
    let help = match violation.fixed {
        Some(fixed) => format!("use `{fixed}`"),
        None => format!("write {}", format.describe()),
    };
    cx.invalid(node, violation.message).help(help);
    true
}

fn check_destination(cx: &mut Cx<'_>, destination: Obj<'_>) {
    if destination.bool_or("create", false) != Some(false) {
        return;
    }
    for field in ["annotations", "labels", "overwrite", "type"] {
        if destination.is_set(field) {
            let message = format!("{} is ignored unless {} is `true`", cx.f(field), cx.f("create"));
            let help =
                format!("add `{}: true`, or remove {}", cx.naming.name("create"), cx.f(field));
            cx.forbidden(destination, field, message).help(help);
        }
    }
}

fn check_vault_path(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for field in ["mount", "path"] {
        if spec.str(field) == Some("") {
            let message = format!("{} is empty", cx.f(field));
            let help = format!("write the {field} of the secret in Vault");
            cx.required(spec, field, message).help(help);
        }
    }
}

fn check_restart_targets(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.bool("hmacSecretData") == Some(false) && spec.is_set("rolloutRestartTargets") {
        let message = format!(
            "{} is ignored while {} is `false`",
            cx.f("rolloutRestartTargets"),
            cx.f("hmacSecretData"),
        );
        let help = format!("remove {}", cx.f("hmacSecretData"));
        cx.forbidden(spec, "rolloutRestartTargets", message).help(help);
    }
}

fn check_version(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.str("type") == Some("kv-v1") && spec.int("version").is_some() {
        let message = format!("{} is for the type `kv-v2`", cx.f("version"));
        cx.forbidden(spec, "version", message).help("remove it, or use the type `kv-v2`");
    }
}

fn check_reference(cx: &mut Cx<'_>, root: Obj<'_>) {
    let field = match cx.kind_name {
        Some("VaultAuth") => "vaultConnectionRef",
        Some("VaultStaticSecret") => "vaultAuthRef",
        _ => return,
    };
    let Some(node) = root.object("spec").and_then(|spec| spec.get(field)) else { return };
    let Some(text) = node.str().filter(|text| !text.is_empty()) else { return };
    let (namespace, name) = match text.split_once('/') {
        Some((namespace, name)) => (Some(namespace), name),
        None => (None, text),
    };
    if name.contains('/') || namespace == Some("") || name.is_empty() {
        cx.invalid(node, format!("`{text}` isn't a reference"))
            .help("write `name` or `namespace/name`");
        return;
    }
    if !check_format(cx, node, namespace, Format::DnsLabel) {
        check_format(cx, node, Some(name), Format::DnsSubdomain);
    }
}
