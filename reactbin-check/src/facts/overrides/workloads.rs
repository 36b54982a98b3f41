//! Workloads and what they make: Deployment, ReplicaSet, DaemonSet, StatefulSet, Job, CronJob,
//! ReplicationController, claims.

use super::Constraint::{
    CountOrPercent, Format, MaxItems, MaxLength, NotEmpty, OneOf, Optional, Range, Required,
};
use super::{Choice, TypeOverrides};
use crate::finding::Reason;
use crate::formats::Format::{
    CronSchedule, DnsLabel, DnsSubdomain, DomainPrefixedPath, LabelKey, TimeZone,
};

const COUNT: super::Constraint = Range(0, i32::MAX as i64);
const COUNT_64: super::Constraint = Range(0, i64::MAX);

pub(super) const TYPES: &[TypeOverrides] = &[
    TypeOverrides { ty: "api.apps.v1.DaemonSet", fields: &[("spec", Required)], choices: &[] },
    TypeOverrides {
        ty: "api.apps.v1.DaemonSetSpec",
        fields: &[("minReadySeconds", COUNT), ("revisionHistoryLimit", COUNT)],
        choices: &[],
    },
    TypeOverrides { ty: "api.apps.v1.Deployment", fields: &[("spec", Required)], choices: &[] },
    TypeOverrides {
        ty: "api.apps.v1.DeploymentSpec",
        fields: &[
            ("minReadySeconds", COUNT),
            ("progressDeadlineSeconds", COUNT),
            ("replicas", COUNT),
            ("revisionHistoryLimit", COUNT),
        ],
        choices: &[],
    },
    TypeOverrides { ty: "api.apps.v1.ReplicaSet", fields: &[("spec", Required)], choices: &[] },
    TypeOverrides {
        ty: "api.apps.v1.ReplicaSetSpec",
        fields: &[("minReadySeconds", COUNT), ("replicas", COUNT), ("template", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.apps.v1.RollingUpdateDaemonSet",
        fields: &[("maxSurge", CountOrPercent), ("maxUnavailable", CountOrPercent)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.apps.v1.RollingUpdateDeployment",
        fields: &[("maxSurge", CountOrPercent), ("maxUnavailable", CountOrPercent)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.apps.v1.RollingUpdateStatefulSetStrategy",
        fields: &[("partition", COUNT)],
        choices: &[],
    },
    TypeOverrides { ty: "api.apps.v1.StatefulSet", fields: &[("spec", Required)], choices: &[] },
    TypeOverrides {
        ty: "api.apps.v1.StatefulSetOrdinals",
        fields: &[("start", COUNT)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy",
        fields: &[
            ("whenDeleted", OneOf(&["Retain", "Delete"])),
            ("whenScaled", OneOf(&["Retain", "Delete"])),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.apps.v1.StatefulSetSpec",
        fields: &[
            ("minReadySeconds", COUNT),
            ("replicas", COUNT),
            ("serviceName", Format(DnsLabel)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.batch.v1.CronJobSpec",
        fields: &[
            ("failedJobsHistoryLimit", COUNT),
            ("schedule", Required),
            ("schedule", Format(CronSchedule)),
            ("startingDeadlineSeconds", COUNT_64),
            ("successfulJobsHistoryLimit", COUNT),
            ("timeZone", NotEmpty),
            ("timeZone", Format(TimeZone)),
        ],
        choices: &[],
    },
    TypeOverrides { ty: "api.batch.v1.Job", fields: &[("spec", Required)], choices: &[] },
    TypeOverrides {
        ty: "api.batch.v1.JobSpec",
        fields: &[
            ("activeDeadlineSeconds", COUNT_64),
            ("backoffLimit", COUNT),
            ("backoffLimitPerIndex", COUNT),
            ("completionMode", NotEmpty),
            ("completions", COUNT),
            ("managedBy", NotEmpty),
            ("managedBy", Format(DomainPrefixedPath)),
            ("managedBy", MaxLength(63)),
            ("maxFailedIndexes", COUNT),
            ("parallelism", COUNT),
            ("podReplacementPolicy", NotEmpty),
            ("ttlSecondsAfterFinished", COUNT),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.batch.v1.JobTemplateSpec",
        fields: &[("spec", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.batch.v1.PodFailurePolicy",
        fields: &[("rules", Optional), ("rules", MaxItems(20))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.batch.v1.PodFailurePolicyOnExitCodesRequirement",
        fields: &[("operator", Required), ("values", NotEmpty), ("values", MaxItems(255))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.batch.v1.PodFailurePolicyOnPodConditionsPattern",
        fields: &[
            ("status", OneOf(&["True", "False", "Unknown"])),
            ("type", Required),
            ("type", Format(LabelKey)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.batch.v1.PodFailurePolicyRule",
        fields: &[("action", Required), ("onPodConditions", MaxItems(20))],
        choices: &[Choice {
            fields: &["onExitCodes", "onPodConditions"],
            at_least_one: Some("a requirement of the rule"),
            missing: "",
            only_one: "a rule has one requirement",
            reason: Reason::Invalid,
        }],
    },
    TypeOverrides {
        ty: "api.batch.v1.SuccessPolicy",
        fields: &[("rules", NotEmpty), ("rules", MaxItems(20))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.batch.v1.SuccessPolicyRule",
        fields: &[("succeededCount", COUNT), ("succeededIndexes", MaxLength(65536))],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.PersistentVolumeClaim",
        fields: &[("spec", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.PersistentVolumeClaimSpec",
        fields: &[
            ("accessModes", Required),
            ("storageClassName", Format(DnsSubdomain)),
            ("volumeAttributesClassName", Format(DnsSubdomain)),
            ("volumeMode", NotEmpty),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.ReplicationController",
        fields: &[("spec", Required)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.ReplicationControllerSpec",
        fields: &[("minReadySeconds", COUNT), ("replicas", COUNT), ("template", Required)],
        choices: &[],
    },
    // The rules of claims and of Ingresses say what must be there.
    TypeOverrides {
        ty: "api.core.v1.TypedLocalObjectReference",
        fields: &[("kind", Optional), ("name", Optional)],
        choices: &[],
    },
    TypeOverrides {
        ty: "api.core.v1.TypedObjectReference",
        fields: &[("apiGroup", Format(DnsSubdomain)), ("kind", Required), ("name", Required)],
        choices: &[],
    },
];
