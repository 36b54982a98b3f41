use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    resources:
        limits:
            memory: 1Gi,
            cpu: 2,
        requests:
            memory: 1Gi,
    security_context: run_as_user: 1000,
    replicas: 2,
}

deployment! {
    name: web,
    image: "web:1.0",
    metadata:
        "labels":
            app: web
    replicas: 2,
}

fn main() {}
