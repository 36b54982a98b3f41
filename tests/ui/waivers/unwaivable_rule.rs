use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    #[allow(invalid_name, reason = "we like capitals")]
    labels: { tier: "web" },
}

fn main() {}
