use reactbin_dsl::*;

pod! {
    #[deny(latest_tag)]
    name: a,
    containers: [{ name: "a", image: "nginx:latest" }],
}

fn main() {}
