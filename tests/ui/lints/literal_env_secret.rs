use reactbin_dsl::*;

pod! {
    #[deny(literal_env_secret)]
    name: a,
    containers: [{ name: "a", image: "i", env: [{ name: "CLIENT_SECRET", value: "hunter2" }] }],
}

fn main() {}
