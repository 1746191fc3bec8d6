//! Deserialization and serialization of identifiers, as values and as keys of maps.

use serde_json::Value;

use super::cursor::Cursor;
use super::parse_error::ParseError;
use super::read::{FromToJson, MapKey};
use super::write::JsonRef;
use crate::identifiers::{
    DeviceId, EventId, KeyId, MxcUri, RoomAliasId, RoomId, RoomOrAliasId, RoomVersionId, ServerName,
    ServerSigningKeyId, SessionId, SpaceChildOrder, TransactionId, UnpaddedBase64, UrlSafeUnpaddedBase64, UserId,
    VoipId,
};

/// Implements the JSON traits. Every string deserializes, because existing rooms contain invalid identifiers. As the key of a map,
/// an identifier with a sigil accepts only keys with this sigil.
macro_rules! identifier_json {
    ($($name:ident $(with $sigil:literal)?),+ $(,)?) => {$(
        impl FromToJson for $name {
            #[inline]
            fn placeholder() -> Self {
                Self::new(Box::<str>::default())
            }

            fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
                *self = Self::new(json.string()?);
                Ok(None)
            }

            fn json_ref(&self) -> JsonRef<'_> {
                JsonRef::String(self.as_str())
            }
        }

        impl MapKey for $name {
            $(fn accepts(key: &str) -> bool {
                key.starts_with($sigil)
            })?
        }

        crate::__private::json!(string $name);
    )+};
}

identifier_json! {
    UserId with '@',
    RoomId with '!',
    EventId with '$',
    RoomAliasId with '#',
    RoomOrAliasId,
    ServerName,
    MxcUri,
    DeviceId,
    TransactionId,
    SessionId,
    VoipId,
    KeyId,
    ServerSigningKeyId,
    RoomVersionId,
    SpaceChildOrder,
    UnpaddedBase64,
    UrlSafeUnpaddedBase64,
}
