use reactbin_dsl::*;

deployment! {
    #[deny(writable_root_file_system)]
    name: web,
    containers: {
        web: { image: "web:1.0", security_context: { run_as_user: 1000 } },
        proxy: { image: "proxy:1.0" },
        sidecar: { image: "sidecar:1.0", security_context: { read_only_root_filesystem: false } },
    },
}

fn main() {}
