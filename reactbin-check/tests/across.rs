//! What the lints across objects find, case by case, and how long it takes where there is much.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use common::{documents, findings_across, from_yaml, without};
use reactbin_check::lints::across::{Index, Question, survey};
use reactbin_check::lints::{self, LINTS};
use reactbin_check::tree::Paths;
use reactbin_check::{
    At, Finding, Level, Levels, Naming, NodeId, Options, Severity, Tree, check_object,
};

/// A case: what it is about, its documents, and what is found, as `document path`.
type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str]);

/// Checks what a lint alone finds in objects that nobody has checked.
#[track_caller]
fn check(lint: &str, cases: &[Case<'_>]) {
    let mut levels = Levels::of_all(Level::Allow);
    levels.set(lint, Level::Warn).unwrap();
    let options = Options { levels: &levels, raw: true, ..Options::new(Naming::Camel) };
    for (what, texts, expected) in cases {
        let objects: Vec<(Tree, NodeId)> = texts.iter().map(|text| from_yaml(text)).collect();
        let mut found: Vec<String> = Vec::new();
        let across = findings_across(&objects, &options);
        for (place, ((tree, root), across)) in objects.iter().zip(across).enumerate() {
            let alone = check_object(tree, *root, &options);
            for finding in alone.into_iter().filter(|found| found.rule == lint).chain(across) {
                assert_place(tree, *root, &finding);
                found.push(format!("{place} {}", finding.path));
            }
        }
        assert_eq!(found, *expected, "{lint}: {what}");
    }
}

/// A finding's path is that of its node.
fn assert_place(tree: &Tree, root: NodeId, finding: &Finding) {
    let path = Paths::new(tree, root).path(finding.node);
    match finding.at {
        At::Block => assert!(finding.path.starts_with(&path), "{} at {path}", finding.path),
        _ => assert_eq!(finding.path, path),
    }
}

/// Pods of these labels, in this namespace.
fn pod(namespace: &str, labels: &str) -> String {
    format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: p, namespace: {namespace}, labels: {labels}}}, spec: {{containers: [{{name: a}}]}}}}"
    )
}

/// A Deployment `d` of this spec, beside its template.
fn deployment(labels: &str, spec: &str) -> String {
    workload("apps/v1", "Deployment", labels, spec)
}

/// A workload named `d` of this spec, beside its template.
fn workload(version: &str, kind: &str, labels: &str, spec: &str) -> String {
    format!(
        "{{apiVersion: {version}, kind: {kind}, metadata: {{name: d}}, spec: {{{spec} template: {{metadata: {{labels: {labels}}}, spec: {{containers: [{{name: a}}]}}}}}}}}"
    )
}

/// A Service `s` of this spec.
fn service(spec: &str) -> String {
    format!("{{apiVersion: v1, kind: Service, metadata: {{name: s}}, spec: {{{spec}}}}}")
}

#[test]
fn dangling_service() {
    let (a, of_n) = (pod("", "{app: a, tier: b}"), pod("n", "{app: a}"));
    let asks = |labels: &str| service(&format!("selector: {labels}"));
    let in_n = "{apiVersion: v1, kind: Service, metadata: {name: s, namespace: n}, spec: {selector: {app: a}}}";
    let template = |version, kind| workload(version, kind, "{app: a}", "");
    let cron = "{apiVersion: batch/v1, kind: CronJob, metadata: {name: c}, spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}}}}";
    check(
        "dangling_service",
        &[
            ("all labels are there", &[&asks("{app: a}"), &a], &[]),
            ("one of two labels is there", &[&asks("{app: a, tier: c}"), &a], &["0 spec.selector"]),
            ("no pods at all", &[&asks("{app: a}")], &["0 spec.selector"]),
            ("another namespace", &[&asks("{app: a}"), &of_n], &["0 spec.selector"]),
            ("the same namespace", &[in_n, &of_n], &[]),
            ("the pods come first", &[&of_n, in_n], &[]),
            ("no selector", &[&service("ports: []"), &a], &["0 spec.selector"]),
            ("an empty selector", &[&asks("{}"), &a], &["0 spec.selector"]),
            ("a null selector", &[&asks("null"), &a], &["0 spec.selector"]),
            (
                "no spec",
                &["{apiVersion: v1, kind: Service, metadata: {name: s}}"],
                &["0 spec.selector"],
            ),
            ("a name of elsewhere", &[&service("type: ExternalName, externalName: a.b")], &[]),
            ("a selector of another type", &[&asks("a"), &a], &[]),
            ("a null label is an empty one", &[&asks("{app: null}"), &pod("", "{app: ''}")], &[]),
            ("a Deployment", &[&asks("{app: a}"), &template("apps/v1", "Deployment")], &[]),
            (
                "an old Deployment",
                &[&asks("{app: a}"), &template("extensions/v1beta1", "Deployment")],
                &[],
            ),
            ("a Job", &[&asks("{app: a}"), &template("batch/v1", "Job")], &[]),
            ("a CronJob", &[&asks("{app: a}"), cron], &[]),
            (
                "OpenShift's kind",
                &[&asks("{app: a}"), &template("apps.openshift.io/v1", "DeploymentConfig")],
                &[],
            ),
            (
                "a kind of others that runs pods",
                &[&asks("{app: a}"), &template("argoproj.io/v1alpha1", "Rollout")],
                &[],
            ),
            (
                "a Service of others",
                &["{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: s}}"],
                &[],
            ),
        ],
    );
}

#[test]
fn missing_service_account() {
    let account =
        |meta: &str| format!("{{apiVersion: v1, kind: ServiceAccount, metadata: {{{meta}}}}}");
    let runs = |spec: &str| {
        format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: p}}, spec: {{{spec} containers: [{{name: a}}]}}}}"
        )
    };
    let in_template = "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: d}, spec: {template: {spec: {serviceAccountName: a}}}}";
    let of_others = "{apiVersion: a.b/v1, kind: Rollout, metadata: {name: d}, spec: {template: {spec: {serviceAccountName: a, containers: []}}}}";
    check(
        "missing_service_account",
        &[
            ("declared", &[&runs("serviceAccountName: a,"), &account("name: a")], &[]),
            (
                "not declared",
                &[&runs("serviceAccountName: a,"), &account("name: b")],
                &["0 spec.serviceAccountName"],
            ),
            (
                "in another namespace",
                &[&runs("serviceAccountName: a,"), &account("name: a, namespace: n")],
                &["0 spec.serviceAccountName"],
            ),
            ("none", &[&runs("")], &[]),
            ("the default one", &[&runs("serviceAccountName: default,")], &[]),
            ("by the old field", &[&runs("serviceAccount: a,")], &["0 spec.serviceAccount"]),
            (
                "an empty name leaves the old field",
                &[&runs("serviceAccountName: '', serviceAccount: a,")],
                &["0 spec.serviceAccount"],
            ),
            (
                "the new field counts",
                &[&runs("serviceAccountName: b, serviceAccount: a,"), &account("name: b")],
                &[],
            ),
            ("in a template", &[in_template], &["0 spec.template.spec.serviceAccountName"]),
            ("in a kind of others", &[of_others], &[]),
        ],
    );
}

#[test]
fn budget_without_slack() {
    let budget = |spec: &str| {
        format!(
            "{{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {{name: b}}, spec: {{{spec}}}}}"
        )
    };
    let of_a = |least: &str| {
        budget(&format!("minAvailable: {least}, selector: {{matchLabels: {{app: a}}}}"))
    };
    let runs = |replicas: &str| {
        deployment("{app: a}", &format!("{replicas} selector: {{matchLabels: {{app: a}}}},"))
    };
    let scaler = |version: &str, least: &str| {
        format!(
            "{{apiVersion: {version}, kind: HorizontalPodAutoscaler, metadata: {{name: h}}, spec: {{{least} scaleTargetRef: {{kind: Deployment, name: d}}}}}}"
        )
    };
    let keda = |least: &str| {
        format!(
            "{{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {{name: h}}, spec: {{{least} scaleTargetRef: {{name: d}}}}}}"
        )
    };
    let template_only =
        deployment("{app: a, tier: b}", "replicas: 1, selector: {matchLabels: {tier: b}},");
    let by_expression = deployment(
        "{app: a}",
        "replicas: 1, selector: {matchExpressions: [{key: app, operator: In, values: [a, b]}]},",
    );
    let least = "0 spec.minAvailable";
    check(
        "budget_without_slack",
        &[
            ("more replicas than must stay", &[&of_a("1"), &runs("replicas: 2,")], &[]),
            ("as many", &[&of_a("2"), &runs("replicas: 2,")], &[least]),
            ("fewer", &[&of_a("3"), &runs("replicas: 2,")], &[least]),
            ("one replica where none is said", &[&of_a("1"), &runs("")], &[least]),
            ("none must stay", &[&of_a("0"), &runs("")], &[]),
            ("a number in quotes", &[&of_a("'1'"), &runs("")], &[least]),
            ("half of three is two", &[&of_a("50%"), &runs("replicas: 3,")], &[]),
            ("most of three is three", &[&of_a("67%"), &runs("replicas: 3,")], &[least]),
            ("half of one is one", &[&of_a("50%"), &runs("")], &[least]),
            ("all of them, whatever there is", &[&of_a("100%")], &[least]),
            ("neither number nor percentage", &[&of_a("half")], &[least]),
            ("without a selector", &[&budget("minAvailable: 1")], &["0 spec.selector"]),
            ("without a number", &[&budget("maxUnavailable: 0"), &runs("")], &[]),
            (
                "a malformed selector",
                &[&budget(
                    "minAvailable: 1, selector: {matchExpressions: [{key: app, operator: In}]}",
                )],
                &["0 spec.selector"],
            ),
            ("no workload", &[&of_a("1")], &[]),
            (
                "an expression of the budget",
                &[
                    &budget(
                        "minAvailable: 1, selector: {matchExpressions: [{key: app, operator: In, values: [b, a]}]}",
                    ),
                    &runs(""),
                ],
                &[least],
            ),
            (
                "an autoscaler keeps more",
                &[&of_a("1"), &runs(""), &scaler("autoscaling/v2", "minReplicas: 2,")],
                &[],
            ),
            (
                "an autoscaler keeps one",
                &[&of_a("50%"), &runs(""), &scaler("autoscaling/v2beta1", "")],
                &[least],
            ),
            (
                "an autoscaler of a workload that says more",
                &[&of_a("2"), &runs("replicas: 2,"), &scaler("autoscaling/v2", "minReplicas: 3,")],
                &[least],
            ),
            ("KEDA keeps more", &[&of_a("50%"), &runs(""), &keda("minReplicaCount: 4,")], &[]),
            ("KEDA keeps one", &[&of_a("50%"), &runs(""), &keda("")], &[least]),
            ("selected by its template's labels only", &[&of_a("1"), &template_only], &[]),
            ("a workload that selects by expressions", &[&of_a("1"), &by_expression], &[least]),
            (
                "a DaemonSet has no replicas",
                &[
                    &of_a("1"),
                    &workload(
                        "apps/v1",
                        "DaemonSet",
                        "{app: a}",
                        "selector: {matchLabels: {app: a}},",
                    ),
                ],
                &[least],
            ),
            ("a Pod of its own", &[&of_a("1"), &pod("", "{app: a}")], &[]),
            (
                "a selector that is no selector to others",
                &[
                    &of_a("1"),
                    &workload("v1", "ReplicationController", "{app: a}", "selector: {app: a},"),
                ],
                &[],
            ),
        ],
    );
}

#[test]
fn bindings() {
    let role = |kind: &str, meta: &str, rest: &str| {
        format!(
            "{{apiVersion: rbac.authorization.k8s.io/v1, kind: {kind}, metadata: {{{meta}}}, {rest}}}"
        )
    };
    let may = |resources: &str, verbs: &str| {
        format!("rules: [{{apiGroups: ['*'], resources: {resources}, verbs: {verbs}}}]")
    };
    let bound = |kind: &str, meta: &str, to: &str| {
        role(kind, meta, &format!("roleRef: {{kind: {to}, name: r}}"))
    };
    let own = bound("RoleBinding", "name: b, namespace: n", "Role");
    let in_n = |rules: &str| role("Role", "name: r, namespace: n", rules);
    let cluster = bound("ClusterRoleBinding", "name: b", "ClusterRole");
    let wide = |rules: &str| role("ClusterRole", "name: r", rules);
    let sum = wide("aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: sum}}], }");
    let part = |labels: &str, rules: &str| {
        role("ClusterRole", &format!("name: x, labels: {labels}"), rules)
    };
    let found: &[&str] = &["0 roleRef.name"];
    check(
        "binding_to_create_pods",
        &[
            ("create on pods", &[&own, &in_n(&may("[pods]", "[create]"))], found),
            ("get on pods", &[&own, &in_n(&may("[pods]", "[get]"))], &[]),
            ("every verb", &[&own, &in_n(&may("[pods]", "['*']"))], found),
            ("every resource", &[&own, &in_n(&may("['*']", "[create]"))], found),
            (
                "what makes pods",
                &[&own, &in_n(&may("[services, cronjobs]", "[get, create]"))],
                found,
            ),
            ("a part of pods", &[&own, &in_n(&may("[pods/log]", "[create]"))], &[]),
            (
                "verb and resource in two rules",
                &[
                    &own,
                    &in_n(
                        "rules: [{resources: [pods], verbs: [get]}, {resources: [services], verbs: [create]}]",
                    ),
                ],
                &[],
            ),
            (
                "the Role of another namespace",
                &[&own, &role("Role", "name: r, namespace: m", &may("[pods]", "[create]"))],
                &[],
            ),
            ("no Role", &[&own], &[]),
            (
                "no namespace is the default one",
                &[
                    &bound("RoleBinding", "name: b", "Role"),
                    &role("Role", "name: r, namespace: default", &may("[pods]", "[create]")),
                ],
                found,
            ),
            ("a ClusterRole", &[&cluster, &wide(&may("[pods]", "[create]"))], found),
            (
                "a ClusterRole in one namespace",
                &[
                    &bound("RoleBinding", "name: b, namespace: n", "ClusterRole"),
                    &wide(&may("[pods]", "[create]")),
                ],
                found,
            ),
            ("a Role isn't a ClusterRole", &[&cluster, &in_n(&may("[pods]", "[create]"))], &[]),
            (
                "by aggregation",
                &[&cluster, &sum, &part("{to: sum}", &may("[pods]", "[create]"))],
                found,
            ),
            (
                "not of the aggregation",
                &[&cluster, &sum, &part("{to: other}", &may("[pods]", "[create]"))],
                &[],
            ),
        ],
    );
    check(
        "binding_to_secrets",
        &[
            ("get on Secrets", &[&own, &in_n(&may("[secrets]", "[get]"))], found),
            ("another verb on Secrets", &[&own, &in_n(&may("[secrets]", "[update]"))], found),
            ("no verb", &[&own, &in_n(&may("[secrets]", "[]"))], &[]),
            ("something else", &[&own, &in_n(&may("[configmaps]", "['*']"))], &[]),
            (
                "by aggregation",
                &[&cluster, &sum, &part("{to: sum}", &may("[secrets]", "[list]"))],
                found,
            ),
            (
                "what is aggregated grants something else",
                &[&cluster, &sum, &part("{to: sum}", &may("[pods]", "[create]"))],
                &[],
            ),
        ],
    );
    check(
        "dangling_role_binding",
        &[
            ("declared", &[&own, &in_n("rules: []")], &[]),
            ("not declared", &[&own], found),
            (
                "of another namespace",
                &[&own, &role("Role", "name: r, namespace: m", "rules: []")],
                found,
            ),
            (
                "one without its namespace may be there",
                &[&own, &role("Role", "name: r", "rules: []")],
                &[],
            ),
            ("a ClusterRole may be the cluster's", &[&cluster], &[]),
        ],
    );
}

#[test]
fn autoscalers() {
    let scales = |version: &str, target: &str| {
        format!(
            "{{apiVersion: autoscaling/{version}, kind: HorizontalPodAutoscaler, metadata: {{name: h{version}}}, spec: {{{target}}}}}"
        )
    };
    let d = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}";
    let plain = deployment("{}", "");
    let fixed = deployment("{}", "replicas: 2,");
    let elsewhere = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: n}, spec: {replicas: 2}}";
    let of_n = "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h, namespace: m}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}}}";
    let target: &[&str] = &["0 spec.scaleTargetRef.name"];
    let controller = "scaleTargetRef: {apiVersion: v1, kind: ReplicationController, name: d}";
    let keda = "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: k}, spec: {scaleTargetRef: {name: d}}}";
    check(
        "dangling_autoscaler",
        &[
            ("declared", &[&scales("v2", d), &plain], &[]),
            ("not declared", &[&scales("v2", d)], target),
            ("an old version", &[&scales("v2beta1", d)], target),
            (
                "another kind",
                &[&scales("v1", d), &workload("apps/v1", "StatefulSet", "{}", "")],
                target,
            ),
            (
                "another version",
                &[&scales("v1", d), &workload("apps/v1beta1", "Deployment", "{}", "")],
                target,
            ),
            ("no target", &[&scales("v2", ""), &plain], &["0 spec.scaleTargetRef.name"]),
            ("another namespace", &[of_n, elsewhere], target),
            ("one of them doesn't say its namespace", &[&scales("v2", d), elsewhere], &[]),
            (
                "a kind of the core group",
                &[&scales("v1", controller), &workload("v1", "ReplicationController", "{}", "")],
                &[],
            ),
            (
                "a kind of others",
                &[
                    &scales("v2", "scaleTargetRef: {apiVersion: a.b/v1, kind: Shard, name: x}"),
                    "{apiVersion: a.b/v1, kind: Shard, metadata: {name: x}}",
                ],
                &[],
            ),
        ],
    );
    check(
        "two_autoscalers",
        &[
            ("one", &[&scales("v2", d)], &[]),
            ("the same twice", &[&scales("v2", d), &scales("v2", d)], &[]),
            (
                "two",
                &[&scales("v1", d), &scales("v2", d)],
                &["0 spec.scaleTargetRef.name", "1 spec.scaleTargetRef.name"],
            ),
            ("of two namespaces", &[&scales("v2", d), of_n], &[]),
            (
                "and KEDA",
                &[&scales("v2", d), keda],
                &["0 spec.scaleTargetRef.name", "1 spec.scaleTargetRef.name"],
            ),
        ],
    );
    check(
        "replicas_beside_autoscaler",
        &[
            ("replicas without an autoscaler", &[&fixed], &[]),
            ("an autoscaler without replicas", &[&plain, &scales("v2", d)], &[]),
            ("both", &[&fixed, &scales("v2", d)], &["0 spec.replicas"]),
            ("both with KEDA", &[&fixed, keda], &["0 spec.replicas"]),
            ("another namespace", &[elsewhere, of_n], &[]),
            (
                "a version of the kind makes no difference",
                &[&workload("apps/v1beta2", "Deployment", "{}", "replicas: 1,"), &scales("v2", d)],
                &["0 spec.replicas"],
            ),
        ],
    );
}

#[test]
fn ingresses() {
    let ingress = |name: &str, spec: &str| {
        format!(
            "{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{{name}}}, spec: {{{spec}}}}}"
        )
    };
    let to = |service: &str, port: &str| {
        format!("backend: {{service: {{name: {service}, port: {{{port}}}}}}}")
    };
    let rule = |backend: &str| {
        ingress("name: i", &format!("rules: [{{http: {{paths: [{{{backend}}}]}}}}]"))
    };
    let s = service("ports: [{name: web, port: 80}, {port: 81}]");
    let (name, port) = (
        "0 spec.rules[0].http.paths[0].backend.service.name",
        "0 spec.rules[0].http.paths[0].backend.service.port",
    );
    let (by_number, by_name) = (format!("{port}.number"), format!("{port}.name"));
    check(
        "dangling_ingress",
        &[
            ("by number", &[&rule(&to("s", "number: 81")), &s], &[]),
            ("by name", &[&rule(&to("s", "name: web")), &s], &[]),
            ("no such number", &[&rule(&to("s", "number: 82")), &s], &[&by_number]),
            ("no such name", &[&rule(&to("s", "name: http")), &s], &[&by_name]),
            (
                "a name counts before a number",
                &[&rule(&to("s", "name: http, number: 80")), &s],
                &[&by_name],
            ),
            ("no port", &[&rule("backend: {service: {name: s}}"), &s], &[&by_number]),
            ("no such Service", &[&rule(&to("t", "number: 80")), &s], &[name]),
            (
                "a Service of another namespace",
                &[
                    &rule(&to("s", "number: 80")),
                    "{apiVersion: v1, kind: Service, metadata: {name: s, namespace: n}, spec: {ports: [{port: 80}]}}",
                ],
                &[name],
            ),
            (
                "another sort of backend",
                &[&rule("backend: {resource: {kind: Bucket, name: b}}")],
                &[],
            ),
            (
                "the default backend",
                &[&ingress("name: i", "defaultBackend: {service: {name: t, port: {number: 80}}}")],
                &["0 spec.defaultBackend.service.name"],
            ),
            ("a rule of a host only", &[&ingress("name: i", "rules: [{host: a.b}]")], &[]),
        ],
    );
    let serves = |meta: &str, class: &str, host: &str, path: &str| {
        ingress(meta, &format!("{class} rules: [{{host: {host}, http: {{paths: [{{{path}}}]}}}}]"))
    };
    let root = "path: /, pathType: Prefix";
    let first = serves("name: i", "", "a.b", root);
    let both: &[&str] =
        &["0 spec.rules[0].http.paths[0].path", "1 spec.rules[0].http.paths[0].path"];
    check(
        "ingress_path_twice",
        &[
            ("two", &[&first, &serves("name: j", "", "a.b", root)], both),
            ("the same twice", &[&first, &first], &[]),
            ("another host", &[&first, &serves("name: j", "", "b.b", root)], &[]),
            (
                "another path",
                &[&first, &serves("name: j", "", "a.b", "path: /b, pathType: Prefix")],
                &[],
            ),
            (
                "another type of path",
                &[&first, &serves("name: j", "", "a.b", "path: /, pathType: Exact")],
                &[],
            ),
            (
                "another class",
                &[&first, &serves("name: j", "ingressClassName: x,", "a.b", root)],
                &[],
            ),
            (
                "the old way to name a class",
                &[
                    &serves("name: i", "ingressClassName: x,", "a.b", root),
                    &serves(
                        "name: j, annotations: {kubernetes.io/ingress.class: x}",
                        "",
                        "a.b",
                        root,
                    ),
                ],
                both,
            ),
            (
                "another namespace",
                &[&first, &serves("name: j, namespace: n", "", "a.b", root)],
                &[],
            ),
            (
                "some of the requests",
                &[
                    &first,
                    &serves(
                        "name: j, annotations: {nginx.ingress.kubernetes.io/canary: 'true'}",
                        "",
                        "a.b",
                        root,
                    ),
                ],
                &[],
            ),
            (
                "twice in one",
                &[&ingress(
                    "name: i",
                    "rules: [{http: {paths: [{path: /}]}}, {http: {paths: [{path: /}]}}]",
                )],
                &[],
            ),
        ],
    );
}

#[test]
fn network_policies() {
    let policy = |spec: &str| {
        format!(
            "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: n}}, spec: {{{spec}}}}}"
        )
    };
    let of = |selector: &str| policy(&format!("podSelector: {selector}"));
    let expects =
        |operator: &str| of(&format!("{{matchExpressions: [{{key: app, operator: {operator}}}]}}"));
    let (a, of_n) = (pod("", "{app: a}"), pod("n", "{app: a}"));
    let found: &[&str] = &["0 spec.podSelector"];
    check(
        "dangling_network_policy",
        &[
            ("all pods", &[&of("{}"), &a], &[]),
            ("all pods of none", &[&of("{}"), &of_n], found),
            ("no selector is all pods", &[&policy(""), &a], &[]),
            ("a label", &[&of("{matchLabels: {app: a}}"), &a], &[]),
            ("another label", &[&of("{matchLabels: {app: b}}"), &a], found),
            ("In", &[&expects("In, values: [b, a]"), &a], &[]),
            ("In of one", &[&expects("In, values: [b]"), &a], found),
            ("In of others", &[&expects("In, values: [b, c]"), &a], found),
            ("NotIn", &[&expects("NotIn, values: [b]"), &a], &[]),
            ("NotIn of it", &[&expects("NotIn, values: [a]"), &a], found),
            ("NotIn without the label", &[&expects("NotIn, values: [a]"), &pod("", "{}")], &[]),
            ("Exists", &[&expects("Exists"), &a], &[]),
            ("Exists without the label", &[&expects("Exists"), &pod("", "{}")], found),
            ("DoesNotExist", &[&expects("DoesNotExist"), &a], found),
            ("DoesNotExist without the label", &[&expects("DoesNotExist"), &pod("", "{}")], &[]),
            (
                "labels and expressions",
                &[
                    &of(
                        "{matchLabels: {app: a}, matchExpressions: [{key: app, operator: In, values: [b]}]}",
                    ),
                    &a,
                ],
                found,
            ),
            ("In without values", &[&expects("In"), &a], found),
            ("Exists with values", &[&expects("Exists, values: [a]"), &a], found),
            ("an operator that isn't one", &[&expects("Is, values: [a]"), &a], found),
        ],
    );
    let from =
        |peer: &str| policy(&format!("podSelector: {{}}, ingress: [{{}}, {{from: [{peer}]}}]"));
    let to = |peer: &str| policy(&format!("podSelector: {{}}, egress: [{{to: [{peer}]}}]"));
    check(
        "dangling_network_policy_peer",
        &[
            ("a peer", &[&from("{podSelector: {matchLabels: {app: a}}}"), &a], &[]),
            (
                "no peer",
                &[&from("{podSelector: {matchLabels: {app: b}}}"), &a],
                &["0 spec.ingress[1].from[0].podSelector"],
            ),
            (
                "nobody to reach",
                &[&to("{podSelector: {matchLabels: {app: b}}}"), &a],
                &["0 spec.egress[0].to[0].podSelector"],
            ),
            ("every pod", &[&to("{podSelector: {}}"), &a], &[]),
            (
                "of other namespaces",
                &[&from("{podSelector: {matchLabels: {app: b}}, namespaceSelector: {}}"), &a],
                &[],
            ),
            ("addresses", &[&from("{ipBlock: {cidr: 10.0.0.0/8}}"), &a], &[]),
            (
                "of the same namespace",
                &[&from("{podSelector: {matchLabels: {app: a}}}"), &of_n],
                &["0 spec.ingress[1].from[0].podSelector"],
            ),
        ],
    );
    check(
        "non_isolated_pod",
        &[
            ("no policy", &[&a], &["0 metadata.labels"]),
            ("one for all pods", &[&a, &of("{}")], &[]),
            ("one for these", &[&a, &of("{matchLabels: {app: a}}")], &[]),
            ("one for others", &[&a, &of("{matchLabels: {app: b}}")], &["0 metadata.labels"]),
            ("one by expression", &[&a, &expects("NotIn, values: [b]")], &[]),
            ("one of another namespace", &[&of_n, &of("{}")], &["0 metadata.labels"]),
            ("a template", &[&deployment("{app: a}", "")], &["0 spec.template.metadata.labels"]),
            (
                "no labels",
                &["{apiVersion: v1, kind: Pod, metadata: {name: p}}"],
                &["0 metadata.labels"],
            ),
        ],
    );
}

#[test]
fn dangling_service_monitor() {
    let monitor = |spec: &str| {
        format!(
            "{{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {{name: m}}, spec: {{{spec}}}}}"
        )
    };
    let service =
        |meta: &str| format!("{{apiVersion: v1, kind: Service, metadata: {{name: s, {meta}}}}}");
    let (a, of_n) = (service("labels: {app: a}"), service("namespace: n, labels: {app: a}"));
    let of_a = "selector: {matchLabels: {app: a}}";
    let in_m = "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: m, namespace: m}, spec: {selector: {matchLabels: {app: a}}}}";
    let found: &[&str] = &["0 spec.selector"];
    check(
        "dangling_service_monitor",
        &[
            ("a Service", &[&monitor(of_a), &a], &[]),
            ("none", &[&monitor(of_a), &service("labels: {app: b}")], found),
            ("pods don't count", &[&monitor(of_a), &pod("", "{app: a}")], found),
            ("nothing said", &[&monitor("selector: {}"), &a], found),
            ("namespaces only", &[&monitor("namespaceSelector: {matchNames: [n]}"), &of_n], &[]),
            ("other namespaces", &[&monitor("namespaceSelector: {matchNames: [m]}"), &of_n], found),
            (
                "labels and other namespaces",
                &[&monitor(&format!("{of_a}, namespaceSelector: {{matchNames: [m]}}")), &of_n],
                found,
            ),
            ("any namespace", &[&monitor("namespaceSelector: {any: true}"), &of_n], &[]),
            (
                "any namespace and labels",
                &[
                    &monitor("selector: {matchLabels: {app: b}}, namespaceSelector: {any: true}"),
                    &of_n,
                ],
                found,
            ),
            ("it doesn't say its namespace", &[&monitor(of_a), &of_n], &[]),
            ("its own namespace", &[in_m, &of_n], found),
            (
                "expressions as well",
                &[
                    &monitor(
                        "selector: {matchLabels: {app: a}, matchExpressions: [{key: x, operator: Exists}]}",
                    ),
                    &a,
                ],
                found,
            ),
        ],
    );
}

#[test]
fn sources() {
    let runs = |container: &str, rest: &str| {
        format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: p, namespace: n}}, spec: {{containers: [{{name: a, {container}}}], {rest}}}}}"
        )
    };
    let takes = |from: &str| {
        runs(&format!("env: [{{name: A, value: a}}, {{name: B, valueFrom: {{{from}}}}}]"), "")
    };
    let map = |meta: &str, data: &str| {
        format!("{{apiVersion: v1, kind: ConfigMap, metadata: {{{meta}}}, {data}}}")
    };
    let secret = |data: &str| {
        format!("{{apiVersion: v1, kind: Secret, metadata: {{name: s, namespace: n}}, {data}}}")
    };
    let (m, of_m) = (
        map("name: m, namespace: n", "data: {k: v}, binaryData: {b: AAA=}"),
        "configMapKeyRef: {name: m, key: k}",
    );
    let at = "0 spec.containers[0].env[1].valueFrom";
    let (name, key) = (format!("{at}.configMapKeyRef.name"), format!("{at}.configMapKeyRef.key"));
    let (secret_name, secret_key) =
        (format!("{at}.secretKeyRef.name"), format!("{at}.secretKeyRef.key"));
    let of_s = takes("secretKeyRef: {name: s, key: k}");
    let made = |version: &str, kind: &str, spec: &str| {
        format!(
            "{{apiVersion: {version}, kind: {kind}, metadata: {{name: s, namespace: n}}, spec: {{{spec}}}}}"
        )
    };
    check(
        "missing_env_key",
        &[
            ("a key", &[&takes(of_m), &m], &[]),
            ("a key of bytes", &[&takes("configMapKeyRef: {name: m, key: b}"), &m], &[]),
            ("no such key", &[&takes("configMapKeyRef: {name: m, key: x}"), &m], &[&key]),
            ("no such map", &[&takes("configMapKeyRef: {name: x, key: k}"), &m], &[&name]),
            (
                "it may be missing",
                &[&takes("configMapKeyRef: {name: x, key: k, optional: true}")],
                &[],
            ),
            (
                "it may not be missing",
                &[&takes("configMapKeyRef: {name: x, key: k, optional: false}")],
                &[&name],
            ),
            (
                "of another namespace",
                &[&takes(of_m), &map("name: m, namespace: o", "data: {k: v}")],
                &[&name],
            ),
            ("it doesn't say its namespace", &[&takes(of_m), &map("name: m", "data: {k: v}")], &[]),
            (
                "a Secret isn't a ConfigMap",
                &[&of_s, &map("name: s, namespace: n", "data: {k: v}")],
                &[&secret_name],
            ),
            ("a Secret", &[&of_s, &secret("data: {k: AAA=}")], &[]),
            ("a Secret of text", &[&of_s, &secret("stringData: {k: v}")], &[]),
            ("a Secret without the key", &[&of_s, &secret("data: {}")], &[&secret_key]),
            (
                "a Secret that Vault fills",
                &[
                    &of_s,
                    &made(
                        "secrets.hashicorp.com/v1beta1",
                        "VaultStaticSecret",
                        "destination: {name: s}",
                    ),
                ],
                &[],
            ),
            (
                "another Secret that Vault fills",
                &[
                    &of_s,
                    &made(
                        "secrets.hashicorp.com/v1beta1",
                        "VaultStaticSecret",
                        "destination: {name: t}",
                    ),
                ],
                &[&secret_name],
            ),
            (
                "a sealed Secret of its own name",
                &[&of_s, &made("bitnami.com/v1alpha1", "SealedSecret", "")],
                &[],
            ),
            ("fields of the pod", &[&takes("fieldRef: {fieldPath: metadata.name}")], &[]),
            (
                "all at once is another lint's",
                &[&runs("envFrom: [{secretRef: {name: s}}]", "")],
                &[],
            ),
        ],
    );
    let volume = |source: &str| runs("image: i", &format!("volumes: [{{name: v, {source}}}]"));
    let set = "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: n}, spec: {volumeClaimTemplates: [{metadata: {name: data}}]}}";
    check(
        "missing_source",
        &[
            ("a map", &[&volume("configMap: {name: m}"), &m], &[]),
            (
                "no map",
                &[&volume("configMap: {name: x}"), &m],
                &["0 spec.volumes[0].configMap.name"],
            ),
            (
                "a key of it",
                &[&volume("configMap: {name: m, items: [{key: k, path: k}]}"), &m],
                &[],
            ),
            (
                "no key of it",
                &[&volume("configMap: {name: m, items: [{key: x, path: k}]}"), &m],
                &["0 spec.volumes[0].configMap.items[0].key"],
            ),
            (
                "no Secret",
                &[&volume("secret: {secretName: s}")],
                &["0 spec.volumes[0].secret.secretName"],
            ),
            ("it may be missing", &[&volume("secret: {secretName: s, optional: true}")], &[]),
            (
                "a part of a volume",
                &[&volume("projected: {sources: [{downwardAPI: {}}, {secret: {name: s}}]}")],
                &["0 spec.volumes[0].projected.sources[1].secret.name"],
            ),
            (
                "all variables",
                &[&runs("envFrom: [{secretRef: {name: s}}]", ""), &m],
                &["0 spec.containers[0].envFrom[0].secretRef.name"],
            ),
            (
                "a claim",
                &[
                    &volume("persistentVolumeClaim: {claimName: c}"),
                    "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c, namespace: n}}",
                ],
                &[],
            ),
            (
                "no claim",
                &[&volume("persistentVolumeClaim: {claimName: c}")],
                &["0 spec.volumes[0].persistentVolumeClaim.claimName"],
            ),
            (
                "a claim of a StatefulSet",
                &[&volume("persistentVolumeClaim: {claimName: data-db-0}"), set],
                &[],
            ),
            (
                "a claim that it doesn't make",
                &[&volume("persistentVolumeClaim: {claimName: log-db-0}"), set],
                &["0 spec.volumes[0].persistentVolumeClaim.claimName"],
            ),
            ("nothing to declare", &[&volume("emptyDir: {}")], &[]),
        ],
    );
}

#[test]
fn services_and_their_pods() {
    let of_a = |rest: &str| service(&format!("selector: {{app: a}}, {rest}"));
    let opens = |name: &str, ports: &str| {
        format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: {name}, labels: {{app: a}}}}, spec: {{containers: [{{name: a, ports: {ports}}}]}}}}"
        )
    };
    let web = opens("p", "[{name: web, containerPort: 8080}]");
    let target: &[&str] = &["0 spec.ports[0].targetPort"];
    check(
        "unknown_target_port",
        &[
            ("by name", &[&of_a("ports: [{port: 80, targetPort: web}]"), &web], &[]),
            ("no such name", &[&of_a("ports: [{port: 80, targetPort: http}]"), &web], target),
            (
                "no such name, nothing declared",
                &[&of_a("ports: [{port: 80, targetPort: http}]"), &opens("p", "[]")],
                target,
            ),
            (
                "the name of another protocol",
                &[&of_a("ports: [{port: 80, targetPort: web, protocol: UDP}]"), &web],
                target,
            ),
            ("by number", &[&of_a("ports: [{port: 80, targetPort: 8080}]"), &web], &[]),
            ("another number", &[&of_a("ports: [{port: 80, targetPort: 9090}]"), &web], target),
            (
                "another number, nothing declared",
                &[&of_a("ports: [{port: 80, targetPort: 9090}]"), &opens("p", "[]")],
                &[],
            ),
            ("the port itself", &[&of_a("ports: [{port: 8080}]"), &web], &[]),
            (
                "the port itself isn't there",
                &[&of_a("ports: [{port: 80}]"), &web],
                &["0 spec.ports[0].port"],
            ),
            (
                "one of two workloads has it",
                &[&of_a("ports: [{port: 80, targetPort: web}]"), &opens("q", "[]"), &web],
                &[],
            ),
            ("no pods", &[&of_a("ports: [{port: 80, targetPort: web}]")], &[]),
            ("no address", &[&of_a("clusterIP: None, ports: [{port: 80}]"), &web], &[]),
            ("no selector", &[&service("ports: [{port: 80}]"), &web], &[]),
            (
                "a sidecar",
                &[
                    &of_a("ports: [{port: 80, targetPort: web}]"),
                    "{apiVersion: v1, kind: Pod, metadata: {labels: {app: a}}, spec: {initContainers: [{restartPolicy: Always, ports: [{name: web, containerPort: 1}]}]}}",
                ],
                &[],
            ),
        ],
    );
    let takes = |name: &str, port: &str| {
        format!("{{apiVersion: v1, kind: Service, metadata: {{{name}}}, spec: {{{port}}}}}")
    };
    let first = takes("name: s", "ports: [{port: 80, nodePort: 30080}]");
    check(
        "node_port_twice",
        &[
            (
                "two",
                &[&first, &takes("name: t", "ports: [{port: 1}, {nodePort: 30080}]")],
                &["0 spec.ports[0].nodePort", "1 spec.ports[1].nodePort"],
            ),
            ("the same twice", &[&first, &first], &[]),
            (
                "of another namespace",
                &[
                    &first,
                    &takes("name: s, namespace: n", "ports: [{nodePort: 30080, protocol: UDP}]"),
                ],
                &["0 spec.ports[0].nodePort", "1 spec.ports[0].nodePort"],
            ),
            (
                "twice in one, for two protocols",
                &[&takes(
                    "name: s",
                    "ports: [{nodePort: 30080}, {nodePort: 30080, protocol: UDP}]",
                )],
                &[],
            ),
            (
                "for checks of health",
                &[&first, &takes("name: t", "healthCheckNodePort: 30080")],
                &["0 spec.ports[0].nodePort", "1 spec.healthCheckNodePort"],
            ),
            (
                "left to the server",
                &[
                    &takes("name: s", "ports: [{nodePort: 0}]"),
                    &takes("name: t", "ports: [{nodePort: 0}]"),
                ],
                &[],
            ),
        ],
    );
    let set = workload("apps/v1", "StatefulSet", "{app: a}", "serviceName: s,");
    let name: &[&str] = &["0 spec.serviceName"];
    check(
        "dangling_service_name",
        &[
            ("a Service of its pods", &[&set, &of_a("clusterIP: None")], &[]),
            ("no Service", &[&set], name),
            ("a Service of other pods", &[&set, &service("selector: {app: b}")], name),
            ("a Service of anyone's endpoints", &[&set, &service("ports: []")], &[]),
            (
                "of another namespace",
                &[
                    &workload("apps/v1", "StatefulSet", "{app: a}", "serviceName: s,")
                        .replace("name: d", "name: d, namespace: n"),
                    &takes("name: s, namespace: m", "selector: {app: a}"),
                ],
                name,
            ),
            (
                "no name is another rule's",
                &[&workload("apps/v1", "StatefulSet", "{app: a}", "")],
                &[],
            ),
            ("a Deployment has none", &[&deployment("{app: a}", "serviceName: s,")], &[]),
        ],
    );
}

#[test]
fn pods_of_two() {
    let named = |name: &str, kind: &str, labels: &str, selector: &str| {
        format!(
            "{{apiVersion: apps/v1, kind: {kind}, metadata: {{name: {name}}}, spec: {{selector: {selector}, template: {{metadata: {{labels: {labels}}}}}}}}}"
        )
    };
    let of_a = "{matchLabels: {app: a}}";
    let first = named("x", "Deployment", "{app: a}", of_a);
    let selector: &[&str] = &["0 spec.selector"];
    check(
        "overlapping_selectors",
        &[
            ("alone", &[&first], &[]),
            ("the same twice", &[&first, &first], &[]),
            (
                "a copy of another name",
                &[&first, &named("y", "Deployment", "{app: a}", of_a)],
                &["0 spec.selector", "1 spec.selector"],
            ),
            (
                "another kind",
                &[&first, &named("x", "StatefulSet", "{app: a}", of_a)],
                &["0 spec.selector", "1 spec.selector"],
            ),
            (
                "the narrower one is right",
                &[
                    &first,
                    &named("y", "Deployment", "{app: a, t: b}", "{matchLabels: {app: a, t: b}}"),
                ],
                selector,
            ),
            (
                "told apart by an expression",
                &[
                    &named(
                        "x",
                        "Deployment",
                        "{app: a}",
                        "{matchLabels: {app: a}, matchExpressions: [{key: t, operator: DoesNotExist}]}",
                    ),
                    &named("y", "Deployment", "{app: a, t: b}", "{matchLabels: {t: b}}"),
                ],
                &[],
            ),
            ("a Pod of its own", &[&first, &pod("", "{app: a}")], selector),
            ("another namespace", &[&first, &pod("n", "{app: a}")], &[]),
            (
                "an empty selector is another rule's",
                &[&named("x", "Deployment", "{app: a}", "{}"), &first],
                &[],
            ),
            (
                "a DaemonSet",
                &[&named("x", "DaemonSet", "{app: a}", of_a), &pod("", "{app: a}")],
                &[],
            ),
        ],
    );
    let budget = |name: &str, spec: &str| {
        format!(
            "{{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {{name: {name}}}, spec: {{{spec}}}}}"
        )
    };
    let (x, y) = (
        budget("x", "selector: {matchLabels: {app: a}}"),
        budget("y", "selector: {matchLabels: {t: b}}"),
    );
    let both: &[&str] = &["0 spec.selector", "1 spec.selector"];
    check(
        "two_budgets",
        &[
            ("of one pod", &[&x, &y, &pod("", "{app: a, t: b}")], both),
            ("of two pods", &[&x, &y, &pod("", "{app: a}"), &pod("", "{t: b}")], &[]),
            ("no pods", &[&x, &y], &[]),
            ("the same twice", &[&x, &x, &pod("", "{app: a}")], &[]),
            ("one for all pods", &[&x, &budget("y", "selector: {}"), &pod("", "{app: a}")], both),
            ("one for none", &[&x, &budget("y", "maxUnavailable: 1"), &pod("", "{app: a}")], &[]),
            ("of another namespace", &[&x, &y, &pod("n", "{app: a, t: b}")], &[]),
        ],
    );
}

/// What is found at the default levels, as `lint path`.
fn defaults(objects: &[(Tree, NodeId)]) -> Vec<String> {
    let found = findings_across(objects, &Options::new(Naming::Camel)).into_iter().flatten();
    found.map(|finding| format!("{} {}", finding.rule, finding.path)).collect()
}

#[test]
fn a_finding_has_the_level_of_its_lint() {
    let objects = [from_yaml(&service("selector: {app: a}"))];
    for (level, severity) in [(Level::Warn, Severity::Warning), (Level::Forbid, Severity::Error)] {
        let mut levels = Levels::of_all(Level::Allow);
        assert!(!levels.any_across());
        levels.set("dangling_service", level).unwrap();
        assert!(levels.any_across());
        let options = Options { levels: &levels, ..Options::new(Naming::Snake) };
        let found = findings_across(&objects, &options).concat();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].level, found[0].severity), (Some(level), severity));
    }
}

#[test]
fn what_an_object_tells_by_itself_is_not_all_of_a_lint() {
    let late = |lint: &str| lints::find(lint).unwrap().is_late();
    assert!(late("dangling_service") && late("budget_without_slack"));
    assert!(!late("run_as_root"));
}

#[test]
fn what_is_refuted_once_is_never_confirmed() {
    let levels = Levels::of_all(Level::Warn);
    let options = Options { levels: &levels, raw: true, ..Options::new(Naming::Camel) };
    let (mut refuted, mut confirmed) = (0, 0);
    for text in LINTS.iter().flat_map(|lint| [lint.rule.bad, lint.rule.good]) {
        let mut objects = documents(text);
        for _ in 0..objects.len() {
            objects.rotate_left(1);
            let mut index = Index::default();
            let mut open: Vec<Question> = Vec::new();
            let mut closed: Vec<Question> = Vec::new();
            for (tree, root) in &objects {
                let survey = survey(tree, *root, &options);
                index.add(survey.facts);
                open.extend(survey.questions);
                closed.extend(open.extract_if(.., |question| index.refutes(question)));
            }
            refuted += closed.len();
            confirmed += open.iter().filter(|question| index.confirms(question)).count();
            let wrong: Vec<&Question> = closed.iter().filter(|q| index.confirms(q)).collect();
            assert!(wrong.is_empty(), "{wrong:?} in {text}");
        }
    }
    assert!(refuted > 50 && confirmed > 50, "{refuted} and {confirmed}");
}

#[test]
fn where_no_lint_asks_nothing_is_told() {
    let (tree, root) = from_yaml(&deployment("{app: a}", ""));
    let options = Options { levels: Levels::none(), ..Options::new(Naming::Camel) };
    let survey = survey(&tree, root, &options);
    assert!(survey.facts.is_empty() && survey.questions.is_empty());
}

#[test]
fn what_is_not_an_object_tells_nothing() {
    for text in ["[]", "a", "{}", "{kind: Pod}", "{apiVersion: 1, kind: Pod}"] {
        let (tree, root) = from_yaml(text);
        let survey = survey(&tree, root, &Options::new(Naming::Camel));
        assert!(survey.facts.is_empty() && survey.questions.is_empty(), "{text}");
    }
}

#[test]
fn of_what_is_not_settled_nothing_is_said() {
    let objects = documents(
        "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {serviceAccountName: elsewhere}}",
    );
    assert_eq!(defaults(&objects), ["missing_service_account spec.serviceAccountName"]);
    let (tree, root) = &objects[0];
    let unsettled = [tree.at(*root, &["spec", "serviceAccountName"]).unwrap()];
    let options = Options { unsettled: &unsettled, ..Options::new(Naming::Camel) };
    assert!(survey(tree, *root, &options).questions.is_empty());
}

#[test]
fn a_name_that_is_not_known_may_be_any() {
    let asks = from_yaml(
        "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: n}, spec: {serviceAccountName: a}}",
    );
    let cases = [("n", 0), ("m", 1)];
    for (namespace, found) in cases {
        let mut tree = Tree::new();
        let text = |tree: &mut Tree, key: &str, value: &str| reactbin_check::Entry {
            key: tree.push_str(key),
            value: tree.push_str(value),
        };
        let of = text(&mut tree, "namespace", namespace);
        let name = reactbin_check::Entry { key: tree.push_str("name"), value: tree.push_unknown() };
        let metadata = tree.push_map(&[of, name]);
        let version = text(&mut tree, "apiVersion", "v1");
        let kind = text(&mut tree, "kind", "ServiceAccount");
        let metadata = reactbin_check::Entry { key: tree.push_str("metadata"), value: metadata };
        let root = tree.push_map(&[version, kind, metadata]);
        let all = [asks.clone(), (tree, root)];
        assert_eq!(defaults(&all).len(), found, "an account of namespace {namespace}");
    }
}

#[test]
fn what_an_autoscaler_keeps_may_not_be_known() {
    let objects = documents(
        "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {app: a}}}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h}, spec: {minReplicas: 1, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}}}",
    );
    assert_eq!(defaults(&objects), ["budget_without_slack spec.minAvailable"]);
    for path in [&["spec"][..], &["spec", "minReplicas"], &["spec", "scaleTargetRef", "name"]] {
        let (tree, root) = &objects[2];
        let mut copy = Tree::new();
        let root = without(tree, *root, tree.at(*root, path).unwrap(), &mut copy);
        let changed = [objects[0].clone(), objects[1].clone(), (copy, root)];
        assert_eq!(defaults(&changed), [""; 0], "{path:?}");
    }
}

/// The objects of the YAML files under a directory, which the writer of this project has written.
fn written(directory: &std::path::Path, objects: &mut Vec<(Tree, NodeId)>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            written(&path, objects);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            objects.extend(documents(&std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn applications_that_hang_together_have_no_finding() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for directory in ["k8s", "examples/guestbook/k8s"] {
        let mut objects = Vec::new();
        written(&root.join(directory), &mut objects);
        assert!(objects.len() > 4, "{directory}");
        assert_eq!(defaults(&objects), [""; 0], "{directory}");
    }
}

/// Thousands of Services, workloads, budgets and policies of one namespace, all with some labels of
/// the same value.
fn many(count: usize) -> Vec<(Tree, NodeId)> {
    let mut all = Vec::new();
    for number in 0..count {
        let mut text = String::new();
        let labels = format!(
            "{{app.kubernetes.io/part-of: shop, app.kubernetes.io/managed-by: us, app: app-{number}}}"
        );
        let meta = format!("metadata: {{name: app-{number}, namespace: shop}}");
        write!(text, "{{apiVersion: v1, kind: Service, {meta}, spec: {{selector: {labels}, ports: [{{port: 80, targetPort: http}}]}}}}\n---\n").unwrap();
        write!(text, "{{apiVersion: apps/v1, kind: Deployment, {meta}, spec: {{replicas: 3, selector: {{matchLabels: {labels}}}, template: {{metadata: {{labels: {labels}}}, spec: {{serviceAccountName: app-{number}, containers: [{{name: a, ports: [{{name: http, containerPort: 80}}]}}]}}}}}}}}\n---\n").unwrap();
        write!(text, "{{apiVersion: policy/v1, kind: PodDisruptionBudget, {meta}, spec: {{minAvailable: 1, selector: {{matchLabels: {labels}}}}}}}\n---\n").unwrap();
        write!(text, "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, {meta}, spec: {{podSelector: {{matchLabels: {labels}}}}}}}").unwrap();
        all.extend(documents(&text));
    }
    all
}

#[test]
fn thousands_of_objects_of_one_namespace_take_no_time() {
    let objects = many(2_500);
    let levels = Levels::of_all(Level::Warn);
    let options = Options { levels: &levels, ..Options::new(Naming::Camel) };
    let started = Instant::now();
    let mut index = Index::default();
    let mut questions = Vec::new();
    for (tree, root) in &objects {
        let survey = survey(tree, *root, &options);
        index.add(survey.facts);
        questions.extend(survey.questions);
    }
    let found = questions.iter().filter(|question| index.confirms(question)).count();
    let taken = started.elapsed();
    // The ServiceAccounts.
    assert_eq!(found, 2_500);
    // Half a second, unoptimised and with the reading; every selector against every pod is minutes.
    assert!(taken < Duration::from_secs(5), "{taken:?}");
}
