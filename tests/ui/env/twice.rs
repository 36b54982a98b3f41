use reactbin_dsl::*;

deployment! {
    name: api,
    containers: {
        api: { image: "api:1.0", env: { A: "" }, requires_env: [A], requires_env: [A] },
    },
}

fn main() {}
