use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    tolerations: [
        { key: "gpu", operator: Exists, value: "true" },
        { value: "true" },
        { key: "gpu", operator: Exists, effect: NoSchedule, toleration_seconds: 60 },
    ],
}

fn main() {}
