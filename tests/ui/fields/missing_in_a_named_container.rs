use reactbin_dsl::*;

deployment! {
    name: api,
    containers: {
        api: { image: "api:1.0" },
        proxy: { ports: [8080] },
    },
}

fn main() {}
