use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
    restart_policy: Always,
}

fn main() {}
