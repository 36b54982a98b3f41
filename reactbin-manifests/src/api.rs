//! The API: a FastAPI service whose database is migrated before it starts.

use reactbin_dsl::*;

use crate::parameters::*;
use crate::vault::*;

init_container! {
    name: alembic_migrate,
    image: "reactbin-api:" + param(api_tag),
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
    image: "reactbin-api:" + param(api_tag),
    ports: [8000],
    env_from: [api_env],
    env: { API_DOCS_ENABLED: "false" },
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
