use reactbin_dsl::*;

namespace! {
    name: shop,
    lables: { team: "web" },
}

app! {
    name: shop,
    namespace: shop,
}

fn main() {}
