use reactbin_dsl::*;

deployment! {
    name: api,
    containers: [
        { name: api, image: "api:1.0" },
        { name: api, image: "proxy:1.0" },
    ],
}

fn main() {}
