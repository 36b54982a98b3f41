use reactbin_dsl::*;

ingress! {
    name: shop,
    annotations: { "kubernetes.io/ingress.class": "traefik" },
    ingress_class_name: nginx,
    default_backend: external("api").80,
}

fn main() {}
