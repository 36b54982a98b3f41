//! The macros on `quote!` input: what a declaration lowers to, what is said of a broken one, and
//! what an expansion names.

use proc_macro2::{Spacing, Span, TokenStream, TokenTree};
use quote::quote;
use reactbin_check::{NodeId, Tree, Value};

mod contracts;
mod custom;
mod every_kind;
mod fuzz;
mod images;
mod required_env;

use crate::declare::Declaration;
use crate::errors::Errors;
use crate::lower::{Lower, SlotKind};
use crate::spot::Spot;
use crate::{checks, contract, declare, expand, kinds, parse};

/// A declaration, lowered and checked.
fn lowered(macro_name: &str, tokens: TokenStream) -> (Lower, Declaration) {
    let around = Spot::of(Span::call_site());
    let mut errors = Errors::default();
    let entries = parse::parse_entries(tokens, around, &mut errors);
    let mut lower = Lower::new(errors, Span::call_site().file());
    let declared = kinds::find(macro_name).unwrap();
    let declaration = declare::declare(&mut lower, declared, &entries, around);
    contract::demand(&mut lower, &declaration);
    checks::check(&mut lower, &declaration);
    (lower, declaration)
}

/// The tree as one line of flow style; what a slot will fill is `?`.
fn show(tree: &Tree, id: NodeId) -> String {
    match tree.get(id) {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Str(text) => format!("{text:?}"),
        Value::Unknown => "?".to_owned(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| show(tree, *item)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}: {}", tree.str(entry.key), show(tree, entry.value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// What stands at a path of a declaration without errors.
#[track_caller]
fn at(macro_name: &str, tokens: TokenStream, path: &[&str]) -> String {
    let (lower, declaration) = lowered(macro_name, tokens);
    assert_eq!(lower.errors.texts(), [""; 0]);
    let node = lower.tree.at(declaration.root, path);
    node.map_or_else(|| "nothing".to_owned(), |node| show(&lower.tree, node))
}

#[track_caller]
fn pod(tokens: TokenStream) -> String {
    at("deployment", tokens, &["spec", "template", "spec"])
}

#[track_caller]
fn container(tokens: TokenStream) -> String {
    let all = quote!(name: api, image: "api:1", #tokens);
    let pod = pod(all);
    let start = "{containers: [{name: \"api\", image: \"api:1\"";
    pod.strip_prefix(start)
        .and_then(|rest| rest.strip_suffix("}]}"))
        .unwrap_or_else(|| panic!("{pod}"))
        .trim_start_matches(", ")
        .to_owned()
}

fn errors(macro_name: &str, tokens: TokenStream) -> Vec<String> {
    lowered(macro_name, tokens).0.errors.texts()
}

#[test]
fn a_key_goes_to_the_level_that_usually_is_meant() {
    let all = |path: &[&str]| {
        let tokens = quote! {
            name: my_app,
            image: "api:1",
            security_context: { run_as_user: 1 },
            resources: { limits: { cpu: 1 } },
            restart_policy: Always,
            replicas: 2,
            labels: { tier: web },
            node_selector: { disk: ssd },
            pod: { security_context: { run_as_user: 2 }, labels: { team: a } },
            spec: { min_ready_seconds: 3 },
            metadata: { annotations: { note: "x" } },
        };
        at("deployment", tokens, path)
    };
    assert_eq!(
        all(&["metadata"]),
        r#"{name: "my-app", labels: {tier: "web"}, annotations: {note: "x"}}"#
    );
    assert_eq!(all(&["spec", "replicas"]), "2");
    assert_eq!(all(&["spec", "minReadySeconds"]), "3");
    assert_eq!(all(&["spec", "selector"]), r#"{matchLabels: {app: "my-app"}}"#);
    assert_eq!(all(&["spec", "template", "metadata"]), r#"{labels: {app: "my-app", team: "a"}}"#);
    assert_eq!(
        all(&["spec", "template", "spec"]),
        r#"{containers: [{name: "my-app", image: "api:1", securityContext: {runAsUser: 1}, resources: {limits: {cpu: "1"}}}], restartPolicy: "Always", nodeSelector: {disk: "ssd"}, securityContext: {runAsUser: 2}}"#,
    );
}

#[test]
fn a_job_has_no_selector_and_its_own_deadline() {
    let tokens = quote!(name: j, image: "i:1", restart_policy: Never, active_deadline_seconds: 5);
    assert_eq!(
        at("job", tokens, &["spec"]),
        r#"{activeDeadlineSeconds: 5, template: {spec: {containers: [{name: "j", image: "i:1"}], restartPolicy: "Never"}}}"#,
    );
}

#[test]
fn a_selector_that_is_written_is_left_alone() {
    let tokens = quote! {
        name: a, image: "i:1",
        selector: { match_labels: { tier: web } },
        pod: { labels: { tier: web } },
    };
    assert_eq!(at("deployment", tokens, &["spec", "selector"]), r#"{matchLabels: {tier: "web"}}"#);
    let tokens = quote!(name: a, image: "i:1", pod: { labels: { app: other } });
    assert_eq!(at("deployment", tokens, &["spec", "selector"]), r#"{matchLabels: {app: "other"}}"#);
}

#[test]
fn shorthands_stand_for_what_they_say() {
    assert_eq!(container(quote!(ports: [8000])), "ports: [{containerPort: 8000}]");
    assert_eq!(
        container(quote!(ports: { http_alt: 8000 })),
        r#"ports: [{name: "http-alt", containerPort: 8000}]"#,
    );
    assert_eq!(
        container(quote!(env: { A_B: "x", C: { value: "y" }, D: settings.KEY })),
        r#"env: [{name: "A_B", value: "x"}, {name: "C", value: "y"}, {name: "D", valueFrom: {secretKeyRef: {name: ?, key: "KEY"}}}]"#,
    );
    assert_eq!(
        container(quote!(env: { A: config_map(settings).KEY })),
        r#"env: [{name: "A", valueFrom: {configMapKeyRef: {name: ?, key: "KEY"}}}]"#,
    );
    assert_eq!(
        container(quote!(env_from: [api_env, external("x"), config_map(external("y"))])),
        r#"envFrom: [{secretRef: {name: ?}}, {secretRef: {name: "x"}}, {configMapRef: {name: "y"}}]"#,
    );
    assert_eq!(
        pod(
            quote!(name: a, image: "i:1", volumes: { my_data: { empty_dir: {} } }, volume_mounts: { "/data": my_data })
        ),
        r#"{containers: [{name: "a", image: "i:1", volumeMounts: [{mountPath: "/data", name: "my-data"}]}], volumes: [{name: "my-data", emptyDir: {}}]}"#,
    );
    assert_eq!(
        pod(quote!(name: a, containers: { main_one: { image: "i:1" }, b: { image: "i:2" } })),
        r#"{containers: [{name: "main-one", image: "i:1"}, {name: "b", image: "i:2"}]}"#,
    );
    assert_eq!(
        at(
            "service",
            quote!(name: a, ports: { http: 80, other: { port: 81, target_port: 82 } }),
            &["spec", "ports"]
        ),
        r#"[{name: "http", port: 80}, {name: "other", port: 81, targetPort: 82}]"#,
    );
    let ingress = quote!(name: a, default_backend: api.8000);
    assert_eq!(
        at("ingress", ingress, &["spec", "defaultBackend"]),
        r#"{service: {name: ?, port: {number: 8000}}}"#,
    );
}

#[test]
fn a_volume_claim_is_a_template_and_a_mount() {
    let tokens = quote! {
        name: db, service_name: db, image: "i:1",
        volume_claims: { my_data: { size: 10Gi, mount: "/data", storage_class_name: fast } },
    };
    assert_eq!(
        at("stateful_set", tokens.clone(), &["spec", "volumeClaimTemplates"]),
        r#"[{metadata: {name: "my-data"}, spec: {accessModes: ["ReadWriteOnce"], storageClassName: "fast", resources: {requests: {storage: "10Gi"}}}}]"#,
    );
    assert_eq!(
        at("stateful_set", tokens, &["spec", "template", "spec", "containers"]),
        r#"[{name: "db", image: "i:1", volumeMounts: [{name: "my-data", mountPath: "/data"}]}]"#,
    );
}

#[test]
fn tokens_are_the_values_they_look_like() {
    for (tokens, value) in [
        (quote!(image_pull_policy: IfNotPresent), r#"imagePullPolicy: "IfNotPresent""#),
        (
            quote!(resources: { limits: { memory: 0.5Gi, cpu: 500m } }),
            r#"resources: {limits: {memory: "0.5Gi", cpu: "500m"}}"#,
        ),
        (quote!(tty: true), "tty: true"),
        (quote!(working_dir: "/a b"), r#"workingDir: "/a b""#),
        (quote!(command: [sh, "-c"]), r#"command: ["sh", "-c"]"#),
        (quote!(args: [("x".to_string())]), "args: [?]"),
    ] {
        assert_eq!(container(tokens), value);
    }
    let strategy = quote!(name: a, image: "i:1", strategy: { rolling_update: { max_surge: 25% } });
    assert_eq!(
        at("deployment", strategy, &["spec", "strategy"]),
        r#"{rollingUpdate: {maxSurge: "25%"}}"#,
    );
    let mode = quote! {
        name: a, image: "i:1",
        volumes: { c: { secret: { secret_name: external("s"), default_mode: 0o644 } } },
    };
    assert!(pod(mode).contains("defaultMode: 420"));
}

#[test]
fn a_broken_declaration_reports_all_and_goes_on_behind_each_comma() {
    let errors = errors(
        "deployment",
        quote! {
            name: api,
            imge: "api:1",
            replicas = 2,
            ports: [99999],
            liveness_probe: { http_get: { pth: "/", port: 8000 } },
        },
    );
    let firsts: Vec<&str> = errors.iter().filter_map(|text| text.lines().next()).collect();
    assert_eq!(
        firsts,
        [
            "expected `:` behind the key `replicas`, found `=`",
            "unknown field `pth` of HTTPGetAction",
            "`deployment!` has no key `imge`",
            "`99999` is out of range",
        ]
    );
}

#[test]
fn a_field_that_a_typo_meant_isnt_missing_too() {
    assert_eq!(
        errors("deployment", quote!(name: api, imag: "api:1")),
        ["`deployment!` has no key `imag`\nhelp: use `image`"],
    );
    assert_eq!(
        errors("deployment", quote!(name: api, image: "api:1", ports: [{ container_prt: 1 }])),
        ["unknown field `container_prt` of ContainerPort\nhelp: use `container_port`"],
    );
}

#[test]
fn a_reference_takes_an_item_or_says_that_it_is_elsewhere() {
    let (lower, _) = lowered("deployment", quote!(name: a, image: "i:1", init: crate::x::migrate));
    let SlotKind::Fragment { item } = &lower.slots[0].kind else { panic!("{:?}", lower.slots) };
    assert_eq!(item.to_string().replace(' ', ""), "crate::x::MigrateInitContainer");
    assert_eq!(
        errors("stateful_set", quote!(name: a, image: "i:1", service_name: "my-db")),
        [
            "a plain string can't say whether a Service of that name exists\nhelp: name the item, `my_db`, or write `external(\"my-db\")` for one that is made elsewhere"
        ],
    );
}

/// Every path in an expansion starts at the facade's private module or at `core`, or is the
/// author's own.
#[test]
fn a_warning_is_no_error() {
    let rules =
        quote!(name: "r", rules: [{ api_groups: [""], resources: ["pods"], verbs: ["gett"] }]);
    assert_eq!(errors("role", rules), [""; 0]);
    let none = quote!(name: "r", rules: [{ api_groups: [""], resources: ["pods"], verbs: [] }]);
    assert_eq!(errors("role", none).len(), 1);
}

#[test]
fn an_expansion_names_only_the_facade_and_core() {
    let tokens = quote!(name: api, image: "api:" + param(tag), ports: [8000], init: migrate);
    let (lower, declaration) = lowered("deployment", tokens);
    let expansion = expand::expand(&quote!(the_facade), &lower, &declaration);
    let mut roots = Vec::new();
    absolute_paths(expansion.clone(), &mut roots);
    roots.sort();
    roots.dedup();
    assert_eq!(roots, ["core"]);
    let text = expansion.to_string();
    assert_eq!(text.matches("the_facade").count(), 1, "{text}");
    assert!(text.contains("pub struct ApiDeployment"), "{text}");
}

/// What stands behind a `::` that nothing stands before.
fn absolute_paths(tokens: TokenStream, roots: &mut Vec<String>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        if let TokenTree::Group(group) = tree {
            absolute_paths(group.stream(), roots);
        }
        let colons = matches!(tree, TokenTree::Punct(p) if p.as_char() == ':' && p.spacing() == Spacing::Joint);
        let goes_on = at.checked_sub(1).is_some_and(|before| match &trees[before] {
            TokenTree::Ident(_) => true,
            TokenTree::Punct(punct) => punct.as_char() == '>',
            _ => false,
        });
        let starts = colons && !goes_on;
        if let (true, Some(TokenTree::Ident(root))) = (starts, trees.get(at + 2)) {
            roots.push(root.to_string());
        }
    }
}

#[test]
fn a_broken_declaration_still_defines_its_items() {
    let tokens = quote!(name: api, imge: 3, ports: [0]);
    let (lower, declaration) = lowered("deployment", tokens);
    let text = expand::expand(&quote!(the_facade), &lower, &declaration).to_string();
    assert!(text.contains("compile_error"), "{text}");
    assert!(text.contains("pub struct ApiDeployment"), "{text}");
    assert!(text.contains("pub type ApiWorkload = ApiDeployment"), "{text}");
    assert!(text.contains("Ports :: UNKNOWN"), "{text}");
    assert!(!text.contains("distributed_slice"), "{text}");
}

/// Every kind has a macro, and every macro a kind.
#[test]
fn macros_and_kinds_are_one_list() {
    let mut kinds: Vec<&str> = reactbin_check::facts::KINDS.iter().map(|kind| kind.snake).collect();
    kinds.extend(["container", "init_container"]);
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, crate::MACROS);
}

#[test]
fn no_tokens_make_the_macros_panic() {
    for tokens in [
        quote!(),
        quote!(,),
        quote!(name),
        quote!(name:),
        quote!(name: ::),
        quote!(name: -),
        quote!(name: a::),
        quote!(name: a.),
        quote!(#[doc]),
        quote!(#[allow] name: a),
        quote!(#[allow()] name: a),
        quote!(#),
        quote!(: : :),
        quote!({} [] ()),
        quote!(name: () , name: [], name: {}),
        quote!(name: "", image: ""),
        quote!(name: 'c', image: b"x", ports: 1.5e400),
        quote!(name: a, env: { A: a.b.c }, ports: [[[[]]]]),
        quote!(name: a, selector: 3, spec: [], metadata: 1, pod: 2, containers: 3, init: [[]]),
        quote!(name: a, volume_claims: { a: 1, b: { size: [], mount: {} } }, keys: [1], auth: {}),
    ] {
        for name in crate::MACROS {
            let (lower, declaration) = lowered(name, tokens.clone());
            let _ = expand::expand(&quote!(x), &lower, &declaration);
        }
    }
}

/// Nothing is written by hand per field: the language has every field that the facts have.
#[test]
fn every_field_of_every_type_can_be_written() {
    for ty in reactbin_check::facts::TYPES {
        let tokens: TokenStream = ty
            .fields
            .iter()
            .map(|field| {
                let key = proc_macro2::Ident::new(field.snake, Span::call_site());
                quote!(#key: (value),)
            })
            .collect();
        let mut errors = Errors::default();
        let spot = Spot::of(Span::call_site());
        let entries = parse::parse_entries(tokens, spot, &mut errors);
        let mut lower = Lower::new(errors, String::new());
        let object = lower.lower_object(&entries, ty, spot);
        assert_eq!(lower.errors.texts(), [""; 0], "{}", ty.name);
        let written: Vec<&str> =
            lower.tree.entries(object).iter().map(|entry| lower.tree.str(entry.key)).collect();
        let fields: Vec<&str> = ty.fields.iter().map(|field| field.name).collect();
        assert_eq!(written, fields, "{}", ty.name);
        assert_eq!(lower.slots.len(), fields.len(), "{}", ty.name);
    }
}
