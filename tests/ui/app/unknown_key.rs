use reactbin_dsl::*;

app! {
    name: shop,
    namspace: external("shop"),
}

fn main() {}
