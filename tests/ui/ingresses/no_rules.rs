use reactbin_dsl::*;

ingress! {
    name: shop,
    ingress_class_name: nginx,
}

fn main() {}
