use reactbin_dsl::*;

service! {
    name: "a-service-whose-name-is-longer-than-the-sixty-three-characters-of-a-label",
    selector: { app: "api" },
    ports: [80],
}

fn main() {}
