//! The pods that an object runs: where their spec is, their containers, what they mount of a node.
//!
//! Must not know a lint.

use std::collections::BTreeMap;

use super::across::subject::Workload;
use crate::cx::{Cx, Draft, Node, Obj, Place};
use crate::facts::{self, Kind};
use crate::finding::Reason;

type Fields = &'static [&'static str];

/// Where a path of fields leads.
#[derive(Clone, Copy, Debug)]
pub(super) enum End<'t> {
    /// To this value.
    There(Node<'t>),
    /// Nowhere: something on the way is missing.
    Missing(Missing<'t>),
    /// That isn't known.
    Unknown,
}

/// A block, and the fields that it lacks, each in the one before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missing<'t> {
    block: Obj<'t>,
    fields: Fields,
    below: Fields,
}

impl Missing<'_> {
    /// Reports what is missing at the block that lacks it.
    pub(super) fn report<'c>(
        self,
        cx: &'c mut Cx<'_>,
        message: impl Into<String>,
    ) -> &'c mut Draft {
        let mut fields = self.fields.iter().chain(self.below).copied();
        let place = Place::Missing(self.block.id, fields.next().unwrap_or_default());
        let draft = cx.report(Reason::Required, place, message);
        draft.beneath(fields.collect());
        draft
    }
}

/// Where fields lead, each in the one before.
pub(super) fn follow<'t>(object: Obj<'t>, fields: Fields) -> End<'t> {
    let mut block = object;
    let mut rest = fields;
    while let [field, below @ ..] = rest {
        match block.get(field) {
            None if block.is_absent(field) => {
                return End::Missing(Missing { block, fields: rest, below: &[] });
            }
            None => return End::Unknown,
            Some(node) if below.is_empty() => return End::There(node),
            Some(node) => match node.object() {
                Some(object) => block = object,
                None => return End::Unknown,
            },
        }
        rest = below;
    }
    End::Unknown
}

/// What the object is, if it runs pods.
fn workload(cx: &Cx<'_>) -> Option<&'static Workload> {
    cx.kind.and_then(|kind| Workload::of(kind.group, kind.kind))
}

/// The kind that has the same pods at the same place as one that the facts don't have: an older
/// version of it, or OpenShift's.
pub(crate) fn stand_in(api_version: &str, kind: &str) -> Option<&'static Kind> {
    let (group, _) = api_version.split_once('/')?;
    Workload::of(group, kind)?;
    match (group, kind) {
        // kube-linter doesn't look at these.
        ("extensions", _) => None,
        ("apps.openshift.io", "DeploymentConfig") => facts::kind("apps/v1", "Deployment"),
        _ => facts::KINDS.iter().copied().find(|known| known.group == group && known.kind == kind),
    }
}

/// Whether the object runs pods.
pub(super) fn runs_pods(cx: &Cx<'_>) -> bool {
    workload(cx).is_some()
}

/// Where fields of the pods lead, of their metadata or their spec; of an object that runs no pods
/// nothing is known.
pub(super) fn find<'t>(cx: &Cx<'_>, root: Obj<'t>, fields: Fields) -> End<'t> {
    let Some(workload) = workload(cx) else { return End::Unknown };
    if workload.template.is_empty() {
        return follow(root, fields);
    }
    match follow(root, workload.template) {
        End::There(template) => {
            template.object().map_or(End::Unknown, |template| follow(template, fields))
        }
        // These can be without a template, and then run nothing.
        End::Missing(_)
            if matches!(root.str("kind"), Some("DeploymentConfig" | "ReplicationController")) =>
        {
            End::Unknown
        }
        End::Missing(missing) => End::Missing(Missing { below: fields, ..missing }),
        End::Unknown => End::Unknown,
    }
}

/// The template of an object's pods; a Pod itself.
pub(super) fn template<'t>(cx: &Cx<'_>, root: Obj<'t>) -> Option<Obj<'t>> {
    root.at(workload(cx)?.template)
}

/// How many pods an object asks for, of the kinds that have a number of them.
pub(super) fn replicas(cx: &Cx<'_>, root: Obj<'_>) -> Option<i64> {
    let default = workload(cx)?.replicas?;
    match follow(root, &["spec", "replicas"]) {
        End::There(node) => node.int(),
        End::Missing(_) => Some(default),
        End::Unknown => None,
    }
}

/// All containers of a pod: those that prepare it, its own, and those that are added to it.
pub(super) fn containers(spec: Obj<'_>) -> impl Iterator<Item = Obj<'_>> {
    ["initContainers", "containers", "ephemeralContainers"]
        .into_iter()
        .flat_map(move |field| spec.objects(field))
}

/// What of its node a pod mounts: the `hostPath` of a volume, with each mount of it.
pub(super) fn host_mounts(spec: Obj<'_>) -> impl Iterator<Item = (Obj<'_>, Obj<'_>)> {
    let volumes = spec.objects("volumes");
    let of_host: BTreeMap<&str, Obj<'_>> = volumes
        .filter_map(|volume| Some((volume.str("name")?, volume.object("hostPath")?)))
        .collect();
    let holders = (!of_host.is_empty()).then(|| containers(spec)).into_iter().flatten();
    let mounts = holders.flat_map(|container| container.objects("volumeMounts"));
    mounts.filter_map(move |mount| Some((*of_host.get(mount.str("name")?)?, mount)))
}
