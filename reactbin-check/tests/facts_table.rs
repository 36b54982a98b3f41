//! The facts table keeps what its readers rely on.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use reactbin_check::facts::{KINDS, Scalar, TYPES, Ty, kind, type_def};

#[test]
fn types_are_sorted_by_name() {
    assert!(TYPES.is_sorted_by(|a, b| a.name < b.name));
    for ty in TYPES {
        assert_eq!(type_def(ty.name), Some(*ty));
    }
    assert_eq!(type_def("api.core.v1.PodList"), None);
}

#[test]
fn kinds_are_sorted_by_group_kind_and_version() {
    assert!(KINDS.is_sorted_by_key(|k| (k.group, k.kind, k.version)));
    for k in KINDS {
        assert!(std::ptr::eq(kind(&k.api_version(), k.kind).unwrap(), *k));
        for field in ["apiVersion", "kind", "metadata"] {
            assert!(k.ty.field(field).is_some(), "{} has no {field}", k.kind);
        }
    }
}

#[test]
fn fields_are_sorted_and_their_rust_names_unambiguous() {
    for ty in TYPES {
        assert!(ty.fields.is_sorted_by(|a, b| a.name < b.name), "{}", ty.name);
        let snakes: BTreeSet<_> = ty.fields.iter().map(|field| field.snake).collect();
        assert_eq!(snakes.len(), ty.fields.len(), "{}", ty.name);
    }
}

#[test]
fn list_keys_are_fields_of_the_items() {
    for ty in TYPES {
        for field in ty.fields.iter().filter(|field| !field.keys.is_empty()) {
            let Ty::List(Ty::Object(item)) = field.ty else {
                panic!("{}.{} has keys but no objects", ty.name, field.name);
            };
            for key in field.keys {
                assert!(item.field(key).is_some(), "{}.{}: {key}", ty.name, field.name);
            }
        }
    }
}

#[test]
fn container_port() {
    let container = type_def("api.core.v1.Container").unwrap();
    let ports = container.field_by_snake("ports").unwrap();
    assert_eq!(ports.keys, ["containerPort", "protocol"]);
    let protocol = type_def("api.core.v1.ContainerPort").unwrap().field("protocol").unwrap();
    assert_eq!(protocol.default, Some(Scalar::Str("TCP")));
    assert_eq!(protocol.values, ["SCTP", "TCP", "UDP"]);
    assert!(!protocol.required);
}

#[test]
fn vault_kinds_are_custom() {
    let custom: Vec<_> = KINDS.iter().filter(|k| k.custom).map(|k| k.kind).collect();
    assert_eq!(custom, ["VaultAuth", "VaultStaticSecret"]);
    let ty = "com.hashicorp.secrets.v1beta1.VaultAuthSpecKubernetes";
    let seconds = type_def(ty).unwrap().field("tokenExpirationSeconds").unwrap();
    assert_eq!(
        (seconds.limits.and_then(|limits| limits.minimum), seconds.default),
        (Some(600), Some(Scalar::Int(600)))
    );
}
