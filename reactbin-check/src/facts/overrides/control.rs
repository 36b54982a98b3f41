//! What controls the cluster: the flow of requests, certificates, leases, runtimes.

use super::Constraint::{Format, Keys, MapValues, NonNegative, OneOf, Range, Required, Unique};
use super::TypeOverrides;
use crate::formats::Format::{
    ContainerResourceName, Dns1035Label, DnsLabel, DnsSubdomain, LabelKey, LabelValue, SignerName,
};

const fn ty(
    ty: &'static str,
    fields: &'static [(&'static str, super::Constraint)],
) -> TypeOverrides {
    TypeOverrides { ty, fields, choices: &[] }
}

const PERCENT: super::Constraint = Range(0, 100);
const ANY_COUNT: super::Constraint = Range(0, i32::MAX as i64);

pub(super) const TYPES: &[TypeOverrides] = &[
    ty("api.authentication.v1.TokenRequestSpec", &[("expirationSeconds", Range(600, 1 << 32))]),
    ty("api.authentication.v1.TokenReviewSpec", &[("token", Required)]),
    ty(
        "api.certificates.v1.CertificateSigningRequestSpec",
        &[
            ("expirationSeconds", Range(600, i32::MAX as i64)),
            ("request", Required),
            ("signerName", Required),
            ("signerName", Format(SignerName)),
            ("usages", Required),
            ("usages", Unique),
        ],
    ),
    ty(
        "api.coordination.v1.LeaseSpec",
        &[("leaseDurationSeconds", Range(1, i32::MAX as i64)), ("leaseTransitions", ANY_COUNT)],
    ),
    ty(
        "api.flowcontrol.v1.ExemptPriorityLevelConfiguration",
        &[("lendablePercent", PERCENT), ("nominalConcurrencyShares", ANY_COUNT)],
    ),
    ty(
        "api.flowcontrol.v1.FlowDistinguisherMethod",
        &[("type", Required), ("type", OneOf(&["ByNamespace", "ByUser"]))],
    ),
    ty("api.flowcontrol.v1.FlowSchema", &[("spec", Required)]),
    ty("api.flowcontrol.v1.PriorityLevelConfiguration", &[("spec", Required)]),
    ty("api.flowcontrol.v1.GroupSubject", &[("name", Required)]),
    ty(
        "api.flowcontrol.v1.ServiceAccountSubject",
        &[("name", Required), ("namespace", Required), ("namespace", Format(DnsLabel))],
    ),
    ty("api.flowcontrol.v1.UserSubject", &[("name", Required)]),
    ty("api.flowcontrol.v1.FlowSchemaSpec", &[("matchingPrecedence", Range(0, 10_000))]),
    ty(
        "api.flowcontrol.v1.LimitResponse",
        &[("type", Required), ("type", OneOf(&["Queue", "Reject"]))],
    ),
    ty(
        "api.flowcontrol.v1.LimitedPriorityLevelConfiguration",
        &[
            ("borrowingLimitPercent", ANY_COUNT),
            ("lendablePercent", PERCENT),
            ("limitResponse", Required),
            ("nominalConcurrencyShares", ANY_COUNT),
        ],
    ),
    ty(
        "api.flowcontrol.v1.NonResourcePolicyRule",
        &[("nonResourceURLs", Required), ("verbs", Required)],
    ),
    ty("api.flowcontrol.v1.PolicyRulesWithSubjects", &[("subjects", Required)]),
    ty(
        "api.flowcontrol.v1.PriorityLevelConfigurationReference",
        &[("name", Required), ("name", Format(DnsSubdomain))],
    ),
    ty(
        "api.flowcontrol.v1.PriorityLevelConfigurationSpec",
        &[("type", Required), ("type", OneOf(&["Exempt", "Limited"]))],
    ),
    ty(
        "api.flowcontrol.v1.QueuingConfiguration",
        &[
            ("handSize", ANY_COUNT),
            ("queueLengthLimit", ANY_COUNT),
            ("queues", Range(0, 10_000_000)),
        ],
    ),
    ty(
        "api.flowcontrol.v1.ResourcePolicyRule",
        &[("apiGroups", Required), ("resources", Required), ("verbs", Required)],
    ),
    ty(
        "api.flowcontrol.v1.Subject",
        &[("kind", Required), ("kind", OneOf(&["Group", "ServiceAccount", "User"]))],
    ),
    ty(
        "api.node.v1.Overhead",
        &[("podFixed", Keys(ContainerResourceName)), ("podFixed", NonNegative)],
    ),
    ty("api.node.v1.RuntimeClass", &[("handler", Required), ("handler", Format(DnsLabel))]),
    ty(
        "api.node.v1.Scheduling",
        &[("nodeSelector", Keys(LabelKey)), ("nodeSelector", MapValues(LabelValue))],
    ),
    ty("kube-aggregator.pkg.apis.apiregistration.v1.APIService", &[("spec", Required)]),
    ty(
        "kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec",
        &[
            ("group", Format(DnsSubdomain)),
            ("groupPriorityMinimum", Range(1, 20_000)),
            ("version", Required),
            ("version", Format(Dns1035Label)),
            ("versionPriority", Range(1, 1000)),
        ],
    ),
    ty(
        "kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference",
        &[("name", Required), ("namespace", Required), ("port", Range(1, 65535))],
    ),
];
