use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    security_context: { proc_mount: Unmasked },
}

fn main() {}
