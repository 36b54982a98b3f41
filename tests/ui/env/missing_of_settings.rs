use reactbin_dsl::*;

#[derive(RequiredEnv)]
struct Settings {
    database_url: String,
    jwt_secret_key: String,
    port: Option<u16>,
}

deployment! {
    name: api,
    containers: {
        api: { image: "api:1.0", env: { PORT: "80" }, requires_env: (Settings::ENV) },
    },
}

fn main() {}
