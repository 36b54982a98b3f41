use reactbin_dsl::*;

service! {
    name: db,
    type: ExternalName,
}

fn main() {}
