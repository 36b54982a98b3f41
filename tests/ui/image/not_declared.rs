use reactbin_dsl::*;

deployment! {
    name: api,
    image: nginx,
}

fn main() {}
