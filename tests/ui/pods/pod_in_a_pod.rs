use reactbin_dsl::*;

pod! {
    name: web,
    pod: { containers: { web: { image: "web:1.0" } }, host_pid: true },
}

object! {
    api_version: v1,
    kind: Pod,
    name: job,
    image: "job:1.0",
    pod: { restart_policy: Never },
}

fn main() {}
