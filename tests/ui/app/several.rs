use reactbin_dsl::*;

app! {
    nmae: shop,
    namespace: "shop",
    objects: 1,
}

fn main() {}
