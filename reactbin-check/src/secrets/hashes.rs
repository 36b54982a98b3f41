//! Hashes of passwords, as in files of users and in the configuration of identity providers. Must
//! not know whose they are.

use super::Secret;

struct Form {
    start: &'static str,
    /// How many characters follow at least, of `./A-Za-z0-9$,=+`.
    least: usize,
    what: &'static str,
}

/// The forms of crypt(3), of Apache and of Argon2. MD5 and SHA-1 have no mark that tells them from
/// checksums.
const FORMS: &[Form] = &[
    Form { start: "$2a$", least: 56, what: "a bcrypt hash of a password" },
    Form { start: "$2b$", least: 56, what: "a bcrypt hash of a password" },
    Form { start: "$2y$", least: 56, what: "a bcrypt hash of a password" },
    Form { start: "$apr1$", least: 24, what: "an Apache hash of a password" },
    Form { start: "$1$", least: 24, what: "a hash of a password" },
    Form { start: "$5$", least: 43, what: "a hash of a password" },
    Form { start: "$6$", least: 86, what: "a hash of a password" },
    Form { start: "$y$", least: 43, what: "a hash of a password" },
    Form { start: "$argon2", least: 50, what: "an Argon2 hash of a password" },
];

/// The first hash of a password in `text`.
pub(super) fn find(text: &str) -> Option<Secret> {
    text.match_indices('$').find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let form = FORMS.iter().find(|form| rest.starts_with(form.start))?;
        let body = rest.get(form.start.len()..)?;
        let long = body.bytes().take(form.least).filter(|&b| is_symbol(b)).count() == form.least;
        long.then_some(Secret::PasswordHash { what: form.what })
    })
}

fn is_symbol(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"./$,=+".contains(&b)
}
