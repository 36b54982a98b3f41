//! The string formats that Kubernetes' fields demand: names, keys, addresses, paths, schedules.
//!
//! Must not know which field has which format, nor where a text came from. The verdicts are those
//! of apimachinery's `util/validation` and of the packages that it calls; where the API server
//! checks less than what later runs (images), the documentation of the variant says so.

mod cron;
mod device;
mod dns;
pub mod duration;
pub mod image;
pub(crate) mod json;
mod key;
mod label;
mod net;
mod path;
mod shape;
mod time;
pub(crate) mod words;

use words::quoted;

/// A string format that a Kubernetes field can demand.
///
/// An empty text is refused by all but label values, path segments and the paths that needn't be
/// absolute, as it is by the API's own validators: where the API takes an empty string for an
/// absent field, the caller doesn't ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `IsDNS1123Label`: most names inside an object.
    DnsLabel,
    /// `IsDNS1035Label`: Service names.
    Dns1035Label,
    /// The name of a custom resource's kind: a DNS-1035 label but for its capitals.
    KindName,
    /// `IsDNS1123Subdomain`: most object names.
    DnsSubdomain,
    /// `NameIsDNSSubdomain` of the start of a name: what an item of `envFrom` may call its source.
    DnsSubdomainPrefix,
    /// `IsDNS1123SubdomainCaseless`: CSI driver names.
    DnsSubdomainCaseless,
    /// `IsDNS1123SubdomainWithUnderscore`.
    DnsSubdomainUnderscore,
    /// An item of `dnsConfig.searches`: the above, with an optional dot at the end, or `.`.
    DnsSearch,
    /// A Service's `externalName`: a DNS subdomain with an optional dot at the end.
    ExternalName,
    /// `IsWildcardDNS1123Subdomain`: `*.` and a DNS subdomain.
    WildcardHost,
    /// The host of an Ingress rule: a DNS subdomain or a wildcard, and no IP address.
    Host,
    /// A host in an Ingress's `tls`: as [`Format::Host`], but an IP address passes.
    TlsHost,
    /// `IsLabelKey`: a qualified name, as in label keys, selectors, finalizers, conditions.
    LabelKey,
    /// The key of an annotation: a label key once it is in lower case.
    AnnotationKey,
    /// `IsLabelValue`.
    LabelValue,
    /// `IsDomainPrefixedPath`: `IngressClass.spec.controller`, `Job.spec.managedBy`.
    DomainPrefixedPath,
    /// A key of `resources.limits` and `resources.requests` of a container.
    ContainerResourceName,
    /// `IsValidPortName`: the name of a container port, and a port by name.
    PortName,
    /// `IsRelaxedEnvVarName`: the name of an environment variable.
    EnvName,
    /// `IsCIdentifier`: what a shell can read as a variable. Kubernetes asks for it no more.
    CIdentifier,
    /// `IsConfigMapKey`: a key in a ConfigMap or Secret.
    DataKey,
    /// `IsHTTPHeaderName`.
    HttpHeaderName,
    /// `IsPathSegmentName`: names of RBAC objects, and references to scale targets.
    PathSegmentName,
    /// `IsPathSegmentPrefix`: a `generateName` of RBAC objects.
    PathSegmentPrefix,
    /// The name of a sysctl, with `.` or `/` between its parts.
    Sysctl,
    /// `IsValidIP`.
    Ip,
    /// `IsValidCIDR`.
    Cidr,
    /// `IsValidCIDR`, in the form that the API server itself would write.
    CanonicalCidr,
    /// `IsValidPercent`.
    Percent,
    /// `IsDecimalInteger`: a whole number of any size, as it is usually written.
    DecimalInteger,
    /// A path that isn't absolute and has no `..`: `subPath`.
    RelativePath,
    /// A path inside a volume that Kubernetes fills: relative, no `..`, not starting with `..`.
    ProjectedPath,
    /// A path without `..`: `hostPath.path`.
    PathWithoutBacksteps,
    /// A path that starts with `/`.
    AbsolutePath,
    /// The path of an Ingress rule whose type is `Exact` or `Prefix`.
    IngressPath,
    /// A container image. The API server only looks at white space around it; this is the grammar
    /// of the container runtimes, which refuse more.
    ImageReference,
    /// A CronJob's `schedule`: robfig/cron's standard syntax without a time zone in it.
    CronSchedule,
    /// A time zone of the IANA database.
    TimeZone,
    /// A Go duration: `1h30m`.
    GoDuration,
    /// A duration of the Vault Secrets Operator: one number and one unit.
    VaultDuration,
    /// The name of a VaultAuthGlobal in a reference to it.
    VaultGlobalRefName,
    /// The namespace of a VaultAuthGlobal in a reference to it.
    VaultGlobalRefNamespace,
    /// The name of a device's attribute or capacity: a C identifier after an optional domain.
    AttributeName,
    /// As above, where a domain must stand before it.
    FullAttributeName,
    /// A resource of containers with a domain that isn't Kubernetes': `IsExtendedResourceName`.
    ExtendedResource,
    /// The name of a pool of devices: DNS subdomains with `/` between them.
    PoolName,
    /// The name of who signs certificates: a domain of two parts or more, `/` and a DNS subdomain.
    SignerName,
    /// A semantic version, 2.0.0.
    SemanticVersion,
    /// An RFC 3339 time.
    Time,
    /// Standard base64 with its padding.
    Base64,
}

/// Why a text isn't of its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What is wrong: lower-case start, no final period, code in backticks.
    pub message: String,
    /// The nearest text that is of the format, when one is obvious.
    pub fixed: Option<String>,
    /// Whether the only fault is the length.
    pub too_long: bool,
}

impl Violation {
    pub(crate) fn new(message: impl Into<String>) -> Violation {
        Violation { message: message.into(), fixed: None, too_long: false }
    }

    pub(crate) fn fix(mut self, fixed: impl Into<Option<String>>) -> Violation {
        self.fixed = fixed.into();
        self
    }
}

type Verdict = Result<(), Violation>;

impl Format {
    /// Whether `text` is of this format, and if not, why.
    pub fn check(self, text: &str) -> Result<(), Violation> {
        let Err(mut violation) = self.verdict(text) else { return Ok(()) };
        violation.fixed = violation
            .fixed
            .or_else(|| self.repair(text))
            .filter(|fixed| fixed != text && self.verdict(fixed).is_ok());
        Err(violation)
    }

    fn verdict(self, text: &str) -> Verdict {
        match self {
            Format::DnsLabel => shape::check(&dns::LABEL, text),
            Format::Dns1035Label => shape::check(&dns::LABEL_1035, text),
            Format::KindName => dns::check_kind(text),
            Format::DnsSubdomain => dns::check(&dns::SUBDOMAIN, text),
            Format::DnsSubdomainPrefix => dns::check_prefix(text),
            Format::DnsSubdomainCaseless => dns::check(&dns::CASELESS, text),
            Format::DnsSubdomainUnderscore => dns::check(&dns::UNDERSCORE, text),
            Format::DnsSearch => dns::check_search(text),
            Format::ExternalName => {
                dns::check(&dns::EXTERNAL, text.strip_suffix('.').unwrap_or(text))
            }
            Format::WildcardHost => dns::check_wildcard(text),
            Format::Host => dns::check_host(text),
            Format::TlsHost => dns::check_tls_host(text),
            Format::LabelKey => label::check_key("a label key", text),
            Format::AnnotationKey => label::check_annotation_key(text),
            Format::LabelValue => label::check_value(text),
            Format::DomainPrefixedPath => label::check_domain_prefixed_path(text),
            Format::ContainerResourceName => label::check_resource_name(text),
            Format::PortName => key::check_port_name(text),
            Format::EnvName => key::check_env_name(text),
            Format::CIdentifier => shape::check(&key::C_IDENTIFIER, text),
            Format::DataKey => key::check_data_key(text),
            Format::HttpHeaderName => shape::check(&key::HTTP_HEADER, text),
            Format::PathSegmentName => key::check_path_segment(text),
            Format::PathSegmentPrefix => key::check_path_prefix(text),
            Format::Sysctl => key::check_sysctl(text),
            Format::Ip => net::check_ip(text),
            Format::Cidr => net::check_cidr(text),
            Format::CanonicalCidr => net::check_canonical_cidr(text),
            Format::Percent => key::check_percent(text),
            Format::DecimalInteger => key::check_decimal_integer(text),
            Format::RelativePath => path::check_relative(text),
            Format::ProjectedPath => path::check_projected(text),
            Format::PathWithoutBacksteps => path::check_no_backsteps(text),
            Format::AbsolutePath => path::check_absolute(text),
            Format::IngressPath => path::check_ingress(text),
            Format::ImageReference => image::parse(text).map(|_| ()),
            Format::CronSchedule => cron::check(text),
            Format::TimeZone => time::check_zone(text),
            Format::GoDuration => duration::parse(text).map(|_| ()),
            Format::VaultDuration => duration::check_vault(text),
            Format::VaultGlobalRefName => shape::check(&key::VAULT_NAME, text),
            Format::VaultGlobalRefNamespace => shape::check(&key::VAULT_NAMESPACE, text),
            Format::AttributeName => device::check_attribute(text),
            Format::FullAttributeName => device::check_full_attribute(text),
            Format::ExtendedResource => device::check_extended_resource(text),
            Format::PoolName => device::check_pool(text),
            Format::SignerName => label::check_signer(text),
            Format::SemanticVersion => device::check_version(text),
            Format::Time => time::check(text),
            Format::Base64 => key::check_base64(text),
        }
    }

    /// A text near `text` that may be of the format; [`Format::check`] tries it. Formats whose
    /// verdict brings a repair of its own have none here.
    fn repair(self, text: &str) -> Option<String> {
        match self {
            Format::DnsLabel => shape::repair(&dns::LABEL, text),
            Format::Dns1035Label => shape::repair(&dns::LABEL_1035, text),
            Format::DnsSubdomain | Format::DnsSubdomainPrefix | Format::ExternalName => {
                dns::repair(&dns::SUBDOMAIN, text)
            }
            Format::DnsSubdomainCaseless => dns::repair(&dns::CASELESS, text),
            Format::DnsSubdomainUnderscore | Format::DnsSearch => {
                dns::repair(&dns::UNDERSCORE, text)
            }
            Format::WildcardHost | Format::Host | Format::TlsHost => dns::repair_host(text),
            Format::LabelKey => label::repair_key(text),
            Format::AnnotationKey => label::repair_key(text),
            Format::LabelValue => shape::repair(&label::VALUE, text),
            Format::PortName => key::repair_port_name(text),
            Format::CIdentifier => key::repair_c_identifier(text),
            Format::DataKey => shape::repair(&key::DATA_KEY, text),
            Format::HttpHeaderName => shape::repair(&key::HTTP_HEADER, text),
            Format::PathSegmentName | Format::PathSegmentPrefix => Some(text.replace('/', "-")),
            Format::VaultGlobalRefName => shape::repair(&key::VAULT_NAME, text),
            Format::VaultGlobalRefNamespace => shape::repair(&key::VAULT_NAMESPACE, text),
            Format::Base64 => None,
            _ => Some(text.trim().to_owned()),
        }
    }

    /// What the format is, in a few words that begin with an article.
    pub fn describe(self) -> &'static str {
        match self {
            Format::DnsLabel => {
                "a DNS label: lower-case letters, digits and `-`, starting and ending with a letter or digit, at most 63 characters"
            }
            Format::Dns1035Label => {
                "a DNS-1035 label: lower-case letters, digits and `-`, starting with a letter and ending with a letter or digit, at most 63 characters"
            }
            Format::KindName => {
                "the name of a kind: letters, digits and `-`, starting with a letter and ending with a letter or digit, at most 63 characters"
            }
            Format::DnsSubdomain | Format::DnsSubdomainPrefix => {
                "a DNS subdomain: lower-case letters, digits, `-` and `.`, starting and ending with a letter or digit, at most 253 characters"
            }
            Format::DnsSubdomainCaseless => {
                "a DNS subdomain: letters, digits, `-` and `.`, starting and ending with a letter or digit, at most 253 characters"
            }
            Format::DnsSubdomainUnderscore | Format::DnsSearch => {
                "a DNS search domain: lower-case letters, digits, `-`, `_` and `.`, at most 253 characters"
            }
            Format::ExternalName => "a DNS name, such as `db.example.com`",
            Format::WildcardHost => {
                "a wildcard host: `*.` and a DNS subdomain, such as `*.example.com`"
            }
            Format::Host => {
                "a DNS name, such as `example.com`, or a wildcard, such as `*.example.com`; no IP address"
            }
            Format::TlsHost => {
                "a DNS name, such as `example.com`, or a wildcard, such as `*.example.com`"
            }
            Format::LabelKey => {
                "a label key: letters, digits, `-`, `_` and `.`, starting and ending with a letter or digit, at most 63 characters, after an optional DNS subdomain and `/`"
            }
            Format::AnnotationKey => {
                "an annotation key: letters, digits, `-`, `_` and `.`, starting and ending with a letter or digit, at most 63 characters, after an optional DNS subdomain and `/`"
            }
            Format::LabelValue => {
                "a label value: empty, or letters, digits, `-`, `_` and `.`, starting and ending with a letter or digit, at most 63 characters"
            }
            Format::DomainPrefixedPath => "a domain-prefixed path, such as `example.com/name`",
            Format::ContainerResourceName => {
                "a resource: `cpu`, `memory`, `ephemeral-storage`, `hugepages-<size>`, or an extended resource, such as `example.com/gpu`"
            }
            Format::PortName => {
                "a port name: lower-case letters, digits and single `-` between them, at least one letter, at most 15 characters"
            }
            Format::EnvName => {
                "the name of an environment variable: printable ASCII characters other than `=`"
            }
            Format::CIdentifier => {
                "a C identifier: letters, digits and `_`, not starting with a digit"
            }
            Format::DataKey => {
                "a data key: letters, digits, `-`, `_` and `.`, not starting with `..`, at most 253 characters"
            }
            Format::HttpHeaderName => "the name of an HTTP header: letters, digits and `-`",
            Format::PathSegmentName => "a path segment: no `/`, no `%`, neither `.` nor `..`",
            Format::PathSegmentPrefix => "the beginning of a path segment: no `/`, no `%`",
            Format::Sysctl => "a sysctl, such as `net.core.somaxconn`, at most 253 characters",
            Format::Ip => "an IP address, such as `10.9.8.7` or `2001:db8::ffff`",
            Format::CanonicalCidr => {
                "a CIDR block in lower case, such as `10.9.8.0/24` or `2001:db8::/64`"
            }
            Format::Cidr => "a CIDR block, such as `10.9.8.0/24` or `2001:db8::/64`",
            Format::DecimalInteger => "a whole number, such as `3`",
            Format::Percent => "a percentage: digits and `%`, such as `25%`",
            Format::RelativePath => "a relative path without `..`",
            Format::ProjectedPath => "a relative path without `..` that doesn't start with `..`",
            Format::PathWithoutBacksteps => "a path without `..`",
            Format::AbsolutePath => "an absolute path: one that starts with `/`",
            Format::IngressPath => {
                "an absolute URL path without `//`, `/./`, `/../` and `%2f`, not ending with `/.` or `/..`"
            }
            Format::ImageReference => {
                "an image reference, such as `registry.example.com/team/api:1.4.2`"
            }
            Format::CronSchedule => {
                "a cron schedule of 5 fields, such as `*/5 * * * *`, or a macro, such as `@daily`"
            }
            Format::TimeZone => "a time zone of the IANA database, such as `Europe/Rome`",
            Format::GoDuration => {
                "a duration: numbers with the units `h`, `m`, `s`, `ms`, such as `1h30m`"
            }
            Format::VaultDuration => {
                "a duration of one number and one of the units `s`, `m` and `h`, such as `90m`"
            }
            Format::VaultGlobalRefName => "1 to 253 lower-case letters, digits, `.` and `-`",
            Format::VaultGlobalRefNamespace => "1 to 63 lower-case letters, digits and `-`",
            Format::AttributeName => {
                "a C identifier of at most 32 characters, after an optional domain and `/`"
            }
            Format::FullAttributeName => {
                "a domain, `/` and a C identifier of at most 32 characters, such as `example.com/model`"
            }
            Format::ExtendedResource => "an extended resource, such as `example.com/gpu`",
            Format::PoolName => {
                "a pool's name: DNS subdomains with `/` between them, at most 253 characters"
            }
            Format::SignerName => "a signer, such as `example.com/signer-name`",
            Format::SemanticVersion => "a semantic version, such as `1.4.2`",
            Format::Time => "an RFC 3339 time, such as `2026-01-31T12:00:00Z`",
            Format::Base64 => "base64 with its padding",
        }
    }
}

/// Whether a CronJob's schedule, which is right as such, is for a day that none of its months has.
pub(crate) fn never_comes(schedule: &str) -> bool {
    cron::never_comes(schedule)
}

#[cfg(test)]
mod tests;
