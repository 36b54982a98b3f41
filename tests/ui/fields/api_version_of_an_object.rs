use reactbin_dsl::*;

object! {
    apiVersion: "v1",
    kind: "ConfigMap",
    name: settings,
}

fn main() {}
