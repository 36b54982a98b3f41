//! The rules of the structural phase: what holds for every field of every kind.
//!
//! Only their documentation stands here; [`crate::structure`] checks them.

use super::Rule;
use crate::finding::Severity;

macro_rules! structural {
    ($($name:ident: $id:literal, $what:literal, $source:literal, bad: $bad:literal, good: $good:literal;)*) => {
        $(
            #[doc = $what]
            pub static $name: Rule = Rule {
                id: $id,
                on: "",
                severity: Severity::Error,
                waivable: false,
                what: $what,
                source: $source,
                bad: $bad,
                good: $good,
                check: None,
            };
        )*
        /// The rules of the structural phase.
        pub static RULES: &[&Rule] = &[$(&$name,)* &DUPLICATE_MERGE_KEY];
    };
}

/// As [`DUPLICATE_ITEM`], for lists that only a server-side apply refuses.
pub static DUPLICATE_MERGE_KEY: Rule = Rule {
    id: "duplicate_merge_key",
    on: "",
    severity: Severity::Error,
    waivable: true,
    what: "The items of a list that Kubernetes merges by key differ in that key: a plain create \
           takes such a list and lets the last one win, a server-side apply refuses it.",
    source: "structured-merge-diff: x-kubernetes-list-map-keys, x-kubernetes-list-type",
    bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, value: a}, {name: X, value: b}]}]}}",
    good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, env: [{name: X, value: a}, {name: Y, value: b}]}]}}",
    check: None,
};

structural! {
    DUPLICATE_FIELD: "duplicate_field",
        "A key stands once in its map.",
        "apimachinery: strict decoding",
        bad: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: a, \"k\": b}}",
        good: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: a}}";
    DUPLICATE_ITEM: "duplicate_item",
        "The items of a list that Kubernetes merges by key differ in that key.",
        "the validation functions of each type",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}, {name: a, image: j}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}, {name: b, image: j}]}}";
    EXCLUSIVE_FIELDS: "exclusive_fields",
        "Of fields that exclude each other only one is given.",
        "the validation functions of each type",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, emptyDir: {}, hostPath: {path: /x}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], volumes: [{name: v, emptyDir: {}}]}}";
    INTEGER_RANGE: "integer_range",
        "A number lies in its field's range.",
        "the validation functions of each type",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 70000}]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 7000}]}]}}";
    INVALID_FORMAT: "invalid_format",
        "A text has its field's format, such as that of a DNS label, a label value or a path.",
        "apimachinery: util/validation",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: A_b, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a-b, image: i}]}}";
    INVALID_QUANTITY: "invalid_quantity",
        "A quantity is a number with one of the suffixes n u m k M G T P E Ki Mi Gi Ti Pi Ei, and \
         isn't negative where it measures something.",
        "apimachinery: api/resource.ParseQuantity",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {memory: 1GB}}}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, resources: {limits: {memory: 1G}}}]}}";
    MISSING_FIELD: "missing_field",
        "A field that must be there is there, and isn't empty; what a CRD's schema gives a least length \
         or number of items has it.",
        "OpenAPI: required; CRDs: minLength, minItems; the validation functions of each type",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}";
    TOO_LONG: "too_long",
        "A text or list keeps to its field's greatest length.",
        "the validation functions of each type",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], dnsConfig: {nameservers: [1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4]}}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}], dnsConfig: {nameservers: [1.1.1.1, 1.1.1.2, 1.1.1.3]}}}";
    UNKNOWN_FIELD: "unknown_field",
        "An object has only the fields of its type.",
        "apimachinery: strict decoding",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, imagePullPolcy: Always}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, imagePullPolicy: Always}]}}";
    UNKNOWN_KIND: "unknown_kind",
        "An object's apiVersion and kind are of a type that is known.",
        "the API server's discovery",
        bad: "{apiVersion: v1, kind: Deployment, metadata: {name: a}}",
        good: "{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}}";
    UNSUPPORTED_VALUE: "unsupported_value",
        "A text is one of its field's values, letter for letter.",
        "OpenAPI: enum; the validation functions of each type",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {restartPolicy: always, containers: [{name: a, image: i}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {restartPolicy: Always, containers: [{name: a, image: i}]}}";
    WRONG_TYPE: "wrong_type",
        "A value has its field's type.",
        "apimachinery: strict decoding",
        bad: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, args: [1]}]}}",
        good: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i, args: [\"1\"]}]}}";
}
