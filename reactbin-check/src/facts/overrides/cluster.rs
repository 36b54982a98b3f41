//! Kinds that a cluster's operators and controllers write: CSI, addresses, nodes, revisions.

use super::Constraint::{
    Format, MaxItems, MaxLength, NonNegative, NotEmpty, OneOf, Optional, Range, Required, Unique,
    UniqueBy,
};
use super::{Choice, TypeOverrides};
use crate::finding::Reason;
use crate::formats::Format::{
    AnnotationKey, CanonicalCidr, Cidr, DnsSubdomain, DnsSubdomainCaseless, LabelKey, LabelValue,
    PathSegmentName,
};

pub(super) const TYPES: &[TypeOverrides] = &[
    TypeOverrides {
        ty: "api.apps.v1.ControllerRevision",
        fields: &[("data", Required), ("revision", Optional), ("revision", Range(0, i64::MAX))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.NodeSpec",
        fields: &[
            ("podCIDR", Format(Cidr)),
            ("podCIDRs", Unique),
            ("taints", UniqueBy(&["key", "effect"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.Taint",
        fields: &[
            ("effect", Required),
            ("key", Required),
            ("key", Format(LabelKey)),
            ("value", Format(LabelValue)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.ParentReference",
        fields: &[
            ("group", Format(DnsSubdomain)),
            ("name", Required),
            ("name", Format(PathSegmentName)),
            ("namespace", Format(PathSegmentName)),
            ("resource", Required),
            ("resource", Format(PathSegmentName)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.ServiceCIDR",
        fields: &[("spec", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.ServiceCIDRSpec",
        fields: &[("cidrs", Required), ("cidrs", MaxItems(2)), ("cidrs", Format(CanonicalCidr))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.storage.v1.CSIDriverSpec",
        fields: &[
            ("fsGroupPolicy", NotEmpty),
            ("fsGroupPolicy", OneOf(&["File", "None", "ReadWriteOnceWithFSType"])),
            ("nodeAllocatableUpdatePeriodSeconds", Range(10, i64::MAX)),
            ("tokenRequests", UniqueBy(&["audience"])),
            ("volumeLifecycleModes", OneOf(&["Persistent", "Ephemeral"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.storage.v1.CSINodeDriver",
        fields: &[
            ("name", Required),
            ("name", Format(DnsSubdomainCaseless)),
            ("name", MaxLength(63)),
            ("nodeID", Required),
            ("nodeID", MaxLength(256)),
            ("topologyKeys", Format(LabelKey)),
            ("topologyKeys", Unique),
        ],
        choices: &[],
    },
    // All that is in it has a default.
    TypeOverrides { ty: "api.storage.v1.CSIDriver", fields: &[("spec", Optional)], choices: &[] },
    TypeOverrides { ty: "api.storage.v1.CSINode", fields: &[("spec", Optional)], choices: &[] },
    TypeOverrides {
        ty: "api.storage.v1.CSINodeSpec",
        fields: &[("drivers", Optional), ("drivers", Unique)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.storage.v1.CSIStorageCapacity",
        fields: &[
            ("capacity", NonNegative),
            ("storageClassName", Required),
            ("storageClassName", Format(DnsSubdomain)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.storage.v1.TokenRequest",
        // Without one it is the API server itself.
        fields: &[("audience", Optional), ("expirationSeconds", Range(600, 1 << 32))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.storage.v1.VolumeAttachmentSource",
        fields: &[
            ("persistentVolumeName", NotEmpty),
            ("persistentVolumeName", Format(DnsSubdomain)),
        ],
        choices: &[Choice {
            fields: &["inlineVolumeSpec", "persistentVolumeName"],
            at_least_one: Some("the volume to attach"),
            missing: "",
            only_one: "an attachment is of one volume",
            reason: Reason::Forbidden,
        }],
    },
    TypeOverrides {
        ty: "api.storage.v1.VolumeAttachmentSpec",
        fields: &[
            ("attacher", Required),
            ("attacher", Format(DnsSubdomainCaseless)),
            ("attacher", MaxLength(63)),
            ("nodeName", Required),
            ("nodeName", Format(DnsSubdomain)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.storage.v1.VolumeAttributesClass",
        fields: &[
            ("driverName", Required),
            ("driverName", Format(AnnotationKey)),
            ("parameters", Required),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.storage.v1.VolumeNodeResources",
        fields: &[("count", Range(0, i32::MAX as i64))],
        choices: &[],
    },
];
