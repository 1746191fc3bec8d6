//! WebRTC session descriptions, and constructors of call events.

use crate::call::answer::CallAnswerEventContent;
use crate::call::candidates::{CallCandidatesEventContent, Candidate};
use crate::call::hangup::{CallHangupEventContent, Reason};
use crate::call::invite::CallInviteEventContent;
use crate::call::negotiate::CallNegotiateEventContent;
use crate::call::reject::CallRejectEventContent;
use crate::call::select_answer::CallSelectAnswerEventContent;
use crate::call::{SessionDescription, SessionDescriptionType};
use crate::VoipId;

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
