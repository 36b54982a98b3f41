//! What `k8s/` must hold.

/// A file of `k8s/`.
pub(crate) struct Expected {
    pub(crate) path: &'static str,
    /// The object, as YAML in any style.
    pub(crate) object: &'static str,
    /// The line below each comment, and the comment.
    pub(crate) comments: &'static [(&'static str, &'static str)],
}

pub(crate) const EXPECTED: &[Expected] = &[
    Expected {
        path: "namespace.yaml",
        object: "{apiVersion: v1, kind: Namespace, metadata: {name: reactbin}}",
        comments: &[],
    },
    Expected {
        path: "vault/vault-auth.yaml",
        object: "
apiVersion: secrets.hashicorp.com/v1beta1
kind: VaultAuth
metadata: {name: reactbin-auth, namespace: reactbin}
spec:
  method: kubernetes
  mount: kubernetes
  kubernetes:
    role: reactbin
    serviceAccount: default
    audiences: ['https://kubernetes.default.svc']
",
        comments: &[(
            "apiVersion: secrets.hashicorp.com/v1beta1",
            "The operator of the cluster must create the Vault role `reactbin` and bind it to the \
             `default` ServiceAccount of namespace `reactbin`, with read access to both secret paths: \
             - secret/reactbin/api/config - secret/reactbin/minio/credentials",
        )],
    },
    Expected {
        path: "vault/api-secret.yaml",
        object: "
apiVersion: secrets.hashicorp.com/v1beta1
kind: VaultStaticSecret
metadata: {name: api-secret, namespace: reactbin}
spec:
  vaultAuthRef: reactbin-auth
  mount: secret
  type: kv-v2
  path: reactbin/api/config
  refreshAfter: 1h
  destination: {name: api-env, create: true}
",
        comments: &[(
            "apiVersion: secrets.hashicorp.com/v1beta1",
            "Required keys at secret/reactbin/api/config in Vault: \
             - DATABASE_URL - JWT_SECRET_KEY - OWNER_USERNAME - OWNER_PASSWORD - S3_ENDPOINT_URL \
             - S3_BUCKET_NAME - S3_ACCESS_KEY_ID - S3_SECRET_ACCESS_KEY - API_BASE_URL",
        )],
    },
    Expected {
        path: "vault/minio-secret.yaml",
        object: "
apiVersion: secrets.hashicorp.com/v1beta1
kind: VaultStaticSecret
metadata: {name: minio-secret, namespace: reactbin}
spec:
  vaultAuthRef: reactbin-auth
  mount: secret
  type: kv-v2
  path: reactbin/minio/credentials
  refreshAfter: 1h
  destination: {name: minio-credentials, create: true}
",
        comments: &[(
            "apiVersion: secrets.hashicorp.com/v1beta1",
            "Required keys at secret/reactbin/minio/credentials in Vault: \
             - MINIO_ROOT_USER - MINIO_ROOT_PASSWORD",
        )],
    },
    Expected {
        path: "api/service.yaml",
        object: "
apiVersion: v1
kind: Service
metadata: {name: api, namespace: reactbin}
spec:
  type: ClusterIP
  selector: {app: api}
  ports: [{port: 8000, targetPort: 8000, name: http}]
",
        comments: &[],
    },
    Expected {
        path: "api/deployment.yaml",
        object: r#"
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: reactbin}
spec:
  replicas: 1
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      initContainers:
        - name: alembic-migrate
          image: reactbin-api:latest
          command: [alembic, upgrade, head]
          workingDir: /app
          envFrom: [{secretRef: {name: api-env}}]
          securityContext: {runAsNonRoot: true, runAsUser: 1001}
      containers:
        - name: api
          image: reactbin-api:latest
          ports: [{containerPort: 8000}]
          envFrom: [{secretRef: {name: api-env}}]
          env: [{name: API_DOCS_ENABLED, value: "false"}]
          livenessProbe:
            {httpGet: {path: /api/v1/health, port: 8000}, initialDelaySeconds: 10, periodSeconds: 30}
          readinessProbe:
            {httpGet: {path: /api/v1/health, port: 8000}, initialDelaySeconds: 5, periodSeconds: 10}
          securityContext: {runAsNonRoot: true, runAsUser: 1001}
"#,
        comments: &[(
            "image: reactbin-api:latest",
            "Replace 'latest' with the real image tag before applying",
        )],
    },
    Expected {
        path: "ui/service.yaml",
        object: "
apiVersion: v1
kind: Service
metadata: {name: ui, namespace: reactbin}
spec:
  type: ClusterIP
  selector: {app: ui}
  ports: [{port: 8080, targetPort: 8080, name: http}]
",
        comments: &[],
    },
    Expected {
        path: "ui/deployment.yaml",
        object: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: ui, namespace: reactbin}
spec:
  replicas: 1
  selector: {matchLabels: {app: ui}}
  template:
    metadata: {labels: {app: ui}}
    spec:
      containers:
        - name: ui
          image: reactbin-ui:latest
          ports: [{containerPort: 8080}]
          livenessProbe: {httpGet: {path: /, port: 8080}, initialDelaySeconds: 10, periodSeconds: 30}
          securityContext: {runAsNonRoot: true, runAsUser: 101}
",
        comments: &[(
            "image: reactbin-ui:latest",
            "Replace 'latest' with the real image tag before applying",
        )],
    },
    Expected {
        path: "ingress.yaml",
        object: r#"
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: reactbin
  namespace: reactbin
  annotations:
    cert-manager.io/cluster-issuer: "letsencrypt-prod"
    nginx.ingress.kubernetes.io/ssl-redirect: "true"
spec:
  ingressClassName: nginx
  tls: [{hosts: ["<your-domain>"], secretName: reactbin-tls}]
  rules:
    - host: "<your-domain>"
      http:
        paths:
          - {path: /api/, pathType: Prefix, backend: {service: {name: api, port: {number: 8000}}}}
          - {path: /, pathType: Prefix, backend: {service: {name: ui, port: {number: 8080}}}}
"#,
        comments: &[(
            "- host: <your-domain>",
            "Replace <your-domain> with the real domain before applying",
        )],
    },
    Expected {
        path: "minio/service.yaml",
        object: "
apiVersion: v1
kind: Service
metadata: {name: minio, namespace: reactbin}
spec:
  type: ClusterIP
  selector: {app: minio}
  ports: [{port: 9000, targetPort: 9000, name: s3}]
",
        comments: &[("apiVersion: v1", "No Ingress for MinIO — internal access only (FR-012)")],
    },
    Expected {
        path: "minio/statefulset.yaml",
        object: r#"
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: minio, namespace: reactbin}
spec:
  replicas: 1
  selector: {matchLabels: {app: minio}}
  serviceName: minio
  template:
    metadata: {labels: {app: minio}}
    spec:
      securityContext: {runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000}
      containers:
        - name: minio
          image: minio/minio:latest
          args: [server, /data, --console-address, ":9001"]
          ports: [{containerPort: 9000, name: s3}]
          env:
            - {name: MINIO_ROOT_USER, valueFrom: {secretKeyRef: {name: minio-credentials, key: MINIO_ROOT_USER}}}
            - {name: MINIO_ROOT_PASSWORD, valueFrom: {secretKeyRef: {name: minio-credentials, key: MINIO_ROOT_PASSWORD}}}
          livenessProbe:
            {httpGet: {path: /minio/health/live, port: 9000}, initialDelaySeconds: 30, periodSeconds: 20}
          readinessProbe:
            {httpGet: {path: /minio/health/ready, port: 9000}, initialDelaySeconds: 15, periodSeconds: 10}
          volumeMounts: [{name: minio-data, mountPath: /data}]
  volumeClaimTemplates:
    - metadata: {name: minio-data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
"#,
        comments: &[(
            "- metadata:",
            "storageClassName omitted — uses cluster default; override if needed",
        )],
    },
    Expected {
        path: "minio/init-job.yaml",
        object: r#"
apiVersion: batch/v1
kind: Job
metadata: {name: minio-init-bucket, namespace: reactbin}
spec:
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - name: mc
          image: minio/mc:latest
          command: [sh, -c]
          args:
            - "mc alias set local http://minio.reactbin.svc.cluster.local:9000 $MINIO_ROOT_USER $MINIO_ROOT_PASSWORD && mc mb --ignore-existing local/reactbin"
          env:
            - {name: MINIO_ROOT_USER, valueFrom: {secretKeyRef: {name: minio-credentials, key: MINIO_ROOT_USER}}}
            - {name: MINIO_ROOT_PASSWORD, valueFrom: {secretKeyRef: {name: minio-credentials, key: MINIO_ROOT_PASSWORD}}}
          securityContext: {runAsNonRoot: false}
"#,
        comments: &[
            ("args:", "--ignore-existing makes this Job idempotent — safe to re-apply"),
            (
                "securityContext:",
                "minio/mc runs as root by default; FR-013 exception for this one-off init Job",
            ),
        ],
    },
];
