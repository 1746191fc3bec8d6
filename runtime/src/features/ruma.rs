//! Conversions between the identifiers of this crate and the identifiers of Ruma.
//!
//! Converting from Ruma is infallible. Converting to Ruma can fail, because Ruma validates identifiers and this crate does
//! not. Exceptions are the identifiers that Ruma does not validate either, such as `MxcUri` and `DeviceId`.
//!
//! Ruma has no type for `SessionId`, the ID of a Megolm session. The type of Ruma with this name is the ID of a session that
//! validates an email address.

use ruma_common::{KeyAlgorithm, KeyName, OwnedKeyId};

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
    RoomOrAliasId: OwnedRoomOrAliasId, RoomOrAliasId;
    ServerName: OwnedServerName, ServerName;
    SpaceChildOrder: OwnedSpaceChildOrder, SpaceChildOrder;
}

/// Implements the conversions of a type that Ruma does not validate either.
macro_rules! unchecked {
    ($($name:ident: $owned:ident, $borrowed:ident;)+) => {$(
        from_ruma!($name: $owned, $borrowed);

        /// Converts to an identifier of Ruma. Requires the feature `ruma`.
        impl From<crate::$name> for ruma_common::$owned {
            fn from(identifier: crate::$name) -> Self {
                identifier.as_str().into()
            }
        }

        /// Converts to an identifier of Ruma. Requires the feature `ruma`.
        impl From<&crate::$name> for ruma_common::$owned {
            fn from(identifier: &crate::$name) -> Self {
                identifier.as_str().into()
            }
        }
    )+};
}

unchecked! {
    MxcUri: OwnedMxcUri, MxcUri;
    DeviceId: OwnedDeviceId, DeviceId;
    TransactionId: OwnedTransactionId, TransactionId;
    VoipId: OwnedVoipId, VoipId;
}

/// Implements the conversions of the IDs of keys. Ruma has a type for each kind of algorithm and of name.
macro_rules! keys {
    ($($name:ident)+) => {$(
        /// Converts from the ID of a key of Ruma. Requires the feature `ruma`.
        impl<A: KeyAlgorithm, K: KeyName + ?Sized> From<OwnedKeyId<A, K>> for crate::$name {
            fn from(key: OwnedKeyId<A, K>) -> Self {
                Self::new(key.as_str())
            }
        }

        /// Converts from the ID of a key of Ruma. Requires the feature `ruma`.
        impl<A: KeyAlgorithm, K: KeyName + ?Sized> From<&ruma_common::KeyId<A, K>> for crate::$name {
            fn from(key: &ruma_common::KeyId<A, K>) -> Self {
                Self::new(key.as_str())
            }
        }

        /// Converts to the ID of a key of Ruma. Fails if the ID is invalid for Ruma. Requires the feature `ruma`.
        impl<A: KeyAlgorithm, K: KeyName + ?Sized> TryFrom<crate::$name> for OwnedKeyId<A, K> {
            type Error = ruma_common::IdParseError;

            fn try_from(key: crate::$name) -> Result<Self, Self::Error> {
                Self::try_from(key.as_str())
            }
        }

        /// Converts to the ID of a key of Ruma. Fails if the ID is invalid for Ruma. Requires the feature `ruma`.
        impl<A: KeyAlgorithm, K: KeyName + ?Sized> TryFrom<&crate::$name> for OwnedKeyId<A, K> {
            type Error = ruma_common::IdParseError;

            fn try_from(key: &crate::$name) -> Result<Self, Self::Error> {
                Self::try_from(key.as_str())
            }
        }
    )+};
}

keys!(KeyId ServerSigningKeyId);

/// Converts from a room version of Ruma. Requires the feature `ruma`.
impl From<ruma_common::RoomVersionId> for crate::RoomVersionId {
    fn from(version: ruma_common::RoomVersionId) -> Self {
        Self::new(version.as_str())
    }
}

/// Converts to a room version of Ruma. Fails if the room version is invalid for Ruma. Requires the feature `ruma`.
impl TryFrom<crate::RoomVersionId> for ruma_common::RoomVersionId {
    type Error = ruma_common::IdParseError;

    fn try_from(version: crate::RoomVersionId) -> Result<Self, Self::Error> {
        Self::try_from(version.as_str())
    }
}

/// Converts to a room version of Ruma. Fails if the room version is invalid for Ruma. Requires the feature `ruma`.
impl TryFrom<&crate::RoomVersionId> for ruma_common::RoomVersionId {
    type Error = ruma_common::IdParseError;

    fn try_from(version: &crate::RoomVersionId) -> Result<Self, Self::Error> {
        Self::try_from(version.as_str())
    }
}
