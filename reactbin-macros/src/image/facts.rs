//! The Dockerfile that `image!` names, from its file to what it says, or to what is wrong with it.

use std::path::PathBuf;

use reactbin_check::suggest::suggest;

use super::Image;
use crate::dockerfile::{self, Context, Facts, Refusal, User};
use crate::errors::Errors;

const FROM_HERE: &str = "write the path from the folder of this crate's Cargo.toml";

/// What the Dockerfile says. `None` where there is none, and where nothing can be said of it, which
/// is an error.
pub(super) fn find(image: &Image, errors: &mut Errors) -> Option<Facts> {
    let Some((path, spot)) = &image.dockerfile else {
        refuse_needless(image, errors);
        return None;
    };
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let text = match std::fs::read_to_string(root.join(path)) {
        Ok(text) => text,
        Err(error) => {
            let message = match error.kind() {
                std::io::ErrorKind::NotFound => format!("there is no file `{path}`"),
                _ => format!("`{path}` can't be read: {error}"),
            };
            errors.push(*spot, message).help(FROM_HERE);
            return None;
        }
    };
    let context = root.join(image.context());
    if !context.is_dir() {
        let spot = image.context.as_ref().map_or(*spot, |(_, spot)| *spot);
        errors.push(spot, format!("there is no directory `{}`", image.context())).help(FROM_HERE);
        return None;
    }
    let target = image.target.as_ref().map(|(target, _)| target.as_str());
    match dockerfile::read(&text, target, &Context::new(context)) {
        Ok(facts) => {
            check_user(image, path, &facts, errors);
            Some(facts)
        }
        Err(Refusal::Syntax { message, line }) => {
            errors
                .push(*spot, format!("line {} of `{path}`: {message}", line.max(1)))
                .help("correct the Dockerfile");
            None
        }
        Err(Refusal::NoStage(names)) => {
            refuse_target(image, path, &names, errors);
            None
        }
    }
}

fn refuse_needless(image: &Image, errors: &mut Errors) {
    for (key, given) in [("context", &image.context), ("target", &image.target)] {
        if let Some((_, spot)) = given.as_ref().filter(|_| errors.is_empty()) {
            errors
                .push(*spot, format!("`{key}` is about a Dockerfile, and none is named"))
                .help("add `dockerfile: …`");
        }
    }
}

fn check_user(image: &Image, path: &str, facts: &Facts, errors: &mut Errors) {
    if let (Some((said, spot)), User::Id { id, line }) = (image.user, &facts.user)
        && said != *id
    {
        errors
            .push(spot, format!("the Dockerfile says another user, `{id}`"))
            .help(format!("use `{id}`, or remove the key"))
            .note(format!("`USER` stands in line {line} of `{path}`"));
    }
}

fn refuse_target(image: &Image, path: &str, names: &[String], errors: &mut Errors) {
    let Some((target, spot)) = &image.target else { return };
    let error = errors.push(*spot, format!("`{path}` has no stage `{target}`"));
    match suggest(target, names.iter().map(String::as_str)) {
        Some(meant) => error.help(format!("use `{meant}`")),
        None if names.is_empty() => error.help("name a stage with `FROM … AS …`"),
        None => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            error.help(format!("its stages are {}", names.join(", ")))
        }
    };
}
