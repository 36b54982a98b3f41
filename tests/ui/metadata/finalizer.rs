use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    finalizers: ["done"],
    ports: [80],
}

fn main() {}
