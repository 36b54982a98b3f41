//! `app! { … }`: the application that a crate's declarations make up.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use reactbin_check::Level;
use reactbin_check::formats::Format;
use reactbin_check::suggest::suggest;

use crate::Invocation;
use crate::attributes::refuse_above;
use crate::config::{OwnLevel, config};
use crate::errors::Errors;
use crate::names::referenced_type;
use crate::parse::parse_entries;
use crate::pod_security::{self, PodSecurity};
use crate::reference::NAMESPACE;
use crate::schemas::Added;
use crate::spot::Spot;
use crate::syntax::{Entry, Value, ValueKind, ident_text};

const KEYS: &[&str] = &["name", "namespace", "objects", "lints", "pod_security"];

#[derive(Default)]
struct App {
    name: Option<String>,
    namespace: Option<TokenStream>,
    objects: Vec<TokenStream>,
    lints: Vec<TokenStream>,
    pod_security: Option<PodSecurity>,
}

pub(crate) fn expand_app(invocation: Invocation) -> TokenStream {
    let Invocation { krate, body, around, home } = invocation;
    let mut errors = Errors::default();
    let entries = parse_entries(body, around, &mut errors);
    let mut app = App::default();
    for (index, entry) in entries.iter().enumerate() {
        refuse_above(
            entry,
            "write it in a declaration, or set the level in Cargo.toml",
            &mut errors,
        );
        match entries[..index].iter().find(|first| first.key.text == entry.key.text) {
            Some(first) => errors.twice(&entry.key, &first.key),
            None => read(&mut app, entry, &mut errors),
        }
    }
    if app.name.is_none() && errors.is_empty() {
        let spot = entries.first().map_or(around, |entry| entry.key.spot);
        errors.push(spot, "`app!` has no `name`").help("write `name: …` first");
    }
    let added = Added::of_crate();
    let at_name = entries
        .iter()
        .find(|entry| entry.key.text == "name")
        .map_or(around, |entry| entry.value.spot);
    added.report(at_name, &mut errors);
    let name = app.name.unwrap_or_default();
    let namespace = app.namespace.unwrap_or_else(|| quote!(__reactbin::AppNamespace::None));
    let (objects, lints) = (&app.objects, &app.lints);
    let config = config();
    for (problem, help) in &config.problems {
        let spot = entries.first().map_or(around, |entry| entry.value.spot);
        let error = errors.push(spot, problem);
        if let Some(help) = help {
            error.help(help);
        }
    }
    let levels = config.levels.chosen().map(|(name, level)| {
        let level = expand_level(level);
        quote!((#name, #level))
    });
    let own_levels = config.own.iter().map(|(name, own)| expand_own_level(name, own));
    let security = match app.pod_security.map(PodSecurity::to_tokens) {
        Some(security) => quote!(::core::option::Option::Some(#security)),
        None => quote!(::core::option::Option::None),
    };
    // rustc reads them, so that a change of a level there expands everything again.
    let files = config.files.iter().map(|path| path.to_string_lossy().into_owned());
    let errors = errors.to_tokens();
    let doc = format!("The application `{name}`: every object that this crate declares.");
    // At the name, so that rustc points there when there are two.
    let start = at_name.start;
    let head = quote_spanned!(start=> pub fn app() -> #krate::App);
    let definitions = added.texts(start);
    let position = Spot::of(start).position(&home);
    let (line, column) = position.map_or((0, 0), |p| (p.line, p.column));
    quote! {
        #(const _: &[u8] = ::core::include_bytes!(#files);)*
        const _: () = {
            use #krate::__private as __reactbin;
            #[__reactbin::linkme::distributed_slice(__reactbin::APPS)]
            #[linkme(crate = __reactbin::linkme)]
            static MARK: __reactbin::AppMark = __reactbin::AppMark {
                module: ::core::module_path!(),
                source: #home,
                line: #line,
                column: #column,
            };
        };
        #errors
        #[doc = #doc]
        #head {
            use #krate::__private as __reactbin;
            __reactbin::app(__reactbin::AppParts {
                name: #name,
                namespace: #namespace,
                module: ::core::module_path!(),
                manifest_dir: ::core::env!("CARGO_MANIFEST_DIR"),
                source: ::core::file!(),
                definitions: #definitions,
                objects: __reactbin::Vec::from([#(#objects),*]),
                lints: __reactbin::Vec::from([#(#lints),*]),
                levels: &[#(#levels),*],
                own_levels: &[#(#own_levels),*],
                pod_security: #security,
            })
        }
    }
}

fn read(app: &mut App, entry: &Entry, errors: &mut Errors) {
    let value = &entry.value;
    match entry.key.text.as_str() {
        "name" => app.name = name(value, errors),
        "namespace" => app.namespace = namespace(value, errors),
        "objects" => app.objects = objects(value, errors),
        "lints" => app.lints = lints(value, errors),
        "pod_security" => app.pod_security = pod_security::read(value, false, errors),
        key => {
            let error = errors.push(entry.key.spot, format!("`app!` has no key `{key}`"));
            match suggest(key, KEYS.iter().copied()) {
                Some(meant) => error.help(format!("use `{meant}`")),
                None => error.help(format!("the keys are `{}`", KEYS.join("`, `"))),
            };
        }
    }
}

fn name(value: &Value, errors: &mut Errors) -> Option<String> {
    let text = match &value.kind {
        ValueKind::Path(path) => ident_text(path.ident()?).replace('_', "-"),
        ValueKind::Str(text) => text.clone(),
        ValueKind::Wrong => return None,
        _ => {
            errors
                .push(value.spot, "a name is an identifier or a string")
                .help("write `name: my_app` or `name: \"my-app\"`");
            return None;
        }
    };
    check_name(&text, value.spot, errors);
    Some(text)
}

fn check_name(text: &str, spot: Spot, errors: &mut Errors) {
    if let Err(violation) = Format::DnsLabel.check(text) {
        errors.invalid(spot, Format::DnsLabel, violation);
    }
}

fn namespace(value: &Value, errors: &mut Errors) -> Option<TokenStream> {
    let span = value.spot.start;
    match &value.kind {
        ValueKind::Path(path) => {
            let item = referenced_type(path, NAMESPACE.suffix);
            let of = quote_spanned!(span=> __reactbin::Reference::to::<__Into>());
            // Named unlike any namespace: rustc suggests what looks like a name that it can't find.
            Some(quote!({
                type __Into = #item;
                __reactbin::AppNamespace::Declared(#of)
            }))
        }
        ValueKind::Call(call, arguments) if call == "external" => match arguments.as_slice() {
            [Value { kind: ValueKind::Str(text), spot }] => {
                check_name(text, *spot, errors);
                Some(quote!(__reactbin::AppNamespace::External(#text)))
            }
            _ => {
                errors
                    .push(value.spot, "`external` takes the name of the namespace")
                    .help("write `external(\"default\")`");
                None
            }
        },
        ValueKind::Wrong => None,
        ValueKind::Str(text) => {
            errors
                .push(value.spot, "a plain string can't say whether a Namespace of that name exists")
                .help(format!(
                    "name the item, `{}`, or write `external(\"{text}\")` for one that is made elsewhere",
                    text.replace('-', "_"),
                ));
            None
        }
        _ => {
            errors
                .push(value.spot, "`namespace` names a Namespace")
                .help("name the item that `namespace!` declares, or write `external(\"default\")`");
            None
        }
    }
}

/// Functions that give objects built by plain Rust.
fn objects(value: &Value, errors: &mut Errors) -> Vec<TokenStream> {
    let help = "write `(my_objects())`, which gives objects built by plain Rust";
    let expressions = expressions(value, ("objects", "my_objects()"), help, errors);
    let objects = expressions.into_iter();
    objects.map(|(tokens, span)| quote_spanned!(span=> __reactbin::objects #tokens)).collect()
}

/// Functions that give the team's lints.
fn lints(value: &Value, errors: &mut Errors) -> Vec<TokenStream> {
    let help = "write `(my_lint())`, which gives a `lint::Lint`";
    let expressions = expressions(value, ("lints", "my_lint()"), help, errors);
    let lints = expressions.into_iter();
    lints.map(|(tokens, span)| quote_spanned!(span=> __reactbin::lint #tokens)).collect()
}

/// A list of Rust expressions, each with the place where it starts.
fn expressions(
    value: &Value,
    (key, example): (&str, &str),
    help: &str,
    errors: &mut Errors,
) -> Vec<(TokenStream, Span)> {
    let ValueKind::List(items) = &value.kind else {
        if !matches!(value.kind, ValueKind::Wrong) {
            errors
                .push(value.spot, format!("`{key}` is a list of Rust expressions"))
                .help(format!("write `{key}: [({example})]`"));
        }
        return Vec::new();
    };
    let mut expressions = Vec::new();
    for item in items {
        match &item.value.kind {
            ValueKind::Expr(tokens) => expressions.push((tokens.clone(), item.value.spot.start)),
            ValueKind::Wrong => {}
            _ => {
                errors.push(item.value.spot, "expected a Rust expression in `( )`").help(help);
            }
        }
    }
    expressions
}

fn expand_own_level(name: &str, own: &OwnLevel) -> TokenStream {
    let OwnLevel { level, file, path, line, column } = own;
    let (level, path) = (expand_level(*level), path.to_string_lossy());
    let (line, column) = (*line as u32, *column as u32);
    quote!(__reactbin::OwnLevel {
        name: #name,
        level: #level,
        file: #file,
        path: #path,
        line: #line,
        column: #column,
    })
}

fn expand_level(level: Level) -> TokenStream {
    match level {
        Level::Allow => quote!(__reactbin::Level::Allow),
        Level::Warn => quote!(__reactbin::Level::Warn),
        Level::Deny => quote!(__reactbin::Level::Deny),
        Level::Forbid => quote!(__reactbin::Level::Forbid),
    }
}
