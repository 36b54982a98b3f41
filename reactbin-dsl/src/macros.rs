//! The macros of the language. Each passes on to the procedural macro of its name where the
//! facade is found, so that a renamed or re-exported dependency works.
//!
//! To add one: a line here and one in `reactbin-macros/src/lib.rs`.
//!
//! An example that calls `app` is `standalone_crate`: rustdoc puts the others into one program,
//! where they would all be one application.

// `$dollar` is how a macro writes another macro's `$`.
macro_rules! facade {
    ($dollar:tt $($(#[$doc:meta])* $name:ident)*) => {
        $(
            $(#[$doc])*
            #[macro_export]
            macro_rules! $name {
                ($dollar($dollar tokens:tt)*) => {
                    $crate::__private::macros::$name! { ($crate) $dollar($dollar tokens)* }
                };
            }
        )*
    };
}

facade! { $
    /// Declares the application that a crate's declarations make up, as a function `app`.
    ///
    /// ```standalone_crate
    /// # use reactbin_dsl::*;
    /// namespace! { name: shop }
    ///
    /// app! {
    ///     name: shop,
    ///     namespace: shop,
    /// }
    ///
    /// # fn main() {
    /// let (manifests, _warnings) = app().manifests(&Values::new()).unwrap();
    /// assert_eq!(manifests[0].path, "namespace.yaml");
    /// # }
    /// ```
    ///
    /// | key | value |
    /// |---|---|
    /// | `name` | the application's name |
    /// | `namespace` | the namespace of every object that says none: an item that `namespace!` declares, or `external("name")` |
    /// | `objects` | `[(expression), …]`: objects that plain Rust builds from k8s-openapi's types; each expression gives something to iterate over whose items turn into [`PlainObject`](crate::PlainObject)s |
    app

    /// Declares a container on its own: a sidecar, to be named in `containers`.
    ///
    /// Keys are the fields of [Container] in snake case, `name`, and `needs` and `requires_env` as in
    /// [`deployment!`](crate::deployment).
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// container! {
    ///     name: log_shipper,
    ///     image: "fluent/fluent-bit:3.1",
    /// }
    ///
    /// deployment! {
    ///     name: api,
    ///     image: "api:1.0",
    ///     containers: [log_shipper],
    /// }
    /// # fn main() {}
    /// ```
    ///
    /// [Container]: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
    container

    /// Declares a Deployment.
    ///
    /// A key is a field of the only container if Container has it, else of the DeploymentSpec,
    /// else of the PodSpec, else of the metadata; `restart_policy` is the pod's. `pod: { … }`,
    /// `spec: { … }` and `metadata: { … }` say a level outright, and
    /// `containers: { api: { … }, sidecar: { … } }` holds several containers.
    ///
    /// | key | stands for |
    /// |---|---|
    /// | `name: my_api` | `metadata.name: my-api`; the item is `MyApiDeployment`, and `my_api` where a workload is named |
    /// | `namespace: shop` | the namespace, an item or `external("…")`; the app's where it isn't given |
    /// | `file: "x/y.yaml"` | where it is written; `<module path>/deployment.yaml` where it isn't given |
    /// | `item: Api` | the item's name |
    /// | `init: migrate` or `[a, b]` | `initContainers`, declared by [`init_container!`](crate::init_container) |
    /// | `image: my_api` | the reference of an [`image!`](crate::image), against whose Dockerfile the container is checked |
    /// | `needs: ["/app/alembic.ini"]` | nothing: paths that the Dockerfile of its `image!` has to copy |
    /// | `requires_env: [DATABASE_URL]` | nothing: variables that `env` and `env_from` have to give, see below |
    /// | `ports: [8000]` | `ports: [{ containerPort: 8000 }]` |
    /// | `ports: { http: 8000 }` | `ports: [{ name: http, containerPort: 8000 }]` |
    /// | `env: { KEY: "value" }` | `env: [{ name: KEY, value: "value" }]` |
    /// | `env: { KEY: api_env.KEY }` | `valueFrom: { secretKeyRef: { name: api-env, key: KEY } }` |
    /// | `env_from: [api_env]` | `envFrom: [{ secretRef: { name: api-env } }]`; `config_map(x)` for a ConfigMap |
    /// | `volume_mounts: { "/data": data }` | `volumeMounts: [{ name: data, mountPath: /data }]` |
    /// | `volumes: { data: { … } }` | `volumes: [{ name: data, … }]`, and so for every list of named objects |
    /// | `pod: { labels: { … } }` | the labels of the pods |
    ///
    /// Without a `selector`, `app: <name>` is written there and on the pods, since the API
    /// demands one.
    ///
    /// `requires_env` also takes a constant `&[&str]`, `(Settings::ENV)`, alone or among names:
    /// [`RequiredEnv`](crate::RequiredEnv) makes one of the settings of a service in Rust. A
    /// container is given the names in `env`, and the keys that are declared of what `env_from` names,
    /// each behind its `prefix`. Of an `external(…)` source, of a Secret whose keys nothing declares
    /// and of Rust expressions no keys are known, and then nothing is required.
    ///
    /// ```standalone_crate
    /// # use reactbin_dsl::*;
    /// deployment! {
    ///     name: api,
    ///     replicas: 2,
    ///     image: "api:1.0",
    ///     ports: { http: 8000 },
    ///     readiness_probe: { http_get: { path: "/health", port: http } },
    /// }
    /// # namespace! { name: shop }
    /// # app! { name: shop, namespace: shop }
    /// # fn main() {
    /// # let (manifests, _) = app().manifests(&Values::new()).unwrap();
    /// # assert_eq!(manifests[0].text, "\
    /// # apiVersion: apps/v1
    /// # kind: Deployment
    /// # metadata:
    /// #   name: api
    /// #   namespace: shop
    /// # spec:
    /// #   replicas: 2
    /// #   selector:
    /// #     matchLabels:
    /// #       app: api
    /// #   template:
    /// #     metadata:
    /// #       labels:
    /// #         app: api
    /// #     spec:
    /// #       containers:
    /// #         - name: api
    /// #           image: api:1.0
    /// #           ports:
    /// #             - name: http
    /// #               containerPort: 8000
    /// #           readinessProbe:
    /// #             httpGet:
    /// #               path: /health
    /// #               port: http
    /// # ");
    /// # }
    /// ```
    ///
    /// is written as
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: api
    ///   namespace: shop
    /// spec:
    ///   replicas: 2
    ///   selector:
    ///     matchLabels:
    ///       app: api
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: api
    ///     spec:
    ///       containers:
    ///         - name: api
    ///           image: api:1.0
    ///           ports:
    ///             - name: http
    ///               containerPort: 8000
    ///           readinessProbe:
    ///             httpGet:
    ///               path: /health
    ///               port: http
    /// ```
    deployment

    /// Declares an image that containers run, and checks them against its Dockerfile. It is no
    /// object: nothing of it is written but its reference, where a container says `image: my_image`.
    ///
    /// | key | value |
    /// |---|---|
    /// | `name` | an identifier; the item is `<Name>Image`, and the name where a container says its `image` |
    /// | `reference` | what stands in the YAML: a text, `"api:" + param(api_tag)`, or a Rust expression |
    /// | `dockerfile` | what it is built from: a path from the folder of the crate's Cargo.toml |
    /// | `context` | the directory that it is built in; the Dockerfile's where it isn't given |
    /// | `target` | the stage that is built, where it isn't the last |
    /// | `user` | the number of the user that it runs as, where the base image sets it or `USER` is a name |
    /// | `provides` | paths that it has by other means than `COPY`, with all that is in them |
    ///
    /// All but `name` and `reference` can be left out. Of a container that runs it,
    ///
    /// - the paths in `needs: ["/app/alembic.ini"]`, a key of the container that doesn't reach the
    ///   YAML, are copied into the image, from something that is in the build context or by
    ///   `--from`;
    /// - `run_as_user`, its own or its pod's, is the number of `USER`;
    /// - `run_as_non_root: true` stands beside a `run_as_user`, or `USER` is a number and not 0, since
    ///   the kubelet doesn't start the container otherwise;
    /// - `ports` are among those of `EXPOSE`, unless there is none;
    /// - `working_dir` is a `WORKDIR`, a `VOLUME`, where a `COPY` goes, in what it copies or on the way
    ///   there, unless a volume is mounted at it. Below `/usr`, `/etc` and the like only what stands
    ///   beside a directory that the Dockerfile names is an error.
    ///
    /// All but `needs` can be waived: the message says by what. What is read is the last stage (or
    /// `target`) and the stages of the same file that it starts from. Variables have the values of `ENV`
    /// and the defaults of `ARG`; nothing is said of what depends on others. What `RUN` does and
    /// what the base image brings isn't seen, which is what `user` and `provides` are for; nor is
    /// `.dockerignore`. An edit of the Dockerfile is seen by the next build, and so is a file that a
    /// container needs and that is deleted.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// # parameter! { name: api_tag, type: image_tag, default: "latest" }
    /// image! {
    ///     /// The API, with its migrations.
    ///     name: my_api,
    ///     reference: "my-api:" + param(api_tag),
    ///     dockerfile: "tests/files/Dockerfile",
    /// }
    ///
    /// init_container! {
    ///     name: migrate,
    ///     image: my_api,
    ///     command: ["alembic", "upgrade", "head"],
    ///     working_dir: "/app",
    ///     needs: ["/app/alembic.ini"],
    ///     security_context: { run_as_non_root: true, run_as_user: 1001 },
    /// }
    ///
    /// deployment! { name: api, init: migrate, image: my_api, ports: [8000] }
    /// # fn main() {}
    /// ```
    image

    /// Declares an Ingress.
    ///
    /// Keys are the fields of IngressSpec in snake case, and those of the metadata.
    ///
    /// | key | stands for |
    /// |---|---|
    /// | `backend: api.8000` | `backend: { service: { name: api, port: { number: 8000 } } }`, with the Service and its port checked |
    /// | `backend: api.http` | the same by the port's name |
    /// | `secret_name: external("tls")` | a Secret that something else makes |
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// # deployment! { name: api, image: "api:1.0", ports: [8000] }
    /// service! { name: api, selects: api, ports: [8000] }
    ///
    /// ingress! {
    ///     name: shop,
    ///     rules: [{
    ///         host: "shop.example.com",
    ///         http: { paths: [{ path: "/", path_type: Prefix, backend: api.8000 }] },
    ///     }],
    /// }
    /// # fn main() {}
    /// ```
    ingress

    /// Declares an init container, to be named in a workload's `init`.
    ///
    /// Keys are the fields of Container in snake case, `name`, and `needs` and `requires_env` as in
    /// [`deployment!`](crate::deployment). The item is `<Name>InitContainer`.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// init_container! {
    ///     name: migrate,
    ///     image: "api:1.0",
    ///     command: ["alembic", "upgrade", "head"],
    /// }
    ///
    /// deployment! { name: api, init: migrate, image: "api:1.0" }
    /// # fn main() {}
    /// ```
    init_container

    /// Declares a Job. Keys as in [`deployment!`](crate::deployment), with the JobSpec's; `active_deadline_seconds`
    /// is the Job's, and nothing is filled in for the selector, which the API makes itself.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// job! {
    ///     name: import,
    ///     image: "import:1.0",
    ///     backoff_limit: 2,
    ///     restart_policy: OnFailure,
    /// }
    /// # fn main() {}
    /// ```
    job

    /// Declares a Namespace.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// namespace! { name: shop }
    /// # fn main() {}
    /// ```
    namespace

    /// Declares an object of any kind: an older version of a built-in one, or a custom kind whose
    /// CustomResourceDefinition is a file in the directory `crds` beside the crate's Cargo.toml.
    /// `api_version` and `kind` say which; the other keys are as in the macros of the kinds: fields
    /// of the spec, of the object itself, and of its metadata. A field of the spec that is called
    /// like a word of every macro (`name`, `namespace`, `item`, `file`) is written in
    /// `spec: { … }`.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// # deployment! { name: api, image: "api:1.0" }
    /// object! {
    ///     api_version: "autoscaling/v1",
    ///     kind: HorizontalPodAutoscaler,
    ///     name: api,
    ///     scale_target_ref: api,
    ///     max_replicas: 3,
    /// }
    /// # fn main() {}
    /// ```
    object

    /// Declares a parameter: a value that a render fills.
    ///
    /// Fields use it as `param(name)`, alone or joined to text: `"api:" + param(api_tag)`.
    ///
    /// | key | value |
    /// |---|---|
    /// | `name` | an identifier, by which `--set name=value` fills it |
    /// | `type` | `boolean`, `host`, `image`, `image_tag`, `integer`, `name`, `port`, `quantity` or `string` |
    /// | `default` | what the manifests show, and what a render keeps, until it is filled |
    /// | `placeholder` | instead of a default: what the manifests show, and a render refuses to keep |
    ///
    /// A comment above a field with a parameter says what to do with what is shown there: a
    /// render that fills it leaves the comment out.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// parameter! {
    ///     /// The tag of the API's image.
    ///     name: api_tag,
    ///     type: image_tag,
    ///     default: "latest",
    /// }
    ///
    /// deployment! { name: api, image: "api:" + param(api_tag) }
    /// # fn main() {}
    /// ```
    parameter

    /// Declares a Service.
    ///
    /// Keys are the fields of ServiceSpec in snake case, and those of the metadata.
    ///
    /// | key | stands for |
    /// |---|---|
    /// | `selects: api` | `selector`: the labels of that workload's pods; every `target_port` must be one of its ports |
    /// | `ports: [8000]` | `ports: [{ port: 8000 }]` |
    /// | `ports: { http: 8000 }` | `ports: [{ name: http, port: 8000 }]` |
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// deployment! { name: api, image: "api:1.0", ports: [8000] }
    ///
    /// service! {
    ///     name: api,
    ///     selects: api,
    ///     type: ClusterIP,
    ///     ports: [{ name: http, port: 80, target_port: 8000 }],
    /// }
    /// # fn main() {}
    /// ```
    service

    /// Declares a StatefulSet. Keys as in [`deployment!`](crate::deployment), with the StatefulSetSpec's.
    ///
    /// | key | stands for |
    /// |---|---|
    /// | `service_name: db` | the Service that governs it: an item |
    /// | `volume_claims: { data: { size: 10Gi, mount: "/data" } }` | a claim template `data` with `accessModes: [ReadWriteOnce]`, and its mount in the only container; other keys are the fields of PersistentVolumeClaimSpec |
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// service! { name: db, selects: db, ports: [5432] }
    ///
    /// stateful_set! {
    ///     name: db,
    ///     service_name: db,
    ///     image: "postgres:17",
    ///     ports: [5432],
    ///     volume_claims: { data: { size: 10Gi, mount: "/var/lib/postgresql/data" } },
    /// }
    /// # fn main() {}
    /// ```
    stateful_set

    /// Declares a VaultAuth of the Vault Secrets Operator.
    ///
    /// Keys are the fields of its spec in snake case, and those of the metadata; the Vault
    /// namespace is said in `spec: { namespace: … }`.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// vault_auth! {
    ///     name: shop_auth,
    ///     method: kubernetes,
    ///     mount: kubernetes,
    ///     kubernetes: { role: shop, service_account: external("default") },
    /// }
    /// # fn main() {}
    /// ```
    vault_auth

    /// Declares a VaultStaticSecret of the Vault Secrets Operator, and with it the Secret that it
    /// fills.
    ///
    /// Keys are the fields of its spec in snake case, and those of the metadata.
    ///
    /// | key | stands for |
    /// |---|---|
    /// | `auth: shop_auth` | `vaultAuthRef`: an item that [`vault_auth!`](crate::vault_auth) declares |
    /// | `keys: [DATABASE_URL]` | what the Vault path must hold: a comment at the head of the file, and what `env: { X: api_env.KEY }` is checked against |
    /// | `destination: { name: api_env, create: true }` | as it stands; the Secret is an item too, `api_env` where a Secret is named |
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// # vault_auth! {
    /// #     name: shop_auth, method: kubernetes, mount: kubernetes,
    /// #     kubernetes: { role: shop, service_account: external("default") },
    /// # }
    /// vault_static_secret! {
    ///     name: api_secret,
    ///     auth: shop_auth,
    ///     mount: secret,
    ///     type: kv_v2,
    ///     path: "shop/api",
    ///     refresh_after: 1h,
    ///     destination: { name: api_env, create: true },
    ///     keys: [DATABASE_URL],
    /// }
    ///
    /// deployment! {
    ///     name: api,
    ///     image: "api:1.0",
    ///     env: { DATABASE_URL: api_env.DATABASE_URL },
    /// }
    /// # fn main() {}
    /// ```
    vault_static_secret

    /// Declares an APIService. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    api_service

    /// Declares a Binding. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    binding

    /// Declares a CertificateSigningRequest. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    certificate_signing_request

    /// Declares a ClusterRole. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    cluster_role

    /// Declares a ClusterRoleBinding. `role_ref` takes a ClusterRole's item or
    /// `cluster_role(external("view"))`; `subjects` as in [`role_binding!`](crate::role_binding).
    cluster_role_binding

    /// Declares a ConfigMap: an item that `config_map(name)` names in `env_from`, `env` and
    /// `volumes`. `file("path")`, from the folder of the crate's Cargo.toml, is that file's content;
    /// an edit of the file is seen by the next build.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// config_map! { name: settings, data: { LOG_LEVEL: "info" } }
    ///
    /// deployment! {
    ///     name: api,
    ///     image: "api:1.0",
    ///     env_from: [config_map(settings)],
    ///     env: { LEVEL: config_map(settings).LOG_LEVEL },
    ///     volumes: { conf: config_map(settings) },
    ///     volume_mounts: { "/etc/api": conf },
    /// }
    /// # fn main() {}
    /// ```
    config_map

    /// Declares a ControllerRevision. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    controller_revision

    /// Declares a CronJob. Keys as in [`deployment!`](crate::deployment), with the CronJobSpec's
    /// and those of its Jobs.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// cron_job! {
    ///     name: backup,
    ///     schedule: "0 3 * * *",
    ///     image: "backup:1.0",
    ///     restart_policy: OnFailure,
    /// }
    /// # fn main() {}
    /// ```
    cron_job

    /// Declares a CSIDriver. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    csi_driver

    /// Declares a CSINode. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    csi_node

    /// Declares a CSIStorageCapacity. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    csi_storage_capacity

    /// Declares a CustomResourceDefinition. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    custom_resource_definition

    /// Declares a DaemonSet. Keys as in [`deployment!`](crate::deployment), with the DaemonSet's own.
    daemon_set

    /// Declares a DeviceClass. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    device_class

    /// Declares an EndpointSlice. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    endpoint_slice

    /// Declares an Endpoints. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    endpoints

    /// Declares an Event. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    event

    /// Declares an Eviction. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    eviction

    /// Declares a FlowSchema. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    flow_schema

    /// Declares a HorizontalPodAutoscaler (v2). `scale_target_ref: api` names a workload: its
    /// `apiVersion`, `kind` and `name`.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// # deployment! { name: api, image: "api:1.0" }
    /// horizontal_pod_autoscaler! {
    ///     name: api,
    ///     scale_target_ref: api,
    ///     min_replicas: 2,
    ///     max_replicas: 10,
    ///     metrics: [{
    ///         type: Resource,
    ///         resource: { name: cpu, target: { type: Utilization, average_utilization: 80 } },
    ///     }],
    /// }
    /// # fn main() {}
    /// ```
    horizontal_pod_autoscaler

    /// Declares an IngressClass. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    ingress_class

    /// Declares an IPAddress. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    ip_address

    /// Declares a Lease. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    lease

    /// Declares a LimitRange. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    limit_range

    /// Declares a LocalSubjectAccessReview. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    local_subject_access_review

    /// Declares a MutatingAdmissionPolicy. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    mutating_admission_policy

    /// Declares a MutatingAdmissionPolicyBinding. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    mutating_admission_policy_binding

    /// Declares a MutatingWebhookConfiguration. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    mutating_webhook_configuration

    /// Declares a NetworkPolicy. `selects: api` stands for the `pod_selector` of that workload's
    /// pods.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// # deployment! { name: api, image: "api:1.0", ports: [8000] }
    /// network_policy! {
    ///     name: api,
    ///     selects: api,
    ///     policy_types: [Ingress],
    ///     ingress: [{ ports: [{ port: 8000 }] }],
    /// }
    /// # fn main() {}
    /// ```
    network_policy

    /// Declares a Node. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    node

    /// Declares a PersistentVolume. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    persistent_volume

    /// Declares a PersistentVolumeClaim: an item that `claim(name)` names in `volumes`.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// persistent_volume_claim! {
    ///     name: pictures,
    ///     access_modes: [ReadWriteOnce],
    ///     resources: { requests: { storage: 10Gi } },
    /// }
    ///
    /// deployment! {
    ///     name: api,
    ///     image: "api:1.0",
    ///     volumes: { data: claim(pictures) },
    ///     volume_mounts: { "/data": data },
    /// }
    /// # fn main() {}
    /// ```
    persistent_volume_claim

    /// Declares a Pod. A key is a field of its only container if Container has it, else of the
    /// PodSpec, else of the metadata.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// pod! { name: debug, image: "busybox:1.36", command: ["sleep", "3600"] }
    /// # fn main() {}
    /// ```
    pod

    /// Declares a PodDisruptionBudget. `selects: api` stands for the `selector` of that workload's
    /// pods.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// # deployment! { name: api, image: "api:1.0", replicas: 3 }
    /// pod_disruption_budget! { name: api, selects: api, max_unavailable: 1 }
    /// # fn main() {}
    /// ```
    pod_disruption_budget

    /// Declares a PodTemplate. Keys as in [`deployment!`](crate::deployment), with the PodTemplate's own.
    pod_template

    /// Declares a PriorityClass. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    priority_class

    /// Declares a PriorityLevelConfiguration. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    priority_level_configuration

    /// Declares a ReplicaSet. Keys as in [`deployment!`](crate::deployment), with the ReplicaSet's own.
    replica_set

    /// Declares a ReplicationController. Keys as in [`deployment!`](crate::deployment), with the ReplicationController's own.
    replication_controller

    /// Declares a ResourceClaim. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    resource_claim

    /// Declares a ResourceClaimTemplate. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    resource_claim_template

    /// Declares a ResourceQuota. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    resource_quota

    /// Declares a ResourceSlice. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    resource_slice

    /// Declares a Role. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    role

    /// Declares a RoleBinding. `role_ref` takes a Role's item, `cluster_role(item)` or
    /// `cluster_role(external("view"))`; `subjects` takes service accounts' items, `user("…")` and
    /// `group("…")`.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// service_account! { name: runner }
    ///
    /// role! {
    ///     name: reader,
    ///     rules: [{ api_groups: [""], resources: ["pods"], verbs: [get, list, watch] }],
    /// }
    ///
    /// role_binding! {
    ///     name: runner_reads,
    ///     role_ref: reader,
    ///     subjects: [runner, group("developers")],
    /// }
    /// # fn main() {}
    /// ```
    role_binding

    /// Declares a RuntimeClass. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    runtime_class

    /// Declares a Secret. A value that is written out is refused, since a manifest is no place for
    /// it: waive `plaintext_secret` where it is no secret. References to it are `api_env` in
    /// `env_from`, `env` and `image_pull_secrets`, and `secret(api_env)` in `volumes`.
    secret

    /// Declares a SelfSubjectAccessReview. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    self_subject_access_review

    /// Declares a SelfSubjectReview. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    self_subject_review

    /// Declares a SelfSubjectRulesReview. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    self_subject_rules_review

    /// Declares a ServiceAccount: an item that `service_account_name` names.
    ///
    /// ```
    /// # use reactbin_dsl::*;
    /// service_account! { name: runner }
    ///
    /// deployment! { name: api, image: "api:1.0", service_account_name: runner }
    /// # fn main() {}
    /// ```
    service_account

    /// Declares a ServiceCIDR. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    service_cidr

    /// Declares a StorageClass. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    storage_class

    /// Declares a SubjectAccessReview. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    subject_access_review

    /// Declares a TokenRequest. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    token_request

    /// Declares a TokenReview. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    token_review

    /// Declares a ValidatingAdmissionPolicy. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    validating_admission_policy

    /// Declares a ValidatingAdmissionPolicyBinding. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    validating_admission_policy_binding

    /// Declares a ValidatingWebhookConfiguration. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    validating_webhook_configuration

    /// Declares a VolumeAttachment. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    volume_attachment

    /// Declares a VolumeAttributesClass. Keys are the fields of its spec if it has one, of the object itself, and of
    /// its metadata, in snake case.
    volume_attributes_class
}
