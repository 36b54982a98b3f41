//! Text while constants are evaluated, where there is neither a heap nor a trait.

use super::{Port, Ports};

/// Text that is put together while constants are evaluated; what doesn't fit is left out.
pub(crate) struct Text {
    bytes: [u8; 2048],
    len: usize,
}

impl Text {
    pub(crate) const fn new() -> Text {
        Text { bytes: [0; 2048], len: 0 }
    }

    pub(crate) const fn push(mut self, text: &str) -> Text {
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

    pub(crate) const fn number(mut self, number: i64) -> Text {
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

    pub(crate) const fn port(self, port: Port) -> Text {
        match port {
            Port::Number(number) => self.number(number),
            Port::Name(name) => self.push(name),
        }
    }

    /// Ports as `EXPOSE` has them.
    pub(crate) const fn exposed(self, first: i64, last: i64, protocol: &str) -> Text {
        let mut text = self.number(first);
        if last != first {
            text = text.push("-").number(last);
        }
        match protocol.as_bytes() {
            b"TCP" => text,
            b"UDP" => text.push("/udp"),
            _ => text.push("/sctp"),
        }
    }

    pub(crate) const fn item(self, text: &str, index: usize) -> Text {
        let text_before = if index == 0 { "`" } else { ", `" };
        self.push(text_before).push(text).push("`")
    }

    /// All ports of a declaration and of its containers.
    pub(crate) const fn ports(self, ports: &Ports, some: &str, none: &str) -> Text {
        let (text, count) = Text::new().all_ports(ports, 0);
        if count == 0 { self.push(none) } else { self.push(some).push(text.as_str()) }
    }

    pub(crate) const fn all_ports(mut self, ports: &Ports, mut count: usize) -> (Text, usize) {
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

    pub(crate) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

pub(crate) const fn contains(known: &[&str], key: &str) -> bool {
    let mut i = 0;
    while i < known.len() {
        if same(known[i], key) {
            return true;
        }
        i += 1;
    }
    false
}

pub(crate) const fn same(a: &str, b: &str) -> bool {
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
