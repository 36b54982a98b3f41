use reactbin_dsl::*;

pod! {
    #[deny(literal_env_secret)]
    name: a,
    containers: [{ name: "a", image: "i", env: [{ name: "SECRET_STORE", value: "vault" }] }],
}

fn main() {}
