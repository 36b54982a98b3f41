use reactbin_dsl::*;

service! {
    name: api,
    selector: { app: "api" },
    type: LoadBalancer,
    load_balancer_source_ranges: ["10.0.0.0"],
    ports: [80],
}

fn main() {}
