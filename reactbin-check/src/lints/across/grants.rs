//! What a role grants that opens more than it seems to, and who has it by a binding.

use super::key::{Key, number};
use super::part::Part;
use super::query::Search;
use super::subject::Subject;
use super::tell::or_default;
use super::{Asking, Spot, Text};
use crate::finding::Reason;

/// Some of [`Grant::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Grants(u8);

/// Something that a role may grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grant {
    /// To make pods, or what makes pods.
    CreatePods,
    /// To do anything with Secrets.
    Secrets,
}

impl Grant {
    const ALL: [Grant; 2] = [Grant::CreatePods, Grant::Secrets];

    /// The name under which roles that grant it are known.
    pub(super) fn name(self) -> &'static str {
        match self {
            Grant::CreatePods => "to create pods",
            Grant::Secrets => "to Secrets",
        }
    }

    fn resources(self) -> &'static [&'static str] {
        match self {
            Grant::CreatePods => &[
                "cronjob",
                "cronjobs",
                "daemonsets",
                "deployments",
                "jobs",
                "pods",
                "replicasets",
                "replicationcontrollers",
                "statefulsets",
            ],
            Grant::Secrets => &["secrets"],
        }
    }

    /// Whether a verb on its resources grants it.
    fn by(self, verb: &str) -> bool {
        match self {
            Grant::CreatePods => matches!(verb, "create" | "*"),
            Grant::Secrets => true,
        }
    }
}

impl Grants {
    /// Those that there are.
    pub(super) fn each(self) -> impl Iterator<Item = Grant> {
        Grant::ALL.into_iter().filter(move |grant| self.has(*grant))
    }

    /// Whether this one is among them.
    pub(super) fn has(self, grant: Grant) -> bool {
        self.0 & (1 << grant as u8) != 0
    }

    /// Whether there are none.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Them as a number.
    pub(super) fn number(self) -> u64 {
        u64::from(self.0)
    }
}

/// What the rules of a role surely grant.
pub(super) fn of(role: &Subject<'_>) -> Grants {
    let mut grants = Grants::default();
    for rule in role.whole().items("rules").map(Part::of) {
        for grant in Grant::ALL {
            let resources = grant.resources();
            let on = |name: &str| name == "*" || resources.contains(&name);
            if rule.items("resources").any(|node| node.str().is_some_and(on))
                && rule.items("verbs").any(|node| node.str().is_some_and(|verb| grant.by(verb)))
            {
                grants.0 |= 1 << grant as u8;
            }
        }
    }
    grants
}

/// Asks whether a binding's role grants something.
pub(super) fn ask_of(
    asking: &mut Asking<'_, '_>,
    grant: Grant,
    does: &'static str,
    help: &'static str,
) {
    let binding = asking.subject;
    let role = binding.whole().part("roleRef");
    let (Part::Known(reference), Some(kind), Some(name)) =
        (role, role.text("kind"), role.text("name"))
    else {
        return;
    };
    let cluster = binding.kind == "ClusterRoleBinding" || kind == "ClusterRole";
    let namespace = match (cluster, binding.namespace) {
        (true, _) => "",
        (false, Some(namespace)) => or_default(namespace),
        (false, None) => return,
    };
    let kind = if cluster { "ClusterRole" } else { "Role" };
    let granting = Search::Granting {
        role: Key::new(&[grant.name(), kind], namespace, name, None),
        aggregate: cluster.then(|| number(&[name])),
        grant,
    };
    let name = name.to_owned();
    let spot = Spot::of(reference, "name");
    asking.ask(spot, Reason::Forbidden, granting.found(), move || Text {
        path: "roleRef.name".to_owned(),
        message: format!("the binding of `{name}` {does}"),
        help: help.to_owned(),
    });
}
