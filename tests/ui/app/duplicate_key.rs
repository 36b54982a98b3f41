use reactbin_dsl::*;

app! {
    name: shop,
    name: store,
    namespace: external("shop"),
}

fn main() {}
