//! Rules of claims on storage, by themselves and in templates.

use super::Rule;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "claim_size",
        on: "api.core.v1.PersistentVolumeClaimSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A claim requests an amount of storage above zero.",
        source: "core: ValidatePersistentVolumeClaimSpec",
        bad: "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce]}}",
        good: "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}",
        check: Some(check_size),
    },
    Rule {
        id: "data_source_kind",
        on: "api.core.v1.PersistentVolumeClaimSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A claim's data source in the core group is another claim, and a claim has one data source, \
               however it is written.",
        source: "core: validateDataSource, validateDataSourceRef",
        bad: "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], dataSourceRef: {kind: Secret, name: b}, resources: {requests: {storage: 1Gi}}}}",
        good: "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], dataSourceRef: {kind: PersistentVolumeClaim, name: b}, resources: {requests: {storage: 1Gi}}}}",
        check: Some(check_data_source),
    },
    Rule {
        id: "single_pod_access_mode",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "The access mode `ReadWriteOncePod` stands alone.",
        source: "core: ValidatePersistentVolumeClaimSpec, ValidatePersistentVolumeSpec",
        bad: "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOncePod, ReadOnlyMany], resources: {requests: {storage: 1Gi}}}}",
        good: "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOncePod], resources: {requests: {storage: 1Gi}}}}",
        check: Some(check_access_modes),
    },
];

fn check_size(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let message = || "a claim requests no storage";
    let place = match spec.get("resources") {
        None if spec.is_absent("resources") => Place::Missing(spec.id, "resources"),
        None => return,
        Some(resources) => {
            let Some(resources) = resources.object() else { return };
            match resources.get("requests").map(Node::object) {
                None if resources.is_absent("requests") => Place::Missing(resources.id, ""),
                Some(Some(requests)) if requests.is_absent("storage") => Place::Missing(requests.id, ""),
                Some(Some(requests)) => return check_amount(cx, requests),
                _ => return,
            }
        }
    };
    let help = format!("add {}, such as `10Gi`", cx.naming.path(&["resources", "requests", "storage"]));
    cx.report(Reason::Required, place, message()).help(help);
}

fn check_amount(cx: &mut Cx<'_>, requests: Obj<'_>) {
    let Some(node) = requests.get("storage") else { return };
    if node.quantity().is_some_and(|amount| amount.is_negative() || amount.is_zero()) {
        cx.invalid(node, "a claim must request more than no storage");
    }
}

fn check_access_modes(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(spec) = root.object("spec") else { return };
    match cx.kind.map(|kind| kind.kind) {
        Some("PersistentVolumeClaim" | "PersistentVolume") => check_modes_of(cx, spec),
        Some("StatefulSet") => {
            for claim in spec.objects("volumeClaimTemplates") {
                if let Some(spec) = claim.object("spec") {
                    check_modes_of(cx, spec);
                }
            }
        }
        _ => {}
    }
}

fn check_modes_of(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.items("accessModes").count() < 2 {
        return;
    }
    let alone = spec.items("accessModes").find(|node| node.str() == Some("ReadWriteOncePod"));
    if alone.is_some() {
        let message = "`ReadWriteOncePod` can't stand beside another access mode";
        cx.report(Reason::Forbidden, spec.place("accessModes"), message);
    }
}

fn check_data_source(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for field in ["dataSource", "dataSourceRef"] {
        let Some(source) = spec.object(field) else { continue };
        let core = source.is_unset("apiGroup");
        let Some(kind) = source.str("kind").filter(|kind| !kind.is_empty()) else { continue };
        // The server drops any other source from `dataSource`.
        let kept = matches!(kind, "PersistentVolumeClaim" | "VolumeSnapshot");
        if field == "dataSource" && kept && source.str("name") == Some("") {
            cx.report(Reason::Required, source.place("name"), "a data source needs a name");
        }
        // A reference to another namespace is dropped as a whole while its feature is off.
        let dropped = source.get("namespace").is_some();
        if core && field == "dataSourceRef" && !dropped && kind != "PersistentVolumeClaim" {
            let message = format!("`{kind}` of the core group can't be a data source");
            let help = format!("use `PersistentVolumeClaim`, or give {}", cx.f("apiGroup"));
            cx.report(Reason::Invalid, source.place("kind"), message).help(help);
        }
    }
    let (Some(old), Some(new)) = (spec.object("dataSource"), spec.object("dataSourceRef")) else { return };
    for field in ["apiGroup", "kind", "name"] {
        if let (Some(a), Some(b)) = (old.str_or(field, ""), new.str_or(field, "")) {
            if a != b {
                let message = format!("{} and {} must say the same", cx.f("dataSource"), cx.f("dataSourceRef"));
                let help = format!("remove {}", cx.f("dataSource"));
                cx.report(Reason::Invalid, spec.key_place("dataSource"), message)
                    .help(help)
                    .related(new.id, "the other one is here");
                return;
            }
        }
    }
}
