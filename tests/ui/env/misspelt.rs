use reactbin_dsl::*;

config_map! { name: settings, data: { LOG_LEVLE: "info", WORKERS: "2" } }

#[derive(RequiredEnv)]
struct Settings {
    database_url: String,
    workers: u16,
    jwt_secret_key: String,
}

deployment! {
    name: api,
    image: "api:1.0",
    env: { DATABSE_URL: "postgres://db/reactions", MODE: "fast" },
    env_from: [config_map(settings)],
    // `MODE` isn't taken for `NODE`: both are wanted.
    requires_env: [MODE, NODE, LOG_LEVEL, DATABASE_URL, (Settings::ENV)],
}

fn main() {}
