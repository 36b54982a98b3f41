use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    service_account_name: externl("robot"),
    env: { A: params(tag), B: param(), C: "x" },
    volumes: { conf: configmap(settings), more: secret(a, b) },
    volume_mounts: { "/conf": conf },
}

fn main() {}
