//! Points in time and time zones.

use super::{Verdict, Violation, quoted};
use crate::suggest::suggest;

/// An RFC 3339 time.
pub(super) fn check(text: &str) -> Verdict {
    match is_time(text.as_bytes()) {
        Some(true) => Ok(()),
        _ => Err(Violation::new(format!(
            "{} isn't an RFC 3339 time, such as `2026-01-31T12:00:00Z`",
            quoted(text)
        ))
        .fix(completed(text))),
    }
}

/// A date alone, or a time without its zone, made whole in UTC.
fn completed(text: &str) -> Option<String> {
    let text = text.trim().replacen(' ', "T", 1);
    match text.len() {
        10 => Some(format!("{text}T00:00:00Z")),
        19 => Some(format!("{text}Z")),
        _ => Some(text),
    }
}

/// `None` where the text is too short for the question.
fn is_time(text: &[u8]) -> Option<bool> {
    let year = number(text.get(0..4)?)?;
    let month = number(text.get(5..7)?)?;
    let day = number(text.get(8..10)?)?;
    let (hour, minute, second) =
        (number(text.get(11..13)?)?, number(text.get(14..16)?)?, number(text.get(17..19)?)?);
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let separated = separators.iter().all(|&(at, byte)| text.get(at) == Some(&byte));
    let in_range =
        (1..=days_in(year, month)).contains(&day) && hour < 24 && minute < 60 && second < 60;
    let mut rest = text.get(19..)?;
    if let Some((b'.', fraction)) = rest.split_first() {
        let digits = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
        rest = fraction.get(digits..).filter(|_| digits > 0)?;
    }
    Some(separated && in_range && is_zone(rest)?)
}

fn is_zone(text: &[u8]) -> Option<bool> {
    match text {
        b"Z" => Some(true),
        [b'+' | b'-', hours @ .., b':', m1, m2] => {
            Some(hours.len() == 2 && number(hours)? < 24 && number(&[*m1, *m2])? < 60)
        }
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
}

fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// The names of the IANA time zone database, 2025b, one on each line.
const ZONES: &str = include_str!("timezones.txt");

/// A time zone of the IANA database, in its own capitals.
pub(super) fn check_zone(text: &str) -> Verdict {
    if text.is_empty() {
        return Err(Violation::new("a time zone can't be empty"));
    }
    if text.eq_ignore_ascii_case("local") {
        return Err(Violation::new(format!(
            "{} must be an explicit time zone, such as `Europe/Rome`",
            quoted(text)
        )));
    }
    if ZONES.lines().any(|zone| zone == text) {
        return Ok(());
    }
    Err(Violation::new(format!(
        "{} isn't a time zone of the IANA database, such as `Europe/Rome`",
        quoted(text)
    ))
    .fix(suggest(text.trim(), ZONES.lines()).map(str::to_owned)))
}
