//! Rules of ConfigMap and Secret: keys, and what a Secret's type demands.

use super::Rule;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::json::{decode_base64, decoded_length, is_object as is_json};
use crate::tree::NodeId;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "binary_and_text_key",
        on: "api.core.v1.ConfigMap",
        severity: Severity::Error,
        waivable: false,
        what: "A key of a ConfigMap stands in its text or in its binary data, not in both, and the two \
               hold at most 1 MiB.",
        source: "core: ValidateConfigMap",
        bad: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}, binaryData: {k: dg==}}",
        good: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}, binaryData: {l: dg==}}",
        check: Some(check_keys),
    },
    Rule {
        id: "secret_type_keys",
        on: "api.core.v1.Secret",
        severity: Severity::Error,
        waivable: false,
        what: "A Secret has the keys of its type, with the contents that the type stands for, and at most \
               1 MiB in all.",
        source: "core: ValidateSecret",
        bad: "{apiVersion: v1, kind: Secret, metadata: {name: a}, type: kubernetes.io/tls, stringData: {tls.crt: c}}",
        good: "{apiVersion: v1, kind: Secret, metadata: {name: a}, type: kubernetes.io/tls, stringData: {tls.crt: c, tls.key: k}}",
        check: Some(check_secret_type),
    },
];

const DOCKER_CONFIG_JSON: &str = "kubernetes.io/dockerconfigjson";
const DOCKER_CONFIG: &str = "kubernetes.io/dockercfg";
/// The one key that the server looks into for whether it is empty.
const SSH_KEY: &str = "ssh-privatekey";

fn check_keys(cx: &mut Cx<'_>, map: Obj<'_>) {
    let (Some(text), Some(binary)) = (map.object("data"), map.object("binaryData")) else { return };
    // Of a ConfigMap that is too large the server names no field.
    check_size(cx, text, binary, map.id);
    for (key, _) in binary.entries() {
        let name = cx.tree.str(key.id);
        if text.get(name).is_some() {
            let message = format!("key `{name}` stands in {} too", cx.f("data"));
            cx.report(Reason::Invalid, Place::Key(key.id), message);
        }
    }
}

/// What a ConfigMap or Secret can hold, in bytes.
const MOST: usize = 1 << 20;

/// Checks the size of a text and a binary map together; the server names the place `of`.
fn check_size(cx: &mut Cx<'_>, text: Obj<'_>, binary: Obj<'_>, of: NodeId) {
    let plain: usize = text.entries().map(|(_, value)| value.str().map_or(0, str::len)).sum();
    // Of a Secret's key that stands in both the text is taken.
    let coded: usize = binary
        .entries()
        .filter(|(key, _)| text.entry(cx.tree.str(key.id)).is_none())
        .map(|(_, value)| value.str().map_or(0, decoded_length))
        .sum();
    // Either alone is the structure's business.
    if plain <= MOST && coded <= MOST && plain + coded > MOST {
        let message = format!("{} bytes are too many: at most {MOST} in all", plain + coded);
        cx.report(Reason::TooLong, Place::Value(binary.id), message)
            .help("write less, or give some of it an object of its own")
            .related(text.id, "the others are here")
            .path_of(Place::Value(of));
    }
}

/// The keys that a Secret of this type must have.
fn keys_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "kubernetes.io/tls" => &["tls.crt", "tls.key"],
        "kubernetes.io/ssh-auth" => &[SSH_KEY],
        DOCKER_CONFIG_JSON => &[".dockerconfigjson"],
        DOCKER_CONFIG => &[".dockercfg"],
        _ => &[],
    }
}

fn has_key(secret: Obj<'_>, key: &str) -> bool {
    ["data", "stringData"].into_iter().any(|field| match secret.get(field) {
        None => !secret.is_absent(field),
        Some(node) => {
            node.object().is_none_or(|data| data.get(key).is_some() || !data.is_absent(key))
        }
    })
}

/// Whether what a key holds is known to be empty; text goes before base64.
fn has_empty(secret: Obj<'_>, key: &str) -> bool {
    let value = |field| secret.object(field).and_then(|data| data.get(key));
    value("stringData").or_else(|| value("data")).is_some_and(Node::is_empty)
}

fn check_secret_type(cx: &mut Cx<'_>, secret: Obj<'_>) {
    let (text, binary) = (secret.object("stringData"), secret.object("data"));
    if let (Some(text), Some(binary)) = (text, binary) {
        check_size(cx, text, binary, binary.id);
    }
    let Some(kind) = secret.str_or("type", "Opaque") else { return };
    let missing = |key: &str| match key {
        SSH_KEY => has_empty(secret, key) || !has_key(secret, key),
        _ => !has_key(secret, key),
    };
    for key in keys_of(kind).iter().filter(|key| missing(key)) {
        missing_key(
            cx,
            secret,
            key,
            format!("a Secret of the type `{kind}` needs the key `{key}`"),
        );
    }
    match kind {
        "kubernetes.io/basic-auth"
            if !has_key(secret, "username") && !has_key(secret, "password") =>
        {
            let message =
                format!("a Secret of the type `{kind}` needs the key `username` or `password`");
            missing_key(cx, secret, "username", message);
        }
        "kubernetes.io/service-account-token" => check_account(cx, secret),
        DOCKER_CONFIG_JSON | DOCKER_CONFIG => {
            for (field, is_json) in
                [("data", is_base64_json as fn(&str) -> bool), ("stringData", is_json)]
            {
                let Some(node) = secret.object(field).and_then(|data| data.get(keys_of(kind)[0]))
                else {
                    continue;
                };
                if node.str().is_some_and(|text| !is_json(text)) {
                    cx.invalid(node, "this isn't a JSON object")
                        .help("write what `docker login` writes to its configuration");
                }
            }
        }
        _ => {}
    }
}

/// The same of a text in base64.
fn is_base64_json(text: &str) -> bool {
    decode_base64(text)
        .is_none_or(|bytes| String::from_utf8(bytes).is_ok_and(|text| is_json(&text)))
}

fn missing_key(cx: &mut Cx<'_>, secret: Obj<'_>, key: &str, message: String) {
    let place = match secret.get("data").or_else(|| secret.get("stringData")) {
        Some(data) => Place::Value(data.id),
        None => Place::Missing(secret.id, "data"),
    };
    let help = format!("add `{key}` to {}", cx.f("stringData"));
    cx.report(Reason::Required, place, message).help(help);
}

fn check_account(cx: &mut Cx<'_>, secret: Obj<'_>) {
    const ACCOUNT: &str = "kubernetes.io/service-account.name";
    let Some(metadata) = secret.object("metadata") else { return };
    let given = match metadata.get("annotations") {
        None => !metadata.is_absent("annotations"),
        Some(node) => {
            node.object().is_none_or(|annotations: Obj<'_>| !annotations.is_unset(ACCOUNT))
        }
    };
    if !given {
        let message = format!("a ServiceAccount's token needs the annotation `{ACCOUNT}`");
        cx.report(Reason::Required, metadata.place("annotations"), message);
    }
}
