use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    dns_config: { nameservers: ["dns.example.com"], searches: ["Example.com"] },
}

fn main() {}
