use reactbin_dsl::*;

deployment! {
    name: api,
    containers: {
        api: { image: "api:1.0", requires_env: DATABASE_URL },
        worker: { image: "api:1.0", requires_env: [1, A, A], env: { A: "" } },
    },
}

fn main() {}
