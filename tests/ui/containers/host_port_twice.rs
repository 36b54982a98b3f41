use reactbin_dsl::*;

deployment! {
    name: api,
    containers: {
        api: { image: "api:1.0", ports: [{ container_port: 8000, host_port: 80 }] },
        proxy: { image: "proxy:1.0", ports: [{ container_port: 8080, host_port: 80 }] },
    },
}

fn main() {}
