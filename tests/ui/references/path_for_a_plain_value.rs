use reactbin_dsl::*;

deployment! {
    name: api,
    image: crate::images::api,
}

fn main() {}
