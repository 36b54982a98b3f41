//! Objects that plain Rust builds, of k8s-openapi's types; they get the same checks.

use std::collections::BTreeMap;

use reactbin_dsl::k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};
use reactbin_dsl::k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use reactbin_dsl::k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

/// At most one copy of each goes away at a time.
pub fn disruption_budgets() -> impl Iterator<Item = PodDisruptionBudget> {
    ["frontend", "redis-follower"].into_iter().map(budget)
}

fn budget(app: &str) -> PodDisruptionBudget {
    PodDisruptionBudget {
        metadata: ObjectMeta { name: Some(app.to_owned()), ..ObjectMeta::default() },
        spec: Some(PodDisruptionBudgetSpec {
            max_unavailable: Some(IntOrString::Int(1)),
            selector: Some(LabelSelector {
                match_labels: Some(BTreeMap::from([("app".to_owned(), app.to_owned())])),
                ..LabelSelector::default()
            }),
            ..PodDisruptionBudgetSpec::default()
        }),
        ..PodDisruptionBudget::default()
    }
}
