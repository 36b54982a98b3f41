use reactbin_dsl::*;

parameter! { name: tag, type: image_tag, default: "1.0" }

deployment! {
    name: api,
    image: "api:" param(tag),
    replicas: 2,
}

fn main() {}
