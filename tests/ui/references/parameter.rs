use reactbin_dsl::*;

parameter! {
    name: api_tag,
    type: image_tag,
    default: "latest",
}

deployment! {
    name: api,
    image: "api:" + param(tag),
}

fn main() {}
