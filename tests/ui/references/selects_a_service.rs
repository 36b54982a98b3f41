use reactbin_dsl::*;

service! {
    name: db,
    selector: { app: "db" },
    ports: [5432],
}

service! {
    name: api,
    selects: DbService,
    ports: [5432],
}

fn main() {}
