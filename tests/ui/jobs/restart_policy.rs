use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
}

fn main() {}
