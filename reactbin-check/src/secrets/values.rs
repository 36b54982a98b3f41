//! Which literals can be a secret: what is neither a reference to a value elsewhere, nor a
//! placeholder for one, nor a switch, a number, a time or a path. Must not know any name's value.

use super::names::{self, Strength};
use super::{Secret, base64, random};

/// The longest value that is looked at, in bytes.
const LONGEST: usize = 4096;

/// Words that switch something on or off, or that say that there is nothing.
#[rustfmt::skip]
const SWITCHES: &[&str] = &[
    "true", "false", "yes", "no", "on", "off", "enabled", "disabled", "enable", "disable", "none",
    "null", "nil", "undefined", "empty", "unset", "auto", "default", "optional", "required",
    "always", "never", "allow", "deny", "read", "write", "any", "all", "files", "n/a",
];

/// Words for types: in a schema or in code they stand where a value would.
const TYPES: &[&str] = &[
    "string", "str", "text", "bytes", "byte", "int", "integer", "number", "float", "boolean",
    "bool", "object", "array", "list", "map", "keyword",
];

/// What placeholders start with, end with, or have in them.
const PLACEHOLDER_STARTS: &[&str] =
    &["your", "insert-", "insert_", "replace", "enter-", "enter_", "put-", "put_"];
#[rustfmt::skip]
const PLACEHOLDER_PARTS: &[&str] = &[
    "-here", "_here", "placeholder", "redacted", "replace-me", "replace_me", "replaceme", "todo",
    "fixme",
];

/// The ends of the names of files.
#[rustfmt::skip]
const FILE_ENDS: &[&str] = &[
    "pem", "key", "crt", "cer", "der", "p12", "pfx", "jks", "txt", "json", "yaml", "yml", "env",
    "conf", "cfg", "ini", "properties", "toml", "xml", "sh", "py", "js", "go", "html", "log",
];

/// The secret that `text` is because of its name.
pub(super) fn find(name: &str, text: &str) -> Option<Secret> {
    let value = text.trim();
    if value.contains('\n') {
        return None;
    }
    let claim = names::claim(name)?;
    judge(claim, value).then_some(Secret::Named { what: claim.what, name: None })
}

/// Whether a value can be what its name claims.
pub(super) fn judge(claim: names::Claim, value: &str) -> bool {
    if claim.what == names::CREDENTIALS && is_login(value) && !is_reference(value) {
        return true;
    }
    is_literal(value)
        && match claim.strength {
            Strength::Sure => true,
            Strength::SecretOrName => !is_object_name(value),
            Strength::Maybe => is_generated(value),
        }
}

/// Whether a value can be a secret, as far as it can be told without its name.
pub(super) fn is_literal(value: &str) -> bool {
    (3..=LONGEST).contains(&value.len())
        && !is_reference(value)
        && !is_placeholder(value)
        && !is_word_of(SWITCHES, value)
        && !is_word_of(TYPES, value.trim_matches(['!', '?', '[', ']']))
        && !is_amount(value)
        && !is_place(value)
        && !is_sentence(value)
}

fn is_word_of(words: &[&str], value: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(value))
}

/// Whether a value stands for one that comes from elsewhere: `$(NAME)`, `${NAME}`, `$NAME`,
/// `{{ .Values.name }}`, `%(name)s`, `%NAME%`, `vault:path#key`.
pub(super) fn is_reference(value: &str) -> bool {
    const OPENERS: [&str; 9] = ["$(", "${", "{{", "<%", "%(", "#{", "[[", "$__", "ENC["];
    #[rustfmt::skip]
    const SOURCES: [&str; 13] = [
        "vault:", "env:", "env.", "file:", "secretref:", "ref+", "{cipher}", "@/", "process.env",
        "arn:", "aws:", "gcp:", "azure:",
    ];
    let named = |rest: &str| {
        rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.:-".contains(&b))
            && rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    };
    OPENERS.iter().any(|opener| value.contains(opener))
        || SOURCES.iter().any(|source| starts_with(value, source))
        || value.strip_prefix('$').is_some_and(named)
        || value.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(named)
        || value.starts_with('{') && value.ends_with('}')
        || value.starts_with('[') && value.ends_with(']')
        || value.starts_with('`')
}

/// Whether a value says that another is to be put in its place: `<password>`, `your-token`,
/// `xxxxxxxx`, `...`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let mut chars = value.chars();
    let first = chars.next().unwrap_or_default();
    let lower = value.to_ascii_lowercase();
    "xX*.-_#?".contains(first) && chars.all(|c| c == first)
        || first == '<'
        || value.contains("...")
        || value.contains('…')
        || value.contains("xxxx")
        || value.contains("XXXX")
        || value.contains("****")
        || value.starts_with("__") && value.ends_with("__")
        || PLACEHOLDER_STARTS.iter().any(|start| lower.starts_with(start))
        || PLACEHOLDER_PARTS.iter().any(|part| lower.contains(part))
}

/// Whether a value is a number, a time, a size, a version, or several numbers as in ports: `5432`,
/// `1h30m`, `10Mi`, `^1.2.3`, `8080:80`. A number of six digits and more can be a password.
fn is_amount(value: &str) -> bool {
    const UNITS: &[&str] = &[
        "ns", "us", "ms", "s", "m", "h", "d", "w", "y", "k", "K", "M", "G", "T", "Ki", "Mi", "Gi",
        "Ti", "kB", "KB", "MB", "GB", "B", "e", "", "sec", "min", "days", "hours", "minutes",
        "seconds",
    ];
    let value = value.trim_start_matches(['-', '+', '^', '~', '>', '<', '=', 'v']);
    if !value.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if value.bytes().all(|b| b.is_ascii_digit()) {
        return value.len() < 6;
    }
    // Longer ones are identifiers, which can be secrets.
    let numbers =
        value.len() < 24 && value.bytes().all(|b| b.is_ascii_digit() || b".:/-".contains(&b));
    let mut units = value.split(|c: char| c.is_ascii_digit() || c == '.');
    let counted = !value.ends_with(|c: char| c.is_ascii_digit());
    numbers || counted && units.all(|unit| UNITS.contains(&unit))
}

/// Whether a value is a path, the name of a file, or an address without a password.
fn is_place(value: &str) -> bool {
    let end = value.rsplit_once('.').map(|(_, end)| end);
    let path = value.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-@:".contains(&b));
    value.starts_with('/')
        || value.starts_with("./")
        || value.starts_with("../")
        || value.starts_with("~/")
        || value.contains("://")
        || value.contains(":\\")
        || end.is_some_and(|end| is_word_of(FILE_ENDS, end))
        || value.contains('/') && path && !random::is_random(value)
}

/// Whether a value is prose: words with an end.
fn is_sentence(value: &str) -> bool {
    value.contains(' ') && value.ends_with(['.', '?', '!', ':', ','])
}

/// Whether a value can be the name of a Secret rather than its content: lower-case words, more
/// than one.
fn is_object_name(value: &str) -> bool {
    let shape = value.bytes().all(|b| {
        b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.' || b == b'/'
    });
    shape && value.contains(['-', '/', '.']) && !is_generated(value)
}

/// Whether a value looks like one that a machine made up, and not like a word, a name or a mode.
pub(super) fn is_generated(value: &str) -> bool {
    !value.contains(char::is_whitespace)
        && (random::is_random(value) || random::is_hex(value) || is_basic(value))
}

/// Whether a value is a user with a password, as authentication is often set up: `user:password`,
/// or `neo4j/password` for that database.
fn is_login(value: &str) -> bool {
    let is_user = |user: &str| {
        // Kubernetes' own users and groups are `system:masters` and so on.
        !user.is_empty()
            && user != "system"
            && user.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.@".contains(&b))
    };
    let password = match value.split_once(':') {
        Some((user, rest)) if is_user(user) => rest,
        _ => value.strip_prefix("neo4j/").unwrap_or_default(),
    };
    is_literal(password)
}

/// Whether a value is the base64 of a user and a password, as in basic authentication.
pub(super) fn is_basic(value: &str) -> bool {
    base64::text(value).is_some_and(|text| {
        text.split_once(':')
            .is_some_and(|(user, password)| !user.is_empty() && is_literal(password))
    })
}

fn starts_with(value: &str, start: &str) -> bool {
    value.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}
