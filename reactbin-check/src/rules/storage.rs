//! Rules of storage: claims, by themselves and in templates, volumes and their classes.

use super::Rule;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;

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
        id: "duplicate_topology",
        on: "api.storage.v1.StorageClass",
        severity: Severity::Error,
        waivable: false,
        what: "No topology, and no key or value of one, stands twice in a StorageClass.",
        source: "storage: ValidateStorageClass; core: ValidateTopologySelectorTerm",
        bad: "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: a}, provisioner: example.com/p, allowedTopologies: [{matchLabelExpressions: [{key: zone, values: [b, b]}]}]}",
        good: "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: a}, provisioner: example.com/p, allowedTopologies: [{matchLabelExpressions: [{key: zone, values: [b, c]}]}]}",
        check: Some(check_topologies),
    },
    Rule {
        id: "inline_volume",
        on: "api.storage.v1.VolumeAttachmentSource",
        severity: Severity::Error,
        waivable: false,
        what: "A volume that an attachment holds itself is a CSI driver's, and is without what only a \
               PersistentVolume has: a claim, a capacity, a class, an affinity.",
        source: "storage: validateVolumeAttachmentSource; core: ValidatePersistentVolumeSpec",
        bad: "{apiVersion: storage.k8s.io/v1, kind: VolumeAttachment, metadata: {name: a}, spec: {attacher: d, nodeName: n, source: {inlineVolumeSpec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, csi: {driver: d, volumeHandle: h}}}}}",
        good: "{apiVersion: storage.k8s.io/v1, kind: VolumeAttachment, metadata: {name: a}, spec: {attacher: d, nodeName: n, source: {inlineVolumeSpec: {accessModes: [ReadWriteOnce], csi: {driver: d, volumeHandle: h}}}}}",
        check: Some(check_inline_volume),
    },
    Rule {
        id: "local_volume_without_affinity",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A local volume says on which nodes it is.",
        source: "core: ValidatePersistentVolume",
        bad: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], local: {path: /data}}}",
        good: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], local: {path: /data}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n]}]}]}}}}",
        check: Some(check_local_volume),
    },
    Rule {
        id: "recycled_root",
        on: "api.core.v1.PersistentVolumeSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A node's root directory is never recycled, which would erase it.",
        source: "core: ValidatePersistentVolumeSpec",
        bad: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: Recycle, hostPath: {path: /}}}",
        good: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: Retain, hostPath: {path: /}}}",
        check: Some(check_recycled_root),
    },
    Rule {
        id: "secret_reference_of_driver",
        on: "api.core.v1.CSIPersistentVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "A Secret that a CSI driver uses is named with its namespace.",
        source: "core: validateCSIPersistentVolumeSource",
        bad: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], csi: {driver: d.example.com, volumeHandle: h, nodePublishSecretRef: {name: s}}}}",
        good: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], csi: {driver: d.example.com, volumeHandle: h, nodePublishSecretRef: {name: s, namespace: n}}}}",
        check: Some(check_driver_secrets),
    },
    Rule {
        id: "secret_reference_of_volume",
        on: "api.core.v1.CinderPersistentVolumeSource api.core.v1.StorageOSPersistentVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "A Secret that a PersistentVolume takes is named with its namespace.",
        source: "core: validateCinderPersistentVolumeSource, validateStorageOSPersistentVolumeSource",
        bad: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], cinder: {volumeID: v, secretRef: {name: s}}}}",
        good: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], cinder: {volumeID: v, secretRef: {name: s, namespace: n}}}}",
        check: Some(check_volume_secret),
    },
    Rule {
        id: "single_pod_access_mode",
        on: "api.core.v1.PersistentVolumeClaimSpec api.core.v1.PersistentVolumeSpec",
        severity: Severity::Error,
        waivable: false,
        what: "The access mode `ReadWriteOncePod` stands alone.",
        source: "core: ValidatePersistentVolumeClaimSpec, ValidatePersistentVolumeSpec",
        bad: "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOncePod, ReadOnlyMany], resources: {requests: {storage: 1Gi}}}}",
        good: "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOncePod], resources: {requests: {storage: 1Gi}}}}",
        check: Some(check_access_modes),
    },
    Rule {
        id: "storage_parameters",
        on: "api.storage.v1.StorageClass api.storage.v1.VolumeAttributesClass",
        severity: Severity::Error,
        waivable: false,
        what: "The parameters of a class of storage have names and are at most 512.",
        source: "storage: validateParameters",
        bad: "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: a}, provisioner: example.com/p, parameters: {\"\": v}}",
        good: "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: a}, provisioner: example.com/p, parameters: {k: v}}",
        check: Some(check_parameters),
    },
    Rule {
        id: "volume_attributes_driver",
        on: "api.core.v1.PersistentVolumeSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Only a volume of a CSI driver has a class of attributes.",
        source: "core: ValidatePersistentVolumeSpec",
        bad: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], volumeAttributesClassName: c, nfs: {server: s, path: /p}}}",
        good: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], volumeAttributesClassName: c, csi: {driver: d.example.com, volumeHandle: h}}}",
        check: Some(check_attributes_class),
    },
    Rule {
        id: "volume_capacity",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A PersistentVolume has a capacity of storage above zero, and of nothing else.",
        source: "core: ValidatePersistentVolumeSpec",
        bad: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 0}, accessModes: [ReadWriteOnce], nfs: {server: s, path: /p}}}",
        good: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], nfs: {server: s, path: /p}}}",
        check: Some(check_capacity),
    },
];

fn check_inline_volume(cx: &mut Cx<'_>, source: Obj<'_>) {
    let Some(spec) = source.object("inlineVolumeSpec") else { return };
    for field in ["claimRef", "capacity", "nodeAffinity", "storageClassName"] {
        let is_there = match field {
            "claimRef" | "nodeAffinity" => spec.get(field).is_some(),
            _ => spec.is_set(field),
        };
        if is_there {
            let message = format!("a volume within an attachment has no {}", cx.f(field));
            cx.forbidden(spec, field, message);
        }
    }
    for (field, only) in [("persistentVolumeReclaimPolicy", "Retain"), ("volumeMode", "Filesystem")]
    {
        if let Some(node) = spec.get(field)
            && node.str().is_some_and(|given| !given.is_empty() && given != only)
        {
            let message =
                format!("a volume within an attachment has no other {} than `{only}`", cx.f(field));
            cx.report(Reason::Forbidden, Place::Value(node.id), message).help("leave it out");
        }
    }
    if spec.is_absent("csi") {
        let message = "a volume within an attachment is a CSI driver's".to_owned();
        cx.required(spec, "csi", message);
    }
}

fn check_size(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let message = || "a claim requests no storage";
    let place = match spec.get("resources") {
        None if spec.is_absent("resources") => Place::Missing(spec.id, "resources"),
        None => return,
        Some(resources) => {
            let Some(resources) = resources.object() else { return };
            match resources.get("requests").map(Node::object) {
                None if resources.is_absent("requests") => Place::Missing(resources.id, ""),
                Some(Some(requests)) if requests.is_absent("storage") => {
                    Place::Missing(requests.id, "")
                }
                Some(Some(requests)) => return check_amount(cx, requests),
                _ => return,
            }
        }
    };
    let help =
        format!("add {}, such as `10Gi`", cx.naming.path(&["resources", "requests", "storage"]));
    cx.report(Reason::Required, place, message()).help(help);
}

fn check_amount(cx: &mut Cx<'_>, requests: Obj<'_>) {
    let Some(node) = requests.get("storage") else { return };
    if node.quantity().is_some_and(|amount| amount.is_negative() || amount.is_zero()) {
        cx.invalid(node, "a claim must request more than no storage")
            .help("write an amount, such as `10Gi`");
    }
}

fn check_access_modes(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.items("accessModes").count() < 2 {
        return;
    }
    let alone = spec.items("accessModes").find(|node| node.str() == Some("ReadWriteOncePod"));
    if alone.is_some() {
        let message = "`ReadWriteOncePod` can't stand beside another access mode";
        cx.report(Reason::Forbidden, spec.place("accessModes"), message)
            .help("use `ReadWriteOncePod` alone, or `ReadWriteOnce`");
    }
}

fn check_data_source(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let old = spec.object("dataSource").filter(|source| is_kept(cx, *source));
    if let Some(source) = old {
        check_source(cx, source);
    }
    let new = spec.object("dataSourceRef");
    // A reference to another namespace is dropped as a whole while its feature is off.
    for source in old.into_iter().chain(new.filter(|source| source.get("namespace").is_none())) {
        let Some(kind) = source.str("kind").filter(|kind| !kind.is_empty()) else { continue };
        if source.is_unset("apiGroup") && kind != "PersistentVolumeClaim" {
            let message = format!("`{kind}` of the core group can't be a data source");
            let help = format!("use `PersistentVolumeClaim`, or give {}", cx.f("apiGroup"));
            cx.report(Reason::Invalid, source.place("kind"), message)
                .help(help)
                .path_of(Place::Value(source.id));
        }
    }
    let (Some(old), Some(new)) = (old, new) else { return };
    for field in ["apiGroup", "kind", "name"] {
        if let (Some(a), Some(b)) = (old.str_or(field, ""), new.str_or(field, ""))
            && a != b
        {
            let message =
                format!("{} and {} must say the same", cx.f("dataSource"), cx.f("dataSourceRef"));
            let help = format!("remove {}", cx.f("dataSource"));
            cx.report(Reason::Invalid, spec.key_place("dataSource"), message)
                .help(help)
                .related(new.id, "the other one is here")
                .path_of(Place::Value(spec.id));
            return;
        }
    }
}

/// Whether the server looks at a `dataSource`: of a claim it drops all but other claims and
/// snapshots, of a template nothing.
fn is_kept(cx: &Cx<'_>, source: Obj<'_>) -> bool {
    let group = source.str_or("apiGroup", "");
    !cx.is_kind(&["PersistentVolumeClaim"])
        || match source.str("kind") {
            Some("PersistentVolumeClaim") => group == Some(""),
            Some("VolumeSnapshot") => group == Some("snapshot.storage.k8s.io"),
            _ => false,
        }
}

/// What a `dataSource` must have, which OpenAPI says of those as well that the server drops.
fn check_source(cx: &mut Cx<'_>, source: Obj<'_>) {
    for field in ["kind", "name"] {
        if source.is_unset(field) {
            cx.required(source, field, format!("a data source needs {}", cx.f(field)));
        }
    }
    if let Some(group) = source.get("apiGroup").filter(|node| !node.is_empty()) {
        cx.check_format(group, Format::DnsSubdomain);
    }
}

fn volume_spec<'t>(cx: &Cx<'_>, root: Obj<'t>) -> Option<Obj<'t>> {
    if cx.is_kind(&["PersistentVolume"]) { root.object("spec") } else { None }
}

fn check_capacity(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(spec) = volume_spec(cx, root) else { return };
    if spec.is_unset("capacity") {
        let help = format!("add {}, such as `10Gi`", cx.naming.path(&["capacity", "storage"]));
        cx.required(spec, "capacity", "a volume without a capacity").help(help);
        return;
    }
    let Some(capacity) = spec.object("capacity") else { return };
    if capacity.entries().any(|(key, _)| cx.tree.str(key.id) != "storage") {
        cx.not_supported(capacity.node(), "a volume's capacity is of `storage` and nothing else");
    } else if let Some(node) = capacity.get("storage")
        && node.quantity().is_some_and(|amount| amount.is_zero() || amount.is_negative())
    {
        cx.invalid(node, "a volume's capacity must be more than zero");
    }
}

fn check_local_volume(cx: &mut Cx<'_>, root: Obj<'_>) {
    let Some(spec) = volume_spec(cx, root) else { return };
    if spec.object("local").is_some() && spec.is_absent("nodeAffinity") {
        let message = format!("a local volume needs {}", cx.f("nodeAffinity"));
        cx.required(spec, "nodeAffinity", message);
    }
}

fn check_recycled_root(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(path) = spec.object("hostPath").and_then(|source| source.get("path")) else { return };
    let is_root =
        |path: &str| path.starts_with('/') && path.split('/').all(|part| matches!(part, "" | "."));
    let root = path.str().is_some_and(is_root);
    if root && spec.str("persistentVolumeReclaimPolicy") == Some("Recycle") {
        let message = "recycling the node's root directory would erase it";
        cx.report(Reason::Forbidden, spec.place("persistentVolumeReclaimPolicy"), message)
            .related(path.id, "the path is here");
    }
}

fn check_attributes_class(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.is_set("volumeAttributesClassName") && spec.is_absent("csi") {
        let message = format!("{} needs {}", cx.f("volumeAttributesClassName"), cx.f("csi"));
        cx.required(spec, "csi", message);
    }
}

fn check_driver_secrets(cx: &mut Cx<'_>, source: Obj<'_>) {
    for (key, node) in source.entries() {
        let Some(secret) = node.object().filter(|_| cx.tree.str(key.id).ends_with("SecretRef"))
        else {
            continue;
        };
        check_named_with_namespace(cx, secret);
        for (field, format) in [("name", Format::DnsSubdomain), ("namespace", Format::DnsLabel)] {
            if let Some(node) = secret.get(field).filter(|node| !node.is_empty()) {
                cx.check_format(node, format);
            }
        }
    }
}

fn check_volume_secret(cx: &mut Cx<'_>, source: Obj<'_>) {
    if let Some(secret) = source.object("secretRef") {
        check_named_with_namespace(cx, secret);
    }
}

fn check_named_with_namespace(cx: &mut Cx<'_>, secret: Obj<'_>) {
    for field in ["name", "namespace"] {
        if secret.is_unset(field) {
            let message = format!("the reference to a Secret needs {}", cx.f(field));
            cx.required(secret, field, message);
        }
    }
}

fn check_parameters(cx: &mut Cx<'_>, class: Obj<'_>) {
    const MOST: usize = 512;
    let Some(parameters) = class.object("parameters") else { return };
    let count = parameters.entries().count();
    if count > MOST {
        let message = format!("{count} parameters are too many: at most {MOST}");
        cx.report(Reason::TooLong, class.place("parameters"), message);
    } else if parameters.entries().any(|(key, _)| cx.tree.str(key.id).is_empty()) {
        cx.report(Reason::Invalid, class.place("parameters"), "a parameter has no name");
    }
}

fn check_topologies(cx: &mut Cx<'_>, class: Obj<'_>) {
    let terms: Vec<Obj<'_>> = class.objects("allowedTopologies").collect();
    for (index, term) in terms.iter().enumerate() {
        if term.is_unset("matchLabelExpressions") {
            let message = format!("a topology needs {}", cx.f("matchLabelExpressions"));
            cx.required(*term, "matchLabelExpressions", message);
        }
        let mut keys: Vec<Node<'_>> = Vec::new();
        for requirement in term.objects("matchLabelExpressions") {
            if let Some(key) = requirement.get("key") {
                match keys.iter().find(|other| key.str().is_some() && other.str() == key.str()) {
                    Some(first) => {
                        cx.duplicate(key, *first, "a key that stands twice");
                    }
                    None => keys.push(key),
                }
            }
            let values: Vec<Node<'_>> = requirement.items("values").collect();
            for (at, value) in values.iter().enumerate() {
                let first = values[..at]
                    .iter()
                    .find(|other| value.str().is_some() && other.str() == value.str());
                if let Some(first) = first {
                    cx.duplicate(*value, *first, "a value that stands twice");
                }
            }
        }
        let same = |other: &&Obj<'_>| same_topology(**other, *term);
        if let Some(first) = terms[..index].iter().find(same) {
            cx.report(
                Reason::Duplicate,
                term.place("matchLabelExpressions"),
                "a topology that stands twice",
            )
            .related(first.id, "first here");
        }
    }
}

/// Whether two terms ask for the same: the same keys with the same values, in whatever order.
fn same_topology(a: Obj<'_>, b: Obj<'_>) -> bool {
    fn read<'t>(term: Obj<'t>) -> Option<Vec<(&'t str, Vec<&'t str>)>> {
        let mut all = Vec::new();
        for requirement in term.objects("matchLabelExpressions") {
            let mut values =
                requirement.items("values").map(Node::str).collect::<Option<Vec<_>>>()?;
            values.sort_unstable();
            all.push((requirement.str("key")?, values));
        }
        all.sort();
        Some(all)
    }
    matches!((read(a), read(b)), (Some(a), Some(b)) if a == b)
}
