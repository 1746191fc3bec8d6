//! Media URIs.

use super::bytes::{split_once, strip_prefix, Characters};
use super::{server_name, InvalidReason};

const SCHEME: &str = "mxc://";

identifier! {
    /// The URI of [content in the media repository](https://spec.matrix.org/latest/client-server-api/#matrix-content-mxc-uris):
    /// `mxc://server/media_id`.
    ///
    /// The server is a [`ServerName`](crate::ServerName). The media ID is one or more of `A-Z`, `a-z`, `0-9`, `_` and `-`.
    ///
    /// The accessors do not validate the URI. Call [`is_valid`](MxcUri::is_valid) or [`parse`](MxcUri::parse) before you use
    /// the parts in a path or a request, as the specification requires. Otherwise, a URI such as
    /// `mxc://127.0.0.1/../../../some_service/etc/passwd` gives access to other files.
    ///
    /// ```
    /// use matrix_events::MxcUri;
    ///
    /// let avatar = MxcUri::parse("mxc://example.org/SEsfnsuifSDFSSEF")?;
    /// assert_eq!(avatar.server_name(), Some("example.org"));
    /// assert_eq!(avatar.media_id(), Some("SEsfnsuifSDFSSEF"));
    ///
    /// assert!(MxcUri::parse("mxc://127.0.0.1/../etc/passwd").is_err());
    /// assert!(MxcUri::parse("https://example.org/SEsfnsuifSDFSSEF").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    MxcUri, check
}

const fn check(text: &str) -> Result<(), InvalidReason> {
    let text = text.as_bytes();
    let Some(rest) = strip_prefix(text, SCHEME.as_bytes()) else { return Err(InvalidReason::MissingScheme) };
    let (server, media_id) = match split_once(rest, b'/') {
        Some(parts) => parts,
        None => (rest, [].as_slice()),
    };
    if let Err(reason) = server_name::check_part(server, SCHEME.len()) {
        return Err(reason);
    }
    if media_id.is_empty() {
        return Err(InvalidReason::MissingMediaId);
    }
    Characters::UrlSafe.check(media_id, text.len() - media_id.len())
}

impl MxcUri {
    /// Returns the part between `mxc://` and the next `/`, or the end. Returns `None` if there is no such part.
    #[must_use]
    pub fn server_name(&self) -> Option<&str> {
        let server = self.as_str().strip_prefix(SCHEME)?.split('/').next()?;
        (!server.is_empty()).then_some(server)
    }

    /// Returns the part after the `/` that follows the server name, including any `/`. Returns `None` if there is no such part.
    #[must_use]
    pub fn media_id(&self) -> Option<&str> {
        let (_, media_id) = self.as_str().strip_prefix(SCHEME)?.split_once('/')?;
        (!media_id.is_empty()).then_some(media_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> InvalidReason {
        MxcUri::parse(text).unwrap_err().reason
    }

    #[test]
    fn well_formed_uris_are_valid() {
        for text in [
            "mxc://example.org/SEsfnsuifSDFSSEF",
            "mxc://example.org:8448/a-b_c",
            "mxc://[::1]:8448/0",
            "mxc://1.2.3.4/_",
        ] {
            assert_eq!(MxcUri::validate(text), Ok(()), "{text}");
        }
        assert!(MxcUri::new(format!("mxc://example.org/{}", "a".repeat(1000))).is_valid());
    }

    #[test]
    fn malformed_uris_are_errors() {
        for text in ["", "mxc:", "mxc:/example.org/a", "MXC://example.org/a", "http://example.org/a"] {
            assert_eq!(reason(text), InvalidReason::MissingScheme, "{text}");
        }
        for text in ["mxc://", "mxc:///a", "mxc://:80/a"] {
            assert_eq!(reason(text), InvalidReason::MissingServerName, "{text}");
        }
        for text in ["mxc://example.org", "mxc://example.org/"] {
            assert_eq!(reason(text), InvalidReason::MissingMediaId, "{text}");
        }
        assert_eq!(reason("mxc://example.org:/a"), InvalidReason::InvalidPort);
        assert_eq!(reason("mxc://[::1/a"), InvalidReason::InvalidIpv6Address);
        assert_eq!(reason("mxc://a b/c"), InvalidReason::ForbiddenCharacter { character: ' ', at: 7 });
        assert_eq!(reason("mxc://é/c"), InvalidReason::ForbiddenCharacter { character: 'é', at: 6 });
    }

    #[test]
    fn media_id_with_path_characters_is_an_error() {
        for (text, character, at) in [
            ("mxc://127.0.0.1/../../../some_service/etc/passwd", '.', 16),
            ("mxc://a/%2e%2e", '%', 8),
            ("mxc://a/b/c", '/', 9),
            ("mxc://a/b?c", '?', 9),
            ("mxc://a/b#c", '#', 9),
            ("mxc://a/bé", 'é', 9),
            ("mxc://a//", '/', 8),
        ] {
            assert_eq!(reason(text), InvalidReason::ForbiddenCharacter { character, at }, "{text}");
        }
    }

    #[test]
    fn server_name_and_media_id_are_the_parts() {
        for (text, server, media_id) in [
            ("mxc://a:1/b", Some("a:1"), Some("b")),
            ("mxc://a/b/c", Some("a"), Some("b/c")),
            ("mxc://a/", Some("a"), None),
            ("mxc://a", Some("a"), None),
            ("mxc:///b", None, Some("b")),
            ("mxc://", None, None),
            ("http://a/b", None, None),
        ] {
            let media = MxcUri::new(text);
            assert_eq!((media.server_name(), media.media_id()), (server, media_id), "{text}");
        }
    }
}
