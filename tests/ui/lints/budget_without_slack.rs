use reactbin_dsl::*;

pod_disruption_budget! {
    #[deny(budget_without_slack)]
    name: web,
    min_available: "100%",
    selector: { match_labels: { app: web } },
}

fn main() {}
