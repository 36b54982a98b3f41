//! What each sort of object tells others: as little of it as questions need.
//!
//! Must not know what is asked. What isn't known of an object is told as such.

use std::sync::Arc;

use super::claims::{node_port, node_ports, paths, port_name, port_number, protocol, scaled};
use super::fact::{Count, Fact, Needs, Told};
use super::grants::{self, Grants};
use super::key::{self, ANY, join, number};
use super::labels::{Asked, Selector, labels};
use super::part::Part;
use super::subject::{Pod, Selects, Sort, Subject, Workload};

/// The name under which a scale target is known.
pub(super) const TARGET: &str = "scale target";
/// The name under which a Service's port is known.
pub(super) const PORT: &str = "port of a Service";
/// The name under which the claims of a StatefulSet are known.
pub(super) const SERIES: &str = "claims of a StatefulSet";

/// Kinds of others of which the objects cause a Secret to be made: group, kind, and where its name
/// is; where that is absent, it is the object's own.
const SECRET_MAKERS: &[(&str, &str, &[&str])] = &[
    ("bitnami.com", "SealedSecret", &["spec", "template", "metadata", "name"]),
    ("cert-manager.io", "Certificate", &["spec", "secretName"]),
    ("external-secrets.io", "ExternalSecret", &["spec", "target", "name"]),
    ("secrets.hashicorp.com", "VaultDynamicSecret", &["spec", "destination", "name"]),
    ("secrets.hashicorp.com", "VaultPKISecret", &["spec", "destination", "name"]),
    ("secrets.hashicorp.com", "VaultStaticSecret", &["spec", "destination", "name"]),
];

/// What an object tells, of what is needed.
pub(super) fn tell(subject: &Subject<'_>, needs: Needs, facts: &mut Vec<Fact>) {
    let mut telling = Telling { subject, needs, facts };
    match subject.sort {
        Sort::Account if needs.has(Needs::ACCOUNTS) => telling.name(&["ServiceAccount"], false),
        Sort::Autoscaler | Sort::ScaledObject => telling.autoscaler(),
        Sort::Budget if needs.has(Needs::BUDGETS) => telling.budget(),
        Sort::Claim if needs.has(Needs::SOURCES) => telling.name(&["PersistentVolumeClaim"], true),
        Sort::ConfigMap if needs.has(Needs::SOURCES) => {
            telling.keys("ConfigMap", &["data", "binaryData"])
        }
        Sort::Ingress if needs.has(Needs::PATHS) => telling.paths(),
        Sort::NetworkPolicy if needs.has(Needs::POLICIES) => telling.policy(),
        Sort::Role => telling.role(),
        Sort::Secret if needs.has(Needs::SOURCES) => {
            telling.keys("Secret", &["data", "stringData"])
        }
        Sort::Service => telling.service(),
        Sort::Workload => telling.workload(),
        Sort::Other => telling.other(),
        _ => {}
    }
}

struct Telling<'a, 't> {
    subject: &'a Subject<'t>,
    needs: Needs,
    facts: &'a mut Vec<Fact>,
}

/// The number of a name in a namespace, if both are known.
pub(super) fn named(namespace: Option<&str>, name: Option<&str>) -> Option<u64> {
    Some(number(&[namespace?, name?]))
}

impl<'t> Telling<'_, 't> {
    fn push(&mut self, told: Told) {
        self.facts.push(Fact(told));
    }

    /// Tells that there is something of this name, or of this part, in the object's namespace.
    fn there(&mut self, what: &[&str], name: Option<&str>, part: Option<Option<u64>>, far: bool) {
        let (name, all) = key::name(what, name, part);
        self.push(Told::There { namespace: self.subject.place(), name, all, far });
    }

    /// Tells the object's own name.
    fn name(&mut self, what: &[&str], far: bool) {
        self.there(what, self.subject.name, None, far);
    }

    fn workload(&mut self) {
        let subject = self.subject;
        let (Some(pod), Some(workload)) = (subject.pod, subject.workload) else { return };
        if self.needs.has(Needs::PODS) {
            self.pods(&pod);
        }
        if self.needs.has(Needs::COVERS) {
            self.covers(workload, &pod);
        }
        if self.needs.has(Needs::TARGETS) {
            self.name(&[TARGET, subject.version, subject.kind], true);
        }
        if subject.kind == "StatefulSet" && self.needs.has(Needs::SOURCES) {
            for template in subject.spec.items("volumeClaimTemplates") {
                let template = Part::of(template).part("metadata").text("name");
                let series =
                    template.zip(subject.name).map(|(claim, set)| format!("{claim}-{set}"));
                self.there(&[SERIES], series.as_deref(), None, true);
            }
        }
    }

    fn pods(&mut self, pod: &Pod<'_>) {
        let subject = self.subject;
        let told = Told::Pods {
            namespace: subject.place(),
            labels: labels(pod.metadata.part("labels")),
            ports: ports(pod),
            by: subject.identity(),
        };
        self.push(told);
    }

    /// Tells whose pods a workload's are: by its selector if that names nothing but labels, else by
    /// its template.
    fn covers(&mut self, workload: &'static Workload, pod: &Pod<'_>) {
        let subject = self.subject;
        if workload.selector == Selects::Nothing {
            return;
        }
        let Some(selector) = subject.selector().known() else { return };
        let labels = match selector.only_labels() {
            Some(only) => Some(only.clone()),
            None => labels(pod.metadata.part("labels")),
        };
        let count = match workload.replicas {
            None => Count::Unsaid,
            Some(default) => match subject.spec.int_or("replicas", default) {
                Some(replicas) => Count::Said(replicas),
                None => return,
            },
        };
        let Some(of) = named(subject.namespace, subject.name) else { return };
        self.push(Told::Covers { namespace: subject.place(), labels, count, of });
    }

    fn other(&mut self) {
        let subject = self.subject;
        if self.needs.has(Needs::PODS)
            && let Some(pod) = subject.pod
        {
            self.pods(&pod);
        }
        if self.needs.has(Needs::TARGETS) {
            self.name(&[TARGET, subject.version, subject.kind], true);
        }
        if self.needs.has(Needs::SOURCES)
            && let Some((_, _, path)) = SECRET_MAKERS
                .iter()
                .find(|(group, kind, _)| *group == subject.group && *kind == subject.kind)
        {
            let (last, above) = path.split_last().unwrap_or((&"", &[]));
            let name = match subject.whole().at(above).text(last) {
                Some("") => subject.name,
                name => name,
            };
            self.secret_of_any_key(name);
        }
    }

    fn secret_of_any_key(&mut self, name: Option<&str>) {
        self.there(&["Secret"], name, None, true);
        self.there(&["Secret"], name, Some(None), true);
    }

    /// Tells the keys of a ConfigMap or Secret.
    fn keys(&mut self, kind: &'static str, fields: &[&str]) {
        let subject = self.subject;
        self.name(&[kind], true);
        for field in fields {
            match subject.whole().part(field) {
                Part::Absent => {}
                Part::Unknown => self.there(&[kind], subject.name, Some(None), true),
                Part::Known(map) => {
                    for (key, _) in map.entries() {
                        let key = key.str().map(|key| number(&[key]));
                        self.there(&[kind], subject.name, Some(key), true);
                    }
                }
            }
        }
    }

    fn service(&mut self) {
        let subject = self.subject;
        if self.needs.has(Needs::SERVICES) {
            self.name(&["Service"], true);
            self.service_ports();
        }
        if self.needs.has(Needs::BACKS) {
            self.backs();
        }
        if self.needs.has(Needs::SERVICE_LABELS) {
            let labels = labels(subject.whole().at(&["metadata", "labels"]));
            self.push(Told::Service { namespace: subject.place(), labels });
        }
        if self.needs.has(Needs::NODE_PORTS)
            && let Some(by) = subject.identity()
        {
            for (.., port) in node_ports(subject) {
                self.push(Told::Claim { what: node_port(port), by });
            }
        }
    }

    fn service_ports(&mut self) {
        let subject = self.subject;
        let Some(ports) = subject.spec.list("ports") else {
            return self.there(&[PORT], subject.name, Some(None), false);
        };
        for port in ports {
            let port = Part::of(port);
            let number = port.int_or("port", 0).map(port_number);
            self.there(&[PORT], subject.name, Some(number), false);
            match port.text("name") {
                Some("") => {}
                name => {
                    let name = name.map(|name| port_name("", name));
                    self.there(&[PORT], subject.name, Some(name), false);
                }
            }
        }
    }

    /// Tells which pods a Service has; whose endpoints are someone else's business has any.
    fn backs(&mut self) {
        let subject = self.subject;
        let labels = subject.selector().known().map(|selector| selector.pairs.clone());
        let (Some(namespace), Some(name)) = (subject.place(), subject.name) else { return };
        for place in [namespace, ANY] {
            let service = join(place, number(&[name]));
            self.push(Told::Backs { service, labels: labels.clone() });
        }
    }

    fn policy(&mut self) {
        let namespace = self.subject.place();
        if let Some(selector) = told(self.subject.selector()) {
            self.push(Told::Policy { namespace, selector });
        }
    }

    fn budget(&mut self) {
        let subject = self.subject;
        // Without a selector it covers no pod.
        let absent = matches!(subject.spec.part("selector"), Part::Absent);
        if let (Some(selector), Some(by), false) =
            (told(subject.selector()), subject.identity(), absent)
        {
            self.push(Told::Budget { namespace: subject.place(), selector, by });
        }
    }

    fn autoscaler(&mut self) {
        let subject = self.subject;
        if self.needs.has(Needs::AUTOSCALERS)
            && let (Some(what), Some(by)) = (scaled(subject), subject.identity())
        {
            self.push(Told::Claim { what, by });
        }
        if self.needs.has(Needs::COVERS) {
            let field = match subject.sort {
                Sort::ScaledObject => "minReplicaCount",
                _ => "minReplicas",
            };
            let name = subject.spec.part("scaleTargetRef").text("name");
            let of = named(subject.namespace, name);
            self.push(Told::Least { of, replicas: subject.spec.int_or(field, 1) });
        }
    }

    fn paths(&mut self) {
        let Some(by) = self.subject.identity() else { return };
        for path in paths(self.subject) {
            self.push(Told::Claim { what: path.claim, by });
        }
    }

    fn role(&mut self) {
        let subject = self.subject;
        let cluster = subject.kind == "ClusterRole";
        if !cluster && self.needs.has(Needs::ROLES) {
            self.name(&["Role"], true);
        }
        if !self.needs.has(Needs::GRANTS) {
            return;
        }
        let grants = grants::of(subject);
        for grant in grants.each() {
            let namespace = if cluster { Some("") } else { subject.namespace.map(or_default) };
            let (name, all) = key::name(&[grant.name(), subject.kind], subject.name, None);
            let namespace = namespace.map(key::place);
            self.push(Told::There { namespace, name, all, far: false });
        }
        if cluster {
            self.cluster_role(grants);
        }
    }

    fn cluster_role(&mut self, grants: Grants) {
        let subject = self.subject;
        let own = labels(subject.whole().at(&["metadata", "labels"]));
        if let (Some(labels), false) = (own, grants.is_empty()) {
            self.push(Told::Role { labels, grants });
        }
        let rule = subject.whole().part("aggregationRule");
        let selectors =
            rule.items("clusterRoleSelectors").map(|node| subject.asked(Part::of(node)));
        let selectors: Box<[Arc<Selector>]> =
            selectors.filter_map(|asked| asked.known().cloned()).collect();
        if let (Some(name), false) = (subject.name, selectors.is_empty()) {
            self.push(Told::Aggregate { role: number(&[name]), selectors });
        }
    }
}

/// A selector to be told, if there is one: not known, or known.
fn told(asked: &Asked) -> Option<Option<Arc<Selector>>> {
    match asked {
        Asked::Unknown => Some(None),
        Asked::Refused => None,
        Asked::Known(selector) => Some(Some(selector.clone())),
    }
}

/// The namespace of a role: where none is written, it is that of a cluster's client.
pub(super) fn or_default(namespace: &str) -> &str {
    if namespace.is_empty() { "default" } else { namespace }
}

/// The ports of a pod's containers; `None` where not all are known.
fn ports(pod: &Pod<'_>) -> Option<Box<[u64]>> {
    let mut all = Vec::new();
    for list in ["containers", "initContainers"] {
        for container in pod.spec.list(list)? {
            let container = Part::of(container);
            for port in container.list("ports")? {
                let port = Part::of(port);
                all.push(port_number(port.int_or("containerPort", 0)?));
                let name = port.text("name")?;
                if !name.is_empty() {
                    all.push(port_name(protocol(port)?, name));
                }
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    Some(all.into())
}
