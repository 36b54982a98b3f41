use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
    restart_policy: Never,
    selector: { match_labels: { app: "import" } },
}

fn main() {}
