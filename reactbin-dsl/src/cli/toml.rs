//! The TOML files that arguments name, with the place of what is wrong in them.
//!
//! Must not know what such a file is for.

use std::path::Path;

use reactbin_check::wire::line_and_column;
use toml_span::{Span, Value, parse};

/// A file of TOML.
pub(super) struct File<'t> {
    path: &'t Path,
    text: &'t str,
    pub(super) root: Value<'t>,
}

impl<'t> File<'t> {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// If it isn't TOML: where and why.
    pub(super) fn parse(path: &'t Path, text: &'t str) -> Result<File<'t>, String> {
        match parse(text) {
            Ok(root) => Ok(File { path, text, root }),
            Err(error) => {
                let place = place(path, text, error.span);
                Err(format!("{place}: this isn't TOML: {error}"))
            }
        }
    }

    /// Where something stands, as rustc says it: `values.toml:3:8`.
    pub(super) fn place(&self, span: Span) -> String {
        place(self.path, self.text, span)
    }
}

fn place(path: &Path, text: &str, span: Span) -> String {
    let (line, column) = line_and_column(text, span.start);
    format!("{}:{line}:{column}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_from_one() {
        let path = Path::new("a.toml");
        let problem = File::parse(path, "a = 1\nb = { \"ü\" = }\n").err().unwrap();
        assert!(problem.starts_with("a.toml:2:13: this isn't TOML: "), "{problem}");
        let file = File::parse(path, "a = 1\nb = { \"ü\" = 2, c = 3 }\n").ok().unwrap();
        let table = file.root.pointer("/b").and_then(|value| value.as_table()).unwrap();
        assert_eq!(file.place(table.get_key_value("c").unwrap().0.span), "a.toml:2:16");
    }
}
