use reactbin_dsl::*;

// What is missing is said at the name of the block that lacks it.
deployment! {
    #[deny(no_anti_affinity)]
    #[deny(no_owner_label)]
    #[deny(no_restart_policy)]
    name: web,
    labels: { tier: "front" },
    replicas: 3,
    image: "web:1.0",
}

fn main() {}
