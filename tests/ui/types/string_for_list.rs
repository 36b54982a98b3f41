use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    command: "python main.py",
}

fn main() {}
