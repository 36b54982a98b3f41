use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/named.Dockerfile",
    user: 1001,
}

deployment! {
    name: api,
    containers: {
        api: { image: api, security_context: { run_as_user: 1000 } },
        worker: { image: api, security_context: { run_as_non_root: true } },
    },
}

fn main() {}
