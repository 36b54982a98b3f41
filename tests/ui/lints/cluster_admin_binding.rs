use reactbin_dsl::*;

cluster_role_binding! {
    #[deny(cluster_admin_binding)]
    name: a,
    role_ref: {
        api_group: "rbac.authorization.k8s.io",
        kind: "ClusterRole",
        name: "cluster-admin",
    },
    subjects: [{ kind: "ServiceAccount", name: "a", namespace: "n" }],
}

fn main() {}
