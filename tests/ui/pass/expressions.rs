//! Rust values in fields of each type.

use std::collections::BTreeMap;

use reactbin_dsl::k8s_openapi::api::core::v1::{Probe, ResourceRequirements, TCPSocketAction};
use reactbin_dsl::k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use reactbin_dsl::k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use reactbin_dsl::*;

const REPLICAS: i32 = 2;

fn labels() -> BTreeMap<String, String> {
    BTreeMap::from([("tier".to_owned(), "web".to_owned())])
}

fn probe() -> Probe {
    Probe {
        tcp_socket: Some(TCPSocketAction { port: IntOrString::Int(8000), ..Default::default() }),
        ..Default::default()
    }
}

deployment! {
    name: (format!("api-{}", 1)),
    item: Api,
    image: (["api", "1.0"].join(":")),
    replicas: (REPLICAS * 2),
    min_ready_seconds: (None::<i32>),
    paused: (Some(false)),
    args: (vec!["serve"]),
    command: (["api"]),
    labels: (labels()),
    annotations: ([("example.com/owner", "web")]),
    liveness_probe: (probe()),
    readiness_probe: { tcp_socket: { port: ("http") } },
    startup_probe: { tcp_socket: { port: (IntOrString::Int(8000)) } },
    ports: { http: (8000) },
    env: { WORKERS: (4.to_string()) },
    volumes: { data: { empty_dir: { size_limit: (Quantity("1Gi".to_owned())) } } },
    resources: (ResourceRequirements::default()),
}

service! { name: api, selects: Api, ports: [{ port: (80), target_port: (8000) }] }

job! {
    name: import,
    restart_policy: Never,
    image: "import:1.0",
    resources: { limits: { memory: ("1Gi"), cpu: (2) } },
}
