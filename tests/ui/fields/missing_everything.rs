use reactbin_dsl::*;

deployment! {}

fn main() {}
