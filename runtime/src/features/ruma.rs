//! Conversions between the identifiers of this crate and the identifiers of Ruma.
//!
//! Converting from Ruma is infallible. Converting to Ruma can fail, because Ruma validates identifiers and this crate does
//! not. The exception is `MxcUri`, which Ruma does not validate either.

macro_rules! checked {
    ($($name:ident: $owned:ident, $borrowed:ident;)+) => {$(
        from_ruma!($name: $owned, $borrowed);

        /// Converts to an identifier of Ruma. Fails if the identifier is invalid for Ruma. Requires the feature `ruma`.
        impl TryFrom<crate::$name> for ruma_common::$owned {
            type Error = ruma_common::IdParseError;

            fn try_from(identifier: crate::$name) -> Result<Self, Self::Error> {
                Self::try_from(identifier.as_str())
            }
        }

        /// Converts to an identifier of Ruma. Fails if the identifier is invalid for Ruma. Requires the feature `ruma`.
        impl TryFrom<&crate::$name> for ruma_common::$owned {
            type Error = ruma_common::IdParseError;

            fn try_from(identifier: &crate::$name) -> Result<Self, Self::Error> {
                Self::try_from(identifier.as_str())
            }
        }
    )+};
}

macro_rules! from_ruma {
    ($name:ident: $owned:ident, $borrowed:ident) => {
        /// Converts from an identifier of Ruma. Requires the feature `ruma`.
        impl From<ruma_common::$owned> for crate::$name {
            fn from(identifier: ruma_common::$owned) -> Self {
                Self::new(identifier.as_str())
            }
        }

        /// Converts from an identifier of Ruma. Requires the feature `ruma`.
        impl From<&ruma_common::$borrowed> for crate::$name {
            fn from(identifier: &ruma_common::$borrowed) -> Self {
                Self::new(identifier.as_str())
            }
        }
    };
}

checked! {
    UserId: OwnedUserId, UserId;
    RoomId: OwnedRoomId, RoomId;
    EventId: OwnedEventId, EventId;
    RoomAliasId: OwnedRoomAliasId, RoomAliasId;
    ServerName: OwnedServerName, ServerName;
}

from_ruma!(MxcUri: OwnedMxcUri, MxcUri);

/// Converts to an identifier of Ruma. Requires the feature `ruma`.
impl From<crate::MxcUri> for ruma_common::OwnedMxcUri {
    fn from(identifier: crate::MxcUri) -> Self {
        identifier.as_str().into()
    }
}

/// Converts to an identifier of Ruma. Requires the feature `ruma`.
impl From<&crate::MxcUri> for ruma_common::OwnedMxcUri {
    fn from(identifier: &crate::MxcUri) -> Self {
        identifier.as_str().into()
    }
}
