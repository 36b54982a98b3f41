//! Everything that isn't a workload or its network: configuration, storage, scaling, RBAC, quotas.

use super::Constraint::{
    CountOrPercent, Format, Keys, MaxItems, MaxLength, MaxValues, NonNegative, NotEmpty, OneOf,
    Optional, Positive, Range, Required, UniqueBy,
};
use super::{Choice, TypeOverrides};
use crate::finding::Reason;
use crate::formats::Format::{
    AnnotationKey, ContainerResourceName, DataKey, DnsLabel, DnsSubdomain, DnsSubdomainCaseless,
    Ip, LabelKey, LabelValue, PathSegmentName, PathWithoutBacksteps,
};

/// What a ConfigMap or Secret can hold.
const DATA_LIMIT: usize = 1024 * 1024;
const PROTOCOLS: super::Constraint = OneOf(&["TCP", "UDP", "SCTP"]);

pub(super) const TYPES: &[TypeOverrides] = &[
    TypeOverrides {
        ty: "api.autoscaling.v1.CrossVersionObjectReference",
        fields: &[
            ("kind", Required),
            ("kind", Format(PathSegmentName)),
            ("name", Required),
            ("name", Format(PathSegmentName)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v1.HorizontalPodAutoscalerSpec",
        fields: &[
            ("maxReplicas", Range(1, i32::MAX as i64)),
            ("minReplicas", Range(1, i32::MAX as i64)),
            ("targetCPUUtilizationPercentage", Range(1, i32::MAX as i64)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v2.ContainerResourceMetricSource",
        fields: &[
            ("container", Required),
            ("container", Format(DnsLabel)),
            ("name", Required),
            ("name", Format(ContainerResourceName)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v2.CrossVersionObjectReference",
        fields: &[
            ("kind", Required),
            ("kind", Format(PathSegmentName)),
            ("name", Required),
            ("name", Format(PathSegmentName)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v2.HPAScalingPolicy",
        fields: &[
            ("periodSeconds", Range(1, 1800)),
            ("type", Required),
            ("type", OneOf(&["Pods", "Percent"])),
            ("value", Range(1, i32::MAX as i64)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v2.HPAScalingRules",
        fields: &[
            ("policies", NotEmpty),
            ("selectPolicy", NotEmpty),
            ("selectPolicy", OneOf(&["Max", "Min", "Disabled"])),
            ("stabilizationWindowSeconds", Range(0, 3600)),
            ("tolerance", NonNegative),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v2.HorizontalPodAutoscalerSpec",
        fields: &[
            ("maxReplicas", Range(1, i32::MAX as i64)),
            ("minReplicas", Range(1, i32::MAX as i64)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v2.MetricIdentifier",
        fields: &[("name", Required), ("name", Format(PathSegmentName))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v2.MetricSpec",
        fields: &[
            ("type", Required),
            ("type", OneOf(&["ContainerResource", "External", "Object", "Pods", "Resource"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v2.MetricTarget",
        fields: &[
            ("averageUtilization", Range(1, i32::MAX as i64)),
            ("averageValue", Positive),
            ("type", Required),
            ("type", OneOf(&["Utilization", "Value", "AverageValue"])),
            ("value", Positive),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.autoscaling.v2.ResourceMetricSource",
        fields: &[("name", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.CSIPersistentVolumeSource",
        fields: &[
            ("driver", Required),
            ("driver", Format(DnsSubdomainCaseless)),
            ("driver", MaxLength(63)),
            ("volumeHandle", Required),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.ConfigMap",
        fields: &[
            ("binaryData", Keys(DataKey)),
            ("binaryData", MaxValues(DATA_LIMIT)),
            ("data", Keys(DataKey)),
            ("data", MaxValues(DATA_LIMIT)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.EndpointAddress",
        fields: &[
            ("hostname", Format(DnsLabel)),
            ("ip", Required),
            ("ip", Format(Ip)),
            ("nodeName", NotEmpty),
            ("nodeName", Format(DnsSubdomain)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.EndpointPort",
        fields: &[
            ("appProtocol", NotEmpty),
            ("appProtocol", Format(LabelKey)),
            ("name", Format(DnsLabel)),
            ("port", Range(1, 65535)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.LimitRangeItem",
        fields: &[("type", Required), ("type", Format(LabelKey))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.LimitRangeSpec",
        fields: &[("limits", Optional)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.LocalVolumeSource",
        fields: &[("path", Required), ("path", Format(PathWithoutBacksteps))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.PersistentVolume",
        fields: &[("spec", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.PersistentVolumeSpec",
        fields: &[
            ("accessModes", Required),
            ("storageClassName", Format(DnsSubdomain)),
            ("volumeAttributesClassName", NotEmpty),
            ("volumeAttributesClassName", Format(DnsSubdomain)),
            ("volumeMode", NotEmpty),
        ],
        choices: &[Choice {
            fields: &[
                "awsElasticBlockStore",
                "azureDisk",
                "azureFile",
                "cephfs",
                "cinder",
                "csi",
                "fc",
                "flexVolume",
                "flocker",
                "gcePersistentDisk",
                "glusterfs",
                "hostPath",
                "iscsi",
                "local",
                "nfs",
                "photonPersistentDisk",
                "portworxVolume",
                "quobyte",
                "rbd",
                "scaleIO",
                "storageos",
                "vsphereVolume",
            ],
            at_least_one: Some("the kind of volume, such as `csi` or `local`"),
            missing: "",
            only_one: "a volume has one source",
            reason: Reason::Forbidden,
        }],
    },
    TypeOverrides {
        ty: "api.core.v1.ResourceQuotaSpec",
        fields: &[("hard", NonNegative)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.ScopedResourceSelectorRequirement",
        fields: &[("operator", Required), ("scopeName", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.Secret",
        fields: &[
            ("data", Keys(DataKey)),
            ("data", MaxValues(DATA_LIMIT)),
            ("stringData", Keys(DataKey)),
            ("stringData", MaxValues(DATA_LIMIT)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.TopologySelectorLabelRequirement",
        fields: &[("key", Required), ("key", Format(LabelKey)), ("values", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.VolumeNodeAffinity",
        fields: &[("required", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.discovery.v1.Endpoint",
        fields: &[
            ("addresses", Required),
            ("addresses", MaxItems(100)),
            // `deprecatedTopology` is dropped, whatever it says.
            ("hostname", NotEmpty),
            ("hostname", Format(DnsLabel)),
            ("nodeName", NotEmpty),
            ("nodeName", Format(DnsSubdomain)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.discovery.v1.EndpointHints",
        fields: &[
            ("forNodes", MaxItems(8)),
            ("forNodes", UniqueBy(&["name"])),
            ("forZones", MaxItems(8)),
            ("forZones", UniqueBy(&["name"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.discovery.v1.EndpointPort",
        fields: &[
            ("appProtocol", NotEmpty),
            ("appProtocol", Format(LabelKey)),
            ("name", Format(DnsLabel)),
            ("protocol", NotEmpty),
            ("protocol", PROTOCOLS),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.discovery.v1.EndpointSlice",
        fields: &[
            ("addressType", Required),
            ("addressType", OneOf(&["IPv4", "IPv6", "FQDN"])),
            ("endpoints", MaxItems(1000)),
            ("ports", MaxItems(20_000)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.discovery.v1.ForNode",
        fields: &[("name", Required), ("name", Format(DnsSubdomain))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.discovery.v1.ForZone",
        // It is a label's value, which can be empty.
        fields: &[("name", Optional), ("name", Format(LabelValue))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.policy.v1.PodDisruptionBudgetSpec",
        fields: &[
            ("maxUnavailable", CountOrPercent),
            ("minAvailable", CountOrPercent),
            ("unhealthyPodEvictionPolicy", NotEmpty),
        ],
        choices: &[Choice {
            fields: &["minAvailable", "maxUnavailable"],
            at_least_one: None,
            missing: "",
            only_one: "each follows from the other",
            reason: Reason::Invalid,
        }],
    },
    TypeOverrides {
        ty: "api.rbac.v1.AggregationRule",
        fields: &[("clusterRoleSelectors", Required)],
        choices: &[],
    },
    TypeOverrides { ty: "api.rbac.v1.PolicyRule", fields: &[("verbs", Required)], choices: &[] },
    TypeOverrides {
        ty: "api.rbac.v1.RoleRef",
        fields: &[
            ("apiGroup", OneOf(&["rbac.authorization.k8s.io"])),
            ("kind", Required),
            ("name", Required),
            ("name", Format(PathSegmentName)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.rbac.v1.Subject",
        fields: &[
            ("kind", Required),
            ("kind", OneOf(&["ServiceAccount", "User", "Group"])),
            ("name", Required),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.scheduling.v1.PriorityClass",
        fields: &[("preemptionPolicy", NotEmpty)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.storage.v1.StorageClass",
        fields: &[
            ("provisioner", Required),
            ("provisioner", Format(AnnotationKey)),
            ("reclaimPolicy", OneOf(&["Delete", "Retain"])),
            ("volumeBindingMode", NotEmpty),
            ("parameters", MaxLength(256 << 10)),
        ],
        choices: &[],
    },
];
