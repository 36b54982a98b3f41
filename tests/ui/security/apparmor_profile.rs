use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    security_context: { app_armor_profile: { type: RuntimeDefault, localhost_profile: "api" } },
}

fn main() {}
