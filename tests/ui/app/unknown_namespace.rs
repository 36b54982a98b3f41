use reactbin_dsl::*;

namespace! { name: shop }

app! {
    name: shop,
    namespace: shp,
}

fn main() {}
