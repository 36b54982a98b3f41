//! Rules of CustomResourceDefinition: names, versions, and schemas that must be structural.

use super::Rule;
use super::admission::{has_lines, is_blank};
use crate::cel;
use crate::cx::{Cx, Node, Obj, Place};
use crate::finding::{Reason, Severity};
use crate::tree::Value;

const SPEC: &str = "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec";
const NAMES: &str =
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames";
pub(super) const VERSION: &str =
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion";
pub(super) const SCHEMA: &str =
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation";

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "conversion_webhook",
        on: SPEC,
        severity: Severity::Error,
        waivable: false,
        what: "A definition whose versions are converted by a webhook says which, and no other \
               definition does.",
        source: "apiextensions: ValidateCustomResourceConversion",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, conversion: {strategy: Webhook}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, conversion: {strategy: None}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        check: Some(check_conversion),
    },
    Rule {
        id: "definition_group",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "The group of custom resources is a domain of their author's: one with a dot in it, and \
               one of Kubernetes' own only with its approval.",
        source: "apiextensions: validateCustomResourceDefinitionSpec, validateAPIApproval",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example}, spec: {group: example, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        check: Some(check_group),
    },
    Rule {
        id: "definition_name",
        on: "",
        severity: Severity::Error,
        waivable: false,
        what: "A CustomResourceDefinition is called by its resource's plural, a dot and its group.",
        source: "apiextensions: ValidateCustomResourceDefinition",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widget.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        check: Some(check_name),
    },
    Rule {
        id: "deprecation_warning",
        on: VERSION,
        severity: Severity::Error,
        waivable: false,
        what: "Only a deprecated version warns of its deprecation.",
        source: "apiextensions: validateDeprecationWarning",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, deprecationWarning: old, schema: {openAPIV3Schema: {type: object}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, deprecated: true, deprecationWarning: old, schema: {openAPIV3Schema: {type: object}}}]}}",
        check: Some(check_deprecation),
    },
    Rule {
        id: "list_kind",
        on: NAMES,
        severity: Severity::Error,
        waivable: false,
        what: "The kind of the list of resources differs from the kind of one.",
        source: "apiextensions: ValidateCustomResourceDefinitionNames",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget, listKind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget, listKind: WidgetList}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        check: Some(check_list_kind),
    },
    Rule {
        id: "preserve_unknown_fields",
        on: SPEC,
        severity: Severity::Error,
        waivable: false,
        what: "A definition doesn't keep unknown fields everywhere: its schemas say where.",
        source: "apiextensions: validateCustomResourceDefinitionSpec",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, preserveUnknownFields: true, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]}}",
        check: Some(check_preserve),
    },
    Rule {
        id: "schema_list_type",
        on: SCHEMA,
        severity: Severity::Error,
        waivable: false,
        what: "Only a list has a list type, and one that is merged by keys says which fields of its \
               items they are.",
        source: "apiextensions: ValidateListSetsAndMaps",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: array, x-kubernetes-list-type: map, items: {type: object}}}}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, required: [k], properties: {k: {type: string}}}}}}}}]}}",
        check: Some(check_list_types),
    },
    Rule {
        id: "schema_validation_rule",
        on: SCHEMA,
        severity: Severity::Error,
        waivable: false,
        what: "A validation rule of a schema is a CEL expression about `self`.",
        source: "apiextensions: ValidateCustomResourceDefinitionOpenAPISchema",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: integer, x-kubernetes-validations: [{rule: \"self >\"}]}}}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: integer, x-kubernetes-validations: [{rule: \"self > 1\"}]}}}}}]}}",
        check: Some(check_validations),
    },
    Rule {
        id: "storage_version",
        on: SPEC,
        severity: Severity::Error,
        waivable: false,
        what: "Exactly one version of a custom resource is the one that is stored, and each version has \
               its own name.",
        source: "apiextensions: validateCustomResourceDefinitionSpec",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}",
        check: Some(check_storage),
    },
    Rule {
        id: "unstructural_schema",
        on: VERSION,
        severity: Severity::Error,
        waivable: false,
        what: "The schema of a custom resource is structural: it gives each field and item a type, and \
               uses nothing that would leave one open.",
        source: "apiextensions: ValidateCustomResourceDefinitionOpenAPISchema, structural schemas",
        bad: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {}}}}}]}}",
        good: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: Widget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object}}}}}]}}",
        check: Some(check_schema),
    },
];

fn check_conversion(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(conversion) = spec.object("conversion") else { return };
    match conversion.str("strategy") {
        Some("Webhook") if conversion.is_absent("webhook") => {
            let message = format!("{} needs {}", cx.set("strategy", "Webhook"), cx.f("webhook"));
            cx.required(conversion, "webhook", message);
        }
        Some("None") if conversion.get("webhook").is_some() => {
            let message = format!("{} is for {}", cx.f("webhook"), cx.set("strategy", "Webhook"));
            cx.forbidden(conversion, "webhook", message);
        }
        _ => {}
    }
    let Some(webhook) = conversion.object("webhook") else { return };
    let Some(versions) = webhook.get("conversionReviewVersions") else { return };
    let known = |node: Node<'_>| node.is_unknown() || matches!(node.str(), Some("v1" | "v1beta1"));
    if !versions.is_unknown() && !versions.is_empty() && !versions.items().any(known) {
        cx.invalid(versions, "the server speaks none of these versions of ConversionReview")
            .help("add `v1`");
    }
}

fn check_group(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["CustomResourceDefinition"]) {
        return;
    }
    let Some(group) = root.object("spec").and_then(|spec| spec.get("group")) else { return };
    let Some(text) = group.str().filter(|text| !text.is_empty()) else { return };
    if !text.contains('.') {
        cx.invalid(group, format!("`{text}` has no dot: a group is a domain"))
            .help(format!("use a domain of yours, such as `{text}.example.com`"));
        return;
    }
    let protected = ["k8s.io", "kubernetes.io"].iter().any(|domain| {
        text.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    });
    let Some(metadata) = root.object("metadata").filter(|_| protected) else { return };
    let key = "api-approved.kubernetes.io";
    if metadata.is_absent("annotations")
        || metadata.object("annotations").is_some_and(|map| map.is_absent(key))
    {
        let message =
            format!("`{text}` is a group of Kubernetes' own, for APIs that it has approved");
        cx.invalid(group, message)
            .help(format!(
                "use a domain of yours, or say in the annotation `{key}` where it was approved"
            ))
            .path_of(Place::Missing(metadata.id, "annotations.api-approved.kubernetes.io"));
    }
}

fn check_name(cx: &mut Cx<'_>, root: Obj<'_>) {
    if !cx.is_kind(&["CustomResourceDefinition"]) {
        return;
    }
    let Some(spec) = root.object("spec") else { return };
    let Some(metadata) = root.object("metadata") else { return };
    let plural = spec.object("names").and_then(|names| names.str("plural"));
    let (Some(plural), Some(group)) = (plural, spec.str("group")) else { return };
    if plural.is_empty() || group.is_empty() {
        return;
    }
    let Some(name) = metadata.get("name").or_else(|| metadata.get("generateName")) else { return };
    let wanted = format!("{plural}.{group}");
    if name.str().is_some_and(|name| !name.is_empty() && name != wanted) {
        cx.invalid(name, "a definition is called by its plural and its group")
            .help(format!("use `{wanted}` as its `name`"));
    }
}

fn check_deprecation(cx: &mut Cx<'_>, version: Obj<'_>) {
    if version.bool_or("deprecated", false) == Some(false)
        && let Some(node) = version.get("deprecationWarning")
    {
        let message = format!(
            "{} is for a version that is {}",
            cx.f("deprecationWarning"),
            cx.f("deprecated")
        );
        let help = format!("add `{}: true`", cx.naming.name("deprecated"));
        cx.invalid(node, message).help(help);
    }
}

fn check_list_kind(cx: &mut Cx<'_>, names: Obj<'_>) {
    let Some(list) = names.get("listKind") else { return };
    if let Some(kind) =
        list.str().filter(|kind| !kind.is_empty() && names.str("kind") == Some(kind))
    {
        let message = format!("{} and {} can't be the same", cx.f("kind"), cx.f("listKind"));
        cx.invalid(list, message).help(format!("use `{kind}List`"));
    }
}

fn check_preserve(cx: &mut Cx<'_>, spec: Obj<'_>) {
    if let Some(node) = spec.get("preserveUnknownFields").filter(|node| node.bool() == Some(true)) {
        let message = format!("{} can't be `true`", cx.f("preserveUnknownFields"));
        cx.invalid(node, message)
            .help("set `x-kubernetes-preserve-unknown-fields: true` in the schema where unknown fields stay");
    }
}

fn check_storage(cx: &mut Cx<'_>, spec: Obj<'_>) {
    let Some(versions) = spec.get("versions").filter(|_| !spec.has_unknown("versions")) else {
        return;
    };
    let mut names: Vec<(&str, Node<'_>)> = Vec::new();
    for version in versions.objects() {
        let Some((node, name)) = version.get("name").and_then(|node| Some((node, node.str()?)))
        else {
            continue;
        };
        match names.iter().find(|(other, _)| *other == name) {
            Some((_, first)) => {
                let message = format!("two versions are called `{name}`");
                cx.invalid(node, message)
                    .related(first.id, "the first is here")
                    .path_of(Place::Value(versions.id));
            }
            None => names.push((name, node)),
        }
    }
    let stored: Vec<Node<'_>> = versions
        .objects()
        .filter(|v| v.bool("storage") == Some(true))
        .filter_map(|v| v.get("storage"))
        .collect();
    let storage = cx.f("storage");
    match stored[..] {
        [_] => {}
        [first, second, ..] => {
            cx.invalid(second, "a second version that is stored")
                .help(format!("leave {storage} `true` in one version"))
                .related(first.id, "the first is here")
                .path_of(Place::Value(versions.id));
        }
        [] => {
            cx.invalid(versions, "no version is the one that is stored")
                .help(format!("set {storage} to `true` in one version"));
        }
    }
}

/// What a schema is in the schema around it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Role {
    Root,
    Field,
    Item,
    /// In `allOf`, `anyOf`, `oneOf` or `not`, where values are restricted but not described.
    Junctor,
}

/// Calls `check` with each schema in a schema, itself first.
pub(super) fn walk<'t>(
    schema: Obj<'t>,
    role: Role,
    depth: usize,
    check: &mut dyn FnMut(Obj<'t>, Role),
) {
    check(schema, role);
    if depth == 0 {
        return;
    }
    let inner = |other| if role == Role::Junctor { Role::Junctor } else { other };
    for (_, value) in schema.object("properties").iter().flat_map(|properties| properties.entries())
    {
        if let Some(field) = value.object() {
            walk(field, inner(Role::Field), depth - 1, check);
        }
    }
    for (field, role) in
        [("items", Role::Item), ("additionalProperties", Role::Field), ("not", Role::Junctor)]
    {
        if let Some(schema) = schema.object(field) {
            walk(schema, inner(role), depth - 1, check);
        }
    }
    for field in ["allOf", "anyOf", "oneOf"] {
        if field == "anyOf" && role != Role::Junctor && is_int_or_string(schema) {
            continue;
        }
        for (index, inner) in schema.objects(field).enumerate() {
            // It may stand in the first of `allOf`, where other restrictions stand beside it.
            if field == "allOf" && index == 0 && role != Role::Junctor && is_int_or_string(inner) {
                check(inner, Role::Junctor);
                continue;
            }
            walk(inner, Role::Junctor, depth - 1, check);
        }
    }
}

/// Whether a schema says, in the one way that is allowed, that its values are integers or texts.
fn is_int_or_string(schema: Obj<'_>) -> bool {
    let types: Vec<Option<&str>> = schema
        .objects("anyOf")
        .map(|inner| inner.str("type").filter(|_| inner.entries().count() == 1))
        .collect();
    types == [Some("integer"), Some("string")]
}

/// Schemas that are nested deeper aren't looked into.
pub(super) const MAX_DEPTH: usize = 64;

/// What stands in no schema of a custom resource.
const FORBIDDEN: &[(&str, &str)] = &[
    ("$ref", "write the schema out"),
    ("additionalItems", "remove it"),
    ("definitions", "write the schemas out where they are used"),
    ("dependencies", "use `x-kubernetes-validations`"),
    ("id", "remove it"),
    ("patternProperties", "use `additionalProperties`"),
];

/// What describes values rather than restrict them, and so stands in no junctor.
const DESCRIPTIONS: &[&str] = &[
    "additionalProperties",
    "default",
    "description",
    "externalDocs",
    "nullable",
    "title",
    "type",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-int-or-string",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-list-type",
    "x-kubernetes-map-type",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-validations",
];

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

fn check_schema(cx: &mut Cx<'_>, version: Obj<'_>) {
    let validation = version.object("schema");
    let Some(schema) = validation.and_then(|validation| validation.object("openAPIV3Schema"))
    else {
        let missing = validation.is_none_or(|validation| validation.is_absent("openAPIV3Schema"));
        if missing && (validation.is_some() || version.is_absent("schema")) {
            let place = match validation {
                Some(validation) => Place::Missing(validation.id, "openAPIV3Schema"),
                None => Place::Missing(version.id, "schema.openAPIV3Schema"),
            };
            let message = format!("a version needs {}", cx.f("openAPIV3Schema"));
            cx.report(Reason::Required, place, message)
                .help("describe the resource, at least by `type: object`");
        }
        return;
    };
    walk(schema, Role::Root, MAX_DEPTH, &mut |schema, role| {
        check_type(cx, schema, role);
        check_forbidden(cx, schema, role);
        if role != Role::Junctor {
            check_extensions(cx, schema);
        }
    });
}

fn check_type(cx: &mut Cx<'_>, schema: Obj<'_>, role: Role) {
    let ty = schema.get("type");
    let open = ["x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields"];
    if role != Role::Junctor && schema.is_unset("type") {
        if open.iter().all(|field| schema.is_unset(field)) {
            let what = match role {
                Role::Root => "a schema",
                Role::Item => "the schema of a list's items",
                _ => "the schema of a field",
            };
            let help = if role == Role::Root {
                "add `type: object`"
            } else {
                "add `type: …`, such as `object` or `string`"
            };
            cx.required(schema, "type", format!("{what} needs a type")).help(help);
        }
        return;
    }
    let Some((ty, name)) = ty.and_then(|node| Some((node, node.str()?))) else { return };
    if name.is_empty() {
        return;
    }
    if name == "null" {
        cx.forbidden(schema, "type", "`null` isn't a type of a field").help("use `nullable: true`");
    } else if !TYPES.contains(&name) {
        let types: Vec<String> = TYPES.iter().map(|name| format!("`{name}`")).collect();
        cx.not_supported(ty, format!("`{name}` isn't a type"))
            .help(format!("use one of {}", types.join(", ")));
    } else if role == Role::Root && name != "object" {
        cx.invalid(ty, "a resource is an object").help("use `object`");
    } else if name == "array" && role != Role::Junctor && schema.is_absent("items") {
        cx.required(schema, "items", "the schema of a list says what its items are")
            .help("add `items: {type: \u{2026}}`");
    }
}

fn check_forbidden(cx: &mut Cx<'_>, schema: Obj<'_>, role: Role) {
    for (field, help) in FORBIDDEN {
        if schema.is_set(field) {
            cx.forbidden(schema, field, format!("`{field}` isn't supported")).help(*help);
        }
    }
    if schema.bool("uniqueItems") == Some(true) {
        cx.forbidden(
            schema,
            "uniqueItems",
            "`uniqueItems` isn't supported: it takes too long to check",
        )
        .help("use `x-kubernetes-list-type: set`");
    }
    if matches!(schema.get("items").map(Node::value), Some(Value::List(_))) {
        cx.forbidden(schema, "items", "`items` is the schema of all items, not a list of schemas");
    }
    if role == Role::Root && schema.bool("nullable") == Some(true) {
        cx.forbidden(schema, "nullable", "a resource can't be null");
    }
    if role == Role::Junctor {
        for field in DESCRIPTIONS {
            let given = match field {
                &"x-kubernetes-list-type" | &"x-kubernetes-map-type" => schema.get(field).is_some(),
                _ => schema.is_set(field) && schema.bool(field) != Some(false),
            };
            if given || (*field == "additionalProperties" && schema.get(field).is_some()) {
                let message =
                    format!("`{field}` doesn't restrict values, so it has no place in a junctor");
                cx.forbidden(schema, field, message)
                    .help("move it out of `allOf`, `anyOf`, `oneOf` and `not`");
            }
        }
        return;
    }
    match schema.get("additionalProperties").map(Node::value) {
        Some(Value::Bool(false)) => {
            cx.forbidden(schema, "additionalProperties", "`additionalProperties` can't be `false`")
                .help("remove it: fields that the schema doesn't have are dropped anyway");
        }
        Some(Value::Bool(true) | Value::Map(_)) if role == Role::Root => {
            let message =
                "a resource has fields, not any names: `additionalProperties` isn't for the root";
            cx.forbidden(schema, "additionalProperties", message)
                .help("use `x-kubernetes-preserve-unknown-fields: true`");
        }
        Some(Value::Map(_)) if schema.is_set("properties") => {
            let message = "`properties` and `additionalProperties` can't both be given";
            cx.forbidden(schema, "additionalProperties", message).help("leave one of them out");
        }
        _ => {}
    }
}

fn check_extensions(cx: &mut Cx<'_>, schema: Obj<'_>) {
    let preserve = "x-kubernetes-preserve-unknown-fields";
    if let Some(node) = schema.get(preserve).filter(|node| node.bool() == Some(false)) {
        cx.invalid(node, format!("`{preserve}` is `true` or isn't given")).help("remove it");
    }
    if schema.bool("x-kubernetes-embedded-resource") == Some(true)
        && schema.is_unset("properties")
        && schema.is_unset(preserve)
    {
        let message = "an embedded resource needs `properties`, or keeps its unknown fields";
        cx.required(schema, "properties", message).help(format!("add `{preserve}: true`"));
    }
    for field in ["x-kubernetes-embedded-resource", "x-kubernetes-map-type"] {
        let given = match field {
            "x-kubernetes-map-type" => schema.get(field).is_some(),
            _ => schema.bool(field) == Some(true),
        };
        if given && schema.str_or("type", "").is_some_and(|ty| ty != "object") {
            cx.report(Reason::Invalid, schema.place("type"), format!("`{field}` is for objects"))
                .help("remove it, or use `type: object`");
        }
    }
    for field in [preserve, "x-kubernetes-embedded-resource"] {
        if schema.bool("x-kubernetes-int-or-string") == Some(true)
            && let Some(node) = schema.get(field).filter(|node| node.bool() == Some(true))
        {
            cx.invalid(node, "an integer or a text has no fields").help("remove it");
        }
    }
    if let Some(node) = schema.get("x-kubernetes-map-type")
        && node.str().is_some_and(|text| !text.is_empty() && text != "atomic" && text != "granular")
    {
        cx.not_supported(node, "no such map type").help("use `atomic` or `granular`");
    }
}

fn check_list_types(cx: &mut Cx<'_>, validation: Obj<'_>) {
    let Some(schema) = validation.object("openAPIV3Schema") else { return };
    walk(schema, Role::Root, MAX_DEPTH, &mut |schema, _| check_list_type(cx, schema));
}

fn check_list_type(cx: &mut Cx<'_>, schema: Obj<'_>) {
    let (list_type, map_keys) = ("x-kubernetes-list-type", "x-kubernetes-list-map-keys");
    let kind = schema.get(list_type).and_then(|node| Some((node, node.str()?)));
    let merged = kind.is_some_and(|(_, text)| text == "map");
    if let Some((node, text)) = kind {
        if !["atomic", "map", "set"].contains(&text) {
            cx.not_supported(node, format!("`{text}` isn't a list type"))
                .help("use `atomic`, `map` or `set`");
            return;
        }
        if schema.str_or("type", "").is_some_and(|ty| ty != "array") {
            cx.invalid(node, format!("`{list_type}` is for lists"))
                .help("remove it, or use `type: array`")
                .path_of(schema.place("type"));
            return;
        }
    }
    if merged && schema.is_unset(map_keys) {
        cx.required(schema, map_keys, "a list that is merged by keys needs to say which")
            .help(format!("add `{map_keys}: [\u{2026}]` with the names of fields of its items"));
    }
    if !merged && schema.is_set(map_keys) && (kind.is_some() || schema.is_absent(list_type)) {
        cx.forbidden(schema, map_keys, "only a list of the type `map` has keys")
            .help(format!("add `{list_type}: map`"))
            .path_of(schema.place(list_type));
    }
    let Some((_, text)) = kind else { return };
    let Some(items) = schema.object("items") else { return };
    if text != "atomic" && items.bool("nullable") == Some(true) {
        cx.forbidden(items, "nullable", "the items of such a list can't be null");
    }
    match text {
        "map" => check_map_keys(cx, schema, items),
        "set" => check_set_items(cx, items),
        _ => {}
    }
}

/// The items of a set are compared as a whole.
fn check_set_items(cx: &mut Cx<'_>, items: Obj<'_>) {
    let (field, default) = match items.str("type") {
        Some("object") => ("x-kubernetes-map-type", "granular"),
        Some("array") => ("x-kubernetes-list-type", "atomic"),
        _ => return,
    };
    if items.str_or(field, default).is_some_and(|ty| ty != "atomic") {
        cx.report(
            Reason::Invalid,
            items.place(field),
            "the items of a set are compared as a whole",
        )
        .help(format!("use `{field}: atomic` for them"));
    }
}

/// The keys by which a list is merged are fields of its items that are always there.
fn check_map_keys(cx: &mut Cx<'_>, schema: Obj<'_>, items: Obj<'_>) {
    if let Some(ty) = items.get("type").filter(|ty| ty.str().is_some_and(|ty| ty != "object")) {
        cx.invalid(ty, "a list that is merged by keys has objects").help("use `object`");
        return;
    }
    let map_keys = "x-kubernetes-list-map-keys";
    let mut seen = Vec::new();
    for key in schema.items(map_keys) {
        let Some(name) = key.str() else { continue };
        if seen.contains(&name) {
            cx.invalid(key, format!("`{name}` is a key already"))
                .help("remove it")
                .path_of(schema.place(map_keys));
        }
        seen.push(name);
        if items.is_absent("properties")
            || items.object("properties").is_some_and(|fields| fields.is_absent(name))
        {
            cx.invalid(key, "the items have no such field")
                .help("use a name that stands in their `properties`")
                .path_of(schema.place(map_keys));
        }
        let Some(field) = items.object("properties").and_then(|fields| fields.object(name)) else {
            continue;
        };
        if let Some(ty) =
            field.get("type").filter(|ty| matches!(ty.str(), Some("array" | "object")))
        {
            cx.invalid(ty, "a key is a text, a number or a boolean")
                .help("use `string`, `integer` or `boolean`, or another key");
        }
        if field.bool("nullable") == Some(true) {
            cx.forbidden(field, "nullable", "a key can't be null");
        }
        let required =
            items.items("required").any(|node| node.is_unknown() || node.str() == Some(name));
        if !required && !items.has_unknown("required") && field.is_absent("default") {
            cx.required(field, "default", "a key is always there")
                .help(format!("add `required: [{name}]` to the items, or give it a default"));
        }
    }
}

fn check_validations(cx: &mut Cx<'_>, validation: Obj<'_>) {
    let Some(schema) = validation.object("openAPIV3Schema") else { return };
    walk(schema, Role::Root, MAX_DEPTH, &mut |schema, _| {
        for rule in schema.objects("x-kubernetes-validations") {
            check_rule_texts(cx, rule);
            for (field, boolean) in [("rule", true), ("messageExpression", false)] {
                let Some(node) = rule.get(field) else { continue };
                let Some(text) = node.str().filter(|text| !text.trim().is_empty()) else {
                    continue;
                };
                let variables = &["self", "oldSelf"];
                let env = cel::Env { variables, boolean, missing: &cel::unknown_fields };
                if let Err(message) = cel::check(text, env) {
                    cx.invalid(node, message)
                        .help("write a CEL expression, such as `self.size > 0`");
                }
            }
        }
    });
}

fn check_rule_texts(cx: &mut Cx<'_>, rule: Obj<'_>) {
    if let Some(node) = rule.get("message")
        && node.str().is_some_and(|text| is_blank(text) || has_lines(text))
    {
        cx.invalid(node, format!("{} is one line", cx.f("message"))).help("write it in one line");
    } else if rule.str("rule").is_some_and(has_lines) && rule.is_unset("message") {
        let message = format!("a rule of several lines needs {}", cx.f("message"));
        cx.required(rule, "message", message);
    }
    if let Some(node) = rule.get("optionalOldSelf")
        && rule.str("rule").is_some_and(|text| !text.contains("oldSelf"))
    {
        cx.invalid(node, "the rule doesn't speak of `oldSelf`").help("remove it");
    }
}
