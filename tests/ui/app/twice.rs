use reactbin_dsl::*;

app! { name: shop, namespace: external("shop") }
app! { name: shop, namespace: external("shop") }

fn main() {}
