use reactbin_dsl::*;

config_map! {
    name: settings,
    data: {
        "app.properties": "db.url=jdbc:postgresql://db/shop\ndb.password=hunter2",
        LOG_LEVEL: "info",
    },
}

deployment! {
    name: web,
    annotations: { "example.com/webhook": "https://bot:s3cr3t-pass@chat.example.com/hook" },
    image: "web:1.0",
    args: ["serve", "--token", "f3Kq9vLx2mPz7RtB", "--port=8000"],
    env: {
        DATABASE_URL: "postgres://shop:hunter2@db.example.com/shop",
        SECRET_KEY_FILE: "/run/secrets/key",
        API_KEY: "$(OTHER)",
        ADMIN_PASSWORD: "changeme",
    },
}

fn main() {}
