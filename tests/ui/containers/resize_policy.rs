use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resize_policy: [
        { resource_name: "cpu", restart_policy: NotRequired },
        { resource_name: "cpu", restart_policy: RestartContainer },
        { resource_name: "disk", restart_policy: NotRequired },
    ],
}

fn main() {}
