//! The error of an invalid identifier.

use std::fmt;

use super::message::Message;
use super::{
    common, DeviceId, EventId, KeyId, MxcUri, RoomAliasId, RoomId, RoomOrAliasId, RoomVersionId, ServerName,
    ServerSigningKeyId, SessionId, SpaceChildOrder, TransactionId, UnpaddedBase64, UrlSafeUnpaddedBase64, UserId,
    VoipId,
};

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
    pub(super) const fn new(kind: IdentifierKind, reason: InvalidReason) -> Self {
        Self { kind, reason }
    }

    /// Returns the message of the compiler for an invalid literal.
    #[doc(hidden)]
    pub const fn message(&self) -> Message {
        self.reason.add_to(Message::new("invalid ").text(self.kind.name()).text(": "))
    }
}

impl fmt::Display for InvalidIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid {}: {}", self.kind, self.reason)
    }
}

impl std::error::Error for InvalidIdentifier {}

/// Defines the kinds: the type, the format in the schemas, the article and the name.
macro_rules! kinds {
    ($($kind:ident $format:literal, $article:literal $name:literal;)+) => {
        /// The kinds of identifiers, one for each type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum IdentifierKind {
            $(
                #[doc = concat!("The kind of a [`", stringify!($kind), "`](crate::", stringify!($kind), ").")]
                $kind,
            )+
        }

        impl IdentifierKind {
            /// All kinds.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// Returns the name of the format in the schemas.
            pub(crate) fn format_name(self) -> &'static str {
                match self {
                    $(Self::$kind => $format,)+
                }
            }

            /// Returns the name with its article, for messages.
            pub(crate) fn with_article(self) -> &'static str {
                match self {
                    $(Self::$kind => concat!($article, $name),)+
                }
            }

            const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// Returns `true` if a text follows the grammar.
            pub(crate) fn is_valid(self, text: &str) -> bool {
                common::is_valid(self, text) || self.validate(text).is_ok()
            }

            /// Validates a text against the grammar.
            pub(crate) fn validate(self, text: &str) -> Result<(), InvalidIdentifier> {
                match self {
                    $(Self::$kind => $kind::validate(text),)+
                }
            }
        }
    };
}

kinds! {
    UserId "mx-user-id", "a " "user ID";
    RoomId "mx-room-id", "a " "room ID";
    EventId "mx-event-id", "an " "event ID";
    RoomAliasId "mx-room-alias", "a " "room alias";
    RoomOrAliasId "mx-room-or-alias", "a " "room ID or alias";
    ServerName "mx-server-name", "a " "server name";
    MxcUri "mx-mxc-uri", "an " "mxc:// URI";
    DeviceId "mx-device-id", "a " "device ID";
    TransactionId "mx-transaction-id", "a " "transaction ID";
    SessionId "mx-session-id", "a " "session ID";
    VoipId "mx-voip-id", "a " "VoIP ID";
    KeyId "mx-key-id", "a " "key ID";
    ServerSigningKeyId "mx-server-signing-key-id", "a " "server signing key ID";
    RoomVersionId "mx-room-version", "a " "room version";
    SpaceChildOrder "mx-space-child-order", "a " "space child order";
    UnpaddedBase64 "mx-unpadded-base64", "" "unpadded base64";
    UrlSafeUnpaddedBase64 "mx-urlsafe-unpadded-base64", "" "URL-safe unpadded base64";
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The reason why an identifier is invalid. Offsets are in bytes from the start of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidReason {
    /// The text does not start with the sigil of its kind, such as the `@` of a user ID.
    MissingSigil(char),
    /// The text does not start with `!` or `#`, as room IDs and room aliases do.
    MissingRoomSigil,
    /// The text does not start with `mxc://`.
    MissingScheme,
    /// The text is empty.
    NoCharacters,
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
    /// The ID of a key has no algorithm before a `:`.
    MissingAlgorithm,
    /// The name of the key after the `:` is missing.
    MissingKeyName,
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

impl InvalidReason {
    /// Adds the reason to a message.
    const fn add_to(&self, message: Message) -> Message {
        let text = match self {
            Self::MissingSigil(sigil) => return message.text("expected `").character(*sigil).text("` at the start"),
            Self::TooLong { bytes, max } => {
                return message.text("expected at most ").number(*max).text(" bytes, found ").number(*bytes);
            }
            Self::ForbiddenCharacter { character, at } => {
                return message.text("unexpected character ").quoted(*character).text(" at byte ").number(*at);
            }
            Self::HostTooLong { bytes, max } => {
                return message.text("expected a host of at most ").number(*max).text(" bytes, found ").number(*bytes);
            }
            Self::InvalidPadding { at } => return message.text("unexpected padding (`=`) at byte ").number(*at),
            Self::InvalidBase64Length { characters } => {
                let message = message.text("expected a length that encodes whole bytes, found ");
                return message.number(*characters).text(" characters");
            }
            Self::MissingRoomSigil => "expected `!` or `#` at the start",
            Self::MissingScheme => "expected `mxc://` at the start",
            Self::NoCharacters => "expected one or more characters, found none",
            Self::Empty => "expected an ID after the first character, found the end of the text",
            Self::MissingAlgorithm => "expected an algorithm and `:` at the start",
            Self::MissingKeyName => "expected the name of a key after `:`",
            Self::MissingColon => "expected `:` and a server name",
            Self::MissingServerNameOrHash => {
                "expected `:` and a server name, or a hash of 43 characters in URL-safe base64"
            }
            Self::MissingServerName => "expected a host in the server name, found none",
            Self::InvalidIpv4Address => "expected numbers from 0 to 255 in the IPv4 address, found a greater number",
            Self::InvalidIpv6Address => "expected an IPv6 address in brackets",
            Self::InvalidPort => "expected a port from 0 to 65535 with one to five digits",
            Self::MissingMediaId => "expected a media ID after the server name",
            Self::NonZeroTrailingBits => "expected zero in the unused bits of the last character",
        };
        message.text(text)
    }
}

impl fmt::Display for InvalidReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // A constant cannot decide which other characters are printable.
            Self::ForbiddenCharacter { character, at } => write!(f, "unexpected character {character:?} at byte {at}"),
            _ => f.write_str(self.add_to(Message::new("")).as_str()),
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
    fn message_of_the_compiler_is_that_of_the_error() {
        for text in [
            "",
            "@",
            "!",
            "#a",
            "$",
            "mxc://",
            "mxc://a/",
            "a:b:c",
            ":",
            "[::1",
            "1.2.3.999",
            "a\n",
            "a'",
            "Zg=",
            "Zh",
            "A",
        ] {
            for kind in IdentifierKind::ALL {
                let Err(error) = kind.validate(text) else { continue };
                assert_eq!(error.message().as_str(), error.to_string());
            }
        }
        let error = crate::VoipId::validate("é").unwrap_err();
        assert_eq!(error.message().as_str(), "invalid VoIP ID: unexpected character '\\u{e9}' at byte 0");
        assert_eq!(error.to_string(), "invalid VoIP ID: unexpected character 'é' at byte 0");
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
