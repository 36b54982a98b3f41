use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/named.Dockerfile",
}

deployment! {
    name: api,
    image: api,
    pod: { security_context: { run_as_non_root: true } },
}

fn main() {}
