//! The values that a render gives to parameters: from arguments and a file, all checked.
//!
//! Must not know what the parameters are used for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use reactbin_check::parameter::ParameterType;
use reactbin_check::suggest::suggest;
use serde_json::Value;

use crate::assemble::Values;
use crate::declaration::Parameter;

/// Puts the values together, or says all that is wrong with them.
pub(super) fn values(
    parameters: &[&Parameter],
    set: &[String],
    file: Option<&Path>,
) -> Result<Values, String> {
    let mut problems = Vec::new();
    let mut given = BTreeMap::new();
    if let Some(path) = file {
        read_file(path, parameters, &mut given, &mut problems);
    }
    read_arguments(set, &mut given, &mut problems);
    for (name, value) in &given {
        if let Err(problem) = check(name, value, parameters) {
            problems.push(format!("{name}: {problem}"));
        }
    }
    for parameter in parameters {
        if parameter.placeholder
            && !given.contains_key(parameter.name)
            && !problems_of(&problems, parameter)
        {
            problems.push(format!(
                "{0}: missing; give it as `--set {0}=…`, of type {1}",
                parameter.name, parameter.ty
            ));
        }
    }
    if problems.is_empty() {
        return Ok(given);
    }
    problems.sort();
    let mut text = "error: the parameters can't be filled\n".to_owned();
    for problem in problems {
        text.push_str(&format!("  {}\n", problem.trim_end().replace('\n', "\n    ")));
    }
    Err(text + "  help: `params` lists the parameters and their types\n")
}

/// One problem is enough for a parameter.
fn problems_of(problems: &[String], parameter: &Parameter) -> bool {
    problems.iter().any(|problem| problem.starts_with(&format!("{}:", parameter.name)))
}

fn check(name: &str, value: &str, parameters: &[&Parameter]) -> Result<(), String> {
    let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) else {
        let names = parameters.iter().map(|parameter| parameter.name);
        return Err(match suggest(name, names) {
            Some(meant) => format!("there is no such parameter; did you mean `{meant}`?"),
            None => "there is no such parameter".to_owned(),
        });
    };
    match ParameterType::find(parameter.ty) {
        Some(ty) => ty.check(value),
        None => Err(format!("its type `{}` is unknown", parameter.ty)),
    }
}

fn read_arguments(set: &[String], given: &mut Values, problems: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for argument in set {
        // An empty argument lacks its name before its value.
        let parts = argument.split_once('=');
        let Some((name, value)) = parts.or(argument.is_empty().then_some(("", ""))) else {
            problems.push(format!("{argument}: has no value; write `--set {argument}=…`"));
            continue;
        };
        if name.trim().is_empty() {
            problems.push(format!("`--set {argument}`: the name is missing; write `NAME=VALUE`"));
            continue;
        }
        if !seen.insert(name) {
            problems.push(format!("{name}: `--set` gives it twice"));
        }
        given.insert(name.to_owned(), value.to_owned());
    }
}

fn read_file(
    path: &Path,
    parameters: &[&Parameter],
    given: &mut Values,
    problems: &mut Vec<String>,
) {
    let shown = path.display();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return problems.push(format!("can't read `{shown}`: {error}")),
    };
    let table: BTreeMap<String, Value> = match basic_toml::from_str(&text) {
        Ok(table) => table,
        Err(error) => return problems.push(format!("`{shown}` isn't TOML: {error}")),
    };
    for (name, value) in table {
        let ty = parameters.iter().find(|parameter| parameter.name == name).map(|p| p.ty);
        match text_of(&value, ty.and_then(ParameterType::find)) {
            Some(text) => {
                given.insert(name, text);
            }
            None => problems.push(format!(
                "{name}: `{shown}` has it of type {}, and the parameter is of type {}",
                type_of(&value),
                ty.unwrap_or("unknown"),
            )),
        }
    }
}

/// The text of a value of the right type. A number isn't a text: `tag = 1.10` would be `1.1`.
fn text_of(value: &Value, ty: Option<ParameterType>) -> Option<String> {
    // A name that no parameter has is told later, whatever its value is.
    let Some(ty) = ty else { return Some(String::new()) };
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_i64() && !ty.is_text() => Some(number.to_string()),
        Value::Bool(value) if !ty.is_text() => Some(value.to_string()),
        _ => None,
    }
}

/// The type of a value as TOML calls it.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn parameter(name: &'static str, ty: &'static str, placeholder: bool) -> Parameter {
        let (shown, doc, module, source) = ("", "", "m", "src/lib.rs");
        Parameter { name, ty, shown, placeholder, doc, module, source, line: 1, column: 1 }
    }

    static DOMAIN: Parameter = parameter("domain", "host", true);
    static PORT: Parameter = parameter("port", "port", false);
    static TAG: Parameter = parameter("api_tag", "image_tag", false);

    fn fill(set: &[&str], toml: Option<&str>) -> Result<Values, String> {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("reactbin-fill-{}-{count}.toml", std::process::id());
        let file = std::env::temp_dir().join(name);
        if let Some(text) = toml {
            fs::write(&file, text).unwrap();
        }
        let set: Vec<String> = set.iter().map(|text| (*text).to_owned()).collect();
        let filled = values(&[&DOMAIN, &PORT, &TAG], &set, toml.map(|_| file.as_path()));
        let _ = fs::remove_file(&file);
        filled
    }

    #[test]
    fn arguments_win_over_the_file() {
        let toml = "domain = \"a.example.com\"\nport = 8080\napi_tag = \"1.10\"\n";
        let values = fill(&["domain=b.example.com"], Some(toml)).unwrap();
        let values: Vec<(&str, &str)> =
            values.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(values, [("api_tag", "1.10"), ("domain", "b.example.com"), ("port", "8080")]);
        // An empty value and one with `=` are values.
        assert!(fill(&["domain="], None).unwrap_err().contains("domain: "));
        assert!(fill(&["domain=a=b"], None).unwrap_err().contains("`a=b`"));
    }

    #[test]
    fn all_problems_are_told() {
        let toml = "api_tag = 1.10\nport = \"http\"\nextra = [1]\n";
        let report = fill(&["domian=x.example.com", "port"], Some(toml)).unwrap_err();
        for expected in [
            "  domain: missing; give it as `--set domain=…`, of type host\n",
            "  domian: there is no such parameter; did you mean `domain`?\n",
            "  extra: there is no such parameter\n",
            "  port: has no value; write `--set port=…`\n",
            "  port: `http` isn't a port",
            "has it of type float, and the parameter is of type image_tag\n",
        ] {
            assert!(report.contains(expected), "{expected:?} in\n{report}");
        }
        assert!(fill(&["domain=a.b", "domain=a.c"], None).unwrap_err().contains("gives it twice"));
        for nameless in ["=x", " =x", "=", ""] {
            let report = fill(&["domain=a.b", nameless], None).unwrap_err();
            let expected =
                format!("  `--set {nameless}`: the name is missing; write `NAME=VALUE`\n");
            assert!(report.contains(&expected) && !report.contains("no such"), "{report}");
        }
    }

    #[test]
    fn a_bad_file_is_told_with_the_rest() {
        let report = fill(&["nope=1"], Some("domain = ")).unwrap_err();
        for expected in ["isn't TOML", "nope: there is no such parameter", "domain: missing"] {
            assert!(report.contains(expected), "{expected:?} in\n{report}");
        }
        let report = values(&[], &[], Some(Path::new("/nonexistent"))).unwrap_err();
        assert!(report.contains("can't read `/nonexistent`"), "{report}");
    }
}
