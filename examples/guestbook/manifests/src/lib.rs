//! The guestbook: a web page in front of a Redis that is replicated.

pub mod budgets;
pub mod frontend;
pub mod policy;
pub mod redis;

use reactbin_dsl::*;

app! {
    name: guestbook,
    // The platform team makes the namespace.
    namespace: external("guestbook"),
    objects: [(budgets::disruption_budgets())],
    lints: [(policy::no_owner()), (policy::foreign_image("registry.example.com"))],
    pod_security: baseline,
}
