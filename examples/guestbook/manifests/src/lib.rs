//! The guestbook: a web page in front of a Redis that is replicated.

pub mod budgets;
pub mod frontend;
pub mod redis;

use reactbin_dsl::*;

app! {
    name: guestbook,
    // The platform team makes the namespace.
    namespace: external("guestbook"),
    objects: [(budgets::disruption_budgets())],
}
