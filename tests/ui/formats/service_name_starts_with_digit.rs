use reactbin_dsl::*;

service! {
    name: "2048",
    selector: { app: "game" },
    ports: [80],
}

fn main() {}
