use reactbin_dsl::*;

pod! {
    #[deny(term_without_selector)]
    name: a,
    topology_spread_constraints: [
        {
            max_skew: 1,
            topology_key: "kubernetes.io/hostname",
            when_unsatisfiable: "ScheduleAnyway",
        },
    ],
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
