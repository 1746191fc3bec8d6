//! Timestamps as `SystemTime` and durations as `Duration`.

use std::time::{Duration, SystemTime};

use crate::__private::FromToJson;
use crate::time::{to_duration, to_system_time};
use crate::{
    AnyMessageLikeEvent, AnyStateEvent, AnySyncMessageLikeEvent, AnySyncStateEvent, AnySyncTimelineEvent,
    AnyTimelineEvent, MessageLikeEventContent, RoomEvent, StateEvent, StateEventContent, SyncRoomEvent, SyncStateEvent,
};
#[cfg(feature = "federation")]
use crate::{AnyPdu, Pdu, StatePdu};

/// Implements a method for each timestamp: the type, the field, and the method.
macro_rules! timestamps {
    ($($(#[$cfg:meta])* $of:ty: $presence:tt $field:ident as $method:ident;)*) => {$(
        $(#[$cfg])*
        impl $of {
            #[doc = concat!("Returns `", stringify!($field), "` as a [`SystemTime`].")]
            ///
            /// Returns `None` if the field is absent, or if the platform cannot represent the time. See [`time`](crate::time).
            #[inline]
            pub fn $method(&self) -> Option<SystemTime> {
                milliseconds!($presence self.$field).and_then(to_system_time)
            }
        }
    )*};
}

/// Implements a method for each duration: the type, the field, and the method.
macro_rules! durations {
    ($($(#[$cfg:meta])* $of:ty: $presence:tt $field:ident as $method:ident;)*) => {$(
        $(#[$cfg])*
        impl $of {
            #[doc = concat!("Returns `", stringify!($field), "` as a [`Duration`].")]
            ///
            /// Returns `None` if the field is absent or negative. See [`time`](crate::time).
            #[inline]
            pub fn $method(&self) -> Option<Duration> {
                milliseconds!($presence self.$field).and_then(to_duration)
            }
        }
    )*};
}

macro_rules! milliseconds {
    (required $value:expr) => {
        Some($value)
    };
    (optional $value:expr) => {
        $value
    };
}

timestamps! {
    #[cfg(feature = "edus")] crate::edu::receipt::ReadReceiptMetadata: required ts as read_at;
    #[cfg(feature = "encryption")] crate::key::verification::request::KeyVerificationRequestEventContent: optional timestamp as requested_at;
    crate::receipt::Receipt: optional ts as read_at;
    #[cfg(feature = "federation")] crate::federation::BackfillResponse: optional origin_server_ts as sent_at;
    #[cfg(feature = "federation")] crate::federation::EventResponse: optional origin_server_ts as sent_at;
    #[cfg(feature = "federation")] crate::federation::SendTransactionRequest: optional origin_server_ts as sent_at;
    #[cfg(feature = "responses")] crate::responses::notifications::Notification: optional ts as sent_at;
    #[cfg(feature = "unstable-msc3401")] crate::call::member::CallMemberEventContent: optional created_ts as created_at;
    #[cfg(feature = "unstable-msc3401")] crate::call::member::GroupCallDevice: optional expires_ts as expires_at;
    #[cfg(feature = "unstable-msc3401")] crate::call::member::LegacyMembershipData: optional created_ts as created_at;
    #[cfg(feature = "unstable-msc3488")] crate::room::message::LocationMessageEventContent: optional ts as located_at;
    #[cfg(feature = "unstable-msc3489")] crate::beacon::BeaconEventContent: optional ts as located_at;
    #[cfg(feature = "unstable-msc3489")] crate::beacon_info::BeaconInfoEventContent: required ts as started_at;
    #[cfg(feature = "unstable-msc4075")] crate::call::ring::ack::CallRingAckEventContent: required sender_ts as sent_at;
    #[cfg(feature = "unstable-msc4075")] crate::rtc::notification::RtcNotificationApplication: optional sender_ts as sent_at;
    #[cfg(feature = "unstable-msc4075")] crate::rtc::notification::RtcNotificationEventContent: optional sender_ts as sent_at;
    #[cfg(feature = "unstable-msc4143")] crate::call::encryption_keys::CallEncryptionKeysEventContent: optional sent_ts as sent_at;
}

durations! {
    #[cfg(feature = "calls")] crate::call::invite::CallInviteEventContent: required lifetime as lifetime;
    #[cfg(feature = "calls")] crate::call::negotiate::CallNegotiateEventContent: required lifetime as lifetime;
    #[cfg(feature = "edus")] crate::edu::presence::PresenceUpdate: optional last_active_ago as last_active_ago;
    crate::envelope::UnsignedData: optional age as age;
    crate::presence::PresenceEventContent: optional last_active_ago as last_active_ago;
    crate::room::encryption::RoomEncryptionEventContent: optional rotation_period_ms as rotation_period;
    crate::room::member::RoomMemberUnsigned: optional age as age;
    crate::room::message::AudioInfo: optional duration as duration;
    crate::room::message::VideoInfo: optional duration as duration;
    #[cfg(feature = "unstable-msc1763")] crate::room::retention::RoomRetentionEventContent: optional max_lifetime as max_lifetime;
    #[cfg(feature = "unstable-msc1763")] crate::room::retention::RoomRetentionEventContent: optional min_lifetime as min_lifetime;
    #[cfg(feature = "unstable-msc3245")] crate::room::message::AudioDetails: optional duration as duration;
    #[cfg(feature = "unstable-msc3401")] crate::call::member::CallMemberEventContent: optional expires as expires;
    #[cfg(feature = "unstable-msc3401")] crate::call::member::LegacyMembershipData: optional expires as expires;
    #[cfg(feature = "unstable-msc3489")] crate::beacon_info::BeaconInfoEventContent: optional timeout as timeout;
    #[cfg(feature = "unstable-msc4075")] crate::rtc::notification::RtcNotificationApplication: optional lifetime as lifetime;
    #[cfg(feature = "unstable-msc4075")] crate::rtc::notification::RtcNotificationEventContent: optional lifetime as lifetime;
    #[cfg(all(feature = "responses", feature = "unstable-msc4186"))] crate::responses::sliding_sync::SlidingSyncRequest: optional timeout as timeout;
    #[cfg(feature = "unstable-msc4274")] crate::room::message::GalleryItemInfo: optional duration as duration;
    #[cfg(feature = "unstable-msc4354")] crate::envelope::Sticky: required duration_ms as duration;
    #[cfg(feature = "unstable-msc4354")] crate::envelope::UnsignedData: optional sticky_duration_ttl_ms as sticky_duration_ttl;
    #[cfg(feature = "unstable-msc4354")] crate::room::member::RoomMemberUnsigned: optional sticky_duration_ttl_ms as sticky_duration_ttl;
}

/// Implements the time and the age of events: the type, and its parameter with a trait.
macro_rules! events {
    ($($(#[$cfg:meta])* $event:ident $(<$content:ident: $bound:ident>)?)*) => {$(
        $(#[$cfg])*
        impl $(<$content: $bound>)? $event $(<$content>)? {
            /// Returns the time when the event was sent, by the clock of the sender's server: `origin_server_ts` as a [`SystemTime`].
            ///
            /// Returns `None` if the field is absent or invalid, or if the platform cannot represent the time. See
            /// [`time`](crate::time).
            #[inline]
            pub fn sent_at(&self) -> Option<SystemTime> {
                self.json_ref().member("origin_server_ts").integer().and_then(to_system_time)
            }

            /// Returns the age of the event, by the clock of the own server: `age` in `unsigned` as a [`Duration`].
            ///
            /// The age is that at the time of the response. Returns `None` if the field is absent or invalid, or if the age is negative,
            /// because the clocks of the servers differ. See [`time`](crate::time).
            #[inline]
            pub fn age(&self) -> Option<Duration> {
                self.json_ref().member("unsigned").member("age").integer().and_then(to_duration)
            }
        }
    )*};
}

events! {
    AnyTimelineEvent AnySyncTimelineEvent AnyMessageLikeEvent AnySyncMessageLikeEvent AnyStateEvent AnySyncStateEvent
    RoomEvent<C: MessageLikeEventContent> SyncRoomEvent<C: MessageLikeEventContent>
    StateEvent<C: StateEventContent> SyncStateEvent<C: StateEventContent>
    #[cfg(feature = "federation")] AnyPdu
    #[cfg(feature = "federation")] Pdu<C: MessageLikeEventContent>
    #[cfg(feature = "federation")] StatePdu<C: StateEventContent>
}
