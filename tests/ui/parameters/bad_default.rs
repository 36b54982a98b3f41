use reactbin_dsl::*;

parameter! {
    name: replicas,
    type: integer,
    default: "two",
}

fn main() {}
