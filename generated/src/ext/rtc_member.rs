//! The memberships of devices in sessions for real-time communication (MSC4143).

use crate::rtc::member::{RtcMemberEventContent, RtcMembership};

impl RtcMemberEventContent {
    /// Returns `true` if the content states that the device joins the session, by
    /// [MSC4143](https://github.com/matrix-org/matrix-spec-proposals/pull/4143).
    ///
    /// The device is a member only while the event is sticky, the user is in the room, and the `m.rtc.slot` event of `slot_id` is open.
    /// Without `membership`, which earlier drafts do not have, a device joins if the content has a `member` and no reason for leaving.
    ///
    /// Requires the feature `unstable-msc4143`.
    ///
    /// ```
    /// use matrix_events::rtc::member::RtcMemberEventContent;
    ///
    /// let content: RtcMemberEventContent =
    ///     serde_json::from_str(r#"{"slot_id": "m.call#ROOM", "member": {"id": "x", "membership": "join"}}"#)?;
    /// assert!(content.is_join());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn is_join(&self) -> bool {
        let Some(member) = &self.member else { return false };
        let has_invalid_membership = member.extra.get("membership").is_some_and(|membership| !membership.is_null());
        match &member.membership {
            Some(membership) => *membership == RtcMembership::Join,
            None => !has_invalid_membership && self.leave_reason.is_none() && self.disconnect_reason.is_none(),
        }
    }
}
