//! Identifiers of this crate as those of Ruma, and the other way round.
//!
//! Ours hold any text, Ruma's hold what Ruma's grammar takes. Hence the one way can fail, and the other can't. Ruma's
//! `MxcUri` holds any text as well.

macro_rules! checked {
    ($($ours:ident: $owned:ident, $borrowed:ident;)+) => {$(
        to_ours!($ours: $owned, $borrowed);

        /// Needs the feature `ruma`. Fails where Ruma's grammar doesn't take the text.
        impl TryFrom<crate::$ours> for ruma_common::$owned {
            type Error = ruma_common::IdParseError;

            fn try_from(identifier: crate::$ours) -> Result<Self, Self::Error> {
                Self::try_from(identifier.as_str())
            }
        }

        /// Needs the feature `ruma`. Fails where Ruma's grammar doesn't take the text.
        impl TryFrom<&crate::$ours> for ruma_common::$owned {
            type Error = ruma_common::IdParseError;

            fn try_from(identifier: &crate::$ours) -> Result<Self, Self::Error> {
                Self::try_from(identifier.as_str())
            }
        }
    )+};
}

macro_rules! to_ours {
    ($ours:ident: $owned:ident, $borrowed:ident) => {
        /// Needs the feature `ruma`.
        impl From<ruma_common::$owned> for crate::$ours {
            fn from(identifier: ruma_common::$owned) -> Self {
                Self::new(identifier.as_str())
            }
        }

        /// Needs the feature `ruma`.
        impl From<&ruma_common::$borrowed> for crate::$ours {
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

to_ours!(MxcUri: OwnedMxcUri, MxcUri);

/// Needs the feature `ruma`.
impl From<crate::MxcUri> for ruma_common::OwnedMxcUri {
    fn from(identifier: crate::MxcUri) -> Self {
        identifier.as_str().into()
    }
}

/// Needs the feature `ruma`.
impl From<&crate::MxcUri> for ruma_common::OwnedMxcUri {
    fn from(identifier: &crate::MxcUri) -> Self {
        identifier.as_str().into()
    }
}
