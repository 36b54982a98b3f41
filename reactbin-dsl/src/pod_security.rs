//! Which Pod Security Standard each namespace of an application keeps, and what of its pods breaks
//! it.
//!
//! Must not know what the standards demand.

use std::collections::BTreeMap;

use reactbin_check::pod_security::{Standard, Version, check_pods};
use reactbin_check::{Finding, Naming, Severity};

use crate::app::{App, Placed};
use crate::assemble::Object;
use crate::declaration::{POD_SECURITY, PodSecurity};

/// The standards by namespace, and the Namespace that says so.
pub(crate) struct Standards<'a> {
    general: Option<PodSecurity>,
    own: BTreeMap<&'a str, (PodSecurity, &'a Object)>,
}

/// The labels by which a cluster's admission learns of them.
const LABEL: &str = "pod-security.kubernetes.io/";

impl<'a> Standards<'a> {
    pub(crate) fn of(app: &App, placed: &'a [Placed]) -> Standards<'a> {
        let mut own = BTreeMap::new();
        for Placed { object, .. } in placed.iter().filter(|p| p.object.kind_name() == "Namespace") {
            let said = said(object);
            let labels = labelled(object);
            let security = match (said, labels) {
                // The cluster enforces what the labels say, whatever else is said.
                (Some(said), Some(labels)) => PodSecurity {
                    enforce: said.enforce.max(labels.enforce),
                    warn: said.warn.max(labels.warn),
                    version: said.version,
                },
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => continue,
            };
            own.insert(object.name(), (security, object));
        }
        Standards { general: app.pod_security(), own }
    }

    /// What of an object breaks the standard of its namespace, with that standard, and the Namespace
    /// that says so.
    pub(crate) fn check(&self, object: &Object) -> Vec<(Finding, Standard, Option<&'a Object>)> {
        let (security, namespace) = match self.own.get(object.namespace()) {
            Some((security, namespace)) => (*security, Some(*namespace)),
            None => match self.general {
                Some(security) => (security, None),
                None => return Vec::new(),
            },
        };
        let Some(kind) = object.kind() else { return Vec::new() };
        // A placeholder stands for a value that nobody knows yet.
        let mut tree = std::borrow::Cow::Borrowed(&object.tree);
        for node in &object.placeholders {
            tree.to_mut().forget(*node);
        }
        let check = |standard| {
            check_pods(&tree, object.root, kind, standard, security.version, Naming::Snake)
        };
        let mut all = check(security.enforce);
        let enforced = all.len();
        if security.warn > security.enforce {
            for mut finding in check(security.warn) {
                let known = all[..enforced]
                    .iter()
                    .any(|other| other.node == finding.node && other.path == finding.path);
                if !known {
                    finding.severity = Severity::Warning;
                    all.push(finding);
                }
            }
        }
        let findings = all.into_iter();
        findings
            .map(|finding| {
                let standard = match finding.severity {
                    Severity::Error => security.enforce,
                    Severity::Warning => security.warn,
                };
                (finding, standard, namespace)
            })
            .collect()
    }
}

/// What `pod_security` in `namespace!` says.
fn said(namespace: &Object) -> Option<PodSecurity> {
    let declaration = namespace.declaration?;
    let said = POD_SECURITY.iter().find(|said| std::ptr::eq(said.namespace, declaration))?;
    Some(said.security)
}

/// What the labels of a Namespace say; those that nobody understands say nothing.
fn labelled(namespace: &Object) -> Option<PodSecurity> {
    let tree = &namespace.tree;
    let label = |mode: &str| {
        let key = format!("{LABEL}{mode}");
        tree.at(namespace.root, &["metadata", "labels", &key]).map(|id| tree.str(id))
    };
    let standard = |mode| label(mode).and_then(Standard::parse);
    let (enforce, warn) = (standard("enforce"), standard("warn"));
    if enforce.is_none() && warn.is_none() {
        return None;
    }
    let enforce = enforce.unwrap_or(Standard::Privileged);
    let version = label("enforce-version").or(label("warn-version")).and_then(Version::parse);
    Some(PodSecurity {
        enforce,
        warn: warn.unwrap_or(enforce),
        version: version.unwrap_or_default(),
    })
}
