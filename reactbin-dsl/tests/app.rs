//! What only the whole application can tell. Each module is an application in miniature; `App`
//! takes the declarations of a crate, so the modules share this test's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use reactbin_dsl::report::Diagnostic;
use reactbin_dsl::{Values, app, deployment, namespace, parameter, service};

namespace! { name: shop, file: "shop.yaml" }
namespace! { name: other, file: "other.yaml" }

app! { name: shop, namespace: shop, objects: [(plain::objects())] }

parameter! { name: replicas, type: integer, default: 2 }
parameter! { name: host, type: host, placeholder: "<host>" }
parameter! { name: tag, type: image_tag, default: "latest" }

/// Objects that plain Rust builds get the app's namespace and the same checks.
mod plain {
    use k8s_openapi::api::core::v1::{Service, ServicePort, ServiceSpec};
    use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
    use reactbin_dsl::{PlainObject, k8s_openapi};

    pub(crate) fn objects() -> Vec<PlainObject> {
        vec![
            service("plain", 80).into(),
            PlainObject::new(&service("wrong", 70000)).in_file("x/wrong.yaml"),
        ]
    }

    fn service(name: &str, port: i32) -> Service {
        let ports = vec![ServicePort { port, ..ServicePort::default() }];
        Service {
            metadata: ObjectMeta { name: Some(name.to_owned()), ..ObjectMeta::default() },
            spec: Some(ServiceSpec { ports: Some(ports), ..ServiceSpec::default() }),
            ..Service::default()
        }
    }
}

/// Values of Rust expressions are checked when they are known.
mod values {
    use super::*;

    const NAME: &str = "Not_A_Name";

    fn port() -> i32 {
        99_999
    }

    deployment! {
        name: (NAME),
        item: Computed,
        image: "i:1",
        ports: [{ container_port: (port()) }],
        /// Set the number of pods
        replicas: param(replicas),
        /// Set the host
        pod: { hostname: param(host) },
    }
}

/// The same object twice, in two modules.
mod twice {
    use super::*;

    deployment! { name: double, image: "i:" + param(tag), namespace: other }

    mod again {
        use super::*;

        deployment! { name: double, image: "i:1", namespace: other, file: "again.yaml" }
    }
}

/// A Service can't select pods of another namespace.
mod crossing {
    use super::*;

    deployment! { name: far, image: "i:1", namespace: other, ports: [1] }
    service! { name: near, selects: far, ports: [1] }
}

/// A namespace that an expression gave must be declared.
mod nowhere {
    use super::*;

    service! { name: lost, namespace: ("nowhere"), ports: [1] }
    service! { name: found, namespace: ("other"), ports: [1] }
    service! { name: external, namespace: external("kube-system"), ports: [1] }
}

/// A waiver over something that turns out to need none.
mod waivers {
    use super::*;

    deployment! {
        name: careful,
        image: "i:1",
        #[allow(run_as_root, reason = "it might")]
        security_context: { run_as_user: (1001) },
    }

    deployment! {
        name: root,
        image: "i:1",
        #[allow(run_as_root, reason = "it does")]
        security_context: { run_as_user: (0) },
    }
}

fn diagnostics(values: &[(&str, &str)]) -> Vec<Diagnostic> {
    let values: Values =
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    app().manifests(&values).expect_err("the application is broken on purpose").diagnostics
}

#[test]
fn diagnostics_are_in_the_order_of_the_source() {
    let all = diagnostics(&[]);
    let placed: Vec<_> = all.iter().map_while(|diagnostic| diagnostic.place.as_ref()).collect();
    let order = placed.iter().map(|at| (&at.file, at.position.line, at.position.column));
    assert!(placed.len() > 10 && order.is_sorted(), "{placed:?}");
    // What stands nowhere comes last.
    assert!(all[placed.len()..].iter().all(|diagnostic| diagnostic.place.is_none()));
}

/// The diagnostics of a rule: message, line of the source that it points at, notes.
fn of(rule: &str, values: &[(&str, &str)]) -> Vec<String> {
    let source = include_str!("app.rs");
    let shown = |diagnostic: Diagnostic| {
        let place = diagnostic.place.as_ref();
        let line =
            place.map(|p| source.lines().nth(p.position.line as usize - 1).unwrap_or("").trim());
        format!("{} <- {}", diagnostic.message, line.unwrap_or("nowhere"))
    };
    diagnostics(values).into_iter().filter(|d| d.rule == rule).map(shown).collect()
}

#[test]
fn values_of_expressions_are_checked_where_they_stand() {
    assert_eq!(
        of("integer_range", &[]),
        [
            "`99999` is out of range <- ports: [{ container_port: (port()) }],",
            "`70000` is out of range <- nowhere",
        ],
    );
    let names: Vec<String> = diagnostics(&[])
        .into_iter()
        .filter(|d| d.message.contains("Not_A_Name"))
        .map(|d| d.rule)
        .collect();
    assert!(!names.is_empty());
}

#[test]
fn an_object_that_is_declared_twice_names_both_places() {
    let twice: Vec<Diagnostic> =
        diagnostics(&[]).into_iter().filter(|d| d.rule == "duplicate_object").collect();
    let [twice] = twice.as_slice() else { panic!("{twice:#?}") };
    assert_eq!(twice.message, "Deployment `double` is declared twice in namespace `other`");
    let lines: Vec<u32> = twice
        .place
        .iter()
        .chain(twice.notes.iter().filter_map(|(_, place)| place.as_ref()))
        .map(|place| place.position.line)
        .collect();
    let source = include_str!("app.rs");
    assert_eq!(lines.len(), 2);
    for line in lines {
        assert!(source.lines().nth(line as usize - 1).unwrap().contains("name: double"));
    }
}

#[test]
fn a_reference_stays_in_its_namespace() {
    assert_eq!(
        of("reference_across_namespaces", &[]),
        [
            "Deployment `far` is in namespace `other`, and this Service in `shop` <- service! { name: near, selects: far, ports: [1] }"
        ],
    );
}

#[test]
fn a_computed_namespace_must_be_declared() {
    assert_eq!(
        of("unknown_namespace", &[]),
        [
            "namespace `nowhere` isn't declared <- service! { name: lost, namespace: (\"nowhere\"), ports: [1] }"
        ],
    );
}

#[test]
fn a_waiver_that_waives_nothing_is_found_when_values_are_known() {
    assert_eq!(
        of("unused_waiver", &[]),
        [
            "this waiver of `run_as_root` waives nothing <- #[allow(run_as_root, reason = \"it might\")]"
        ],
    );
    assert_eq!(of("run_as_root", &[]), [""; 0]);
}

#[test]
fn a_placeholder_is_not_judged_until_it_is_filled() {
    let about_host = |values: &[(&str, &str)]| {
        diagnostics(values).into_iter().filter(|d| d.message.contains("host`")).count()
    };
    assert_eq!(about_host(&[]), 0);
    assert_eq!(about_host(&[("host", "Not a host")]), 1);
}

#[test]
fn parameters_fill_fields_of_their_type_and_drop_the_comment_that_asks_for_them() {
    let values = |filled: bool| {
        let mut values = Values::new();
        if filled {
            values.insert("replicas".to_owned(), "5".to_owned());
        }
        values
    };
    let yaml = |filled: bool| {
        let objects = app().objects(&values(filled));
        let placed = objects.iter().find(|placed| placed.object.name() == "Not_A_Name").unwrap();
        let mut text = String::new();
        let object = &placed.object;
        reactbin_dsl::yaml::write_document(&mut text, &object.tree, object.root, &object.comments);
        text
    };
    assert!(yaml(false).contains("  # Set the number of pods\n  replicas: 2\n"), "{}", yaml(false));
    assert!(yaml(true).contains("\n  replicas: 5\n"), "{}", yaml(true));
    assert!(!yaml(true).contains("Set the number of pods"));
}

#[test]
fn objects_go_to_the_file_of_their_module_and_kind() {
    let paths: Vec<(String, String)> = app()
        .objects(&Values::new())
        .iter()
        .map(|placed| (placed.object.name().to_owned(), placed.path.clone()))
        .collect();
    let path = |name: &str| paths.iter().find(|(n, _)| n == name).map(|(_, path)| path.as_str());
    assert_eq!(path("shop"), Some("shop.yaml"));
    assert_eq!(path("far"), Some("crossing/deployment.yaml"));
    assert_eq!(path("near"), Some("crossing/service.yaml"));
    assert_eq!(path("plain"), Some("service.yaml"));
    assert_eq!(path("wrong"), Some("x/wrong.yaml"));
    assert!(paths.iter().is_sorted_by_key(|(_, path)| path));
}

/// Ports and keys that expressions give are checked when they are known.
mod across {
    use super::*;
    use reactbin_dsl::{config_map, ingress, vault_auth, vault_static_secret};

    const PORT: i32 = 9999;

    fn key() -> &'static str {
        "NOPE"
    }

    deployment! { name: web, image: "i:1", ports: { http: 8080 } }
    service! { name: web, selects: web, ports: [{ port: 80, target_port: (PORT) }] }
    service! { name: late, file: "across/late.yaml", selects: computed, ports: [{ port: 80, target_port: 8081 }] }
    deployment! { name: computed, file: "across/computed.yaml", image: "i:1", ports: [{ container_port: (8080) }] }
    ingress! {
        name: web,
        default_backend: { service: { name: web, port: { number: (81) } } },
    }
    config_map! { name: settings, data: { LEVEL: "info" } }
    vault_auth! {
        name: auth, method: kubernetes, mount: kubernetes,
        kubernetes: { role: web, service_account: external("default") },
    }
    vault_static_secret! {
        name: secret, auth: auth, mount: secret, type: kv_v2, path: "web",
        destination: { name: web_env, create: true }, keys: [TOKEN],
    }
    deployment! {
        name: keys,
        file: "across/keys.yaml",
        image: "i:1",
        env: {
            A: { value_from: { secret_key_ref: { name: web_env, key: (key()) } } },
            B: { value_from: { config_map_key_ref: { name: settings, key: ("LEVEL") } } },
        },
        volumes: { conf: { config_map: { name: settings, items: [{ key: LEVLE, path: "level" }] } } },
    }
}

/// What is made elsewhere is missed by no lint, and what an expression names is.
mod elsewhere {
    use super::*;

    deployment! {
        name: guest,
        image: "i:1",
        #[deny(missing_service_account)]
        service_account_name: external("keeper"),
    }
    deployment! {
        name: stranger,
        file: "elsewhere/stranger.yaml",
        image: "i:1",
        #[deny(missing_service_account)]
        service_account_name: ("nobody"),
    }
}

/// Two parameters of one name.
mod parameters {
    use super::*;

    parameter! { name: tag, type: string, default: "x" }
}

#[test]
fn ports_and_keys_of_expressions_are_there() {
    assert_eq!(
        of("unknown_part", &[]),
        [
            "no container of Deployment `web` has the port `9999` <- service! { name: web, selects: web, ports: [{ port: 80, target_port: (PORT) }] }",
            "no container of Deployment `computed` has the port `8081` <- service! { name: late, file: \"across/late.yaml\", selects: computed, ports: [{ port: 80, target_port: 8081 }] }",
            "Service `web` has no port `81` <- default_backend: { service: { name: web, port: { number: (81) } } },",
            "Secret `web-env` has no key `NOPE` <- A: { value_from: { secret_key_ref: { name: web_env, key: (key()) } } },",
            "ConfigMap `settings` has no key `LEVLE` <- volumes: { conf: { config_map: { name: settings, items: [{ key: LEVLE, path: \"level\" }] } } },",
        ],
    );
}

#[test]
fn what_is_made_elsewhere_is_not_missed() {
    assert_eq!(
        of("missing_service_account", &[]),
        [
            "there is no ServiceAccount `nobody` in namespace `shop` <- service_account_name: (\"nobody\"),"
        ],
    );
}

#[test]
fn two_parameters_of_one_name_are_refused() {
    assert_eq!(of("duplicate_parameter", &[]).len(), 1);
}
