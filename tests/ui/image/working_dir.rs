use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
}

deployment! {
    name: api,
    image: api,
    working_dir: "/ap",
}

fn main() {}
