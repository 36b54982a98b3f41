use reactbin_dsl::*;

pod! {
    #[deny(older_env_name)]
    name: a,
    containers: [{ name: "a", image: "i", env: [{ name: "1A", value: "v" }] }],
}

fn main() {}
