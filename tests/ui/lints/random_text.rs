use reactbin_dsl::*;

pod! {
    #[deny(random_text)]
    name: a,
    containers: [
        {
            name: "a",
            image: "i",
            env: [{ name: "SEED", value: "q7Rk2mXv9TzLw4Yb8NcJ5hGd1PfS6aUe" }],
        },
    ],
}

fn main() {}
