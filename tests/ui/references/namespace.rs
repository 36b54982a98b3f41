use reactbin_dsl::*;

namespace! { name: shop }

deployment! {
    name: api,
    namespace: shpo,
    image: "api:1.0",
}

fn main() {}
