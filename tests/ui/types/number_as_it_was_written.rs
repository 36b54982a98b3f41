use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    labels: { version: 1.10, major: 1.0, flags: 0x1F },
    env: { RATE: 1e3, OFFSET: -2.50 },
}

config_map! {
    name: settings,
    data: { SIZE: 1_000, RATIO: 0.50 },
}

fn main() {}
