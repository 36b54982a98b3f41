use reactbin_dsl::*;

pod_disruption_budget! {
    #[deny(budget_that_blocks)]
    name: a,
    max_unavailable: 0,
    selector: { match_labels: { app: "a" } },
}

fn main() {}
