//! Whether a label selector matches labels.

use crate::cx::Obj;

/// Whether the selector in a field matches these labels; `None` where that isn't known. An absent
/// selector and one that the server refuses match nothing, an empty one everything.
pub(super) fn matches(
    holder: Obj<'_>,
    field: &'static str,
    labels: Option<Obj<'_>>,
) -> Option<bool> {
    let Some(selector) = holder.get(field) else {
        return holder.is_absent(field).then_some(false);
    };
    let selector = selector.object()?;
    let mut known = !["matchLabels", "matchExpressions"]
        .into_iter()
        .any(|field| selector.get(field).is_some_and(|node| node.is_unknown()));
    let label = |key: &str| labels.and_then(|labels| labels.get(key));
    for (key, value) in selector.object("matchLabels").into_iter().flat_map(Obj::entries) {
        let Some(found) = key.str().map(label) else { continue };
        match (found.map(|label| label.str()), value.str()) {
            (None, _) => return Some(false),
            (Some(Some(label)), Some(value)) if label != value => return Some(false),
            (Some(Some(_)), Some(_)) => {}
            _ => known = false,
        }
    }
    for requirement in selector.objects("matchExpressions") {
        match meets(requirement, &label) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => known = false,
        }
    }
    known.then_some(true)
}

fn meets<'t>(
    requirement: Obj<'_>,
    label: &impl Fn(&str) -> Option<crate::cx::Node<'t>>,
) -> Option<bool> {
    let label = label(requirement.str("key")?);
    match requirement.str("operator")? {
        "Exists" => Some(label.is_some()),
        "DoesNotExist" => Some(label.is_none()),
        operator @ ("In" | "NotIn") => {
            if requirement.has_unknown("values") {
                return None;
            }
            let text = match label {
                None => return Some(operator == "NotIn" && requirement.is_set("values")),
                Some(label) => label.str()?,
            };
            let listed = requirement.items("values").any(|value| value.str() == Some(text));
            Some(requirement.is_set("values") && listed == (operator == "In"))
        }
        _ => Some(false),
    }
}
