//! The one way in: the API below `/api/`, the UI for everything else.

use reactbin_dsl::*;

use crate::api::*;
use crate::parameters::*;
use crate::ui::*;

ingress! {
    name: reactbin,
    annotations: {
        "cert-manager.io/cluster-issuer": "letsencrypt-prod",
        "nginx.ingress.kubernetes.io/ssl-redirect": "true",
    },
    ingress_class_name: nginx,
    tls: [{
        hosts: [param(domain)],
        secret_name: external("reactbin-tls"),
    }],
    rules: [{
        /// Replace <your-domain> with the real domain before applying
        host: param(domain),
        http: {
            // nginx takes the first path that matches: `/api/` has to stand before `/`.
            paths: [
                { path: "/api/", path_type: Prefix, backend: api.8000 },
                { path: "/", path_type: Prefix, backend: ui.8080 },
            ],
        },
    }],
}
