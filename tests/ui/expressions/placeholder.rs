use reactbin_dsl::*;

ingress! {
    name: shop,
    rules: [{ host: placeholder("<your-domain>") }],
}

fn main() {}
