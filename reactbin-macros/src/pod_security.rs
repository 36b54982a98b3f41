//! `pod_security`: the Pod Security Standard that a namespace or an application keeps.
//!
//! Knows what can be written; what the standards demand is the engine's.

use proc_macro2::TokenStream;
use quote::quote;
use reactbin_check::pod_security::{Standard, Version};
use reactbin_check::suggest::suggest;
use reactbin_check::{Entry as Pair, NodeId};

use crate::errors::Errors;
use crate::levels::Levels;
use crate::lower::Lower;
use crate::spot::Spot;
use crate::syntax::{Entry, Key, Value, ValueKind, ident_text};

/// What `pod_security` says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PodSecurity {
    enforce: Standard,
    warn: Option<Standard>,
    version: Version,
    labels: Option<Spot>,
}

const KEYS: &[&str] = &["enforce", "warn", "version", "labels"];

/// `baseline`, or `{ enforce: baseline, warn: restricted, version: "1.37", labels: true }`; only a
/// Namespace has labels to write.
pub(crate) fn read(value: &Value, has_labels: bool, errors: &mut Errors) -> Option<PodSecurity> {
    let entries = match &value.kind {
        ValueKind::Wrong => return None,
        ValueKind::Map(entries) => entries,
        _ => {
            let enforce = standard(value, errors)?;
            return Some(PodSecurity {
                enforce,
                warn: None,
                version: Version::default(),
                labels: None,
            });
        }
    };
    let mut security = PodSecurity {
        enforce: Standard::Privileged,
        warn: None,
        version: Version::default(),
        labels: None,
    };
    for (index, entry) in entries.iter().enumerate() {
        let Entry { key, value, .. } = entry;
        if let Some(first) = entries[..index].iter().find(|first| first.key.text == key.text) {
            errors.twice(key, &first.key);
            continue;
        }
        match (key.text.as_str(), &value.kind) {
            ("enforce", _) => {
                security.enforce = standard(value, errors).unwrap_or(security.enforce)
            }
            ("warn", _) => security.warn = standard(value, errors),
            ("version", _) => security.version = version(value, errors).unwrap_or_default(),
            ("labels", ValueKind::Bool(wanted)) if has_labels => {
                security.labels = wanted.then_some(value.spot);
            }
            ("labels", _) if has_labels => {
                errors
                    .push(value.spot, "`labels` is `true` or `false`")
                    .help("write `labels: true`");
            }
            ("labels", _) => {
                errors
                    .push(key.spot, "an application has no labels")
                    .help("write `pod_security` with `labels: true` in `namespace!`");
            }
            _ => unknown_key(key, errors),
        }
    }
    if !entries.iter().any(|entry| matches!(entry.key.text.as_str(), "enforce" | "warn")) {
        errors
            .push(value.spot, "`pod_security` says no standard")
            .help("write `enforce: baseline`, `enforce: restricted` or `warn: restricted` in it");
    }
    Some(security)
}

fn unknown_key(key: &Key, errors: &mut Errors) {
    let error = errors.push(key.spot, format!("`pod_security` has no key `{}`", key.text));
    match suggest(&key.text, KEYS.iter().copied()) {
        Some(meant) => error.help(format!("use `{meant}`")),
        None => error.help(format!("the keys are `{}`", KEYS.join("`, `"))),
    };
}

/// A text that is written as an identifier or as a string.
fn word(value: &Value) -> Option<String> {
    match &value.kind {
        ValueKind::Path(path) => path.ident().map(ident_text),
        ValueKind::Str(text) => Some(text.clone()),
        ValueKind::Float(number) => Some(number.to_string()),
        _ => None,
    }
}

fn standard(value: &Value, errors: &mut Errors) -> Option<Standard> {
    let text = word(value).unwrap_or_default();
    let found = Standard::parse(&text);
    if found.is_none() && !matches!(value.kind, ValueKind::Wrong) {
        let message = match text.as_str() {
            "" => "a standard is `privileged`, `baseline` or `restricted`".to_owned(),
            text => format!("there is no Pod Security Standard `{text}`"),
        };
        let names = ["privileged", "baseline", "restricted"];
        let help = match suggest(&text, names) {
            Some(meant) => format!("use `{meant}`"),
            None => "write `baseline` or `restricted`".to_owned(),
        };
        errors.push(value.spot, message).help(help);
    }
    found
}

fn version(value: &Value, errors: &mut Errors) -> Option<Version> {
    let found = word(value).and_then(|text| Version::parse(&text));
    if found.is_none() && !matches!(value.kind, ValueKind::Wrong) {
        errors
            .push(value.spot, "not a version of the Pod Security Standards that is known here")
            .help("write `\"1.36\"` or `\"1.37\"`");
    }
    found
}

impl PodSecurity {
    /// The value for the build script.
    pub(crate) fn to_tokens(self) -> TokenStream {
        let PodSecurity { enforce, warn, version, labels: _ } = self;
        let standard = |standard| match standard {
            Standard::Privileged => quote!(__reactbin::Standard::Privileged),
            Standard::Baseline => quote!(__reactbin::Standard::Baseline),
            Standard::Restricted => quote!(__reactbin::Standard::Restricted),
        };
        let (enforce, warn) = (standard(enforce), standard(warn.unwrap_or(enforce)));
        let version = match version {
            Version::V1_36 => quote!(V1_36),
            Version::V1_37 => quote!(V1_37),
        };
        quote! {
            __reactbin::PodSecurity {
                enforce: #enforce,
                warn: #warn,
                version: __reactbin::Version::#version,
            }
        }
    }

    /// Writes the labels by which a cluster's admission enforces the same.
    pub(crate) fn write_labels(self, lower: &mut Lower, levels: &mut Levels) {
        let Some(spot) = self.labels else { return };
        let mut pairs = Vec::new();
        let modes = [("enforce", Some(self.enforce)), ("warn", self.warn)];
        for (mode, standard) in modes {
            let Some(standard) = standard else { continue };
            let version = format!("v{}", self.version.name());
            for (key, value) in [
                (format!("pod-security.kubernetes.io/{mode}"), standard.name()),
                (format!("pod-security.kubernetes.io/{mode}-version"), version.as_str()),
            ] {
                let value = lower.text(value, spot);
                pairs.push(lower.pair(&key, spot, value));
            }
        }
        match levels.metadata.iter().position(|pair| lower.tree.str(pair.key) == "labels") {
            Some(index) => {
                let own: NodeId = levels.metadata[index].value;
                let all: Vec<Pair> = lower.tree.entries(own).iter().copied().chain(pairs).collect();
                let labels = lower.map(&all, lower.spots[own.index()]);
                lower.marks[labels.index()] = lower.marks[own.index()].clone();
                levels.metadata[index].value = labels;
            }
            None => {
                let labels = lower.map(&pairs, spot);
                levels.metadata.push(lower.pair("labels", spot, labels));
            }
        }
    }
}
