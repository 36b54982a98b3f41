//! The team's lints, each on an object that breaks it and on one that doesn't.

use guestbook_manifests::policy::{foreign_image, no_owner};
use reactbin_dsl::lint::Lint;

/// The paths of what a lint finds in a Deployment with these labels and this image.
fn paths(lint: &Lint, labels: &str, image: &str) -> Vec<String> {
    let yaml = format!(
        "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web, labels: {labels}}}, \
         spec: {{selector: {{matchLabels: {{app: web}}}}, template: {{metadata: {{labels: {{app: web}}}}, \
         spec: {{containers: [{{name: web, image: {image}}}]}}}}}}}}"
    );
    lint.find_in(&yaml).unwrap().into_iter().map(|found| found.path).collect()
}

#[test]
fn a_workload_has_an_owner() {
    assert_eq!(paths(&no_owner(), "{}", "web"), ["metadata.labels"]);
    assert!(paths(&no_owner(), "{owner: web}", "web").is_empty());
    let service = "{apiVersion: v1, kind: Service, metadata: {name: web}}";
    assert!(no_owner().find_in(service).unwrap().is_empty());
}

#[test]
fn an_image_comes_from_the_registry() {
    let lint = foreign_image("registry.example.com");
    let path = "spec.template.spec.containers[0].image";
    for image in ["nginx", "docker.io/nginx:1", "registry.example.com.evil.example/web:1"] {
        assert_eq!(paths(&lint, "{}", image), [path], "{image}");
    }
    assert!(paths(&lint, "{}", "registry.example.com/web:1").is_empty());
}
