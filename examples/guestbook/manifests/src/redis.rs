//! Redis: one leader that is written to, followers that are read from.

use reactbin_dsl::*;

parameter! {
    /// The memory of each Redis.
    name: redis_memory,
    type: quantity,
    default: 256Mi,
}

/// A Redis with its Service: the team's own macro, made of the DSL's.
macro_rules! redis {
    ($name:ident, $role:literal, replicas: $replicas:literal) => {
        deployment! {
            name: $name,
            labels: { owner: data },
            replicas: $replicas,
            image: (image("redis")),
            args: (arguments($role)),
            ports: { redis: 6379 },
            readiness_probe: { tcp_socket: { port: redis }, period_seconds: 5 },
            resources: {
                requests: { cpu: 100m, memory: param(redis_memory) },
                limits: { memory: param(redis_memory) },
            },
        }

        service! {
            name: $name,
            selects: $name,
            ports: [{ port: 6379, target_port: redis }],
        }
    };
}

redis!(redis_leader, "leader", replicas: 1);
redis!(redis_follower, "follower", replicas: 2);

/// Where the team's images are, in one place.
fn image(name: &str) -> String {
    format!("registry.example.com/mirror/{name}:8.2.1")
}

/// A leader follows nobody, and has none.
fn arguments(role: &str) -> Option<[&'static str; 3]> {
    (role == "follower").then_some(["--replicaof", "redis-leader", "6379"])
}
