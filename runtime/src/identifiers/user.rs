//! User IDs.

use super::bytes::Characters;
use super::{sigil, IdentifierKind, InvalidIdentifier, InvalidReason, ServerName};

const SIGIL: char = '@';

identifier! {
    /// A [user ID](https://spec.matrix.org/latest/appendices/#user-identifiers): `@localpart:server`, with up to 255 bytes.
    ///
    /// The server is a [`ServerName`](crate::ServerName). The localpart has any characters except for `:` and NUL, and can be
    /// empty. The specification requires clients and servers to accept
    /// such [historical user IDs](https://spec.matrix.org/latest/appendices/#historical-user-ids).
    ///
    /// The localpart of a new user has one or more of `a-z`, `0-9`, `.`, `_`, `=`, `-`, `/` and `+`. Call
    /// [`is_strict`](UserId::is_strict) to check this rule.
    ///
    /// ```
    /// use matrix_events::UserId;
    ///
    /// let alice = UserId::parse("@alice:example.org:8448")?;
    /// assert_eq!(alice.localpart(), Some("alice"));
    /// assert_eq!(alice.server_name(), Some("example.org:8448"));
    /// assert!(alice.is_strict());
    ///
    /// assert!(UserId::parse("@Alice Margatroid:example.org").is_ok());
    /// assert!(UserId::parse("@alice").is_err());
    /// assert!(!UserId::new("anything at all").is_valid());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    UserId, check
}

const fn check(text: &str) -> Result<(), InvalidReason> {
    sigil::check(text, SIGIL)
}

impl UserId {
    /// Parses a user ID, or the localpart of a user of a server, as in the `user` of a
    /// [login](https://spec.matrix.org/latest/client-server-api/#matrix-user-id).
    ///
    /// ```
    /// use matrix_events::{server_name, UserId};
    ///
    /// let server_name = server_name!("example.org");
    /// assert_eq!(UserId::parse_with_server_name("mira", &server_name)?, "@mira:example.org");
    /// assert_eq!(UserId::parse_with_server_name("@mira:example.com", &server_name)?, "@mira:example.com");
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the text starts with `@` and is not a user ID, or if the localpart and the server name do not form
    /// a user ID.
    #[inline]
    pub fn parse_with_server_name(
        id_or_localpart: impl AsRef<str>,
        server_name: &ServerName,
    ) -> Result<Self, InvalidIdentifier> {
        let text = id_or_localpart.as_ref();
        if text.starts_with(SIGIL) {
            return Self::parse(text);
        }
        // A localpart has no colon, because the server name starts after the first colon.
        if let Some(at) = text.find(':') {
            let reason = InvalidReason::ForbiddenCharacter { character: ':', at };
            return Err(InvalidIdentifier::new(IdentifierKind::UserId, reason));
        }
        Self::parse(&format!("{SIGIL}{text}:{}", server_name.as_str()))
    }

    /// Returns the part between the `@` and the first `:`, or the end. Returns `None` if there is no `@`.
    #[must_use]
    pub fn localpart(&self) -> Option<&str> {
        sigil::localpart(self.as_str(), SIGIL)
    }

    /// Returns the part after the first `:`. Returns `None` if there is no `@`, no `:`, or no such part.
    #[must_use]
    pub fn server_name(&self) -> Option<&str> {
        sigil::server_name(self.as_str(), SIGIL)
    }

    /// Returns `true` if the user ID is valid for a new user: valid, with a strict localpart.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        self.has_strict_localpart() && self.is_valid()
    }

    /// Returns `true` if the localpart has one or more of `a-z`, `0-9`, `.`, `_`, `=`, `-`, `/` and `+`, and no other character.
    #[must_use]
    pub fn has_strict_localpart(&self) -> bool {
        self.localpart().is_some_and(|localpart| {
            !localpart.is_empty() && localpart.bytes().all(|byte| Characters::Localpart.has(byte))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> InvalidReason {
        UserId::parse(text).unwrap_err().reason
    }

    #[test]
    fn lower_case_user_ids_are_strict() {
        for text in [
            "@alice:example.org",
            "@a.b_c=d-e/f+0:example.org",
            "@alice:example.org:8448",
            "@alice:[2001:db8::1]",
            "@alice:[2001:db8::1]:8448",
            "@alice:192.0.2.1",
        ] {
            assert!(UserId::parse(text).unwrap().is_strict(), "{text}");
        }
    }

    #[test]
    fn historical_user_ids_are_valid_and_not_strict() {
        for text in [
            "@Alice:example.org",
            "@al!ce:example.org",
            "@alice margatroid:example.org",
            "@アリス:example.org",
            "@a\u{1}\n:example.org",
            "@@:example.org",
            "@:example.org",
        ] {
            let user = UserId::parse(text).unwrap();
            assert!(!user.is_strict() && !user.has_strict_localpart(), "{text}");
        }
    }

    #[test]
    fn localpart_and_server_name_form_a_user_id() {
        let server_name = ServerName::new("example.org:8448");
        let parsed = |text: &str| UserId::parse_with_server_name(text, &server_name).map(UserId::into_string).ok();
        for (text, expected) in [
            ("alice", Some("@alice:example.org:8448")),
            ("Alice Margatroid", Some("@Alice Margatroid:example.org:8448")),
            ("@alice:other.example", Some("@alice:other.example")),
            ("@alice", None),
            ("alice:other.example", None),
            ("a\0b", None),
        ] {
            assert_eq!(parsed(text).as_deref(), expected, "{text:?}");
        }
        assert!(UserId::parse_with_server_name("alice", &ServerName::new("")).is_err());
        // The port would complete the server name `other.example`.
        assert!(UserId::parse_with_server_name("alice:other.example", &ServerName::new("8448")).is_err());
    }

    #[test]
    fn invalid_user_id_may_have_a_strict_localpart() {
        for text in ["@alice", "@alice:", "@alice:exam_ple.org"] {
            let user = UserId::new(text);
            assert!(user.has_strict_localpart() && !user.is_strict(), "{text}");
        }
    }

    #[test]
    fn malformed_user_ids_are_errors() {
        for text in ["", "alice:example.org", "!alice:example.org", " @alice:example.org"] {
            assert_eq!(reason(text), InvalidReason::MissingSigil('@'), "{text}");
        }
        assert_eq!(reason("@"), InvalidReason::MissingColon);
        assert_eq!(reason("@alice"), InvalidReason::MissingColon);
        assert_eq!(reason("@alice:"), InvalidReason::MissingServerName);
        assert_eq!(reason("@alice::8448"), InvalidReason::MissingServerName);
        assert_eq!(reason("@al\0ice:example.org"), InvalidReason::ForbiddenCharacter { character: '\0', at: 3 });
        assert_eq!(reason("@é:exam_ple.org"), InvalidReason::ForbiddenCharacter { character: '_', at: 8 });
        assert_eq!(reason("@alice:bob:example.org"), InvalidReason::InvalidPort);
        assert_eq!(reason("@alice:example.org "), InvalidReason::ForbiddenCharacter { character: ' ', at: 18 });
    }

    #[test]
    fn user_id_of_256_bytes_is_too_long() {
        let of_length = |bytes: usize| format!("@{}:a.b", "a".repeat(bytes - 5));
        assert!(UserId::new(of_length(255)).is_valid());
        assert_eq!(reason(&of_length(256)), InvalidReason::TooLong { bytes: 256, max: 255 });

        let accents = format!("@{}:a.b", "é".repeat(126));
        assert!(accents.chars().count() < 255);
        assert_eq!(reason(&accents), InvalidReason::TooLong { bytes: 257, max: 255 });
    }

    #[test]
    fn localpart_and_server_name_are_the_parts() {
        let parts = |text: &str| {
            let user = UserId::new(text);
            (user.localpart().map(str::to_owned), user.server_name().map(str::to_owned))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(parts("@alice:[::1]:8448"), (some("alice"), some("[::1]:8448")));
        assert_eq!(parts("@:not a server"), (some(""), some("not a server")));
        assert_eq!(parts("@alice:"), (some("alice"), None));
        assert_eq!(parts("@alice"), (some("alice"), None));
        assert_eq!(parts("alice:example.org"), (None, None));
    }
}
