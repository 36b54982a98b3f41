use reactbin_dsl::*;

pod! {
    #[deny(dns_without_ndots)]
    name: a,
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
