use reactbin_dsl::*;

deployment! {
    name: api,
    image: { repository: "api", tag: "1.0" },
}

fn main() {}
