use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    min_ready_seconds: 60,
    progress_deadline_seconds: 30,
}

fn main() {}
