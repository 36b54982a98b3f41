//! The values that a render gives to parameters: from arguments and a file, all checked.
//!
//! Must not know what the parameters are used for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use reactbin_check::parameter::ParameterType;
use reactbin_check::suggest::suggest;
use toml_span::value::ValueInner;

use super::toml::File;
use crate::assemble::Values;
use crate::declaration::Parameter;

/// Puts the values together, or says all that is wrong with them.
pub(super) fn values(
    parameters: &[&Parameter],
    set: &[String],
    file: Option<&Path>,
) -> Result<Values, String> {
    let mut problems = Vec::new();
    let mut given = Values::new();
    // Where the file has a value that counts.
    let mut places = BTreeMap::new();
    let mut unread = false;
    if let Some(path) = file {
        match read_file(path, parameters, &mut given, &mut problems) {
            Ok(read) => places = read,
            Err(problem) => {
                problems.push(problem);
                unread = true;
            }
        }
    }
    read_arguments(set, &mut given, &mut places, &mut problems);
    for (name, value) in &given {
        if let Err(problem) = check(name, value, parameters) {
            problems.push(match places.get(name) {
                Some(place) => format!("{name}: {place}: {problem}"),
                None => format!("{name}: {problem}"),
            });
        }
    }
    for parameter in parameters {
        // What is missing isn't known while a file can't be read.
        if parameter.placeholder
            && !unread
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

fn read_arguments(
    set: &[String],
    given: &mut Values,
    places: &mut BTreeMap<String, String>,
    problems: &mut Vec<String>,
) {
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
        places.remove(name);
    }
}

/// Reads the values of a file, and returns the place of each.
fn read_file(
    path: &Path,
    parameters: &[&Parameter],
    given: &mut Values,
    problems: &mut Vec<String>,
) -> Result<BTreeMap<String, String>, String> {
    let mut places = BTreeMap::new();
    let text = fs::read_to_string(path)
        .map_err(|error| format!("can't read `{}`: {error}", path.display()))?;
    let file = File::parse(path, &text)?;
    for (key, value) in file.root.as_table().into_iter().flatten() {
        let name = key.name.as_ref();
        let place = file.place(key.span);
        let ty = parameters.iter().find(|parameter| parameter.name == name).map(|p| p.ty);
        match text_of(value.as_ref(), ty.and_then(ParameterType::find)) {
            Some(text) => {
                given.insert(name.to_owned(), text);
                places.insert(name.to_owned(), place);
            }
            None => problems.push(format!(
                "{name}: {place}: this is of type {}, and the parameter of type {}",
                value.as_ref().type_str(),
                ty.unwrap_or("unknown"),
            )),
        }
    }
    Ok(places)
}

/// The text of a value of the right type. A number isn't a text: `tag = 1.10` would be `1.1`.
fn text_of(value: &ValueInner<'_>, ty: Option<ParameterType>) -> Option<String> {
    // A name that no parameter has is told later, whatever its value is.
    let Some(ty) = ty else { return Some(String::new()) };
    match value {
        ValueInner::String(text) => Some(text.clone().into_owned()),
        ValueInner::Integer(number) if !ty.is_text() => Some(number.to_string()),
        ValueInner::Boolean(value) if !ty.is_text() => Some(value.to_string()),
        _ => None,
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
        let name = format!("reactbin-fill-{}-{count}", std::process::id());
        let dir = std::env::temp_dir().join(name);
        let file = dir.join("values.toml");
        if let Some(text) = toml {
            fs::create_dir_all(&dir).unwrap();
            fs::write(&file, text).unwrap();
        }
        let set: Vec<String> = set.iter().map(|text| (*text).to_owned()).collect();
        let filled = values(&[&DOMAIN, &PORT, &TAG], &set, toml.map(|_| file.as_path()));
        let _ = fs::remove_dir_all(&dir);
        filled
    }

    fn without_folder(report: &str) -> String {
        let dir = std::env::temp_dir().display().to_string();
        let mut words = report.split(' ').map(|word| match word.strip_prefix(&dir) {
            Some(path) => path.rsplit('/').next().unwrap(),
            None => word,
        });
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |text, word| text + " " + word)
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
        // What the file had there is no matter then.
        let report = fill(&["domain=a=b"], Some("domain = \"x\"\n")).unwrap_err();
        assert!(report.contains("  domain: `a=b`"), "{report}");
    }

    #[test]
    fn all_problems_are_told() {
        let toml = "api_tag = 1.10\nport = \"http\"\nextra = [1]\n";
        let report = fill(&["domian=x.example.com", "port"], Some(toml)).unwrap_err();
        let report = without_folder(&report);
        for expected in [
            "  domain: missing; give it as `--set domain=…`, of type host\n",
            "  domian: there is no such parameter; did you mean `domain`?\n",
            "  extra: values.toml:3:1: there is no such parameter\n",
            "  port: has no value; write `--set port=…`\n",
            "  port: values.toml:2:1: `http` isn't a port",
            "  api_tag: values.toml:1:1: this is of type float, and the parameter of type image_tag\n",
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
        for expected in
            ["values.toml:1:", ": this isn't TOML: ", "nope: there is no such parameter"]
        {
            assert!(report.contains(expected), "{expected:?} in\n{report}");
        }
        assert!(!report.contains("missing"), "{report}");
        let report = values(&[], &[], Some(Path::new("/nonexistent"))).unwrap_err();
        assert!(report.contains("can't read `/nonexistent`"), "{report}");
    }
}
