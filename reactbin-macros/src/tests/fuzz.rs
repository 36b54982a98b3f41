//! Random tokens: no input makes a macro panic or hang. `REACTBIN_FUZZ_SECONDS=60` goes on for
//! longer than the usual moment.

use std::time::{Duration, Instant};

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

use super::lowered;
use crate::{Invocation, Spot, app, expand, parameter};

/// A small linear congruential generator: the same tokens every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WORDS: &[&str] = &[
    "name",
    "image",
    "ports",
    "env",
    "env_from",
    "init",
    "pod",
    "spec",
    "metadata",
    "selector",
    "selects",
    "volumes",
    "volume_mounts",
    "volume_claims",
    "containers",
    "keys",
    "auth",
    "type",
    "liveness_probe",
    "http_get",
    "resources",
    "limits",
    "labels",
    "namespace",
    "file",
    "item",
    "external",
    "param",
    "config_map",
    "secret",
    "claim",
    "user",
    "backend",
    "rules",
    "role_ref",
    "subjects",
    "scale_target_ref",
    "api_version",
    "kind",
    "data",
    "true",
    "false",
    "crate",
    "self",
    "A_B",
    "api",
    "Deployment",
    "size",
    "mount",
    "destination",
    "placeholder",
    "default",
    "objects",
];
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "8000",
    "99999999999",
    "0o644",
    "0644",
    "10Gi",
    "500m",
    "1h30m",
    "1.5",
    "0x1F",
    "1_0",
];
const TEXTS: &[&str] =
    &["", "a", "api:1", "A b", "/x", "../x", "<x>", "ключ", "\n", "a=b", "*", "-"];
const MARKS: &str = ":,;=>.+-#%<$&|!?@^~/*";

fn tokens(random: &mut Random, depth: usize, len: usize) -> TokenStream {
    let mut stream = TokenStream::new();
    for _ in 0..random.below(len + 1) {
        // Entries are likelier than noise, so that what lies below the parser is reached.
        if random.below(3) > 0 {
            let key = Ident::new(random.pick(WORDS), Span::call_site());
            let value = token(random, depth);
            stream.extend(quote!(#key: #value,));
        } else {
            stream.extend([token(random, depth)]);
        }
    }
    stream
}

fn token(random: &mut Random, depth: usize) -> TokenTree {
    match random.below(if depth == 0 { 6 } else { 12 }) {
        0 | 1 => Ident::new(random.pick(WORDS), Span::call_site()).into(),
        2 => random.pick(NUMBERS).parse::<Literal>().unwrap().into(),
        3 => Literal::string(random.pick(TEXTS)).into(),
        4 => {
            let marks: Vec<char> = MARKS.chars().collect();
            let spacing = if random.below(2) == 0 { Spacing::Joint } else { Spacing::Alone };
            Punct::new(marks[random.below(marks.len())], spacing).into()
        }
        5 => Literal::character('x').into(),
        other => {
            let delimiter = match other {
                6..=8 => Delimiter::Brace,
                9 | 10 => Delimiter::Bracket,
                _ if random.below(4) == 0 => Delimiter::None,
                _ => Delimiter::Parenthesis,
            };
            Group::new(delimiter, tokens(random, depth - 1, 4)).into()
        }
    }
}

#[test]
fn random_tokens_make_no_macro_panic_or_hang() {
    let seconds = std::env::var("REACTBIN_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    let mut random = Random(7);
    let mut tried = 0u64;
    while tried < 1_500 || Instant::now() < end {
        let body = tokens(&mut random, 4, 8);
        let name = crate::MACROS[random.below(crate::MACROS.len())];
        let began = Instant::now();
        let (lower, declaration) = lowered(name, body.clone());
        let _ = expand::expand(&quote!(x), &lower, &declaration);
        for expand in [app::expand_app, parameter::expand_parameter] {
            let around = Spot::of(Span::call_site());
            let home = String::new();
            let _ = expand(Invocation { krate: quote!(x), body: body.clone(), around, home });
        }
        assert!(began.elapsed() < Duration::from_secs(5), "too slow: {name}! {{ {body} }}");
        tried += 1;
    }
}

#[test]
fn deep_nesting_ends_in_an_error() {
    let mut body = quote!(name: a);
    for _ in 0..300 {
        body = quote!(labels: { #body });
    }
    let (lower, _) = lowered("deployment", body);
    assert!(lower.errors.texts().iter().any(|text| text.contains("nested")));
}
