use reactbin_dsl::*;

horizontal_pod_autoscaler! {
    #[deny(unscalable_target)]
    name: a,
    scale_target_ref: { api_version: "apps/v1", kind: "DaemonSet", name: "d" },
    min_replicas: 3,
    max_replicas: 6,
}

fn main() {}
