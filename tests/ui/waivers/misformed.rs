use reactbin_dsl::*;

// What it names counts, so that one mistake is one error.
pod! {
    name: web,
    containers: [
        {
            name: quotes,
            image: "web:1.0",
            #[allow("run_as_root", reason = "mounts what belongs to root")]
            security_context: { run_as_user: 0 },
        },
        {
            name: colon,
            image: "web:1.0",
            #[allow(run_as_root, reason: "mounts what belongs to root")]
            security_context: { run_as_user: 0 },
        },
        {
            name: equals,
            image: "web:1.0",
            #[allow = "run_as_root"]
            security_context: { run_as_user: 0 },
        },
    ],
}

fn main() {}
