//! Rules of the schemas in a CustomResourceDefinition beyond their shape: what they say of metadata,
//! defaults and lists, and the paths that lead into them.

use super::Rule;
use super::crd::{MAX_DEPTH, Role, SCHEMA, VERSION, walk};
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::pattern::Pattern;
use crate::tree::Value;

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "schema_default",
        on: SCHEMA,
        severity: Severity::Error,
        waivable: false,
        what: "The default of a field is a value that its schema takes.",
        source: "apiextensions: defaulting.ValidateDefaults",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: integer, default: \"1\"}}}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: integer, default: 1}}}}}]}}",
        check: Some(check_defaults),
    },
    Rule {
        id: "schema_of_metadata",
        on: SCHEMA,
        severity: Severity::Error,
        waivable: false,
        what: "A schema leaves `apiVersion`, `kind` and `metadata` as they are in every object: of metadata it \
               restricts names at most.",
        source: "apiextensions: validateStructuralInvariants, validateStructuralMetadataInvariants",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {metadata: {type: object, properties: {labels: {type: object}}}}}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {metadata: {type: object}}}}}]}}",
        check: Some(check_metadata),
    },
    Rule {
        id: "schema_path",
        on: VERSION,
        severity: Severity::Error,
        waivable: false,
        what: "The path of a column starts with a dot, that of a scale leads into the spec or status, and \
               that of a selectable field to a text, an integer or a boolean of the schema.",
        source: "apiextensions: ValidateCustomResourceDefinitionSubresources, \
                 ValidateCustomResourceColumnDefinition, ValidateCustomResourceSelectableFields",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, additionalPrinterColumns: [{name: a, type: string, jsonPath: spec.a}], schema: {openAPIV3Schema: {type: object}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, additionalPrinterColumns: [{name: a, type: string, jsonPath: .spec.a}], schema: {openAPIV3Schema: {type: object}}}]}}",
        check: Some(check_paths),
    },
    Rule {
        id: "schema_pattern",
        on: SCHEMA,
        severity: Severity::Error,
        waivable: false,
        what: "A pattern is a regular expression of Go's: its brackets are closed, and it doesn't look around.",
        source: "apiextensions: validateValueValidation",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: string, pattern: \"^(?!a)\"}}}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: string, pattern: \"^[^a]\"}}}}}]}}",
        check: Some(check_patterns),
    },
    Rule {
        id: "schema_restricts_unknown",
        on: SCHEMA,
        severity: Severity::Error,
        waivable: false,
        what: "What `allOf`, `anyOf`, `oneOf` and `not` restrict is a field or item that the schema around \
               them describes.",
        source: "apiextensions: validateStructuralCompleteness",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, anyOf: [{properties: {a: {minLength: 1}}}]}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: string}}, anyOf: [{properties: {a: {minLength: 1}}}]}}}]}}",
        check: Some(check_completeness),
    },
    Rule {
        id: "schema_root_with_status",
        on: VERSION,
        severity: Severity::Error,
        waivable: false,
        what: "With the status as a subresource, the root of a schema has no restrictions that would hold \
               for spec and status together.",
        source: "apiextensions: validateCustomResourceDefinitionValidation",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, subresources: {status: {}}, schema: {openAPIV3Schema: {type: object, minProperties: 1}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, subresources: {status: {}}, schema: {openAPIV3Schema: {type: object, required: [spec]}}}]}}",
        check: Some(check_root),
    },
];

/// Calls `check` with each schema of a version, the root first.
fn each(validation: Obj<'_>, check: &mut dyn FnMut(Obj<'_>, Role)) {
    if let Some(schema) = validation.object("openAPIV3Schema") {
        walk(schema, Role::Root, MAX_DEPTH, check);
    }
}

fn check_defaults(cx: &mut Cx<'_>, validation: Obj<'_>) {
    each(validation, &mut |schema, role| {
        if role != Role::Junctor
            && let Some(default) = schema.get("default")
        {
            check_value(cx, schema, default, MAX_DEPTH);
        }
    });
    let Some(root) =
        validation.object("openAPIV3Schema").and_then(|root| root.object("properties"))
    else {
        return;
    };
    for name in ["apiVersion", "kind", "metadata"] {
        if let Some(field) = root.object(name)
            && field.get("default").is_some()
        {
            cx.forbidden(field, "default", format!("`{name}` of a resource has no default"));
        }
    }
}

/// What a default of a type of schema is, as far as its value tells.
fn is_of(ty: &str, value: Value<'_>) -> bool {
    match value {
        Value::Unknown | Value::Null => true,
        Value::Bool(_) => ty == "boolean",
        Value::Int(_) => matches!(ty, "integer" | "number"),
        Value::Float(number) => ty == "number" || (ty == "integer" && number.fract() == 0.0),
        Value::Str(_) => ty == "string",
        Value::List(_) => ty == "array",
        Value::Map(_) => ty == "object",
    }
}

fn check_value(cx: &mut Cx<'_>, schema: Obj<'_>, node: Node<'_>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let value = node.value();
    let ty = schema.str("type").unwrap_or_default();
    if !ty.is_empty() && !is_of(ty, value) {
        let message = format!("a default of the type `{ty}` can't be {}", value.describe());
        cx.invalid(node, message).help(format!("write a value of the type `{ty}`"));
        return;
    }
    match value {
        Value::Int(number) => check_number(cx, schema, node, number),
        Value::Str(text) => check_text(cx, schema, node, text),
        Value::List(_) => {
            if let Some(items) = schema.object("items") {
                for item in node.items() {
                    check_value(cx, items, item, depth);
                }
            }
        }
        Value::Map(_) => check_map(cx, schema, node, depth),
        _ => {}
    }
}

fn check_number(cx: &mut Cx<'_>, schema: Obj<'_>, node: Node<'_>, number: i64) {
    let below = schema.int("minimum").filter(|least| number < *least);
    let above = schema.int("maximum").filter(|most| number > *most);
    if let Some(least) = below {
        cx.invalid(node, format!("a default below the least value, {least}"))
            .help(format!("use at least {least}"));
    } else if let Some(most) = above {
        cx.invalid(node, format!("a default above the greatest value, {most}"))
            .help(format!("use at most {most}"));
    }
}

fn check_text(cx: &mut Cx<'_>, schema: Obj<'_>, node: Node<'_>, text: &str) {
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let mut values = schema.items("enum").peekable();
    let pattern = schema.str("pattern").and_then(Pattern::parse);
    if values.peek().is_some()
        && !values.any(|value| value.is_unknown() || value.str() == Some(text))
    {
        cx.invalid(node, format!("the default `{text}` is none of the values of the field"))
            .help("use one that stands in its `enum`");
    } else if schema.int("maxLength").is_some_and(|most| length > most) {
        cx.invalid(node, "the default is longer than `maxLength`").help("write a shorter one");
    } else if schema.int("minLength").is_some_and(|least| length < least) {
        cx.invalid(node, "the default is shorter than `minLength`").help("write a longer one");
    } else if pattern.is_some_and(|pattern| !pattern.matches(text)) {
        cx.invalid(node, format!("the default `{text}` doesn't match the `pattern` of the field"))
            .help("write one that matches it");
    }
}

fn check_map(cx: &mut Cx<'_>, schema: Obj<'_>, node: Node<'_>, depth: usize) {
    let Some(map) = node.object() else { return };
    if schema.bool("x-kubernetes-embedded-resource") == Some(true) {
        return;
    }
    let open = schema.bool("x-kubernetes-preserve-unknown-fields") == Some(true)
        || !schema.is_unset("additionalProperties");
    let properties = schema.object("properties");
    let other = schema.object("additionalProperties");
    for (key, value) in map.entries() {
        let Some(name) = key.str() else { continue };
        let known = properties.and_then(|properties| properties.object(name)).or(other);
        match known {
            Some(field) => check_value(cx, field, value, depth),
            None if !open && properties.is_none_or(|properties| properties.is_absent(name)) => {
                cx.invalid(
                    node,
                    format!("the default has a field `{name}` that the schema hasn't"),
                )
                .help(format!("remove `{name}`, or describe it in `properties`"));
                return;
            }
            None => {}
        }
    }
    for required in schema.items("required") {
        if let Some(name) = required.str()
            && map.is_absent(name)
            && properties
                .and_then(|properties| properties.object(name))
                .is_none_or(|field| field.is_absent("default"))
        {
            cx.invalid(node, format!("the default lacks the field `{name}`"))
                .help(format!("add `{name}`"));
        }
    }
}

fn check_metadata(cx: &mut Cx<'_>, validation: Obj<'_>) {
    each(validation, &mut |schema, role| {
        let embedded = schema.bool("x-kubernetes-embedded-resource") == Some(true);
        let Some(properties) = schema.object("properties") else { return };
        if role == Role::Junctor {
            if properties.get("metadata").is_some() {
                cx.forbidden(properties, "metadata", "a junctor has nothing to say of metadata");
            }
            return;
        }
        if role != Role::Root && !embedded {
            return;
        }
        for (name, wanted) in [("apiVersion", "string"), ("kind", "string"), ("metadata", "object")]
        {
            let Some(field) = properties.object(name) else { continue };
            if field.str_or("type", "").is_some_and(|ty| ty != wanted) {
                let message = format!("`{name}` is of the type `{wanted}`");
                cx.report(Reason::Invalid, field.place("type"), message)
                    .help(format!("use `type: {wanted}`"));
            }
        }
        let Some(metadata) = properties.object("metadata").filter(|_| role == Role::Root) else {
            return;
        };
        let names = |fields: Obj<'_>| {
            fields.entries().all(|(key, _)| matches!(key.str(), Some("name" | "generateName")))
        };
        let only_names = metadata.object("properties").is_none_or(names);
        let other = metadata.entries().find(|(key, _)| {
            !matches!(key.str(), Some("type" | "properties" | "default"))
                && describes(key.str().unwrap_or_default())
        });
        if !only_names || other.is_some() {
            let message =
                "a schema can restrict `name` and `generateName` of metadata, and nothing else";
            cx.forbidden(properties, "metadata", message).help("write `metadata: {type: object}`");
        }
    });
}

/// Whether a key of a schema describes values rather than restricts them; of the latter the
/// server takes none in metadata either, but says so only of these.
fn describes(key: &str) -> bool {
    matches!(key, "description" | "title" | "nullable" | "items" | "additionalProperties")
        || key.starts_with("x-kubernetes-")
}

/// The schemas that restrict the values of another.
fn junctors(schema: Obj<'_>) -> impl Iterator<Item = Obj<'_>> {
    let lists =
        ["allOf", "anyOf", "oneOf"].into_iter().flat_map(move |field| schema.objects(field));
    lists.chain(schema.object("not"))
}

fn check_completeness(cx: &mut Cx<'_>, validation: Obj<'_>) {
    each(validation, &mut |schema, role| {
        if role == Role::Junctor {
            return;
        }
        for inner in junctors(schema) {
            check_complete(cx, schema, inner, MAX_DEPTH);
        }
    });
}

/// Whether all that a schema in a junctor speaks of is in the one that describes the values.
fn check_complete(cx: &mut Cx<'_>, outer: Obj<'_>, inner: Obj<'_>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for (key, field) in inner.object("properties").iter().flat_map(|fields| fields.entries()) {
        let Some(name) = key.str() else { continue };
        let described = outer.object("properties");
        if described.map_or(!outer.has_unknown("properties"), |fields| fields.is_absent(name)) {
            cx.report(
                Reason::Required,
                Place::Key(key.id),
                format!("`{name}` is restricted here, but nowhere described"),
            )
            .help(format!("describe `{name}` in the `properties` around the junctor"));
        } else if let (Some(outer), Some(inner)) =
            (described.and_then(|fields| fields.object(name)), field.object())
        {
            check_complete(cx, outer, inner, depth);
        }
    }
    if let Some(inner) = inner.object("items") {
        match outer.object("items") {
            Some(outer) => check_complete(cx, outer, inner, depth),
            None if outer.is_absent("items") => {
                cx.required(outer, "items", "items are restricted, but nowhere described")
                    .help("describe them in the `items` around the junctor");
            }
            None => {}
        }
    }
    for inner in junctors(inner) {
        check_complete(cx, outer, inner, depth);
    }
}

fn check_patterns(cx: &mut Cx<'_>, validation: Obj<'_>) {
    each(validation, &mut |schema, _| {
        if let Some(node) = schema.get("pattern")
            && let Some(fault) = node.str().and_then(pattern_fault)
        {
            cx.invalid(node, fault).help("write a regular expression of Go's, RE2");
        }
    });
}

/// What makes a text no regular expression, as far as brackets and groups tell.
fn pattern_fault(text: &str) -> Option<&'static str> {
    let (mut groups, mut class) = (0usize, None::<usize>);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let rest = text.get(at..).unwrap_or_default();
        match (c, class) {
            ('\\', _) => {
                let Some((_, escaped)) = chars.next() else {
                    return Some("the pattern ends in the middle of an escape");
                };
                if escaped == 'Q' {
                    return None;
                }
                if class.is_none() && matches!(escaped, '1'..='9' | 'Z') {
                    return Some("a regular expression of Go's doesn't have this escape");
                }
            }
            ('[', None) => {
                class = Some(at + if rest.starts_with("[^") { 2 } else { 1 });
                if rest.starts_with("[^") {
                    chars.next();
                }
            }
            ('[', Some(_)) if rest.starts_with("[:") => return None,
            (']', Some(start)) if at > start => class = None,
            ('(', None) => {
                if ["(?=", "(?!", "(?<=", "(?<!", "(?>"].iter().any(|look| rest.starts_with(look)) {
                    return Some("a regular expression of Go's doesn't look ahead or behind");
                }
                groups += 1;
            }
            (')', None) => match groups.checked_sub(1) {
                Some(left) => groups = left,
                None => return Some("the pattern closes a group that it didn't open"),
            },
            _ => {}
        }
    }
    match (class, groups) {
        (Some(_), _) => Some("the pattern doesn't close its `[`"),
        (None, 0) => None,
        _ => Some("the pattern doesn't close its `(`"),
    }
}

/// What the server takes at the root of a schema beside a status of its own, and what stands in
/// no schema anyway.
const WITH_STATUS: &[&str] = &[
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "enum",
    "maxProperties",
    "minProperties",
    "not",
    "oneOf",
];

fn check_root(cx: &mut Cx<'_>, version: Obj<'_>) {
    let status = version.object("subresources").and_then(|subresources| subresources.get("status"));
    let Some(validation) = version.object("schema").filter(|_| status.is_some()) else { return };
    let Some(root) = validation.object("openAPIV3Schema") else { return };
    if let Some(field) = WITH_STATUS.iter().find(|field| root.is_set(field)) {
        let message =
            format!("`{field}` can't stand at the root of a schema with a status of its own");
        cx.report(Reason::Invalid, root.key_place(field), message)
            .help("move it into the schema of `spec`")
            .path_of(validation.place("openAPIV3Schema"));
    }
}

fn check_paths(cx: &mut Cx<'_>, version: Obj<'_>) {
    for column in version.objects("additionalPrinterColumns") {
        if let Some(node) = column.get("jsonPath")
            && node.str().is_some_and(|path| !path.is_empty() && !path.starts_with('.'))
        {
            cx.invalid(node, "the path of a column starts with a dot").help("start it with `.`");
        }
    }
    if let Some(scale) = version.at(&["subresources", "scale"]) {
        for (field, roots) in [
            ("specReplicasPath", &[".spec."][..]),
            ("statusReplicasPath", &[".status."]),
            ("labelSelectorPath", &[".spec.", ".status."]),
        ] {
            let Some(node) = scale.get(field) else { continue };
            let inside =
                |path: &str| path.is_empty() || roots.iter().any(|root| path.starts_with(root));
            if node.str().is_some_and(|path| !inside(path)) {
                let roots: Vec<String> =
                    roots.iter().map(|root| format!("`{}`", root.trim_end_matches('.'))).collect();
                let message = format!("{} lies in {}", cx.f(field), roots.join(" or "));
                cx.invalid(node, message).help("write a path such as `.spec.replicas`");
            }
        }
    }
    let schema =
        version.object("schema").and_then(|validation| validation.object("openAPIV3Schema"));
    let mut seen: Vec<(&str, Node<'_>)> = Vec::new();
    for field in version.objects("selectableFields") {
        let (Some(schema), Some(node)) = (schema, field.get("jsonPath")) else { continue };
        let Some(path) = node.str().filter(|path| !path.is_empty()) else { continue };
        if path.starts_with(".metadata.") || path == ".metadata" {
            cx.invalid(node, "metadata has selectors of its own").help("name a field of the spec");
        } else if !leads_to_scalar(schema, path) {
            let message = "the path leads to no text, integer or boolean of the schema";
            cx.invalid(node, message).help("write a path such as `.spec.color`");
        } else if let Some((_, first)) = seen.iter().find(|(other, _)| *other == path) {
            cx.duplicate(node, *first, format!("`{path}` is selectable already"));
        } else {
            seen.push((path, node));
        }
    }
}

/// Whether a path of fields leads to something that can be selected by; true where the schema
/// isn't known well enough.
fn leads_to_scalar(schema: Obj<'_>, path: &str) -> bool {
    let Some(steps) = path.strip_prefix('.') else { return false };
    if steps.contains(['[', '\'']) {
        return steps.contains("['");
    }
    let mut at = schema;
    for step in steps.split('.') {
        let Some(fields) = at.object("properties") else { return at.has_unknown("properties") };
        match fields.object(step) {
            Some(field) => at = field,
            None => return !fields.is_absent(step),
        }
    }
    at.str("type").is_none_or(|ty| matches!(ty, "string" | "boolean" | "integer"))
        && !at.is_unset("type")
}

#[cfg(test)]
mod tests {
    use super::pattern_fault;

    #[test]
    fn faults_of_patterns() {
        for good in [
            "^[a-z]+$",
            "[]a]",
            "[^]a]",
            r"\(",
            "[(]",
            "(?:a|b)",
            "(?i)a",
            "(?P<n>a)",
            "[[:alpha:]]",
            "",
        ] {
            assert_eq!(pattern_fault(good), None, "{good}");
        }
        for bad in ["^[a-z", "(a", "a)", "(?!a)", "(?<=a)b", r"a\", r"(a)\1", "[]"] {
            assert!(pattern_fault(bad).is_some(), "{bad}");
        }
    }
}
