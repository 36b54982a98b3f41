use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volumes: { data: { host_path: { path: "/var/../etc" } } },
}

fn main() {}
