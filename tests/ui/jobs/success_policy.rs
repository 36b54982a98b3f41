use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
    restart_policy: Never,
    success_policy: { rules: [{ succeeded_count: 1 }] },
}

fn main() {}
