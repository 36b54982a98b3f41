use reactbin_dsl::*;

pod_disruption_budget! {
    #[deny(budget_without_number)]
    name: a,
    selector: { match_labels: { app: "a" } },
}

fn main() {}
