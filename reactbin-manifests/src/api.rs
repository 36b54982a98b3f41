//! The API: a FastAPI service whose database is migrated before it starts.

use reactbin_dsl::*;

use crate::parameters::*;
use crate::vault::*;

image! {
    name: reactbin_api,
    reference: "reactbin-api:" + param(api_tag),
    dockerfile: "../api/Dockerfile.prod",
}

init_container! {
    name: alembic_migrate,
    image: reactbin_api,
    needs: ["/app/alembic.ini", "/app/alembic"],
    command: ["alembic", "upgrade", "head"],
    working_dir: "/app",
    env_from: [api_env],
    security_context: { run_as_non_root: true, run_as_user: 1001 },
}

deployment! {
    name: api,
    replicas: 1,
    init: alembic_migrate,
    /// Replace 'latest' with the real image tag before applying
    image: reactbin_api,
    needs: ["/app/app"],
    ports: [8000],
    env_from: [api_env],
    env: { API_DOCS_ENABLED: "false" },
    requires_env: [
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
    liveness_probe: {
        http_get: { path: "/api/v1/health", port: 8000 },
        initial_delay_seconds: 10,
        period_seconds: 30,
    },
    readiness_probe: {
        http_get: { path: "/api/v1/health", port: 8000 },
        initial_delay_seconds: 5,
        period_seconds: 10,
    },
    security_context: { run_as_non_root: true, run_as_user: 1001 },
}

service! {
    name: api,
    selects: api,
    type: ClusterIP,
    ports: [{ name: http, port: 8000, target_port: 8000 }],
}
