//! The types that a parameter can have, and what each takes.
//!
//! The macros check defaults with it, a render the values that it is given.

use crate::formats::Format;
use crate::quantity::Quantity;

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// `true` or `false`.
    Boolean,
    /// A DNS name, such as `pics.example.com`; `*.` may stand before it.
    Host,
    /// A container image: `minio/minio:latest`.
    Image,
    /// The tag of a container image: `1.4.2`.
    ImageTag,
    /// A whole number.
    Integer,
    /// A DNS label, as most of Kubernetes' names are.
    Name,
    /// A port number, from 1 to 65535.
    Port,
    /// A resource quantity: `500m`, `10Gi`.
    Quantity,
    /// Any text but the empty one.
    String,
}

impl ParameterType {
    /// All types, by name.
    pub const ALL: &[ParameterType] = &[
        ParameterType::Boolean,
        ParameterType::Host,
        ParameterType::Image,
        ParameterType::ImageTag,
        ParameterType::Integer,
        ParameterType::Name,
        ParameterType::Port,
        ParameterType::Quantity,
        ParameterType::String,
    ];

    /// The name by which a declaration says it.
    pub fn name(self) -> &'static str {
        match self {
            ParameterType::Boolean => "boolean",
            ParameterType::Host => "host",
            ParameterType::Image => "image",
            ParameterType::ImageTag => "image_tag",
            ParameterType::Integer => "integer",
            ParameterType::Name => "name",
            ParameterType::Port => "port",
            ParameterType::Quantity => "quantity",
            ParameterType::String => "string",
        }
    }

    /// The type of this name.
    pub fn find(name: &str) -> Option<ParameterType> {
        Self::ALL.iter().copied().find(|ty| ty.name() == name)
    }

    /// Whether values of the type are text, rather than numbers or booleans, to Kubernetes.
    pub fn is_text(self) -> bool {
        !matches!(self, ParameterType::Boolean | ParameterType::Integer | ParameterType::Port)
    }

    /// A value of the type in words.
    pub fn describe(self) -> &'static str {
        match self {
            ParameterType::Boolean => "`true` or `false`",
            ParameterType::Host => Format::Host.describe(),
            ParameterType::Image => Format::ImageReference.describe(),
            ParameterType::ImageTag => "an image tag, such as `1.4.2`",
            ParameterType::Integer => "a whole number, such as `3`",
            ParameterType::Name => Format::DnsLabel.describe(),
            ParameterType::Port => "a port, such as `8080`",
            ParameterType::Quantity => "a quantity, such as `500m` or `10Gi`",
            ParameterType::String => "a text",
        }
    }

    /// What is wrong with a value, if anything.
    pub fn check(self, text: &str) -> Result<(), String> {
        let formatted = |format: Format| format.check(text).map_err(|violation| violation.message);
        match self {
            ParameterType::Boolean if matches!(text, "true" | "false") => Ok(()),
            ParameterType::Boolean => Err(format!("`{text}` isn't `true` or `false`")),
            ParameterType::Host => formatted(Format::Host),
            ParameterType::Image => formatted(Format::ImageReference),
            ParameterType::ImageTag => check_tag(text),
            // What isn't written as usual may mean something else: `010` is octal to YAML.
            ParameterType::Integer => {
                match (formatted(Format::DecimalInteger), text.parse::<i64>()) {
                    (Err(message), _) => Err(message),
                    (Ok(()), Ok(_)) => Ok(()),
                    (Ok(()), Err(_)) => Err(format!("`{text}` isn't a whole number of 64 bits")),
                }
            }
            ParameterType::Name => formatted(Format::DnsLabel),
            ParameterType::Port => match text.parse::<u16>() {
                Ok(1..) => Ok(()),
                _ => Err(format!("`{text}` isn't a port: a number from 1 to 65535")),
            },
            ParameterType::Quantity => {
                Quantity::parse(text).map(|_| ()).map_err(|violation| violation.message)
            }
            ParameterType::String if text.is_empty() => Err("the value is empty".to_owned()),
            ParameterType::String => Ok(()),
        }
    }
}

/// The tag of an image, as the distribution reference grammar has it.
fn check_tag(text: &str) -> Result<(), String> {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let first = text.bytes().next().is_some_and(word);
    let rest = text.bytes().skip(1).all(|b| word(b) || b == b'.' || b == b'-');
    if first && rest && text.len() <= 128 {
        return Ok(());
    }
    Err(format!(
        "`{text}` isn't an image tag: letters, digits, `_`, `.` and `-`, not starting with `.` or `-`, at most 128 characters"
    ))
}

#[cfg(test)]
mod tests {
    use super::ParameterType;

    #[test]
    fn types_take_what_they_name_and_nothing_else() {
        for (ty, good, bad) in [
            ("boolean", "true", "yes"),
            ("host", "pics.example.com", "<your-domain>"),
            ("image", "minio/minio:latest", "min io"),
            ("image_tag", "1.4.2", "1.4:2"),
            ("integer", "-3", "3.5"),
            ("integer", "0", "010"),
            ("integer", "9223372036854775807", "9223372036854775808"),
            ("name", "my-app", "my_app"),
            ("port", "8080", "0"),
            ("quantity", "10Gi", "10GB"),
            ("string", "x", ""),
        ] {
            let ty = ParameterType::find(ty).unwrap();
            assert_eq!(ty.check(good), Ok(()));
            assert!(ty.check(bad).is_err(), "{ty:?} took {bad}");
        }
        assert!(ParameterType::ImageTag.check(&"a".repeat(129)).is_err());
    }
}
