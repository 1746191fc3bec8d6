//! The memberships of devices in calls (MSC3401).

use std::time::{Duration, SystemTime};

use crate::call::member::{CallMemberEventContent, CallScope, GroupCallDevice, LegacyMembershipData};
use crate::time::to_system_time;
use crate::{StateEvent, SyncStateEvent};

/// The application of calls.
const CALL: &str = "m.call";

/// The duration of a membership without `expires`, which clients use in practice.
const DEFAULT_EXPIRES: Duration = Duration::from_secs(4 * 60 * 60);

/// The membership of a device in a call, in one of the forms of
/// [`CallMemberEventContent`](crate::call::member::CallMemberEventContent).
///
/// Requires the feature `unstable-msc3401`.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use matrix_events::call::member::CallMemberEventContent;
///
/// let content: CallMemberEventContent = serde_json::from_str(
///     r#"{"application": "m.call", "call_id": "", "scope": "m.room", "device_id": "GARDEN", "expires": 60000}"#,
/// )?;
/// let memberships = content.memberships();
/// assert_eq!((memberships[0].device_id(), memberships[0].is_room_call()), ("GARDEN", true));
/// // The content has no `created_ts`, so the device joined at the time of the event.
/// assert_eq!(memberships[0].expires_at(Some(1_000)), Some(UNIX_EPOCH + Duration::from_secs(61)));
/// assert!(content.active_memberships(Some(1_000), UNIX_EPOCH + Duration::from_secs(62)).is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum CallMembership<'c> {
    /// The membership of one device, in the content of its event.
    Session(&'c CallMemberEventContent),
    /// An element of `memberships`, in an earlier form of the event.
    Legacy(&'c LegacyMembershipData),
    /// A device in `m.calls`, in the first form of the event.
    GroupCall {
        /// The ID of the call.
        call_id: &'c str,
        /// The device.
        device: &'c GroupCallDevice,
    },
}

impl<'c> CallMembership<'c> {
    /// Returns the ID of the device.
    pub fn device_id(self) -> &'c str {
        match self {
            Self::Session(content) => content.device_id.as_deref().unwrap_or_default(),
            Self::Legacy(membership) => &membership.device_id,
            Self::GroupCall { device, .. } => &device.device_id,
        }
    }

    /// Returns the application of the session, such as `m.call`.
    pub fn application(self) -> Option<&'c str> {
        match self {
            Self::Session(content) => content.application.as_deref(),
            Self::Legacy(membership) => membership.application.as_deref(),
            Self::GroupCall { .. } => Some(CALL),
        }
    }

    /// Returns the ID of the session. The empty string is the session of the whole room.
    pub fn call_id(self) -> Option<&'c str> {
        match self {
            Self::Session(content) => content.call_id.as_deref(),
            Self::Legacy(membership) => membership.call_id.as_deref(),
            Self::GroupCall { call_id, .. } => Some(call_id),
        }
    }

    /// Returns the owner of the call.
    pub fn scope(self) -> Option<&'c CallScope> {
        match self {
            Self::Session(content) => content.scope.as_ref(),
            Self::Legacy(membership) => membership.scope.as_ref(),
            Self::GroupCall { .. } => None,
        }
    }

    /// Returns `true` if the application of the session is `m.call`.
    pub fn is_call(self) -> bool {
        self.application() == Some(CALL)
    }

    /// Returns `true` if the session is a call that belongs to the room.
    pub fn is_room_call(self) -> bool {
        self.is_call() && self.scope() == Some(&CallScope::Room)
    }

    /// Returns the time when the device joined, or the `origin_server_ts` of the event (in milliseconds) if the content does not have it.
    pub fn created_at(self, origin_server_ts: Option<i64>) -> Option<SystemTime> {
        let created_ts = match self {
            Self::Session(content) => content.created_ts,
            Self::Legacy(membership) => membership.created_ts,
            Self::GroupCall { .. } => None,
        };
        created_ts.or(origin_server_ts).and_then(to_system_time)
    }

    /// Returns the time when the membership expires.
    ///
    /// The duration `expires` starts when the device [joined](Self::created_at). It defaults to 4 hours, which the proposal does not state,
    /// but clients use. Earlier forms of the event contain the time in `expires_ts`.
    ///
    /// Returns `None` if the event does not have the fields, or if `expires` is negative.
    pub fn expires_at(self, origin_server_ts: Option<i64>) -> Option<SystemTime> {
        let expires = match self {
            Self::Session(content) if content.expires.is_none() => DEFAULT_EXPIRES,
            Self::Session(content) => content.expires()?,
            Self::Legacy(membership) if membership.expires.is_none() => {
                return membership.expires_ts.and_then(to_system_time);
            }
            Self::Legacy(membership) => membership.expires()?,
            Self::GroupCall { device, .. } => return device.expires_at(),
        };
        self.created_at(origin_server_ts)?.checked_add(expires)
    }

    /// Returns `true` if the membership has expired at a time.
    ///
    /// `origin_server_ts` is that of the event. Returns `false` if the time when the membership expires is unknown.
    pub fn is_expired(self, origin_server_ts: Option<i64>, now: SystemTime) -> bool {
        self.expires_at(origin_server_ts).is_some_and(|end| now > end)
    }
}

impl CallMemberEventContent {
    /// Returns the memberships in the event, with those that have expired. Only earlier forms of the event have several.
    ///
    /// The list is empty if the user has left the call.
    #[inline]
    pub fn memberships(&self) -> Vec<CallMembership<'_>> {
        if let Some(memberships) = &self.memberships {
            return memberships.iter().map(CallMembership::Legacy).collect();
        }
        if self.device_id.is_some() {
            return vec![CallMembership::Session(self)];
        }
        let devices = self.calls.iter().flatten().flat_map(|call| {
            let devices = call.devices.iter().flatten();
            devices.map(move |device| CallMembership::GroupCall { call_id: &call.call_id, device })
        });
        devices.collect()
    }

    /// Returns the memberships that have not expired at a time. `origin_server_ts` is that of the event, in milliseconds.
    ///
    /// [`CallMembership`] has an example.
    #[inline]
    pub fn active_memberships(&self, origin_server_ts: Option<i64>, now: SystemTime) -> Vec<CallMembership<'_>> {
        let mut memberships = self.memberships();
        memberships.retain(|membership| !membership.is_expired(origin_server_ts, now));
        memberships
    }

    /// Sets the time when the device joined, in milliseconds since the Unix epoch, in all memberships without it.
    ///
    /// With the `origin_server_ts` of the event, the content has all data for calculating when the memberships expire.
    ///
    /// ```
    /// use matrix_events::call::member::CallMemberEventContent;
    ///
    /// let mut content: CallMemberEventContent =
    ///     serde_json::from_str(r#"{"memberships": [{"device_id": "A"}, {"device_id": "B", "created_ts": 5}]}"#)?;
    /// content.set_created_ts_if_none(9);
    /// let times = content.memberships.iter().flatten().map(|membership| membership.created_ts);
    /// assert_eq!(times.collect::<Vec<_>>(), [Some(9), Some(5)]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn set_created_ts_if_none(&mut self, origin_server_ts: i64) {
        match &mut self.memberships {
            Some(memberships) => memberships.iter_mut().for_each(|membership| {
                membership.created_ts.get_or_insert(origin_server_ts);
            }),
            None if self.device_id.is_some() => {
                self.created_ts.get_or_insert(origin_server_ts);
            }
            None => {}
        }
    }
}

macro_rules! events {
    ($($event:ident)*) => {$(
        impl $event<CallMemberEventContent> {
            /// Returns the memberships that have not expired at a time.
            ///
            /// [`CallMembership`] has an example.
            #[inline]
            pub fn active_memberships(&self, now: SystemTime) -> Vec<CallMembership<'_>> {
                self.content.active_memberships(self.origin_server_ts, now)
            }

            /// Returns the ID of the user in the state key, which can also contain the ID of the device.
            ///
            /// Returns `None` if the state key does not begin with a user ID. Only the sender of the event is authenticated, so ignore an
            /// event of another sender.
            ///
            /// ```
            #[doc = concat!("use matrix_events::{call::member::CallMemberEventContent, ", stringify!($event), "};")]
            ///
            #[doc = concat!("let event: ", stringify!($event), "<CallMemberEventContent> = serde_json::from_str(")]
            ///     r#"{"type": "org.matrix.msc3401.call.member", "state_key": "_@mira:example.org_GARDEN_m.call",
            ///         "sender": "@mira:example.org", "event_id": "$1", "origin_server_ts": 1, "content": {}}"#,
            /// )?;
            /// assert_eq!(event.user_id(), Some("@mira:example.org"));
            /// # Ok::<(), serde_json::Error>(())
            /// ```
            #[inline]
            pub fn user_id(&self) -> Option<&str> {
                user_of(&self.state_key)
            }
        }
    )*};
}

events!(StateEvent SyncStateEvent);

/// Returns the user ID at the start of a state key, after an optional `_`.
fn user_of(state_key: &str) -> Option<&str> {
    let text = state_key.strip_prefix('_').unwrap_or(state_key);
    let (local, rest) = text.strip_prefix('@')?.split_once(':')?;
    // A server name contains no `_`.
    let server = rest.split_once('_').map_or(rest, |(server, _)| server);
    text.get(.."@".len() + local.len() + ":".len() + server.len()).filter(|_| !server.is_empty())
}
