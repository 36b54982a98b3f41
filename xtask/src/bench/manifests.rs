//! Generated manifests: the kinds that clusters are full of, a few of them with a mistake.
//!
//! Must not know what is measured with them.

use std::fmt::Write as _;

/// Documents of one kind; `NAME` and `NUMBER` are each document's own, and `OOPS` is where a mistake goes.
const TEMPLATES: &[&str] = &[
    "apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
  namespace: shop
  labels:
    app.kubernetes.io/name: NAME
    app.kubernetes.io/part-of: shop
spec:
  replicas: NUMBER
  selector:
    matchLabels:
      app.kubernetes.io/name: NAME
  template:
    metadata:
      labels:
        app.kubernetes.io/name: NAME
        app.kubernetes.io/part-of: shop
    spec:
      serviceAccountName: NAME
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      initContainers:
        - name: migrate
          image: registry.example.com/shop/NAME:1.NUMBER.0
          command: [\"/bin/migrate\", \"--wait\"]
          envFrom:
            - secretRef:
                name: NAME
      containers:
        - name: server
          image: registry.example.com/shop/NAME:1.NUMBER.0
          ports:
            - name: http
              containerPort: 8080
            - name: metrics
              containerPort: 9090
          env:
            - name: LOG_LEVEL
              value: info
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: NAME
                  key: url
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
            periodSeconds: 10
          readinessProbe:
            httpGet:
              path: /ready
              port: OOPShttp
            initialDelaySeconds: 5
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [\"ALL\"]
          volumeMounts:
            - name: config
              mountPath: /etc/shop
              readOnly: true
      volumes:
        - name: config
          configMap:
            name: NAME
",
    "apiVersion: v1
kind: Service
metadata:
  name: NAME
  namespace: shop
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: NAME
  ports:
    - name: OOPShttp
      port: 80
      targetPort: http
    - name: metrics
      port: 9090
      targetPort: metrics
",
    "apiVersion: v1
kind: ConfigMap
metadata:
  name: NAME
  namespace: shop
data:
  LOG_LEVEL: info
  OOPSshop.toml: |
    [server]
    port = 8080
    workers = NUMBER

    [cache]
    ttl = \"10m\"
",
    "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: NAME
  namespace: shop
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
spec:
  ingressClassName: nginx
  tls:
    - hosts:
        - NAME.example.com
      secretName: NAME-tls
  rules:
    - host: NAME.OOPSexample.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: NAME
                port:
                  name: http
",
    "apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: NAME
  namespace: shop
spec:
  serviceName: NAME
  replicas: NUMBER
  selector:
    matchLabels: {app: NAME}
  template:
    metadata:
      labels: {app: NAME}
    spec:
      containers:
        - name: store
          image: registry.example.com/store:2.NUMBER
          args: [\"--data\", /data]
          ports: [{containerPort: 5432, name: OOPSstore}]
          volumeMounts:
            - {name: data, mountPath: /data}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 10Gi
",
    "apiVersion: batch/v1
kind: CronJob
metadata:
  name: NAME
  namespace: shop
spec:
  schedule: \"OOPS*/5 * * * *\"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: task
              image: registry.example.com/task:1.NUMBER
              command:
                - sh
                - -c
                - echo NUMBER && exit 0
",
    "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: NAME
  namespace: shop
rules:
  - apiGroups: [\"\"]
    resources: [configmaps, secrets]
    verbs: [get, list, OOPSwatch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: NAME
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: NAME
subjects:
  - kind: ServiceAccount
    name: NAME
    namespace: shop
",
    "apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: NAME
  namespace: shop
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: NAME
  minReplicas: 1
  maxReplicas: 1NUMBER
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 80
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: NAME
  namespace: shop
spec:
  minAvailable: OOPS50%
  selector:
    matchLabels:
      app.kubernetes.io/name: NAME
",
    "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: NAME
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: NAME
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: gateway
      ports:
        - protocol: TCP
          port: 8080
  egress:
    - to:
        - ipBlock:
            cidr: OOPS10.0.0.0/8
            except: [10.NUMBER.0.0/16]
",
    "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"NAME\", \"namespace\": \"shop\"},
 \"type\": \"Opaque\", \"stringData\": {\"OOPSurl\": \"postgres://NAME:NUMBER@store/shop\"}}
",
];

/// What a mistake puts in the place of `OOPS`: still YAML, and wrong wherever it goes.
const MISTAKE: &str = "x/ ";

/// The text of a file of `documents` documents; no two files are alike.
pub(super) fn file(number: usize, documents: usize) -> String {
    let mut text = String::new();
    let mut written = 0;
    for index in number * documents.. {
        if written >= documents {
            break;
        }
        let template = TEMPLATES[index % TEMPLATES.len()];
        written += 1 + template.matches("\n---\n").count();
        let mistake = if index % 37 == 0 { MISTAKE } else { "" };
        let document = template
            .replace("NAME", &format!("app-{index}"))
            .replace("NUMBER", &(index % 9 + 1).to_string())
            .replace("OOPS", mistake);
        let _ = write!(text, "---\n{document}");
    }
    text
}
