use reactbin_dsl::*;

app! {
    name: "My Shop",
    namespace: external("shop"),
}

fn main() {}
