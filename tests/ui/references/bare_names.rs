use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env: { A: web_env },
    env_from: web_env,
    volumes: { conf: web_config },
    volume_mounts: { "/conf": conf },
}

ingress! {
    name: web,
    default_backend: "web:80",
}

fn main() {}
