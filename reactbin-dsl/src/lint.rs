//! Lints of a team's own: a check in Rust over each object, with the levels, waivers and reports
//! that reactbin's lints have.
//!
//! Must not know when or for which application they run.

use std::fmt;

use k8s_openapi::api::core::v1::PodSpec;
use reactbin_check::tree::Paths;
use reactbin_check::{NodeId, Tree};
use serde::de::DeserializeOwned;

pub use reactbin_check::Level;

use crate::assemble::Object;

/// A lint of a team's own. `lints: [(expression), …]` in [`app!`](crate::app!) registers it.
///
/// ```
/// use reactbin_dsl::lint::{Level, Lint};
///
/// /// Every object says which team owns it.
/// pub fn no_owner() -> Lint {
///     Lint {
///         name: "shop::no_owner",
///         level: Level::Deny,
///         what: "Every object has a label `owner`.",
///         check: Box::new(|object, findings| {
///             if object.text("metadata.labels.owner").is_none() {
///                 findings
///                     .report("metadata.labels", "no `owner` label")
///                     .help("add `labels: { owner: my_team }`");
///             }
///         }),
///     }
/// }
/// ```
///
/// Its level is set in `[package.metadata.reactbin.lints]` by a line such as
/// `"shop::no_owner" = "warn"`, and it is waived by `#[allow(shop::no_owner, reason = "…")]`.
pub struct Lint {
    /// The name, after the bad pattern: `team::bad_pattern`, in snake case.
    pub name: &'static str,
    /// The level, unless Cargo.toml says another.
    pub level: Level,
    /// What it demands, in a sentence.
    pub what: &'static str,
    /// Looks at one object, and reports what is wrong with it.
    pub check: Check,
}

/// What an entry of `lints` in `app!` may be.
#[doc(hidden)]
pub fn lint(lint: Lint) -> Lint {
    lint
}

/// The function of a [`Lint`].
pub type Check = Box<dyn Fn(&Subject<'_>, &mut Findings) + Send + Sync>;

impl Lint {
    /// What it finds in one object, which is given as YAML: for the lint's own tests.
    ///
    /// # Errors
    /// If the text is no YAML.
    pub fn find_in(&self, yaml: &str) -> Result<Vec<Found>, serde_yaml::Error> {
        let object = Object::from_value(&serde_yaml::from_str(yaml)?);
        let mut findings = Findings::default();
        (self.check)(&Subject::new(&object), &mut findings);
        Ok(findings.all)
    }
}

impl fmt::Debug for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lint { name, level, what, check: _ } = self;
        let mut debug = f.debug_struct("Lint");
        debug.field("name", name).field("level", level).field("what", what).finish_non_exhaustive()
    }
}

/// An object that a lint looks at: whole, with its namespace, and with what parameters are.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    object: &'a Object,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(object: &'a Object) -> Subject<'a> {
        Subject { object }
    }

    /// What `apiVersion` says: `apps/v1`.
    pub fn api_version(&self) -> &'a str {
        self.text("apiVersion").unwrap_or_default()
    }

    /// What `kind` says.
    pub fn kind(&self) -> &'a str {
        self.object.kind_name()
    }

    /// What `metadata.name` says.
    pub fn name(&self) -> &'a str {
        self.object.name()
    }

    /// What `metadata.namespace` says; empty where it is missing.
    pub fn namespace(&self) -> &'a str {
        self.object.namespace()
    }

    /// The text at a path in the API's spelling, such as `spec.type` or
    /// `metadata.labels[app.kubernetes.io/name]`; `None` where there is none, or something that is no
    /// text, such as a number: [`typed`](Subject::typed) has those.
    pub fn text(&self, path: &str) -> Option<&'a str> {
        let tree = &self.object.tree;
        match tree.get(self.at(path)?) {
            reactbin_check::Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The object as a type of k8s-openapi; `None` if it isn't of that type.
    ///
    /// ```
    /// # use reactbin_dsl::lint::Subject;
    /// use reactbin_dsl::k8s_openapi::api::apps::v1::Deployment;
    ///
    /// fn replicas(object: &Subject<'_>) -> Option<i32> {
    ///     object.typed::<Deployment>()?.spec?.replicas
    /// }
    /// ```
    pub fn typed<T: k8s_openapi::Resource + DeserializeOwned>(&self) -> Option<T> {
        if T::KIND != self.kind() || T::API_VERSION != self.api_version() {
            return None;
        }
        crate::from_tree(&self.object.tree, self.object.root).ok()
    }

    /// The spec of the object's pods, and its path; `None` for what has no pods.
    pub fn pod(&self) -> Option<(PodSpec, &'static str)> {
        let path = self.object.kind()?.ty.pod()?.spec;
        let spec = crate::from_tree(&self.object.tree, self.at(path)?).ok()?;
        Some((spec, path))
    }

    /// The object as a tree of plain values, and its node.
    pub fn tree(&self) -> (&'a Tree, NodeId) {
        (&self.object.tree, self.object.root)
    }

    fn at(&self, path: &str) -> Option<NodeId> {
        let (node, found) = self.object.tree.nearest(self.object.root, path);
        found.then_some(node)
    }
}

/// What a lint has found in one object.
#[derive(Debug, Default)]
pub struct Findings {
    pub(crate) all: Vec<Found>,
}

/// A finding, to which a help can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The path that it is about, in the API's spelling.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Findings {
    /// Reports what is wrong at a path in the API's spelling, such as
    /// `spec.template.spec.containers[0].image`. Where the path ends early, the finding stands at the
    /// nearest block around it.
    pub fn report(&mut self, path: impl Into<String>, message: impl Into<String>) -> &mut Found {
        self.all.push(Found { path: path.into(), message: message.into(), help: None });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }
}

impl Found {
    /// Says what to write instead.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Found {
        self.help = Some(help.into());
        self
    }

    /// The node that it is about.
    pub(crate) fn node(&self, object: &Object) -> NodeId {
        object.tree.nearest(object.root, &self.path).0
    }

    /// Where it was written is what its nearest node tells; a block is named by its key.
    pub(crate) fn shown(&self, object: &Object, paths: &Paths<'_>) -> NodeId {
        let (node, found) = object.tree.nearest(object.root, &self.path);
        if found { node } else { paths.key(node).unwrap_or(node) }
    }
}
