//! Server names.

use std::net::Ipv6Addr;

use super::InvalidReason;

const MAX_HOST_BYTES: usize = 255;

identifier! {
    /// A [server name](https://spec.matrix.org/latest/appendices/#server-name): a host with an optional port.
    ///
    /// The host is a DNS name, an IPv4 address, or an IPv6 address in brackets. A DNS name has 1 to 255 of the characters
    /// `A-Z`, `a-z`, `0-9`, `-` and `.`. The port is a number from 0 to 65535 with one to five digits.
    ///
    /// A host with the form of an IPv4 address has to be an IPv4 address, so `1.2.3.256` is invalid. Server names are
    /// case-sensitive.
    ///
    /// ```
    /// use matrix_events::ServerName;
    ///
    /// let server = ServerName::parse("[2001:db8::1]:8448")?;
    /// assert_eq!(server.host(), "[2001:db8::1]");
    /// assert_eq!(server.port(), Some(8448));
    /// assert!(server.is_ip_literal());
    ///
    /// assert!(ServerName::parse("matrix.org").is_ok());
    /// assert!(ServerName::parse("https://matrix.org").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    ServerName, check
}

fn check(text: &str) -> Result<(), InvalidReason> {
    check_part(text, 0)
}

/// Validates a server name that is part of a larger text. `start` is the offset of the server name in this text.
pub(super) fn check_part(server: &str, start: usize) -> Result<(), InvalidReason> {
    let (host, rest) = split(server);
    check_host(host, start)?;
    match rest.chars().next() {
        None => Ok(()),
        Some(':') if port_of(rest).is_some() => Ok(()),
        Some(':') => Err(InvalidReason::InvalidPort),
        Some(character) => Err(InvalidReason::ForbiddenCharacter { character, at: start + host.len() }),
    }
}

/// Splits a server name into the host and the rest.
fn split(server: &str) -> (&str, &str) {
    let end = if server.starts_with('[') { server.find(']').map(|at| at + 1) } else { server.find(':') };
    server.split_at(end.unwrap_or(server.len()))
}

fn check_host(host: &str, start: usize) -> Result<(), InvalidReason> {
    if host.is_empty() {
        return Err(InvalidReason::MissingServerName);
    }
    if host.starts_with('[') {
        return if is_ipv6_literal(host) { Ok(()) } else { Err(InvalidReason::InvalidIpv6Address) };
    }
    if host.len() > MAX_HOST_BYTES {
        return Err(InvalidReason::HostTooLong { bytes: host.len(), max: MAX_HOST_BYTES });
    }
    let forbidden = host.char_indices().find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.')));
    if let Some((at, character)) = forbidden {
        return Err(InvalidReason::ForbiddenCharacter { character, at: start + at });
    }
    if is_dotted_quad(host) && !is_ipv4_literal(host) {
        return Err(InvalidReason::InvalidIpv4Address);
    }
    Ok(())
}

fn is_ipv6_literal(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    address.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

fn is_dotted_quad(host: &str) -> bool {
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    host.split('.').count() == 4 && host.split('.').all(is_number)
}

/// Returns `true` for an IPv4 address. The parser of `std` rejects leading zeros, which the grammar allows.
fn is_ipv4_literal(host: &str) -> bool {
    is_dotted_quad(host) && host.split('.').all(|part| part.parse::<u8>().is_ok())
}

/// Parses a port such as `:8448`.
fn port_of(rest: &str) -> Option<u16> {
    let digits = rest.strip_prefix(':')?;
    // `parse` accepts a sign and any number of zeros.
    let is_port = digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_port)
}

impl ServerName {
    /// Returns the part before the port, including the brackets of an IPv6 address.
    #[must_use]
    pub fn host(&self) -> &str {
        split(self.as_str()).0
    }

    /// Returns the port. Returns `None` if there is no port, or the port is invalid.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        port_of(split(self.as_str()).1)
    }

    /// Returns `true` if the host is an IPv4 address, or an IPv6 address in brackets.
    #[must_use]
    pub fn is_ip_literal(&self) -> bool {
        is_ipv4_literal(self.host()) || is_ipv6_literal(self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> InvalidReason {
        ServerName::parse(text).unwrap_err().reason
    }

    #[test]
    fn host_names_are_valid() {
        for text in [
            "matrix.org",
            "matrix.org:8888",
            "localhost",
            "MATRIX.org",
            "xn--bcher-kva.example",
            "a",
            "1",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.4567",
            "-a-..b.",
        ] {
            let server = ServerName::parse(text).unwrap();
            assert!(!server.is_ip_literal(), "{text}");
        }
        assert!(ServerName::new("a".repeat(255)).is_valid());
        assert!(ServerName::new(format!("{}:12345", "a".repeat(255))).is_valid());
    }

    #[test]
    fn ip_addresses_are_valid_literals() {
        for text in [
            "1.2.3.4",
            "1.2.3.4:1234",
            "255.255.255.255",
            "01.002.3.04",
            "[1234:5678::abcd]",
            "[1234:5678::abcd]:5678",
            "[::]",
            "[::ffff:192.0.2.1]",
            "[ABCD:EF01:2345:6789:abcd:ef01:2345:6789]",
        ] {
            let server = ServerName::parse(text).unwrap();
            assert!(server.is_ip_literal(), "{text}");
        }
    }

    #[test]
    fn malformed_host_names_are_errors() {
        assert_eq!(reason(""), InvalidReason::MissingServerName);
        assert_eq!(reason(":8448"), InvalidReason::MissingServerName);
        assert_eq!(reason("exam_ple.org"), InvalidReason::ForbiddenCharacter { character: '_', at: 4 });
        assert_eq!(reason("bücher.example"), InvalidReason::ForbiddenCharacter { character: 'ü', at: 1 });
        assert_eq!(reason("example.org/"), InvalidReason::ForbiddenCharacter { character: '/', at: 11 });
        assert_eq!(reason("example.org\n"), InvalidReason::ForbiddenCharacter { character: '\n', at: 11 });
        assert_eq!(reason(&"a".repeat(256)), InvalidReason::HostTooLong { bytes: 256, max: 255 });
    }

    #[test]
    fn malformed_ip_addresses_are_errors() {
        for text in ["1.2.3.256", "999.0.0.1:80"] {
            assert_eq!(reason(text), InvalidReason::InvalidIpv4Address, "{text}");
        }
        for text in ["[", "[]", "[::1", "[:::1]", "[1.2.3.4]", "[fe80::1%eth0]", "[::1 ]", "[g::1]", "[[::1]]"] {
            assert_eq!(reason(text), InvalidReason::InvalidIpv6Address, "{text}");
        }
        assert_eq!(reason("[::1]8448"), InvalidReason::ForbiddenCharacter { character: '8', at: 5 });
        assert_eq!(reason("::1"), InvalidReason::MissingServerName);
        assert_eq!(reason("2001:db8::1"), InvalidReason::InvalidPort);
    }

    #[test]
    fn port_is_parsed_up_to_65535() {
        for (text, port) in [("a:0", 0), ("a:00443", 443), ("a:65535", 65535), ("[::1]:1", 1)] {
            assert_eq!(ServerName::parse(text).unwrap().port(), Some(port), "{text}");
        }
        for text in ["a:", "a:65536", "a:000443", "a:+80", "a:-1", "a:80:80", "a: 80", "a:８０", "[::1]:"] {
            assert_eq!(reason(text), InvalidReason::InvalidPort, "{text}");
            assert_eq!(ServerName::new(text).port(), None, "{text}");
        }
    }

    #[test]
    fn host_is_the_text_before_the_port() {
        for (text, host) in [
            ("matrix.org", "matrix.org"),
            ("matrix.org:8448", "matrix.org"),
            ("[::1]:8448", "[::1]"),
            ("[::1", "[::1"),
            ("a:b:c", "a"),
            (":1", ""),
            ("", ""),
        ] {
            assert_eq!(ServerName::new(text).host(), host, "{text}");
        }
    }
}
