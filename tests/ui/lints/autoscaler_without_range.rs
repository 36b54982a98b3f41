use reactbin_dsl::*;

horizontal_pod_autoscaler! {
    #[deny(autoscaler_without_range)]
    name: a,
    scale_target_ref: { api_version: "apps/v1", kind: "Deployment", name: "d" },
    min_replicas: 3,
    max_replicas: 3,
}

fn main() {}
