//! What a plain YAML scalar stands for, as Kubernetes' own tools read it.
//!
//! They read YAML 1.1 (sigs.k8s.io/yaml, and in it go-yaml 2), with its own exceptions: base 60 and
//! dates stay strings. Must not know what the value is for.

/// What a scalar stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar<'t> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(&'t str),
}

/// Resolves a plain scalar.
pub(crate) fn resolve(text: &str) -> Scalar<'_> {
    match text.as_bytes().first() {
        None => Scalar::Null,
        Some(b'~' | b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O') => {
            word(text)
        }
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => number(text).unwrap_or(Scalar::Str(text)),
        Some(_) => Scalar::Str(text),
    }
}

fn word(text: &str) -> Scalar<'_> {
    match text {
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        _ => Scalar::Str(text),
    }
}

fn number(text: &str) -> Option<Scalar<'static>> {
    match text {
        ".nan" | ".NaN" | ".NAN" => return Some(Scalar::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Some(Scalar::Float(f64::INFINITY));
        }
        "-.inf" | "-.Inf" | "-.INF" => return Some(Scalar::Float(f64::NEG_INFINITY)),
        _ => {}
    }
    if !text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b'_')) {
        return None;
    }
    let without;
    // A leading point keeps its underscores, and then isn't a number.
    let text = if text.contains('_') && !text.starts_with('.') {
        without = text.replace('_', "");
        without.as_str()
    } else {
        text
    };
    integer(text).or_else(|| float(text).map(Scalar::Float))
}

/// An integer in Go's spelling: `0x` and `0o` and `0b`, and a leading zero for octal.
fn integer(text: &str) -> Option<Scalar<'static>> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    // A second sign would be taken by what follows.
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    match i128::from_str_radix(digits, radix) {
        Ok(number) => {
            let number = if negative { -number } else { number };
            Some(i64::try_from(number).map_or(Scalar::Float(number as f64), Scalar::Int))
        }
        Err(_) => None,
    }
}

/// A number with a point or an exponent, in digits only.
fn float(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let begins = digits.starts_with(|c: char| c.is_ascii_digit())
        || digits
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let numeric =
        digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    (begins && numeric).then(|| text.parse().ok()).flatten()
}

/// The integer that a number is to a server that reads it from JSON, where `1.0` and `1e3` are
/// written without a point.
pub(crate) fn whole(number: f64) -> Option<i64> {
    // Beyond this a 64-bit float can't tell integers apart.
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= LIMIT).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::Scalar::{Bool, Float, Int, Null, Str};
    use super::*;

    /// Recorded from go-yaml 2's own tables and tests, as sigs.k8s.io/yaml carries it.
    #[test]
    fn scalars_are_what_kubectl_reads() {
        for (text, expected) in [
            ("", Null),
            ("~", Null),
            ("null", Null),
            ("Null", Null),
            ("nUll", Str("nUll")),
            ("y", Bool(true)),
            ("Yes", Bool(true)),
            ("yEs", Str("yEs")),
            ("on", Bool(true)),
            ("ON", Bool(true)),
            ("n", Bool(false)),
            ("NO", Bool(false)),
            ("off", Bool(false)),
            ("true", Bool(true)),
            ("False", Bool(false)),
            ("tRue", Str("tRue")),
            ("0", Int(0)),
            ("-0", Int(0)),
            ("+12", Int(12)),
            ("-12", Int(-12)),
            ("0777", Int(511)),
            ("0o644", Int(420)),
            ("-0o7", Int(-7)),
            ("0x1F", Int(31)),
            ("0b101", Int(5)),
            ("-0b101", Int(-5)),
            ("1_000", Int(1000)),
            ("1__0", Int(10)),
            ("5_", Int(5)),
            ("_5", Str("_5")),
            ("08", Float(8.0)),
            ("0x", Str("0x")),
            ("0xg", Str("0xg")),
            ("1:30", Str("1:30")),
            ("190:20:30", Str("190:20:30")),
            ("2001-01-01", Str("2001-01-01")),
            ("2001-12-14t21:59:43.10-05:00", Str("2001-12-14t21:59:43.10-05:00")),
            ("1.5", Float(1.5)),
            ("1.", Float(1.0)),
            (".5", Float(0.5)),
            ("-.5", Float(-0.5)),
            ("1e3", Float(1000.0)),
            ("1.5E-2", Float(0.015)),
            ("1_000.5", Float(1000.5)),
            (".inf", Float(f64::INFINITY)),
            ("-.Inf", Float(f64::NEG_INFINITY)),
            ("inf", Str("inf")),
            ("nan", Str("nan")),
            ("-inf", Str("-inf")),
            ("infinity", Str("infinity")),
            (".", Str(".")),
            ("-", Str("-")),
            ("+", Str("+")),
            ("--1", Str("--1")),
            ("+-1", Str("+-1")),
            ("0x-1", Str("0x-1")),
            ("1.2.3", Str("1.2.3")),
            ("1.20.1", Str("1.20.1")),
            ("10Gi", Str("10Gi")),
            ("500m", Str("500m")),
            ("1e", Str("1e")),
            ("e1", Str("e1")),
            ("9223372036854775807", Int(i64::MAX)),
            ("-9223372036854775808", Int(i64::MIN)),
            ("9223372036854775808", Float(9_223_372_036_854_775_808.0)),
            ("=", Str("=")),
            ("api", Str("api")),
            ("nginx", Str("nginx")),
            ("tcp", Str("tcp")),
            ("о", Str("о")),
        ] {
            assert_eq!(resolve(text), expected, "{text:?}");
        }
        assert!(matches!(resolve(".NaN"), Float(number) if number.is_nan()));
    }

    #[test]
    fn a_whole_number_needs_no_point() {
        assert_eq!(whole(1.0), Some(1));
        assert_eq!(whole(-1000.0), Some(-1000));
        for not in [1.5, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(whole(not), None);
        }
    }
}
