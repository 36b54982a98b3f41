use reactbin_dsl::*;

job! {
    name: import,
    image: "import:1.0",
    restart_policy: Never,
    pod_replacement_policy: TerminatingOrFailed,
    pod_failure_policy: {
        rules: [{ action: FailIndex, on_pod_conditions: [{ type: "DisruptionTarget", status: "True" }] }],
    },
}

fn main() {}
