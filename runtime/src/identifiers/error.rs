//! The error of an invalid identifier.

use std::fmt;

use super::{EventId, MxcUri, RoomAliasId, RoomId, ServerName, UnpaddedBase64, UrlSafeUnpaddedBase64, UserId};

/// The error of an invalid identifier.
///
/// ```
/// use matrix_events::{IdentifierKind, InvalidReason, UserId};
///
/// let error = UserId::parse("alice:example.org").unwrap_err();
/// assert_eq!(error.kind, IdentifierKind::UserId);
/// assert_eq!(error.reason, InvalidReason::MissingSigil('@'));
/// assert_eq!(error.to_string(), "invalid user ID: expected `@` at the start");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidIdentifier {
    /// The kind of identifier.
    pub kind: IdentifierKind,
    /// The first error in the text.
    pub reason: InvalidReason,
}

impl InvalidIdentifier {
    pub(super) fn new(kind: IdentifierKind, reason: InvalidReason) -> Self {
        Self { kind, reason }
    }
}

impl fmt::Display for InvalidIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid {}: {}", self.kind, self.reason)
    }
}

impl std::error::Error for InvalidIdentifier {}

/// The kinds of identifiers, one for each type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdentifierKind {
    /// A [`UserId`](crate::UserId).
    UserId,
    /// A [`RoomId`](crate::RoomId).
    RoomId,
    /// An [`EventId`](crate::EventId).
    EventId,
    /// A [`RoomAliasId`](crate::RoomAliasId).
    RoomAliasId,
    /// A [`ServerName`](crate::ServerName).
    ServerName,
    /// An [`MxcUri`](crate::MxcUri).
    MxcUri,
    /// An [`UnpaddedBase64`](crate::UnpaddedBase64).
    UnpaddedBase64,
    /// A [`UrlSafeUnpaddedBase64`](crate::UrlSafeUnpaddedBase64).
    UrlSafeUnpaddedBase64,
}

impl IdentifierKind {
    /// Returns the name of the format in the schemas.
    pub(crate) fn format_name(self) -> &'static str {
        match self {
            Self::UserId => "mx-user-id",
            Self::RoomId => "mx-room-id",
            Self::EventId => "mx-event-id",
            Self::RoomAliasId => "mx-room-alias",
            Self::ServerName => "mx-server-name",
            Self::MxcUri => "mx-mxc-uri",
            Self::UnpaddedBase64 => "mx-unpadded-base64",
            Self::UrlSafeUnpaddedBase64 => "mx-urlsafe-unpadded-base64",
        }
    }

    /// Returns the name with its article, for messages.
    pub(crate) fn with_article(self) -> String {
        match self {
            Self::EventId | Self::MxcUri => format!("an {self}"),
            Self::UnpaddedBase64 | Self::UrlSafeUnpaddedBase64 => self.to_string(),
            Self::UserId | Self::RoomId | Self::RoomAliasId | Self::ServerName => format!("a {self}"),
        }
    }

    /// Validates a text against the grammar.
    pub(crate) fn validate(self, text: &str) -> Result<(), InvalidIdentifier> {
        match self {
            Self::UserId => UserId::validate(text),
            Self::RoomId => RoomId::validate(text),
            Self::EventId => EventId::validate(text),
            Self::RoomAliasId => RoomAliasId::validate(text),
            Self::ServerName => ServerName::validate(text),
            Self::MxcUri => MxcUri::validate(text),
            Self::UnpaddedBase64 => UnpaddedBase64::validate(text),
            Self::UrlSafeUnpaddedBase64 => UrlSafeUnpaddedBase64::validate(text),
        }
    }
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UserId => "user ID",
            Self::RoomId => "room ID",
            Self::EventId => "event ID",
            Self::RoomAliasId => "room alias",
            Self::ServerName => "server name",
            Self::MxcUri => "mxc:// URI",
            Self::UnpaddedBase64 => "unpadded base64",
            Self::UrlSafeUnpaddedBase64 => "URL-safe unpadded base64",
        })
    }
}

/// The reason why an identifier is invalid. Offsets are in bytes from the start of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidReason {
    /// The text does not start with the sigil of its kind, such as the `@` of a user ID.
    MissingSigil(char),
    /// The text does not start with `mxc://`.
    MissingScheme,
    /// The text ends after the sigil.
    Empty,
    /// The text is too long.
    TooLong {
        /// The length in bytes.
        bytes: usize,
        /// The maximum length in bytes.
        max: usize,
    },
    /// A part of the text contains a character that the grammar does not allow there.
    ForbiddenCharacter {
        /// The character.
        character: char,
        /// The offset of the character.
        at: usize,
    },
    /// The `:` and the server name are missing.
    MissingColon,
    /// The room ID has no server name, and is not a hash as in room version 12.
    MissingServerNameOrHash,
    /// The host of the server name is empty.
    MissingServerName,
    /// The host of the server name is too long.
    HostTooLong {
        /// The length in bytes.
        bytes: usize,
        /// The maximum length in bytes.
        max: usize,
    },
    /// A number of the IPv4 address is greater than 255.
    InvalidIpv4Address,
    /// The host starts with `[` and is not an IPv6 address in brackets.
    InvalidIpv6Address,
    /// The text after the `:` is not a port from 0 to 65535 with up to five digits.
    InvalidPort,
    /// The media ID after the server name is missing.
    MissingMediaId,
    /// Base64 has invalid padding (`=`).
    InvalidPadding {
        /// The offset of the padding.
        at: usize,
    },
    /// Base64 has a length that encodes no whole number of bytes. The remainder of the length divided by four is one.
    InvalidBase64Length {
        /// The number of characters.
        characters: usize,
    },
    /// The unused bits of the last character of base64 are not zero.
    NonZeroTrailingBits,
}

impl fmt::Display for InvalidReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingSigil(sigil) => write!(f, "expected `{sigil}` at the start"),
            Self::MissingScheme => f.write_str("expected `mxc://` at the start"),
            Self::Empty => f.write_str("expected an ID after the first character, found the end of the text"),
            Self::TooLong { bytes, max } => write!(f, "expected at most {max} bytes, found {bytes}"),
            Self::ForbiddenCharacter { character, at } => write!(f, "unexpected character {character:?} at byte {at}"),
            Self::MissingColon => f.write_str("expected `:` and a server name"),
            Self::MissingServerNameOrHash => {
                f.write_str("expected `:` and a server name, or a hash of 43 characters in URL-safe base64")
            }
            Self::MissingServerName => f.write_str("expected a host in the server name, found none"),
            Self::HostTooLong { bytes, max } => write!(f, "expected a host of at most {max} bytes, found {bytes}"),
            Self::InvalidIpv4Address => {
                f.write_str("expected numbers from 0 to 255 in the IPv4 address, found a greater number")
            }
            Self::InvalidIpv6Address => f.write_str("expected an IPv6 address in brackets"),
            Self::InvalidPort => f.write_str("expected a port from 0 to 65535 with one to five digits"),
            Self::MissingMediaId => f.write_str("expected a media ID after the server name"),
            Self::InvalidPadding { at } => write!(f, "unexpected padding (`=`) at byte {at}"),
            Self::InvalidBase64Length { characters } => {
                write!(f, "expected a length that encodes whole bytes, found {characters} characters")
            }
            Self::NonZeroTrailingBits => f.write_str("expected zero in the unused bits of the last character"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_states_kind_and_reason() {
        let message = |kind, reason| InvalidIdentifier::new(kind, reason).to_string();
        assert_eq!(
            message(IdentifierKind::RoomId, InvalidReason::TooLong { bytes: 300, max: 255 }),
            "invalid room ID: expected at most 255 bytes, found 300"
        );
        assert_eq!(
            message(IdentifierKind::MxcUri, InvalidReason::ForbiddenCharacter { character: '\0', at: 7 }),
            "invalid mxc:// URI: unexpected character '\\0' at byte 7"
        );
    }

    #[test]
    fn error_converts_to_a_boxed_error() {
        fn pass_on(text: &str) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
            crate::UserId::parse(text)?;
            Ok(())
        }
        assert!(pass_on("alice").is_err());
    }
}
