use reactbin_dsl::*;

app! {
    name: shop,
    namespace: external("shop"),
    objects: [(vec![1, 2])],
}

fn main() {}
