//! Tokens and keys that are known by their form: a prefix, an alphabet, a length. Must not know
//! any name.
//!
//! The forms are those that the issuers chose so that scanners find them. What has none of its own
//! (Datadog's keys, say, are plain hexadecimal digits) is found by its name only.

use super::runs::{Symbols, runs, symbols};
use super::{Secret, base64, random};

/// What one issuer's tokens look like.
struct Issuer {
    name: &'static str,
    /// What they are, with the article.
    what: &'static str,
    forms: &'static [Form],
}

/// A prefix, the characters behind it, and how many of them there are at least and at most.
type Form = (&'static str, Alphabet, usize, usize);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    /// Letters and digits.
    Alnum,
    /// Capitals and digits.
    Upper,
    /// Capitals and the digits from 2 to 7.
    Base32,
    /// Hexadecimal digits.
    Hex,
    /// Letters, digits, `-` and `_`.
    Url,
    /// Letters, digits, `-`, `_` and `.`.
    Dotted,
    /// Letters, digits, `-` and `_`, looking random: for a prefix that words have too.
    Random,
}

use Alphabet::{Alnum, Base32, Dotted, Hex, Random, Upper, Url};

const ANY: usize = usize::MAX;

#[rustfmt::skip]
const ISSUERS: &[Issuer] = &[
    Issuer { name: "Adafruit", what: "an Adafruit IO key", forms: &[("aio_", Alnum, 28, 28)] },
    Issuer { name: "age", what: "an age secret key", forms: &[("AGE-SECRET-KEY-1", Upper, 58, 58)] },
    Issuer { name: "Alibaba", what: "an Alibaba Cloud access key id", forms: &[("LTAI", Random, 16, 26)] },
    Issuer { name: "Anthropic", what: "an Anthropic API key", forms: &[("sk-ant-", Url, 32, ANY)] },
    Issuer { name: "Atlassian", what: "an Atlassian token", forms: &[
        ("ATATT3", Url, 60, ANY), ("ATCTT3", Url, 60, ANY), ("ATBB", Alnum, 28, 40),
    ] },
    Issuer { name: "AWS", what: "an AWS access key id", forms: &[
        ("AKIA", Upper, 16, 16), ("ASIA", Upper, 16, 16), ("ABIA", Upper, 16, 16), ("ACCA", Upper, 16, 16),
    ] },
    Issuer { name: "Buildkite", what: "a Buildkite token", forms: &[("bkua_", Hex, 40, 40)] },
    Issuer { name: "CircleCI", what: "a CircleCI token", forms: &[("CCIPAT_", Url, 40, ANY)] },
    Issuer { name: "Clojars", what: "a Clojars token", forms: &[("CLOJARS_", Hex, 60, 60)] },
    Issuer { name: "Contentful", what: "a Contentful token", forms: &[("CFPAT-", Url, 43, 43)] },
    Issuer { name: "crates.io", what: "a crates.io token", forms: &[("cio", Random, 32, 32)] },
    Issuer { name: "Databricks", what: "a Databricks token", forms: &[("dapi", Hex, 32, 32)] },
    Issuer { name: "DeepSeek", what: "a DeepSeek API key", forms: &[("sk-", Hex, 32, 32)] },
    Issuer { name: "DigitalOcean", what: "a DigitalOcean token", forms: &[
        ("dop_v1_", Hex, 64, 64), ("doo_v1_", Hex, 64, 64), ("dor_v1_", Hex, 64, 64),
    ] },
    Issuer { name: "Docker", what: "a Docker Hub token", forms: &[
        ("dckr_pat_", Url, 27, ANY), ("dckr_oat_", Url, 27, ANY),
    ] },
    Issuer { name: "Doppler", what: "a Doppler token", forms: &[
        ("dp.pt.", Alnum, 40, 44), ("dp.ct.", Alnum, 40, 44), ("dp.sa.", Alnum, 40, 44), ("dp.st.", Dotted, 40, 80),
    ] },
    Issuer { name: "Dynatrace", what: "a Dynatrace token", forms: &[("dt0c01.", Dotted, 80, 96)] },
    Issuer { name: "Figma", what: "a Figma token", forms: &[("figd_", Url, 40, ANY)] },
    Issuer { name: "Fly.io", what: "a Fly.io token", forms: &[("fo1_", Url, 43, 43), ("fm2_", Url, 100, ANY)] },
    Issuer { name: "GitHub", what: "a GitHub token", forms: &[
        ("ghp_", Alnum, 36, 255), ("gho_", Alnum, 36, 255), ("ghu_", Alnum, 36, 255),
        ("ghs_", Alnum, 36, 255), ("ghr_", Alnum, 36, 255), ("github_pat_", Url, 82, 255),
    ] },
    Issuer { name: "GitLab", what: "a GitLab token", forms: &[
        ("glpat-", Url, 20, 300), ("gldt-", Url, 20, 300), ("glrt-", Url, 20, 300), ("glptt-", Url, 40, 300),
        ("glcbt-", Url, 20, 300), ("glft-", Url, 20, 300), ("glimt-", Url, 20, 300), ("glsoat-", Url, 20, 300),
        ("glagent-", Url, 50, 300), ("gloas-", Url, 64, 64), ("GR1348941", Url, 20, 20),
    ] },
    Issuer { name: "Google", what: "a Google API key", forms: &[("AIza", Url, 35, 35)] },
    Issuer { name: "Google", what: "a Google OAuth client secret", forms: &[("GOCSPX-", Url, 28, 28)] },
    Issuer { name: "Google", what: "a Google OAuth access token", forms: &[("ya29.", Dotted, 60, ANY)] },
    Issuer { name: "Grafana", what: "a Grafana token", forms: &[
        ("glsa_", Url, 41, 41), ("glc_eyJ", Url, 40, ANY), ("eyJrIjoi", Alnum, 60, 120),
    ] },
    Issuer { name: "Groq", what: "a Groq API key", forms: &[("gsk_", Alnum, 52, 52)] },
    Issuer { name: "HashiCorp", what: "a Vault token", forms: &[
        ("hvs.", Url, 24, ANY), ("hvb.", Url, 24, ANY), ("hvr.", Url, 24, ANY),
        ("s.", Random, 24, 24),
    ] },
    Issuer { name: "Heroku", what: "a Heroku API key", forms: &[("HRKU-", Url, 36, ANY)] },
    Issuer { name: "Hugging Face", what: "a Hugging Face token", forms: &[
        ("hf_", Alnum, 34, 40), ("api_org_", Alnum, 34, 34),
    ] },
    Issuer { name: "JFrog", what: "a JFrog API key", forms: &[("AKCp", Alnum, 60, ANY)] },
    Issuer { name: "LangSmith", what: "a LangSmith API key", forms: &[("lsv2_pt_", Url, 40, ANY), ("lsv2_sk_", Url, 40, ANY)] },
    Issuer { name: "Linear", what: "a Linear API key", forms: &[("lin_api_", Alnum, 40, 40)] },
    Issuer { name: "Mailgun", what: "a Mailgun API key", forms: &[("key-", Hex, 32, 32)] },
    Issuer { name: "NATS", what: "a NATS seed", forms: &[
        ("SA", Base32, 56, 56), ("SN", Base32, 56, 56), ("SO", Base32, 56, 56), ("SU", Base32, 56, 56),
    ] },
    Issuer { name: "New Relic", what: "a New Relic API key", forms: &[("NRAK-", Upper, 27, 27)] },
    Issuer { name: "Notion", what: "a Notion token", forms: &[("ntn_", Alnum, 40, 50), ("secret_", Alnum, 43, 43)] },
    Issuer { name: "npm", what: "an npm token", forms: &[("npm_", Alnum, 36, 36)] },
    Issuer { name: "NuGet", what: "a NuGet API key", forms: &[("oy2", Random, 43, 43)] },
    Issuer { name: "OpenAI", what: "an OpenAI API key", forms: &[
        ("sk-proj-", Url, 40, ANY), ("sk-svcacct-", Url, 40, ANY), ("sk-admin-", Url, 40, ANY),
        ("sk-", Alnum, 48, 48),
    ] },
    Issuer { name: "OpenRouter", what: "an OpenRouter API key", forms: &[("sk-or-v1-", Hex, 64, 64)] },
    Issuer { name: "Perplexity", what: "a Perplexity API key", forms: &[("pplx-", Alnum, 48, 56)] },
    Issuer { name: "PlanetScale", what: "a PlanetScale token", forms: &[
        ("pscale_tkn_", Dotted, 32, 64), ("pscale_pw_", Dotted, 32, 64), ("pscale_oauth_", Dotted, 32, 64),
    ] },
    Issuer { name: "Postman", what: "a Postman API key", forms: &[("PMAK-", Url, 59, 59)] },
    Issuer { name: "Pulumi", what: "a Pulumi token", forms: &[("pul-", Hex, 40, 40)] },
    Issuer { name: "PyPI", what: "a PyPI token", forms: &[("pypi-AgEI", Url, 50, ANY), ("pypi-AgEN", Url, 50, ANY)] },
    Issuer { name: "Replicate", what: "a Replicate token", forms: &[("r8_", Alnum, 37, 37)] },
    Issuer { name: "RubyGems", what: "a RubyGems API key", forms: &[("rubygems_", Hex, 48, 48)] },
    Issuer { name: "SendGrid", what: "a SendGrid API key", forms: &[("SG.", Dotted, 66, 66)] },
    Issuer { name: "Sentry", what: "a Sentry token", forms: &[("sntrys_", Alnum, 60, ANY), ("sntryu_", Hex, 64, 64)] },
    Issuer { name: "Shopify", what: "a Shopify token", forms: &[
        ("shpat_", Hex, 32, 32), ("shpca_", Hex, 32, 32), ("shppa_", Hex, 32, 32), ("shpss_", Hex, 32, 32),
    ] },
    Issuer { name: "Slack", what: "a Slack token", forms: &[
        ("xoxb-", Url, 20, ANY), ("xoxp-", Url, 20, ANY), ("xoxa-", Url, 20, ANY), ("xoxr-", Url, 20, ANY),
        ("xoxs-", Url, 20, ANY), ("xoxe-", Url, 20, ANY), ("xoxc-", Url, 20, ANY), ("xoxd-", Url, 20, ANY),
        ("xapp-1-", Url, 20, ANY), ("xoxe.xoxp-", Url, 20, ANY), ("xoxe.xoxb-", Url, 20, ANY),
    ] },
    Issuer { name: "Sourcegraph", what: "a Sourcegraph token", forms: &[("sgp_", Alnum, 40, 64)] },
    Issuer { name: "Square", what: "a Square token", forms: &[("sq0atp-", Url, 22, 22), ("sq0csp-", Url, 43, 43)] },
    Issuer { name: "Stripe", what: "a Stripe key", forms: &[
        ("sk_live_", Alnum, 16, 250), ("rk_live_", Alnum, 16, 250), ("sk_test_", Alnum, 16, 250),
        ("rk_test_", Alnum, 16, 250), ("whsec_", Alnum, 32, 64),
    ] },
    Issuer { name: "Supabase", what: "a Supabase token", forms: &[("sbp_", Hex, 40, 40), ("sb_secret_", Url, 30, 50)] },
    Issuer { name: "Tailscale", what: "a Tailscale key", forms: &[
        ("tskey-auth-", Url, 20, ANY), ("tskey-api-", Url, 20, ANY), ("tskey-client-", Url, 20, ANY),
    ] },
    Issuer { name: "Twilio", what: "a Twilio API key", forms: &[("SK", Hex, 32, 32)] },
    Issuer { name: "xAI", what: "an xAI API key", forms: &[("xai-", Alnum, 80, 80)] },
];

/// Tokens that are part of the address they are for: what is no secret yet, and how many
/// characters follow at least.
#[rustfmt::skip]
const ADDRESSES: &[(&str, usize, &str, &str)] = &[
    ("hooks.slack.com/services/", 40, "Slack", "a Slack webhook URL"),
    ("hooks.slack.com/workflows/", 40, "Slack", "a Slack webhook URL"),
    ("discord.com/api/webhooks/", 60, "Discord", "a Discord webhook URL"),
    ("discordapp.com/api/webhooks/", 60, "Discord", "a Discord webhook URL"),
    (".webhook.office.com/webhookb2/", 80, "Microsoft", "a Teams webhook URL"),
];

/// Azure's keys have no prefix but the name they go by in a connection string.
#[rustfmt::skip]
const AZURE: &[(&str, usize, &str)] = &[
    ("AccountKey=", 86, "an Azure storage account key"),
    ("SharedAccessKey=", 43, "an Azure shared access key"),
];

/// The characters of a token.
const SYMBOLS: Symbols = symbols(b"-_.");
/// The fewest characters of a token. Most words of a text have fewer and aren't looked at.
const SHORTEST: usize = 20;
/// How many different characters a token has at least: `xxxx…` only shows where one goes.
const DIFFERENT: u32 = 6;

/// The first token in `text`.
pub(super) fn find(text: &str) -> Option<Secret> {
    runs(text, &SYMBOLS, SHORTEST)
        .find_map(|(_, word)| in_word(word).or_else(|| in_word(unescaped(word)?)))
        .or_else(|| telegram(text))
        .or_else(|| azure(text))
        .or_else(|| addresses(text))
}

/// A word without the letter that a line break written as `\n` leaves before it.
fn unescaped(word: &str) -> Option<&str> {
    word.strip_prefix(['n', 't', 'r'])
}

fn in_word(word: &str) -> Option<Secret> {
    let word = word.trim_matches(['-', '.', '_']);
    let issuer = ISSUERS.iter().find(|issuer| issuer.forms.iter().any(|form| fits(*form, word)));
    issuer
        .map(|issuer| Secret::Token { issuer: issuer.name, what: issuer.what })
        .or_else(|| terraform(word))
}

fn fits((prefix, alphabet, least, most): Form, word: &str) -> bool {
    let Some(body) = word.strip_prefix(prefix) else { return false };
    let length = body.bytes().take_while(|&b| alphabet.has(b)).count();
    let (Some(token), Some(rest)) = (body.get(..length), body.get(length..)) else { return false };
    (least..=most).contains(&length)
        && !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        && is_varied(token)
        && (alphabet != Random || random::is_random(token))
}

impl Alphabet {
    fn has(self, b: u8) -> bool {
        match self {
            Alnum => b.is_ascii_alphanumeric(),
            Upper => b.is_ascii_uppercase() || b.is_ascii_digit(),
            Base32 => matches!(b, b'A'..=b'Z' | b'2'..=b'7'),
            Hex => b.is_ascii_hexdigit(),
            Url | Random => b.is_ascii_alphanumeric() || b == b'-' || b == b'_',
            Dotted => b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'),
        }
    }
}

fn is_varied(token: &str) -> bool {
    let seen = token.bytes().fold(0u128, |seen, b| seen | 1 << (b & 127));
    seen.count_ones() >= DIFFERENT
}

/// `<14 characters>.atlasv1.<60 and more>`.
fn terraform(word: &str) -> Option<Secret> {
    let (id, secret) = word.split_once(".atlasv1.")?;
    (id.len() == 14 && secret.len() >= 60 && is_varied(secret))
        .then_some(Secret::Token { issuer: "HashiCorp", what: "a Terraform Cloud token" })
}

/// `<8 to 10 digits>:AA<33 characters>`.
fn telegram(text: &str) -> Option<Secret> {
    text.match_indices(":AA").find_map(|(at, _)| {
        let before = text.as_bytes().get(..at)?;
        let digits = before.iter().rev().take(11).take_while(|b| b.is_ascii_digit()).count();
        let token = text.get(at + 1..)?;
        let length = token.bytes().take(36).take_while(|&b| Url.has(b)).count();
        ((8..=10).contains(&digits) && length == 35 && is_varied(token.get(..length)?))
            .then_some(Secret::Token { issuer: "Telegram", what: "a Telegram bot token" })
    })
}

fn azure(text: &str) -> Option<Secret> {
    AZURE.iter().find_map(|&(name, length, what)| {
        text.match_indices(name).find_map(|(at, _)| {
            let key = base64::start(text.get(at + name.len()..)?);
            (key.len() == length && is_varied(key))
                .then_some(Secret::Token { issuer: "Azure", what })
        })
    })
}

fn addresses(text: &str) -> Option<Secret> {
    ADDRESSES.iter().find_map(|&(address, least, issuer, what)| {
        text.match_indices(address).find_map(|(at, _)| {
            let rest = text.get(at + address.len()..)?;
            let length = rest.bytes().take_while(|&b| Url.has(b) || b"/@".contains(&b)).count();
            let secret = rest.get(..length)?.rsplit('/').next()?;
            (length >= least && is_varied(secret)).then_some(Secret::Token { issuer, what })
        })
    })
}
