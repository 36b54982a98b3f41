//! The facts of the built-in kinds, from the API server's OpenAPI document.
//!
//! Knows the document; must not know how the table is spelt in Rust.

use serde_json::Value;

use crate::lower::{Facts, Kind, items, short, text};

impl Facts {
    /// The facts of the built-in kinds.
    pub(crate) fn from_openapi(document: &Value) -> Result<Facts, String> {
        let types = document["types"].as_object().ok_or("no `types`")?;
        let schemas =
            types.iter().map(|(name, schema)| (short(name).to_owned(), schema.clone())).collect();
        let mut facts = Facts {
            kubernetes: text(document, "kubernetes")?.to_owned(),
            schemas,
            ..Facts::default()
        };
        for entry in document["scope"].as_array().ok_or("no `scope`")? {
            facts.add_kind(entry)?;
        }
        facts.kinds.sort();
        Ok(facts)
    }

    /// Adds a kind of the `scope` list: `{group, version, kind, scope}`.
    fn add_kind(&mut self, entry: &Value) -> Result<(), String> {
        let (group, version) = (text(entry, "group")?, text(entry, "version")?);
        let kind = text(entry, "kind")?;
        let is_this =
            |gvk: &Value| gvk["group"] == group && gvk["version"] == version && gvk["kind"] == kind;
        let ty = self
            .schemas
            .iter()
            .find(|(_, schema)| {
                items(&schema["x-kubernetes-group-version-kind"]).iter().any(is_this)
            })
            .map(|(name, _)| name.clone())
            .ok_or_else(|| format!("no type for {group}/{version} {kind}"))?;
        self.lower_ref(&ty)?;
        self.kinds.push(Kind {
            group: group.to_owned(),
            kind: kind.to_owned(),
            version: version.to_owned(),
            namespaced: text(entry, "scope")? == "Namespaced",
            custom: false,
            ty,
        });
        Ok(())
    }
}
