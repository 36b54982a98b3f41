use reactbin_dsl::*;

service! {
    #[deny(external_name_address)]
    name: a,
    type: "ExternalName",
    external_name: "10.1.2.3",
}

fn main() {}
