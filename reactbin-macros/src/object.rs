//! `object! { api_version: …, kind: …, … }`: an object of any kind that the facts have, or the team's
//! own definitions.

use reactbin_check::facts::{KINDS, kind};
use reactbin_check::suggest::suggest;

use crate::attributes::refuse_levels;
use crate::errors::Errors;
use crate::kinds::{self, Declared};
use crate::schemas::Added;
use crate::spot::Spot;
use crate::syntax::{Entry, ValueKind, ident_text};
use crate::words::NO_LINT;

/// Takes `api_version` and `kind` out of the entries and finds what they name.
pub(crate) fn take_kind(
    entries: &mut Vec<Entry>,
    around: Spot,
    added: &Added,
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
    // A team's own definition of a kind that the facts have is the one that its cluster has.
    if let Some(kind) = added.schemas.kind(&version, &name).or_else(|| kind(&version, &name)) {
        return Some(kinds::of(kind));
    }
    let error = errors.push(spot, format!("unknown kind `{name}` in `{version}`"));
    let kinds = || KINDS.iter().chain(added.schemas.kinds());
    let group = version.split_once('/').map_or("", |(group, _)| group);
    // Of a group that nobody has heard of, a kind of another group isn't what is meant.
    let known = !group.contains('.') || kinds().any(|kind| kind.group == group);
    let other = kinds().find(|kind| known && kind.kind == name);
    let meant = || suggest(&name, kinds().filter(|_| known).map(|kind| kind.kind));
    match (other, meant()) {
        (Some(other), _) => error.help(format!("write `api_version: \"{}\"`", other.api_version())),
        (None, Some(meant)) => error.help(format!("use `{meant}`")),
        (None, None) => error.help(added.help()),
    };
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
    if entry.above.behind.is_some() {
        errors
            .push(entry.key.spot, format!("no comment stands behind `{key}`"))
            .help("write `/// …` above it, for the head of the document");
    }
    let Some(first) = entries.first_mut() else { return Some((text?, entry.value.spot)) };
    if at == 0 {
        // What stands above it stands above the whole.
        first.above.docs.splice(0..0, entry.above.docs);
        first.above.waivers.extend(entry.above.waivers);
    } else {
        refuse_levels(&entry, NO_LINT, errors);
        first.above.docs.extend(entry.above.docs);
    }
    Some((text?, entry.value.spot))
}
