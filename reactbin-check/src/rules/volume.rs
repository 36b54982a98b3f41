//! Volumes, their sources, and the mounts that use them.

use std::collections::BTreeMap;

use super::Rule;
use super::container::check_field_path;
use super::pod::containers;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::formats::Format;
use crate::suggest::suggest;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "azure_disk_uri",
        on: "api.core.v1.AzureDiskVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "A managed Azure disk is named by its subscription's path, and a disk in a blob, which is the \
               default, by its URL.",
        source: "pkg/apis/core/validation: validateAzureDisk; SetDefaults_AzureDiskVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, azureDisk: {diskName: d, diskURI: /subscriptions/s/d}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, azureDisk: {kind: Managed, diskName: d, diskURI: /subscriptions/s/d}}]}}",
        check: Some(check_azure_disk),
    },
    Rule {
        id: "block_device_of_file_volume",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Only a volume that comes from a claim can be a block device.",
        source: "pkg/apis/core/validation: ValidateVolumeDevices",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeDevices: [{name: v, devicePath: /dev/x}]}], volumes: [{name: v, emptyDir: {}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeDevices: [{name: v, devicePath: /dev/x}]}], volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]}}",
        check: Some(check_block_device),
    },
    Rule {
        id: "claim_of_ephemeral_volume",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "No volume names the claim that Kubernetes makes for an ephemeral volume of the pod.",
        source: "pkg/apis/core/validation: ValidateVolumes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}, {name: w, persistentVolumeClaim: {claimName: a-v}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}, {name: w, persistentVolumeClaim: {claimName: w}}]}}",
        check: Some(check_claim_of_ephemeral_volume),
    },
    Rule {
        id: "claim_name_too_long",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "The claim of an ephemeral volume is called by its pod and its volume, in no more than 253 \
               characters.",
        source: "pkg/apis/core/validation: ValidateVolumes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}, spec: {containers: [{name: a, image: i}], volumes: [{name: bbbbbbbbbbbbbbbbbbb, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: bbbbbbbbbbbbbbbbbbb, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]}}",
        check: Some(check_claim_name_length),
    },
    Rule {
        id: "claim_template_metadata",
        on: "api.core.v1.PersistentVolumeClaimTemplate",
        severity: Severity::Error,
        waivable: false,
        what: "The claim of an ephemeral volume takes labels and annotations; Kubernetes fills in the \
               rest.",
        source: "pkg/apis/core/validation: validatePersistentVolumeClaimTemplateObjectMeta",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, ephemeral: {volumeClaimTemplate: {metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, ephemeral: {volumeClaimTemplate: {metadata: {labels: {app: a}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]}}",
        check: Some(check_claim_template_metadata),
    },
    Rule {
        id: "csi_secret_without_name",
        on: "api.core.v1.CSIVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "A CSI volume that takes a Secret names it.",
        source: "pkg/apis/core/validation: validateCSIVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, csi: {driver: csi.example.com, nodePublishSecretRef: {}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, csi: {driver: csi.example.com, nodePublishSecretRef: {name: s}}}]}}",
        check: Some(check_csi_secret),
    },
    Rule {
        id: "device_and_mount",
        on: "api.core.v1.Container",
        severity: Severity::Error,
        waivable: false,
        what: "A container has a volume as a block device or mounts it, and each at a place of its \
               own.",
        source: "pkg/apis/core/validation: ValidateVolumeDevices",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v}], volumeDevices: [{name: v, devicePath: /dev/x}]}], volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeDevices: [{name: v, devicePath: /dev/x}]}], volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]}}",
        check: Some(check_device_and_mount),
    },
    Rule {
        id: "duplicate_projected_path",
        on: "api.core.v1.ProjectedVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "The sources of a projected volume put their files at different paths.",
        source: "pkg/apis/core/validation: validateProjectionSources",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, projected: {sources: [{secret: {name: s, items: [{key: k, path: p}]}}, {configMap: {name: c, items: [{key: k, path: p}]}}]}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, projected: {sources: [{secret: {name: s, items: [{key: k, path: p}]}}, {configMap: {name: c, items: [{key: k, path: q}]}}]}}]}}",
        check: Some(check_duplicate_projected_path),
    },
    Rule {
        id: "env_file_without_volume",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A variable that is read from a file names an `emptyDir` volume of its pod.",
        source: "pkg/apis/core/validation: validateFileKeyRefVolumes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, valueFrom: {fileKeyRef: {volumeName: v, path: p, key: X}}}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, valueFrom: {fileKeyRef: {volumeName: v, path: p, key: X}}}]}], volumes: [{name: v, emptyDir: {}}]}}",
        check: Some(check_env_file),
    },
    Rule {
        id: "fc_target_without_lun",
        on: "api.core.v1.FCVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "A Fibre Channel target comes with the number of its unit, from 0 to 255.",
        source: "pkg/apis/core/validation: validateFCVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, fc: {targetWWNs: [\"500a0982991b8dc5\"]}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, fc: {targetWWNs: [\"500a0982991b8dc5\"], lun: 2}}]}}",
        check: Some(check_fc_lun),
    },
    Rule {
        id: "flex_option_namespace",
        on: "api.core.v1.FlexVolumeSource api.core.v1.FlexPersistentVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "The options that Kubernetes itself gives to a FlexVolume driver aren't an author's to give.",
        source: "pkg/apis/core/validation: validateFlexVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, flexVolume: {driver: example.com/d, options: {kubernetes.io/fsType: ext4}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, flexVolume: {driver: example.com/d, options: {example.com/fsType: ext4}}}]}}",
        check: Some(check_flex_options),
    },
    Rule {
        id: "image_volume_without_reference",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "An image volume of a Pod names its image; a template may leave that to whoever fills it \
               in.",
        source: "pkg/apis/core/validation: validateImageVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, image: {pullPolicy: Always}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, image: {reference: data, pullPolicy: Always}}]}}",
        check: Some(check_image_volume),
    },
    Rule {
        id: "invalid_volume_server",
        on: "api.core.v1.QuobyteVolumeSource api.core.v1.FlockerVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "A Quobyte registry is a list of hosts with ports, and a Flocker dataset's name is no path.",
        source: "pkg/apis/core/validation: validateQuobyteVolumeSource, validateFlockerVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, quobyte: {registry: host, volume: v}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, quobyte: {registry: \"host:7861\", volume: v}}]}}",
        check: Some(check_volume_server),
    },
    Rule {
        id: "iscsi_chap_without_secret",
        on: "api.core.v1.ISCSIVolumeSource api.core.v1.ISCSIPersistentVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "An iSCSI volume with CHAP takes its password from a Secret.",
        source: "pkg/apis/core/validation: validateISCSIVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, iscsi: {targetPortal: \"10.0.0.1:3260\", iqn: \"iqn.2001-04.com.example:disk\", lun: 0, chapAuthSession: true}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, iscsi: {targetPortal: \"10.0.0.1:3260\", iqn: \"iqn.2001-04.com.example:disk\", lun: 0, chapAuthSession: true, secretRef: {name: s}}}]}}",
        check: Some(check_iscsi_chap),
    },
    Rule {
        id: "iscsi_interface_too_long",
        on: "api.core.v1.PersistentVolume api.core.v1.Volume",
        severity: Severity::Error,
        waivable: false,
        what: "With an initiator of its own, the name of an iSCSI volume and its portal have at most 64 \
               characters, which become the name of an interface.",
        source: "pkg/apis/core/validation: validateVolumeSource, validateISCSIPersistentVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: a-volume-with-a-name-that-fills-half-of-what-there-is, iscsi: {targetPortal: \"10.0.0.1:3260\", iqn: \"iqn.2001-04.com.example:disk\", initiatorName: \"iqn.2001-04.com.example:node\", lun: 0}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, iscsi: {targetPortal: \"10.0.0.1:3260\", iqn: \"iqn.2001-04.com.example:disk\", initiatorName: \"iqn.2001-04.com.example:node\", lun: 0}}]}}",
        check: Some(check_iscsi_interface),
    },
    Rule {
        id: "iscsi_name",
        on: "api.core.v1.ISCSIVolumeSource api.core.v1.ISCSIPersistentVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "The target and the initiator of an iSCSI volume have an iqn, eui or naa name.",
        source: "pkg/apis/core/validation: validateISCSIVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, iscsi: {targetPortal: \"10.0.0.1:3260\", iqn: \"disk\", lun: 0}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, iscsi: {targetPortal: \"10.0.0.1:3260\", iqn: \"iqn.2001-04.com.example:disk\", lun: 0}}]}}",
        check: Some(check_iscsi_name),
    },
    Rule {
        id: "mount_path_not_absolute",
        on: "api.core.v1.VolumeMount",
        severity: Severity::Error,
        waivable: true,
        what: "A mount path is absolute and has no colon: the API server takes any text, and the \
               container doesn't start.",
        source: "the container runtimes",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: data}]}], volumes: [{name: v}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /data}]}], volumes: [{name: v}]}}",
        check: Some(check_mount_path),
    },
    Rule {
        id: "mount_without_volume",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A container mounts volumes of its pod; in a StatefulSet the claim templates are among \
               them.",
        source: "pkg/apis/core/validation: ValidateVolumeMounts, ValidateVolumeDevices",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v}]}], volumes: [{name: v}]}}",
        check: Some(check_mount_without_volume),
    },
    Rule {
        id: "recursive_read_only",
        on: "api.core.v1.VolumeMount",
        severity: Severity::Error,
        waivable: false,
        what: "A mount that is read-only through and through is read-only, and isn't propagated.",
        source: "pkg/apis/core/validation: ValidateVolumeMounts",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v, recursiveReadOnly: Enabled}]}], volumes: [{name: v}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v, readOnly: true, recursiveReadOnly: Enabled}]}], volumes: [{name: v}]}}",
        check: Some(check_recursive_read_only),
    },
    Rule {
        id: "resource_field_without_container",
        on: "api.core.v1.DownwardAPIVolumeFile",
        severity: Severity::Error,
        waivable: false,
        what: "A file that holds a container's limit or request says which container's.",
        source: "pkg/apis/core/validation: validateContainerResourceFieldSelector",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, downwardAPI: {items: [{path: p, resourceFieldRef: {resource: limits.cpu}}]}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, downwardAPI: {items: [{path: p, resourceFieldRef: {containerName: a, resource: limits.cpu}}]}}]}}",
        check: Some(check_resource_field_container),
    },
    Rule {
        id: "secret_reference_without_name",
        on: "api.core.v1.CinderVolumeSource api.core.v1.StorageOSVolumeSource api.core.v1.ISCSIPersistentVolumeSource",
        severity: Severity::Error,
        waivable: false,
        what: "A volume that takes a Secret names it.",
        source: "pkg/apis/core/validation: validateCinderVolumeSource, validateStorageOSVolumeSource, validateISCSIPersistentVolumeSource",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, cinder: {volumeID: d, secretRef: {}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, cinder: {volumeID: d, secretRef: {name: s}}}]}}",
        check: Some(check_secret_reference),
    },
    Rule {
        id: "volume_field_path",
        on: "api.core.v1.DownwardAPIVolumeFile",
        severity: Severity::Error,
        waivable: false,
        what: "A file can hold the pod's name, namespace, uid, labels and annotations.",
        source: "pkg/apis/core/validation: validateDownwardAPIVolumeFile, validVolumeDownwardAPIFieldPathExpressions",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: status.podIP}}]}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: metadata.labels}}]}}]}}",
        check: Some(check_volume_field_path),
    },
];

/// The names of a pod's volumes and of its StatefulSet's claim templates; `None` where one of them
/// isn't known or is wrong already.
fn volume_names<'t>(cx: &Cx<'t>, spec: Obj<'t>) -> Option<Vec<&'t str>> {
    let mut names = Vec::new();
    let known = |node: Node<'t>| node.object().and_then(|object| object.str("name"));
    if spec.get("volumes").is_some_and(Node::is_unknown) {
        return None;
    }
    for volume in spec.items("volumes") {
        names.push(known(volume)?);
    }
    if !cx.is_kind(&["StatefulSet"]) {
        return Some(names);
    }
    let set = cx.root()?.object("spec")?;
    if set.get("volumeClaimTemplates").is_some_and(Node::is_unknown) {
        return None;
    }
    for template in set.items("volumeClaimTemplates") {
        let metadata = template.object()?.get("metadata")?;
        // Another rule says what is wrong with the name; then the mounts may well be right.
        names.push(known(metadata).filter(|name| Format::DnsLabel.check(name).is_ok())?);
    }
    Some(names)
}

fn check_mount_without_volume<'t>(cx: &mut Cx<'t>, spec: Obj<'_>) {
    // The same object, with the tree's lifetime.
    let Some(spec) = cx.object(spec.id) else { return };
    let Some(names) = volume_names(cx, spec) else { return };
    for container in containers(spec) {
        for user in container.objects("volumeMounts").chain(container.objects("volumeDevices")) {
            let Some(node) = user.get("name") else { continue };
            let Some(name) = node.str().filter(|name| !name.is_empty() && !names.contains(name))
            else {
                continue;
            };
            let help = match suggest(name, names.iter().copied()) {
                Some(meant) => format!("use `{meant}`"),
                None if names.is_empty() => format!("declare it in {} of the pod", cx.f("volumes")),
                None => format!(
                    "declare it in {} of the pod, or use one of `{}`",
                    cx.f("volumes"),
                    names.join("`, `")
                ),
            };
            cx.report(
                Reason::NotFound,
                Place::Value(node.id),
                format!("`{name}` isn't a volume of this pod"),
            )
            .help(help);
        }
    }
}

/// The pod's volume of this name.
fn volume<'t>(spec: Obj<'t>, name: &str) -> Option<Obj<'t>> {
    spec.objects("volumes").find(|volume| volume.str("name") == Some(name))
}

/// Whether a volume surely has none of these sources; without any source it is an `emptyDir`.
fn is_other_source(volume: Obj<'_>, sources: &[&str]) -> bool {
    sources.iter().all(|source| volume.is_absent(source))
}

fn check_block_device(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for device in containers(spec).flat_map(|container| container.objects("volumeDevices")) {
        let Some(node) = device.get("name") else { continue };
        let Some(volume) = node.str().and_then(|name| volume(spec, name)) else { continue };
        if is_other_source(volume, &["persistentVolumeClaim", "ephemeral"]) {
            let message = "only a volume from a claim can be a block device";
            let help = format!(
                "use {}, or mount it with {}",
                cx.f("persistentVolumeClaim"),
                cx.f("volumeMounts")
            );
            cx.invalid(node, message).help(help).related(volume.id, "the volume is here");
        }
    }
}

fn check_env_file(cx: &mut Cx<'_>, spec: Obj<'_>) {
    for env in containers(spec).flat_map(|container| container.objects("env")) {
        let Some(reference) = env.at(&["valueFrom", "fileKeyRef"]) else { continue };
        let Some(node) = reference.get("volumeName") else { continue };
        let Some(name) = node.str().filter(|name| !name.is_empty()) else { continue };
        match volume(spec, name) {
            Some(volume) => {
                let plain = volume.entries().all(|(key, _)| key.str() == Some("name"));
                if !plain && is_other_source(volume, &["emptyDir"]) {
                    cx.invalid(node, format!("`{name}` isn't an `emptyDir` volume"))
                        .related(volume.id, "the volume is here");
                }
            }
            None if !spec.has_unknown("volumes") => {
                let help = format!("declare it in {} of the pod", cx.f("volumes"));
                cx.report(
                    Reason::NotFound,
                    Place::Value(node.id),
                    format!("`{name}` isn't a volume of this pod"),
                )
                .help(help);
            }
            None => {}
        }
    }
}

fn check_claim_of_ephemeral_volume(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if !cx.is_kind(&["Pod"]) {
        return;
    }
    let Some(root) = cx.root() else { return };
    let Some(pod) = root.object("metadata").and_then(|metadata| metadata.str("name")) else {
        return;
    };
    for claim in spec.objects("volumes").filter_map(|volume| volume.object("persistentVolumeClaim"))
    {
        let Some(node) = claim.get("claimName") else { continue };
        let own = node
            .str()
            .and_then(|name| name.strip_prefix(pod)?.strip_prefix('-'))
            .and_then(|name| volume(spec, name));
        if let Some(own) = own.filter(|volume| volume.get("ephemeral").is_some()) {
            cx.invalid(node, "this claim will be that of an ephemeral volume of the pod")
                .related(own.id, "the ephemeral volume is here");
        }
    }
}

fn check_volume_server(cx: &mut Cx<'_>, source: Obj<'_>) {
    if let Some(node) =
        source.get("datasetName").filter(|node| node.str().is_some_and(|name| name.contains('/')))
    {
        cx.invalid(node, "the name of a dataset has no `/`");
    }
    if let Some(node) =
        source.get("tenant").filter(|node| node.str().is_some_and(|name| name.len() > 64))
    {
        cx.invalid(node, "a tenant has at most 64 characters");
    }
    let Some(node) = source.get("registry") else { return };
    let Some(text) = node.str().filter(|text| !text.is_empty()) else { return };
    if !text.split(',').all(is_server) {
        cx.invalid(node, format!("`{text}` isn't a list of hosts with ports"))
            .help("write it as `host:port`, several with commas between");
    }
}

/// Whether a text has a colon between a host and a port, each of which may be empty; a host with
/// colons of its own is in brackets.
fn is_server(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let host = match host.strip_prefix('[') {
        None => host,
        Some(bracketed) => match bracketed.strip_suffix(']') {
            Some(inner) => return !inner.contains(['[', ']']) && !port.contains(['[', ']']),
            None => return false,
        },
    };
    !host.contains([':', '[', ']']) && !port.contains(['[', ']'])
}

fn check_claim_name_length(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let root = cx.root().filter(|_| cx.is_kind(&["Pod"]));
    let Some(pod) = root.and_then(|root| root.object("metadata")?.str("name")) else { return };
    for volume in spec.objects("volumes").filter(|volume| volume.get("ephemeral").is_some()) {
        let Some(node) = volume.get("name") else { continue };
        let length = pod.len() + 1 + node.str().unwrap_or_default().len();
        if length > 253 {
            let message =
                format!("the volume's claim would have a name of {length} characters: at most 253");
            cx.invalid(node, message).help("use a shorter name");
        }
    }
}

fn check_claim_template_metadata(cx: &mut Cx<'_>, template: Obj<'_>) {
    let Some(metadata) = template.object("metadata") else { return };
    for (key, _) in metadata.entries() {
        let Some(name) = key.str().filter(|name| !matches!(*name, "labels" | "annotations")) else {
            continue;
        };
        if metadata.is_set(name) {
            let message =
                format!("{} of this claim can't be given: Kubernetes sets it", cx.f(name));
            cx.report(Reason::Forbidden, Place::Key(key.id), message)
                .help("leave it out; labels and annotations may be given");
        }
    }
}

fn check_csi_secret(cx: &mut Cx<'_>, csi: Obj<'_>) {
    if let Some(name) = secret_name(cx, csi, "nodePublishSecretRef") {
        cx.check_format(name, Format::DnsSubdomain);
    }
}

/// The name of the Secret in a reference; reports that it is missing.
fn secret_name<'t>(cx: &mut Cx<'_>, source: Obj<'t>, field: &str) -> Option<Node<'t>> {
    let secret = source.object(field)?;
    if secret.is_unset("name") {
        let message = format!("{} needs {}", cx.f(field), cx.f("name"));
        cx.required(secret, "name", message).help("name the Secret");
        return None;
    }
    secret.get("name")
}

fn check_fc_lun(cx: &mut Cx<'_>, fc: Obj<'_>) {
    if !fc.is_set("targetWWNs") {
        return;
    }
    let Some(node) = fc.get("lun") else {
        if fc.is_absent("lun") {
            let message = format!("{} needs {}", cx.f("targetWWNs"), cx.f("lun"));
            cx.required(fc, "lun", message)
                .help("add the number of the target's unit, such as `0`");
        }
        return;
    };
    if let Some(number) = node.int().filter(|number| !(0..=255).contains(number)) {
        cx.invalid(node, format!("`{number}` is out of range")).help("use a number from 0 to 255");
    }
}

fn check_iscsi_chap(cx: &mut Cx<'_>, iscsi: Obj<'_>) {
    let chap = ["chapAuthDiscovery", "chapAuthSession"]
        .into_iter()
        .find(|field| iscsi.bool(field) == Some(true));
    let Some(chap) = chap.filter(|_| iscsi.is_absent("secretRef")) else { return };
    let message = format!("{} needs {}", cx.f(chap), cx.f("secretRef"));
    cx.required(iscsi, "secretRef", message).help("name the Secret that holds the password");
}

fn check_iscsi_name(cx: &mut Cx<'_>, iscsi: Obj<'_>) {
    for field in ["iqn", "initiatorName"] {
        let Some(node) = iscsi.get(field) else { continue };
        let Some(name) = node.str() else { continue };
        // Another rule says that a target's name is empty; an initiator's may only be absent.
        if is_iscsi_name(name) || (name.is_empty() && field == "iqn") {
            continue;
        }
        cx.invalid(node, format!("`{name}` isn't an iSCSI name"))
            .help("write one like `iqn.2001-04.com.example:disk`, `eui.` and 16 letters or digits, or `naa.` and 32");
    }
}

fn is_iscsi_name(name: &str) -> bool {
    let word = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    match name.split_once('.') {
        Some(("iqn", rest)) => is_iqn(rest),
        Some(("eui", rest)) => word(rest, 16),
        Some(("naa", rest)) => word(rest, 32),
        _ => false,
    }
}

/// What follows `iqn.`: a year and month, a domain from its top down, a colon, and a name.
fn is_iqn(rest: &str) -> bool {
    let Some((authority, name)) = rest.split_once(':') else { return false };
    let Some((date, domain)) = authority.split_once('.') else { return false };
    let date = date.len() == 7
        && date.bytes().enumerate().all(|(at, b)| match at {
            4 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    let domain = !domain.is_empty()
        && domain.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    let other = |c: char| matches!(c, ',' | ';' | '*' | '&' | '$' | '|') || c.is_ascii_whitespace();
    date && domain && !name.is_empty() && !name.contains(other)
}

fn check_device_and_mount(cx: &mut Cx<'_>, container: Obj<'_>) {
    for device in container.objects("volumeDevices") {
        for mount in container.objects("volumeMounts") {
            for (field, other) in [("name", "name"), ("devicePath", "mountPath")] {
                let (Some(node), Some(first)) = (device.get(field), mount.get(other)) else {
                    continue;
                };
                let Some(text) = node.str().filter(|text| first.str() == Some(text)) else {
                    continue;
                };
                let message = format!("`{text}` is mounted already: a block device stands alone");
                cx.invalid(node, message)
                    .help("leave one of them out")
                    .related(first.id, "the mount is here");
            }
        }
    }
    let mut seen: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for node in container.objects("volumeDevices").filter_map(|device| device.get("name")) {
        let Some(name) = node.str() else { continue };
        match seen.get(name) {
            Some(first) => {
                let first = first.id;
                cx.invalid(node, format!("`{name}` is a block device of this container already"))
                    .related(first, "first used here");
            }
            None => {
                seen.insert(name, node);
            }
        }
    }
}

fn check_duplicate_projected_path(cx: &mut Cx<'_>, projected: Obj<'_>) {
    let mut seen: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for source in projected.objects("sources") {
        let files = ["secret", "configMap", "downwardAPI"]
            .into_iter()
            .filter_map(|field| source.object(field))
            .flat_map(|source| source.objects("items"))
            .chain(source.object("serviceAccountToken"));
        for node in files.filter_map(|file| file.get("path")) {
            let Some(path) = node.str().filter(|path| !path.is_empty()) else { continue };
            match seen.get(path) {
                Some(first) => {
                    let first = first.id;
                    cx.invalid(node, format!("two files of the volume are at `{path}`"))
                        .help("change one of the paths")
                        .related(first, "first used here")
                        .path_of(Place::Value(projected.id));
                }
                None => {
                    seen.insert(path, node);
                }
            }
        }
    }
}

fn check_image_volume(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if !cx.is_kind(&["Pod"]) {
        return;
    }
    for image in spec.objects("volumes").filter_map(|volume| volume.object("image")) {
        if image.is_unset("reference") {
            let message = format!("an image volume needs {}", cx.f("reference"));
            cx.required(image, "reference", message).help("name the image");
        }
    }
}

fn check_mount_path(cx: &mut Cx<'_>, mount: Obj<'_>) {
    let Some(node) = mount.get("mountPath") else { return };
    let Some(path) = node.str().filter(|path| !path.is_empty()) else { return };
    // `C:\data` is the way of Windows.
    let windows = path.contains('\\') || path.as_bytes().get(1) == Some(&b':');
    if windows {
        return;
    }
    if !path.starts_with('/') {
        cx.invalid(node, format!("`{path}` isn't an absolute path"))
            .help(format!("use `/{}`", path.trim_start_matches("./")));
    } else if path.contains(':') {
        cx.invalid(node, format!("`{path}` has a `:`, which separates a mount's parts"));
    }
}

fn check_recursive_read_only(cx: &mut Cx<'_>, mount: Obj<'_>) {
    let Some(node) = mount.get("recursiveReadOnly") else { return };
    if !matches!(node.str(), Some("Enabled" | "IfPossible")) {
        return;
    }
    let field = cx.f("recursiveReadOnly");
    let (message, help) = if mount.bool_or("readOnly", false) == Some(false) {
        let read_only = cx.f("readOnly");
        (
            format!("{field} needs {read_only} to be true"),
            format!("set {read_only} to true, or leave {field} out"),
        )
    } else if mount.str_or("mountPropagation", "None").is_some_and(|mode| mode != "None") {
        let propagation = cx.f("mountPropagation");
        (format!("{field} can't be given with {propagation}"), "leave one of them out".to_owned())
    } else {
        return;
    };
    cx.report(Reason::Forbidden, Place::Value(node.id), message).help(help);
}

fn check_resource_field_container(cx: &mut Cx<'_>, file: Obj<'_>) {
    let Some(selector) = file.object("resourceFieldRef") else { return };
    if selector.is_unset("containerName") {
        let message = format!("missing field {}: whose limit or request", cx.f("containerName"));
        cx.required(selector, "containerName", message).help("name a container of the pod");
    }
}

/// What a file can hold of its pod.
const VOLUME_FIELDS: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "metadata.labels",
    "metadata.annotations",
];

fn check_volume_field_path(cx: &mut Cx<'_>, file: Obj<'_>) {
    check_field_path(cx, file, VOLUME_FIELDS);
}

/// How the URI of a managed disk starts.
const MANAGED_DISK: &str = "/subscriptions/";

fn check_azure_disk(cx: &mut Cx<'_>, disk: Obj<'_>) {
    let (Some(kind), Some(node)) = (disk.str_or("kind", "Shared"), disk.get("diskURI")) else {
        return;
    };
    let Some(uri) = node.str().filter(|uri| !uri.is_empty()) else { return };
    let start = match kind {
        "Managed" => MANAGED_DISK,
        "Dedicated" | "Shared" => "https://",
        _ => return,
    };
    if uri.starts_with(start) {
        return;
    }
    let help = match uri.starts_with(MANAGED_DISK) {
        true => format!("use {}", cx.set("kind", "Managed")),
        false => "write the URI of the disk".to_owned(),
    };
    let message = format!("the URI of a disk of the kind `{kind}` starts with `{start}`");
    cx.not_supported(node, message).help(help);
}

fn check_flex_options(cx: &mut Cx<'_>, flex: Obj<'_>) {
    for (key, _) in flex.object("options").into_iter().flat_map(Obj::entries) {
        let Some(name) = key.str() else { continue };
        let namespace = name.split_once('/').map_or(name, |(namespace, _)| namespace);
        let namespace = format!(".{}", namespace.to_lowercase());
        if namespace.ends_with(".kubernetes.io") || namespace.ends_with(".k8s.io") {
            let message = format!("the namespace of `{name}` is Kubernetes' own");
            cx.report(Reason::Invalid, Place::Key(key.id), message).help("leave it out");
        }
    }
}

/// The name of a volume and its portal, with a colon between, that an initiator leaves room for.
const ISCSI_INTERFACE: usize = 64;

fn check_iscsi_interface(cx: &mut Cx<'_>, volume: Obj<'_>) {
    let persistent = volume.get("spec").and_then(Node::object);
    let (named, source) = match persistent {
        Some(spec) => (volume.object("metadata"), spec.object("iscsi")),
        None => (Some(volume), volume.object("iscsi")),
    };
    let (Some(name), Some(iscsi)) = (named.and_then(|named| named.get("name")), source) else {
        return;
    };
    let Some(portal) = iscsi.get("targetPortal").filter(|_| iscsi.get("initiatorName").is_some())
    else {
        return;
    };
    let (Some(text), Some(address)) = (name.str(), portal.str()) else { return };
    let length = text.len() + 1 + address.len();
    if length > ISCSI_INTERFACE {
        let message = format!(
            "`{text}:{address}` has {length} characters: with {} at most {ISCSI_INTERFACE}",
            cx.f("initiatorName")
        );
        let at = if persistent.is_some() { portal } else { name };
        cx.invalid(at, message).help("use a shorter name");
    }
}

fn check_secret_reference(cx: &mut Cx<'_>, source: Obj<'_>) {
    secret_name(cx, source, "secretRef");
}
