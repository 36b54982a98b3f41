use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    #[allow(run_as_rot, reason = "writes to a host path")]
    security_context: { run_as_user: 0 },
}

pod! {
    name: shell,
    image: "shell:1.0",
    #[allow(run-as-root, reason = "writes to a host path")]
    security_context: { run_as_user: 0 },
}

cron_job! {
    name: clean,
    schedule: "0 3 * * *",
    image: "clean:1.0",
    restart_policy: Never,
    #[alow(run_as_root, reason = "writes to a host path")]
    security_context: { run_as_user: 0 },
}

fn main() {}
