use reactbin_dsl::*;

pod! {
    #[deny(env_used_before_defined)]
    name: a,
    containers: [
        {
            name: "a",
            image: "i",
            env: [
                { name: "URL", value: "http://$(HOST)/" },
                { name: "HOST", value: "shop" },
            ],
        },
    ],
}

fn main() {}
