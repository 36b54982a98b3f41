//! The levels of an object, and which of them a declaration's key belongs to.

use reactbin_check::Entry as Pair;
use reactbin_check::facts::{Field, TypeDef, type_def};

use crate::contract::{self, Contract};
use crate::kinds::{Declared, Shape};
use crate::syntax::Key;

/// The levels of an object, each with the entries that it got so far.
#[derive(Default)]
pub(crate) struct Levels {
    pub(crate) root: Vec<Pair>,
    pub(crate) metadata: Vec<Pair>,
    pub(crate) spec: Vec<Pair>,
    /// The spec of a CronJob's Jobs.
    pub(crate) job: Vec<Pair>,
    pub(crate) template_metadata: Vec<Pair>,
    pub(crate) pod: Vec<Pair>,
    pub(crate) container: Vec<Pair>,
    /// What the only container says beside its fields.
    pub(crate) contract: Contract,
    pub(crate) init: Option<Pair>,
    pub(crate) containers: Option<Pair>,
    /// Keys that nothing of the kind has.
    pub(crate) unknown: Vec<Key>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Root,
    Metadata,
    Spec,
    Job,
    Pod,
    Container,
}

/// The types of a kind's levels, in the order in which a key is looked up.
pub(crate) struct Scope {
    pub(crate) levels: Vec<(Level, &'static TypeDef)>,
    /// Keys that aren't fields.
    pub(crate) words: Vec<&'static str>,
}

pub(crate) const META: &str = "apimachinery.pkg.apis.meta.v1.ObjectMeta";

pub(crate) const CONTAINER: &str = "api.core.v1.Container";

pub(crate) const POD: &str = "api.core.v1.PodSpec";

impl Scope {
    pub(crate) fn of(declared: &Declared) -> Scope {
        let mut scope = Scope { levels: Vec::new(), words: vec!["name", "item"] };
        let pods = !matches!(declared.shape, Shape::Plain);
        if pods {
            scope.words.extend(contract::WORDS);
            scope.add(Level::Container, type_def(CONTAINER));
        }
        let Some(kind) = declared.facts else { return scope };
        scope.words.extend(["namespace", "file"]);
        let spec = kind.ty.at(&["spec"]);
        if declared.shape == Shape::Pod {
            scope.words.push("init");
            scope.add(Level::Pod, spec);
        } else {
            scope.add(Level::Spec, spec);
            scope.add(Level::Job, kind.ty.at(&["spec", "jobTemplate", "spec"]));
        }
        if let Shape::Template { .. } = declared.shape {
            scope.words.extend(["init", "pod"]);
            scope.add(Level::Pod, type_def(POD));
        }
        scope.add(Level::Root, Some(kind.ty));
        scope.add(Level::Metadata, type_def(META));
        match declared.known() {
            "NetworkPolicy" | "PodDisruptionBudget" | "Service" => scope.words.push("selects"),
            "Namespace" => scope.words.push("pod_security"),
            "StatefulSet" => scope.words.push("volume_claims"),
            "VaultStaticSecret" => scope.words.extend(["auth", "keys"]),
            _ => {}
        }
        scope
    }

    pub(crate) fn add(&mut self, level: Level, ty: Option<&'static TypeDef>) {
        self.levels.extend(ty.map(|ty| (level, ty)));
    }

    pub(crate) fn find(&self, key: &str) -> Option<(Level, &'static TypeDef, &'static Field)> {
        // A container has a restart policy of its own since 1.28; the usual meaning is the pod's.
        let skip = |level: Level| {
            key == "restart_policy" && level == Level::Container && self.levels.len() > 1
        };
        // These say a level outright, even where a spec has fields of these names.
        let outright = matches!(key, "spec" | "metadata");
        self.levels
            .iter()
            .filter(|(level, _)| !skip(*level) && (!outright || *level == Level::Root))
            .find_map(|(level, ty)| Some((*level, *ty, ty.field_by_snake(key)?)))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.levels.iter().flat_map(|(_, ty)| ty.fields.iter().map(|f| f.snake));
        self.words.clone().into_iter().chain(fields)
    }
}

impl Levels {
    pub(crate) fn at(&mut self, level: Level) -> &mut Vec<Pair> {
        match level {
            Level::Root => &mut self.root,
            Level::Metadata => &mut self.metadata,
            Level::Spec => &mut self.spec,
            Level::Job => &mut self.job,
            Level::Pod => &mut self.pod,
            Level::Container => &mut self.container,
        }
    }
}
