//! What one declaration demands of another's constants, asserted while rustc evaluates constants:
//! a port that a Service sends to, a key of a Secret.
//!
//! Each assertion is `#[track_caller]`, so that rustc shows the author's token and not this file.
#![allow(clippy::panic, reason = "a panic while constants are evaluated is rustc's way to refuse")]

use crate::declaration::{Declared, ParameterItem};

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
    let mut message =
        Text::new().push("no key `").push(key).push("` is declared\nhelp: the declared keys are ");
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

const fn contains(known: &[&str], key: &str) -> bool {
    let mut i = 0;
    while i < known.len() {
        if same(known[i], key) {
            return true;
        }
        i += 1;
    }
    false
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
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

/// Text that is put together while constants are evaluated; what doesn't fit is left out.
struct Text {
    bytes: [u8; 2048],
    len: usize,
}

impl Text {
    const fn new() -> Text {
        Text { bytes: [0; 2048], len: 0 }
    }

    const fn push(mut self, text: &str) -> Text {
        let text = text.as_bytes();
        if self.len + text.len() > self.bytes.len() {
            return self;
        }
        let mut i = 0;
        while i < text.len() {
            self.bytes[self.len] = text[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    const fn number(mut self, number: i64) -> Text {
        if number < 0 {
            self = self.push("-");
        }
        let digits = number.unsigned_abs();
        let mut unit = 1;
        while digits / unit >= 10 {
            unit *= 10;
        }
        while unit > 0 {
            let digit = (digits / unit % 10) as u8;
            if self.len < self.bytes.len() {
                self.bytes[self.len] = b'0' + digit;
                self.len += 1;
            }
            unit /= 10;
        }
        self
    }

    const fn port(self, port: Port) -> Text {
        match port {
            Port::Number(number) => self.number(number),
            Port::Name(name) => self.push(name),
        }
    }

    const fn item(self, text: &str, index: usize) -> Text {
        let text_before = if index == 0 { "`" } else { ", `" };
        self.push(text_before).push(text).push("`")
    }

    /// All ports of a declaration and of its containers.
    const fn ports(self, ports: &Ports, some: &str, none: &str) -> Text {
        let (text, count) = Text::new().all_ports(ports, 0);
        if count == 0 { self.push(none) } else { self.push(some).push(text.as_str()) }
    }

    const fn all_ports(mut self, ports: &Ports, mut count: usize) -> (Text, usize) {
        let mut i = 0;
        while i < ports.known.len() {
            let port = &ports.known[i];
            self = self.push(if count == 0 { "`" } else { ", `" }).number(port.number).push("`");
            if !port.name.is_empty() {
                self = self.push(" (`").push(port.name).push("`)");
            }
            count += 1;
            i += 1;
        }
        let mut i = 0;
        while i < ports.elsewhere.len() {
            let (text, more) = self.all_ports(ports.elsewhere[i], count);
            self = text;
            count = more;
            i += 1;
        }
        (self, count)
    }

    const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
