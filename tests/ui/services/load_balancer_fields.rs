use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    load_balancer_source_ranges: ["10.0.0.0/8"],
    load_balancer_class: "example.com/lb",
    ports: [80],
}

fn main() {}
