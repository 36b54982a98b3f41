use reactbin_dsl::*;

parameter! { name: my-count, type: integer, default: 3 }

fn main() {}
