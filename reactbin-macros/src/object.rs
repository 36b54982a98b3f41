//! `object! { api_version: …, kind: …, … }`: an object of any kind that the facts have.

use reactbin_check::facts::{KINDS, kind};
use reactbin_check::suggest::suggest;

use crate::errors::Errors;
use crate::kinds::{self, Declared};
use crate::spot::Spot;
use crate::syntax::{Entry, ValueKind, ident_text};

/// Takes `api_version` and `kind` out of the entries and finds what they name.
pub(crate) fn take_kind(
    entries: &mut Vec<Entry>,
    around: Spot,
    errors: &mut Errors,
) -> Option<Declared> {
    if !entries.iter().any(|entry| entry.key.text == "api_version")
        && let Some(version) = entries.iter_mut().find(|entry| entry.key.text == "apiVersion")
    {
        errors
            .push(version.key.spot, "`object!` has no key `apiVersion`")
            .help("use `api_version`");
        version.key.text = "api_version".to_owned();
    }
    let version = take(entries, "api_version", around, errors);
    let name = take(entries, "kind", around, errors);
    let ((version, _), (name, spot)) = (version?, name?);
    if let Some(kind) = kind(&version, &name) {
        return Some(kinds::of(kind));
    }
    let error = errors.push(spot, format!("unknown kind `{name}` in `{version}`"));
    let other = KINDS.iter().find(|kind| kind.kind == name);
    match other {
        Some(other) => {
            error.help(format!("write `api_version: \"{}\"`", other.api_version()));
        }
        None => match suggest(&name, KINDS.iter().map(|kind| kind.kind)) {
            Some(meant) => {
                error.help(format!("use `{meant}`"));
            }
            None => {
                error.help("add the kind's CRD to the schemas, or build the object in plain Rust and give it to `objects` of `app!`");
            }
        },
    }
    None
}

fn take(
    entries: &mut Vec<Entry>,
    key: &str,
    around: Spot,
    errors: &mut Errors,
) -> Option<(String, Spot)> {
    let Some(at) = entries.iter().position(|entry| entry.key.text == key) else {
        let spot = entries.first().map_or(around, |entry| entry.key.spot);
        errors
            .push(spot, format!("`object!` has no `{key}`"))
            .help(format!("write `{key}: …` first"));
        return None;
    };
    let entry = entries.remove(at);
    let text = match &entry.value.kind {
        ValueKind::Str(text) => Some(text.clone()),
        ValueKind::Path(path) => path.ident().map(ident_text),
        ValueKind::Wrong => return None,
        _ => None,
    };
    if text.is_none() {
        errors.push(
            entry.value.spot,
            format!("`{key}` is a literal here: it says which fields there are"),
        );
    }
    // What stands above it stands above the whole.
    if let Some(first) = entries.first_mut().filter(|_| at == 0) {
        first.above.docs.splice(0..0, entry.above.docs);
        first.above.waivers.extend(entry.above.waivers);
    }
    Some((text?, entry.value.spot))
}
