use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volumes: {
        config: {
            projected: {
                sources: [
                    { secret: { name: external("a"), items: [{ key: "a", path: "x" }] } },
                    { secret: { name: external("b"), items: [{ key: "b", path: "x" }] } },
                ],
            },
        },
    },
}

fn main() {}
