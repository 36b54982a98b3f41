use reactbin_dsl::*;

job! {
    #[deny(job_cleanup)]
    name: a,
    template: { spec: { restart_policy: "Never", containers: [{ name: "a", image: "i" }] } },
}

fn main() {}
