use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
}

deployment! {
    name: api,
    image: api,
    needs: ["/app/alembic.ini", "/app/alembic.toml", "/app/app/main.py"],
}

fn main() {}
