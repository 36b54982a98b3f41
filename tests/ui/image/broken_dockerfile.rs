use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/broken.Dockerfile",
}

deployment! {
    name: api,
    image: api,
    needs: ["/app/alembic.ini"],
}

fn main() {}
