//! `image!`: what it leaves of an image, and what it says of a wrong one.

use proc_macro2::TokenStream;
use quote::quote;

use super::absolute_paths;
use crate::Invocation;
use crate::image::expand_image;

/// A Dockerfile of the facade's tests; paths start in this package.
const DOCKERFILE: &str = "../reactbin-dsl/tests/files/Dockerfile";

fn expand(body: TokenStream) -> TokenStream {
    expand_image(Invocation::parse(quote!((the_facade) #body)))
}

/// The expansion without spaces.
fn text(body: TokenStream) -> String {
    expand(body).to_string().replace(' ', "")
}

#[test]
fn what_the_dockerfile_says_is_a_constant() {
    let text = text(quote! {
        /// The API.
        name: my_api,
        reference: "api:1",
        dockerfile: #DOCKERFILE,
    });
    for part in [
        "pubstructMyApiImage;",
        "#[doc=\"TheAPI.\"]",
        "TextPart::Literal(\"api:1\")",
        "context:\"../reactbin-dsl/tests/files\"",
        "user:__reactbin::ImageUser::Id{id:1001i64,line:8u32}",
        "complete:true,known:&[__reactbin::PortRange{first:8000i64,last:8000i64,protocol:\"TCP\"}]",
        "path:\"/app/alembic.ini\",kind:__reactbin::PathKind::File,source:\"alembic.ini\",line:5u32",
        "path:\"/app/src\",kind:__reactbin::PathKind::Tree,source:\"src\",line:6u32",
        // So that an edit is seen.
        "include_bytes!(::core::concat!(::core::env!(\"CARGO_MANIFEST_DIR\"),\"/../reactbin-dsl/tests/files/Dockerfile\"))",
    ] {
        assert!(text.contains(part), "{part} isn't in {text}");
    }
    assert!(!text.contains("compile_error"), "{text}");
}

#[test]
fn of_an_image_without_a_dockerfile_only_what_is_said_is_known() {
    let text = text(quote!(name: ui, reference: "ui:1", user: 101, provides: ["/a/", "/b"]));
    for part in [
        "dockerfile:\"\"",
        "user:__reactbin::ImageUser::Id{id:101i64,line:0u32}",
        "ports:__reactbin::ImagePorts{complete:false,known:&[]}",
        "path:\"/a\",kind:__reactbin::PathKind::Tree",
    ] {
        assert!(text.contains(part), "{part} isn't in {text}");
    }
    assert!(!text.contains("include_bytes"), "{text}");
}

#[test]
fn a_broken_image_still_defines_its_item_and_is_silent() {
    let text = text(quote!(name: api, reference: "api:1", dockerfile: #DOCKERFILE, usr: 1));
    assert!(text.contains("compile_error"), "{text}");
    assert!(text.contains("pubstructApiImage;"), "{text}");
    assert!(text.contains("ImageUser::Unknown"), "{text}");
    assert!(text.contains("ImagePaths{complete:false,known:&[]}"), "{text}");
}

#[test]
fn an_expansion_names_only_the_facade_and_core() {
    let body = quote!(name: api, reference: "a:" + param(tag), dockerfile: #DOCKERFILE);
    let expansion = expand(body);
    let mut roots = Vec::new();
    absolute_paths(expansion.clone(), &mut roots);
    roots.sort();
    roots.dedup();
    assert_eq!(roots, ["core"]);
    assert_eq!(expansion.to_string().matches("the_facade").count(), 1);
}

#[test]
fn no_tokens_make_it_panic() {
    for body in [
        quote!(),
        quote!(,),
        quote!(name),
        quote!(name: "", reference: ""),
        quote!(name: a, reference: []),
        quote!(name: a::b, reference: 1, dockerfile: ["x"], context: {}, target: [], user: -1),
        quote!(name: a, reference: b.c, dockerfile: "", provides: [1, "a", "/", "..", "//"]),
        quote!(name: a, reference: "a", dockerfile: "src", context: "nowhere", target: x),
        quote!(name: a, reference: "a", dockerfile: "/etc/hostname"),
        quote!(name: a, reference: file("x"), dockerfile: "Cargo.toml"),
    ] {
        let text = expand(body.clone()).to_string();
        assert!(text.contains("compile_error"), "{body}");
    }
}
