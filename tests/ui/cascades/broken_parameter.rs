use reactbin_dsl::*;

parameter! {
    name: api_tag,
    type: image_tags,
    default: "latest",
}

deployment! {
    name: api,
    image: "api:" + param(api_tag),
}

fn main() {}
