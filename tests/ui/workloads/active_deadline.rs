use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    pod: { active_deadline_seconds: 60 },
}

fn main() {}
