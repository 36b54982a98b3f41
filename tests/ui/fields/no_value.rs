use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    replicas: null,
    paused: None,
    min_ready_seconds: ~,
    revision_history_limit: N,
    host_network: yes,
}

fn main() {}
