//! WebRTC session descriptions, constructors of call events, and the time until which they are valid.

use std::time::Duration;

use crate::call::answer::CallAnswerEventContent;
use crate::call::candidates::{CallCandidatesEventContent, Candidate};
use crate::call::hangup::{CallHangupEventContent, Reason};
use crate::call::invite::CallInviteEventContent;
use crate::call::negotiate::CallNegotiateEventContent;
use crate::call::reject::CallRejectEventContent;
use crate::call::select_answer::CallSelectAnswerEventContent;
use crate::call::{SessionDescription, SessionDescriptionType};
use crate::{RoomEvent, SyncRoomEvent, VoipId};

/// The [version of the call protocol](https://spec.matrix.org/latest/client-server-api/#voice-over-ip) since v1.7.
const VERSION: &str = "1";

impl SessionDescription {
    /// Creates an offer from its text in SDP format, for an
    /// [`m.call.invite`](https://spec.matrix.org/latest/client-server-api/#mcallinvite).
    ///
    /// ```
    /// use matrix_events::call::SessionDescription;
    ///
    /// let json = serde_json::to_string(&SessionDescription::offer("v=0"))?;
    /// assert_eq!(json, r#"{"type":"offer","sdp":"v=0"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn offer(sdp: impl Into<String>) -> Self {
        Self::new(SessionDescriptionType::Offer, sdp)
    }

    /// Creates an answer from its text in SDP format, for an
    /// [`m.call.answer`](https://spec.matrix.org/latest/client-server-api/#mcallanswer).
    ///
    /// ```
    /// use matrix_events::call::SessionDescription;
    ///
    /// let json = serde_json::to_string(&SessionDescription::answer("v=0"))?;
    /// assert_eq!(json, r#"{"type":"answer","sdp":"v=0"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn answer(sdp: impl Into<String>) -> Self {
        Self::new(SessionDescriptionType::Answer, sdp)
    }
}

macro_rules! version_1 {
    ($($content:ident: $event_type:literal, ($($argument:ident: $type:ty),*), $example:literal)+) => {$(
        impl $content {
            #[doc = concat!("Creates the content of an `", $event_type, "` event in version 1 of the call protocol.")]
            ///
            /// ```
            #[doc = $example]
            /// assert_eq!(content.version, Some("1".into()));
            /// ```
            #[inline]
            #[must_use]
            pub fn version_1(call_id: impl Into<VoipId>, party_id: impl Into<VoipId>, $($argument: $type),*) -> Self {
                Self::new(call_id.into(), VERSION, party_id.into() $(, $argument)*)
            }
        }
    )+};
}

version_1! {
    CallInviteEventContent: "m.call.invite", (offer: SessionDescription, lifetime: i64),
        r#"use matrix_events::call::{invite::CallInviteEventContent, SessionDescription};
let content = CallInviteEventContent::version_1("call", "party", SessionDescription::offer("v=0"), 60_000);"#
    CallAnswerEventContent: "m.call.answer", (answer: SessionDescription),
        r#"use matrix_events::call::{answer::CallAnswerEventContent, SessionDescription};
let content = CallAnswerEventContent::version_1("call", "party", SessionDescription::answer("v=0"));"#
    CallCandidatesEventContent: "m.call.candidates", (candidates: Vec<Candidate>),
        r#"use matrix_events::call::candidates::{CallCandidatesEventContent, Candidate};
let content = CallCandidatesEventContent::version_1("call", "party", vec![Candidate::new("")]);"#
    CallHangupEventContent: "m.call.hangup", (reason: Reason),
        r#"use matrix_events::call::hangup::{CallHangupEventContent, Reason};
let content = CallHangupEventContent::version_1("call", "party", Reason::UserHangup);"#
    CallNegotiateEventContent: "m.call.negotiate", (description: SessionDescription, lifetime: i64),
        r#"use matrix_events::call::{negotiate::CallNegotiateEventContent, SessionDescription};
let content = CallNegotiateEventContent::version_1("call", "party", SessionDescription::offer("v=0"), 60_000);"#
    CallRejectEventContent: "m.call.reject", (),
        r#"use matrix_events::call::reject::CallRejectEventContent;
let content = CallRejectEventContent::version_1("call", "party");"#
    CallSelectAnswerEventContent: "m.call.select_answer", (selected_party_id: VoipId),
        r#"use matrix_events::call::select_answer::CallSelectAnswerEventContent;
let content = CallSelectAnswerEventContent::version_1("call", "party", "selected".into());"#
}

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
