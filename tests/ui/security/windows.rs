use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    os: { name: windows },
    security_context: { run_as_user: 1000 },
    pod: { host_pid: true },
}

fn main() {}
