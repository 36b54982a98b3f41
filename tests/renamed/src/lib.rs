//! Declarations under another name of the language's crate.
#![allow(missing_docs)]

use manifests::*;

namespace! { name: shop }

deployment! { name: api, image: "api:1.0", ports: [8000], replicas: (2) }

service! { name: api, selects: api, ports: [{ port: 80, target_port: 8000 }] }

app! { name: shop, namespace: shop }

#[cfg(test)]
mod tests {
    #[test]
    fn a_renamed_dependency_writes_all_objects() {
        let manifests = super::app().manifests(&manifests::Values::new());
        assert_eq!(manifests.map(|(manifests, _)| manifests.len()).ok(), Some(3));
    }
}
