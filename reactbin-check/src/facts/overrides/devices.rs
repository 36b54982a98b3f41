//! Devices that are allocated to pods: claims, classes, and what drivers say that there is.

use super::Constraint::{
    Format, Keys, MaxItems, MaxLength, NotEmpty, Optional, Range, Required, Unique,
};
use super::{Choice, TypeOverrides};
use crate::finding::Reason;
use crate::formats::Format::{
    AttributeName, DnsLabel, DnsSubdomain, DnsSubdomainCaseless, ExtendedResource,
    FullAttributeName, LabelKey, LabelValue, PoolName, SemanticVersion,
};

const fn ty(
    ty: &'static str,
    fields: &'static [(&'static str, super::Constraint)],
) -> TypeOverrides {
    TypeOverrides { ty, fields, choices: &[] }
}

/// The most that an expression can have.
const LONG: super::Constraint = MaxLength(10 << 10);
/// A number that a default stands for where it is 0.
const COUNT: super::Constraint = Range(0, i64::MAX);
/// A text as long as an attribute can be.
const SHORT: super::Constraint = MaxLength(64);

pub(super) const TYPES: &[TypeOverrides] = &[
    ty("api.resource.v1.CELDeviceSelector", &[("expression", Required), ("expression", LONG)]),
    ty(
        "api.resource.v1.CounterSet",
        &[
            ("counters", Keys(DnsLabel)),
            ("counters", MaxItems(32)),
            ("counters", Required),
            ("name", Format(DnsLabel)),
            ("name", Required),
        ],
    ),
    ty(
        "api.resource.v1.Device",
        &[
            ("attributes", Keys(AttributeName)),
            ("bindingConditions", Format(LabelKey)),
            ("bindingConditions", MaxItems(4)),
            ("bindingConditions", Unique),
            ("bindingFailureConditions", Format(LabelKey)),
            ("bindingFailureConditions", MaxItems(4)),
            ("bindingFailureConditions", Unique),
            ("capacity", Keys(AttributeName)),
            ("consumesCounters", MaxItems(2)),
            ("name", Format(DnsLabel)),
            ("name", Required),
            ("nodeName", Format(DnsSubdomain)),
            ("taints", MaxItems(16)),
        ],
    ),
    ty(
        "api.resource.v1.DeviceAttribute",
        &[
            ("bools", NotEmpty),
            ("ints", NotEmpty),
            ("string", SHORT),
            ("strings", NotEmpty),
            ("strings", SHORT),
            ("version", Format(SemanticVersion)),
            ("version", NotEmpty),
            ("version", SHORT),
            ("versions", Format(SemanticVersion)),
            ("versions", NotEmpty),
            ("versions", SHORT),
        ],
    ),
    // What isn't given is zero.
    ty("api.resource.v1.Counter", &[("value", Optional)]),
    ty("api.resource.v1.DeviceCapacity", &[("value", Optional)]),
    ty("api.resource.v1.CapacityRequestPolicy", &[("validValues", MaxItems(10))]),
    ty(
        "api.resource.v1.DeviceClaim",
        &[("config", MaxItems(32)), ("constraints", MaxItems(32)), ("requests", MaxItems(32))],
    ),
    ty(
        "api.resource.v1.DeviceClaimConfiguration",
        &[("opaque", Required), ("requests", MaxItems(32)), ("requests", Unique)],
    ),
    ty("api.resource.v1.DeviceClass", &[("spec", Optional)]),
    ty("api.resource.v1.DeviceClassConfiguration", &[("opaque", Required)]),
    ty(
        "api.resource.v1.DeviceClassSpec",
        &[
            ("config", MaxItems(32)),
            ("extendedResourceName", Format(ExtendedResource)),
            ("extendedResourceName", NotEmpty),
            ("selectors", MaxItems(32)),
        ],
    ),
    ty(
        "api.resource.v1.DeviceConstraint",
        &[
            ("distinctAttribute", Format(FullAttributeName)),
            ("distinctAttribute", NotEmpty),
            ("matchAttribute", Format(FullAttributeName)),
            ("matchAttribute", NotEmpty),
            ("requests", MaxItems(32)),
            ("requests", Unique),
        ],
    ),
    ty(
        "api.resource.v1.DeviceCounterConsumption",
        &[
            ("counterSet", Format(DnsLabel)),
            ("counterSet", Required),
            ("counters", Keys(DnsLabel)),
            ("counters", MaxItems(32)),
            ("counters", Required),
        ],
    ),
    TypeOverrides {
        ty: "api.resource.v1.DeviceRequest",
        fields: &[("firstAvailable", MaxItems(8)), ("name", Format(DnsLabel)), ("name", Required)],
        choices: &[Choice {
            fields: &["exactly", "firstAvailable"],
            at_least_one: Some("the devices that are asked for"),
            missing: "",
            only_one: "a request is for exactly some devices or for the first of several that are free",
            reason: Reason::Invalid,
        }],
    },
    ty("api.resource.v1.DeviceSelector", &[("cel", Required)]),
    ty(
        "api.resource.v1.DeviceSubRequest",
        &[
            ("count", COUNT),
            ("deviceClassName", Format(DnsSubdomain)),
            ("deviceClassName", Required),
            ("name", Format(DnsLabel)),
            ("name", Required),
            ("selectors", MaxItems(32)),
        ],
    ),
    ty(
        "api.resource.v1.DeviceTaint",
        &[
            ("effect", Required),
            ("key", Format(LabelKey)),
            ("key", Required),
            ("value", Format(LabelValue)),
        ],
    ),
    ty(
        "api.resource.v1.DeviceToleration",
        &[("key", Format(LabelKey)), ("value", Format(LabelValue))],
    ),
    ty(
        "api.resource.v1.ExactDeviceRequest",
        &[
            ("count", COUNT),
            ("deviceClassName", Format(DnsSubdomain)),
            ("deviceClassName", Required),
            ("selectors", MaxItems(32)),
        ],
    ),
    ty(
        "api.resource.v1.OpaqueDeviceConfiguration",
        &[
            ("driver", Format(DnsSubdomainCaseless)),
            ("driver", MaxLength(63)),
            ("driver", Required),
            ("parameters", Required),
        ],
    ),
    // A claim of nothing is one.
    ty("api.resource.v1.ResourceClaim", &[("spec", Optional)]),
    ty("api.resource.v1.ResourceClaimTemplate", &[("spec", Optional)]),
    ty("api.resource.v1.ResourceClaimTemplateSpec", &[("spec", Optional)]),
    ty(
        "api.resource.v1.ResourcePool",
        &[
            ("generation", COUNT),
            ("generation", Optional),
            ("name", Format(PoolName)),
            ("name", Required),
            ("resourceSliceCount", Range(1, i64::MAX)),
        ],
    ),
    ty(
        "api.resource.v1.ResourceSliceSpec",
        &[
            ("driver", Format(DnsSubdomainCaseless)),
            ("driver", MaxLength(63)),
            ("driver", Required),
            ("nodeName", Format(DnsSubdomain)),
            ("sharedCounters", MaxItems(8)),
        ],
    ),
];
