//! MinIO, the S3-compatible object store, and the Job that makes its bucket.

use reactbin_dsl::*;

use crate::parameters::*;
use crate::vault::*;

service! {
    /// No Ingress for MinIO — internal access only (FR-012)
    name: minio,
    selects: minio,
    type: ClusterIP,
    ports: [{ name: s3, port: 9000, target_port: 9000 }],
}

stateful_set! {
    name: minio,
    replicas: 1,
    service_name: minio,
    pod: { security_context: { run_as_user: 1000, run_as_group: 1000, fs_group: 1000 } },
    image: "minio/minio:" + param(minio_tag),
    args: ["server", "/data", "--console-address", ":9001"],
    ports: { s3: 9000 },
    env: {
        MINIO_ROOT_USER: minio_credentials.MINIO_ROOT_USER,
        MINIO_ROOT_PASSWORD: minio_credentials.MINIO_ROOT_PASSWORD,
    },
    liveness_probe: {
        http_get: { path: "/minio/health/live", port: 9000 },
        initial_delay_seconds: 30,
        period_seconds: 20,
    },
    readiness_probe: {
        http_get: { path: "/minio/health/ready", port: 9000 },
        initial_delay_seconds: 15,
        period_seconds: 10,
    },
    volume_claims: {
        /// storageClassName omitted — uses cluster default; override if needed
        minio_data: { size: 10Gi, mount: "/data" },
    },
}

job! {
    name: minio_init_bucket,
    file: "minio/init-job.yaml",
    restart_policy: OnFailure,
    containers: {
        mc: {
            image: "minio/mc:" + param(mc_tag),
            command: ["sh", "-c"],
            /// --ignore-existing makes this Job idempotent — safe to re-apply
            args: ["mc alias set local http://minio.reactbin.svc.cluster.local:9000 \
                    $MINIO_ROOT_USER $MINIO_ROOT_PASSWORD \
                    && mc mb --ignore-existing local/reactbin"],
            env: {
                MINIO_ROOT_USER: minio_credentials.MINIO_ROOT_USER,
                MINIO_ROOT_PASSWORD: minio_credentials.MINIO_ROOT_PASSWORD,
            },
            /// minio/mc runs as root by default; FR-013 exception for this one-off init Job
            #[allow(run_as_root, reason = "FR-013: minio/mc runs as root; one-off init Job")]
            security_context: { run_as_non_root: false },
        },
    },
}
