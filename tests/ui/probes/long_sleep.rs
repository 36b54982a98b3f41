use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    lifecycle: { pre_stop: { sleep: { seconds: 60 } } },
}

fn main() {}
