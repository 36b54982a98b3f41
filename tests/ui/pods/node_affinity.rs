use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    affinity: {
        node_affinity: {
            required_during_scheduling_ignored_during_execution: {
                node_selector_terms: [{
                    match_expressions: [
                        { key: "zone", operator: In },
                        { key: "disk", operator: Exists, values: ["ssd"] },
                        { key: "cpus", operator: Gt, values: ["4", "8"] },
                    ],
                }],
            },
        },
    },
}

fn main() {}
