//! Passwords in commands and in other texts that give them no sign: `--password x`,
//! `mysql -px`, `Authorization: Bearer x`, `IDENTIFIED BY 'x'`. Must not know who runs a command.

use super::lines::{Line, lines};
use super::names::{self, Strength};
use super::{Secret, values};

/// Where a program has its password.
enum Place {
    /// The rest of an argument that begins with this flag.
    In(&'static str),
    /// The argument after this flag, behind the user and a colon.
    WithUser(&'static str),
    /// So many arguments after this one.
    Behind(&'static str, usize),
}

use Place::{Behind, In, WithUser};

/// A program with the places of its passwords.
type Program = (&'static str, &'static [Place]);

/// Programs whose flags don't say that a password follows.
const PROGRAMS: &[Program] = &[
    ("curl", &[WithUser("-u"), WithUser("--user")]),
    ("mysql", &[In("-p")]),
    ("mysqladmin", &[In("-p")]),
    ("mysqldump", &[In("-p")]),
    ("mariadb", &[In("-p")]),
    ("mongo", &[Behind("-p", 1)]),
    ("mongosh", &[Behind("-p", 1)]),
    ("mongodump", &[Behind("-p", 1)]),
    ("redis-cli", &[Behind("-a", 1)]),
    ("sshpass", &[Behind("-p", 1), In("-p")]),
    ("login", &[Behind("-p", 1)]),
    ("requirepass", &[Behind("requirepass", 1)]),
    ("masterauth", &[Behind("masterauth", 1)]),
    ("--requirepass", &[Behind("--requirepass", 1)]),
    ("machine", &[Behind("password", 1)]),
];

/// Flags with one dash that a secret follows, as Go's programs have them.
const SHORT: &[&str] = &["password", "passwd", "token", "secret"];

/// The first password in a command or a header in `text`.
pub(super) fn find(text: &str) -> Option<Secret> {
    // What isn't anywhere in the text needn't be looked for in each of its lines.
    let programs: Vec<&Program> = PROGRAMS.iter().filter(|(name, _)| text.contains(name)).collect();
    let headers = text.contains(BEARER) || text.contains(BASIC);
    let quotes = text.contains('\'');
    lines(text).find_map(|Line { code, comment }| {
        let said = headers.then(|| header(code).or_else(|| header(comment))).flatten();
        said.or_else(|| minio(code))
            .or_else(|| programs.iter().find_map(|program| of_program(code, program)))
            .or_else(|| of_flag(code))
            .or_else(|| quotes.then(|| sql(code)).flatten())
    })
}

/// The words of a line of a shell, or of a list of arguments, without their quotes.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']'))
        .map(|word| word.trim_matches(QUOTES))
        .filter(|word| !word.is_empty())
}

const QUOTES: [char; 2] = ['"', '\''];

fn of_program(line: &str, (name, places): &Program) -> Option<Secret> {
    if !line.contains(name) {
        return None;
    }
    let words: Vec<&str> = words(line).collect();
    let is_name = |word: &&str| word.rsplit('/').next() == Some(*name);
    let start = words.iter().position(is_name)?;
    // Up to the next command on the line.
    let words = words.get(start..)?;
    let ends = |word: &&str| matches!(*word, "&&" | "||" | "|") || word.ends_with(';');
    let words = words.split_inclusive(ends).next()?;
    let is_password = |word: &str| values::is_literal(word) && !word.starts_with(['-', '%', '$']);
    let found = places.iter().any(|place| match place {
        Behind(word, places) => after(words, word, *places).any(is_password),
        In(flag) => words
            .iter()
            .filter(|word| !matches!(**word, "-port" | "-protocol"))
            .filter_map(|word| word.strip_prefix(flag))
            .any(|rest| is_password(rest.trim_matches(QUOTES))),
        WithUser(flag) => after(words, flag, 1)
            .filter_map(|word| word.split_once(':'))
            .any(|(user, rest)| !user.is_empty() && is_password(rest)),
    });
    found.then_some(Secret::Named { what: "a password", name: None })
}

/// `mc alias set <name> <url> <user> <password>`.
fn minio(line: &str) -> Option<Secret> {
    let (_, rest) = line.split_once(" alias set ")?;
    let mut words = words(rest).skip(1);
    let (url, _user, password) = (words.next()?, words.next()?, words.next()?);
    (url.contains("://") && values::is_literal(password))
        .then_some(Secret::Named { what: "a password", name: None })
}

/// The words that stand so many places behind a word.
fn after<'t>(
    words: &[&'t str],
    mark: &'static str,
    places: usize,
) -> impl Iterator<Item = &'t str> {
    let marks = words.iter().enumerate().filter(move |(_, word)| **word == mark);
    marks.filter_map(move |(at, _)| words.get(at + places).copied())
}

/// `--password x`. A word counts only where a command, and no sentence, goes on.
fn of_flag(line: &str) -> Option<Secret> {
    line.match_indices('-').find_map(|(at, _)| {
        let (before, flag) = line.split_at_checked(at)?;
        if !before.is_empty() && !before.ends_with([' ', '\t', '"', '\'', ',', '[']) {
            return None;
        }
        let name = flag.trim_start_matches('-');
        let dashes = flag.len() - name.len();
        let (name, rest) = name.split_at_checked(names::length(name))?;
        // With one dash it may be a letter and a password: `-ppassword`.
        if dashes != 2 && !SHORT.contains(&name) {
            return None;
        }
        let claim = names::claim(name).filter(|claim| claim.strength == Strength::Sure)?;
        let mut words = words(rest.strip_prefix([' ', '\t', '"', '\''])?);
        let (value, next) = (words.next()?, words.next());
        let ends = next.is_none_or(|next| next.starts_with(['-', '|', '&', ';', '>', '$', '\\']));
        let word = value.bytes().all(|b| b.is_ascii_alphabetic() || b"-_.:".contains(&b));
        let given = !value.starts_with(['-', '$', '|', '&', ';', '>'])
            && values::is_literal(value)
            && (!word || ends)
            && names::claim(value).is_none();
        given.then(|| Secret::Named { what: claim.what, name: Some(name.to_owned()) })
    })
}

const BEARER: &str = "Bearer ";
const BASIC: &str = "Basic ";

/// `Bearer x` and `Basic x`, as in the header `Authorization`.
fn header(line: &str) -> Option<Secret> {
    let bearer = follows(line, BEARER).any(|token| {
        token.len() >= 16 && token.bytes().any(|b| b.is_ascii_digit()) && values::is_literal(token)
    });
    let basic = follows(line, BASIC).any(values::is_basic);
    (bearer || basic).then_some(Secret::Named { what: "credentials", name: None })
}

/// What follows a mark, up to white space or a quote.
fn follows<'t>(line: &'t str, mark: &'static str) -> impl Iterator<Item = &'t str> {
    line.match_indices(mark).filter_map(move |(at, _)| {
        let rest = line.get(at + mark.len()..)?;
        rest.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | ',' | '\\')).next()
    })
}

/// `PASSWORD 'x'` and `IDENTIFIED BY 'x'`, in a line about a user of a database and no sentence
/// about a password.
fn sql(line: &str) -> Option<Secret> {
    if !line.contains('\'') || !["CREATE ", "ALTER ", "SET "].iter().any(|verb| has(line, verb)) {
        return None;
    }
    let found = line.match_indices('\'').any(|(at, _)| {
        let before = line.get(..at).unwrap_or_default().trim_end();
        let value = line.get(at + 1..).and_then(|rest| rest.split_once('\''));
        let gives = ["PASSWORD", "IDENTIFIED BY"].iter().any(|word| ends_with(before, word));
        gives && value.is_some_and(|(value, _)| !value.contains(' ') && values::is_literal(value))
    });
    found.then_some(Secret::Named { what: "a password", name: None })
}

fn has(text: &str, word: &str) -> bool {
    text.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

fn ends_with(text: &str, end: &str) -> bool {
    text.len()
        .checked_sub(end.len())
        .and_then(|start| text.get(start..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}
