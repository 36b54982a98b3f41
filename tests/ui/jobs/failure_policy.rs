use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
    restart_policy: OnFailure,
    pod_failure_policy: {
        rules: [{ action: FailJob, on_exit_codes: { container_name: improt, operator: In, values: [0] } }],
    },
}

fn main() {}
