use reactbin_dsl::*;

config_map! { name: settings, data: { LOG_LEVEL: "info" } }

deployment! {
    name: api,
    image: "api:1.0",
    env: { MODE: "fast" },
    env_from: [config_map(settings)],
    requires_env: [MODE, LOG_LEVEL, DATABASE_URL, JWT_SECRET_KEY],
}

fn main() {}
