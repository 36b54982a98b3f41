//! Durations: Go's, and the narrower ones of the Vault Secrets Operator.

use super::{Verdict, Violation, quoted};

const UNITS: [(&str, i64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

const SECOND: i64 = 1_000_000_000;

/// The nanoseconds of a duration as Go's `time.ParseDuration` reads it: `1h30m`, `1.5s`, `-2m`.
pub fn parse(text: &str) -> Result<i64, Violation> {
    if text.is_empty() {
        return Err(Violation::new("a duration can't be empty"));
    }
    let (negative, mut rest) = match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..).unwrap_or("")),
        Some(b'+') => (false, text.get(1..).unwrap_or("")),
        _ => (false, text),
    };
    if rest == "0" {
        return Ok(0);
    }
    let mut total: i64 = 0;
    if rest.is_empty() {
        return Err(malformed(text));
    }
    while !rest.is_empty() {
        let (nanos, after) = component(text, rest)?;
        total = total.checked_add(nanos).ok_or_else(|| too_big(text))?;
        rest = after;
    }
    Ok(if negative { -total } else { total })
}

/// The first number and unit of `rest`, in nanoseconds, and what follows them.
fn component<'a>(text: &str, rest: &'a str) -> Result<(i64, &'a str), Violation> {
    let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (number, rest) = rest.split_at(number_end);
    let unit_end = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(unit_end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return Err(malformed(text));
    }
    if unit.is_empty() {
        return Err(Violation::new(format!(
            "{} has no unit after its last number: `s`, `m` or `h`",
            quoted(text)
        ))
        .fix(format!("{text}s")));
    }
    let Some(&(_, scale)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(unknown_unit(text, unit, number));
    };
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| too_big(text))? };
    let mut nanos = i128::from(whole) * i128::from(scale);
    let mut place = i128::from(scale);
    for digit in fraction.bytes() {
        place /= 10;
        nanos += i128::from(digit - b'0') * place;
    }
    Ok((i64::try_from(nanos).map_err(|_| too_big(text))?, rest))
}

fn malformed(text: &str) -> Violation {
    let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    Violation::new(format!(
        "{} isn't a duration: numbers with units, such as `1h30m`",
        quoted(text)
    ))
    .fix(close)
}

fn too_big(text: &str) -> Violation {
    Violation::new(format!("{} is longer than a duration can be, about 292 years", quoted(text)))
}

fn unknown_unit(text: &str, unit: &str, number: &str) -> Violation {
    let alone = text.trim() == format!("{number}{unit}");
    let fixed = match unit.trim().to_ascii_lowercase().as_str() {
        "d" | "day" | "days" => {
            number.parse::<u32>().ok().map(|days| format!("{}h", u64::from(days) * 24))
        }
        "sec" | "secs" | "second" | "seconds" | "s" => Some(format!("{number}s")),
        "min" | "mins" | "minute" | "minutes" | "m" => Some(format!("{number}m")),
        "hr" | "hrs" | "hour" | "hours" | "h" => Some(format!("{number}h")),
        _ => None,
    };
    Violation::new(format!(
        "{} has the unit {}, and a duration's are `h`, `m`, `s`, `ms`, `us` and `ns`",
        quoted(text),
        quoted(unit)
    ))
    .fix(fixed.filter(|_| alone))
}

/// `^([0-9]+(\.[0-9]+)?(s|m|h))$`
pub(super) fn check_vault(text: &str) -> Verdict {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let good =
        text.strip_suffix(['s', 'm', 'h']).is_some_and(|number| match number.split_once('.') {
            Some((whole, fraction)) => digits(whole) && digits(fraction),
            None => digits(number),
        });
    if good {
        return Ok(());
    }
    Err(Violation::new(format!(
        "{} isn't one number with one of the units `s`, `m` and `h`, such as `90m`",
        quoted(text)
    ))
    .fix(in_one_unit(text)))
}

/// A Go duration of several units, or one that can be made into a Go duration, in one unit.
fn in_one_unit(text: &str) -> Option<String> {
    let nanos = match parse(text) {
        Ok(nanos) => nanos,
        Err(violation) => parse(&violation.fixed?).ok()?,
    };
    if nanos < 0 || nanos % SECOND != 0 {
        return None;
    }
    Some(match nanos / SECOND {
        seconds if seconds > 0 && seconds % 3600 == 0 => format!("{}h", seconds / 3600),
        seconds if seconds > 0 && seconds % 60 == 0 => format!("{}m", seconds / 60),
        seconds => format!("{seconds}s"),
    })
}
