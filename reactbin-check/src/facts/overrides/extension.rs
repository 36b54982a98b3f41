//! What extends the API server: custom resources, admission webhooks and policies, API services.

use super::Constraint::{
    Format, MaxItems, MaxLength, NotEmpty, OneOf, Optional, Range, Required, Unique, UniqueBy,
};
use super::{Choice, TypeOverrides};
use crate::finding::Reason;
use crate::formats::Format::{
    Dns1035Label, DnsSubdomain, KindName, LabelKey, LabelValue, PathSegmentName,
};

const CLIENT: &[Choice] = &[Choice {
    fields: &["service", "url"],
    at_least_one: Some("where the webhook is called"),
    missing: "",
    only_one: "a webhook is called at one place",
    reason: Reason::Required,
}];

/// The parameters of a policy are chosen by name or by label.
const PARAMETERS: &[Choice] = &[Choice {
    fields: &["name", "selector"],
    at_least_one: Some("which parameters are meant"),
    missing: "",
    only_one: "parameters are chosen by name or by label",
    reason: Reason::Forbidden,
}];

const SCOPES: super::Constraint = OneOf(&["*", "Cluster", "Namespaced"]);

const OPERATION_RULE: &[(&str, super::Constraint)] = &[
    ("apiGroups", Required),
    ("apiVersions", Required),
    ("operations", Required),
    ("resources", Required),
    ("scope", NotEmpty),
    ("scope", SCOPES),
];

pub(super) const TYPES: &[TypeOverrides] = &[
    TypeOverrides {
        ty: "api.admissionregistration.v1.ApplyConfiguration",
        fields: &[("expression", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.AuditAnnotation",
        fields: &[
            ("key", Required),
            // What stands behind the policy's name and a slash.
            ("key", Format(LabelValue)),
            ("valueExpression", Required),
            ("valueExpression", MaxLength(5 * 1024)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.JSONPatch",
        fields: &[("expression", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.MatchCondition",
        fields: &[("expression", Required), ("name", Required), ("name", Format(LabelKey))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.MatchResources",
        fields: &[("matchPolicy", NotEmpty)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.MutatingAdmissionPolicy",
        fields: &[("spec", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.MutatingAdmissionPolicyBinding",
        fields: &[("spec", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec",
        fields: &[("policyName", Required), ("policyName", Format(DnsSubdomain))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.MutatingAdmissionPolicySpec",
        fields: &[
            ("failurePolicy", NotEmpty),
            ("matchConditions", MaxItems(64)),
            ("matchConditions", UniqueBy(&["name"])),
            ("matchConstraints", Required),
            ("mutations", Required),
            ("reinvocationPolicy", Required),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.MutatingWebhook",
        fields: &[
            ("admissionReviewVersions", Required),
            ("admissionReviewVersions", Format(Dns1035Label)),
            ("admissionReviewVersions", Unique),
            ("matchPolicy", NotEmpty),
            ("name", Required),
            ("reinvocationPolicy", NotEmpty),
            ("sideEffects", NotEmpty),
            ("failurePolicy", NotEmpty),
            ("matchConditions", MaxItems(64)),
            ("matchConditions", UniqueBy(&["name"])),
            ("timeoutSeconds", Range(1, 30)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.MutatingWebhookConfiguration",
        fields: &[("webhooks", Unique)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.NamedRuleWithOperations",
        fields: &[
            ("apiGroups", Required),
            ("apiVersions", Required),
            ("operations", Required),
            ("resourceNames", Format(PathSegmentName)),
            ("resourceNames", Unique),
            ("resources", Required),
            ("scope", NotEmpty),
            ("scope", SCOPES),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.ParamKind",
        fields: &[("apiVersion", Required), ("kind", Required), ("kind", Format(KindName))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.ParamRef",
        fields: &[
            ("name", Format(PathSegmentName)),
            ("parameterNotFoundAction", Required),
            ("parameterNotFoundAction", OneOf(&["Allow", "Deny"])),
        ],
        choices: PARAMETERS,
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.RuleWithOperations",
        fields: OPERATION_RULE,
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.ServiceReference",
        fields: &[("name", Required), ("namespace", Required), ("port", Range(1, 65535))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.ValidatingAdmissionPolicyBinding",
        fields: &[("spec", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec",
        fields: &[
            ("policyName", Required),
            ("policyName", Format(DnsSubdomain)),
            ("validationActions", Required),
            ("validationActions", Unique),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.ValidatingAdmissionPolicySpec",
        fields: &[
            ("auditAnnotations", MaxItems(20)),
            ("auditAnnotations", UniqueBy(&["key"])),
            ("failurePolicy", NotEmpty),
            ("matchConditions", MaxItems(64)),
            ("matchConditions", UniqueBy(&["name"])),
            ("matchConstraints", Required),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.ValidatingWebhook",
        fields: &[
            ("admissionReviewVersions", Required),
            ("admissionReviewVersions", Format(Dns1035Label)),
            ("admissionReviewVersions", Unique),
            ("matchPolicy", NotEmpty),
            ("name", Required),
            ("sideEffects", NotEmpty),
            ("failurePolicy", NotEmpty),
            ("matchConditions", MaxItems(64)),
            ("matchConditions", UniqueBy(&["name"])),
            ("timeoutSeconds", Range(1, 30)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.ValidatingWebhookConfiguration",
        fields: &[("webhooks", Unique)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.Validation",
        fields: &[
            ("expression", Required),
            ("reason", NotEmpty),
            ("reason", OneOf(&["Forbidden", "Invalid", "RequestEntityTooLarge"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.Variable",
        fields: &[("expression", Required), ("name", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.admissionregistration.v1.WebhookClientConfig",
        fields: &[("url", NotEmpty)],
        choices: CLIENT,
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition",
        fields: &[
            (
                "format",
                OneOf(&[
                    "byte",
                    "date",
                    "date-time",
                    "double",
                    "float",
                    "int32",
                    "int64",
                    "password",
                ]),
            ),
            ("jsonPath", Required),
            ("name", Required),
            ("type", Required),
            ("type", OneOf(&["boolean", "date", "integer", "number", "string"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion",
        fields: &[("strategy", Required), ("strategy", OneOf(&["None", "Webhook"]))],
        choices: &[],
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames",
        fields: &[
            ("categories", Format(Dns1035Label)),
            ("kind", Required),
            ("kind", Format(KindName)),
            ("listKind", Format(KindName)),
            ("plural", Required),
            ("plural", Format(Dns1035Label)),
            ("shortNames", Format(Dns1035Label)),
            ("singular", Format(Dns1035Label)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec",
        fields: &[
            ("group", Required),
            ("group", Format(DnsSubdomain)),
            ("scope", Required),
            ("scope", OneOf(&["Cluster", "Namespaced"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion",
        fields: &[
            ("deprecationWarning", MaxLength(256)),
            ("name", Required),
            ("name", Format(Dns1035Label)),
            ("selectableFields", MaxItems(8)),
            ("served", Optional),
            // Without it no version, or too few, is the one that is stored.
            ("storage", Optional),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale",
        fields: &[("specReplicasPath", Required), ("statusReplicasPath", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField",
        fields: &[("jsonPath", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference",
        fields: &[("name", Required), ("namespace", Required), ("port", Range(1, 65535))],
        choices: &[],
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule",
        fields: &[("message", NotEmpty), ("rule", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig",
        fields: &[("url", NotEmpty)],
        choices: CLIENT,
    },
    TypeOverrides {
        ty: "apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion",
        fields: &[
            ("clientConfig", Required),
            ("conversionReviewVersions", Required),
            ("conversionReviewVersions", Format(Dns1035Label)),
            ("conversionReviewVersions", Unique),
        ],
        choices: &[],
    },
];
