use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volumes: {
        info: {
            downward_api: {
                items: [
                    { path: "name", field_ref: { field_path: "status.podIP" } },
                    { path: "cpu", resource_field_ref: { resource: "limits.cpu" } },
                    { path: "../labels", field_ref: { field_path: "metadata.labels" } },
                ],
            },
        },
    },
}

fn main() {}
