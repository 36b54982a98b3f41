//! The lists that the command line prints, for people and for programs.

use reactbin_check::Level;
use serde_json::{Value, json};

use super::FormatKind;
use crate::app::{App, Placed};
use crate::assemble::{Object, PlacedWaiver, Values};
use crate::declaration::Parameter;

/// The parameters of an application.
pub(super) fn parameters(app: &App, format: FormatKind) -> String {
    let parameters = app.parameters();
    if format == FormatKind::Json {
        return to_json(parameters.into_iter().map(parameter_json).collect());
    }
    let rows = parameters.into_iter().map(|parameter| {
        let Parameter { name, ty, shown, placeholder, doc, source, line, column, .. } = parameter;
        let default = match placeholder {
            true => format!("must be given; shown as {shown}"),
            false => format!("default {shown}"),
        };
        let doc = doc.split_whitespace().collect::<Vec<_>>().join(" ");
        vec![
            (*name).to_owned(),
            (*ty).to_owned(),
            default,
            format!("{source}:{line}:{column}"),
            doc,
        ]
    });
    aligned(&rows.collect::<Vec<_>>())
}

fn parameter_json(parameter: &Parameter) -> Value {
    let Parameter { name, ty, shown, placeholder, doc, source, line, column, .. } = parameter;
    json!({
        "name": name,
        "type": ty,
        "required": placeholder,
        "default": (!placeholder).then_some(shown),
        "placeholder": placeholder.then_some(shown),
        "doc": doc.trim(),
        "source": { "file": source, "line": line, "column": column },
    })
}

/// The objects of an application.
pub(super) fn objects(app: &App, format: FormatKind) -> String {
    let placed = app.objects(&Values::new());
    if format == FormatKind::Json {
        return to_json(placed.iter().map(object_json).collect());
    }
    let rows = placed.iter().map(|Placed { object, path }| {
        let name = match object.namespace() {
            "" => object.name().to_owned(),
            namespace => format!("{namespace}/{}", object.name()),
        };
        let place = object.place().map_or_else(
            || "built by plain Rust".to_owned(),
            |place| format!("{}:{}:{}", place.source, place.position.line, place.position.column),
        );
        vec![path.clone(), object.kind_name().to_owned(), name, place]
    });
    aligned(&rows.collect::<Vec<_>>())
}

fn object_json(Placed { object, path }: &Placed) -> Value {
    let api_version = object.tree.at(object.root, &["apiVersion"]).map(|id| object.tree.str(id));
    let source = object.place().map(|place| {
        let (line, column) = (place.position.line, place.position.column);
        json!({ "file": place.source, "line": line, "column": column })
    });
    json!({
        "file": path,
        "apiVersion": api_version,
        "kind": object.kind_name(),
        "namespace": Some(object.namespace()).filter(|namespace| !namespace.is_empty()),
        "name": object.name(),
        "source": source,
    })
}

/// What the manifests of an application waive, in the order of the objects.
pub(super) fn waivers(app: &App, format: FormatKind) -> String {
    let placed = app.objects(&Values::new());
    let waivers: Vec<(&Object, &PlacedWaiver)> = placed
        .iter()
        .flat_map(|placed| placed.object.waivers.iter().map(|waiver| (&placed.object, waiver)))
        .filter(|(_, waiver)| waiver.waiver.level == Level::Allow)
        .collect();
    if format == FormatKind::Json {
        let row = |(object, PlacedWaiver { waiver, source, .. }): &(&Object, &PlacedWaiver)| {
            json!({
                "lint": waiver.rule,
                "reason": waiver.reason,
                "kind": object.kind_name(),
                "namespace": Some(object.namespace()).filter(|namespace| !namespace.is_empty()),
                "name": object.name(),
                "source": waiver.position.map(|position| {
                    json!({ "file": source, "line": position.line, "column": position.column })
                }),
            })
        };
        return to_json(waivers.iter().map(row).collect());
    }
    let rows = waivers.iter().map(|(object, PlacedWaiver { waiver, source, .. })| {
        let place = waiver.position.map_or_else(
            || (*source).to_owned(),
            |position| format!("{source}:{}:{}", position.line, position.column),
        );
        let object = format!("{} {}", object.kind_name(), object.name());
        vec![waiver.rule.clone(), object, place, waiver.reason.clone()]
    });
    aligned(&rows.collect::<Vec<_>>())
}

fn to_json(rows: Vec<Value>) -> String {
    format!("{:#}\n", Value::Array(rows))
}

/// Rows whose columns start below each other.
pub(super) fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn columns_start_below_each_other() {
        let rows = [
            vec!["a".to_owned(), "ключ".to_owned(), "x".to_owned()],
            vec!["long".to_owned(), "b".to_owned()],
        ];
        assert_eq!(aligned(&rows), "a     ключ  x\nlong  b\n");
        assert_eq!(aligned(&[]), "");
    }
}
