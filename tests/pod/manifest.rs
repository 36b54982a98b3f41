//! What the manifest of the API says of its containers, and what is declared of their Secret.
//!
//! Knows no image. Whatever it doesn't understand is a failure, never passed over.

use std::fs;
use std::path::Path;
use std::time::Duration;

use reactbin_dsl::Values;
use serde_yaml::Value;

/// A container.
pub(crate) struct Container {
    /// Its name.
    pub(crate) name: String,
    /// What it runs instead of the image's `ENTRYPOINT` and `CMD`.
    pub(crate) command: Option<Vec<String>>,
    /// What it gives to that, instead of `CMD`.
    pub(crate) args: Option<Vec<String>>,
    /// The folder that it runs in, instead of `WORKDIR`.
    pub(crate) working_dir: Option<String>,
    /// The user that it runs as.
    pub(crate) user: u64,
    /// Its ports.
    pub(crate) ports: Vec<u64>,
    /// Variables with their values.
    pub(crate) env: Vec<(String, String)>,
    /// Secrets whose keys are variables.
    pub(crate) secrets: Vec<String>,
    /// Its probes: `readinessProbe` and so on.
    pub(crate) probes: Vec<Probe>,
}

/// A GET request that has to succeed.
pub(crate) struct Probe {
    /// The field that it stands in.
    pub(crate) name: String,
    /// The path.
    pub(crate) path: String,
    /// The port.
    pub(crate) port: u64,
    /// How long an answer may take.
    pub(crate) timeout: Duration,
    /// How long after its start a container may go without a success before the kubelet acts.
    pub(crate) allowance: Duration,
}

/// The init containers and the containers of a Deployment.
pub(crate) fn containers(deployment: &Path) -> (Vec<Container>, Vec<Container>) {
    let deployment: Value = serde_yaml::from_str(&fs::read_to_string(deployment).unwrap()).unwrap();
    let pod = &deployment["spec"]["template"]["spec"];
    let list = |field: &str| items(&pod[field]).iter().map(container).collect();
    (list("initContainers"), list("containers"))
}

fn container(container: &Value) -> Container {
    let env = items(&container["env"]).iter().map(|variable| {
        let value = variable["value"].as_str();
        let name = text(&variable["name"]);
        (name.clone(), value.unwrap_or_else(|| panic!("{name} has no plain value")).to_owned())
    });
    let secrets = items(&container["envFrom"]).iter().map(|from| text(&from["secretRef"]["name"]));
    let probes = ["startupProbe", "livenessProbe", "readinessProbe"].into_iter();
    let probes = probes.filter(|probe| !container[probe].is_null());
    Container {
        name: text(&container["name"]),
        command: words(&container["command"]),
        args: words(&container["args"]),
        working_dir: container["workingDir"].as_str().map(str::to_owned),
        user: container["securityContext"]["runAsUser"].as_u64().unwrap(),
        ports: items(&container["ports"])
            .iter()
            .map(|port| port["containerPort"].as_u64().unwrap())
            .collect(),
        env: env.collect(),
        secrets: secrets.collect(),
        probes: probes.map(|name| probe(name, &container[name])).collect(),
    }
}

fn probe(name: &str, probe: &Value) -> Probe {
    let number = |field: &str, default: u64| match &probe[field] {
        Value::Null => default,
        value => value.as_u64().unwrap(),
    };
    // The defaults of the API server.
    let (period, failures) = (number("periodSeconds", 10), number("failureThreshold", 3));
    let (delay, timeout) = (number("initialDelaySeconds", 0), number("timeoutSeconds", 1));
    Probe {
        name: name.to_owned(),
        path: text(&probe["httpGet"]["path"]),
        port: probe["httpGet"]["port"].as_u64().unwrap(),
        timeout: Duration::from_secs(timeout),
        allowance: Duration::from_secs(delay + period * (failures - 1) + timeout),
    }
}

/// The keys of a Secret that the Vault Secrets Operator makes, as its declaration says them.
pub(crate) fn keys_of(secret: &str) -> &'static [&'static str] {
    let objects = reactbin_manifests::app().objects(&Values::new());
    let made_by = objects.iter().map(|placed| &placed.object).find(|object| {
        let name = object.tree.at(object.root, &["spec", "destination", "name"]);
        name.is_some_and(|name| object.tree.str(name) == secret)
    });
    made_by.unwrap_or_else(|| panic!("nothing makes Secret {secret}")).declaration.unwrap().keys
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value:?}")).to_owned()
}

fn words(value: &Value) -> Option<Vec<String>> {
    value.as_sequence().map(|words| words.iter().map(text).collect())
}

fn items(value: &Value) -> &[Value] {
    value.as_sequence().map_or(&[], Vec::as_slice)
}
