//! The types of PodSpec: containers, volumes and their sources, scheduling, DNS.
//!
//! From `pkg/apis/core/validation`. What depends on a second field is a rule.

use super::Constraint::{
    FileMode, Format, MaxItems, MaxLength, NonNegative, NotEmpty, OneOf, Optional, Port, Range,
    Required, Unique, UniqueBy,
};
use super::{Choice, Constraint, TypeOverrides};
use crate::finding::Reason;
use crate::formats::Format as F;

/// User and group ids.
const ID: Constraint = Range(0, i32::MAX as i64);
/// A count or a number of seconds that 0 leaves to the API's default.
const COUNT: Constraint = Range(0, i64::MAX);
const RELATIVE: Constraint = Format(F::RelativePath);
const PROJECTED: Constraint = Format(F::ProjectedPath);
const SUBDOMAIN: Constraint = Format(F::DnsSubdomain);
const LABEL: Constraint = Format(F::DnsLabel);
const LABEL_KEY: Constraint = Format(F::LabelKey);

/// A reference to a ConfigMap or Secret.
const NAME_REF: &[(&str, Constraint)] =
    &[("name", Required), ("name", Format(F::DnsSubdomainPrefix))];
/// A reference to a key of a ConfigMap or Secret.
const KEY_REF: &[(&str, Constraint)] =
    &[("name", Required), ("name", SUBDOMAIN), ("key", Required), ("key", Format(F::DataKey))];
/// A volume of StorageOS.
const STORAGE_OS: &[(&str, Constraint)] =
    &[("volumeName", Required), ("volumeName", LABEL), ("volumeNamespace", LABEL)];
const RESTART_POLICIES: &[&str] = &["Always", "Never", "OnFailure"];
const NO_CHOICE: &[Choice] = &[];

const fn ty(ty: &'static str, fields: &'static [(&'static str, Constraint)]) -> TypeOverrides {
    TypeOverrides { ty, fields, choices: NO_CHOICE }
}

const VOLUME_SOURCES: &[&str] = &[
    "emptyDir",
    "hostPath",
    "gitRepo",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "secret",
    "nfs",
    "iscsi",
    "glusterfs",
    "flocker",
    "persistentVolumeClaim",
    "rbd",
    "cinder",
    "cephfs",
    "quobyte",
    "downwardAPI",
    "fc",
    "flexVolume",
    "configMap",
    "azureFile",
    "storageos",
    "vsphereVolume",
    "photonPersistentDisk",
    "portworxVolume",
    "azureDisk",
    "projected",
    "scaleIO",
    "csi",
    "ephemeral",
    "image",
];

pub(super) const TYPES: &[TypeOverrides] = &[
    // Containers.
    ty(
        "api.core.v1.Container",
        &[
            ("name", Required),
            ("name", LABEL),
            ("image", Required),
            ("restartPolicy", NotEmpty),
            ("restartPolicy", OneOf(RESTART_POLICIES)),
            ("restartPolicyRules", MaxItems(20)),
            ("volumeMounts", Unique),
            ("volumeDevices", Unique),
        ],
    ),
    ty(
        "api.core.v1.EphemeralContainer",
        &[("name", Required), ("name", LABEL), ("image", Required)],
    ),
    ty(
        "api.core.v1.ContainerPort",
        &[
            ("containerPort", Required),
            ("containerPort", Range(1, 65535)),
            ("hostPort", Range(0, 65535)),
            ("name", Format(F::PortName)),
            ("protocol", OneOf(&["TCP", "UDP", "SCTP"])),
        ],
    ),
    ty(
        "api.core.v1.ContainerResizePolicy",
        &[
            ("resourceName", Required),
            ("resourceName", OneOf(&["cpu", "memory"])),
            ("restartPolicy", Required),
            ("restartPolicy", OneOf(&["NotRequired", "RestartContainer"])),
        ],
    ),
    ty(
        "api.core.v1.ContainerRestartRule",
        &[
            ("action", Required),
            ("action", OneOf(&["Restart", "RestartAllContainers"])),
            ("exitCodes", Required),
        ],
    ),
    ty(
        "api.core.v1.ContainerRestartRuleOnExitCodes",
        &[("operator", Required), ("operator", OneOf(&["In", "NotIn"])), ("values", MaxItems(255))],
    ),
    // Environment.
    ty("api.core.v1.EnvVar", &[("name", Required), ("name", Format(F::EnvName))]),
    TypeOverrides {
        ty: "api.core.v1.EnvVarSource",
        fields: &[],
        choices: &[Choice {
            fields: &[
                "fieldRef",
                "resourceFieldRef",
                "configMapKeyRef",
                "secretKeyRef",
                "fileKeyRef",
            ],
            at_least_one: Some("a source of the value"),
            missing: "",
            only_one: "a variable has one source",
            reason: Reason::Invalid,
        }],
    },
    TypeOverrides {
        ty: "api.core.v1.EnvFromSource",
        fields: &[("prefix", Format(F::EnvName))],
        choices: &[Choice {
            fields: &["configMapRef", "secretRef"],
            at_least_one: Some("a source of variables"),
            missing: "",
            only_one: "an item has one source; give each its own item",
            reason: Reason::Invalid,
        }],
    },
    ty("api.core.v1.ConfigMapEnvSource", NAME_REF),
    ty("api.core.v1.SecretEnvSource", NAME_REF),
    ty("api.core.v1.ConfigMapKeySelector", KEY_REF),
    ty("api.core.v1.SecretKeySelector", KEY_REF),
    ty(
        "api.core.v1.ObjectFieldSelector",
        &[("fieldPath", Required), ("apiVersion", OneOf(&["v1"]))],
    ),
    ty("api.core.v1.ResourceFieldSelector", &[("resource", Required), ("divisor", NonNegative)]),
    ty(
        "api.core.v1.FileKeySelector",
        &[
            ("key", Required),
            ("key", Format(F::EnvName)),
            ("path", Required),
            ("path", PROJECTED),
            ("volumeName", Required),
            ("volumeName", LABEL),
        ],
    ),
    // Mounts.
    TypeOverrides {
        ty: "api.core.v1.VolumeMount",
        fields: &[
            ("name", Required),
            ("mountPath", Required),
            ("subPath", RELATIVE),
            ("subPathExpr", RELATIVE),
            ("mountPropagation", NotEmpty),
            ("recursiveReadOnly", NotEmpty),
            ("recursiveReadOnly", OneOf(&["Disabled", "Enabled", "IfPossible"])),
        ],
        choices: &[Choice {
            fields: &["subPath", "subPathExpr"],
            at_least_one: None,
            missing: "",
            only_one: "the second is the first with variables in it",
            reason: Reason::Invalid,
        }],
    },
    ty(
        "api.core.v1.VolumeDevice",
        &[
            ("name", Required),
            ("devicePath", Required),
            ("devicePath", Format(F::PathWithoutBacksteps)),
        ],
    ),
    // Probes and handlers.
    TypeOverrides {
        ty: "api.core.v1.Probe",
        fields: &[
            ("initialDelaySeconds", COUNT),
            ("timeoutSeconds", COUNT),
            ("periodSeconds", COUNT),
            ("successThreshold", COUNT),
            ("failureThreshold", COUNT),
            ("terminationGracePeriodSeconds", Range(1, i64::MAX)),
        ],
        choices: &[Choice {
            fields: &["exec", "httpGet", "tcpSocket", "grpc"],
            at_least_one: Some("a handler: what the probe does"),
            missing: "",
            only_one: "a probe has one handler",
            reason: Reason::Forbidden,
        }],
    },
    TypeOverrides {
        ty: "api.core.v1.LifecycleHandler",
        fields: &[],
        choices: &[Choice {
            fields: &["exec", "httpGet", "tcpSocket", "sleep"],
            at_least_one: Some("a handler: what is to be done"),
            missing: "",
            only_one: "there is one handler",
            reason: Reason::Forbidden,
        }],
    },
    ty("api.core.v1.ExecAction", &[("command", Required)]),
    ty("api.core.v1.GRPCAction", &[("port", Port)]),
    ty("api.core.v1.HTTPGetAction", &[("port", Port)]),
    ty(
        "api.core.v1.HTTPHeader",
        &[("name", Required), ("name", Format(F::HttpHeaderName)), ("value", Optional)],
    ),
    ty("api.core.v1.SleepAction", &[("seconds", Optional)]),
    ty("api.core.v1.TCPSocketAction", &[("port", Port)]),
    // Resources.
    ty(
        "api.core.v1.ResourceRequirements",
        &[
            ("limits", Constraint::Keys(F::ContainerResourceName)),
            ("limits", NonNegative),
            ("requests", Constraint::Keys(F::ContainerResourceName)),
            ("requests", NonNegative),
            ("claims", UniqueBy(&["name", "request"])),
        ],
    ),
    ty("api.core.v1.ResourceClaim", &[("name", Required), ("name", LABEL), ("request", LABEL)]),
    // Security.
    ty(
        "api.core.v1.SecurityContext",
        &[("procMount", NotEmpty), ("runAsUser", ID), ("runAsGroup", ID)],
    ),
    ty(
        "api.core.v1.PodSecurityContext",
        &[
            ("runAsUser", ID),
            ("runAsGroup", ID),
            ("fsGroup", ID),
            ("supplementalGroups", ID),
            ("fsGroupChangePolicy", NotEmpty),
            ("supplementalGroupsPolicy", NotEmpty),
            ("seLinuxChangePolicy", NotEmpty),
            ("seLinuxChangePolicy", OneOf(&["Recursive"])),
        ],
    ),
    ty("api.core.v1.SeccompProfile", &[("type", Required), ("localhostProfile", RELATIVE)]),
    ty("api.core.v1.AppArmorProfile", &[("type", Required), ("localhostProfile", MaxLength(4095))]),
    ty(
        "api.core.v1.Sysctl",
        &[("name", Required), ("name", Format(F::Sysctl)), ("value", Optional)],
    ),
    ty(
        "api.core.v1.WindowsSecurityContextOptions",
        &[
            ("gmsaCredentialSpecName", NotEmpty),
            ("gmsaCredentialSpecName", SUBDOMAIN),
            ("gmsaCredentialSpec", NotEmpty),
            ("gmsaCredentialSpec", MaxLength(64 * 1024)),
            ("runAsUserName", NotEmpty),
        ],
    ),
    // The pod.
    ty("api.core.v1.Pod", &[("spec", Required)]),
    ty("api.core.v1.PodTemplate", &[("template", Required)]),
    ty("api.core.v1.PodTemplateSpec", &[("spec", Required)]),
    ty(
        "api.core.v1.PodSpec",
        &[
            ("containers", Required),
            ("containers", Unique),
            ("initContainers", Unique),
            ("volumes", Unique),
            ("topologySpreadConstraints", Unique),
            ("schedulingGates", Unique),
            ("resourceClaims", Unique),
            ("activeDeadlineSeconds", Range(1, i32::MAX as i64)),
            ("hostnameOverride", NotEmpty),
            ("hostnameOverride", SUBDOMAIN),
            ("hostnameOverride", MaxLength(64)),
            ("nodeName", SUBDOMAIN),
            ("nodeSelector", Constraint::Keys(F::LabelKey)),
            ("nodeSelector", Constraint::MapValues(F::LabelValue)),
            ("preemptionPolicy", NotEmpty),
            ("overhead", Constraint::Keys(F::ContainerResourceName)),
            ("overhead", NonNegative),
            ("priorityClassName", SUBDOMAIN),
            ("runtimeClassName", NotEmpty),
            ("runtimeClassName", SUBDOMAIN),
            ("serviceAccountName", SUBDOMAIN),
        ],
    ),
    ty(
        "api.core.v1.PodDNSConfig",
        &[
            ("nameservers", MaxItems(3)),
            ("nameservers", Format(F::Ip)),
            ("searches", MaxItems(32)),
            ("searches", Format(F::DnsSearch)),
        ],
    ),
    ty("api.core.v1.PodDNSConfigOption", &[("name", Required)]),
    ty(
        "api.core.v1.HostAlias",
        &[("ip", Required), ("ip", Format(F::Ip)), ("hostnames", SUBDOMAIN)],
    ),
    ty("api.core.v1.PodOS", &[("name", Required), ("name", OneOf(&["linux", "windows"]))]),
    ty(
        "api.core.v1.PodReadinessGate",
        &[("conditionType", Required), ("conditionType", LABEL_KEY)],
    ),
    ty("api.core.v1.PodSchedulingGate", &[("name", Required), ("name", LABEL_KEY)]),
    TypeOverrides {
        ty: "api.core.v1.PodResourceClaim",
        fields: &[
            ("name", Required),
            ("name", LABEL),
            ("resourceClaimName", NotEmpty),
            ("resourceClaimName", SUBDOMAIN),
            ("resourceClaimTemplateName", NotEmpty),
            ("resourceClaimTemplateName", SUBDOMAIN),
        ],
        choices: &[Choice {
            fields: &["resourceClaimName", "resourceClaimTemplateName"],
            at_least_one: Some("the claim or a template for it"),
            missing: "",
            only_one: "an item stands for one claim",
            reason: Reason::Invalid,
        }],
    },
    // Scheduling.
    ty(
        "api.core.v1.Toleration",
        // The API's enum has Lt and Gt too, which only an alpha feature allows.
        &[
            ("key", LABEL_KEY),
            ("operator", OneOf(&["Equal", "Exists"])),
            ("value", Format(F::LabelValue)),
        ],
    ),
    ty("api.core.v1.NodeSelector", &[("nodeSelectorTerms", Required)]),
    ty("api.core.v1.NodeSelectorRequirement", &[("key", Required), ("operator", Required)]),
    ty(
        "api.core.v1.PreferredSchedulingTerm",
        &[("weight", Range(1, 100)), ("preference", Optional)],
    ),
    ty("api.core.v1.WeightedPodAffinityTerm", &[("weight", Range(1, 100))]),
    ty(
        "api.core.v1.PodAffinityTerm",
        &[
            ("topologyKey", Required),
            ("topologyKey", LABEL_KEY),
            ("namespaces", LABEL),
            ("matchLabelKeys", LABEL_KEY),
            ("mismatchLabelKeys", LABEL_KEY),
        ],
    ),
    ty(
        "api.core.v1.TopologySpreadConstraint",
        &[
            ("maxSkew", Range(1, i64::MAX)),
            ("topologyKey", Required),
            ("whenUnsatisfiable", Required),
            ("nodeAffinityPolicy", NotEmpty),
            ("nodeTaintsPolicy", NotEmpty),
            ("minDomains", Range(1, i64::MAX)),
            ("matchLabelKeys", LABEL_KEY),
        ],
    ),
    // Volumes.
    TypeOverrides {
        ty: "api.core.v1.Volume",
        fields: &[("name", Required), ("name", LABEL)],
        choices: &[Choice {
            fields: VOLUME_SOURCES,
            at_least_one: None,
            missing: "",
            only_one: "a volume has one source",
            reason: Reason::Forbidden,
        }],
    },
    ty("api.core.v1.ConfigMapVolumeSource", &[("name", Required), ("defaultMode", FileMode)]),
    ty("api.core.v1.SecretVolumeSource", &[("secretName", Required), ("defaultMode", FileMode)]),
    ty(
        "api.core.v1.KeyToPath",
        &[("key", Required), ("path", Required), ("path", PROJECTED), ("mode", FileMode)],
    ),
    ty("api.core.v1.PersistentVolumeClaimVolumeSource", &[("claimName", Required)]),
    ty("api.core.v1.EmptyDirVolumeSource", &[("sizeLimit", NonNegative)]),
    ty(
        "api.core.v1.HostPathVolumeSource",
        &[("path", Required), ("path", Format(F::PathWithoutBacksteps))],
    ),
    ty(
        "api.core.v1.NFSVolumeSource",
        &[("server", Required), ("path", Required), ("path", Format(F::AbsolutePath))],
    ),
    ty(
        "api.core.v1.CSIVolumeSource",
        &[
            ("driver", Required),
            ("driver", MaxLength(63)),
            ("driver", Format(F::DnsSubdomainCaseless)),
        ],
    ),
    ty("api.core.v1.EphemeralVolumeSource", &[("volumeClaimTemplate", Required)]),
    ty("api.core.v1.DownwardAPIVolumeSource", &[("defaultMode", FileMode)]),
    TypeOverrides {
        ty: "api.core.v1.DownwardAPIVolumeFile",
        fields: &[("path", Required), ("path", PROJECTED), ("mode", FileMode)],
        choices: &[Choice {
            fields: &["fieldRef", "resourceFieldRef"],
            at_least_one: Some("what the file holds"),
            missing: "resourceFieldRef",
            only_one: "a file holds one thing",
            reason: Reason::Invalid,
        }],
    },
    ty("api.core.v1.ProjectedVolumeSource", &[("defaultMode", FileMode)]),
    TypeOverrides {
        ty: "api.core.v1.VolumeProjection",
        fields: &[],
        choices: &[Choice {
            fields: &[
                "secret",
                "configMap",
                "downwardAPI",
                "serviceAccountToken",
                "clusterTrustBundle",
                "podCertificate",
            ],
            at_least_one: None,
            missing: "",
            only_one: "each source has its own item",
            reason: Reason::Forbidden,
        }],
    },
    ty("api.core.v1.SecretProjection", &[("name", Required)]),
    ty("api.core.v1.ConfigMapProjection", &[("name", Required)]),
    ty(
        "api.core.v1.ServiceAccountTokenProjection",
        &[("path", Required), ("path", PROJECTED), ("expirationSeconds", Range(600, 1 << 32))],
    ),
    // The server drops what these hold before it validates, since their features are off by
    // default.
    ty("api.core.v1.ClusterTrustBundleProjection", &[("path", Optional)]),
    ty("api.core.v1.PodCertificateProjection", &[("signerName", Optional), ("keyType", Optional)]),
    ty("api.core.v1.GitRepoVolumeSource", &[("repository", Required), ("directory", RELATIVE)]),
    ty(
        "api.core.v1.AWSElasticBlockStoreVolumeSource",
        &[("volumeID", Required), ("partition", Range(0, 255))],
    ),
    ty(
        "api.core.v1.AzureDiskVolumeSource",
        &[
            ("cachingMode", NotEmpty),
            ("diskName", Required),
            ("diskURI", Required),
            ("kind", NotEmpty),
        ],
    ),
    ty(
        "api.core.v1.AzureFilePersistentVolumeSource",
        &[("secretName", Required), ("secretNamespace", NotEmpty), ("shareName", Required)],
    ),
    ty("api.core.v1.AzureFileVolumeSource", &[("secretName", Required), ("shareName", Required)]),
    ty("api.core.v1.CephFSPersistentVolumeSource", &[("monitors", Required)]),
    ty("api.core.v1.CephFSVolumeSource", &[("monitors", Required)]),
    ty("api.core.v1.CinderPersistentVolumeSource", &[("volumeID", Required)]),
    ty("api.core.v1.CinderVolumeSource", &[("volumeID", Required)]),
    TypeOverrides {
        ty: "api.core.v1.FCVolumeSource",
        fields: &[],
        choices: &[Choice {
            fields: &["targetWWNs", "wwids"],
            at_least_one: Some("the disk"),
            missing: "targetWWNs",
            only_one: "each of them names the disk",
            reason: Reason::Invalid,
        }],
    },
    ty("api.core.v1.FlexPersistentVolumeSource", &[("driver", Required)]),
    ty("api.core.v1.FlexVolumeSource", &[("driver", Required)]),
    TypeOverrides {
        ty: "api.core.v1.FlockerVolumeSource",
        fields: &[],
        choices: &[Choice {
            fields: &["datasetName", "datasetUUID"],
            at_least_one: Some("a dataset"),
            missing: "",
            only_one: "each of them names the dataset",
            reason: Reason::Invalid,
        }],
    },
    ty(
        "api.core.v1.GCEPersistentDiskVolumeSource",
        &[("pdName", Required), ("partition", Range(0, 255))],
    ),
    ty(
        "api.core.v1.GlusterfsPersistentVolumeSource",
        &[
            ("endpoints", Required),
            ("endpointsNamespace", NotEmpty),
            ("endpointsNamespace", LABEL),
            ("path", Required),
        ],
    ),
    ty("api.core.v1.GlusterfsVolumeSource", &[("endpoints", Required), ("path", Required)]),
    ty(
        "api.core.v1.ISCSIVolumeSource",
        &[("targetPortal", Required), ("iqn", Required), ("lun", Optional), ("lun", Range(0, 255))],
    ),
    ty(
        "api.core.v1.ISCSIPersistentVolumeSource",
        &[("targetPortal", Required), ("iqn", Required), ("lun", Optional), ("lun", Range(0, 255))],
    ),
    ty("api.core.v1.PhotonPersistentDiskVolumeSource", &[("pdID", Required)]),
    ty("api.core.v1.PortworxVolumeSource", &[("volumeID", Required)]),
    ty("api.core.v1.QuobyteVolumeSource", &[("registry", Required), ("volume", Required)]),
    ty("api.core.v1.RBDPersistentVolumeSource", &[("monitors", Required), ("image", Required)]),
    ty("api.core.v1.RBDVolumeSource", &[("monitors", Required), ("image", Required)]),
    ty(
        "api.core.v1.ScaleIOPersistentVolumeSource",
        &[
            ("gateway", Required),
            ("system", Required),
            ("volumeName", Required),
            ("secretRef", Optional),
        ],
    ),
    ty(
        "api.core.v1.ScaleIOVolumeSource",
        &[
            ("gateway", Required),
            ("system", Required),
            ("volumeName", Required),
            ("secretRef", Optional),
        ],
    ),
    ty("api.core.v1.StorageOSPersistentVolumeSource", STORAGE_OS),
    ty("api.core.v1.StorageOSVolumeSource", STORAGE_OS),
    ty("api.core.v1.VsphereVirtualDiskVolumeSource", &[("volumePath", Required)]),
];
