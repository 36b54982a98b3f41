use reactbin_dsl::*;

ingress! {
    name: shop,
    annotations: {
        cert-manager.io/cluster-issuer: "letsencrypt",
        nginx.ingress.kubernetes.io/ssl-redirect: "true",
    },
    default_backend: external("api").80,
}

fn main() {}
