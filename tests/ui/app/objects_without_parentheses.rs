use reactbin_dsl::*;

app! {
    name: shop,
    namespace: external("shop"),
    objects: [objects()],
}

fn objects() -> Vec<PlainObject> {
    Vec::new()
}

fn main() {}
