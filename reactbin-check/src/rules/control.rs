//! Rules of what controls the cluster: the flow of requests, API services, devices.

use super::Rule;
use crate::cx::{Cx, Obj};
use crate::finding::{Reason, Severity};
use crate::formats::json::decode_base64;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "api_service_name",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "An APIService is called by its version, a dot and its group.",
        source: "apiregistration: ValidateAPIService",
        bad: "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: a}, spec: {group: metrics.k8s.io, version: v1, groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true, service: {name: s, namespace: n}}}",
        good: "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.metrics.k8s.io}, spec: {group: metrics.k8s.io, version: v1, groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true, service: {name: s, namespace: n}}}",
        check: Some(check_api_service),
    },
    Rule {
        id: "certificate_request",
        on: "api.certificates.v1.CertificateSigningRequestSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A CertificateSigningRequest has a request in PEM, and a signer that takes requests.",
        source: "certificates: ValidateCertificateSigningRequestCreate, ValidateSignerName",
        bad: "{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: a}, spec: {signerName: kubernetes.io/legacy-unknown, usages: [client auth], request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlISE1HNENBUUF3RERFS01BZ0dBMVVFQXd3QllUQlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQQpCSkhMc2pZYTBHUzF0NWpCTWgzYkl6TEZVZll2NGFlR2p6WlBrcThuK3hVYUFvb3NpMHVFZUtuYkhLT0M3OFJOCkdWL1RYQ0w2OWdxTGJmUEEvb2lzTHVhZ0FEQUtCZ2dxaGtqT1BRUURBZ05KQURCR0FpRUF6VEpDWWk0OGtBaDMKbUdhMW43ckc1NVRJSDVTUXhvUzZ4OXlUeTZXclFFWUNJUUR6KzE4emNJeGpNR2FaNGdneHY5NHAzaklTYThyZQp5M3lranRaVjlsemIrUT09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=}}",
        good: "{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: a}, spec: {signerName: example.com/foo, usages: [client auth], request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlISE1HNENBUUF3RERFS01BZ0dBMVVFQXd3QllUQlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQQpCSkhMc2pZYTBHUzF0NWpCTWgzYkl6TEZVZll2NGFlR2p6WlBrcThuK3hVYUFvb3NpMHVFZUtuYkhLT0M3OFJOCkdWL1RYQ0w2OWdxTGJmUEEvb2lzTHVhZ0FEQUtCZ2dxaGtqT1BRUURBZ05KQURCR0FpRUF6VEpDWWk0OGtBaDMKbUdhMW43ckc1NVRJSDVTUXhvUzZ4OXlUeTZXclFFWUNJUUR6KzE4emNJeGpNR2FaNGdneHY5NHAzaklTYThyZQp5M3lranRaVjlsemIrUT09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=}}",
        check: Some(check_signing),
    },
    Rule {
        id: "local_api_service",
        on: "kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec",
        severity: Severity::Error,
        waivable: false,
        what: "An APIService that the server answers itself, without a Service, says nothing of TLS; another \
               has certificates or skips them. Only `v1` can be without a group.",
        source: "apiregistration: ValidateAPIService",
        bad: "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.metrics.k8s.io}, spec: {group: metrics.k8s.io, version: v1, groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true}}",
        good: "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.metrics.k8s.io}, spec: {group: metrics.k8s.io, version: v1, groupPriorityMinimum: 100, versionPriority: 100}}",
        check: Some(check_local_api_service),
    },
    Rule {
        id: "flow_subject",
        on: "api.flowcontrol.v1.Subject",
        severity: Severity::Error,
        waivable: false,
        what: "A subject of a FlowSchema has the block of its kind, and no other.",
        source: "flowcontrol: ValidateFlowSchemaSubject",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: User}], nonResourceRules: [{verbs: [get], nonResourceURLs: [/a]}]}]}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec: {priorityLevelConfiguration: {name: p}, rules: [{subjects: [{kind: User, user: {name: u}}], nonResourceRules: [{verbs: [get], nonResourceURLs: [/a]}]}]}}",
        check: Some(check_subject),
    },
    Rule {
        id: "priority_level_type",
        on: "api.flowcontrol.v1.PriorityLevelConfigurationSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Only a limited priority level says how it is limited, and it has to.",
        source: "flowcontrol: ValidatePriorityLevelConfigurationSpec",
        bad: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: a}, spec: {type: Limited}}",
        good: "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: a}, spec: {type: Limited, limited: {nominalConcurrencyShares: 5, limitResponse: {type: Reject}}}}",
        check: Some(check_level),
    },
];

fn check_api_service(cx: &mut Cx<'_>, root: Obj<'_>) {
    let spec = root.object("spec").filter(|_| cx.is_kind(&["APIService"]));
    let (Some(spec), Some(metadata)) = (spec, root.object("metadata")) else { return };
    let (Some(group), Some(version)) = (spec.str_or("group", ""), spec.str("version")) else {
        return;
    };
    if version.is_empty() {
        return;
    }
    let Some(node) = metadata.get("name") else { return };
    let wanted = format!("{version}.{group}");
    if node.str().is_some_and(|name| !name.is_empty() && name != wanted) {
        cx.invalid(node, "an API service is called by its version and its group")
            .help(format!("use `{wanted}`"));
    }
}

fn check_local_api_service(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.is_unset("group") && spec.str("version").is_some_and(|v| !matches!(v, "" | "v1")) {
        cx.required(spec, "group", "only the version `v1` can be without a group");
    }
    if !spec.is_absent("service") {
        if spec.bool("insecureSkipTLSVerify") == Some(true) && spec.is_set("caBundle") {
            let message = format!("{} is there to verify with", cx.f("caBundle"));
            cx.report(Reason::Invalid, spec.place("insecureSkipTLSVerify"), message)
                .help("remove one of them");
        }
        return;
    }
    for field in ["caBundle", "insecureSkipTLSVerify"] {
        let given = match field {
            "caBundle" => spec.is_set(field),
            _ => spec.bool(field) == Some(true),
        };
        if let Some(node) = spec.get(field).filter(|_| given) {
            let message = format!("{} is for an API that a Service answers", cx.f(field));
            let help = format!("remove it, or give {}", cx.f("service"));
            cx.invalid(node, message).help(help);
        }
    }
}

fn check_subject(cx: &mut Cx<'_>, subject: Obj<'_>) {
    const BLOCKS: &[(&str, &str)] =
        &[("Group", "group"), ("ServiceAccount", "serviceAccount"), ("User", "user")];
    let Some(kind) = subject.str("kind").filter(|kind| BLOCKS.iter().any(|(name, _)| name == kind))
    else {
        return;
    };
    for (name, field) in BLOCKS {
        if *name == kind && subject.is_absent(field) {
            let message = format!("a subject of the kind `{kind}` needs {}", cx.f(field));
            cx.required(subject, field, message);
        } else if *name != kind && subject.get(field).is_some() {
            let message = format!("{} is for another kind than `{kind}`", cx.f(field));
            cx.forbidden(subject, field, message).help("remove it");
        }
    }
}

fn check_level(cx: &mut Cx<'_>, spec: Obj<'_>) {
    match spec.str("type") {
        Some("Limited") if spec.is_absent("limited") => {
            let message = format!("a limited priority level needs {}", cx.f("limited"));
            cx.required(spec, "limited", message);
        }
        Some("Exempt") if spec.get("limited").is_some() => {
            let message = format!("{} is for a level that is limited", cx.f("limited"));
            cx.report(Reason::Forbidden, spec.key_place("limited"), message).help("remove it");
        }
        Some("Limited") if spec.get("exempt").is_some() => {
            let message = format!("{} is for a level that is exempt", cx.f("exempt"));
            cx.report(Reason::Forbidden, spec.key_place("exempt"), message).help("remove it");
        }
        _ => {}
    }
}

fn check_signing(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if let Some(node) = spec.get("signerName")
        && node.str() == Some("kubernetes.io/legacy-unknown")
    {
        cx.invalid(node, "the server takes no requests to this signer")
            .help("write a name such as `example.com/my-signer`");
    }
    if let Some(node) = spec.get("request")
        && let Some(text) = node.str().filter(|text| !text.is_empty())
        && let Some(bytes) = decode_base64(text)
    {
        let pem = String::from_utf8_lossy(&bytes);
        if !pem.contains("-----BEGIN CERTIFICATE REQUEST-----")
            || !pem.contains("-----END CERTIFICATE REQUEST-----")
        {
            cx.invalid(node, "the request isn't a PEM block of the type `CERTIFICATE REQUEST`")
                .help("use the base64 of the whole `.csr` file");
        }
    }
}
