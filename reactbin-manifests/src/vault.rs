//! Secrets live in Vault; the Vault Secrets Operator copies them into the cluster.

use reactbin_dsl::*;

vault_auth! {
    /// The operator of the cluster must create the Vault role `reactbin` and bind it to the
    /// `default` ServiceAccount of namespace `reactbin`, with read access to both secret paths:
    /// - secret/reactbin/api/config
    /// - secret/reactbin/minio/credentials
    name: reactbin_auth,
    file: "vault/vault-auth.yaml",
    method: kubernetes,
    mount: kubernetes,
    kubernetes: {
        role: reactbin,
        service_account: external("default"),
        audiences: ["https://kubernetes.default.svc"],
    },
}

vault_static_secret! {
    name: api_secret,
    file: "vault/api-secret.yaml",
    auth: reactbin_auth,
    mount: secret,
    type: kv_v2,
    path: "reactbin/api/config",
    refresh_after: 1h,
    destination: { name: api_env, create: true },
    keys: [
        DATABASE_URL,
        JWT_SECRET_KEY,
        OWNER_USERNAME,
        OWNER_PASSWORD,
        S3_ENDPOINT_URL,
        S3_BUCKET_NAME,
        S3_ACCESS_KEY_ID,
        S3_SECRET_ACCESS_KEY,
        API_BASE_URL,
    ],
}

vault_static_secret! {
    name: minio_secret,
    file: "vault/minio-secret.yaml",
    auth: reactbin_auth,
    mount: secret,
    type: kv_v2,
    path: "reactbin/minio/credentials",
    refresh_after: 1h,
    destination: { name: minio_credentials, create: true },
    keys: [MINIO_ROOT_USER, MINIO_ROOT_PASSWORD],
}
