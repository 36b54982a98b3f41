//! Two Ingresses for one path of a host.

use super::claims::paths;
use super::fact::Needs;
use super::query::Search;
use super::subject::Sort;
use super::{Across, Asking, Spot, Text};
use crate::finding::{Reason, Severity};
use crate::lints::{Family, Level, Lint};
use crate::rules::Rule;

pub(in crate::lints) static LINT: Lint = Lint {
    rule: Rule {
        id: "ingress_path_twice",
        on: "api.networking.v1.HTTPIngressPath",
        severity: Severity::Warning,
        waivable: true,
        what: "A path of a host is one Ingress's.",
        source: "Kubernetes: Ingress, Multiple Matches; ingress-nginx: its validating webhook",
        bad: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {ingressClassName: nginx, rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: b}, spec: {ingressClassName: nginx, rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: b, port: {number: 80}}}}]}}]}}",
        good: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {ingressClassName: nginx, rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: b}, spec: {ingressClassName: nginx, rules: [{host: a.example.com, http: {paths: [{path: /b, pathType: Prefix, backend: {service: {name: b, port: {number: 80}}}}]}}]}}",
        check: None,
    },
    level: Level::Warn,
    family: Family::RunTime,
    why: "Which of them gets the requests is up to the controller, and some refuse the second.",
    kube_linter: &[],
};

pub(super) const ACROSS: Across =
    Across { lint: &LINT, of: &[Sort::Ingress], needs: Needs::PATHS, ask };

fn ask(asking: &mut Asking<'_, '_>) {
    let ingress = asking.subject;
    let Some(own) = ingress.identity() else { return };
    for path in paths(ingress) {
        let Some(item) = path.item.known() else { continue };
        let (rule, place) = path.places;
        let [host, shown] = [path.host, path.path].map(str::to_owned);
        let other = Search::OtherClaim { what: path.claim, than: own };
        asking.ask(Spot::of(item, "path"), Reason::Duplicate, other.found(), move || {
            let shown = if shown.is_empty() { "/" } else { &shown };
            let host = match host.as_str() {
                "" => "all hosts".to_owned(),
                host => format!("host `{host}`"),
            };
            Text {
                path: format!("spec.rules[{rule}].http.paths[{place}].path"),
                message: format!("another Ingress has the path `{shown}` of {host}, too"),
                help: "give the path to one of them".to_owned(),
            }
        });
    }
}
