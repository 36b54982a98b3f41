//! `object!` of a team's own kinds, from `team/crds` and `broken/crds`.

use std::path::Path;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::show;
use crate::declare::Declaration;
use crate::errors::Errors;
use crate::lower::Lower;
use crate::schemas::Added;
use crate::spot::Spot;
use crate::{checks, declare, expand, object, parse};

fn added(team: &str) -> std::sync::Arc<Added> {
    Added::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests").join(team))
}

fn lowered(tokens: TokenStream) -> (Lower, Option<Declaration>) {
    let around = Spot::of(Span::call_site());
    let mut errors = Errors::default();
    let mut entries = parse::parse_entries(tokens, around, &mut errors);
    let declared = object::take_kind(&mut entries, around, &added("team"), &mut errors);
    let mut lower = Lower::new(errors, Span::call_site().file());
    let declaration = declared.map(|declared| {
        let declaration = declare::declare(&mut lower, declared, &entries, around);
        checks::check(&mut lower, &declaration);
        declaration
    });
    (lower, declaration)
}

fn widget(rest: TokenStream) -> TokenStream {
    quote!(api_version: "example.com/v1", kind: Widget, name: big_one, #rest)
}

#[track_caller]
fn shown(tokens: TokenStream) -> String {
    let (lower, declaration) = lowered(tokens);
    assert_eq!(lower.errors.texts(), [""; 0]);
    let declaration = declaration.unwrap();
    // Whatever the kind is called, its expansion names nothing that it hasn't.
    expand::expand(&quote!(::reactbin_dsl), &lower, &declaration);
    show(&lower.tree, declaration.root)
}

fn errors(tokens: TokenStream) -> Vec<String> {
    lowered(tokens).0.errors.texts()
}

#[test]
fn keys_are_the_schemas_fields() {
    let head =
        r#"apiVersion: "example.com/v1", kind: "Widget", metadata: {name: "big-one"}, spec: "#;
    for (body, spec) in [
        (
            quote!(size: 3, colour: light_blue, secret_name: big_one),
            r#"{size: 3, colour: "light-blue", secretName: "big-one"}"#,
        ),
        (
            quote!(size: 3, parts: { a: { weight: 5Ki }, b: { weight: 7 } }),
            r#"{size: 3, parts: [{name: "a", weight: "5Ki"}, {name: "b", weight: 7}]}"#,
        ),
        (
            quote!(size: 3, settings: { level: 1, otherThing: { a_b: [1] } }),
            r#"{size: 3, settings: {level: 1, otherThing: {a_b: [1]}}}"#,
        ),
        (quote!(spec: { size: 3 }), "{size: 3}"),
    ] {
        assert_eq!(shown(widget(body)), format!("{{{head}{spec}}}"));
    }
}

#[test]
fn what_the_schema_refuses_is_an_error() {
    for (body, expected) in [
        (quote!(sise: 3), "`object!` has no key `sise`\nhelp: use `size`"),
        (
            quote!(colour: red),
            "missing field `size` of WidgetSpec\nhelp: add `size: …`, which is an integer",
        ),
        (quote!(size: 0), "`0` is out of range\nhelp: use a number from 1 to 9"),
        (
            quote!(size: "3"),
            "`size` takes an integer, not a string\nhelp: write `3` without quotes",
        ),
        (
            quote!(size: 1, colour: rad),
            "`colour` can't be `rad`: it takes `light-blue` or `red`\nhelp: use `red`",
        ),
        (
            quote!(size: 1, parts: [{ name: a }, { name: a }]),
            "`name: a` stands twice in `parts`\nhelp: remove one of them, or change it\nnote: first in line 1",
        ),
        (
            quote!(size: 1, parts: [{ name: a }, { name: b }, { name: c }]),
            "`parts` has 3 items\nhelp: write at most 2",
        ),
        (
            quote!(size: 1, parts: [{ name: a, wait: 1 }]),
            "unknown field `wait` of WidgetSpecParts\nhelp: the fields are `name`, `weight`",
        ),
        (
            quote!(size: 1, parts: [{ name: a, weight: "5Gi" }]),
            "`5Gi` doesn't match `^[0-9]+(Ki|Mi)?$`\nhelp: write what the pattern of the kind's schema allows",
        ),
        (
            quote!(size: 1, parts: [{ name: abcdef }]),
            "the text has 6 characters\nhelp: write at most 5",
        ),
        (
            quote!(size: 1, settings: { level: high }),
            "`level` takes an integer, not the name `high`\nhelp: write a whole number, or `(high)` for a Rust value",
        ),
        (
            quote!(size: 1, labels: { "a b": x }),
            "`a b` has a space at position 2, and a label key has only letters, digits, `-`, `_` and `.`\nhelp: use `\"a-b\"`",
        ),
    ] {
        assert_eq!(errors(widget(body.clone())), [expected], "{body}");
    }
}

#[test]
fn a_kind_may_have_the_name_of_a_built_in_one_and_any_fields() {
    let body = quote! {
        api_version: "serving.example.com/v1",
        kind: Service,
        name: web,
        spec: { ports: [1], anyThing: { at_all: true } },
        extra: 1,
    };
    assert_eq!(
        shown(body),
        r#"{apiVersion: "serving.example.com/v1", kind: "Service", metadata: {name: "web"}, spec: {ports: [1], anyThing: {at_all: true}}, extra: 1}"#
    );
}

#[test]
fn an_unknown_kind_is_told_where_kinds_come_from() {
    let of = |version: &str, kind: TokenStream| {
        errors(quote!(api_version: #version, kind: #kind, name: a)).join("; ")
    };
    for (version, kind, help) in [
        ("example.com/v1", quote!(Wigdet), "use `Widget`"),
        ("example.com/v2", quote!(Widget), "write `api_version: \"example.com/v1\"`"),
        ("v1", quote!(Deployment), "write `api_version: \"apps/v1\"`"),
        (
            "cert-manager.io/v1",
            quote!(Certificate),
            "put its CustomResourceDefinition into the directory `crds` beside this crate's Cargo.toml",
        ),
    ] {
        let expected = format!("unknown kind `{kind}` in `{version}`\nhelp: {help}");
        assert_eq!(of(version, kind), expected);
    }
}

#[test]
fn a_file_that_is_no_yaml_is_an_error_of_the_application() {
    let mut errors = Errors::default();
    let broken = added("broken");
    broken.report(Spot::of(Span::call_site()), &mut errors);
    let [error] = &errors.texts()[..] else { panic!("{errors:?}") };
    assert!(
        error.starts_with("can't read the custom kinds in `crds/gadgets.yaml`: line "),
        "{error}"
    );
    assert!(broken.help().starts_with("mend `crds/gadgets.yaml`: line "), "{}", broken.help());
    assert_eq!(
        added("team").texts(Span::call_site()).to_string().matches("include_str").count(),
        1
    );
    assert!(added("nobody").texts(Span::call_site()).to_string().ends_with("[]"));
}
