//! The time until which calls, requests, locations and notifications are valid.

use std::time::{Duration, SystemTime};

use crate::call::invite::CallInviteEventContent;
use crate::call::negotiate::CallNegotiateEventContent;
use crate::key::verification::request::KeyVerificationRequestEventContent;
use crate::{RoomEvent, SyncRoomEvent};

macro_rules! remaining {
    ($($event:ident<$content:ident>)*) => {$(
        impl $event<$content> {
            /// Returns the duration for which the event is still valid, after the response with the event was received.
            ///
            /// This is the `lifetime` of the event without its [age](Self::age), or zero if the event has expired. An event without
            /// `age` is new. Returns `None` if `lifetime` is negative.
            ///
            /// ```
            /// use std::time::Duration;
            /// use matrix_events::call::invite::CallInviteEventContent;
            /// use matrix_events::SyncRoomEvent;
            ///
            /// let invite: SyncRoomEvent<CallInviteEventContent> = serde_json::from_str(
            ///     r#"{"type": "m.call.invite", "event_id": "$1", "sender": "@mira:example.org", "origin_server_ts": 1,
            ///         "content": {"call_id": "c1", "version": "1", "party_id": "p1", "lifetime": 60000,
            ///             "offer": {"type": "offer", "sdp": "v=0"}}, "unsigned": {"age": 45000}}"#,
            /// )?;
            /// assert_eq!(invite.remaining_lifetime(), Some(Duration::from_secs(15)));
            /// # Ok::<(), serde_json::Error>(())
            /// ```
            #[inline]
            pub fn remaining_lifetime(&self) -> Option<Duration> {
                Some(self.content.lifetime()?.saturating_sub(self.age().unwrap_or_default()))
            }
        }
    )*};
}

remaining! {
    RoomEvent<CallInviteEventContent> SyncRoomEvent<CallInviteEventContent>
    RoomEvent<CallNegotiateEventContent> SyncRoomEvent<CallNegotiateEventContent>
}

/// The largest age of a verification request.
const MAX_AGE: Duration = Duration::from_secs(10 * 60);

/// The longest time by which a verification request can be in the future.
const MAX_ADVANCE: Duration = Duration::from_secs(5 * 60);

impl KeyVerificationRequestEventContent {
    /// Returns `true` if the [request](https://spec.matrix.org/latest/client-server-api/#mkeyverificationrequest) was made up to 10 minutes
    /// ago, and is up to 5 minutes in the future. Clients ignore other to-device requests.
    ///
    /// Returns `false` if `timestamp` is absent.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use matrix_events::key::verification::request::KeyVerificationRequestEventContent;
    ///
    /// let request: KeyVerificationRequestEventContent = serde_json::from_str(
    ///     r#"{"from_device": "GARDEN", "methods": ["m.sas.v1"], "transaction_id": "t1", "timestamp": 1741860298455}"#,
    /// )?;
    /// let made_at = request.requested_at().expect("a timestamp");
    /// assert!(request.is_recent(made_at + Duration::from_secs(60)));
    /// assert!(!request.is_recent(made_at + Duration::from_secs(60 * 60)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn is_recent(&self, now: SystemTime) -> bool {
        self.requested_at().is_some_and(|time| match now.duration_since(time) {
            Ok(age) => age <= MAX_AGE,
            Err(advance) => advance.duration() <= MAX_ADVANCE,
        })
    }
}

#[cfg(feature = "unstable-msc3489")]
impl crate::beacon_info::BeaconInfoEventContent {
    /// Returns the time until which the user shares the location: the start and the `timeout`.
    ///
    /// Returns `None` if `timeout` is absent or negative.
    #[inline]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.started_at()?.checked_add(self.timeout()?)
    }

    /// Returns `true` if the user shares the location at a time, by the rule of
    /// [MSC3489](https://github.com/matrix-org/matrix-spec-proposals/pull/3489).
    ///
    /// This requires that `live` is `true` and that the `timeout` has not elapsed. Without a `timeout`, the location is not shared.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use matrix_events::beacon_info::BeaconInfoEventContent;
    /// use matrix_events::time;
    ///
    /// let now = SystemTime::now();
    /// let mut beacon = BeaconInfoEventContent::new(true, time::from_system_time(now).expect("a timestamp"));
    /// beacon.timeout = Some(time::from_duration(Duration::from_secs(60)));
    /// assert!(beacon.is_live(now));
    /// assert!(!beacon.is_live(now + Duration::from_secs(61)));
    /// ```
    #[inline]
    pub fn is_live(&self, now: SystemTime) -> bool {
        self.live && self.expires_at().is_some_and(|end| end > now)
    }
}

#[cfg(feature = "unstable-msc4075")]
impl crate::rtc::notification::RtcNotificationEventContent {
    /// The time by which `sender_ts` can differ from `origin_server_ts`, in milliseconds.
    const MAX_DIFFERENCE: u64 = 20_000;

    /// The longest duration of a notification.
    const MAX_LIFETIME: Duration = Duration::from_secs(120);

    /// Returns the time until which clients notify the user, by the rules of
    /// [MSC4075](https://github.com/matrix-org/matrix-spec-proposals/pull/4075).
    ///
    /// This is `sender_ts` and the `lifetime`, which is limited to 2 minutes. If `sender_ts` differs from the `origin_server_ts` of the
    /// event by more than 20 seconds, `origin_server_ts` replaces it. The fields of calls are in the content, or else in `application`.
    ///
    /// Returns `None` if `lifetime` is absent or negative, or if both times are absent.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use matrix_events::rtc::notification::RtcNotificationEventContent;
    ///
    /// let content: RtcNotificationEventContent =
    ///     serde_json::from_str(r#"{"sender_ts": 100000, "lifetime": 30000, "notification_type": "ring"}"#)?;
    /// assert_eq!(content.expires_at(Some(101_000)), Some(UNIX_EPOCH + Duration::from_millis(130_000)));
    /// assert_eq!(content.expires_at(Some(200_000)), Some(UNIX_EPOCH + Duration::from_millis(230_000)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn expires_at(&self, origin_server_ts: Option<i64>) -> Option<SystemTime> {
        let application = self.application.as_ref();
        let sender_ts = self.sender_ts.or_else(|| application?.sender_ts);
        let lifetime = self.lifetime.or_else(|| application?.lifetime);
        let is_close = |one: i64, other: i64| one.abs_diff(other) <= Self::MAX_DIFFERENCE;
        let start = match (sender_ts, origin_server_ts) {
            (Some(sent), Some(origin)) if !is_close(sent, origin) => origin,
            (sent, origin) => sent.or(origin)?,
        };
        let lifetime = crate::time::to_duration(lifetime?)?.min(Self::MAX_LIFETIME);
        crate::time::to_system_time(start)?.checked_add(lifetime)
    }
}

/// Implements the end of the time for which servers deliver an event reliably: the type, and its parameter with a trait.
#[cfg(feature = "unstable-msc4354")]
macro_rules! sticky {
    ($($event:ident<$bound:ident>)*) => {$(
        impl<C: crate::$bound> crate::$event<C> {
            /// Returns the time until which the event is sticky, by the rules of
            /// [MSC4354](https://github.com/matrix-org/matrix-spec-proposals/pull/4354). Returns `None` if the event is not sticky.
            ///
            /// The duration is limited to one hour. It starts when the event was sent, and at the latest when it was received. If
            /// `unsigned` has the remaining duration, that duration starts when the event was received.
            ///
            /// Requires the feature `unstable-msc4354`.
            #[inline]
            pub fn sticky_until(&self, received_at: SystemTime) -> Option<SystemTime> {
                use crate::__private::FromToJson;
                const MAX_DURATION: Duration = Duration::from_secs(60 * 60);

                let duration = self.msc4354_sticky.as_ref()?.duration()?.min(MAX_DURATION);
                let unsigned = self.unsigned.json_ref();
                let remaining = unsigned.member("msc4354_sticky_duration_ttl_ms").integer();
                match remaining.or_else(|| unsigned.member("sticky_duration_ttl_ms").integer()) {
                    Some(remaining) => received_at.checked_add(crate::time::to_duration(remaining)?.min(duration)),
                    None => self.sent_at().map_or(received_at, |sent| sent.min(received_at)).checked_add(duration),
                }
            }
        }
    )*};
}

#[cfg(feature = "unstable-msc4354")]
sticky! {
    RoomEvent<MessageLikeEventContent> SyncRoomEvent<MessageLikeEventContent>
    StateEvent<StateEventContent> SyncStateEvent<StateEventContent>
}
