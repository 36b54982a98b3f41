//! Which names say that their value is a secret. Must not know the value.
//!
//! A name is read as English is: its last word says what it is. So `TOKEN_TTL` is a time and
//! `password-file` a file without a list of what else there may be.

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// What the value is, with its article: "a password".
    pub(super) what: &'static str,
    pub(super) strength: Strength,
}

/// How much a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// Whatever stands there is a secret: `DB_PASSWORD`.
    Sure,
    /// A secret, or the name of the Secret that has it: `SECRET`, `webhook-secret`.
    SecretOrName,
    /// Only if the value looks like one too: `AUTH`, `COOKIE_SALT`, `TOKEN_GITHUB`.
    Maybe,
}

/// The longest name that is looked at, in bytes. Names of variables and keys are far shorter.
pub(super) const LONGEST: usize = 128;

const PASSWORD: &str = "a password";
const PASSPHRASE: &str = "a passphrase";
const SECRET: &str = "a secret";
const TOKEN: &str = "a token";
/// What `AUTH` and the like may have.
pub(super) const CREDENTIALS: &str = "credentials";

/// Words, or ends of words, that are secrets in themselves.
const HEADS: &[(&str, &str)] = &[
    ("password", PASSWORD),
    ("passwd", PASSWORD),
    ("passphrase", PASSPHRASE),
    ("passcode", PASSWORD),
    ("secret", SECRET),
    ("token", TOKEN),
    ("apikey", "an API key"),
    ("accesskey", "an access key"),
    ("secretkey", "a secret key"),
    ("privatekey", "a private key"),
    ("signingkey", "a signing key"),
    ("encryptionkey", "an encryption key"),
    ("masterkey", "a master key"),
    ("masterauth", PASSWORD),
    ("pass", PASSWORD),
    ("pwd", PASSWORD),
    ("pw", PASSWORD),
];

/// Words that end as a password does and aren't one; NGINX passes requests on by some of them.
const NO_PASS: &[&str] =
    &["bypass", "compass", "encompass", "keepass", "lastpass", "overpass", "surpass", "trespass"];
const PASSED: &[&str] =
    &["proxy", "fastcgi", "uwsgi", "scgi", "grpc", "memcached", "first", "second", "by", "multi"];

/// What a key is, by the word before it.
const KEYS: &[(&str, &str)] = &[
    ("api", "an API key"),
    ("access", "an access key"),
    ("secret", "a secret key"),
    ("private", "a private key"),
    ("signing", "a signing key"),
    ("hmac", "a signing key"),
    ("jwt", "a signing key"),
    ("encryption", "an encryption key"),
    ("encrypt", "an encryption key"),
    ("decryption", "an encryption key"),
    ("enc", "an encryption key"),
    ("aes", "an encryption key"),
    ("cipher", "an encryption key"),
    ("crypto", "an encryption key"),
    ("master", "a master key"),
    ("shared", "a shared key"),
];

/// Words that are secrets if their value looks like one.
const WEAK: &[(&str, &str)] = &[
    ("auth", CREDENTIALS),
    ("authorization", CREDENTIALS),
    ("basicauth", CREDENTIALS),
    ("cred", CREDENTIALS),
    ("creds", CREDENTIALS),
    ("credential", CREDENTIALS),
    ("credentials", CREDENTIALS),
    ("bearer", TOKEN),
    ("pat", TOKEN),
    ("cookie", "a cookie"),
    ("salt", "a salt"),
    ("pepper", "a salt"),
    ("sig", "a signature"),
    ("keys", "keys"),
    ("passwords", "passwords"),
    ("secrets", "secrets"),
    ("tokens", "tokens"),
];

/// Words behind a secret that leave it one: `PASSWORD_OLD`, `TOKEN_BASE64`, `SECRET_KEY_BASE`.
#[rustfmt::skip]
const STILL: &[&str] = &[
    "base", "base64", "b64", "value", "plain", "plaintext", "text", "string", "raw", "default",
    "old", "new", "current", "previous", "prev", "primary", "secondary", "prod", "production",
    "dev", "staging", "stage", "test", "live", "local", "encoded", "decoded",
];

/// Words before `secret` that leave no doubt that it isn't the name of a Secret.
#[rustfmt::skip]
const OWN_SECRET: &[&str] = &[
    "client", "app", "application", "jwt", "shared", "session", "cookie", "consumer", "oauth",
    "oidc", "api", "hmac", "token", "signing", "nextauth", "csrf", "flask", "django", "rails",
    "access", "encryption", "refresh", "user", "admin", "root", "db",
];

/// Words before `secret` that say that it is the name of a Secret.
#[rustfmt::skip]
const SECRET_NAME: &[&str] = &[
    "tls", "pull", "image", "cert", "certificate", "certs", "ca", "ssl", "existing", "registry",
    "docker", "k8s", "kube", "kubernetes", "configuration", "settings",
];

/// Words before `token` that make it a place in a list, a mark in a text, a name of a request.
#[rustfmt::skip]
const NO_TOKEN: &[&str] = &[
    "input", "output", "next", "previous", "page", "continuation", "continue", "request",
    "creation", "change", "idempotency", "bos", "eos", "pad", "unk", "sep", "cls", "mask", "stop",
];

/// Words that make a key one for everybody to know.
const PUBLIC: &[&str] =
    &["public", "pub", "publishable", "site", "websocket", "encrypted", "sealed"];

/// Words in a name that say that its value may look random and is none the less for everyone.
#[rustfmt::skip]
const OPEN: &[&str] = &[
    "sha", "md", "checksum", "checksums", "hash", "digest", "commit", "revision", "rev",
    "version", "id", "ids", "uid", "uuid", "guid", "etag", "fingerprint", "fingerprints",
    "thumbprint", "integrity", "cert", "certificate", "certs", "ca", "bundle", "public", "pub",
    "site", "image", "build", "release", "url", "uri", "urls", "host", "hosts", "hostname",
    "address", "endpoint", "arn", "bucket", "path", "file", "name", "ref", "tag", "pin",
    "selector", "nonce", "sum", "recipient", "recipients", "verification", "encrypted",
    "ciphertext", "cipher", "secure", "signature", "kid",
];

/// What `name` says, in any style: `DB_PASSWORD`, `dbPassword`, `db-password`, `db.password`,
/// `example.com/db-password`, `dbpassword`.
pub(super) fn claim(name: &str) -> Option<Claim> {
    // `checksum/secret` is what charts restart Pods by.
    let (prefix, name) = name.rsplit_once('/').unwrap_or(("", name));
    if name.len() > LONGEST || prefix.contains("checksum") || !is_worth_it(name) {
        return None;
    }
    let mut words = words(name);
    let all = words.clone();
    while words.len() > 1
        && words.last().is_some_and(|w| w.is_empty() || STILL.contains(&w.as_str()))
    {
        words.pop();
    }
    let (last, before) = words.split_last()?;
    if before.iter().any(|word| PUBLIC.contains(&word.as_str())) {
        return None;
    }
    let previous = before.last().map_or("", String::as_str);
    if last == "token" && NO_TOKEN.contains(&previous)
        || last == "pass" && PASSED.contains(&previous)
        || last == "secret" && SECRET_NAME.contains(&previous)
    {
        return None;
    }
    by_last(last, previous).or_else(|| {
        // Of what is made of a secret, only the hash of a password is worth guessing from.
        if OPEN.contains(&last.as_str()) && !(last == "hash" && head(previous) == Some(PASSWORD)) {
            return None;
        }
        let what = all.iter().find_map(|word| head(word)).or_else(|| {
            let pair = all.windows(2).find(|two| two[1] == "key" && key_after(&two[0]).is_some());
            pair.and_then(|two| key_after(&two[0]))
        })?;
        Some(Claim { what, strength: Strength::Maybe })
    })
}

/// A quick look that most names fail: none of what follows could find anything in them.
fn is_worth_it(name: &str) -> bool {
    const PARTS: [[u8; 2]; 12] = [
        *b"pa", *b"pw", *b"se", *b"to", *b"ke", *b"au", *b"cr", *b"sa", *b"co", *b"si", *b"be",
        *b"pe",
    ];
    let mut previous = 0;
    name.bytes().any(|b| {
        let two = [previous, b | 0x20];
        previous = b | 0x20;
        PARTS.contains(&two)
    })
}

fn by_last(last: &str, previous: &str) -> Option<Claim> {
    match last {
        "pw" if previous.is_empty() => None,
        "secret" => by_owner(previous),
        // etcd's tells clusters apart, and that of others lets a node in.
        "token" if previous == "cluster" => Some(Claim { what: TOKEN, strength: Strength::Maybe }),
        "key" => Some(match key_after(previous) {
            Some(what) => Claim { what, strength: Strength::Sure },
            None => Claim { what: "a key", strength: Strength::Maybe },
        }),
        _ => match (last.strip_suffix("secret"), head(last)) {
            (Some(owner), _) => by_owner(owner),
            (None, Some(what)) => Some(Claim { what, strength: Strength::Sure }),
            (None, None) => {
                let (_, what) = WEAK.iter().find(|(word, _)| *word == last)?;
                Some(Claim { what, strength: Strength::Maybe })
            }
        },
    }
}

/// What a secret is by the word before it.
fn by_owner(owner: &str) -> Option<Claim> {
    let own = OWN_SECRET.contains(&owner);
    let strength = if own { Strength::Sure } else { Strength::SecretOrName };
    Some(Claim { what: SECRET, strength })
}

/// What a word is that is a secret in itself.
fn head(word: &str) -> Option<&'static str> {
    if NO_PASS.contains(&word) {
        return None;
    }
    HEADS.iter().find(|(end, _)| word.ends_with(end)).map(|(_, what)| *what)
}

/// What a key is by the word before it.
fn key_after(word: &str) -> Option<&'static str> {
    KEYS.iter().find(|(before, _)| *before == word).map(|(_, what)| *what)
}

/// Whether a name says that its value is for everyone, however random it looks.
pub(super) fn is_open(name: &str) -> bool {
    name.len() <= LONGEST && words(name).iter().any(|word| OPEN.contains(&word.as_str()))
}

/// The words of a name in lower case, without the digits at their ends.
pub(super) fn words(name: &str) -> Vec<String> {
    let bytes = name.as_bytes();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, &b) in bytes.iter().enumerate() {
        if !b.is_ascii_alphanumeric() {
            end(&mut words, &mut word);
            continue;
        }
        let previous = at.checked_sub(1).and_then(|before| bytes.get(before)).copied();
        let next = bytes.get(at + 1).copied();
        // dbPassword, oauth2Token; and DBPassword, whose first word ends before its last capital.
        let hump = b.is_ascii_uppercase()
            && (previous.is_some_and(|p| p.is_ascii_lowercase() || p.is_ascii_digit())
                || previous.is_some_and(|p| p.is_ascii_uppercase())
                    && next.is_some_and(|n| n.is_ascii_lowercase()));
        // In `K8S` and `S3_KEY` a capital behind a digit starts no word.
        let shouted = previous.is_some_and(|p| p.is_ascii_digit())
            && next.is_none_or(|n| !n.is_ascii_lowercase());
        if hump && !shouted {
            end(&mut words, &mut word);
        }
        word.push(char::from(b.to_ascii_lowercase()));
    }
    end(&mut words, &mut word);
    words
}

fn end(words: &mut Vec<String>, word: &mut String) {
    if word.is_empty() {
        return;
    }
    let kept = word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    // A number of its own is left empty, as one that changes nothing.
    word.truncate(if word == "base64" || word == "b64" { word.len() } else { kept });
    words.push(std::mem::take(word));
}

/// The name that `text` ends with; empty if it ends with something else.
pub(super) fn at_end(text: &str) -> &str {
    let symbols = text.bytes().rev().take(LONGEST + 1);
    let length = symbols.take_while(|&b| is_symbol(b)).count();
    text.get(text.len() - length..).unwrap_or_default()
}

/// How long the name is that `text` starts with, in bytes.
pub(super) fn length(text: &str) -> usize {
    text.bytes().take(LONGEST + 1).take_while(|&b| is_symbol(b)).count()
}

/// Whether a byte can stand in a name of a setting.
fn is_symbol(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')
}
