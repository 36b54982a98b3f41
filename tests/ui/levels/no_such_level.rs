use reactbin_dsl::*;

pod! {
    name: web,
    #[error(run_as_root)]
    image: "web:1.0",
}

fn main() {}
