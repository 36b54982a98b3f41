use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
    restart_policy: Never,
    security_context: { run_as_non_root: false },
}

fn main() {}
