use reactbin_dsl::*;

app! {
    namespace: external("shop"),
}

fn main() {}
