use reactbin_dsl::*;

image! { name: api, reference: "api:1.0", provides: ["/app"] }

deployment! {
    name: api,
    image: api,
    needs: ["/app/alembic.ini", "/etc/api.ini"],
}

fn main() {}
