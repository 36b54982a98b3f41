use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    host_pid: true,
    share_process_namespace: true,
}

fn main() {}
