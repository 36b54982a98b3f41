use reactbin_dsl::*;

horizontal_pod_autoscaler! {
    #[deny(few_autoscaler_replicas)]
    name: a,
    scale_target_ref: { api_version: "apps/v1", kind: "Deployment", name: "d" },
    min_replicas: 1,
    max_replicas: 6,
}

fn main() {}
