use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    host_users: false,
    host_pid: true,
}

fn main() {}
