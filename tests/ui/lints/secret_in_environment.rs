use reactbin_dsl::*;

pod! {
    #[deny(secret_in_environment)]
    name: a,
    containers: [
        {
            name: "a",
            image: "i",
            env: [
                {
                    name: "PASSWORD",
                    value_from: { secret_key_ref: { name: external("s"), key: "k" } },
                },
            ],
        },
    ],
}

fn main() {}
