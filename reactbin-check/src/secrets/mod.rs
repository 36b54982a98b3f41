//! Secrets that are written out: in the value of an environment variable, an argument, an
//! annotation, a file in a ConfigMap.
//!
//! Must not know where a text stands, nor what its author is told beyond what the text is. Three
//! questions are asked, of which the first to be answered counts: does something in the text have
//! the form of a secret (`pem`, `tokens`, `jwt`, `hashes`, `urls`, also inside of base64), does
//! a name say that its value is one (`names`, `values`, `pairs`, `commands`), and is something in
//! it random (`random`). References to a value, such as `$(NAME)`, and placeholders for one, such
//! as `<password>`, are no secrets; a default that works, such as `changeme`, is one.
//!
//! Each of them goes through the text once, doesn't go back over more than a word of bounded
//! length, and calls itself nowhere. A text is read up to [`LIMIT`].

mod base64;
mod commands;
mod hashes;
mod jwt;
mod lines;
mod names;
mod pairs;
mod pem;
mod random;
mod runs;
mod tokens;
mod urls;
mod values;

use crate::formats::words::quoted;

/// How much of a text is read, in bytes: as much as fits into a ConfigMap.
pub const LIMIT: usize = 1 << 20;

/// What a text that shouldn't stand in a manifest is.
///
/// None of it repeats any of the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secret {
    /// A value whose name says that it is a secret.
    Named {
        /// What it is, with its article: "a password".
        what: &'static str,
        /// The name, where it is in the text too: `password` in a file of settings.
        name: Option<String>,
    },
    /// A private key, as PEM, PuTTY's format, DER or a JSON Web Key.
    PrivateKey {
        /// What it is, with its article: "an RSA private key".
        what: &'static str,
    },
    /// Something that a service issued and that is known by its form.
    Token {
        /// Who issued it, or whose invention it is: "GitHub", "AWS".
        issuer: &'static str,
        /// What it is, with its article: "a GitHub token", "an AWS access key id".
        what: &'static str,
    },
    /// A password between the name of a user and the name of a host.
    PasswordInUrl {
        /// The scheme, in lower case, or `tcp` and such in Go's data source names.
        scheme: String,
    },
    /// The hash of a password, which can be guessed from.
    PasswordHash {
        /// What it is, with its article: "a bcrypt hash of a password".
        what: &'static str,
    },
    /// A long text that looks as if it was drawn at random.
    HighEntropy,
}

impl Secret {
    /// What it is, as part of a message, with its article: "a GitHub token".
    pub fn describe(&self) -> String {
        match self {
            Secret::Named { what, name: None }
            | Secret::PrivateKey { what }
            | Secret::Token { what, .. }
            | Secret::PasswordHash { what } => (*what).to_owned(),
            Secret::Named { what, name: Some(name) } => format!("{what} ({})", quoted(name)),
            Secret::PasswordInUrl { scheme } => {
                format!("a connection string (`{scheme}://…`) with its password")
            }
            Secret::HighEntropy => "a random text, such as keys and tokens are".to_owned(),
        }
    }
}

/// The secret that `text` is or has in it, if any.
///
/// `key` is what the text goes by: the name of an environment variable, the key in a ConfigMap or
/// of an annotation, the flag before an argument that is its value. Only the first [`LIMIT`] bytes
/// of the text are read.
pub fn find(key: Option<&str>, text: &str) -> Option<Secret> {
    find_known(key, text).or_else(|| find_random(key, text))
}

/// The secret that a text is known to be or to have in it: by its form, or by its name.
pub fn find_known(key: Option<&str>, text: &str) -> Option<Secret> {
    let text = read_part(text);
    let outline = Outline::of(text);
    let form = || {
        if !outline.may_have_a_form {
            return None;
        }
        by_form(text).or_else(|| base64::texts(text).find_map(|inside| by_form(&inside)))
    };
    let inside = || match outline.may_have_parts {
        true => pairs::find(text).or_else(|| commands::find(text)),
        false => None,
    };
    form().or_else(|| values::find(key?, text)).or_else(inside)
}

/// What a text can't hold, as one look at its characters tells: most texts are a word.
struct Outline {
    /// Whether it has a run as long as the shortest of all forms, or the sign before a host.
    may_have_a_form: bool,
    /// Whether it can consist of names and values, or of words.
    may_have_parts: bool,
}

/// The shortest run of letters, digits and signs that a form has: below that of any token, any line
/// of a key, any hash.
const SHORTEST_RUN: usize = 16;

impl Outline {
    fn of(text: &str) -> Outline {
        let mut outline = Outline { may_have_a_form: false, may_have_parts: false };
        let mut run = 0;
        for byte in text.bytes() {
            match byte {
                b'@' => outline.may_have_a_form = true,
                b'=' | b':' | b'<' | b' ' | b'\t' | b'\n' | b'\r' => outline.may_have_parts = true,
                _ => {}
            }
            // Bytes of other alphabets belong to a run too: nothing is lost by a longer look.
            let inside = byte.is_ascii_alphanumeric()
                || byte >= 0x80
                || matches!(
                    byte,
                    b'+' | b'/' | b'_' | b'-' | b'.' | b'=' | b'$' | b':' | b'%' | b'~'
                );
            run = if inside { run + 1 } else { 0 };
            outline.may_have_a_form |= run >= SHORTEST_RUN;
        }
        outline
    }
}

/// What only looks random in a text, of which nothing else is known.
pub fn find_random(key: Option<&str>, text: &str) -> Option<Secret> {
    let random = random::find(key, read_part(text))?;
    find_known(key, text).is_none().then_some(random)
}

/// As much of a text as is read.
fn read_part(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LIMIT)).unwrap_or_default()
}

/// What has the form of a secret, whatever it is called.
fn by_form(text: &str) -> Option<Secret> {
    pem::find(text)
        .or_else(|| tokens::find(text))
        .or_else(|| jwt::find(text))
        .or_else(|| hashes::find(text))
        .or_else(|| urls::find(text))
}
