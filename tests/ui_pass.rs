//! What must compile: the files of `tests/ui/pass/`. They are modules of this test, since
//! trybuild would compile everything that they depend on once more.
#![allow(missing_docs)]

#[path = "ui/pass/expressions.rs"]
mod expressions;
#[path = "ui/pass/macros.rs"]
mod macros;
#[path = "ui/pass/places.rs"]
mod places;

/// The declarations of all modules are in this program; those of `macros` are written here.
#[test]
fn every_declaration_is_registered() {
    let app = macros::app();
    let refused = app.manifests(&reactbin_dsl::Values::new()).map(|_| ());
    assert!(refused.is_err(), "two modules declare the Service `a`");
}
