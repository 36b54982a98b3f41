use reactbin_dsl::*;

deployment! {
    name: api,
    containers: {
        api: { image: "api:1.0" },
        api: { image: "proxy:1.0" },
    },
}

fn main() {}
