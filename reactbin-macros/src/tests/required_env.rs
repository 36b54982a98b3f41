//! `#[derive(RequiredEnv)]`: which variables a struct requires, and what is said of a wrong one.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::required_env::expand_required_env;

/// The names in `ENV`.
fn names(input: TokenStream) -> Vec<String> {
    let text = expand_required_env(input).to_string();
    assert!(!text.contains("compile_error"), "{text}");
    let (_, names) = text.split_once("= & [").unwrap();
    let names =
        names.split(']').next().unwrap().split(',').map(|name| name.trim().trim_matches('"'));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The first line of each error.
fn errors(input: TokenStream) -> Vec<String> {
    let mut texts = Vec::new();
    collect(expand_required_env(input), &mut texts);
    texts.sort();
    texts
}

fn collect(tokens: TokenStream, texts: &mut Vec<String>) {
    let mut in_error = false;
    for tree in tokens {
        match tree {
            TokenTree::Ident(ident) => in_error |= ident == "compile_error",
            TokenTree::Group(group) if in_error => {
                let text = group.stream().to_string();
                texts.push(text.trim_matches('"').split("\\n").next().unwrap().to_owned());
                in_error = false;
            }
            _ => {}
        }
    }
}

#[test]
fn a_field_is_the_variable_of_its_name() {
    let input = quote! {
        /// The settings.
        #[derive(Debug)]
        pub(crate) struct Settings {
            /// The database.
            pub database_url: String,
            pub(super) s3_bucket: Vec<Option<u8>>,
            r#type: std::collections::HashMap<String, Option<u8>>,
        }
    };
    assert_eq!(names(input), ["DATABASE_URL", "S3_BUCKET", "TYPE"]);
    assert_eq!(
        names(quote!(
            struct Empty {}
        )),
        [""; 0]
    );
}

#[test]
fn what_can_be_left_out_isnt_required() {
    let input = quote! {
        struct Settings {
            a: Option<String>,
            b: std::option::Option<String>,
            #[env(default)]
            c: String,
            #[serde(default)]
            d: String,
            #[serde(default = "five")]
            e: String,
            #[serde(skip)]
            f: String,
            #[serde(skip_deserializing, rename = "x")]
            g: String,
            #[serde(flatten)]
            #[env(default)]
            h: Database,
            i: String,
        }
    };
    assert_eq!(names(input), ["I"]);
    assert_eq!(
        names(quote!(
            #[serde(default)]
            struct S {
                a: String,
            }
        )),
        [""; 0]
    );
}

#[test]
fn names_can_be_said() {
    let input = quote! {
        #[env(prefix = "APP_")]
        #[serde(rename_all = "lowercase", deny_unknown_fields)]
        struct Settings {
            a: String,
            #[env(name = "WHOLE")]
            b: String,
            #[serde(rename = "RENAMED", with = "x", bound(deserialize = "T: X"))]
            c: String,
            #[serde(rename(serialize = "no", deserialize = "YES"))]
            d: String,
            #[serde(rename = "no")]
            #[env(name = "E")]
            e: String,
        }
    };
    assert_eq!(names(input), ["APP_A", "WHOLE", "APP_RENAMED", "APP_YES", "E"]);
}

#[test]
fn generics_go_on_to_the_implementation() {
    let input = quote! {
        struct Settings<'a, T: Into<String> = String, const N: usize = 1> where T: Copy {
            a: &'a [T; N],
        }
    };
    let text = expand_required_env(input).to_string();
    let start = "impl < 'a , T : Into < String > , const N : usize > Settings < 'a , T , N > where T : Copy {";
    assert!(text.starts_with(start), "{text}");
}

#[test]
fn what_is_wrong_is_said_at_once_and_the_constant_is_there() {
    let input = quote! {
        #[env(prefx = "APP_")]
        struct Settings {
            #[env(nam = "X")]
            a: String,
            #[env(name)]
            b: String,
            #[env(name = "")]
            c: String,
            #[serde(flatten)]
            d: Database,
        }
    };
    assert_eq!(
        errors(input.clone()),
        [
            "`env` has no `nam` here",
            "`env` has no `prefx` here",
            "an environment variable has a name",
            "expected `=`",
            "the variables of a flattened field aren't known here",
        ]
    );
    assert!(expand_required_env(input).to_string().contains("pub const ENV"));
    assert_eq!(
        errors(quote!(
            enum E {
                A,
            }
        )),
        ["`E` is no struct"]
    );
    assert_eq!(errors(quote!(union U { a: u8 })), ["`U` is no struct"]);
    assert_eq!(
        errors(quote!(
            struct S(u8);
        )),
        ["the fields of `S` have no names"]
    );
    assert_eq!(
        errors(quote!(
            struct S;
        )),
        ["the fields of `S` have no names"]
    );
}

/// A service has nothing to do with the facade.
#[test]
fn the_implementation_names_nothing() {
    let text = expand_required_env(quote!(
        struct S {
            a: u8,
        }
    ))
    .to_string();
    assert!(!text.contains("::"), "{text}");
}
