use reactbin_dsl::*;

deployment! {
    name: api,
    containers: { api: { image: "api:1.0" } },
    needs: ["/app/alembic.ini"],
}

fn main() {}
