//! How messages spell field names: as in the YAML, or as in the Rust DSL.

use crate::names::snake_case;

/// A spelling of field names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// `imagePullPolicy`: the API's own.
    Camel,
    /// `image_pull_policy`: the DSL's.
    Snake,
}

impl Naming {
    /// A field's name, given in the API's own spelling.
    pub fn name(self, name: &str) -> String {
        match self {
            Naming::Camel => name.to_owned(),
            Naming::Snake => snake_case(name),
        }
    }

    /// A field's name in backticks.
    pub fn quote(self, name: &str) -> String {
        format!("`{}`", self.name(name))
    }

    /// A path of fields in backticks: `spec.template.spec.restartPolicy`.
    pub fn path(self, path: &[&str]) -> String {
        let names: Vec<String> = path.iter().map(|name| self.name(name)).collect();
        format!("`{}`", names.join("."))
    }
}
