use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
    restart_policy: Never,
    pod_failure_policy: {
        rules: [{ action: FailJob, on_exit_codes: { operator: In, values: [3, 1, 3] } }],
    },
}

fn main() {}
