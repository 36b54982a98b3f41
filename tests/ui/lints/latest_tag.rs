use reactbin_dsl::*;

deployment! {
    #[deny(latest_tag)]
    name: web,
    image: "registry.example.com:5000/web",
    init_containers: { migrate: { image: "registry.example.com:5000/web:latest" } },
}

fn main() {}
