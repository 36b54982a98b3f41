//! Where objects have their pods, which their types tell.

use super::TypeDef;

/// Where the objects of a kind have their pod.
#[derive(Debug, PartialEq, Eq)]
pub struct PodPath {
    /// The path of what has the pod's metadata and spec; empty where that is the object.
    pub template: &'static [&'static str],
    /// The path of the pod's spec as it is written: `spec.template.spec`.
    pub spec: &'static str,
}

/// All paths.
static PATHS: &[PodPath] = &[
    PodPath { template: &[], spec: "spec" },
    PodPath { template: &["template"], spec: "template.spec" },
    PodPath { template: &["spec", "template"], spec: "spec.template.spec" },
    PodPath {
        template: &["spec", "jobTemplate", "spec", "template"],
        spec: "spec.jobTemplate.spec.template.spec",
    },
];

/// The path of the pod in objects of a type, which the type's index keeps.
pub(crate) fn find(ty: &'static TypeDef) -> Option<&'static PodPath> {
    PATHS.iter().find(|path| {
        let spec = ty.at(path.template).and_then(|holder| holder.at(&["spec"]));
        spec.is_some_and(|spec| spec.name == "api.core.v1.PodSpec")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::KINDS;

    #[test]
    fn the_kinds_with_pods_are_those_of_the_server() {
        let kinds = KINDS.iter().filter_map(|kind| Some((kind.kind, kind.ty.pod()?.spec)));
        let mut kinds: Vec<(&str, &str)> = kinds.collect();
        kinds.sort_unstable();
        assert_eq!(
            kinds,
            [
                ("CronJob", "spec.jobTemplate.spec.template.spec"),
                ("DaemonSet", "spec.template.spec"),
                ("Deployment", "spec.template.spec"),
                ("Job", "spec.template.spec"),
                ("Pod", "spec"),
                ("PodTemplate", "template.spec"),
                ("ReplicaSet", "spec.template.spec"),
                ("ReplicationController", "spec.template.spec"),
                ("StatefulSet", "spec.template.spec"),
            ]
        );
    }

    #[test]
    fn a_spec_is_right_below_its_template() {
        for PodPath { template, spec } in PATHS {
            assert_eq!([template, &["spec"][..]].concat().join("."), *spec);
        }
    }
}
