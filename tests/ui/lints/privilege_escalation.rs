use reactbin_dsl::*;

pod! {
    #[deny(privilege_escalation)]
    name: a,
    containers: [
        {
            name: "a",
            image: "i",
            security_context: { allow_privilege_escalation: true },
        },
    ],
}

fn main() {}
