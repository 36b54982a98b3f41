use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    host_aliases: [{ ip: 10.0.0.1, hostnames: [db.example.com] }],
}

fn main() {}
