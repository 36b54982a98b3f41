//! A finding's path names the field that the API server names, where that isn't the one that is
//! wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use reactbin_check::{Naming, Options, check_object};

/// The paths of what is found in an object.
fn paths(yaml: &str) -> Vec<String> {
    let (tree, root) = common::from_yaml(yaml);
    check_object(&tree, root, &Options::new(Naming::Camel))
        .into_iter()
        .filter(|finding| finding.level.is_none())
        .map(|finding| finding.path)
        .collect()
}

/// A Pod with these fields beside a container.
fn pod(fields: &str) -> String {
    format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, \
         spec: {{containers: [{{name: a, image: 'i:1'}}], {fields}}}}}"
    )
}

#[test]
fn what_is_a_pointer_to_the_server_is_named_itself() {
    let controller = "{apiVersion: v1, kind: ReplicationController, metadata: {name: a}, spec: {selector: {a: b}}}";
    assert_eq!(paths(controller), ["spec.template"]);
    let volume = pod("volumes: [{name: v, ephemeral: {}}]");
    assert_eq!(paths(&volume), ["spec.volumes[0].ephemeral.volumeClaimTemplate"]);
    let rule = pod(
        "initContainers: [{name: b, image: 'i:1', restartPolicy: Never, restartPolicyRules: [{action: Restart}]}]",
    );
    assert_eq!(paths(&rule), ["spec.initContainers[0].restartPolicyRules[0].exitCodes"]);
}

#[test]
fn what_is_no_pointer_is_empty_to_the_server_which_misses_what_stands_in_it() {
    let template = "{apiVersion: v1, kind: PodTemplate, metadata: {name: a}}";
    assert_eq!(paths(template), ["template.spec.containers"]);
}

#[test]
fn a_file_without_a_source_is_said_of_the_volume() {
    let volume = pod("volumes: [{name: v, downwardAPI: {items: [{path: a}]}}]");
    assert_eq!(paths(&volume), ["spec.volumes[0].downwardAPI"]);
}

#[test]
fn a_label_key_in_the_selector_is_said_of_the_term() {
    let term = pod(
        "topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule, \
         matchLabelKeys: [a], labelSelector: {matchExpressions: [{key: a, operator: Exists}, {key: a, operator: Exists}]}}]",
    );
    assert_eq!(paths(&term), ["spec.topologySpreadConstraints[0]"]);
}

#[test]
fn host_namespaces_of_a_pod_with_users_of_its_own_have_the_names_of_go() {
    let both = pod("hostUsers: false, hostPID: true, hostIPC: true");
    assert_eq!(paths(&both), ["spec.HostPID", "spec.HostIPC"]);
}

#[test]
fn only_an_init_container_that_ends_is_named_down_to_its_policy_of_restart() {
    let policy = "resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]";
    let init = pod(&format!("initContainers: [{{name: b, image: 'i:1', {policy}}}]"));
    assert_eq!(paths(&init), ["spec.initContainers[0].resizePolicy[0].restartPolicy"]);
    let wrong = pod(
        "initContainers: [{name: b, image: 'i:1', restartPolicy: Always, resizePolicy: [{resourceName: cpu, restartPolicy: Never}]}]",
    );
    assert_eq!(paths(&wrong), ["spec.initContainers[0].resizePolicy"]);
}

#[test]
fn a_range_of_a_node_that_stands_twice_is_refused() {
    let node = "{apiVersion: v1, kind: Node, metadata: {name: a}, \
                spec: {podCIDR: '2000::/10', podCIDRs: ['2000::/10', '2000::/10']}}";
    assert_eq!(paths(node), ["spec.podCIDRs[1]"]);
}

#[test]
fn what_the_server_fills_in_is_named_where_it_is_wrong() {
    let ports = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, containers: \
                 [{name: a, image: 'i:1', ports: [{containerPort: 80}]}, {name: b, image: 'i:1', ports: [{containerPort: 80}]}]}}";
    assert_eq!(paths(ports), ["spec.containers[1].ports[0].hostPort"]);
    let requests = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {resources: {limits: {cpu: 1}}, \
                    containers: [{name: a, image: 'i:1', resources: {requests: {cpu: 2}}}]}}";
    assert_eq!(paths(requests), ["spec.resources.requests"]);
}
