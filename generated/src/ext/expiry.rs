//! The time until which locations and notifications are valid, and events are sticky.

use std::time::{Duration, SystemTime};

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
