//! The verdicts of Kubernetes' own validators on a thousand texts, where that list is at hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::path::Path;

use reactbin_check::facts::{Field, Limits, Ty, TypeDef};
use reactbin_check::formats::Format;
use reactbin_check::quantity::Quantity;
use reactbin_check::{Naming, Options, check_fragment, check_object};
use serde_json::Value;

fn options() -> Options<'static> {
    Options::new(Naming::Camel)
}

fn format(function: &str) -> Option<Format> {
    Some(match function {
        "IsDNS1123Label" => Format::DnsLabel,
        "IsDNS1035Label" => Format::Dns1035Label,
        "IsDNS1123Subdomain" => Format::DnsSubdomain,
        "IsDNS1123SubdomainCaseless" => Format::DnsSubdomainCaseless,
        "IsDNS1123SubdomainWithUnderscore" => Format::DnsSubdomainUnderscore,
        "IsWildcardDNS1123Subdomain" => Format::WildcardHost,
        "IsCIdentifier" => Format::CIdentifier,
        "IsLabelKey" => Format::LabelKey,
        "IsLabelValue" => Format::LabelValue,
        "IsPathSegmentName" => Format::PathSegmentName,
        "IsPathSegmentPrefix" => Format::PathSegmentPrefix,
        "IsValidPortName" => Format::PortName,
        "IsHTTPHeaderName" => Format::HttpHeaderName,
        "IsValidPercent" => Format::Percent,
        "IsDecimalInteger" => Format::DecimalInteger,
        "IsConfigMapKey" => Format::DataKey,
        "IsRelaxedEnvVarName" => Format::EnvName,
        _ => return None,
    })
}

#[test]
fn verdicts_are_those_of_kubernetes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/rules/primitives.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        println!("skipped: no {}", path.display());
        return;
    };
    let mut wrong = Vec::new();
    let mut formats = 0;
    let mut numbers = 0;
    let mut quantities = 0;
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let function = row["fn"].as_str().unwrap();
        if let Some(accepted) = takes_number(function, &row["input"]) {
            numbers += 1;
            if accepted != row["valid"].as_bool().unwrap() {
                wrong.push(format!("{function} {}: {accepted}", row["input"]));
            }
            continue;
        }
        let input = row["input"].as_str().unwrap();
        if function == "ParseQuantity" {
            quantities += 1;
            wrong.extend(quantity_differs(input, &row).map(|why| format!("{input:?}: {why}")));
            continue;
        }
        formats += 1;
        let format = format(function).unwrap_or_else(|| panic!("{function} has no format"));
        let verdict = format.check(input);
        if verdict.is_ok() != row["valid"].as_bool().unwrap() {
            wrong.push(format!("{function} {input:?}: {verdict:?}"));
        }
        if let Some(fixed) = verdict.err().and_then(|violation| violation.fixed) {
            assert_eq!(format.check(&fixed), Ok(()), "{input:?} -> {fixed:?}");
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let seen = format!("{formats} formats, {quantities} quantities, {numbers} numbers");
    assert!(formats > 500 && quantities > 300 && numbers > 30, "{seen}");
}

/// Whether the engine takes a number that one of the validators of numbers is asked about; `None`
/// for the other validators. Each is asked where the API server asks it.
fn takes_number(function: &str, input: &Value) -> Option<bool> {
    let numbers: Vec<i64> = match input {
        Value::Array(numbers) => numbers.iter().map(|number| number.as_i64().unwrap()).collect(),
        Value::Number(number) => vec![number.as_i64().unwrap()],
        _ => Vec::new(),
    };
    let container = match (function, numbers.as_slice()) {
        ("IsValidPortNum", [number]) => format!("ports: [{{containerPort: {number}}}]"),
        ("IsValidUserID", [number]) => format!("securityContext: {{runAsUser: {number}}}"),
        ("IsValidGroupID", [number]) => format!("securityContext: {{runAsGroup: {number}}}"),
        ("IsInRange", [number, minimum, maximum]) => {
            return Some(is_in_range(*number, *minimum, *maximum));
        }
        _ => return None,
    };
    let (tree, root) = common::from_yaml(&format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {{containers: [{{name: a, image: i, {container}}}]}}}}"
    ));
    let findings = check_object(&tree, root, &options());
    Some(findings.iter().all(reactbin_check::Finding::waivable))
}

/// The range of a field of a kind of its own, since no built-in field has these.
fn is_in_range(number: i64, minimum: i64, maximum: i64) -> bool {
    let limits = Limits { minimum: Some(minimum), maximum: Some(maximum), ..Limits::NONE };
    let field = Field {
        name: "x",
        snake: "x",
        ty: Ty::Int64,
        required: false,
        values: &[],
        default: None,
        keys: &[],
        set: false,
        limits: Some(Box::leak(Box::new(limits))),
    };
    let ty: &'static TypeDef = Box::leak(Box::new(TypeDef::new("x", Vec::leak(vec![field]))));
    let (tree, root) = common::from_yaml(&format!("{{x: {number}}}"));
    check_fragment(&tree, root, ty, &options()).is_empty()
}

fn quantity_differs(input: &str, row: &Value) -> Option<String> {
    let quantity = match Quantity::parse(input) {
        Ok(quantity) if row["valid"] == true => quantity,
        Err(_) if row["valid"] == false => return None,
        other => return Some(format!("{other:?}")),
    };
    let dec = row["dec"].as_str()?;
    let nanos = nanos(dec);
    if quantity.nanos() != nanos {
        return Some(format!("{} instead of {nanos}", quantity.nanos()));
    }
    // What was canonical enough comes back from the server as it was written.
    let canonical = row["canonical"].as_str()?;
    let kept = canonical == input && Quantity::parse(canonical).ok()? == quantity;
    if quantity.to_string() != canonical && !kept {
        return Some(format!("canonical {quantity} instead of {canonical}"));
    }
    // For some negative and some huge numbers the server's own `Value()` isn't what it has parsed.
    let value = row["value"].as_i64()?;
    let sane = (i128::from(value) * 1_000_000_000 - nanos).abs() < 1_000_000_000;
    let expected_sane = (0..9_223_372_036_854_775_808 * 1_000_000_000).contains(&nanos);
    if expected_sane && !sane || sane && nanos >= 0 && quantity.value() != value {
        return Some(format!("value {} instead of {value}", quantity.value()));
    }
    None
}

/// The billionths of a decimal number that has no more than nine decimal places.
fn nanos(dec: &str) -> i128 {
    let (whole, fraction) = dec.split_once('.').unwrap_or((dec, ""));
    format!("{whole}{fraction:0<9}").parse().unwrap()
}
