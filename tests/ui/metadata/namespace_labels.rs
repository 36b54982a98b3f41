use reactbin_dsl::*;

namespace! {
    name: shop,
    labels: { "pod-security.kubernetes.io/enforce": "not allowed" },
}

fn main() {}
