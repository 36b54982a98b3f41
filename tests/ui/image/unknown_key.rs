use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    docker_file: "context/Dockerfile",
}

deployment! {
    name: api,
    image: api,
    needs: ["/app/alembic.ini"],
}

fn main() {}
