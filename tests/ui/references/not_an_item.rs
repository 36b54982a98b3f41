use reactbin_dsl::*;

struct CacheSecret;

deployment! {
    name: api,
    image: "api:1.0",
    env_from: [cache],
    env: { PASSWORD: cache.PASSWORD },
}

fn main() {}
