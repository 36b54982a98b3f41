use reactbin_dsl::*;

image! {
    name: api,
    reference: "api:1.0",
    dockerfile: "context/named.Dockerfile",
}

init_container! {
    name: migrate,
    image: api,
    needs: ["/etc/app/settings.ini"],
}

fn main() {}
