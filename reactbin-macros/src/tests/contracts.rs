//! What containers ask of their images and environments: which demands a declaration makes, and
//! that what says them reaches no YAML.

use proc_macro2::TokenStream;
use quote::quote;

use super::{errors, lowered, show};
use crate::contract::Required;
use crate::lower::{DemandKind, SlotKind};

/// What is demanded of images, each as `Item: ask`, then as `Item: ask (waived)`.
#[track_caller]
fn demands(macro_name: &str, tokens: TokenStream) -> Vec<String> {
    let (lower, _) = lowered(macro_name, tokens);
    assert_eq!(lower.errors.texts(), [""; 0]);
    let demanded = lower.demands.iter().filter_map(|demand| match &demand.kind {
        DemandKind::Image(ask, _) => Some(format!("{}: {ask}", demand.item)),
        _ => None,
    });
    let waived = lower.waived.iter().flat_map(|waived| &waived.asks);
    let waived = waived.map(|(item, ask)| format!("{item}: {ask} (waived)"));
    let mut all: Vec<String> = demanded.chain(waived).map(|text| text.replace(' ', "")).collect();
    all.sort();
    all
}

/// What is required of environments: the names and sources, and what is required.
fn environments(tokens: TokenStream) -> Vec<String> {
    let (lower, _) = lowered("container", tokens);
    assert_eq!(lower.errors.texts(), [""; 0]);
    let show = |env: &crate::contract::EnvDemand| {
        let from = env.from.iter().map(|(prefix, item)| format!("{prefix}{item}.*"));
        let given: Vec<String> = env.own.iter().cloned().chain(from).collect();
        let required = env.required.iter().map(|(required, _)| match required {
            Required::Name(name) => name.clone(),
            Required::Constant(tokens) => tokens.to_string().replace(' ', ""),
        });
        format!("{} of {}", required.collect::<Vec<_>>().join(" "), given.join(" "))
    };
    lower.envs.iter().map(show).collect()
}

#[test]
fn an_image_is_an_item_and_nothing_else_of_it_is_in_the_tree() {
    let tokens = quote! {
        name: api,
        image: crate::images::my_api,
        needs: ["/app/x"],
        requires_env: [A],
        env: { A: "" },
    };
    let (lower, declaration) = lowered("container", tokens);
    assert_eq!(
        show(&lower.tree, declaration.root),
        r#"{name: "api", image: ?, env: [{name: "A", value: ""}]}"#
    );
    let SlotKind::Image { item, needs } = &lower.slots[0].kind else { panic!("{:?}", lower.slots) };
    assert_eq!(item.to_string().replace(' ', ""), "crate::images::MyApiImage");
    assert_eq!(needs.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["/app/x"]);
}

#[test]
fn a_containers_fields_ask_its_image() {
    let container = quote! {
        name: api,
        image: api,
        ports: { http: 8000, dns: { container_port: 53, protocol: UDP } },
        working_dir: "/app/",
        needs: ["/app/x/"],
        security_context: { run_as_user: 1001, run_as_non_root: true },
    };
    let all = [
        r#"ApiImage:Directory("/app")"#,
        r#"ApiImage:Path("/app/x")"#,
        r#"ApiImage:Port(53i64,"UDP")"#,
        r#"ApiImage:Port(8000i64,"TCP")"#,
        "ApiImage:User(1001i64)",
    ];
    for name in ["container", "init_container", "deployment", "pod", "stateful_set", "daemon_set"] {
        let service = (name == "stateful_set").then(|| quote!(service_name: external("x"),));
        assert_eq!(demands(name, quote!(#container #service)), all, "{name}");
    }
    assert_eq!(demands("container", quote!(name: api, image: "api:1", ports: [80])), [""; 0]);
}

#[test]
fn a_pod_asks_the_image_of_each_of_its_containers_once() {
    let tokens = quote! {
        name: a,
        containers: {
            one: { image: api },
            two: { image: api, security_context: { run_as_user: 5 } },
            three: { image: other },
            four: { image: "none:1" },
            five: { image: api },
        },
        pod: { security_context: { run_as_non_root: true } },
    };
    assert_eq!(
        demands("deployment", tokens),
        ["ApiImage:NonRoot", "ApiImage:User(5i64)", "OtherImage:NonRoot"]
    );
}

#[test]
fn a_container_on_its_own_doesnt_know_its_pods_user() {
    let tokens = quote!(name: a, image: api, security_context: { run_as_non_root: true });
    assert_eq!(demands("container", tokens), [""; 0]);
}

#[test]
fn what_is_unknown_asks_for_nothing() {
    let tokens = quote! {
        name: a,
        image: api,
        ports: [(PORT), { container_port: param(port) }],
        working_dir: (DIR),
        security_context: { run_as_user: (USER), run_as_non_root: true },
    };
    assert_eq!(demands("deployment", tokens), [""; 0]);
}

#[test]
fn a_waiver_is_asked_whether_it_waives() {
    let tokens = quote! {
        name: a,
        image: api,
        #[allow(unexposed_port, reason = "an agent")]
        ports: [80, 81],
        #[allow(unknown_working_dir, image_user_mismatch, reason = "x")]
        security_context: { run_as_user: 5 },
        working_dir: "/x",
    };
    assert_eq!(
        demands("deployment", tokens),
        [
            r#"ApiImage:Directory("/x")"#,
            r#"ApiImage:Port(80i64,"TCP")(waived)"#,
            r#"ApiImage:Port(81i64,"TCP")(waived)"#,
            "ApiImage:User(5i64)(waived)",
        ]
    );
}

#[test]
fn an_environment_is_what_env_and_env_from_give() {
    let given = quote! {
        name: a,
        image: "a:1",
        env: { A: "", B: api_env.X },
        env_from: [api_env, config_map(settings), { prefix: "P_", secret_ref: { name: other } }]
    };
    assert_eq!(
        environments(quote!(#given, requires_env: [A, "c.d", (Settings::ENV)])),
        ["A c.d (Settings::ENV) of A B ApiEnvSecret.* SettingsConfigMap.* P_OtherSecret.*"]
    );
    assert_eq!(environments(quote!(name: a, image: "a:1", requires_env: (X))), ["(X) of "]);
}

#[test]
fn of_an_environment_that_isnt_all_known_nothing_is_required() {
    for unknown in [
        quote!(env_from: [external("x")]),
        quote!(env_from: [{ secret_ref: { name: (name()) } }]),
        quote!(env_from: (all())),
        quote!(env_from: [api_env, { prefix: (P), secret_ref: { name: other } }]),
        quote!(env: [(var())]),
        quote!(env: (vars())),
        quote!(env: [{ name: (NAME), value: "" }]),
    ] {
        let tokens = quote!(name: a, image: "a:1", requires_env: [A], #unknown);
        assert_eq!(environments(tokens), [""; 0], "{unknown}");
    }
}

#[test]
fn each_container_has_its_own() {
    let tokens = quote! {
        name: a,
        init_containers: [{ name: i, image: api, needs: ["/i"] }],
        containers: { b: { image: api, needs: ["/b"] }, c: { image: other } },
    };
    assert_eq!(demands("deployment", tokens), [r#"ApiImage:Path("/b")"#, r#"ApiImage:Path("/i")"#]);
    let written_out = quote! {
        name: a,
        spec: {
            selector: { match_labels: { app: a } },
            template: {
                metadata: { labels: { app: a } },
                spec: { containers: [{ name: b, image: api, needs: ["/b"] }] },
            },
        },
    };
    assert_eq!(demands("deployment", written_out), [r#"ApiImage:Path("/b")"#]);
}

#[test]
fn keys_of_no_container_are_errors() {
    let in_vain = quote!(name: a, containers: { b: { image: "b:1" } }, requires_env: [A]);
    assert_eq!(
        errors("deployment", in_vain),
        ["`requires_env` is a key of a container\nhelp: write it in the container's `{ }`"]
    );
    assert_eq!(errors("service", quote!(name: a, ports: [80], needs: ["/a"])).len(), 1);
}
