//! Identifiers as values and as keys of maps.

use serde_json::Value;

use super::cursor::Cursor;
use super::fault::Fault;
use super::read::{Json, Key};
use super::write::Item;
use crate::identifiers::{
    EventId, MxcUri, RoomAliasId, RoomId, ServerName, UnpaddedBase64, UrlSafeUnpaddedBase64, UserId,
};

/// Any string is read: history is full of odd identifiers, and whether one is valid can be asked of it.
macro_rules! identifier_json {
    ($($name:ident $(with $sigil:literal)?),+ $(,)?) => {$(
        impl Json for $name {
            fn blank() -> Self {
                Self::new("")
            }

            fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
                *self = Self::new(json.string()?);
                Ok(None)
            }

            fn item(&self) -> Item<'_> {
                Item::String(self.as_str())
            }
        }

        $(impl Key for $name {
            fn accepts(key: &str) -> bool {
                key.starts_with($sigil)
            }
        })?

        crate::__private::json!($name);
    )+};
}

identifier_json! {
    UserId with '@',
    RoomId with '!',
    EventId with '$',
    RoomAliasId with '#',
    ServerName with "",
    MxcUri,
    UnpaddedBase64,
    UrlSafeUnpaddedBase64,
}
