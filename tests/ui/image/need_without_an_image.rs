use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    needs: ["/app/alembic.ini"],
}

fn main() {}
