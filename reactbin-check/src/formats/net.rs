//! IP addresses and CIDR blocks, as strictly as a 1.36 server takes them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Verdict, Violation, quoted};

pub(super) fn check_ip(text: &str) -> Verdict {
    address(text, "must be a valid IP address, such as `10.9.8.7` or `2001:db8::ffff`").map(|_| ())
}

/// An address; `otherwise` is said of a text that isn't one.
fn address(text: &str, otherwise: &str) -> Result<IpAddr, Violation> {
    match text.parse() {
        Ok(IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            None => Ok(IpAddr::V6(v6)),
            Some(v4) => Err(Violation::new(format!(
                "{} must not be an IPv4-mapped IPv6 address",
                quoted(text)
            ))
            .fix(v4.to_string())),
        },
        Ok(v4) => Ok(v4),
        Err(_) => match without_leading_zeros(text) {
            Some(v4) => {
                Err(Violation::new(format!("{} must not have leading zeros", quoted(text)))
                    .fix(v4.to_string()))
            }
            None => Err(Violation::new(format!("{} {otherwise}", quoted(text)))),
        },
    }
}

fn without_leading_zeros(text: &str) -> Option<Ipv4Addr> {
    let parts: Vec<&str> = text
        .split('.')
        .map(|part| match part.trim_start_matches('0') {
            "" if !part.is_empty() => "0",
            rest => rest,
        })
        .collect();
    parts.join(".").parse().ok()
}

pub(super) fn check_canonical_cidr(text: &str) -> Verdict {
    check_cidr(text)?;
    let canonical = text.split_once('/').and_then(|(ip, length)| {
        let ip = ip.parse::<IpAddr>().ok()?;
        Some(format!("{ip}/{length}"))
    });
    match canonical {
        Some(canonical) if canonical != text => {
            let message = format!("{} must be in canonical form", quoted(text));
            Err(Violation::new(message).fix(canonical))
        }
        _ => Ok(()),
    }
}

pub(super) fn check_cidr(text: &str) -> Verdict {
    const OTHERWISE: &str = "must be a valid CIDR value, such as `10.9.8.0/24` or `2001:db8::/64`";
    let Some((ip, length)) = text.split_once('/') else {
        let whole = match text.parse() {
            Ok(IpAddr::V4(_)) => Some(format!("{text}/32")),
            Ok(IpAddr::V6(_)) => Some(format!("{text}/128")),
            Err(_) => None,
        };
        return Err(Violation::new(format!("{} {OTHERWISE}", quoted(text))).fix(whole));
    };
    let ip = address(ip, OTHERWISE).map_err(|violation| {
        let fixed = violation.fixed.as_ref().map(|ip| format!("{ip}/{length}"));
        violation.fix(fixed)
    })?;
    let most: u32 = if ip.is_ipv4() { 32 } else { 128 };
    let bits = length
        .parse::<u32>()
        .ok()
        .filter(|&n| n <= most && length.bytes().all(|b| b.is_ascii_digit()));
    let Some(bits) = bits else {
        return Err(Violation::new(format!(
            "{} must have a prefix length of 0 to {most} after its `/`",
            quoted(text)
        )));
    };
    if length.len() > 1 && length.starts_with('0') {
        return Err(Violation::new(format!(
            "{} must not have leading zeros in its prefix length",
            quoted(text)
        ))
        .fix(format!("{ip}/{bits}")));
    }
    let network = masked(ip, bits);
    if network == ip {
        return Ok(());
    }
    Err(Violation::new(format!("{} must not have bits set beyond the prefix length", quoted(text)))
        .fix(format!("{network}/{bits}")))
}

fn masked(ip: IpAddr, bits: u32) -> IpAddr {
    match ip {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() & mask))
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & mask))
        }
    }
}
