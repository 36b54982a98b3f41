//! CronJob schedules: the syntax of robfig/cron's standard parser, which Kubernetes calls.

use super::{Verdict, Violation, duration, quoted};
use crate::suggest::suggest;

struct Field {
    name: &'static str,
    min: u32,
    max: u32,
    /// Names for numbers from `min` on.
    names: &'static [&'static str],
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const FIELDS: [Field; 5] = [
    Field { name: "minute", min: 0, max: 59, names: &[] },
    Field { name: "hour", min: 0, max: 23, names: &[] },
    Field { name: "day of month", min: 1, max: 31, names: &[] },
    Field { name: "month", min: 1, max: 12, names: &MONTHS },
    Field { name: "day of week", min: 0, max: 6, names: &DAYS },
];

const MACROS: [&str; 7] =
    ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

pub(super) fn check(text: &str) -> Verdict {
    if text.is_empty() {
        return Err(Violation::new("a schedule can't be empty"));
    }
    if text.contains("TZ") {
        let without = text.split_once(' ').map(|(_, rest)| rest.trim().to_owned());
        return Err(Violation::new(format!(
            "{} has a time zone, which belongs in the field `timeZone`",
            quoted(text)
        ))
        .fix(without));
    }
    if text.starts_with('@') {
        return check_macro(text);
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Err(field_count(text, &fields));
    }
    for (index, (field, part)) in FIELDS.iter().zip(&fields).enumerate() {
        // The parser skips empty items, so `1,,2` is `1,2`.
        for item in part.split(',').filter(|item| !item.is_empty()) {
            if let Err(fault) = check_item(field, item) {
                let fixed = sunday(index, item).map(|item| replaced(&fields, index, &item));
                return Err(Violation::new(format!(
                    "{} has {fault} in its {}",
                    quoted(text),
                    field.name
                ))
                .fix(fixed));
            }
        }
    }
    Ok(())
}

fn check_macro(text: &str) -> Verdict {
    if MACROS.contains(&text) {
        return Ok(());
    }
    if let Some(every) = text.strip_prefix("@every ") {
        return duration::parse(every).map(|_| ()).map_err(|violation| {
            let fixed = violation.fixed.as_ref().map(|every| format!("@every {every}"));
            violation.fix(fixed)
        });
    }
    Err(Violation::new(format!(
        "{} isn't one of the macros {} and `@every <duration>`",
        quoted(text),
        listed(&MACROS)
    ))
    .fix(suggest(text.trim(), MACROS).map(str::to_owned)))
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn field_count(text: &str, fields: &[&str]) -> Violation {
    let found = fields.len();
    let (why, fixed) = match fields {
        ["0", rest @ ..] if found == 6 => {
            (": a CronJob has no field for seconds", Some(rest.join(" ")))
        }
        _ => (" (minute, hour, day of month, month, day of week)", None),
    };
    Violation::new(format!(
        "{} has {found} fields, and a schedule has exactly 5{why}",
        quoted(text)
    ))
    .fix(fixed)
}

/// A number, name, range or `*`, with an optional step; an error names what is wrong with it.
fn check_item(field: &Field, item: &str) -> Result<(), String> {
    let mut halves = item.split('/');
    let (range, step) = (halves.next().unwrap_or(""), halves.next());
    if halves.next().is_some() {
        return Err(format!("more than one `/` ({})", quoted(item)));
    }
    let mut bounds = range.split('-');
    let (low, high) = (bounds.next().unwrap_or(""), bounds.next());
    if !matches!(low, "*" | "?") {
        if bounds.next().is_some() {
            return Err(format!("more than one `-` ({})", quoted(item)));
        }
        let start = number(field, low)?;
        let end = match high {
            Some(high) => number(field, high)?,
            None => start,
        };
        if start > end {
            return Err(format!("a range that ends before it begins ({})", quoted(item)));
        }
    }
    match step.map(plain_number) {
        Some(None) => Err(format!("a step that isn't a number ({})", quoted(item))),
        Some(Some(0)) => Err(format!("a step of 0 ({})", quoted(item))),
        _ => Ok(()),
    }
}

/// How many days a month can have, from January on.
const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Whether a schedule names a day of the month that none of its months has, so that it never comes.
pub(super) fn never_comes(text: &str) -> bool {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [_, _, days, months, weekdays] = fields[..] else { return false };
    let [_, _, day, month, _] = &FIELDS;
    // A day of the week is one more way to come, unless it is any of them.
    if !weekdays.split(',').any(|item| item.starts_with(['*', '?'])) {
        return false;
    }
    let (Some(days), Some(months)) = (values(day, days), values(month, months)) else {
        return false;
    };
    let Some(first) = days.iter().min() else { return false };
    let length = |month: &u32| LENGTHS.get(*month as usize - 1).copied().unwrap_or_default();
    !months.is_empty() && months.iter().all(|month| length(month) < *first)
}

/// The values of a field; `None` where it isn't right.
fn values(field: &Field, text: &str) -> Option<Vec<u32>> {
    let mut all = Vec::new();
    for item in text.split(',').filter(|item| !item.is_empty()) {
        check_item(field, item).ok()?;
        let (range, step) = item.split_once('/').unwrap_or((item, ""));
        let (low, high) = range.split_once('-').unwrap_or((range, ""));
        let low_value = number(field, low).unwrap_or(field.min);
        let high_value = match number(field, high) {
            Ok(high) => high,
            // `5/10` is from 5 on, `5` is 5 alone.
            Err(_) if matches!(low, "*" | "?") || !step.is_empty() => field.max,
            Err(_) => low_value,
        };
        let step = plain_number(step).unwrap_or(1).max(1);
        all.extend((low_value..=high_value).step_by(step as usize));
    }
    Some(all)
}

fn number(field: &Field, text: &str) -> Result<u32, String> {
    let named =
        field.names.iter().zip(field.min..).find(|(name, _)| name.eq_ignore_ascii_case(text));
    let value = named.map(|(_, value)| value).or_else(|| plain_number(text));
    match value {
        Some(value) if (field.min..=field.max).contains(&value) => Ok(value),
        Some(value) => Err(format!("`{value}`, which isn't from {} to {},", field.min, field.max)),
        None if text.is_empty() => Err("a range without an end".to_owned()),
        None => Err(format!(
            "{}, which isn't a number from {} to {},",
            quoted(text),
            field.min,
            field.max
        )),
    }
}

/// A number as Go's `strconv.Atoi` takes it, a `+` before it included.
fn plain_number(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Many crons take 7 for Sunday; this one takes only 0.
fn sunday(index: usize, item: &str) -> Option<String> {
    (index == 4 && item == "7").then(|| "0".to_owned())
}

fn replaced(fields: &[&str], index: usize, field: &str) -> String {
    let mut fields = fields.to_vec();
    if let Some(slot) = fields.get_mut(index) {
        *slot = field;
    }
    fields.join(" ")
}
