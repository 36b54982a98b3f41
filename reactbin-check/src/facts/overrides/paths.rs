//! Where the API server, in its errors, names another field than the one that is wrong.
//!
//! A finding points at the token that is wrong; its path is the one that the server reports, so
//! that either can be compared with the other.

/// What the server names instead of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Renamed {
    /// The type that has the field.
    pub(crate) ty: &'static str,
    /// The field.
    pub(crate) field: &'static str,
    /// How many steps of the path it leaves out, the field's own among them.
    pub(crate) up: usize,
    /// What it puts in their place; may be empty.
    pub(crate) name: &'static str,
    /// Whether the field's value is meant, and not what stands in it.
    pub(crate) last: bool,
}

const fn up(ty: &'static str, field: &'static str, up: usize) -> Renamed {
    Renamed { ty, field, up, name: "", last: true }
}

const fn to(ty: &'static str, field: &'static str, name: &'static str) -> Renamed {
    Renamed { ty, field, up: 1, name, last: false }
}

const RENAMED: &[Renamed] = &[
    up("api.apps.v1.DaemonSetUpdateStrategy", "type", 1),
    up("api.apps.v1.DeploymentStrategy", "type", 1),
    up("api.apps.v1.StatefulSetUpdateStrategy", "type", 1),
    up("api.core.v1.ContainerResizePolicy", "resourceName", 2),
    up("api.core.v1.ContainerResizePolicy", "restartPolicy", 2),
    up("api.core.v1.DownwardAPIVolumeFile", "resourceFieldRef", 3),
    up("api.core.v1.EnvFromSource", "secretRef", 2),
    up("api.core.v1.EnvVarSource", "configMapKeyRef", 1),
    up("api.core.v1.EnvVarSource", "fileKeyRef", 1),
    up("api.core.v1.EnvVarSource", "resourceFieldRef", 1),
    up("api.core.v1.EnvVarSource", "secretKeyRef", 1),
    to("api.core.v1.FCVolumeSource", "wwids", "targetWWNs"),
    up("api.core.v1.FlockerVolumeSource", "datasetUUID", 1),
    up("api.core.v1.HTTPHeader", "name", 2),
    to("api.core.v1.ISCSIPersistentVolumeSource", "initiatorName", "initiatorname"),
    to("api.core.v1.ISCSIVolumeSource", "initiatorName", "initiatorname"),
    to("api.core.v1.ObjectFieldSelector", "apiVersion", "fieldPath"),
    to("api.core.v1.NodeSpec", "podCIDR", "podCIDRs[0]"),
    to("api.core.v1.PodAffinityTerm", "namespaces", "namespace"),
    up("api.core.v1.PodDNSConfigOption", "name", 1),
    up("api.core.v1.PodOS", "name", 1),
    up("api.core.v1.PodSchedulingGate", "name", 1),
    to("api.core.v1.PodSpec", "serviceAccount", "serviceAccountName"),
    up("api.core.v1.ResourceClaim", "name", 1),
    to("api.core.v1.Secret", "stringData", "data"),
    to("api.core.v1.ServiceSpec", "clusterIP", "clusterIPs[0]"),
    to("api.core.v1.ServiceSpec", "loadBalancerSourceRanges", "LoadBalancerSourceRanges"),
    up("api.core.v1.SleepAction", "seconds", 1),
    to("api.core.v1.Toleration", "value", "operator"),
    up("api.core.v1.VolumeProjection", "clusterTrustBundle", 1),
    up("api.core.v1.VolumeProjection", "configMap", 1),
    up("api.core.v1.VolumeProjection", "downwardAPI", 1),
    up("api.core.v1.VolumeProjection", "podCertificate", 1),
    up("api.core.v1.VolumeProjection", "serviceAccountToken", 1),
    to("api.core.v1.VolumeResourceRequirements", "requests", ""),
    to("api.events.v1.Event", "deprecatedCount", "count"),
    to("api.events.v1.Event", "deprecatedFirstTimestamp", "firstTimestamp"),
    to("api.events.v1.Event", "deprecatedLastTimestamp", "lastTimestamp"),
    to("api.events.v1.Event", "deprecatedSource", "source"),
    to("api.events.v1.Event", "note", "message"),
    to("api.events.v1.Event", "regarding", "involvedObject"),
    up("api.networking.v1.IngressBackend", "resource", 1),
    up("api.networking.v1.IngressBackend", "service", 1),
    up("api.networking.v1.NetworkPolicyPeer", "ipBlock", 1),
    to("api.storage.v1.CSINodeDriver", "topologyKeys", ""),
    to(
        "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition",
        "jsonPath",
        "JSONPath",
    ),
];

/// What the server names instead of this field of this type; `last` where the field ends the path.
pub(crate) fn renamed(ty: &str, field: &str, last: bool) -> Option<&'static Renamed> {
    RENAMED.iter().find(|other| other.ty == ty && other.field == field && (last || !other.last))
}

/// Fields that are pointers to the server, by their types: where one of them isn't given it names
/// that field, and not the first one that would have to stand in it.
const POINTERS: &[(&str, &str)] = &[
    ("api.core.v1.ContainerRestartRule", "exitCodes"),
    ("api.core.v1.EphemeralVolumeSource", "volumeClaimTemplate"),
    ("api.core.v1.ReplicationControllerSpec", "template"),
    ("api.core.v1.VolumeNodeAffinity", "required"),
    ("api.networking.v1.IPAddressSpec", "parentRef"),
    ("api.resource.v1.DeviceClaimConfiguration", "opaque"),
    ("api.resource.v1.DeviceClassConfiguration", "opaque"),
    ("api.resource.v1.DeviceSelector", "cel"),
];

/// Whether the server names this field of this type where it is missing, whatever would have to
/// stand in it.
pub(crate) fn names_itself(ty: &str, field: &str) -> bool {
    POINTERS.contains(&(ty, field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Ty, type_def};

    #[test]
    fn every_path_names_a_type_and_a_field_that_exist() {
        for renamed in RENAMED {
            let ty = type_def(renamed.ty).unwrap_or_else(|| panic!("no type {}", renamed.ty));
            assert!(ty.field(renamed.field).is_some(), "{} has no {}", renamed.ty, renamed.field);
        }
        for (name, field) in POINTERS {
            let ty = type_def(name).unwrap_or_else(|| panic!("no type {name}"));
            let field = ty.field(field).unwrap_or_else(|| panic!("{name} has no {field}"));
            assert!(matches!(field.ty, Ty::Object(_)), "{name}: {} is no object", field.name);
        }
    }
}
