use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    affinity: {
        pod_affinity: {
            required_during_scheduling_ignored_during_execution: [
                { topology_key: "zone", match_label_keys: ["app"] },
            ],
        },
    },
}

fn main() {}
