use reactbin_dsl::*;

pod! {
    #[deny(writable_root_file_system)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
