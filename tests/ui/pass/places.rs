//! Where declarations can stand, and from where they can be named.

mod vault {
    use reactbin_dsl::*;

    vault_static_secret! {
        name: api_secret,
        mount: secret,
        type: kv_v2,
        path: "shop/api",
        destination: { name: api_env, create: true },
        keys: [DATABASE_URL],
    }
}

mod several_in_one_module {
    use reactbin_dsl::*;

    use super::vault::*;

    deployment! { name: a, image: "a:1.0", ports: [80], env_from: [api_env] }
    deployment! { name: b, image: "b:1.0", ports: [81] }
    service! { name: a, selects: a, ports: [80] }
    service! { name: b, selects: b, ports: [81] }
}

mod by_path {
    reactbin_dsl::deployment! {
        name: c,
        image: "c:1.0",
        env_from: [super::vault::api_env],
        env: { DATABASE_URL: super::vault::api_env.DATABASE_URL },
    }

    reactbin_dsl::service! { name: a, selects: super::several_in_one_module::a, ports: [80] }
}

mod under_another_name {
    use reactbin_dsl as manifests;

    manifests::deployment! { name: d, image: "d:1.0" }
}

mod in_a_macro {
    use reactbin_dsl::*;

    macro_rules! web {
        ($name:ident, $image:literal, $port:literal, $replicas:expr) => {
            deployment! {
                name: $name,
                image: $image,
                replicas: ($replicas),
                ports: [$port],
                readiness_probe: { http_get: { path: "/", port: $port } },
            }
            service! { name: $name, selects: $name, ports: { http: $port } }
            ingress! { name: $name, default_backend: $name.$port }
        };
    }

    web!(front, "front:1.0", 8000, 1 + 1);
    web!(back, "back:1.0", 8001, 1);

    macro_rules! with_type {
        ($kind:ty, $extra:tt) => {
            deployment! {
                name: typed,
                image: "typed:1.0",
                replicas: (<$kind>::default()),
                labels: $extra,
            }
        };
    }

    with_type!(i32, { tier: "web" });
}

#[allow(dead_code)]
fn in_a_function() {
    use reactbin_dsl::*;

    deployment! { name: local, image: "local:1.0", ports: [80] }
    service! { name: local, selects: local, ports: [80] }
}

mod shadowed_names {
    //! What the expansion names can't be taken for something of the module's.
    #![allow(dead_code, non_camel_case_types)]

    use reactbin_dsl::*;

    struct Option;
    struct Vec;
    struct String;
    mod core {}
    mod std {}

    init_container! { name: setup, image: "setup:1.0" }
    deployment! { name: e, image: "e:1.0", init: setup, replicas: (1), file: "e.yaml" }
}
