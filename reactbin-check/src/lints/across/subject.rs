//! An object as others see it: what it is, where it is, and what pods it makes.
//!
//! Knows kinds by what they say of themselves, so that an object of a kind without facts, or one
//! that the API server refuses, is seen as well.

use std::cell::OnceCell;
use std::fmt;

use super::Spot;
use super::key::number;
use super::labels::{Asked, Selector};
use super::part::Part;
use crate::cx::Obj;

/// What an object is to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Account,
    Autoscaler,
    Binding,
    Budget,
    Claim,
    ConfigMap,
    Ingress,
    NetworkPolicy,
    Role,
    /// KEDA's autoscaler.
    ScaledObject,
    Secret,
    Service,
    ServiceMonitor,
    /// What runs pods.
    Workload,
    /// An object of a kind that nothing is known of.
    Other,
}

/// A kind that runs pods.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::lints) struct Workload {
    /// Its name.
    pub(super) kind: &'static str,
    groups: &'static [&'static str],
    /// Where the pod's metadata and spec are.
    pub(in crate::lints) template: &'static [&'static str],
    /// Where its selector is.
    pub(super) selector: Selects,
    /// The number of pods where it doesn't say one; `None` for a kind that has no such number.
    pub(in crate::lints) replicas: Option<i64>,
}

impl Workload {
    /// The kind of this name in this group, if it runs pods.
    pub(in crate::lints) fn of(group: &str, kind: &str) -> Option<&'static Workload> {
        WORKLOADS.iter().find(|workload| workload.kind == kind && workload.groups.contains(&group))
    }
}

/// How a kind that runs pods says which are its own, to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Selects {
    /// Not at all, or in a way that others don't look at.
    Nothing,
    /// By a plain map of labels.
    Labels,
    /// By a label selector, at this path.
    At(&'static [&'static str]),
}

const APPS: &[&str] = &["apps", "extensions"];
const TEMPLATE: &[&str] = &["spec", "template"];
const SELECTOR: &[&str] = &["spec", "selector"];

static WORKLOADS: &[Workload] = &[
    Workload {
        kind: "CronJob",
        groups: &["batch"],
        template: &["spec", "jobTemplate", "spec", "template"],
        selector: Selects::At(&["spec", "jobTemplate", "spec", "selector"]),
        replicas: None,
    },
    Workload {
        kind: "DaemonSet",
        groups: APPS,
        template: TEMPLATE,
        selector: Selects::At(SELECTOR),
        replicas: None,
    },
    Workload {
        kind: "Deployment",
        groups: APPS,
        template: TEMPLATE,
        selector: Selects::At(SELECTOR),
        replicas: Some(1),
    },
    Workload {
        kind: "DeploymentConfig",
        groups: &["apps.openshift.io"],
        template: TEMPLATE,
        selector: Selects::Labels,
        replicas: Some(0),
    },
    Workload {
        kind: "Job",
        groups: &["batch"],
        template: TEMPLATE,
        selector: Selects::At(SELECTOR),
        replicas: None,
    },
    Workload {
        kind: "Pod",
        groups: &[""],
        template: &[],
        selector: Selects::Nothing,
        replicas: None,
    },
    Workload {
        kind: "ReplicaSet",
        groups: APPS,
        template: TEMPLATE,
        selector: Selects::At(SELECTOR),
        replicas: Some(1),
    },
    Workload {
        kind: "ReplicationController",
        groups: &[""],
        template: TEMPLATE,
        selector: Selects::Nothing,
        replicas: Some(1),
    },
    Workload {
        kind: "StatefulSet",
        groups: APPS,
        template: TEMPLATE,
        selector: Selects::At(SELECTOR),
        replicas: Some(1),
    },
];

const RBAC: &str = "rbac.authorization.k8s.io/v1";

impl Sort {
    fn of(version: &str, group: &str, kind: &str) -> (Sort, Option<&'static Workload>) {
        let sort = match (kind, version) {
            ("ClusterRole" | "Role", RBAC) => Sort::Role,
            ("ClusterRoleBinding" | "RoleBinding", RBAC) => Sort::Binding,
            ("ConfigMap", "v1") => Sort::ConfigMap,
            ("HorizontalPodAutoscaler", _) if group == "autoscaling" => Sort::Autoscaler,
            ("Ingress", "networking.k8s.io/v1") => Sort::Ingress,
            ("NetworkPolicy", "networking.k8s.io/v1") => Sort::NetworkPolicy,
            ("PersistentVolumeClaim", "v1") => Sort::Claim,
            ("PodDisruptionBudget", "policy/v1") => Sort::Budget,
            ("ScaledObject", "keda.sh/v1alpha1") => Sort::ScaledObject,
            ("Secret", "v1") => Sort::Secret,
            ("Service", "v1") => Sort::Service,
            ("ServiceAccount", "v1") => Sort::Account,
            ("ServiceMonitor", "monitoring.coreos.com/v1") => Sort::ServiceMonitor,
            _ => {
                let workload = Workload::of(group, kind);
                return (workload.map_or(Sort::Other, |_| Sort::Workload), workload);
            }
        };
        (sort, None)
    }
}

/// An object that others may ask for, and that may ask for others.
#[derive(Clone, Debug)]
pub(super) struct Subject<'t> {
    /// What it is.
    pub(super) sort: Sort,
    /// The kind of workload that it is.
    pub(super) workload: Option<&'static Workload>,
    /// What `apiVersion` says.
    pub(super) version: &'t str,
    /// The group of `apiVersion`.
    pub(super) group: &'t str,
    /// What `kind` says.
    pub(super) kind: &'t str,
    /// The namespace as it is written, empty where it isn't; `None` where it isn't known.
    pub(super) namespace: Option<&'t str>,
    /// The name; `None` where it isn't known.
    pub(super) name: Option<&'t str>,
    /// All of it.
    pub(super) root: Obj<'t>,
    /// Its spec.
    pub(super) spec: Part<'t>,
    /// The pod that it runs, or makes after a template.
    pub(super) pod: Option<Pod<'t>>,
    raw: bool,
    selector: OnceCell<Asked>,
}

impl<'t> Subject<'t> {
    /// The object, if it says what it is; `raw` if nobody has checked it.
    pub(super) fn new(root: Obj<'t>, raw: bool) -> Option<Subject<'t>> {
        let (version, kind) = (root.str("apiVersion")?, root.str("kind")?);
        let group = version.split_once('/').map_or("", |(group, _)| group);
        let whole = Part::Known(root);
        let (metadata, spec) = (whole.part("metadata"), whole.part("spec"));
        let (sort, workload) = Sort::of(version, group, kind);
        Some(Subject {
            sort,
            workload,
            version,
            group,
            kind,
            namespace: metadata.text("namespace"),
            name: metadata.text("name"),
            root,
            spec,
            pod: Pod::of(whole, spec, sort, workload),
            raw,
            selector: OnceCell::new(),
        })
    }

    /// All of it.
    pub(super) fn whole(&self) -> Part<'t> {
        Part::Known(self.root)
    }

    /// The number that no other object has; `None` where it isn't known.
    pub(super) fn identity(&self) -> Option<u64> {
        Some(number(&[self.group, self.kind, self.namespace?, self.name?]))
    }

    /// The number of the namespace, if it is known.
    pub(super) fn place(&self) -> Option<u64> {
        self.namespace.map(|namespace| number(&[namespace]))
    }

    /// A label selector of the object. One that the API server refuses counts only where nobody
    /// has checked the object.
    pub(super) fn asked(&self, selector: Part<'_>) -> Asked {
        match Selector::of(selector) {
            Asked::Refused if !self.raw => Asked::Unknown,
            asked => asked,
        }
    }

    /// What the object selects others by.
    pub(super) fn selector(&self) -> &Asked {
        self.selector.get_or_init(|| match (self.sort, self.workload) {
            (Sort::Service, _) => Selector::of_map(self.spec.part("selector")),
            (Sort::NetworkPolicy, _) => self.asked(self.spec.part("podSelector")),
            (_, Some(workload)) => match workload.selector {
                Selects::Nothing => Asked::Unknown,
                Selects::Labels => Selector::of_map(self.spec.part("selector")),
                Selects::At(path) => self.asked(self.whole().at(path)),
            },
            _ => self.asked(self.spec.part("selector")),
        })
    }

    /// The namespace in a message, with its preposition.
    pub(super) fn in_namespace(&self) -> InNamespace {
        InNamespace(self.namespace.unwrap_or_default().into())
    }

    /// A field of the spec, or the block that lacks it.
    pub(super) fn spot(&self, field: &str) -> Spot {
        match self.spec.known() {
            Some(spec) => Spot::of(spec, field),
            None => Spot::lacking(self.root),
        }
    }
}

/// A namespace with its preposition; nothing where there is none.
pub(super) struct InNamespace(Box<str>);

impl fmt::Display for InNamespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            "" => Ok(()),
            namespace => write!(f, " in namespace `{namespace}`"),
        }
    }
}

/// A pod, or the template of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pod<'t> {
    path: &'static [&'static str],
    template: Part<'t>,
    /// Its metadata.
    pub(super) metadata: Part<'t>,
    /// Its spec.
    pub(super) spec: Part<'t>,
}

/// Where a pod stands in its object.
#[derive(Clone, Copy, Debug)]
pub(super) struct PodPlace(&'static [&'static str]);

impl PodPlace {
    /// The path of something in the pod.
    pub(super) fn path(self, within: &[&str]) -> String {
        [self.0, within].concat().join(".")
    }
}

/// The lists of containers of a pod.
const CONTAINERS: &[&str] = &["initContainers", "containers", "ephemeralContainers"];

impl<'t> Pod<'t> {
    fn of(
        whole: Part<'t>,
        spec: Part<'t>,
        sort: Sort,
        workload: Option<&'static Workload>,
    ) -> Option<Pod<'t>> {
        let path = match (sort, workload) {
            (_, Some(workload)) => workload.template,
            // Kinds of others that run pods have their template where Kubernetes' own have it.
            (Sort::Other, None) => TEMPLATE,
            _ => return None,
        };
        let (template, own) = match path.split_first() {
            None => (whole, spec),
            Some((_, below)) => {
                let template = spec.at(below);
                (template, template.part("spec"))
            }
        };
        if workload.is_none() {
            own.known().filter(|spec| spec.get("containers").is_some())?;
        }
        Some(Pod { path, template, metadata: template.part("metadata"), spec: own })
    }

    /// Where it stands in its object.
    pub(super) fn place(&self) -> PodPlace {
        PodPlace(self.path)
    }

    /// The pod's labels, or the block that lacks them.
    pub(super) fn labels_spot(&self, root: Obj<'_>) -> Spot {
        match (self.metadata, self.template) {
            (Part::Known(metadata), _) => Spot::of(metadata, "labels"),
            (_, Part::Known(template)) => Spot::lacking(template),
            _ => Spot::lacking(root),
        }
    }

    /// All containers, each with the list that it stands in and its place there.
    pub(super) fn containers(&self) -> impl Iterator<Item = (&'static str, usize, Part<'t>)> {
        let spec = self.spec;
        CONTAINERS.iter().flat_map(move |list| {
            spec.items(list).enumerate().map(move |(place, node)| (*list, place, Part::of(node)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::KINDS;

    #[test]
    fn kinds_of_the_facts_have_their_pods_where_their_types_say() {
        for kind in KINDS {
            // Nobody runs the pods of a PodTemplate.
            let place = kind.ty.pod().filter(|_| kind.kind != "PodTemplate");
            let workload = Workload::of(kind.group, kind.kind);
            let (place, own) = (place.map(|at| at.template), workload.map(|own| own.template));
            assert_eq!(own, place, "{}", kind.kind);
        }
    }
}
