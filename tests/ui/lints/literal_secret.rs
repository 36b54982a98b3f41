use reactbin_dsl::*;

pod! {
    #[deny(literal_secret)]
    name: a,
    containers: [{ name: "a", image: "i", env: [{ name: "DB_PASSWORD", value: "hunter2" }] }],
}

fn main() {}
