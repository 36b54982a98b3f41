use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    security_context: { privileged: true, allow_privilege_escalation: false },
}

fn main() {}
