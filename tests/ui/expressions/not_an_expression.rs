use reactbin_dsl::*;

deployment! {
    name: api,
    image: (format!("api:{}", )),
    replicas: (1 +),
}

fn main() {}
