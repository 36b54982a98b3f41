//! Short names of other kinds: ports, environment variables, data keys, HTTP headers.

use super::shape::{self, Shape};
use super::words::{alnum, character, first_not, lower_alnum};
use super::{Verdict, Violation, quoted};

fn any(_: u8) -> bool {
    true
}

const PORT: Shape = Shape {
    what: "a port name",
    inner: |b| lower_alnum(b) || b == b'-',
    inner_words: "lower-case letters, digits and `-`",
    first: lower_alnum,
    first_words: "a letter or digit",
    last: lower_alnum,
    last_words: "a letter or digit",
    max: 15,
};

pub(super) const DATA_KEY: Shape = Shape {
    what: "a data key",
    inner: |b| alnum(b) || matches!(b, b'-' | b'_' | b'.'),
    inner_words: "letters, digits, `-`, `_` and `.`",
    first: any,
    first_words: "",
    last: any,
    last_words: "",
    max: 253,
};

pub(super) const HTTP_HEADER: Shape = Shape {
    what: "the name of an HTTP header",
    inner: |b| alnum(b) || b == b'-',
    inner_words: "letters, digits and `-`",
    max: usize::MAX,
    ..DATA_KEY
};

pub(super) const C_IDENTIFIER: Shape = Shape {
    what: "a C identifier",
    inner: |b| alnum(b) || b == b'_',
    inner_words: "letters, digits and `_`",
    first: |b| b.is_ascii_alphabetic() || b == b'_',
    first_words: "a letter or `_`",
    max: usize::MAX,
    ..DATA_KEY
};

pub(super) const VAULT_NAME: Shape = Shape {
    what: "the name of a VaultAuthGlobal",
    inner: |b| lower_alnum(b) || matches!(b, b'-' | b'.'),
    inner_words: "lower-case letters, digits, `.` and `-`",
    ..DATA_KEY
};

pub(super) const VAULT_NAMESPACE: Shape = Shape {
    what: "the namespace of a VaultAuthGlobal",
    inner: |b| lower_alnum(b) || b == b'-',
    inner_words: "lower-case letters, digits and `-`",
    max: 63,
    ..DATA_KEY
};

pub(super) fn check_port_name(text: &str) -> Verdict {
    shape::check(&PORT, text)?;
    if text.contains("--") {
        return Err(Violation::new(format!(
            "{} has two hyphens in a row, which a port name can't have",
            quoted(text)
        )));
    }
    if !text.bytes().any(|b| b.is_ascii_lowercase()) {
        return Err(Violation::new(format!(
            "{} has no letter, and a port name has at least one: a port's number is written without quotes",
            quoted(text)
        )));
    }
    Ok(())
}

pub(super) fn repair_port_name(text: &str) -> Option<String> {
    let name = shape::substitute(&PORT, text)?;
    let parts: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    shape::repair(&PORT, &parts.join("-"))
}

pub(super) fn check_env_name(text: &str) -> Verdict {
    if text.is_empty() {
        return Err(Violation::new("the name of an environment variable can't be empty"));
    }
    let Some((at, c)) = first_not(text, |b| (b' '..=b'~').contains(&b) && b != b'=') else {
        return Ok(());
    };
    let fixed = text.split_once('=').map(|(name, _)| name.to_owned());
    Err(Violation::new(format!(
        "{} has {} at position {at}, and the name of an environment variable has only printable ASCII characters other than `=`",
        quoted(text),
        character(c)
    ))
    .fix(fixed.filter(|name| !name.is_empty())))
}

pub(super) fn repair_c_identifier(text: &str) -> Option<String> {
    text.trim()
        .chars()
        .map(|c| match c {
            '-' | '.' | ' ' | '/' => Some('_'),
            c if c.is_ascii_alphanumeric() || c == '_' => Some(c),
            _ => None,
        })
        .collect()
}

pub(super) fn check_data_key(text: &str) -> Verdict {
    shape::check(&DATA_KEY, text)?;
    if text == "." {
        return Err(Violation::new("a data key can't be `.`"));
    }
    if text.starts_with("..") {
        return Err(Violation::new(format!(
            "{} starts with `..`, which a data key can't",
            quoted(text)
        ))
        .fix(text.trim_start_matches('.').to_owned()));
    }
    Ok(())
}

pub(super) fn check_path_segment(text: &str) -> Verdict {
    if text == "." || text == ".." {
        return Err(Violation::new(format!(
            "the name can't be {}: it becomes a part of a URL's path",
            quoted(text)
        )));
    }
    check_path_prefix(text)
}

pub(super) fn check_path_prefix(text: &str) -> Verdict {
    match text.chars().find(|c| matches!(c, '/' | '%')) {
        None => Ok(()),
        Some(c) => Err(Violation::new(format!(
            "{} has `{c}`, which this name can't have: it becomes a part of a URL's path",
            quoted(text)
        ))),
    }
}

pub(super) fn check_sysctl(text: &str) -> Verdict {
    let part = |part: &str| {
        part.bytes().next().is_some_and(lower_alnum)
            && part.bytes().last().is_some_and(lower_alnum)
            && part.bytes().all(|b| lower_alnum(b) || matches!(b, b'-' | b'_'))
    };
    if !text.split(['.', '/']).all(part) {
        return Err(Violation::new(format!(
            "{} isn't the name of a sysctl: parts of lower-case letters, digits, `-` and `_` with `.` or `/` between them",
            quoted(text)
        ))
        .fix(text.trim().to_ascii_lowercase()));
    }
    shape::check_length("the name of a sysctl", 253, text)
}

pub(super) fn check_percent(text: &str) -> Verdict {
    let digits = text.strip_suffix('%');
    if digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    {
        return Ok(());
    }
    let number: String = text.chars().filter(|c| !c.is_whitespace() && *c != '%').collect();
    Err(Violation::new(format!(
        "{} isn't a percentage: digits and `%`, such as `25%`",
        quoted(text)
    ))
    .fix(format!("{number}%")))
}

pub(super) fn check_decimal_integer(text: &str) -> Verdict {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    // Neither `-0` nor a zero in front.
    if all_digits && (!digits.starts_with('0') || text == "0") {
        return Ok(());
    }
    let bare = text.trim().trim_start_matches('+');
    let (sign, digits) = match bare.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", bare),
    };
    let significant = digits.trim_start_matches('0');
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Violation::new(format!("{} isn't a whole number", quoted(text))));
    }
    let message = format!("{} isn't a whole number as it is usually written", quoted(text));
    Err(Violation::new(message).fix(match significant {
        "" => "0".to_owned(),
        significant => format!("{sign}{significant}"),
    }))
}

/// Standard base64. Line breaks are skipped, as Go's decoder does, and the bits that the padding
/// leaves over are not looked at. The text may be a secret, so neither message nor repair has it.
pub(super) fn check_base64(text: &str) -> Verdict {
    let is_break = |b: u8| matches!(b, b'\r' | b'\n');
    let body = text.trim_end_matches(['\r', '\n', '=']);
    let padding = text.bytes().skip(body.len()).filter(|&b| b == b'=').count();
    if let Some((at, c)) = first_not(body, |b| alnum(b) || matches!(b, b'+' | b'/' | b'\r' | b'\n'))
    {
        return Err(Violation::new(format!(
            "the text has {} at position {at}, which isn't base64: a Secret's plain text belongs in `stringData`",
            character(c)
        )));
    }
    let digits = body.bytes().filter(|&b| !is_break(b)).count();
    let expected = match digits % 4 {
        0 => Some(0),
        2 => Some(2),
        3 => Some(1),
        _ => None,
    };
    if expected == Some(padding) {
        return Ok(());
    }
    let why = match expected {
        Some(_) => "the `=` at its end are too few or too many",
        None => "a character is missing or one too many",
    };
    Err(Violation::new(format!("the text isn't whole base64: {why}")))
}
