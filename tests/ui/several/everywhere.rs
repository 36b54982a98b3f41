use reactbin_dsl::*;

deployment! {
    name: Api,
    replicas: "2",
    image: "Shop/api:1.0",
    ports: [{ name: http, container_port: 80800 }],
    env_from: ["api-env"],
    resources: { requests: { memory: 2Gi }, limits: { memory: 1GB } },
    liveness_probe: { period_seconds: 10 },
    volume_mounts: { "/data": data },
}

fn main() {}
