use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    env: {
        NODE: {
            value_from: {
                field_ref: { field_path: "spec.nodeName" },
                resource_field_ref: { resource: "limits.cpu" },
            },
        },
    },
}

fn main() {}
