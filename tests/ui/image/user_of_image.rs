use reactbin_dsl::*;

image! { name: ui, reference: "nginxinc/nginx-unprivileged:1.29", user: 101 }

deployment! {
    name: ui,
    image: ui,
    security_context: { run_as_user: 1001 },
}

fn main() {}
