use reactbin_dsl::*;

cluster_role_binding! {
    // What Cargo.toml can say for a whole crate, for one declaration.
    #[deny(cluster_admin_binding)]
    name: deployer,
    role_ref: external("cluster-admin"),
    subjects: [user("alice")],
}

deployment! {
    #[deny(latest_tag, no_liveness_probe, unset_memory_limit)]
    name: web,
    image: "registry.example.com/web",
    env: { SMTP_PASSWORD: "hunter2" },
    security_context: { run_as_user: 0, capabilities: { drop: ["NET_RAWW"] } },
}

fn main() {}
