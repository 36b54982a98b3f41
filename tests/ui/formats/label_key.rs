use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    labels: { "example.com/team/web": "yes" },
}

fn main() {}
