use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volumes: { data: { empty_dir: {}, host_path: { path: "/data" } } },
}

fn main() {}
