//! What one expansion spends its time on, unoptimised; `cargo run -p xtask -- bench split` runs it.
//!
//! The tokens are proc_macro2's own here, without a compiler behind them: a real expansion also
//! pays for each token and position that it asks the compiler for.

use std::time::{Duration, Instant};

use proc_macro2::{Span, TokenStream};

use crate::errors::Errors;
use crate::lower::Lower;
use crate::spot::Spot;
use crate::{checks, declare, expand, kinds, parse};

const DEPLOYMENT: &str = r#"
    name: api,
    replicas: 1,
    /// Replace 'latest' with the real image tag before applying
    image: "reactbin-api:latest",
    ports: [8000],
    env: { API_DOCS_ENABLED: "false", LOG_LEVEL: "info" },
    resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256Mi } },
    liveness_probe: { http_get: { path: "/api/v1/health", port: 8000 }, period_seconds: 30 },
    readiness_probe: { http_get: { path: "/api/v1/health", port: 8000 }, period_seconds: 10 },
    security_context: { run_as_non_root: true, run_as_user: 1001 },
"#;

const ROUNDS: u32 = 300;

#[derive(Default)]
struct Times {
    parse: Duration,
    lower: Duration,
    check: Duration,
    expand: Duration,
}

fn step<T>(time: &mut Duration, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = run();
    *time += start.elapsed();
    done
}

#[test]
#[ignore = "a measurement"]
fn of_one_deployment() {
    let tokens: TokenStream = DEPLOYMENT.parse().unwrap();
    let krate = quote::quote!(::reactbin_dsl);
    let mut times = Times::default();
    let mut expansion = TokenStream::new();
    for _ in 0..ROUNDS {
        let tokens = tokens.clone();
        let around = Spot::of(Span::call_site());
        let mut errors = Errors::default();
        let entries = step(&mut times.parse, || parse::parse_entries(tokens, around, &mut errors));
        let mut lower = Lower::new(errors, Span::call_site().file());
        let declared = kinds::find("deployment").unwrap();
        let declaration =
            step(&mut times.lower, || declare::declare(&mut lower, declared, &entries, around));
        step(&mut times.check, || checks::check(&mut lower, &declaration));
        assert!(lower.errors.is_empty());
        expansion = step(&mut times.expand, || expand::expand(&krate, &lower, &declaration));
    }
    let Times { parse, lower, check, expand } = times;
    for (what, time) in [("parse", parse), ("lower", lower), ("check", check), ("expand", expand)] {
        println!(
            "timing: {what} a Deployment = {:.0} µs",
            time.as_secs_f64() * 1e6 / f64::from(ROUNDS)
        );
    }
    println!("timing: tokens of its expansion = {}", count(expansion));
}

fn count(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|tree| match tree {
            proc_macro2::TokenTree::Group(group) => 2 + count(group.stream()),
            _ => 1,
        })
        .sum()
}
