use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
}

deployment! {
    name: api,
    containers: {
        api: { image: api, needs: ["app/alembic.ini"] },
        migrate: { image: api, needs: "/app/alembic.ini" },
    },
}

fn main() {}
