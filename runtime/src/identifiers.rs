//! Identifiers of the Matrix specification, such as user IDs, room IDs, event IDs, device IDs, IDs of keys, and URIs.
//!
//! Each type is a string. `new` and `From` accept any text, because existing rooms contain invalid identifiers. `parse`,
//! `validate` and `is_valid` apply the
//! [grammar of the specification](https://spec.matrix.org/latest/appendices/#identifier-grammar). Accessors such as
//! `server_name` accept any text, and return `None` if the text has no such part.

/// Defines an identifier type, apart from its grammar and its accessors.
macro_rules! identifier {
    ($(#[$attribute:meta])* $name:ident, $check:path) => {
        $(#[$attribute])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Creates an identifier from any text, without validation.
            #[must_use]
            pub fn new(text: impl Into<Box<str>>) -> Self {
                Self(text.into())
            }

            /// Creates an identifier from a text that follows the grammar.
            ///
            /// # Errors
            ///
            /// Returns the first error in the text, if the text does not follow the grammar.
            pub fn parse(text: &str) -> Result<Self, $crate::identifiers::InvalidIdentifier> {
                Self::validate(text)?;
                Ok(Self::new(text))
            }

            /// Validates a text against the grammar, without allocation.
            ///
            /// # Errors
            ///
            /// Returns the first error in the text, if the text does not follow the grammar.
            pub const fn validate(text: &str) -> Result<(), $crate::identifiers::InvalidIdentifier> {
                match $check(text) {
                    Ok(()) => Ok(()),
                    Err(reason) => Err($crate::identifiers::InvalidIdentifier::new(
                        $crate::identifiers::IdentifierKind::$name,
                        reason,
                    )),
                }
            }

            /// Returns `true` if the identifier follows the grammar.
            #[must_use]
            pub fn is_valid(&self) -> bool {
                Self::validate(&self.0).is_ok()
            }

            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Converts the identifier to its text, without a copy.
            #[must_use]
            pub fn into_string(self) -> String {
                self.0.into_string()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::identifiers::InvalidIdentifier;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                *self.0 == *other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                *self.0 == **other
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl From<Box<str>> for $name {
            fn from(text: Box<str>) -> Self {
                Self(text)
            }
        }

        impl From<$name> for String {
            fn from(identifier: $name) -> Self {
                identifier.into_string()
            }
        }

        impl From<$name> for Box<str> {
            fn from(identifier: $name) -> Self {
                identifier.0
            }
        }
    };
}

mod base64;
mod bytes;
mod common;
mod error;
mod event;
mod ip;
mod key;
mod literals;
mod message;
mod mxc;
mod opaque;
mod percent;
mod room;
mod room_version;
mod server_name;
mod sigil;
mod space_child_order;
mod uri;
mod user;

pub use base64::{UnpaddedBase64, UrlSafeUnpaddedBase64};
pub use error::{IdentifierKind, InvalidIdentifier, InvalidReason};
pub use event::EventId;
pub use key::{KeyId, ServerSigningKeyId};
pub use mxc::MxcUri;
pub use opaque::{DeviceId, SessionId, TransactionId, VoipId};
pub use room::{RoomAliasId, RoomId, RoomOrAliasId};
pub use room_version::RoomVersionId;
pub use server_name::ServerName;
pub use space_child_order::{SpaceChildOrder, SpaceChildPosition};
pub use uri::{InvalidUri, MatrixId, MatrixToUri, MatrixUri, UriAction};
pub use user::UserId;

#[cfg(test)]
mod tests;
