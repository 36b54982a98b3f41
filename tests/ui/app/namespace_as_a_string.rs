use reactbin_dsl::*;

app! {
    name: shop,
    namespace: "shop",
}

fn main() {}
