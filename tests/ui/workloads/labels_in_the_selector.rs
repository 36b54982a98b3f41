use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    selector: { app: api },
}

fn main() {}
