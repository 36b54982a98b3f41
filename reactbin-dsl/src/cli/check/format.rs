//! The forms in which findings are printed, one document at a time.
//!
//! Must not know how findings come about, nor where the output goes.

use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;
use reactbin_check::{Severity, facts, lints, pod_security, rules};

use super::inspect::{Checked, Found, RULES};
use crate::report::{self, Diagnostic, Level, Place};

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Human,
    Json,
    Sarif,
    Github,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &[Format::Human, Format::Json, Format::Sarif, Format::Github]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Human => {
                PossibleValue::new("human").help("For people: place, source line, carets, help")
            }
            Format::Json => PossibleValue::new("json").help("One line for each document"),
            Format::Sarif => PossibleValue::new("sarif").help("SARIF 2.1.0, for code scanning"),
            Format::Github => PossibleValue::new("github").help("Annotations of a GitHub workflow"),
        })
    }
}

/// A checked document and where it stands.
pub(super) struct Entry<'e> {
    pub(super) file: &'e Path,
    /// Its number in its file, from 0.
    pub(super) number: usize,
    pub(super) checked: &'e Checked,
    pub(super) text: &'e str,
    /// How many lines stand before the text in its file.
    pub(super) before: u32,
}

impl Format {
    /// What stands before all documents.
    pub(super) fn head(self) -> String {
        match self {
            Format::Sarif => sarif_head(),
            _ => String::new(),
        }
    }

    /// What stands behind all documents.
    pub(super) fn tail(self) -> &'static str {
        match self {
            Format::Sarif => "\n]}]}\n",
            _ => "",
        }
    }

    /// What stands between the results of two documents.
    pub(super) fn separator(self) -> &'static str {
        match self {
            Format::Sarif => ",\n",
            _ => "",
        }
    }

    /// Whether a document's text is shown.
    pub(super) fn shows_text(self) -> bool {
        self == Format::Human
    }

    /// One document.
    pub(super) fn document(self, entry: &Entry<'_>, color: bool, out: &mut String) {
        match self {
            Format::Human => human(entry, color, out),
            Format::Json => json(entry, out),
            Format::Sarif => sarif(entry, out),
            Format::Github => github(entry, out),
        }
    }
}

fn human(entry: &Entry<'_>, color: bool, out: &mut String) {
    if entry.checked.findings.is_empty() {
        return;
    }
    let place = |position| Place {
        file: PathBuf::from(entry.file),
        absolute: PathBuf::from(entry.file),
        position,
    };
    let diagnostic = |found: &Found| {
        let related = found.related.as_ref();
        let mut notes: Vec<_> = related
            .map(|(position, what)| (what.clone(), Some(place(*position))))
            .into_iter()
            .collect();
        notes.extend(subject(entry.checked, found).map(|subject| (subject, None)));
        Diagnostic {
            level: match found.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
            },
            rule: found.rule.to_owned(),
            message: found.message.clone(),
            place: Some(place(found.position)),
            help: found.help.clone(),
            notes,
        }
    };
    let diagnostics: Vec<Diagnostic> = entry.checked.findings.iter().map(diagnostic).collect();
    out.push_str(&report::render_in(entry.text, entry.before, &diagnostics, color));
}

/// ``Deployment `api`, spec.replicas``, as far as it is known.
fn subject(checked: &Checked, found: &Found) -> Option<String> {
    let mut subject = checked.kind.clone()?;
    if let Some(name) = &checked.name {
        let _ = write!(subject, " `{name}`");
    }
    if !found.path.is_empty() {
        let _ = write!(subject, ", {}", found.path);
    }
    Some(subject)
}

/// A text as JSON writes it; none is null.
struct Quoted<'t>(Option<&'t str>);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(text) = self.0 else { return f.write_str("null") };
        // Nearly all texts.
        if text.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'"' | b'\\' | 0x7f)) {
            f.write_str("\"")?;
            f.write_str(text)?;
            return f.write_str("\"");
        }
        serde_json::Value::from(text).fmt(f)
    }
}

fn quoted(text: &str) -> Quoted<'_> {
    Quoted(Some(text))
}

fn level(found: &Found) -> &'static str {
    match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn json(entry: &Entry<'_>, out: &mut String) {
    let Entry { file, number, checked, .. } = entry;
    let _ = write!(
        out,
        "{{\"file\":{},\"document\":{number},\"kind\":{},\"name\":{},\"namespace\":{},\"valid\":{},\"findings\":[",
        quoted(&file.to_string_lossy()),
        Quoted(checked.kind.as_deref()),
        Quoted(checked.name.as_deref()),
        Quoted(checked.namespace.as_deref()),
        checked.is_valid(),
    );
    for (index, found) in checked.findings.iter().enumerate() {
        let _ = write!(
            out,
            "{}{{\"rule\":\"{}\",\"severity\":\"{}\",\"path\":{},\"message\":{},\"help\":{},\"line\":{},\"column\":{}}}",
            if index == 0 { "" } else { "," },
            found.rule,
            level(found),
            quoted(&found.path),
            quoted(&found.message),
            Quoted(found.help.as_deref()),
            found.position.line,
            found.position.column,
        );
    }
    out.push_str("]}\n");
}

fn sarif_head() -> String {
    let mut rules: Vec<(&str, &str)> = rules::all().map(|rule| (rule.id, rule.what)).collect();
    rules.extend(lints::all().iter().map(|lint| (lint.rule.id, lint.rule.what)));
    rules.extend(pod_security::CHECKS.iter().map(|check| (check.rule.id, check.rule.what)));
    rules.extend(RULES);
    rules.sort_unstable();
    rules.dedup_by_key(|(id, _)| *id);
    let rules: Vec<String> = rules
        .iter()
        .map(|(id, what)| {
            format!("{{\"id\":\"{id}\",\"shortDescription\":{{\"text\":{}}}}}", quoted(what))
        })
        .collect();
    format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\
         \"runs\":[{{\"tool\":{{\"driver\":{{\"name\":\"reactbin\",\"version\":\"{}\",\
         \"properties\":{{\"kubernetes\":\"{}\"}},\"rules\":[\n{}\n]}}}},\
         \"columnKind\":\"unicodeCodePoints\",\"results\":[\n",
        env!("CARGO_PKG_VERSION"),
        facts::KUBERNETES,
        rules.join(",\n"),
    )
}

fn sarif(entry: &Entry<'_>, out: &mut String) {
    for (index, found) in entry.checked.findings.iter().enumerate() {
        let help = found.help.as_ref().map(|help| format!("\nhelp: {help}"));
        let text = format!("{}{}", found.message, help.unwrap_or_default());
        let position = found.position;
        let _ = write!(
            out,
            "{}{{\"ruleId\":\"{}\",\"level\":\"{}\",\"message\":{{\"text\":{}}},\"locations\":[{{\
             \"physicalLocation\":{{\"artifactLocation\":{{\"uri\":\"{}\"}},\"region\":{{\
             \"startLine\":{},\"startColumn\":{},\"endLine\":{},\"endColumn\":{}}}}}",
            if index == 0 { "" } else { ",\n" },
            found.rule,
            level(found),
            quoted(&text),
            uri(entry.file),
            position.line,
            position.column,
            position.end_line,
            position.end_column,
        );
        if !found.path.is_empty() {
            let _ = write!(
                out,
                ",\"logicalLocations\":[{{\"fullyQualifiedName\":{}}}]",
                quoted(&found.path)
            );
        }
        out.push_str("}]}");
    }
}

/// A path as a URI reference: relative to where the program was started, unless it is absolute.
fn uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let mut uri = if path.is_absolute() { "file://".to_owned() } else { String::new() };
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(byte.into())
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

fn github(entry: &Entry<'_>, out: &mut String) {
    for found in &entry.checked.findings {
        let help = found.help.as_ref().map(|help| format!("\nhelp: {help}"));
        let position = found.position;
        let _ = writeln!(
            out,
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            level(found),
            property(&entry.file.to_string_lossy()),
            position.line,
            position.column,
            position.end_line,
            position.end_column,
            found.rule,
            data(&format!("{}{}", found.message, help.unwrap_or_default())),
        );
    }
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri_reference() {
        assert_eq!(uri(Path::new("a dir/ä.yaml")), "a%20dir/%C3%A4.yaml");
        assert_eq!(uri(Path::new("-")), "-");
        #[cfg(unix)]
        assert_eq!(uri(Path::new("/k8s/a.yaml")), "file:///k8s/a.yaml");
    }

    #[test]
    fn a_workflow_command_is_one_line() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(data("a: b, 5%\r\n"), "a: b, 5%25%0D%0A");
    }
}
