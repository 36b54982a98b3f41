//! The checks of kube-linter that no lint stands for: those that the rules of the API server make
//! already, and those that are left out.

use super::{Check, off, on};

/// A check that rules make.
#[derive(Clone, Copy, Debug)]
pub struct Covered {
    /// The check.
    pub check: Check,
    /// The rules, by their ids: where the check finds something, one of them does.
    pub rules: &'static [&'static str],
    /// How they differ from it.
    pub note: &'static str,
}

/// The checks that rules make, by name.
pub static COVERED_BY_RULES: &[Covered] = &[
    Covered {
        check: on("duplicate-env-var"),
        rules: &["duplicate_merge_key"],
        note: "The rule is about every list that Kubernetes merges by a key, of variables by their \
               name.",
    },
    Covered {
        check: on("invalid-target-ports"),
        rules: &["integer_range", "invalid_format"],
        note: "The rules are about the numbers and texts of every field.",
    },
    Covered {
        check: on("mismatching-selector"),
        rules: &[
            "empty_selector",
            "invalid_format",
            "job_selector",
            "missing_field",
            "operator_values",
            "selector_mismatch",
            "unsupported_value",
        ],
        note: "A selector that is absent, empty, wrong in itself or of other labels than the template \
               has is refused.",
    },
    Covered {
        check: off("schema-validation"),
        rules: &[
            "duplicate_field",
            "invalid_quantity",
            "missing_field",
            "unknown_field",
            "unknown_kind",
            "unsupported_value",
            "wrong_type",
        ],
        note: "The facts are the API server's own schema; custom kinds are checked by their \
               definitions.",
    },
];

/// The checks that are left out, and why.
pub static LEFT_OUT: &[(Check, &str)] = &[];

/// The check that a rule stands for.
pub(super) fn of_rule(id: &str) -> &'static [Check] {
    let covered = COVERED_BY_RULES.iter().find(|covered| covered.rules.contains(&id));
    covered.map_or(&[], |covered| std::slice::from_ref(&covered.check))
}
