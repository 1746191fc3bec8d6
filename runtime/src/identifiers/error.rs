//! What is wrong with a text that isn't the identifier it should be.

use std::fmt;

use super::{EventId, MxcUri, RoomAliasId, RoomId, ServerName, UnpaddedBase64, UrlSafeUnpaddedBase64, UserId};

/// A text outside the grammar of the identifier it should be.
///
/// ```
/// use matrix_events::{IdentifierKind, InvalidReason, UserId};
///
/// let error = UserId::parse("alice:example.org").unwrap_err();
/// assert_eq!(error.kind, IdentifierKind::UserId);
/// assert_eq!(error.reason, InvalidReason::MissingSigil('@'));
/// assert_eq!(error.to_string(), "invalid user ID: it doesn't start with `@`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidIdentifier {
    /// What the text should be.
    pub kind: IdentifierKind,
    /// The first thing that is wrong with it.
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

/// The kinds of identifier, one for each type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdentifierKind {
    /// [`UserId`](crate::UserId)
    UserId,
    /// [`RoomId`](crate::RoomId)
    RoomId,
    /// [`EventId`](crate::EventId)
    EventId,
    /// [`RoomAliasId`](crate::RoomAliasId)
    RoomAliasId,
    /// [`ServerName`](crate::ServerName)
    ServerName,
    /// [`MxcUri`](crate::MxcUri)
    MxcUri,
    /// [`UnpaddedBase64`](crate::UnpaddedBase64)
    UnpaddedBase64,
    /// [`UrlSafeUnpaddedBase64`](crate::UrlSafeUnpaddedBase64)
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

/// The reason why an identifier is invalid. Places are counted in bytes from the start of the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidReason {
    /// The text doesn't start with the character that marks its kind, such as the `@` of a user ID.
    MissingSigil(char),
    /// The text doesn't start with `mxc://`.
    MissingScheme,
    /// Nothing follows the sigil.
    Empty,
    /// The whole text is longer than its kind allows.
    TooLong {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        max: usize,
    },
    /// A character that has no place in the part where it stands.
    ForbiddenCharacter {
        /// The character.
        character: char,
        /// Where it stands.
        at: usize,
    },
    /// There is no `:` and so no server name.
    MissingColon,
    /// There is neither a `:` with a server name, nor the hash that takes its place since room version 12.
    MissingServerNameOrHash,
    /// The place of the server name, or of the host in it, is empty.
    MissingServerName,
    /// The host is longer than a name in the DNS may be.
    HostTooLong {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        max: usize,
    },
    /// The host is four numbers with dots between them, and one of them is more than 255.
    InvalidIpv4Address,
    /// The host starts with `[` and isn't an IPv6 address in brackets.
    InvalidIpv6Address,
    /// A `:` follows the host, and what follows it isn't a number of up to five digits that a port can have.
    InvalidPort,
    /// There is no media ID after the server name.
    MissingMediaId,
    /// Padding (`=`) where there should be none.
    InvalidPadding {
        /// Where it stands.
        at: usize,
    },
    /// So many characters of base64 never stand for a whole number of bytes: one is left over after groups of four.
    InvalidBase64Length {
        /// How many there are.
        characters: usize,
    },
    /// The last character of base64 carries bits that belong to no byte, and they aren't zero.
    NonZeroTrailingBits,
}

impl fmt::Display for InvalidReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingSigil(sigil) => write!(f, "it doesn't start with `{sigil}`"),
            Self::MissingScheme => f.write_str("it doesn't start with `mxc://`"),
            Self::Empty => f.write_str("nothing follows the first character"),
            Self::TooLong { bytes, max } => {
                write!(f, "it is {bytes} bytes long, and may have {max} at most")
            }
            Self::ForbiddenCharacter { character, at } => {
                write!(f, "the character {character:?} isn't allowed at byte {at}")
            }
            Self::MissingColon => f.write_str("it has no `:` and no server name after it"),
            Self::MissingServerNameOrHash => f.write_str(
                "it has neither a `:` with a server name, nor is it a hash of 43 characters of URL-safe base64",
            ),
            Self::MissingServerName => f.write_str("the server name is empty"),
            Self::HostTooLong { bytes, max } => {
                write!(f, "the host is {bytes} bytes long, and may have {max} at most")
            }
            Self::InvalidIpv4Address => f.write_str("the host isn't an IPv4 address: a number in it is above 255"),
            Self::InvalidIpv6Address => f.write_str("the host isn't an IPv6 address in brackets"),
            Self::InvalidPort => f.write_str("the port isn't a number from 0 to 65535 in one to five digits"),
            Self::MissingMediaId => f.write_str("it has no media ID after the server name"),
            Self::InvalidPadding { at } => write!(f, "the padding (`=`) at byte {at} doesn't belong there"),
            Self::InvalidBase64Length { characters } => {
                write!(f, "{characters} characters of base64 can't stand for whole bytes")
            }
            Self::NonZeroTrailingBits => f.write_str("the last character has bits that belong to no byte"),
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
            "invalid room ID: it is 300 bytes long, and may have 255 at most"
        );
        assert_eq!(
            message(IdentifierKind::MxcUri, InvalidReason::ForbiddenCharacter { character: '\0', at: 7 }),
            "invalid mxc:// URI: the character '\\0' isn't allowed at byte 7"
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
