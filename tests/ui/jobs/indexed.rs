use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
    restart_policy: Never,
    completion_mode: Indexed,
    parallelism: 2,
}

fn main() {}
