use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/Dockerfile",
}

init_container! {
    name: migrate,
    image: api,
    working_dir: "/srv/api",
    needs: ["/app/alembic.ini", "/app/migrations"],
    security_context: { run_as_non_root: true, run_as_user: 1000 },
}

deployment! { name: api, image: api, init: migrate, ports: [80] }

fn main() {}
