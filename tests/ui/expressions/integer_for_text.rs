use reactbin_dsl::*;

const TAG: u32 = 2;

deployment! {
    name: api,
    image: (TAG),
}

fn main() {}
