use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    security_context: { windows_options: { run_as_user_name: "a/b" } },
}

fn main() {}
