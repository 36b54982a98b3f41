use reactbin_dsl::*;

deployment! {
    name: api,
    #[allow(latest_tag, reason = "a preview")]
    file: "api.yaml",
    image: "api:latest",
    env: { DATABASE_URL: "postgres://db" },
    #[allow(no_readiness_probe, reason = "a preview")]
    requires_env: [DATABASE_URL],
}

fn main() {}
