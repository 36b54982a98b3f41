//! What differs from one installation to the next.

use reactbin_dsl::*;

parameter! {
    /// The domain under which the application is reached.
    name: domain,
    type: host,
    placeholder: "<your-domain>",
}

parameter! {
    /// The tag of the API's image.
    name: api_tag,
    type: image_tag,
    default: "latest",
}

parameter! {
    /// The tag of the UI's image.
    name: ui_tag,
    type: image_tag,
    default: "latest",
}

parameter! {
    /// The tag of MinIO's image.
    name: minio_tag,
    type: image_tag,
    default: "latest",
}

parameter! {
    /// The tag of the image of MinIO's client, which makes the bucket.
    name: mc_tag,
    type: image_tag,
    default: "latest",
}
