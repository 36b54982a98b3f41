use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
    restart_policy: Never,
    backoff_limit_per_index: 2,
}

fn main() {}
