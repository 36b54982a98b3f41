use reactbin_dsl::*;

pod! {
    #[deny(older_search_domain)]
    name: a,
    dns_config: { searches: ["_tcp.example.com"] },
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
