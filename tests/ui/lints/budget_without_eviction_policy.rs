use reactbin_dsl::*;

pod_disruption_budget! {
    #[deny(budget_without_eviction_policy)]
    name: a,
    max_unavailable: 1,
    selector: { match_labels: { app: "a" } },
}

fn main() {}
