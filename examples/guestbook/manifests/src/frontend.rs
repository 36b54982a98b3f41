//! The web page, with a proxy for its metrics beside it.

use reactbin_dsl::*;

const HTTP: i32 = 8080;

parameter! {
    /// How many copies of the page run.
    name: replicas,
    type: integer,
    default: 3,
}

parameter! {
    /// The tag of the page's image.
    name: tag,
    type: image_tag,
    placeholder: "<tag>",
}

container! {
    name: metrics,
    #[allow(guestbook::foreign_image, reason = "the mirror takes it in next week")]
    image: "nginx/nginx-prometheus-exporter:1.4.2",
    args: ["--nginx.scrape-uri=http://127.0.0.1:8081/status"],
    ports: { metrics: 9113 },
    resources: { limits: { cpu: 50m, memory: 32Mi } },
}

deployment! {
    name: frontend,
    labels: { owner: web },
    replicas: param(replicas),
    image: "registry.example.com/guestbook:" + param(tag),
    ports: { http: (HTTP) },
    env: { REDIS_HOST: "redis-leader" },
    readiness_probe: { http_get: { path: "/", port: http } },
    resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256Mi } },
    containers: [metrics],
}

service! {
    name: frontend,
    labels: { app: frontend },
    selects: frontend,
    ports: [
        { name: http, port: 80, target_port: http },
        { name: metrics, port: 9113, target_port: metrics },
    ],
}

object! {
    api_version: "monitoring.coreos.com/v1",
    kind: ServiceMonitor,
    name: frontend,
    selector: { match_labels: { app: frontend } },
    endpoints: [{ port: metrics, interval: 30s }],
}
