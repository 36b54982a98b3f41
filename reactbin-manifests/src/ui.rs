//! The UI: static files, served by nginx.

use reactbin_dsl::*;

use crate::parameters::*;

deployment! {
    name: ui,
    replicas: 1,
    /// Replace 'latest' with the real image tag before applying
    image: "reactbin-ui:" + param(ui_tag),
    ports: [8080],
    liveness_probe: {
        http_get: { path: "/", port: 8080 },
        initial_delay_seconds: 10,
        period_seconds: 30,
    },
    // 101 is the user of nginx-unprivileged.
    security_context: { run_as_non_root: true, run_as_user: 101 },
}

service! {
    name: ui,
    selects: ui,
    type: ClusterIP,
    ports: [{ name: http, port: 8080, target_port: 8080 }],
}
