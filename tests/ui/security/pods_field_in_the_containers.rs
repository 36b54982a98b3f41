use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    security_context: { fs_group: 1000 },
}

fn main() {}
