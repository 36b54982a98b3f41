use reactbin_dsl::*;

pod! {
    #[deny]
    name: web,
    #[forbid()]
    image: "web:1.0",
    #[warn(run_as_rot)]
    args: ["a"],
}

fn main() {}
