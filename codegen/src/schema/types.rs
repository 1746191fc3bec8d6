//! Sets of JSON types, and the identifiers that have a format.

use serde::{Deserialize, Serialize};

use super::JsonType;

/// A set of JSON types. Numbers include integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<JsonType>", into = "Vec<JsonType>")]
pub struct JsonTypes(u8);

impl JsonTypes {
    /// All types.
    pub const ANY: Self = Self(0b111_1111);

    /// Returns the types of both sets.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns `true` for the set without a type.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the types in the order of [`JsonType`]. If numbers are in the set, integers are omitted.
    pub fn iter(self) -> impl Iterator<Item = JsonType> {
        let has = move |kind: JsonType| self.0 & bits(kind) == bits(kind);
        let kinds = JsonType::ALL.into_iter().map(|(_, kind)| kind).filter(move |kind| has(*kind));
        kinds.filter(move |kind| *kind != JsonType::Integer || !has(JsonType::Number))
    }
}

fn bits(kind: JsonType) -> u8 {
    match kind {
        JsonType::Null => 1,
        JsonType::Boolean => 2,
        JsonType::Integer => 4,
        JsonType::Number => 4 | 8,
        JsonType::String => 16,
        JsonType::Array => 32,
        JsonType::Object => 64,
    }
}

impl Default for JsonTypes {
    fn default() -> Self {
        Self::ANY
    }
}

impl FromIterator<JsonType> for JsonTypes {
    fn from_iter<I: IntoIterator<Item = JsonType>>(kinds: I) -> Self {
        Self(kinds.into_iter().map(bits).fold(0, |all, bits| all | bits))
    }
}

impl From<Vec<JsonType>> for JsonTypes {
    fn from(kinds: Vec<JsonType>) -> Self {
        kinds.into_iter().collect()
    }
}

impl From<JsonTypes> for Vec<JsonType> {
    fn from(types: JsonTypes) -> Self {
        types.iter().collect()
    }
}

/// Defines the identifiers: the type in `matrix-events`, the format, and the sigil of identifiers that have one.
macro_rules! identifiers {
    ($($name:ident $format:literal $($sigil:literal)?;)+) => {
        /// The identifiers of the specification. Each has a format in schemas or in corrections.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Identifier {
            $(
                #[doc = concat!("`", $format, "`")]
                $name,
            )+
        }

        impl Identifier {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the name of the type in `matrix-events`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// Returns the name of the format.
            pub fn format(self) -> &'static str {
                match self {
                    $(Self::$name => $format,)+
                }
            }

            /// Returns the first character of all identifiers of the type, if they have one in common.
            pub(crate) fn sigil(self) -> Option<char> {
                match self {
                    $($(Self::$name => Some($sigil),)?)+
                    _ => None,
                }
            }
        }
    };
}

identifiers! {
    UserId "mx-user-id" '@';
    RoomId "mx-room-id" '!';
    EventId "mx-event-id" '$';
    RoomAliasId "mx-room-alias" '#';
    RoomOrAliasId "mx-room-or-alias";
    ServerName "mx-server-name";
    MxcUri "mx-mxc-uri";
    DeviceId "mx-device-id";
    TransactionId "mx-transaction-id";
    SessionId "mx-session-id";
    VoipId "mx-voip-id";
    KeyId "mx-key-id";
    ServerSigningKeyId "mx-server-signing-key-id";
    RoomVersionId "mx-room-version";
    SpaceChildOrder "mx-space-child-order";
    UnpaddedBase64 "mx-unpadded-base64";
    UrlSafeUnpaddedBase64 "mx-urlsafe-unpadded-base64";
}
