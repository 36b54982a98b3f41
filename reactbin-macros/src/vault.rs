//! `keys: [ … ]` of `vault_static_secret!`: what the Vault path must hold.

use reactbin_check::formats::Format;
use reactbin_check::{NodeId, Tree};

use crate::lower::Lower;
use crate::syntax::{Value, ValueKind, ident_text};

/// The declared keys.
pub(crate) fn read_keys(lower: &mut Lower, value: &Value) -> Vec<String> {
    let ValueKind::List(items) = &value.kind else {
        if !matches!(value.kind, ValueKind::Wrong) {
            lower
                .errors
                .push(value.spot, "`keys` is a list of names")
                .help("write `keys: [DATABASE_URL, …]`");
        }
        return Vec::new();
    };
    let mut keys: Vec<String> = Vec::with_capacity(items.len());
    for item in items {
        let text = match &item.value.kind {
            ValueKind::Path(path) => path.ident().map(ident_text),
            ValueKind::Str(text) => Some(text.clone()),
            ValueKind::Wrong => continue,
            _ => None,
        };
        let Some(text) = text else {
            lower
                .errors
                .push(item.value.spot, "a key is a name or a string")
                .help("write `DATABASE_URL`, or `\"tls.crt\"` for one with other characters");
            continue;
        };
        if let Err(violation) = Format::DataKey.check(&text) {
            lower.errors.invalid(item.value.spot, Format::DataKey, violation);
        } else if keys.contains(&text) {
            lower
                .errors
                .push(item.value.spot, format!("key `{text}` is declared twice"))
                .help("remove it here");
        } else {
            keys.push(text);
        }
    }
    keys
}

/// The comment that tells an operator what to put into Vault.
pub(crate) fn keys_comment(tree: &Tree, root: NodeId, keys: &[String]) -> Vec<String> {
    let text =
        |field| tree.at(root, &["spec", field]).map(|id| tree.str(id)).filter(|t| !t.is_empty());
    let place = match (text("mount"), text("path")) {
        (Some(mount), Some(path)) => format!("{mount}/{path}"),
        _ => "the Vault path".to_owned(),
    };
    let mut lines = vec![format!("Required keys at {place} in Vault:")];
    lines.extend(keys.iter().map(|key| format!("- {key}")));
    lines
}
