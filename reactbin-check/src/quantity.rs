//! Resource quantities, as apimachinery's `resource.Quantity` reads and compares them.
//!
//! Must not know of which resource, nor which amounts a field allows.

use std::cmp::Ordering;
use std::fmt;

use crate::formats::Violation;
use crate::formats::words::{character, quoted};

/// A parsed quantity: an exact number of billionths.
///
/// What is smaller than a billionth is rounded away from zero, and a number with a binary suffix
/// is cut to 63 bits, both as the API server does. Other numbers are cut at 10²⁸, where the server
/// goes on; no field allows such an amount.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    nanos: i128,
    notation: Notation,
}

/// In which of its three notations a quantity was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notation {
    Decimal,
    Binary,
    Exponent,
}

const NANO: i128 = 1_000_000_000;
/// The largest quantity with a binary suffix, in billionths.
const BINARY_MAX: i128 = i64::MAX as i128 * NANO;
/// The largest of the others.
const DECIMAL_MAX: i128 = 10i128.pow(37);

const DECIMAL: [(&str, i64); 10] = [
    ("n", -9),
    ("u", -6),
    ("m", -3),
    ("", 0),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
    ("P", 15),
    ("E", 18),
];
const BINARY: [(&str, u32); 6] =
    [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40), ("Pi", 50), ("Ei", 60)];

/// What people write for a suffix, in lower case, and the suffixes of powers of ten and of two.
const MISTAKEN: [(&str, &str, &str); 30] = [
    ("k", "k", "Ki"),
    ("kb", "k", "Ki"),
    ("mb", "M", "Mi"),
    ("g", "G", "Gi"),
    ("gb", "G", "Gi"),
    ("t", "T", "Ti"),
    ("tb", "T", "Ti"),
    ("p", "P", "Pi"),
    ("pb", "P", "Pi"),
    ("eb", "E", "Ei"),
    ("ki", "", "Ki"),
    ("kib", "", "Ki"),
    ("mi", "", "Mi"),
    ("mib", "", "Mi"),
    ("gi", "", "Gi"),
    ("gib", "", "Gi"),
    ("ti", "", "Ti"),
    ("tib", "", "Ti"),
    ("pi", "", "Pi"),
    ("pib", "", "Pi"),
    ("ei", "", "Ei"),
    ("eib", "", "Ei"),
    ("n", "n", ""),
    ("u", "u", ""),
    ("µ", "u", ""),
    ("μ", "u", ""),
    ("b", "", ""),
    ("byte", "", ""),
    ("bytes", "", ""),
    ("cores", "", ""),
];

impl Quantity {
    /// Reads a quantity: `500m`, `1.5Gi`, `2e3`.
    ///
    /// A text without any digit (`Gi`) is refused; the server's own regular expression says so,
    /// though its parser takes it for 0.
    pub fn parse(text: &str) -> Result<Quantity, Violation> {
        parse(text).ok_or_else(|| diagnose(text))
    }

    /// A whole number.
    pub fn from_int(value: i64) -> Quantity {
        Quantity { nanos: i128::from(value) * NANO, notation: Notation::Decimal }
    }

    /// The number in billionths.
    pub fn nanos(self) -> i128 {
        self.nanos
    }

    /// The number, rounded away from zero and cut to 64 bits.
    pub fn value(self) -> i64 {
        let away = self.nanos / NANO + (self.nanos % NANO).signum();
        i64::try_from(away).unwrap_or(if away < 0 { i64::MIN } else { i64::MAX })
    }

    /// Whether it is less than zero.
    pub fn is_negative(self) -> bool {
        self.nanos < 0
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.nanos == 0
    }

    /// Whether it is a whole number; memory that isn't has a fraction of a byte.
    pub fn is_integer(self) -> bool {
        self.nanos % NANO == 0
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Quantity) -> bool {
        self.nanos == other.nanos
    }
}

impl Eq for Quantity {}

impl Ord for Quantity {
    fn cmp(&self, other: &Quantity) -> Ordering {
        self.nanos.cmp(&other.nanos)
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Quantity) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The canonical form: no fraction, the largest suffix that needs none, in the notation that the
/// quantity was written in, unless that is binary and the number isn't fit for it.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nanos == 0 {
            return f.write_str("0");
        }
        if self.notation == Notation::Binary && self.is_integer() && self.nanos.abs() >= 1024 * NANO
        {
            let mut number = self.nanos / NANO;
            let mut suffix = "";
            for (name, _) in BINARY {
                if number % 1024 != 0 {
                    break;
                }
                number /= 1024;
                suffix = name;
            }
            return write!(f, "{number}{suffix}");
        }
        let mut number = self.nanos;
        let mut exponent = -9;
        while number % 1000 == 0 && (exponent < 18 || self.notation == Notation::Exponent) {
            number /= 1000;
            exponent += 3;
        }
        if self.notation == Notation::Exponent && exponent != 0 {
            return write!(f, "{number}e{exponent}");
        }
        let suffix = DECIMAL.iter().find(|(_, e)| *e == exponent).map_or("", |(name, _)| name);
        write!(f, "{number}{suffix}")
    }
}

/// The parts of a quantity's text: sign, digits before and after the point, suffix.
struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    suffix: &'a str,
}

/// `None` where there is no digit or a second point.
fn split(text: &str) -> Option<Parts<'_>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    Some(Parts { negative: text.starts_with('-'), whole, fraction, suffix })
}

/// What a suffix stands for: a power of ten, a power of two, and the notation.
fn scale(suffix: &str) -> Option<(i64, u32, Notation)> {
    if let Some((_, exponent)) = DECIMAL.iter().find(|(name, _)| *name == suffix) {
        return Some((*exponent, 0, Notation::Decimal));
    }
    if let Some((_, shift)) = BINARY.iter().find(|(name, _)| *name == suffix) {
        return Some((0, *shift, Notation::Binary));
    }
    let exponent = suffix.strip_prefix(['e', 'E'])?;
    Some((exponent.parse().ok()?, 0, Notation::Exponent))
}

fn parse(text: &str) -> Option<Quantity> {
    let parts = split(text)?;
    let (exponent, shift, notation) = scale(parts.suffix)?;
    let binary = notation == Notation::Binary;
    // As many digits as leave room for the shift in 127 bits.
    let significant = if binary { 19 } else { 36 };
    let (digits, dropped) = significant_digits(&parts, significant);
    let power = exponent
        .saturating_add(9)
        .saturating_add(dropped)
        .saturating_sub_unsigned(parts.fraction.len() as u64);
    let most = if binary { BINARY_MAX } else { DECIMAL_MAX };
    let magnitude = times_power_of_ten(digits << shift, power).min(most);
    Some(Quantity { nanos: if parts.negative { -magnitude } else { magnitude }, notation })
}

/// The first `most` significant digits as a number, rounded up, and how many were left out.
fn significant_digits(parts: &Parts<'_>, most: u32) -> (i128, i64) {
    let (mut number, mut count, mut dropped, mut rest) = (0i128, 0, 0, false);
    for digit in parts.whole.bytes().chain(parts.fraction.bytes()) {
        if count == most {
            dropped += 1;
            rest |= digit != b'0';
            continue;
        }
        number = number * 10 + i128::from(digit - b'0');
        count += u32::from(number != 0);
    }
    (number + i128::from(rest), dropped)
}

/// `number` × 10^`power`, rounded up, not larger than 10^37.
fn times_power_of_ten(number: i128, power: i64) -> i128 {
    let Some(factor) =
        u32::try_from(power.unsigned_abs()).ok().and_then(|power| 10i128.checked_pow(power))
    else {
        return match (number, power < 0) {
            (0, _) => 0,
            (_, true) => 1,
            (_, false) => DECIMAL_MAX,
        };
    };
    if power < 0 {
        return number / factor + i128::from(number % factor != 0);
    }
    number.checked_mul(factor).unwrap_or(DECIMAL_MAX)
}

/// Why `text` isn't a quantity, and what was likely meant.
fn diagnose(text: &str) -> Violation {
    if text.is_empty() {
        return Violation::new("a quantity can't be empty");
    }
    let plain = without_separators(text);
    let fixed = repair(&plain).filter(|fixed| fixed != text);
    if let Some(c) = text.chars().find(|&c| c.is_whitespace() || matches!(c, ',' | '_')) {
        let why = if c == ',' {
            ", and a quantity's decimal separator is `.`"
        } else {
            ", which a quantity can't have"
        };
        return Violation::new(format!("{} has {}{why}", quoted(text), character(c))).fix(fixed);
    }
    let Some(parts) = split(&plain) else {
        return Violation::new(format!(
            "{} isn't a quantity: a number with an optional suffix, such as `500m` or `10Gi`",
            quoted(text)
        ));
    };
    let number = plain.strip_suffix(parts.suffix).unwrap_or(&plain);
    let advice = match mistaken(parts.suffix) {
        Some((ten, two)) if !ten.is_empty() && !two.is_empty() => {
            format!("; use `{number}{ten}` (powers of ten) or `{number}{two}` (powers of two)")
        }
        _ if fixed.is_some() => String::new(),
        _ => ": those are `n`, `u`, `m`, `k`, `M`, `G`, `T`, `P`, `E` and `Ki`, `Mi`, `Gi`, `Ti`, `Pi`, `Ei`".to_owned(),
    };
    Violation::new(format!(
        "{} ends with {}, which isn't a suffix of a quantity{advice}",
        quoted(text),
        quoted(parts.suffix)
    ))
    .fix(fixed)
}

/// Without white space and `_`, and with a point for a decimal comma.
fn without_separators(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
    match kept.split_once(',') {
        // Three digits after a comma may be thousands.
        Some((_, after)) if after.bytes().take_while(u8::is_ascii_digit).count() == 3 => kept,
        Some(_) => kept.replacen(',', ".", 1),
        None => kept,
    }
}

fn repair(plain: &str) -> Option<String> {
    if parse(plain).is_some() {
        return Some(plain.to_owned());
    }
    let suffix = split(plain)?.suffix;
    let (ten, two) = mistaken(suffix)?;
    let number = plain.strip_suffix(suffix)?;
    Some(format!("{number}{}", if ten.is_empty() { two } else { ten }))
        .filter(|fixed| parse(fixed).is_some())
}

fn mistaken(suffix: &str) -> Option<(&'static str, &'static str)> {
    let suffix = suffix.to_ascii_lowercase();
    MISTAKEN.iter().find(|(written, _, _)| *written == suffix).map(|&(_, ten, two)| (ten, two))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Option<String> {
        let violation = Quantity::parse(text).unwrap_err();
        if let Some(fixed) = &violation.fixed {
            assert!(Quantity::parse(fixed).is_ok(), "{text} -> {fixed}");
        }
        violation.fixed
    }

    #[test]
    fn compares_by_value() {
        let q = |text: &str| Quantity::parse(text).unwrap();
        assert_eq!(q("1000m"), q("1"));
        assert_eq!(q("1Gi"), q("1024Mi"));
        assert!(q("1G") < q("1Gi"));
        assert!(q("-1") < q("0"));
        assert!(q("1n") > q("0"));
        assert_eq!(q("2"), Quantity::from_int(2));
    }

    #[test]
    fn knows_its_sign_and_fraction() {
        let q = |text: &str| Quantity::parse(text).unwrap();
        assert!(q("-0").is_zero() && !q("-0").is_negative());
        assert!(q("-1m").is_negative());
        assert!(q("1.5Ki").is_integer() && !q("100m").is_integer());
        assert_eq!((q("9.01").value(), q("-9.01").value()), (10, -10));
        assert_eq!(q("12E").value(), i64::MAX);
    }

    #[test]
    fn writes_the_canonical_form() {
        for (text, canonical) in [
            ("0.5", "500m"),
            ("1000M", "1G"),
            ("1025024Mi", "1001Gi"),
            ("100.035Ki", "102435840m"),
            ("0.5Mi", "512Ki"),
            ("1000Ki", "1000Ki"),
            ("1Ki", "1Ki"),
            ("0.5Ki", "512"),
            ("3.001n", "4n"),
            ("-3.001n", "-4n"),
            ("0.000000000001Ki", "2n"),
            ("1e14", "100e12"),
            ("1.2e3", "1200"),
            ("+.001e12", "1e9"),
            ("-1.G", "-1G"),
            ("12E", "12E"),
            ("9Ei", "9223372036854775807"),
            ("-0Ki", "0"),
        ] {
            assert_eq!(Quantity::parse(text).unwrap().to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn cuts_and_rounds_what_is_out_of_range() {
        let q = |text: &str| Quantity::parse(text).unwrap();
        assert_eq!(q("1000000000000Ei").value(), i64::MAX);
        assert_eq!(q("1e9223372036854775807"), q("1e100"));
        assert_eq!(q("1e-9223372036854775807"), q("1n"));
        assert_eq!(q(&"9".repeat(4000)), q("1e28"));
        assert_eq!(q(&format!("0.{}1Gi", "0".repeat(4000))), q("1n"));
        assert!(q(&format!("0.{}", "0".repeat(4000))).is_zero());
        assert!(Quantity::parse("1e9223372036854775808").is_err());
    }

    #[test]
    fn names_both_meanings_of_a_wrong_suffix() {
        let message = Quantity::parse("10GB").unwrap_err().message;
        assert_eq!(
            message,
            "`10GB` ends with `GB`, which isn't a suffix of a quantity; use `10G` (powers of ten) or `10Gi` (powers of two)"
        );
        let message = Quantity::parse("1,5").unwrap_err().message;
        assert_eq!(message, "`1,5` has `,`, and a quantity's decimal separator is `.`");
    }

    #[test]
    fn repairs_what_is_obvious() {
        for (text, expected) in [
            ("10GB", "10G"),
            ("10GiB", "10Gi"),
            ("1gi", "1Gi"),
            ("64K", "64k"),
            ("500 m", "500m"),
            ("0.5 Gi", "0.5Gi"),
            ("1,5", "1.5"),
            ("1_000", "1000"),
            ("512MB", "512M"),
            ("100 bytes", "100"),
            (" 1 gib ", "1Gi"),
        ] {
            assert_eq!(fixed(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "-", ".", "Gi", "1,000", "1.2.3", "ten", "1e", "1ee3", "0x10", "1i", "1%"]
        {
            assert_eq!(fixed(text), None, "{text}");
        }
    }
}
