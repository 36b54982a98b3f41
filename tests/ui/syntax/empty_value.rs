use reactbin_dsl::*;

deployment! {
    name: api,
    image: ,
    replicas: 2,
}

fn main() {}
