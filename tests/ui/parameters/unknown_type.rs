use reactbin_dsl::*;

parameter! {
    name: api_tag,
    type: tag,
    default: "latest",
}

fn main() {}
