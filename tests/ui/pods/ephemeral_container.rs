use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    ephemeral_containers: [{ name: debug, image: "debug:1.0" }],
}

fn main() {}
