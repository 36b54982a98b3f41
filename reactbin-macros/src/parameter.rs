//! `parameter! { … }`: a value that a render fills.

use quote::{format_ident, quote, quote_spanned};

use crate::Invocation;
use crate::attributes::refuse_above;
use crate::errors::Errors;
use crate::names::upper_camel;
use crate::parse::parse_entries;
use crate::reference::PARAMETER;
use crate::spot::Spot;
use crate::syntax::{Entry, Value, ValueKind, ident_text};
use proc_macro2::TokenStream;
use reactbin_check::finding::quoting;
use reactbin_check::parameter::ParameterType;
use reactbin_check::suggest::suggest;

#[derive(Default)]
struct Parameter {
    name: Option<String>,
    ty: Option<(ParameterType, Spot)>,
    default: Option<Literal>,
    placeholder: Option<(String, Spot)>,
}

/// A literal, as it was written and as it is shown.
struct Literal {
    kind: ValueKind,
    text: String,
    spot: Spot,
}

pub(crate) fn expand_parameter(invocation: Invocation) -> TokenStream {
    let Invocation { krate, body, around, home } = invocation;
    let mut errors = Errors::default();
    let entries = parse_entries(body, around, &mut errors);
    let mut parameter = Parameter::default();
    let mut name_spot = entries.first().map_or(around, |entry| entry.key.spot);
    let mut doc = Vec::new();
    for entry in &entries {
        refuse_above(entry, "write it where the parameter is used", &mut errors);
        doc.extend(entry.above.docs.iter().cloned());
        match entries.iter().find(|first| first.key.text == entry.key.text) {
            Some(first) if !std::ptr::eq(first, entry) => errors.twice(&entry.key, &first.key),
            _ => read(&mut parameter, entry, &mut name_spot, &mut errors),
        }
    }
    check(&parameter, name_spot, &mut errors);
    let Some(name) =
        parameter.name.clone().filter(|name| syn::parse_str::<syn::Ident>(name).is_ok())
    else {
        return errors.to_tokens();
    };
    let item = format_ident!("{}{}", upper_camel(&name), PARAMETER.suffix, span = name_spot.start);
    let ty = parameter.ty.map_or("string", |(ty, _)| ty.name());
    let placeholder = parameter.placeholder.is_some();
    let default = parameter.default.map(|default| default.text);
    let shown = parameter.placeholder.map(|(text, _)| text).or(default).unwrap_or_default();
    let doc = doc.join("\n");
    let item_doc = if doc.is_empty() { format!("Parameter `{name}`.") } else { doc.clone() };
    let position = name_spot.position(&home);
    let (line, column) = position.map_or((0, 0), |p| (p.line, p.column));
    let errors = errors.to_tokens();
    let definition = quote_spanned! {item.span()=>
        #[doc = #item_doc]
        #[allow(dead_code, unreachable_pub)]
        pub struct #item;
    };
    let implementation = quote_spanned! {item.span()=>
        impl __reactbin::ParameterItem for #item {
            const PARAMETER: &'static __reactbin::Parameter = &PARAMETER;
        }
    };
    quote! {
        #errors
        #definition
        const _: () = {
            use #krate::__private as __reactbin;
            static PARAMETER: __reactbin::Parameter = __reactbin::Parameter {
                name: #name,
                ty: #ty,
                shown: #shown,
                placeholder: #placeholder,
                doc: #doc,
                module: ::core::module_path!(),
                source: #home,
                line: #line,
                column: #column,
            };
            #implementation
            #[__reactbin::linkme::distributed_slice(__reactbin::PARAMETERS)]
            #[linkme(crate = __reactbin::linkme)]
            static REGISTERED: &__reactbin::Parameter = &PARAMETER;
        };
    }
}

fn read(parameter: &mut Parameter, entry: &Entry, name_spot: &mut Spot, errors: &mut Errors) {
    let spot = entry.value.spot;
    match entry.key.text.as_str() {
        "name" => {
            *name_spot = spot;
            match &entry.value.kind {
                ValueKind::Path(path) if path.ident().is_some() => {
                    parameter.name = Some(ident_text(&path.last));
                }
                ValueKind::Wrong => {}
                ValueKind::Str(text) if text.is_ascii() => {
                    // Without quotes, it was told that it needs some.
                    errors.retract(spot);
                    errors
                        .push(spot, "a parameter's name is an identifier")
                        .help(format!("write `name: {}`", text.replace(['-', '.'], "_")));
                }
                _ => {
                    errors
                        .push(spot, "a parameter's name is an identifier")
                        .help("write `name: api_tag`");
                }
            }
        }
        "type" => parameter.ty = read_type(&entry.value, errors).map(|ty| (ty, spot)),
        "default" => parameter.default = literal(&entry.value, errors),
        "placeholder" => match &entry.value.kind {
            ValueKind::Str(text) => parameter.placeholder = Some((text.clone(), spot)),
            ValueKind::Wrong => {}
            _ => {
                errors
                    .push(spot, "a placeholder is the text that is shown until a render fills it")
                    .help("write `placeholder: \"<your-domain>\"`");
            }
        },
        key => {
            let error = errors.push(entry.key.spot, format!("`parameter!` has no key `{key}`"));
            match suggest(key, ["name", "type", "default", "placeholder"]) {
                Some(meant) => error.help(format!("use `{meant}`")),
                None => error.help("the keys are `name`, `type`, `default`, `placeholder`"),
            };
        }
    }
}

fn read_type(value: &Value, errors: &mut Errors) -> Option<ParameterType> {
    let text = match &value.kind {
        ValueKind::Path(path) => path.ident().map(ident_text)?,
        ValueKind::Wrong => return None,
        _ => String::new(),
    };
    let found = ParameterType::find(&text);
    if found.is_none() {
        let names: Vec<String> =
            ParameterType::ALL.iter().map(|ty| format!("`{}`", ty.name())).collect();
        let error = errors.push(value.spot, format!("there is no parameter type `{text}`"));
        match suggest(&text, ParameterType::ALL.iter().map(|ty| ty.name())) {
            Some(meant) => error.help(format!("use `{meant}`")),
            None => error.help(format!("the types are {}", names.join(", "))),
        };
    }
    found
}

fn literal(value: &Value, errors: &mut Errors) -> Option<Literal> {
    let text = match &value.kind {
        ValueKind::Str(text) | ValueKind::Suffixed(text) => text.clone(),
        ValueKind::Int(number) => number.to_string(),
        ValueKind::Float(number) => number.to_string(),
        ValueKind::Bool(value) => value.to_string(),
        ValueKind::Wrong => return None,
        _ => {
            errors
                .push(value.spot, "a default is a literal")
                .help("write a text in quotes, a number, `true` or `false`");
            return None;
        }
    };
    Some(Literal { kind: value.kind.clone(), text, spot: value.spot })
}

/// Whether a default is written as the type's values are. A number isn't a text: `1.10` is `1.1`.
fn check_form(ty: ParameterType, default: &Literal, errors: &mut Errors) -> bool {
    let (found, quoted) = match default.kind {
        ValueKind::Str(_) => ("a text", true),
        ValueKind::Bool(_) => ("a boolean", false),
        ValueKind::Int(_) | ValueKind::Float(_) => ("a number", false),
        // A number with a unit can be nothing but a quantity.
        _ => ("a quantity", false),
    };
    // A quantity is both: `2` and `"2"` are the same one.
    if ty == ParameterType::Quantity || ty.is_text() == quoted {
        return true;
    }
    let help = if quoted {
        match ty.check(&default.text) {
            Ok(()) => format!("write `{}`", default.text),
            Err(_) => format!("write {}", ty.describe()),
        }
    } else {
        let source = default.spot.source().unwrap_or_else(|| default.text.clone());
        quoting(&source)
    };
    errors
        .push(default.spot, format!("this is {found}, and the parameter of type `{}`", ty.name()))
        .help(help);
    false
}

fn check(parameter: &Parameter, name_spot: Spot, errors: &mut Errors) {
    if parameter.name.is_none() && errors.is_empty() {
        errors.push(name_spot, "`parameter!` has no `name`").help("write `name: …` first");
    }
    if parameter.ty.is_none() && errors.is_empty() {
        errors
            .push(name_spot, "the parameter has no `type`")
            .help("write `type: string`, or a narrower one");
    }
    match (&parameter.default, &parameter.placeholder) {
        (None, None) if errors.is_empty() => {
            errors
                .push(name_spot, "nothing says what the manifests show until the parameter is filled")
                .help("write `default: …`, or `placeholder: \"<…>\"` for a value that a render must fill");
        }
        (Some(default), Some(_)) => {
            errors
                .push(
                    default.spot,
                    "a parameter with a placeholder must be filled, so it has no default",
                )
                .help("remove `default` or `placeholder`");
        }
        _ => {}
    }
    if let (Some((ty, _)), Some((_, spot))) = (parameter.ty, &parameter.placeholder)
        && !ty.is_text()
    {
        let message =
            format!("a placeholder is text, and a parameter of type `{}` never is", ty.name());
        errors
            .push(*spot, message)
            .help("write `default: …`, with a value that the manifests can show");
    }
    if let (Some((ty, _)), Some(default)) = (parameter.ty, &parameter.default)
        && check_form(ty, default, errors)
        && let Err(problem) = ty.check(&default.text)
    {
        let text = &default.text;
        let placeholder = text.starts_with('<') && text.ends_with('>');
        let help = match placeholder {
            true => format!("write `placeholder: \"{text}\"` instead of the default"),
            false => format!("write {}", ty.describe()),
        };
        errors.push(default.spot, problem).help(help);
    }
}
