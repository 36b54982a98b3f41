//! Through the k8s-openapi type of its kind and back: what is written has been a typed object.
//!
//! The types are named here and nowhere else; each costs the compiler, so only kinds that a
//! declaration can have stand in the table.

use k8s_openapi::api::{apps, batch, core, networking};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_yaml::Value;

/// What a typed object made of a value.
#[derive(Debug)]
pub(crate) enum RoundTrip {
    /// The value that the typed object serialises to.
    Through(Value),
    /// No typed object is known for the kind.
    NoType,
}

/// Passes a value through the type of its kind.
///
/// # Errors
/// What serde says of a value that the type doesn't take.
pub(crate) fn round_trip(
    api_version: &str,
    kind: &str,
    value: Value,
) -> Result<RoundTrip, serde_yaml::Error> {
    let through = match (api_version, kind) {
        ("apps/v1", "Deployment") => through::<apps::v1::Deployment>,
        ("apps/v1", "StatefulSet") => through::<apps::v1::StatefulSet>,
        ("batch/v1", "Job") => through::<batch::v1::Job>,
        ("networking.k8s.io/v1", "Ingress") => through::<networking::v1::Ingress>,
        ("v1", "Namespace") => through::<core::v1::Namespace>,
        ("v1", "Service") => through::<core::v1::Service>,
        _ => return Ok(RoundTrip::NoType),
    };
    through(value).map(RoundTrip::Through)
}

fn through<T: DeserializeOwned + Serialize>(value: Value) -> Result<Value, serde_yaml::Error> {
    serde_yaml::to_value(serde_yaml::from_value::<T>(value)?)
}
