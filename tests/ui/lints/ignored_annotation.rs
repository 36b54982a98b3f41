use reactbin_dsl::*;

pod! {
    #[deny(ignored_annotation)]
    name: a,
    metadata: { annotations: { "scheduler.alpha.kubernetes.io/critical-pod": "" } },
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
