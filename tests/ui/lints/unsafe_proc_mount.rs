use reactbin_dsl::*;

pod! {
    #[deny(unsafe_proc_mount)]
    name: a,
    host_users: false,
    containers: [{ name: "a", image: "i", security_context: { proc_mount: "Unmasked" } }],
}

fn main() {}
