//! Networking: Service, Ingress, IngressClass, NetworkPolicy.

use super::Constraint::{
    Format, Keys, MapValues, MaxItems, MaxLength, NotEmpty, OneOf, Port, PortOrUnset, Range,
    Required, Unique,
};
use super::{Choice, TypeOverrides};
use crate::finding::Reason;
use crate::formats::Format::{
    Cidr, DnsLabel, DnsSubdomain, DomainPrefixedPath, Host, Ip, LabelKey, LabelValue,
    PathSegmentName, PortName, TlsHost,
};

pub(super) const TYPES: &[TypeOverrides] = &[
    TypeOverrides { ty: "api.core.v1.Service", fields: &[("spec", Required)], choices: &[] },
    TypeOverrides {
        ty: "api.core.v1.ServicePort",
        fields: &[
            ("appProtocol", NotEmpty),
            ("appProtocol", Format(LabelKey)),
            ("name", Format(DnsLabel)),
            ("port", Range(1, 65535)),
            ("targetPort", PortOrUnset),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.ServiceSpec",
        fields: &[
            ("clusterIPs", MaxItems(2)),
            ("externalIPs", Format(Ip)),
            ("healthCheckNodePort", Range(0, 65535)),
            ("internalTrafficPolicy", NotEmpty),
            ("ipFamilyPolicy", NotEmpty),
            ("loadBalancerClass", NotEmpty),
            ("loadBalancerClass", Format(LabelKey)),
            ("ports", Unique),
            ("selector", Keys(LabelKey)),
            ("selector", MapValues(LabelValue)),
            ("trafficDistribution", NotEmpty),
            ("trafficDistribution", OneOf(&["PreferClose", "PreferSameZone", "PreferSameNode"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.HTTPIngressPath",
        fields: &[("pathType", NotEmpty)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.HTTPIngressRuleValue",
        fields: &[("paths", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.IPBlock",
        fields: &[("cidr", Required), ("cidr", Format(Cidr)), ("except", Format(Cidr))],
        choices: &[],
    },
    TypeOverrides { ty: "api.networking.v1.Ingress", fields: &[("spec", Required)], choices: &[] },
    TypeOverrides {
        ty: "api.networking.v1.IngressBackend",
        fields: &[],
        choices: &[Choice {
            fields: &["resource", "service"],
            at_least_one: Some("the Service, or another resource, that the traffic goes to"),
            missing: "",
            only_one: "a backend is one thing",
            reason: Reason::Invalid,
        }],
    },
    TypeOverrides {
        ty: "api.networking.v1.IngressClass",
        fields: &[("spec", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.IngressClassParametersReference",
        fields: &[
            ("apiGroup", NotEmpty),
            ("apiGroup", Format(DnsSubdomain)),
            ("kind", Required),
            ("kind", Format(PathSegmentName)),
            ("name", Required),
            ("name", Format(PathSegmentName)),
            ("namespace", Format(DnsLabel)),
            ("scope", NotEmpty),
            ("scope", OneOf(&["Cluster", "Namespace"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.IngressClassSpec",
        fields: &[
            ("controller", Required),
            ("controller", Format(DomainPrefixedPath)),
            ("controller", MaxLength(250)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.IngressRule",
        fields: &[("host", Format(Host))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.IngressServiceBackend",
        fields: &[("name", Required), ("name", Format(DnsLabel)), ("port", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.IngressSpec",
        fields: &[("ingressClassName", NotEmpty), ("ingressClassName", Format(DnsSubdomain))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.IngressTLS",
        fields: &[("hosts", Format(TlsHost)), ("secretName", Format(DnsSubdomain))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.NetworkPolicyPort",
        fields: &[("endPort", Range(1, 65535)), ("port", Port), ("protocol", NotEmpty)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.NetworkPolicySpec",
        fields: &[("policyTypes", MaxItems(2))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.networking.v1.ServiceBackendPort",
        fields: &[("name", Format(PortName)), ("number", Range(1, 65535))],
        choices: &[Choice {
            fields: &["name", "number"],
            at_least_one: Some("the port of the Service, by name or number"),
            missing: "number",
            only_one: "they say the same thing",
            reason: Reason::Invalid,
        }],
    },
];
