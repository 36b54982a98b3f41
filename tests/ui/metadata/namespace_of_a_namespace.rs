use reactbin_dsl::*;

namespace! {
    name: shop,
    namespace: external("shop"),
}

fn main() {}
