//! Metadata and label selectors, which every kind shares.
//!
//! What the server demands of an object's own metadata but not of a template's (its name, its
//! finalizers, its owners) is in [`crate::rules::metadata`].

use super::Constraint::{Format, Keys, MapValues, MaxLength, OneOf, Range, Required};
use super::TypeOverrides;
use crate::formats::Format::{AnnotationKey, LabelKey, LabelValue};

pub(super) const TYPES: &[TypeOverrides] = &[
    TypeOverrides {
        ty: "apimachinery.pkg.apis.meta.v1.LabelSelector",
        fields: &[("matchLabels", Keys(LabelKey)), ("matchLabels", MapValues(LabelValue))],
        choices: &[],
    },
    TypeOverrides {
        ty: "apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement",
        fields: &[
            ("key", Required),
            ("key", Format(LabelKey)),
            ("operator", Required),
            ("operator", OneOf(&["In", "NotIn", "Exists", "DoesNotExist"])),
            ("values", Format(LabelValue)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "apimachinery.pkg.apis.meta.v1.ObjectMeta",
        fields: &[
            ("annotations", Keys(AnnotationKey)),
            ("annotations", MaxLength(256 * 1024)),
            ("generation", Range(0, i64::MAX)),
            ("labels", Keys(LabelKey)),
            ("labels", MapValues(LabelValue)),
        ],
        choices: &[],
    },
    TypeOverrides {
        ty: "apimachinery.pkg.apis.meta.v1.OwnerReference",
        fields: &[
            ("apiVersion", Required),
            ("kind", Required),
            ("name", Required),
            ("uid", Required),
        ],
        choices: &[],
    },
];
