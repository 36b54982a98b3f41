use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    node_name: "node-1",
    scheduling_gates: [{ name: "example.com/wait" }],
}

fn main() {}
