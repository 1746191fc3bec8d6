//! Server names.

use super::bytes::{find, first_character, Characters};
use super::{ip, InvalidReason};

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

const fn check(text: &str) -> Result<(), InvalidReason> {
    check_part(text.as_bytes(), 0)
}

/// Validates a server name that is part of a larger text. `start` is the offset of the server name in this text.
pub(super) const fn check_part(server: &[u8], start: usize) -> Result<(), InvalidReason> {
    let (host, rest) = server.split_at(host_length(server));
    if let Err(reason) = check_host(host, start) {
        return Err(reason);
    }
    match rest {
        [] => Ok(()),
        [b':', ..] if port_of(rest).is_some() => Ok(()),
        [b':', ..] => Err(InvalidReason::InvalidPort),
        _ => Err(InvalidReason::ForbiddenCharacter { character: first_character(rest), at: start + host.len() }),
    }
}

/// Returns the length of the host of a server name.
const fn host_length(server: &[u8]) -> usize {
    let length = match server {
        [b'[', ..] => match find(server, b']') {
            Some(at) => Some(at + 1),
            None => None,
        },
        _ => find(server, b':'),
    };
    match length {
        Some(length) => length,
        None => server.len(),
    }
}

const fn check_host(host: &[u8], start: usize) -> Result<(), InvalidReason> {
    match host {
        [] => Err(InvalidReason::MissingServerName),
        [b'[', ..] if is_ipv6_literal(host) => Ok(()),
        [b'[', ..] => Err(InvalidReason::InvalidIpv6Address),
        _ if host.len() > MAX_HOST_BYTES => Err(InvalidReason::HostTooLong { bytes: host.len(), max: MAX_HOST_BYTES }),
        _ if matches!(ip::dotted_quad(host), Some(false)) => Err(InvalidReason::InvalidIpv4Address),
        _ => Characters::Dns.check(host, start),
    }
}

const fn is_ipv6_literal(host: &[u8]) -> bool {
    match host {
        [b'[', address @ .., b']'] => ip::is_ipv6(address),
        _ => false,
    }
}

/// Parses a port such as `:8448`.
const fn port_of(rest: &[u8]) -> Option<u16> {
    let [b':', digits @ ..] = rest else { return None };
    if digits.is_empty() || digits.len() > 5 {
        return None;
    }
    let (mut digits, mut port) = (digits, 0_u32);
    while let [digit @ b'0'..=b'9', after @ ..] = digits {
        (digits, port) = (after, port * 10 + (*digit - b'0') as u32);
    }
    match digits {
        [] if port <= u16::MAX as u32 => Some(port as u16),
        _ => None,
    }
}

impl ServerName {
    /// Returns the part before the port, including the brackets of an IPv6 address.
    #[must_use]
    pub fn host(&self) -> &str {
        self.split().0
    }

    /// Returns the port. Returns `None` if there is no port, or the port is invalid.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        port_of(self.split().1.as_bytes())
    }

    /// Returns `true` if the host is an IPv4 address, or an IPv6 address in brackets.
    #[must_use]
    pub fn is_ip_literal(&self) -> bool {
        let host = self.host().as_bytes();
        ip::dotted_quad(host) == Some(true) || is_ipv6_literal(host)
    }

    /// Returns the host and the rest.
    fn split(&self) -> (&str, &str) {
        let server = self.as_str();
        server.split_at(host_length(server.as_bytes()))
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
