//! What one declaration demands of another's constants, asserted while rustc evaluates constants:
//! a port that a Service sends to, a key of a Secret, what a container asks of its image.
//!
//! Each assertion is `#[track_caller]`, so that rustc shows the author's token and not this file.
#![allow(clippy::panic, reason = "a panic while constants are evaluated is rustc's way to refuse")]

mod env;
mod near;
pub(crate) mod text;

use reactbin_check::ask::Ask;

pub use self::env::Env;
use self::near::nearest;
use self::text::{Text, contains, same};
use crate::declaration::{Declared, ParameterItem};
use crate::image::ImageItem;

/// A port that a declaration has.
#[derive(Debug)]
pub struct NamedPort {
    /// The name; empty where it has none.
    pub name: &'static str,
    /// The number.
    pub number: i64,
}

/// The ports of a workload, a container or a Service.
#[derive(Debug)]
pub struct Ports {
    /// Whether the ones below are all.
    pub complete: bool,
    /// Those that the declaration says.
    pub known: &'static [NamedPort],
    /// Those of containers that are declared on their own.
    pub elsewhere: &'static [&'static Ports],
}

impl Ports {
    /// The ports of a declaration of which nothing is known.
    pub const UNKNOWN: Ports = Ports { complete: false, known: &[], elsewhere: &[] };
}

/// An item with ports.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no ports that could be referred to",
    label = "not a workload, a container or a Service"
)]
pub trait HasPorts {
    /// The ports.
    const PORTS: Ports;
}

/// The keys of a Secret or a ConfigMap.
#[derive(Debug)]
pub struct Keys {
    /// Whether the ones below are all.
    pub complete: bool,
    /// Those that the declaration says.
    pub known: &'static [&'static str],
}

/// An item with keys.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no keys that could be referred to",
    label = "not a Secret or a ConfigMap"
)]
pub trait HasKeys {
    /// The keys.
    const KEYS: Keys;
}

/// A port that is looked for.
#[derive(Clone, Copy, Debug)]
pub enum Port {
    /// By number.
    Number(i64),
    /// By name.
    Name(&'static str),
}

/// A port by number.
pub const fn number(number: i64) -> Port {
    Port::Number(number)
}

/// A port by name.
pub const fn name(name: &'static str) -> Port {
    Port::Name(name)
}

/// Asserts that a workload has a container port.
///
/// # Panics
/// If it surely hasn't.
#[track_caller]
pub const fn container<T: HasPorts>(port: Port) {
    if !has_port(&T::PORTS, port) {
        let message = Text::new()
            .push("no container of this workload has the port `")
            .port(port)
            .push("`\nhelp: ")
            .ports(&T::PORTS, "its container ports are ", "declare it in `ports` of the workload");
        panic!("{}", message.as_str())
    }
}

/// Asserts that an item is a workload.
///
/// # Panics
/// If it isn't.
#[track_caller]
pub const fn pods<T: Declared>() {
    if !T::HAS_PODS {
        panic!(
            "this item has no pods that a Service could select\nhelp: name a Deployment, a StatefulSet or a Job"
        )
    }
}

/// Asserts that a Service has a port.
///
/// # Panics
/// If it surely hasn't.
#[track_caller]
pub const fn service<T: HasPorts>(port: Port) {
    if !has_port(&T::PORTS, port) {
        let message = Text::new()
            .push("this Service has no port `")
            .port(port)
            .push("`\nhelp: ")
            .ports(&T::PORTS, "its ports are ", "declare it in `ports` of the Service");
        panic!("{}", message.as_str())
    }
}

/// Asserts that a Secret or a ConfigMap has a key.
///
/// # Panics
/// If it surely hasn't.
#[track_caller]
pub const fn key<T: HasKeys>(key: &str) {
    let keys = &T::KEYS;
    if !keys.complete || contains(keys.known, key) {
        return;
    }
    let mut message = Text::new().push("no key `").push(key).push("` is declared\nhelp: ");
    if let Some(meant) = nearest(key, keys.known) {
        message = message.push("use `").push(meant).push("`");
        panic!("{}", message.as_str())
    }
    message =
        message.push(if keys.known.is_empty() { "declare it" } else { "the declared keys are " });
    let mut i = 0;
    while i < keys.known.len() {
        message = message.item(keys.known[i], i);
        i += 1;
    }
    panic!("{}", message.as_str())
}

/// Asserts that a parameter is of one of these types.
///
/// # Panics
/// If it isn't.
#[track_caller]
pub const fn parameter<T: ParameterItem>(types: &[&str], takes: &str) {
    let parameter = T::PARAMETER;
    if !contains(types, parameter.ty) {
        let message = Text::new()
            .push("this field takes ")
            .push(takes)
            .push(", and parameter `")
            .push(parameter.name)
            .push("` is of type `")
            .push(parameter.ty)
            .push("`\nhelp: declare the parameter with `type: ")
            .push(types[0])
            .push("`");
        panic!("{}", message.as_str())
    }
}

/// Asserts that an image is what a container asks for, and says how to waive it unless that is
/// forbidden.
///
/// # Panics
/// If it surely isn't.
#[track_caller]
pub const fn image<T: ImageItem>(ask: Ask<'_>, is_forbidden: bool) {
    if let Some(refusal) = T::IMAGE.refuses(ask) {
        let rule = ask.rule();
        let text = if rule.is_empty() {
            refusal
        } else if is_forbidden {
            refusal.push("\nnote: `").push(rule).push("` is forbidden, and can't be waived")
        } else {
            refusal
                .push("\nnote: where it is right, write `#[allow(")
                .push(rule)
                .push(", reason = \"…\")]` above it")
        };
        panic!("{}", text.as_str())
    }
}

/// Whether an image surely isn't what a container asks for.
pub const fn refused<T: ImageItem>(ask: Ask<'_>) -> bool {
    T::IMAGE.refuses(ask).is_some()
}

/// Asserts that a waiver waives something.
///
/// # Panics
/// If it waives nothing.
#[track_caller]
pub const fn waived(rule: &str, anything: bool) {
    if !anything {
        let text = Text::new()
            .push("this waiver of `")
            .push(rule)
            .push("` waives nothing\nhelp: remove it, or move it above what breaks the rule");
        panic!("{}", text.as_str())
    }
}

/// Whether the port is there, or might be.
const fn has_port(ports: &Ports, port: Port) -> bool {
    if !ports.complete {
        return true;
    }
    let mut i = 0;
    while i < ports.known.len() {
        let found = match port {
            Port::Number(number) => ports.known[i].number == number,
            Port::Name(name) => same(ports.known[i].name, name),
        };
        if found {
            return true;
        }
        i += 1;
    }
    let mut i = 0;
    while i < ports.elsewhere.len() {
        if has_port(ports.elsewhere[i], port) {
            return true;
        }
        i += 1;
    }
    false
}
