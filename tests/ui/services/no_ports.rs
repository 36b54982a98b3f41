use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
}

fn main() {}
