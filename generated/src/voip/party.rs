//! The other side of a call, as its events tell.

use std::fmt;

use super::metadata::Metadata;
use super::{IncomingStreams, StreamSupport};
use crate::call::answer::CallAnswerEventContent;
use crate::call::invite::CallInviteEventContent;
use crate::call::negotiate::CallNegotiateEventContent;
use crate::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
use crate::envelope::{RoomEvent, SyncRoomEvent};
use crate::{MessageLikeEventContent, StringOrInt, UserId};

/// A call event: its content and its sender. Created from an event, or from both.
#[derive(Clone, Copy, Debug)]
pub struct CallEvent<'e, C> {
    sender: Option<&'e UserId>,
    content: &'e C,
}

macro_rules! from_event {
    ($($event:ty),+) => {$(
        impl<'e, C: MessageLikeEventContent> From<&'e $event> for CallEvent<'e, C> {
            fn from(event: &'e $event) -> Self {
                Self { sender: event.sender.as_ref(), content: &event.content }
            }
        }
    )+};
}

from_event!(RoomEvent<C>, SyncRoomEvent<C>, Box<RoomEvent<C>>, Box<SyncRoomEvent<C>>);

impl<'e, C> From<(&'e UserId, &'e C)> for CallEvent<'e, C> {
    fn from((sender, content): (&'e UserId, &'e C)) -> Self {
        Self { sender: Some(sender), content }
    }
}

/// The other party of a call and its streams, kept up to date by its events.
///
/// It begins with the party's first event, which for the callee is the caller's invite, and for the caller is the answer
/// that it accepts. Each later event has to have the same call, user and `party_id`. Any other is
/// [refused](PartyMismatchError): that of another device, of another user in the room, or the echo of an own event.
///
/// ```
/// use matrix_events::voip::{RemoteParty, StreamSupport};
/// use matrix_events::AnySyncTimelineEvent;
///
/// let mut caller = None;
/// # let timeline = [r#"{"type": "m.call.invite", "event_id": "$a", "sender": "@mira:example.org", "origin_server_ts": 1,
/// #     "content": {"call_id": "c1", "party_id": "p1", "version": "1", "lifetime": 90000,
/// #     "offer": {"type": "offer", "sdp": "v=0\nm=audio 9 UDP/TLS/RTP/SAVPF 111\na=msid:camera 1\n"},
/// #     "sdp_stream_metadata": {"camera": {"purpose": "m.usermedia"}}}}"#,
/// #     r#"{"type": "m.call.sdp_stream_metadata_changed", "event_id": "$b", "sender": "@mira:example.org", "origin_server_ts": 2,
/// #     "content": {"call_id": "c1", "party_id": "p1", "version": "1",
/// #     "sdp_stream_metadata": {"camera": {"purpose": "m.usermedia", "video_muted": true}}}}"#];
/// for json in timeline {
///     let event: AnySyncTimelineEvent = serde_json::from_str(json)?;
///     match (&event, &mut caller) {
///         (AnySyncTimelineEvent::CallInvite(invite), None) => caller = Some(RemoteParty::from_invite(invite)),
///         (AnySyncTimelineEvent::CallNegotiate(event), Some(caller)) => caller.negotiate(event)?,
///         (AnySyncTimelineEvent::CallSdpStreamMetadataChanged(event), Some(caller)) => caller.change_metadata(event)?,
///         _ => {}
///     }
/// }
/// let caller = caller.unwrap();
/// assert_eq!(caller.support(), StreamSupport::Many);
/// let decisions: Vec<_> = caller.streams().decisions().map(|decision| decision.to_string()).collect();
/// assert_eq!(decisions, [r#"stream "camera" is used as user media, video muted"#]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteParty {
    user_id: Option<UserId>,
    call_id: Box<str>,
    party_id: Option<Box<str>>,
    is_version_0: bool,
    streams: IncomingStreams,
}

impl RemoteParty {
    /// The caller, to the one who is called.
    #[must_use]
    pub fn from_invite<'e>(invite: impl Into<CallEvent<'e, CallInviteEventContent>>) -> Self {
        let CallEvent { sender, content } = invite.into();
        let metadata = Metadata::optional(content.sdp_stream_metadata.as_ref(), content);
        let streams = IncomingStreams::begin(&content.offer.sdp, metadata);
        Self::new(sender, &content.call_id, content.party_id.as_deref(), &content.version, streams)
    }

    /// The one who is called, to the caller.
    #[must_use]
    pub fn from_answer<'e>(answer: impl Into<CallEvent<'e, CallAnswerEventContent>>) -> Self {
        let CallEvent { sender, content } = answer.into();
        let metadata = Metadata::optional(content.sdp_stream_metadata.as_ref(), content);
        let streams = IncomingStreams::begin(&content.answer.sdp, metadata);
        Self::new(sender, &content.call_id, content.party_id.as_deref(), &content.version, streams)
    }

    fn new(
        sender: Option<&UserId>,
        call_id: &str,
        party_id: Option<&str>,
        version: &StringOrInt,
        streams: IncomingStreams,
    ) -> Self {
        Self {
            user_id: sender.cloned(),
            call_id: call_id.into(),
            party_id: party_id.map(Box::from),
            // Anything but the integer 0, a string "0" included, counts as version 1.
            is_version_0: version.is_integer() && *version == "0",
            streams,
        }
    }

    /// Takes a later session description of the party, an offer or an answer, and its metadata.
    ///
    /// # Errors
    ///
    /// If the event comes from somebody else. Nothing has changed then.
    pub fn negotiate<'e>(
        &mut self,
        event: impl Into<CallEvent<'e, CallNegotiateEventContent>>,
    ) -> Result<(), PartyMismatchError> {
        let CallEvent { sender, content } = event.into();
        self.is_theirs(sender, &content.call_id, content.party_id.as_deref())?;
        let metadata = Metadata::optional(content.sdp_stream_metadata.as_ref(), content);
        self.streams.again(&content.description.sdp, metadata);
        Ok(())
    }

    /// Takes metadata that has changed.
    ///
    /// # Errors
    ///
    /// If the event comes from somebody else. Nothing has changed then.
    pub fn change_metadata<'e>(
        &mut self,
        event: impl Into<CallEvent<'e, CallSdpStreamMetadataChangedEventContent>>,
    ) -> Result<(), PartyMismatchError> {
        let CallEvent { sender, content } = event.into();
        self.is_theirs(sender, &content.call_id, content.party_id.as_deref())?;
        self.streams.replace(Metadata::present(&content.sdp_stream_metadata, &content.extra));
        Ok(())
    }

    fn is_theirs(&self, sender: Option<&UserId>, call: &str, party: Option<&str>) -> Result<(), PartyMismatchError> {
        if *self.call_id != *call {
            return Err(PartyMismatchError::OtherCall { call_id: call.into() });
        }
        if self.user_id.as_ref() != sender {
            return Err(PartyMismatchError::OtherUser { user_id: sender.cloned() });
        }
        if self.party_id.as_deref() != party {
            return Err(PartyMismatchError::OtherParty { party_id: party.map(Box::from) });
        }
        Ok(())
    }

    /// What to do with the streams that it sends.
    #[must_use]
    pub fn streams(&self) -> &IncomingStreams {
        &self.streams
    }

    /// Whether several streams may be sent to it.
    #[must_use]
    pub fn support(&self) -> StreamSupport {
        self.streams.support()
    }

    /// The call.
    #[must_use]
    pub fn call_id(&self) -> &str {
        &self.call_id
    }

    /// The user, unless the event came without a sender.
    #[must_use]
    pub fn user_id(&self) -> Option<&UserId> {
        self.user_id.as_ref()
    }

    /// The id of the party, which calls of version 0 don't have.
    #[must_use]
    pub fn party_id(&self) -> Option<&str> {
        self.party_id.as_deref()
    }

    /// Whether it speaks [version 0](https://spec.matrix.org/v1.19/client-server-api/#voice-over-ip) of the events, in
    /// which there is no `m.call.negotiate`: its streams stay what they are.
    #[must_use]
    pub fn is_version_0(&self) -> bool {
        self.is_version_0
    }
}

/// The error for an event that another party sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartyMismatchError {
    /// It belongs to another call.
    OtherCall {
        /// That call.
        call_id: Box<str>,
    },
    /// Another user sent it.
    OtherUser {
        /// That user.
        user_id: Option<UserId>,
    },
    /// Another device of the user sent it.
    OtherParty {
        /// The `party_id` of that.
        party_id: Option<Box<str>>,
    },
}

impl fmt::Display for PartyMismatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the event isn't the other party's: ")?;
        match self {
            Self::OtherCall { call_id } => write!(f, "it belongs to the call {call_id:?}"),
            Self::OtherUser { user_id: Some(user_id) } => write!(f, "{user_id:?} sent it"),
            Self::OtherUser { user_id: None } => f.write_str("it has no sender"),
            Self::OtherParty { party_id: Some(party_id) } => write!(f, "it comes from the party {party_id:?}"),
            Self::OtherParty { party_id: None } => f.write_str("it has no `party_id`"),
        }
    }
}

impl std::error::Error for PartyMismatchError {}
