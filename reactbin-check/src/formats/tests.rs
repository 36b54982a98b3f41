//! Good and bad texts of each format; every repair is of its format.

use super::Format::{self, *};

const ALL: [Format; 48] = [
    DnsLabel,
    Dns1035Label,
    DnsSubdomain,
    DnsSubdomainCaseless,
    DnsSubdomainPrefix,
    DnsSubdomainUnderscore,
    DnsSearch,
    ExternalName,
    WildcardHost,
    Host,
    TlsHost,
    LabelKey,
    AnnotationKey,
    LabelValue,
    DomainPrefixedPath,
    ContainerResourceName,
    PortName,
    EnvName,
    CIdentifier,
    DataKey,
    HttpHeaderName,
    PathSegmentName,
    PathSegmentPrefix,
    Sysctl,
    Ip,
    Cidr,
    Percent,
    DecimalInteger,
    RelativePath,
    ProjectedPath,
    PathWithoutBacksteps,
    AbsolutePath,
    IngressPath,
    ImageReference,
    CronSchedule,
    TimeZone,
    GoDuration,
    VaultDuration,
    VaultGlobalRefName,
    VaultGlobalRefNamespace,
    AttributeName,
    FullAttributeName,
    ExtendedResource,
    PoolName,
    SignerName,
    SemanticVersion,
    Time,
    Base64,
];

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[test]
fn good_texts_pass() {
    let image = format!("minio/mc:1@{DIGEST}");
    let cases: [(Format, &[&str]); 48] = [
        (DnsLabel, &["a", "api", "1-api", "a--b", &"a".repeat(63)]),
        (Dns1035Label, &["a", "api-1", &"a".repeat(63)]),
        (DnsSubdomain, &["api", "a.b-c.1", &"a".repeat(253), &format!("{}.b", "a".repeat(100))]),
        (DnsSubdomainCaseless, &["Example.COM", "csi.example.com"]),
        (DnsSubdomainPrefix, &["api", "api-", "a.b-"]),
        (DnsSubdomainUnderscore, &["_example.com", "a_b.c", "sub._x.y"]),
        (DnsSearch, &["svc.cluster.local", "svc.cluster.local.", ".", "_x.y."]),
        (ExternalName, &["db.example.com", "db.example.com."]),
        (WildcardHost, &["*.example.com", "*.a"]),
        (Host, &["example.com", "*.example.com", "localhost", "1.2.3", "1.2.3.256", "1.2.3.4.5"]),
        (TlsHost, &["example.com", "*.example.com", "1.2.3.4"]),
        (LabelKey, &["app", "app.kubernetes.io/name", "A_b.C", "1/2"]),
        (AnnotationKey, &["nginx.ingress.kubernetes.io/ssl-redirect", "Example.com/Key"]),
        (LabelValue, &["", "a", "1.2.3_x", &"v".repeat(63)]),
        (DomainPrefixedPath, &["k8s.io/ingress-nginx", "example.com/a/b~c"]),
        (
            ContainerResourceName,
            &[
                "cpu",
                "memory",
                "ephemeral-storage",
                "hugepages-2Mi",
                "nvidia.com/gpu",
                "x.kubernetes.io/y",
            ],
        ),
        (PortName, &["http", "s3", "a-b", &"a".repeat(15)]),
        (EnvName, &["PATH", "a b", "1A", "a.b-c", "$x"]),
        (CIdentifier, &["_", "A1", "jwt_key"]),
        (DataKey, &["tls.crt", ".hidden", "A_b-c", &"k".repeat(253)]),
        (HttpHeaderName, &["X-Forwarded-For", "-a-"]),
        (PathSegmentName, &["", "system:admin", "A_b", "...", "é"]),
        (PathSegmentPrefix, &["", ".", "..", "system:"]),
        (Sysctl, &["net.core.somaxconn", "kernel/shm_rmid_forced", "a"]),
        (Ip, &["10.0.0.1", "::1", "2001:db8::", "2001:0db8::1"]),
        (Cidr, &["10.0.0.0/8", "0.0.0.0/0", "10.1.2.3/32", "::/0", "2001:db8::/64", "::1/128"]),
        (Percent, &["0%", "25%", "200%"]),
        (DecimalInteger, &["0", "-5", "100", "12345678901234567890"]),
        (RelativePath, &["", "a/b", "a..b", "..a", "./a"]),
        (ProjectedPath, &["a/b", "a/..b", ".a"]),
        (PathWithoutBacksteps, &["/var/run", "a", "/a..b"]),
        (AbsolutePath, &["/", "/data"]),
        (IngressPath, &["/", "/api/v1", "/a.b", "/api/", "/..a"]),
        (
            ImageReference,
            &[
                "nginx",
                "nginx:1.27",
                "minio/minio:RELEASE.2025-01-01T00-00-00Z",
                "registry.example.com:5000/team/a_b/c__d/e---f:v1",
                "localhost/x",
                "LOCAL.example.com/x",
                "[::1]:5000/x",
                "a.b-c",
                &image,
            ],
        ),
        (
            CronSchedule,
            &[
                "*/5 * * * *",
                "0 0 1,15 * ?",
                "30 2-4/2 * JAN-mar Mon",
                "@daily",
                "@every 1h30m",
                " 0  0 * * * ",
                "5/15 * * * *",
                "1,,2 * * * *",
                "*/100 * * * *",
            ],
        ),
        (TimeZone, &["UTC", "Europe/Rome", "Etc/GMT+1", "America/Argentina/Buenos_Aires"]),
        (GoDuration, &["0", "1h30m", "1.5s", ".5m", "-2ms", "+1µs", "1h1h"]),
        (VaultDuration, &["30s", "1h", "1.5m", "0s"]),
        (VaultGlobalRefName, &["a", "-.", &"a".repeat(253)]),
        (VaultGlobalRefNamespace, &["a", "-", &"a".repeat(63)]),
        (AttributeName, &["model", "_a1", "Gpu.example.com/driverVersion", &"a".repeat(32)]),
        (FullAttributeName, &["gpu.example.com/numa"]),
        (ExtendedResource, &["example.com/gpu"]),
        (PoolName, &["node-1", "a.b/c"]),
        (SignerName, &["kubernetes.io/kube-apiserver-client", "a.b/c.d"]),
        (SemanticVersion, &["1.0.0", "0.1.2-rc.1+build.007", "1.0.0-0a"]),
        (
            Time,
            &[
                "2026-01-31T12:00:00Z",
                "2024-02-29T23:59:59.123456+05:30",
                "2000-02-29T00:00:00-00:00",
            ],
        ),
        (Base64, &["", "YQ==", "YWI=", "YWJj", "YWJj\nYWJj\n", "++//"]),
    ];
    for (format, texts) in cases {
        for text in texts {
            assert_eq!(format.check(text), Ok(()), "{format:?} {text:?}");
        }
    }
    assert!(ALL.iter().all(|format| cases.iter().any(|(with_cases, _)| with_cases == format)));
}

/// Each bad text with its repair; an empty one where none is obvious.
#[test]
fn bad_texts_are_refused_and_repaired() {
    let long = "a".repeat(300);
    let cases: [(Format, &[(&str, &str)]); 48] = [
        (
            DnsLabel,
            &[
                ("", ""),
                ("Api_Env", "api-env"),
                ("-a-", "a"),
                ("a.b", "a-b"),
                ("a@b", ""),
                ("é", ""),
                ("api ", "api"),
                ("-", ""),
                (&long, &long[..63]),
            ],
        ),
        (Dns1035Label, &[("1api", ""), ("Api", "api"), ("_api", "api"), ("a-", "a")]),
        (
            DnsSubdomain,
            &[
                ("A.B", "a.b"),
                ("a..b", "a.b"),
                ("a.-b", "a.b"),
                ("my_app", "my-app"),
                ("<your-domain>", ""),
                (&long, &long[..253]),
            ],
        ),
        (DnsSubdomainCaseless, &[("A_b", "A-b"), ("", ""), ("a.", "a")]),
        (DnsSubdomainPrefix, &[("Api", "api"), ("", ""), ("-", ""), ("a b-", "a-b")]),
        (
            DnsSubdomainUnderscore,
            &[("_", ""), ("Example.com", "example.com"), ("_.a", "a"), ("__a", "a")],
        ),
        (DnsSearch, &[("", ""), ("..", ""), ("-a", "a")]),
        (ExternalName, &[("", ""), ("DB.example.com", "db.example.com"), ("a..", "a")]),
        (
            WildcardHost,
            &[("*", ""), ("example.com", ""), ("*.*.com", ""), ("*.Example.com", "*.example.com")],
        ),
        (
            Host,
            &[
                ("10.0.0.1", ""),
                ("010.0.0.1", ""),
                ("::1", ""),
                ("https://Example.com/api", "example.com"),
                ("example.com:8080", "example.com"),
                ("example.com/", "example.com"),
                ("<your-domain>", ""),
                ("a*.com", ""),
            ],
        ),
        (TlsHost, &[("*", ""), ("https://*.example.com", "*.example.com")]),
        (
            LabelKey,
            &[
                ("", ""),
                ("/app", "app"),
                ("a/", ""),
                ("a/b/c", ""),
                ("Example.com/a", "example.com/a"),
                ("app name", "app-name"),
            ],
        ),
        (AnnotationKey, &[("a b", "a-b"), ("Example_com/a", "example-com/a"), ("a/b/c", "")]),
        (
            LabelValue,
            &[("a/b:1.0", "a-b-1.0"), ("-a", "a"), ("a b", "a-b"), ("ā", ""), (&long, &long[..63])],
        ),
        (
            DomainPrefixedPath,
            &[("", ""), ("a", ""), ("a/", ""), ("/a", ""), ("A/b", ""), ("a/b c", "")],
        ),
        (
            ContainerResourceName,
            &[
                ("mem", "memory"),
                ("Memory", "memory"),
                ("CPU", "cpu"),
                ("ephemeral_storage", "ephemeral-storage"),
                ("storage", ""),
                ("requests.nvidia.com/gpu", "nvidia.com/gpu"),
                ("", ""),
            ],
        ),
        (
            PortName,
            &[
                ("8080", ""),
                ("HTTP", "http"),
                ("my_port", "my-port"),
                ("a--b", "a-b"),
                ("prometheus-metrics", "prometheus-metr"),
                ("", ""),
            ],
        ),
        (EnvName, &[("", ""), ("KEY=value", "KEY"), ("=", ""), ("é", ""), ("a\tb", "")]),
        (CIdentifier, &[("", ""), ("a-b.c", "a_b_c"), ("1a", "")]),
        (
            DataKey,
            &[("", ""), (".", ""), ("..", ""), ("..a", "a"), ("a/b", "a-b"), (&long, &long[..253])],
        ),
        (HttpHeaderName, &[("", ""), ("X_Foo", "X-Foo"), ("Host:", "Host"), ("é", "")]),
        (PathSegmentName, &[(".", ""), ("..", ""), ("a/b", "a-b"), ("a%b", "")]),
        (PathSegmentPrefix, &[("a/b", "a-b"), ("%", "")]),
        (Sysctl, &[("", ""), ("Net.x", "net.x"), ("a..b", ""), (&long, "")]),
        (
            Ip,
            &[
                ("", ""),
                ("10.0.0", ""),
                ("010.0.0.01", "10.0.0.1"),
                ("::ffff:1.2.3.4", "1.2.3.4"),
                ("fe80::1%eth0", ""),
                ("10.0.0.1/8", ""),
            ],
        ),
        (
            Cidr,
            &[
                ("", ""),
                ("10.0.0.1", "10.0.0.1/32"),
                ("10.1.2.3/8", "10.0.0.0/8"),
                ("010.0.0.0/8", "10.0.0.0/8"),
                ("10.0.0.0/08", "10.0.0.0/8"),
                ("10.0.0.0/33", ""),
                ("10.0.0.0/+8", ""),
                ("10.0.0.0/", ""),
                ("2001:db8::1/64", "2001:db8::/64"),
                ("::1", "::1/128"),
            ],
        ),
        (
            Percent,
            &[("", ""), ("25", "25%"), ("25 %", "25%"), ("-1%", ""), ("1.5%", ""), ("%", "")],
        ),
        (
            DecimalInteger,
            &[
                ("", ""),
                ("007", "7"),
                ("+5", "5"),
                ("-0", "0"),
                ("-010", "-10"),
                ("1e3", ""),
                ("0x1", ""),
            ],
        ),
        (RelativePath, &[("/a", "a"), ("a/../b", ""), ("..", "")]),
        (ProjectedPath, &[("/a", "a"), ("..a", "a"), ("../a", "")]),
        (PathWithoutBacksteps, &[("/a/..", ""), ("..", "")]),
        (AbsolutePath, &[("", "/"), ("a", "/a"), ("./a", "/a")]),
        (
            IngressPath,
            &[
                ("api", "/api"),
                ("/a//b", "/a/b"),
                ("/a/./b", ""),
                ("/%2Fa", ""),
                ("/a/..", ""),
                ("/.", ""),
            ],
        ),
        (
            ImageReference,
            &[
                ("", ""),
                (" nginx", "nginx"),
                ("ngi nx", ""),
                ("https://ghcr.io/a/b", "ghcr.io/a/b"),
                ("ghcr.io/Team/Api:V1", "ghcr.io/team/api:V1"),
                ("Team/api", "team/api"),
                ("nginx:", "nginx"),
                ("nginx:a:b", ""),
                ("nginx:-a", ""),
                ("nginx:é", ""),
                ("a..b", ""),
                ("a/", "a"),
                ("a//b", "a/b"),
                ("_a", ""),
                ("a___b", ""),
                ("a@sha256:12", ""),
                ("a@md5:12", ""),
                ("a@", ""),
                ("-x.com/a", ""),
                ("x.com:http/a", ""),
                ("x.com:/a", ""),
                ("{{ image }}", ""),
                ("$(IMAGE)", ""),
                (&DIGEST[7..], ""),
                (&long, ""),
            ],
        ),
        (
            CronSchedule,
            &[
                ("", ""),
                ("* * * *", ""),
                ("0 */5 * * * *", "*/5 * * * *"),
                ("TZ=UTC 0 0 * * *", "0 0 * * *"),
                ("CRON_TZ=UTC 0 0 * * *", "0 0 * * *"),
                ("@Daily", "@daily"),
                ("@reboot", ""),
                ("@every 5", "@every 5s"),
                ("0 0 * * 7", "0 0 * * 0"),
                ("60 * * * *", ""),
                ("* 24 * * *", ""),
                ("* * 0 * *", ""),
                ("* * * 13 *", ""),
                ("* * * mai *", ""),
                ("5-1 * * * *", ""),
                ("1-2-3 * * * *", ""),
                ("1/2/3 * * * *", ""),
                ("*/0 * * * *", ""),
                ("*/-1 * * * *", ""),
                ("*/ * * * *", ""),
                ("1- * * * *", ""),
                ("99999999999 * * * *", ""),
            ],
        ),
        (
            TimeZone,
            &[
                ("", ""),
                ("Local", ""),
                ("LOCAL", ""),
                ("broken", ""),
                (" Europe/Rome", "Europe/Rome"),
                ("America/New York", "America/New_York"),
                ("europe/rome", "Europe/Rome"),
                ("Europe/Rom", "Europe/Rome"),
                ("CEST", "CET"),
                ("Europe/InvalidRome", ""),
            ],
        ),
        (
            GoDuration,
            &[
                ("", ""),
                ("30", "30s"),
                ("1d", "24h"),
                ("1 h", "1h"),
                ("5min", "5m"),
                ("h", ""),
                ("1.2.3s", ""),
                ("-", ""),
                ("9999999h", ""),
            ],
        ),
        (
            VaultDuration,
            &[
                ("", ""),
                ("30", "30s"),
                ("1h30m", "90m"),
                ("5d", "120h"),
                ("100ms", ""),
                ("-1s", ""),
                ("1.h", "1h"),
                (".5h", "30m"),
                ("1 h", "1h"),
            ],
        ),
        (VaultGlobalRefName, &[("", ""), ("A_b", "a-b"), ("a/b", "a-b")]),
        (VaultGlobalRefNamespace, &[("", ""), ("a.b", "a-b"), (&long, &long[..63])]),
        (AttributeName, &[("", ""), ("a-b", ""), ("/a", ""), ("a.b/", ""), (&long[..33], "")]),
        (FullAttributeName, &[("numa", ""), ("a/b/c", "")]),
        (ExtendedResource, &[("cpu", ""), ("gpu", ""), ("kubernetes.io/gpu", "")]),
        (PoolName, &[("", ""), ("a/", ""), ("A", ""), (&long, "")]),
        (SignerName, &[("", ""), ("a/b", ""), ("a.b", ""), ("a.b/C", ""), ("a.b/c/d", "")]),
        (
            SemanticVersion,
            &[("", ""), ("v1.2.3", "1.2.3"), ("1.2", ""), ("1.02.3", ""), ("1.2.3-01", "")],
        ),
        (
            Time,
            &[
                ("", ""),
                ("2026-01-31", "2026-01-31T00:00:00Z"),
                ("2026-01-31 12:00:00", "2026-01-31T12:00:00Z"),
                ("2026-02-29T12:00:00Z", ""),
                ("2026-13-01T12:00:00Z", ""),
                ("2026-01-31T24:00:00Z", ""),
                ("2026-01-31T12:00:00.Z", ""),
                ("2026-01-31T12:00:00+2:00", ""),
            ],
        ),
        (
            Base64,
            &[
                ("YQ", ""),
                ("YWI", ""),
                ("YQ===", ""),
                ("a", ""),
                ("a b", ""),
                ("YQ=a", ""),
                ("hello!", ""),
                ("a-_b", ""),
            ],
        ),
    ];
    for (format, texts) in cases {
        for (text, fixed) in texts {
            let violation = format.check(text).expect_err(text);
            assert_eq!(violation.fixed.as_deref().unwrap_or(""), *fixed, "{format:?} {text:?}");
            check_message(&violation.message);
        }
    }
    assert!(ALL.iter().all(|format| cases.iter().any(|(with_cases, _)| with_cases == format)));
}

/// Messages are of one line, start in lower case or with the text itself, and have no final period.
fn check_message(message: &str) {
    assert!(!message.starts_with(|c: char| c.is_uppercase()), "{message}");
    assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
    assert_eq!(message.matches('`').count() % 2, 0, "{message}");
}

#[test]
fn messages_name_the_place() {
    let message = |format: Format, text| format.check(text).unwrap_err().message;
    assert_eq!(
        message(DnsLabel, "Api_Env"),
        "`Api_Env` has `A` at position 1, and a DNS label has only lower-case letters, digits and `-`"
    );
    assert_eq!(
        message(DnsLabel, "é a"),
        "`é a` has `é` at position 1, and a DNS label has only lower-case letters, digits and `-`"
    );
    assert_eq!(
        message(DnsLabel, "a-"),
        "`a-` ends with `-`, and a DNS label ends with a letter or digit"
    );
    assert_eq!(
        message(CronSchedule, "60 * * * *"),
        "`60 * * * *` has `60`, which isn't from 0 to 59, in its minute"
    );
    assert_eq!(
        message(ImageReference, "ghcr.io/Team/api"),
        "`ghcr.io/Team/api` has `T` in its repository, which has only lower-case letters, digits, `.`, `_`, `-` and `/`"
    );
    assert_eq!(
        message(Host, "10.0.0.1"),
        "`10.0.0.1` is an IP address, and a host must be a DNS name"
    );
}

#[test]
fn a_secret_is_not_repeated() {
    for text in ["hunter2!", "hunter2", " hunter2a"] {
        let violation = Base64.check(text).unwrap_err();
        assert!(!format!("{violation:?}").contains("hunter2"), "{violation:?}");
    }
}

#[test]
fn only_length_is_too_long() {
    let violation = DnsLabel.check(&"a".repeat(64)).unwrap_err();
    assert!(violation.too_long && violation.message.contains("has 64 characters"), "{violation:?}");
    assert!(!DnsLabel.check(&"A".repeat(64)).unwrap_err().too_long);
}

#[test]
fn an_image_comes_apart() {
    let text = format!("localhost:5000/team/api:1.4@{DIGEST}");
    let image = super::image::parse(&text).unwrap();
    assert_eq!(
        (image.registry, image.repository, image.tag, image.digest),
        (Some("localhost:5000"), "team/api", Some("1.4"), Some(DIGEST))
    );
    let image = super::image::parse("minio/mc").unwrap();
    assert_eq!(
        (image.registry, image.repository, image.tag, image.digest),
        (None, "minio/mc", None, None)
    );
}

#[test]
fn durations_have_a_length() {
    use super::duration::parse;
    assert_eq!(parse("1h30m"), Ok(5_400_000_000_000));
    assert_eq!(parse("-1.5s"), Ok(-1_500_000_000));
    assert_eq!(parse("1us"), Ok(1_000));
}

#[test]
fn descriptions_begin_with_an_article_or_a_number() {
    for format in ALL {
        let text = format.describe();
        assert!(
            ["a ", "an ", "the ", "1 ", "base64 "].iter().any(|start| text.starts_with(start)),
            "{text}"
        );
        assert!(!text.ends_with('.'), "{text}");
    }
}

/// No text makes a format, a quantity or a suggestion panic, and every repair passes.
#[test]
fn random_texts_never_panic() {
    let alphabet: Vec<char> = "aZ09-_./:@%*=+, \n\t`é漢\u{0}🦀@eEikKmMGhs[]TZ~".chars().collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    for _ in 0..1_500 {
        let length = random(12);
        let text: String = (0..length).map(|_| alphabet[random(alphabet.len())]).collect();
        for format in ALL {
            let Err(violation) = format.check(&text) else { continue };
            check_line(&violation.message);
            if let Some(fixed) = violation.fixed {
                assert_eq!(format.check(&fixed), Ok(()), "{format:?} {text:?}");
            }
        }
        if let Err(violation) = crate::quantity::Quantity::parse(&text) {
            check_line(&violation.message);
            if let Some(fixed) = violation.fixed {
                assert!(crate::quantity::Quantity::parse(&fixed).is_ok(), "{text:?} -> {fixed:?}");
            }
        }
        crate::suggest::suggest(&text, ["a-z", "", "api", "env_from"]);
    }
}

fn check_line(message: &str) {
    assert!(!message.chars().any(char::is_control), "{message:?}");
}
