//! Security contexts: privileges, profiles, sysctls, and what shares the node's namespaces.

use std::collections::BTreeMap;

use super::Rule;
use super::pod::containers;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::suggest::suggest;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "apparmor_localhost_profile",
        on: "api.core.v1.AppArmorProfile",
        severity: Severity::Error,
        waivable: false,
        what: "An AppArmor profile of type `Localhost` names the node's profile, and no other type \
               does.",
        source: "pkg/apis/core/validation: validateAppArmorProfileField",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {appArmorProfile: {type: Localhost}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {appArmorProfile: {type: Localhost, localhostProfile: p}}}]}}",
        check: Some(check_apparmor_localhost_profile),
    },
    Rule {
        id: "duplicate_sysctl",
        on: "api.core.v1.PodSecurityContext",
        severity: Severity::Error,
        waivable: false,
        what: "A sysctl is set once.",
        source: "pkg/apis/core/validation: validateSysctls",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {sysctls: [{name: kernel.msgmax, value: \"1\"}, {name: kernel.msgmax, value: \"2\"}]}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {sysctls: [{name: kernel.msgmax, value: \"1\"}]}, containers: [{name: a, image: i}]}}",
        check: Some(check_duplicate_sysctl),
    },
    Rule {
        id: "privilege_without_escalation",
        on: "api.core.v1.SecurityContext",
        severity: Severity::Error,
        waivable: false,
        what: "A container that is privileged or has CAP_SYS_ADMIN can always gain privileges, so \
               `allowPrivilegeEscalation` can't be false.",
        source: "pkg/apis/core/validation: ValidateSecurityContext",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {privileged: true, allowPrivilegeEscalation: false}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {allowPrivilegeEscalation: false}}]}}",
        check: Some(check_privilege_without_escalation),
    },
    Rule {
        id: "seccomp_localhost_profile",
        on: "api.core.v1.SeccompProfile",
        severity: Severity::Error,
        waivable: false,
        what: "A seccomp profile of type `Localhost` names the node's file, and no other type does.",
        source: "pkg/apis/core/validation: validateSeccompProfileField",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {seccompProfile: {type: RuntimeDefault, localhostProfile: p.json}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: i}]}}",
        check: Some(check_seccomp_localhost_profile),
    },
    Rule {
        id: "security_of_other_os",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A pod for one operating system has no settings that only the other knows.",
        source: "pkg/apis/core/validation: validateLinux, validateWindows",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {os: {name: windows}, securityContext: {fsGroup: 1}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {os: {name: linux}, securityContext: {fsGroup: 1}, containers: [{name: a, image: i}]}}",
        check: Some(check_security_of_other_os),
    },
    Rule {
        id: "shared_processes_with_host_pid",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "The containers of a pod share their own processes or the node's, not both.",
        source: "pkg/apis/core/validation: ValidatePodSecurityContext",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostPID: true, shareProcessNamespace: true, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {shareProcessNamespace: true, containers: [{name: a, image: i}]}}",
        check: Some(check_shared_processes),
    },
    Rule {
        id: "sysctl_of_host_namespace",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A pod that shares the node's network or IPC can't set the sysctls of it.",
        source: "pkg/apis/core/validation: validateHostNetwork, validateSysctls",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, securityContext: {sysctls: [{name: net.core.somaxconn, value: \"1\"}]}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {sysctls: [{name: net.core.somaxconn, value: \"1\"}]}, containers: [{name: a, image: i}]}}",
        check: Some(check_sysctl_of_host_namespace),
    },
    Rule {
        id: "unknown_capability",
        on: "api.core.v1.Capabilities",
        severity: Severity::Error,
        waivable: true,
        what: "A capability is one of Linux's, without its `CAP_`: the API server takes any text, and \
               the container doesn't start.",
        source: "capabilities(7)",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {capabilities: {drop: [NET_RAWW]}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {capabilities: {drop: [NET_RAW]}}}]}}",
        check: Some(check_unknown_capability),
    },
    Rule {
        id: "unmasked_proc_mount",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Only a pod with users of its own may see the whole of /proc.",
        source: "pkg/apis/core/validation: validatePodSpec, procMount",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {procMount: Unmasked}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostUsers: false, containers: [{name: a, image: i, securityContext: {procMount: Unmasked}}]}}",
        check: Some(check_unmasked_proc_mount),
    },
    Rule {
        id: "user_namespace_with_host_namespace",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "A pod with users of its own shares neither the node's network, processes nor IPC, and \
               has no block devices.",
        source: "pkg/apis/core/validation: validateHostUsers",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostUsers: false, hostNetwork: true, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostUsers: false, containers: [{name: a, image: i}]}}",
        check: Some(check_user_namespace),
    },
    Rule {
        id: "windows_host_process",
        on: "api.core.v1.PodSpec",
        severity: Severity::Error,
        waivable: false,
        what: "Windows HostProcess containers stand alone in their pod, and on the node's network.",
        source: "pkg/apis/core/validation: validateWindowsHostProcessPod",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: a, image: i}]}}",
        check: Some(check_windows_host_process),
    },
    Rule {
        id: "windows_user_name",
        on: "api.core.v1.WindowsSecurityContextOptions",
        severity: Severity::Error,
        waivable: false,
        what: "A Windows user is a name, or a domain, a backslash and a name.",
        source: "pkg/apis/core/validation: validateWindowsSecurityContextOptions",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {windowsOptions: {runAsUserName: 'a\\b\\c'}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, securityContext: {windowsOptions: {runAsUserName: 'a\\b'}}}]}}",
        check: Some(check_windows_user_name),
    },
];

fn check_seccomp_localhost_profile(cx: &mut Cx<'_>, profile: Obj<'_>) {
    // The server takes any text, even an empty one, for a path.
    check_localhost_profile(cx, profile, profile.is_absent("localhostProfile"));
}

fn check_apparmor_localhost_profile(cx: &mut Cx<'_>, profile: Obj<'_>) {
    let blank = profile.str("localhostProfile").is_some_and(|name| name.trim().is_empty());
    check_localhost_profile(cx, profile, blank || profile.is_absent("localhostProfile"));
    let Some(node) = profile.get("localhostProfile") else { return };
    let Some(name) = node.str().filter(|_| profile.str("type") == Some("Localhost")) else {
        return;
    };
    if name.trim() != name && !name.trim().is_empty() {
        cx.invalid(node, "white space stands around the profile's name")
            .help(format!("use `{}`", name.trim()));
    }
}

fn check_localhost_profile(cx: &mut Cx<'_>, profile: Obj<'_>, missing: bool) {
    let Some(ty) = profile.str("type").filter(|ty| !ty.is_empty()) else { return };
    let field = cx.f("localhostProfile");
    if ty == "Localhost" && missing {
        let message = format!("a profile of type `Localhost` needs {field}");
        cx.required(profile, "localhostProfile", message)
            .help(format!("add {field}: where the node keeps the profile"));
    } else if ty != "Localhost" && profile.get("localhostProfile").is_some() {
        let message = format!("{field} is for the type `Localhost`, not `{ty}`");
        cx.report(Reason::Invalid, profile.key_place("localhostProfile"), message)
            .help(format!("leave {field} out, or use the type `Localhost`"));
    }
}

fn check_duplicate_sysctl(cx: &mut Cx<'_>, context: Obj<'_>) {
    let mut seen = BTreeMap::new();
    for node in context.objects("sysctls").filter_map(|sysctl| sysctl.get("name")) {
        let Some(name) = node.str() else { continue };
        match seen.get(name) {
            Some(first) => {
                cx.duplicate(node, *first, format!("the sysctl `{name}` is set twice"));
            }
            None => {
                seen.insert(name, node);
            }
        }
    }
}

/// A sysctl with dots between its parts; where a `/` comes first, dots and slashes trade places.
fn dotted(name: &str) -> String {
    match name.find(['.', '/']) {
        Some(at) if name[at..].starts_with('/') => name
            .chars()
            .map(|c| {
                if c == '/' {
                    '.'
                } else if c == '.' {
                    '/'
                } else {
                    c
                }
            })
            .collect(),
        _ => name.to_owned(),
    }
}

fn check_privilege_without_escalation(cx: &mut Cx<'_>, context: Obj<'_>) {
    let Some(node) =
        context.get("allowPrivilegeEscalation").filter(|node| node.bool() == Some(false))
    else {
        return;
    };
    let field = cx.f("allowPrivilegeEscalation");
    if let Some(other) = context.get("privileged").filter(|node| node.bool() == Some(true)) {
        let message = format!("{field} can't be false where {} is true", cx.f("privileged"));
        let why = format!("{} is true here", cx.f("privileged"));
        cx.invalid(node, message)
            .help("leave one of them out")
            .related(other.id, why)
            .path_of(Place::Value(context.id));
    }
    let Some(capabilities) = context.object("capabilities") else { return };
    if let Some(other) = capabilities.items("add").find(|item| item.str() == Some("CAP_SYS_ADMIN"))
    {
        let message = format!("{field} can't be false where the container has `CAP_SYS_ADMIN`");
        cx.invalid(node, message)
            .help("leave one of them out")
            .related(other.id, "the capability is added here")
            .path_of(Place::Value(context.id));
    }
}

fn check_shared_processes(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(node) = spec.get("shareProcessNamespace").filter(|node| node.bool() == Some(true))
    else {
        return;
    };
    if let Some(other) = spec.get("hostPID").filter(|node| node.bool() == Some(true)) {
        let message =
            format!("{} and {} can't both be true", cx.f("shareProcessNamespace"), cx.f("hostPID"));
        cx.invalid(node, message)
            .help("leave one of them out")
            .related(other.id, "the other one is here");
    }
}

/// The sysctls of the IPC namespace that aren't of `fs.mqueue.`.
const IPC_SYSCTLS: &[&str] = &[
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
];

fn check_sysctl_of_host_namespace(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(context) = spec.object("securityContext") else { return };
    for node in context.objects("sysctls").filter_map(|sysctl| sysctl.get("name")) {
        let Some(name) = node.str().map(dotted) else { continue };
        let network = name.starts_with("net.");
        let ipc = name.starts_with("fs.mqueue.") || IPC_SYSCTLS.contains(&name.as_str());
        for (of, field) in [(network, "hostNetwork"), (ipc, "hostIPC")] {
            let Some(host) = spec.get(field).filter(|node| of && node.bool() == Some(true)) else {
                continue;
            };
            let message = format!("`{name}` would be set for the node: {} is true", cx.f(field));
            let help = format!("leave it out, or set {} to false", cx.f(field));
            cx.invalid(node, message).help(help).related(host.id, "it is set here");
        }
    }
}

const CAPABILITIES: &[&str] = &[
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_READ",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "BPF",
    "CHECKPOINT_RESTORE",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "PERFMON",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYSLOG",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "WAKE_ALARM",
];

fn check_unknown_capability(cx: &mut Cx<'_>, capabilities: Obj<'_>) {
    for node in ["add", "drop"].into_iter().flat_map(|field| capabilities.items(field)) {
        let Some(name) = node.str() else { continue };
        if CAPABILITIES.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        let bare = name.strip_prefix("CAP_").unwrap_or(name);
        let help = match suggest(bare, CAPABILITIES.iter().copied()) {
            Some(meant) => format!("use `{meant}`"),
            None => {
                "use the name in capabilities(7) without its `CAP_`, such as `NET_BIND_SERVICE`"
                    .to_owned()
            }
        };
        cx.not_supported(node, format!("`{name}` isn't a capability")).help(help);
    }
}

fn check_unmasked_proc_mount(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if spec.bool_or("hostUsers", true) != Some(true) {
        return;
    }
    for context in containers(spec).filter_map(|container| container.object("securityContext")) {
        let Some(node) = context.get("procMount").filter(|node| node.str() == Some("Unmasked"))
        else {
            continue;
        };
        let message = format!(
            "`Unmasked` needs users of the pod's own: {} is true by default",
            cx.f("hostUsers")
        );
        let help = format!("use `Default`, or give the pod {}", cx.set("hostUsers", "false"));
        cx.invalid(node, message).help(help);
    }
}

fn check_user_namespace(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(own) = spec.get("hostUsers").filter(|node| node.bool() == Some(false)) else { return };
    let why = format!("{} is false here", cx.f("hostUsers"));
    for (field, named) in
        [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")]
    {
        if spec.bool(field) == Some(true) {
            let message =
                format!("{} can't be true where {} is false", cx.f(field), cx.f("hostUsers"));
            cx.forbidden(spec, field, message)
                .related(own.id, why.clone())
                .path_of(Place::Missing(spec.id, named));
        }
    }
    for container in containers(spec).filter(|container| container.is_set("volumeDevices")) {
        let message =
            format!("a pod with {} false can't have {}", cx.f("hostUsers"), cx.f("volumeDevices"));
        cx.forbidden(container, "volumeDevices", message).related(own.id, why.clone());
    }
}

fn check_windows_host_process(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let unknown = |field| spec.has_unknown(field);
    if ["containers", "initContainers", "securityContext"].into_iter().any(unknown) {
        return;
    }
    let pod = host_process(spec).and_then(|node| node.bool());
    let mut some = false;
    let mut plain = None;
    for container in containers(spec) {
        let own = host_process(container);
        let value = own.and_then(|node| node.bool());
        if let (Some(own), Some(pod), true) = (own, pod, value.is_some() && value != pod) {
            let message = format!("{} must be `{pod}`, as the pod's is", cx.f("hostProcess"));
            cx.invalid(own, message).help("leave it out");
            return;
        }
        match value.or(pod).unwrap_or(false) {
            true => some = true,
            false => plain = Some(container),
        }
    }
    if let Some(plain) = plain.filter(|_| some) {
        let message = "a pod with a HostProcess container has no other containers";
        cx.report(Reason::Invalid, plain.place("name"), message)
            .help("make it a HostProcess container as well, or move it to another pod");
    }
    if some && spec.bool_or("hostNetwork", false) == Some(false) {
        let message = format!("a HostProcess container needs {}", cx.f("hostNetwork"));
        let help = format!("give the pod {}", cx.set("hostNetwork", "true"));
        cx.report(Reason::Invalid, spec.place("hostNetwork"), message).help(help);
    }
}

/// Whether a pod or container is to run as a process of a Windows node.
fn host_process(holder: Obj<'_>) -> Option<Node<'_>> {
    holder.at(&["securityContext", "windowsOptions"])?.get("hostProcess")
}

/// What only Linux knows of a pod, of its security context, and of a container's.
const LINUX_POD: &[&str] =
    &["hostPID", "hostIPC", "hostUsers", "shareProcessNamespace", "resources"];
const LINUX_POD_SECURITY: &[&str] = &[
    "appArmorProfile",
    "fsGroup",
    "fsGroupChangePolicy",
    "runAsGroup",
    "runAsUser",
    "seLinuxChangePolicy",
    "seLinuxOptions",
    "seccompProfile",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "sysctls",
];
const LINUX_SECURITY: &[&str] = &[
    "allowPrivilegeEscalation",
    "appArmorProfile",
    "capabilities",
    "privileged",
    "procMount",
    "readOnlyRootFilesystem",
    "runAsGroup",
    "runAsUser",
    "seLinuxOptions",
    "seccompProfile",
];

fn check_security_of_other_os(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(os) = spec.object("os").and_then(|os| os.get("name")) else { return };
    let Some(name) = os.str() else { return };
    let (pod, pod_security, security): (&[&str], &[&str], &[&str]) = match name {
        "windows" => (LINUX_POD, LINUX_POD_SECURITY, LINUX_SECURITY),
        "linux" => (&[], &["windowsOptions"], &["windowsOptions"]),
        _ => return,
    };
    let of_pod = spec.object("securityContext").map(|context| (context, pod_security));
    let of_containers = containers(spec)
        .filter_map(|container| container.object("securityContext"))
        .map(|context| (context, security));
    for (holder, fields) in std::iter::once((spec, pod)).chain(of_pod).chain(of_containers) {
        for field in fields {
            let Some(node) = holder.get(field) else { continue };
            // Of these, false is what an absent one means.
            if node.bool() == Some(false) && matches!(*field, "hostPID" | "hostIPC") {
                continue;
            }
            let message = format!("a pod for {name} can't have {}", cx.f(field));
            cx.forbidden(holder, field, message)
                .related(os.id, "the operating system is given here");
        }
    }
}

fn check_windows_user_name(cx: &mut Cx<'_>, options: Obj<'_>) {
    let Some(node) = options.get("runAsUserName") else { return };
    let Some(name) = node.str().filter(|name| !name.is_empty()) else { return };
    let (domain, user) = match name.split_once('\\') {
        Some((domain, user)) => (Some(domain), user),
        None => (None, name),
    };
    let message = if name.chars().any(char::is_control) {
        "the user has a control character"
    } else if user.contains('\\') {
        "the user has more than one backslash"
    } else if domain.is_some_and(|domain| domain.len() >= 256) {
        "the user's domain has more than 255 characters"
    } else if domain.is_some_and(|domain| !is_windows_domain(domain)) {
        "the user's domain is neither a NetBIOS nor a DNS name"
    } else if user.is_empty() {
        "nothing stands after the backslash: the user's name is empty"
    } else if user.len() > 104 {
        "the user's name has more than 104 bytes"
    } else if user.chars().all(|c| matches!(c, '.' | ' ')) {
        "the user's name has only dots and spaces"
    } else if user
        .contains(['"', '/', ':', ';', '|', '=', ',', '+', '*', '?', '<', '>', '@', '[', ']'])
    {
        "the user's name has one of `\"/\\:;|=,+*?<>@[]`"
    } else {
        return;
    };
    cx.invalid(node, message)
        .help("write a user such as `ContainerUser`, or with its domain, such as `EXAMPLE\\user`");
}

/// Whether a domain is a NetBIOS name of up to 15 characters or a DNS name.
fn is_windows_domain(domain: &str) -> bool {
    let net_bios = !domain.is_empty()
        && domain.chars().count() <= 15
        && !domain.starts_with('.')
        && !domain.contains(['\\', '/', ':', '*', '?', '"', '<', '>', '|']);
    let dns = domain.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    });
    net_bios || dns
}
