use reactbin_dsl::*;

deployment! {
    name: my-api,
    image: "api:1.0",
    ports: [8000],
}

service! {
    name: my_api,
    selects: my_api,
    ports: [8000],
}

fn main() {}
