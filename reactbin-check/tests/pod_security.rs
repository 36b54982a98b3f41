//! The Pod Security Standards: each check by its own examples, and pods at the edges of what is
//! allowed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;

use common::{values, with};
use reactbin_check::check::kind_of;
use reactbin_check::pod_security::Standard::{Baseline, Privileged, Restricted};
use reactbin_check::pod_security::Version::{V1_36, V1_37};
use reactbin_check::pod_security::{CHECKS, Standard, Version, check_pods, checks};
use reactbin_check::{At, Finding, Levels, Naming, NodeId, Options, Severity, Tree, check_object};

fn check(yaml: &str, standard: Standard, version: Version) -> Vec<Finding> {
    let (tree, root) = common::from_yaml(yaml);
    check_tree(&tree, root, standard, version)
}

fn check_tree(tree: &Tree, root: NodeId, standard: Standard, version: Version) -> Vec<Finding> {
    let kind = kind_of(tree, root).expect("a known kind");
    check_pods(tree, root, kind, standard, version, Naming::Camel)
}

/// A finding as the tables below have it: its id without `pss/`, and its path.
fn short(finding: &Finding) -> String {
    format!("{} {}", finding.rule.strip_prefix("pss/").unwrap(), finding.path)
}

/// A Pod of this spec. `$POD` stands for what the restricted standard demands of a pod's security
/// context, `$SAFE` for what it wants of a container's.
fn pod(spec: &str) -> String {
    let spec = spec
        .replace("$POD", "runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}")
        .replace("$SAFE", "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}");
    format!("{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {spec}}}")
}

#[test]
fn a_bad_example_breaks_its_check_and_no_other() {
    for check in CHECKS {
        let found = self::check(check.rule.bad, check.standard, V1_36);
        assert!(!found.is_empty(), "{}: nothing found", check.rule.id);
        for finding in found {
            assert_eq!(finding.rule, check.rule.id, "{}", finding.message);
            assert_eq!(finding.severity, Severity::Error);
            assert!(!finding.waivable());
            assert!(finding.help.is_some(), "{}: no help", check.rule.id);
        }
    }
}

#[test]
fn a_good_example_breaks_nothing_and_the_server_takes_it() {
    for check in CHECKS {
        let found = self::check(check.rule.good, check.standard, V1_36);
        assert_eq!(found, [], "{}", check.rule.id);
        let (tree, root) = common::from_yaml(check.rule.good);
        let server = Options { levels: Levels::none(), ..Options::new(Naming::Camel) };
        assert_eq!(check_object(&tree, root, &server), [], "{}", check.rule.id);
    }
}

#[test]
fn there_are_nineteen_checks_in_the_order_of_their_ids() {
    let ids: Vec<&str> = CHECKS.iter().map(|check| check.rule.id).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    let of = |standard| CHECKS.iter().filter(|check| check.standard == standard).count();
    assert_eq!((of(Privileged), of(Baseline), of(Restricted)), (0, 12, 7));
    for check in CHECKS {
        let prefix = format!("pss/{}/", check.standard.name());
        assert!(check.rule.id.starts_with(&prefix), "{}", check.rule.id);
        assert!(check.rule.what.ends_with('.'), "{}: `what` is a sentence", check.rule.id);
        assert!(check.rule.source.ends_with(check.rule.id.rsplit('/').next().unwrap()));
        for other in check.overrides {
            assert!(ids.contains(other), "{}: no check {other}", check.rule.id);
        }
    }
}

#[test]
fn a_standard_has_the_checks_that_no_stricter_one_stands_in_for() {
    let ids =
        |standard| -> BTreeSet<&str> { checks(standard).map(|check| check.rule.id).collect() };
    let (baseline, restricted) = (ids(Baseline), ids(Restricted));
    assert_eq!((ids(Privileged).len(), baseline.len(), restricted.len()), (0, 12, 15));
    let gone: Vec<&str> = baseline.difference(&restricted).copied().collect();
    assert_eq!(
        gone,
        [
            "pss/baseline/capabilities_baseline",
            "pss/baseline/hostPathVolumes",
            "pss/baseline/procMount",
            "pss/baseline/seccompProfile_baseline",
        ]
    );
}

#[test]
fn standards_and_versions_have_the_names_that_a_namespace_labels_itself_with() {
    for standard in [Privileged, Baseline, Restricted] {
        assert_eq!(Standard::parse(standard.name()), Some(standard));
    }
    for name in ["", "Baseline", "baseline ", "none"] {
        assert_eq!(Standard::parse(name), None, "{name}");
    }
    for version in [V1_36, V1_37] {
        assert_eq!(Version::parse(version.name()), Some(version));
        assert_eq!(Version::parse(&format!("v{}", version.name())), Some(version));
    }
    assert_eq!(Version::parse("latest"), Some(V1_37));
    assert_eq!(Version::default(), V1_36);
    for name in ["", "v", "1.3", "1.360", "vv1.36", "vlatest", "1.99"] {
        assert_eq!(Version::parse(name), None, "{name}");
    }
}

/// A standard, the spec of a Pod, and what is found in it.
type Case = (Standard, &'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    // Nothing that matters is there.
    (Restricted, "{}", &[]),
    (Restricted, "{containers: []}", &[]),
    (Restricted, "{containers: null, volumes: null, securityContext: null}", &[]),
    (Restricted, "null", &[]),
    (Privileged, "{hostPID: true, containers: [{securityContext: {privileged: true}}]}", &[]),
    // What the restricted standard demands, in the ways there are to have it.
    (Restricted, "{securityContext: {$POD}, containers: [{securityContext: {$SAFE}}]}", &[]),
    (Restricted, "{containers: [{securityContext: {$POD, $SAFE}}]}", &[]),
    (
        Restricted,
        "{securityContext: {runAsNonRoot: true}, containers: [{securityContext: {seccompProfile: {type: Localhost, localhostProfile: p}, $SAFE}}]}",
        &[],
    ),
    (
        Restricted,
        "{securityContext: {$POD}, containers: [{securityContext: {runAsUser: 1, privileged: false, procMount: Default, allowPrivilegeEscalation: false, capabilities: {drop: [NET_RAW, ALL], add: [NET_BIND_SERVICE]}}}]}",
        &[],
    ),
    (
        Restricted,
        "{containers: [{name: a}]}",
        &[
            "restricted/allowPrivilegeEscalation spec.containers[0].securityContext.allowPrivilegeEscalation",
            "restricted/capabilities_restricted spec.containers[0].securityContext.capabilities.drop",
            "restricted/runAsNonRoot spec.containers[0].securityContext.runAsNonRoot",
            "restricted/seccompProfile_restricted spec.containers[0].securityContext.seccompProfile.type",
        ],
    ),
    // Every list of containers counts.
    (
        Baseline,
        "{initContainers: [{securityContext: {privileged: true}}], containers: [{securityContext: {privileged: true}}, {}], ephemeralContainers: [{securityContext: {privileged: true}}]}",
        &[
            "baseline/privileged spec.initContainers[0].securityContext.privileged",
            "baseline/privileged spec.containers[0].securityContext.privileged",
            "baseline/privileged spec.ephemeralContainers[0].securityContext.privileged",
        ],
    ),
    // Namespaces of the node.
    (
        Baseline,
        "{hostNetwork: true, hostPID: true, hostIPC: true, containers: [{}]}",
        &[
            "baseline/hostNamespaces spec.hostNetwork",
            "baseline/hostNamespaces spec.hostPID",
            "baseline/hostNamespaces spec.hostIPC",
        ],
    ),
    (Baseline, "{hostNetwork: false, hostPID: null, containers: [{}]}", &[]),
    // Ports: 0 is none, and a Pod on the node's network has all of its own there.
    (
        Baseline,
        "{containers: [{ports: [{containerPort: 80, hostPort: 0}, {hostPort: null}]}]}",
        &[],
    ),
    (
        Baseline,
        "{initContainers: [{ports: [{hostPort: 1}]}], containers: [{ports: [{hostPort: 2}, {hostPort: 3}]}]}",
        &[
            "baseline/hostPorts spec.initContainers[0].ports[0].hostPort",
            "baseline/hostPorts spec.containers[0].ports[0].hostPort",
            "baseline/hostPorts spec.containers[0].ports[1].hostPort",
        ],
    ),
    (
        Baseline,
        "{hostNetwork: true, containers: [{ports: [{containerPort: 80}, {containerPort: 81, hostPort: 0}, {containerPort: 82, hostPort: 82}, {containerPort: 0}, {}]}], ephemeralContainers: [{ports: [{containerPort: 83}]}]}",
        &[
            "baseline/hostNamespaces spec.hostNetwork",
            "baseline/hostPorts spec.containers[0].ports[0].hostPort",
            "baseline/hostPorts spec.containers[0].ports[1].hostPort",
            "baseline/hostPorts spec.containers[0].ports[2].hostPort",
        ],
    ),
    // Hosts that the kubelet would ask.
    (
        Baseline,
        "{containers: [{livenessProbe: {httpGet: {host: a}}, readinessProbe: {tcpSocket: {host: b}}, startupProbe: {httpGet: {host: 127.0.0.1}}, lifecycle: {postStart: {httpGet: {host: c}}, preStop: {tcpSocket: {host: d}}}}]}",
        &[
            "baseline/hostProbesAndHostLifecycle spec.containers[0].livenessProbe.httpGet.host",
            "baseline/hostProbesAndHostLifecycle spec.containers[0].readinessProbe.tcpSocket.host",
            "baseline/hostProbesAndHostLifecycle spec.containers[0].startupProbe.httpGet.host",
            "baseline/hostProbesAndHostLifecycle spec.containers[0].lifecycle.postStart.httpGet.host",
            "baseline/hostProbesAndHostLifecycle spec.containers[0].lifecycle.preStop.tcpSocket.host",
        ],
    ),
    (
        Baseline,
        "{containers: [{livenessProbe: {httpGet: {host: '', port: 80}}, readinessProbe: {grpc: {port: 1}}, lifecycle: {preStop: {exec: {command: [a]}}}}]}",
        &[],
    ),
    // Volumes: one without a source is an `emptyDir`, and what isn't a field is nothing.
    (
        Baseline,
        "{volumes: [{name: a, hostPath: {}}], containers: [{}]}",
        &["baseline/hostPathVolumes spec.volumes[0].hostPath"],
    ),
    (Baseline, "{volumes: [{name: a, hostPath: null}, {name: b, nfs: {}}], containers: [{}]}", &[]),
    (
        Restricted,
        "{volumes: [{name: a}, {name: b, nfs: null}, {name: c, florp: {}}, {configMap: {}}, {csi: {}}, {downwardAPI: {}}, {emptyDir: {}}, {ephemeral: {}}, {image: {}}, {persistentVolumeClaim: {}}, {projected: {}}, {secret: {}}]}",
        &[],
    ),
    (
        Restricted,
        "{volumes: [{name: a, hostPath: {path: /}}, {iscsi: {}, name: b}, {gitRepo: {}}]}",
        &[
            "restricted/restrictedVolumes spec.volumes[0].hostPath",
            "restricted/restrictedVolumes spec.volumes[1].iscsi",
            "restricted/restrictedVolumes spec.volumes[2].gitRepo",
        ],
    ),
    // Capabilities are compared as they are written.
    (
        Baseline,
        "{containers: [{securityContext: {capabilities: {add: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT], drop: [whatever]}}}]}",
        &[],
    ),
    (
        Baseline,
        "{containers: [{securityContext: {capabilities: {add: [NET_RAW, chown, CAP_CHOWN, ALL, '', null]}}}]}",
        &[
            "baseline/capabilities_baseline spec.containers[0].securityContext.capabilities.add[0]",
            "baseline/capabilities_baseline spec.containers[0].securityContext.capabilities.add[1]",
            "baseline/capabilities_baseline spec.containers[0].securityContext.capabilities.add[2]",
            "baseline/capabilities_baseline spec.containers[0].securityContext.capabilities.add[3]",
            "baseline/capabilities_baseline spec.containers[0].securityContext.capabilities.add[4]",
            "baseline/capabilities_baseline spec.containers[0].securityContext.capabilities.add[5]",
        ],
    ),
    (
        Restricted,
        "{securityContext: {$POD}, containers: [{securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [all], add: [CHOWN, net_bind_service, NET_BIND_SERVICE]}}}]}",
        &[
            "restricted/capabilities_restricted spec.containers[0].securityContext.capabilities.drop[0]",
            "restricted/capabilities_restricted spec.containers[0].securityContext.capabilities.add[0]",
            "restricted/capabilities_restricted spec.containers[0].securityContext.capabilities.add[1]",
        ],
    ),
    (
        Restricted,
        "{securityContext: {$POD}, containers: [{securityContext: {allowPrivilegeEscalation: false, capabilities: {}}}, {securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: []}}}, {securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [NET_RAW]}}}, {securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: null}}}, {securityContext: {allowPrivilegeEscalation: false, capabilities: null}}]}",
        &[
            "restricted/capabilities_restricted spec.containers[0].securityContext.capabilities.drop",
            "restricted/capabilities_restricted spec.containers[1].securityContext.capabilities.drop",
            "restricted/capabilities_restricted spec.containers[2].securityContext.capabilities.drop",
            "restricted/capabilities_restricted spec.containers[3].securityContext.capabilities.drop",
            "restricted/capabilities_restricted spec.containers[4].securityContext.capabilities.drop",
        ],
    ),
    // Privilege escalation is to be ruled out in so many words.
    (
        Restricted,
        "{securityContext: {$POD}, containers: [{securityContext: {allowPrivilegeEscalation: true, capabilities: {drop: [ALL]}}}, {securityContext: {allowPrivilegeEscalation: null, capabilities: {drop: [ALL]}}}]}",
        &[
            "restricted/allowPrivilegeEscalation spec.containers[0].securityContext.allowPrivilegeEscalation",
            "restricted/allowPrivilegeEscalation spec.containers[1].securityContext.allowPrivilegeEscalation",
        ],
    ),
    // Privileges.
    (
        Baseline,
        "{containers: [{securityContext: {privileged: false}}, {securityContext: {}}, null]}",
        &[],
    ),
    // Windows has neither capabilities, seccomp nor privilege escalation, but users.
    (
        Restricted,
        "{os: {name: windows}, containers: [{}]}",
        &["restricted/runAsNonRoot spec.containers[0].securityContext.runAsNonRoot"],
    ),
    (
        Restricted,
        "{os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{}]}",
        &[],
    ),
    (
        Restricted,
        "{os: {name: windows}, securityContext: {runAsNonRoot: true, seccompProfile: {type: Unconfined}}, containers: [{securityContext: {allowPrivilegeEscalation: true, capabilities: {add: [SYS_ADMIN]}}}]}",
        &[],
    ),
    (
        Restricted,
        "{os: {name: linux}, securityContext: {runAsNonRoot: true}, containers: [{securityContext: {$SAFE}}]}",
        &[
            "restricted/seccompProfile_restricted spec.containers[0].securityContext.seccompProfile.type",
        ],
    ),
    (
        Restricted,
        "{os: {}, securityContext: {runAsNonRoot: true}, containers: [{securityContext: {$SAFE}}]}",
        &[
            "restricted/seccompProfile_restricted spec.containers[0].securityContext.seccompProfile.type",
        ],
    ),
    (
        Baseline,
        "{securityContext: {windowsOptions: {hostProcess: true}}, initContainers: [{securityContext: {windowsOptions: {hostProcess: true}}}], containers: [{securityContext: {windowsOptions: {hostProcess: false}}}]}",
        &[
            "baseline/windowsHostProcess spec.securityContext.windowsOptions.hostProcess",
            "baseline/windowsHostProcess spec.initContainers[0].securityContext.windowsOptions.hostProcess",
        ],
    ),
    // A pod with users of its own may be root among them, and see all of /proc under baseline only.
    (
        Restricted,
        "{hostUsers: false, securityContext: {runAsUser: 0, runAsNonRoot: false, seccompProfile: {type: RuntimeDefault}}, containers: [{securityContext: {$SAFE}}]}",
        &[],
    ),
    (
        Restricted,
        "{hostUsers: true, securityContext: {runAsUser: 0, runAsNonRoot: false, seccompProfile: {type: RuntimeDefault}}, containers: [{securityContext: {runAsUser: 0, runAsNonRoot: true, $SAFE}}]}",
        &[
            "restricted/runAsUser spec.securityContext.runAsUser",
            "restricted/runAsNonRoot spec.securityContext.runAsNonRoot",
            "restricted/runAsUser spec.containers[0].securityContext.runAsUser",
        ],
    ),
    (Baseline, "{hostUsers: false, containers: [{securityContext: {procMount: Unmasked}}]}", &[]),
    (
        Baseline,
        "{hostUsers: null, containers: [{securityContext: {procMount: Unmasked}}, {securityContext: {procMount: ''}}, {securityContext: {procMount: null}}]}",
        &[
            "baseline/procMount spec.containers[0].securityContext.procMount",
            "baseline/procMount spec.containers[1].securityContext.procMount",
        ],
    ),
    (
        Restricted,
        "{securityContext: {$POD}, containers: [{securityContext: {procMount: Unmasked, $SAFE}}]}",
        &["restricted/procMount_restricted spec.containers[0].securityContext.procMount"],
    ),
    // A container's own word goes before the pod's, for better and for worse.
    (
        Restricted,
        "{securityContext: {$POD}, containers: [{securityContext: {runAsNonRoot: false, $SAFE}}, {securityContext: {seccompProfile: {type: Unconfined}, $SAFE}}, {securityContext: {$SAFE}}]}",
        &[
            "restricted/runAsNonRoot spec.containers[0].securityContext.runAsNonRoot",
            "restricted/seccompProfile_restricted spec.containers[1].securityContext.seccompProfile.type",
        ],
    ),
    // The pod's is wrong even where no container goes by it; where one does, that is said once.
    (
        Restricted,
        "{securityContext: {runAsNonRoot: false, seccompProfile: {type: Unconfined}}, containers: [{securityContext: {$POD, $SAFE}}, {securityContext: {$SAFE}}]}",
        &[
            "restricted/runAsNonRoot spec.securityContext.runAsNonRoot",
            "restricted/seccompProfile_restricted spec.securityContext.seccompProfile.type",
        ],
    ),
    // One container that lacks it is told so; for several one line in the pod will do.
    (
        Restricted,
        "{containers: [{securityContext: {$POD, $SAFE}}, {securityContext: {$SAFE}}]}",
        &[
            "restricted/runAsNonRoot spec.containers[1].securityContext.runAsNonRoot",
            "restricted/seccompProfile_restricted spec.containers[1].securityContext.seccompProfile.type",
        ],
    ),
    (
        Restricted,
        "{securityContext: {fsGroup: 1}, initContainers: [{securityContext: {$SAFE}}], containers: [{securityContext: {$SAFE}}]}",
        &[
            "restricted/runAsNonRoot spec.securityContext.runAsNonRoot",
            "restricted/seccompProfile_restricted spec.securityContext.seccompProfile.type",
        ],
    ),
    (
        Restricted,
        "{containers: [{securityContext: {runAsNonRoot: false, $SAFE}}, {securityContext: {seccompProfile: {type: RuntimeDefault}, $SAFE}}]}",
        &[
            "restricted/runAsNonRoot spec.containers[0].securityContext.runAsNonRoot",
            "restricted/seccompProfile_restricted spec.containers[0].securityContext.seccompProfile.type",
            "restricted/runAsNonRoot spec.containers[1].securityContext.runAsNonRoot",
        ],
    ),
    // Users.
    (
        Restricted,
        "{securityContext: {$POD}, containers: [{securityContext: {runAsUser: 0, $SAFE}}, {securityContext: {runAsUser: null, runAsGroup: 0, $SAFE}}]}",
        &["restricted/runAsUser spec.containers[0].securityContext.runAsUser"],
    ),
    // A profile that is there has a type.
    (
        Baseline,
        "{securityContext: {seccompProfile: {}, appArmorProfile: {type: ''}}, containers: [{securityContext: {seccompProfile: {type: runtime/default}, appArmorProfile: {type: Unconfined}}}, {securityContext: {seccompProfile: null, appArmorProfile: null}}]}",
        &[
            "baseline/seccompProfile_baseline spec.securityContext.seccompProfile.type",
            "baseline/appArmorProfile spec.securityContext.appArmorProfile.type",
            "baseline/seccompProfile_baseline spec.containers[0].securityContext.seccompProfile.type",
            "baseline/appArmorProfile spec.containers[0].securityContext.appArmorProfile.type",
        ],
    ),
    (
        Restricted,
        "{securityContext: {runAsNonRoot: true, seccompProfile: {}}, containers: [{securityContext: {$SAFE}}]}",
        &["restricted/seccompProfile_restricted spec.securityContext.seccompProfile.type"],
    ),
    (
        Baseline,
        "{securityContext: {appArmorProfile: {type: Localhost, localhostProfile: p}, seccompProfile: {type: Localhost}}, containers: [{securityContext: {appArmorProfile: {type: RuntimeDefault}}}]}",
        &[],
    ),
    // SELinux.
    (
        Baseline,
        "{securityContext: {seLinuxOptions: {type: container_engine_t, level: 's0:c1,c2', user: '', role: null}}, containers: [{securityContext: {seLinuxOptions: {type: container_t}}}, {securityContext: {seLinuxOptions: {type: container_init_t}}}, {securityContext: {seLinuxOptions: {type: container_kvm_t}}}, {securityContext: {seLinuxOptions: {type: ''}}}]}",
        &[],
    ),
    (
        Baseline,
        "{securityContext: {seLinuxOptions: {type: Container_t, user: u, role: r}}, containers: [{securityContext: {seLinuxOptions: {user: u}}}]}",
        &[
            "baseline/seLinuxOptions spec.securityContext.seLinuxOptions.type",
            "baseline/seLinuxOptions spec.securityContext.seLinuxOptions.user",
            "baseline/seLinuxOptions spec.securityContext.seLinuxOptions.role",
            "baseline/seLinuxOptions spec.containers[0].securityContext.seLinuxOptions.user",
        ],
    ),
    // Sysctls are compared as they are written, too.
    (
        Baseline,
        "{securityContext: {sysctls: [{name: kernel.shm_rmid_forced}, {name: net.ipv4.ip_local_port_range}, {name: net.ipv4.ip_unprivileged_port_start}, {name: net.ipv4.tcp_syncookies}, {name: net.ipv4.ping_group_range}, {name: net.ipv4.ip_local_reserved_ports}, {name: net.ipv4.tcp_keepalive_time}, {name: net.ipv4.tcp_fin_timeout}, {name: net.ipv4.tcp_keepalive_intvl}, {name: net.ipv4.tcp_keepalive_probes}, {name: net.ipv4.tcp_rmem}, {name: net.ipv4.tcp_wmem}]}}",
        &[],
    ),
    (
        Baseline,
        "{securityContext: {sysctls: [{name: kernel.msgmax}, {name: net/ipv4/tcp_rmem}, {value: '1'}, {name: ''}]}}",
        &[
            "baseline/sysctls spec.securityContext.sysctls[0].name",
            "baseline/sysctls spec.securityContext.sysctls[1].name",
            "baseline/sysctls spec.securityContext.sysctls[2].name",
            "baseline/sysctls spec.securityContext.sysctls[3].name",
        ],
    ),
    // Nothing is said of what is of the wrong type: the structure's finding says it.
    (
        Restricted,
        "{hostPID: 'yes', hostUsers: 1, os: windows, volumes: {}, securityContext: [], containers: [1, {securityContext: a, ports: [1, {hostPort: '80'}], livenessProbe: 1, lifecycle: []}]}",
        &[],
    ),
    (
        Restricted,
        "{securityContext: {$POD, sysctls: [a, {name: 1}], seLinuxOptions: 1, windowsOptions: {hostProcess: 1}, appArmorProfile: {type: 1}, runAsUser: '0'}, containers: [{securityContext: {privileged: 1, procMount: 1, allowPrivilegeEscalation: 'false', capabilities: {drop: ALL, add: ALL}}}, {securityContext: {seccompProfile: 1, runAsNonRoot: 1, $SAFE}}]}",
        &[],
    ),
];

#[test]
fn findings_stand_at_the_fields_that_a_standard_refuses() {
    for (standard, spec, expected) in CASES {
        for version in [V1_36, V1_37] {
            let found: Vec<String> =
                check(&pod(spec), *standard, version).iter().map(short).collect();
            let sorted: BTreeSet<&str> = found.iter().map(String::as_str).collect();
            let wanted: BTreeSet<&str> = expected.iter().copied().collect();
            assert_eq!(sorted, wanted, "{standard:?} {spec}");
            assert_eq!(found.len(), expected.len(), "{standard:?} {spec}: {found:?}");
        }
    }
}

#[test]
fn two_sysctls_are_allowed_from_version_1_37() {
    let yaml = pod(
        "{securityContext: {sysctls: [{name: net.ipv4.tcp_slow_start_after_idle}, {name: net.ipv4.tcp_notsent_lowat}]}}",
    );
    let found: Vec<String> = check(&yaml, Baseline, V1_36).iter().map(short).collect();
    assert_eq!(
        found,
        [
            "baseline/sysctls spec.securityContext.sysctls[0].name",
            "baseline/sysctls spec.securityContext.sysctls[1].name",
        ]
    );
    assert_eq!(check(&yaml, Baseline, V1_37), []);
}

#[test]
fn the_annotations_of_the_pod_name_app_armor_profiles() {
    let of = |annotations: &str| {
        let yaml = format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{annotations: {annotations}}}, spec: {{}}}}"
        );
        check(&yaml, Baseline, V1_36).iter().map(short).collect::<Vec<_>>()
    };
    let prefix = "container.apparmor.security.beta.kubernetes.io";
    for allowed in ["runtime/default", "localhost/", "localhost/mine", "''", "null", "1"] {
        assert!(of(&format!("{{{prefix}/a: {allowed}}}")).is_empty(), "{allowed}");
    }
    for refused in ["unconfined", "RuntimeDefault", "docker/default", "localhost", "' '"] {
        // A container of that name isn't asked for.
        assert_eq!(
            of(&format!("{{{prefix}/none: {refused}}}")),
            [format!("baseline/appArmorProfile metadata.annotations[{prefix}/none]")],
            "{refused}"
        );
    }
    assert!(of("{container.apparmor.security.beta.kubernetes.io: unconfined}").is_empty());
    assert!(of("{seccomp.security.alpha.kubernetes.io/pod: unconfined}").is_empty());
}

#[test]
fn whatever_makes_pods_is_checked_by_its_template() {
    for (version, kind, template, path) in [
        ("v1", "Pod", "$", ""),
        ("v1", "PodTemplate", "template: {$}", "template."),
        ("v1", "ReplicationController", "spec: {template: {$}}", "spec.template."),
        ("apps/v1", "DaemonSet", "spec: {template: {$}}", "spec.template."),
        ("apps/v1", "Deployment", "spec: {template: {$}}", "spec.template."),
        ("apps/v1", "ReplicaSet", "spec: {template: {$}}", "spec.template."),
        ("apps/v1", "StatefulSet", "spec: {template: {$}}", "spec.template."),
        ("batch/v1", "Job", "spec: {template: {$}}", "spec.template."),
        (
            "batch/v1",
            "CronJob",
            "spec: {jobTemplate: {spec: {template: {$}}}}",
            "spec.jobTemplate.spec.template.",
        ),
    ] {
        let annotation = "container.apparmor.security.beta.kubernetes.io/a";
        let pod = format!(
            "metadata: {{annotations: {{{annotation}: unconfined}}}}, spec: {{hostNetwork: true, containers: [{{name: a, ports: [{{containerPort: 80}}]}}]}}"
        );
        let yaml =
            format!("{{apiVersion: {version}, kind: {kind}, {}}}", template.replace('$', &pod));
        let mut expected = vec![
            format!("baseline/appArmorProfile {path}metadata.annotations[{annotation}]"),
            format!("baseline/hostNamespaces {path}spec.hostNetwork"),
        ];
        // A template's ports stay as they are until a pod is made of it.
        if kind == "Pod" {
            expected.push("baseline/hostPorts spec.containers[0].ports[0].hostPort".to_owned());
        }
        let found: Vec<String> = check(&yaml, Baseline, V1_36).iter().map(short).collect();
        assert_eq!(found, expected, "{kind}");
        let empty = format!("{{apiVersion: {version}, kind: {kind}}}");
        assert_eq!(check(&empty, Restricted, V1_36), [], "{kind}");
    }
    for other in [
        "{apiVersion: v1, kind: Namespace, spec: {hostPID: true, containers: [{}]}}",
        "{apiVersion: v1, kind: Service, spec: {template: {spec: {hostPID: true}}}}",
    ] {
        assert_eq!(check(other, Restricted, V1_36), []);
    }
}

#[test]
fn messages_say_what_is_wrong_and_what_to_write() {
    let say = |yaml: &str, standard, naming| -> Vec<String> {
        let (tree, root) = common::from_yaml(yaml);
        let kind = kind_of(&tree, root).unwrap();
        check_pods(&tree, root, kind, standard, V1_36, naming)
            .into_iter()
            .map(|finding| format!("{}; {}", finding.message, finding.help.unwrap()))
            .collect()
    };
    for (standard, spec, expected) in [
        (
            Baseline,
            "{containers: [{ports: [{hostPort: 80}]}]}",
            &[
                "`host_port` 80 isn't allowed by the baseline standard; leave it out, and use a Service",
            ][..],
        ),
        (
            Baseline,
            "{hostNetwork: true, containers: [{ports: [{containerPort: 80}]}]}",
            &[
                "`host_network: true` isn't allowed by the baseline standard; leave it out, and use a Service to reach the pod",
                "`host_port` 80, which comes with the node's network, isn't allowed by the baseline standard; leave `host_network` out, and use a Service",
            ],
        ),
        (
            Baseline,
            "{containers: [{securityContext: {capabilities: {add: [cap_chown, SYS_ADMIN, '']}}}]}",
            &[
                "adding `cap_chown` isn't allowed by the baseline standard; use `CHOWN`, in this spelling",
                "adding `SYS_ADMIN` isn't allowed by the baseline standard; leave it out: only capabilities that containers usually have can be added, such as `NET_BIND_SERVICE`",
                "adding `\"\"` isn't allowed by the baseline standard; leave it out: only capabilities that containers usually have can be added, such as `NET_BIND_SERVICE`",
            ],
        ),
        (
            Restricted,
            "{securityContext: {$POD}, containers: [{securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [all], add: [CHOWN]}}}]}",
            &[
                "the restricted standard demands that all capabilities are dropped; use `ALL`, in this spelling",
                "adding `CHOWN` isn't allowed by the restricted standard; leave it out: only `NET_BIND_SERVICE` can be added",
            ],
        ),
        (
            Restricted,
            "{containers: [{name: a}]}",
            &[
                "the restricted standard demands `allow_privilege_escalation: false`; give the container `security_context: { allow_privilege_escalation: false }`",
                "the restricted standard demands that all capabilities are dropped; give the container `security_context: { capabilities: { drop: [\"ALL\"] } }`",
                "the restricted standard demands `run_as_non_root: true`; give the container `security_context: { run_as_non_root: true }`",
                "the restricted standard demands a `seccomp_profile`; give the container `security_context: { seccomp_profile: { type: RuntimeDefault } }`",
            ],
        ),
        (
            Restricted,
            "{securityContext: {runAsNonRoot: true}, containers: [{securityContext: {$SAFE}}, {securityContext: {allowPrivilegeEscalation: false, capabilities: {}}}]}",
            &[
                "the restricted standard demands a `seccomp_profile`; add `seccomp_profile: { type: RuntimeDefault }`",
                "the restricted standard demands that all capabilities are dropped; add `drop: [\"ALL\"]`",
            ],
        ),
        (
            Restricted,
            "{containers: [{securityContext: {seccompProfile: {type: RuntimeDefault}, $SAFE}}, {securityContext: {seccompProfile: {type: RuntimeDefault}, $SAFE}}]}",
            &[
                "the restricted standard demands `run_as_non_root: true`; give the pod `security_context: { run_as_non_root: true }`",
            ],
        ),
        (
            Baseline,
            "{containers: [{livenessProbe: {httpGet: {host: a}}, lifecycle: {preStop: {tcpSocket: {host: b}}}}]}",
            &[
                "`host` `a` in `liveness_probe` isn't allowed by the baseline standard; leave it out, so that the pod itself is asked; a virtual host goes into `http_headers`",
                "`host` `b` in `pre_stop` isn't allowed by the baseline standard; leave it out, so that the pod itself is asked",
            ],
        ),
        (
            Restricted,
            "{volumes: [{name: a, nfs: {}}]}",
            &[
                "the volume source `nfs` isn't allowed by the restricted standard; use one of `config_map`, `csi`, `downward_api`, `empty_dir`, `ephemeral`, `image`, `persistent_volume_claim`, `projected`, `secret`",
            ],
        ),
        (
            Baseline,
            "{securityContext: {sysctls: [{name: net/ipv4/tcp_rmem}, {name: net.ipv4.tcp_notsent_lowat}, {name: a}]}}",
            &[
                "the sysctl `net/ipv4/tcp_rmem` isn't allowed by the baseline standard; use `net.ipv4.tcp_rmem`, in this spelling",
                "the sysctl `net.ipv4.tcp_notsent_lowat` isn't allowed by the baseline standard; leave it out: it is allowed from version 1.37",
                "the sysctl `a` isn't allowed by the baseline standard; leave it out",
            ],
        ),
    ] {
        assert_eq!(say(&pod(spec), standard, Naming::Snake), expected, "{spec}");
    }
    for check in CHECKS {
        for text in say(check.rule.bad, check.standard, Naming::Camel) {
            for part in text.split("; ") {
                assert!(!part.starts_with(char::is_uppercase), "{text}");
                assert!(!part.ends_with('.'), "{text}");
            }
        }
    }
}

#[test]
fn a_finding_points_at_what_is_wrong_or_at_the_block_that_lacks_something() {
    for (standard, spec, at, target) in [
        (Baseline, "{hostPID: true}", At::Value, &["spec", "hostPID"][..]),
        (
            Restricted,
            "{securityContext: {runAsNonRoot: false}}",
            At::Value,
            &["spec", "securityContext", "runAsNonRoot"],
        ),
        (
            Restricted,
            "{os: {name: windows}, securityContext: {fsGroup: 1}, containers: [{}, {}]}",
            At::Block,
            &["spec", "securityContext"],
        ),
        (Restricted, "{os: {name: windows}, containers: [{}, {}]}", At::Block, &["spec"]),
    ] {
        let (tree, root) = common::from_yaml(&pod(spec));
        let found = check_tree(&tree, root, standard, V1_36);
        let [finding] = &found[..] else { panic!("{spec}: {found:?}") };
        assert_eq!((finding.at, Some(finding.node)), (at, tree.at(root, target)), "{spec}");
    }
    let (tree, root) = common::from_yaml(&pod("{volumes: [{name: a, hostPath: {path: /}}]}"));
    let found = check_tree(&tree, root, Baseline, V1_36);
    assert_eq!((found[0].at, tree.str(found[0].node)), (At::Key, "hostPath"));
}

/// Every Pod of this file, and each with every value of its spec changed in turn.
fn each_changed(put: fn(&mut Tree) -> NodeId, mut then: impl FnMut(&str, Standard, &Tree, NodeId)) {
    let examples = CHECKS
        .iter()
        .flat_map(|c| [c.rule.bad, c.rule.good].map(|yaml| (c.standard, yaml.to_owned())));
    let cases = CASES.iter().map(|(standard, spec, _)| (*standard, pod(spec)));
    for (standard, yaml) in examples.chain(cases) {
        let (tree, root) = common::from_yaml(&yaml);
        let spec = tree.at(root, &["spec"]).unwrap();
        for id in values(&tree, spec).into_iter().chain([spec]) {
            let mut copy = Tree::new();
            let copied = with(&tree, root, id, &mut copy, put);
            then(&yaml, standard, &copy, copied);
        }
    }
}

#[test]
fn an_unknown_value_leads_to_no_finding() {
    each_changed(Tree::push_unknown, |yaml, standard, tree, root| {
        let ids = |findings: Vec<Finding>| -> BTreeSet<&str> {
            findings.into_iter().map(|finding| finding.rule).collect()
        };
        let found = ids(check_tree(tree, root, standard, V1_36));
        let known = ids(check(yaml, standard, V1_36));
        assert!(found.is_subset(&known), "{found:?} only with an unknown value in {yaml}");
    });
}

#[test]
fn a_value_of_any_other_type_does_no_harm() {
    let puts: [fn(&mut Tree) -> NodeId; 7] = [
        Tree::push_null,
        |tree| tree.push_bool(true),
        |tree| tree.push_int(-1),
        |tree| tree.push_float(0.5),
        |tree| tree.push_str("é"),
        |tree| {
            let item = tree.push_null();
            tree.push_list(&[item])
        },
        |tree| tree.push_map(&[]),
    ];
    let mut seen = 0;
    for put in puts {
        each_changed(put, |_, standard, tree, root| {
            for finding in check_tree(tree, root, standard, V1_37) {
                assert!(CHECKS.iter().any(|check| check.rule.id == finding.rule));
                seen += 1;
            }
        });
    }
    assert!(seen > 0);
}

#[test]
fn every_object_that_the_server_takes_can_be_checked() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/oracle");
    if !dir.exists() {
        println!("skipped: the recorded verdicts are not at hand");
        return;
    }
    let (mut pods, mut refused) = (0, [0; 2]);
    for file in ["apiserver-1.36.jsonl.gz", "upstream-1.36.jsonl.gz"] {
        let reader = std::fs::File::open(dir.join(file)).unwrap();
        for line in BufReader::new(flate2::read::GzDecoder::new(reader)).lines() {
            let line: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            if line["verdict"]["ok"] != true {
                continue;
            }
            let (tree, root) = common::from_json(&line["object"]);
            if kind_of(&tree, root).is_none() {
                continue;
            }
            assert_eq!(check_tree(&tree, root, Privileged, V1_36), []);
            let [baseline, restricted] =
                [Baseline, Restricted].map(|of| check_tree(&tree, root, of, V1_36));
            // What a standard refuses, the next one does too, if by another check.
            assert!(baseline.is_empty() || !restricted.is_empty(), "{}", line["id"]);
            pods += usize::from(tree.at(root, &["spec"]).is_some());
            refused[0] += usize::from(!baseline.is_empty());
            refused[1] += usize::from(!restricted.is_empty());
        }
    }
    println!("of {pods} objects baseline refuses {}, restricted {}", refused[0], refused[1]);
    assert!(refused[0] > 0 && refused[0] < refused[1]);
}
