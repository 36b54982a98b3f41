use reactbin_dsl::*;

service! {
    name: web,
    selector: { match_labels: { app: web } },
    ports: { http: 80 },
}

fn main() {}
