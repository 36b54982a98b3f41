use reactbin_dsl::*;

pod! {
    #[deny(cluster_dns_on_host_network)]
    name: a,
    host_network: true,
    dns_policy: "ClusterFirst",
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
