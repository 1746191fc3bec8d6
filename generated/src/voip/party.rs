//! The remote party of a call.

use std::fmt;

use super::metadata::Metadata;
use super::{IncomingStreams, StreamSupport};
use crate::call::answer::CallAnswerEventContent;
use crate::call::invite::CallInviteEventContent;
use crate::call::negotiate::CallNegotiateEventContent;
use crate::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
use crate::envelope::{RoomEvent, SyncRoomEvent};
use crate::{MessageLikeEventContent, StringOrInt, UserId, VoipId};

/// The content and the sender of a call event. Created from an event, or from a sender and a content.
///
/// ```
/// use matrix_events::call::answer::CallAnswerEventContent;
/// use matrix_events::call::SessionDescription;
/// use matrix_events::voip::RemoteParty;
/// use matrix_events::{SyncRoomEvent, UserId};
///
/// let answer = CallAnswerEventContent::new("c1", "1", "p2", SessionDescription::answer("v=0"));
/// let event = SyncRoomEvent::new(answer.clone(), "$Rk1V", "@joel:example.org", 1_741_860_298_455);
/// assert_eq!(RemoteParty::from_answer(&event), RemoteParty::from_answer((&UserId::new("@joel:example.org"), &answer)));
/// ```
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

/// The remote party of a call and its streams. Later events of the party update it.
///
/// Create a `RemoteParty` from the first event of the party. For the callee, this is the invite. For the caller, this is the
/// answer that the caller accepts. Each later event has to have the same call ID, sender and `party_id`. Other events are
/// [errors](PartyMismatchError), such as events of another device, events of another user in the room, and the own events that
/// the server sends back.
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
    call_id: VoipId,
    party_id: Option<VoipId>,
    is_version_0: bool,
    streams: IncomingStreams,
}

impl RemoteParty {
    /// Creates the remote party of a callee, from the invite.
    #[must_use]
    pub fn from_invite<'e>(invite: impl Into<CallEvent<'e, CallInviteEventContent>>) -> Self {
        let CallEvent { sender, content } = invite.into();
        let metadata = Metadata::optional(content.sdp_stream_metadata.as_ref(), content);
        let streams = IncomingStreams::begin(&content.offer.sdp, metadata);
        Self::new(sender, &content.call_id, content.party_id.as_ref(), content.version.as_ref(), streams)
    }

    /// Creates the remote party of a caller, from the answer that the caller accepts.
    #[must_use]
    pub fn from_answer<'e>(answer: impl Into<CallEvent<'e, CallAnswerEventContent>>) -> Self {
        let CallEvent { sender, content } = answer.into();
        let metadata = Metadata::optional(content.sdp_stream_metadata.as_ref(), content);
        let streams = IncomingStreams::begin(&content.answer.sdp, metadata);
        Self::new(sender, &content.call_id, content.party_id.as_ref(), content.version.as_ref(), streams)
    }

    fn new(
        sender: Option<&UserId>,
        call_id: &VoipId,
        party_id: Option<&VoipId>,
        version: Option<&StringOrInt>,
        streams: IncomingStreams,
    ) -> Self {
        Self {
            user_id: sender.cloned(),
            call_id: call_id.clone(),
            party_id: party_id.cloned(),
            // Every value except for the integer 0 is version 1 or later, including the string "0" and an absent value.
            is_version_0: version.is_some_and(|version| version.is_integer() && *version == "0"),
            streams,
        }
    }

    /// Updates the party with a later session description and its metadata.
    ///
    /// # Errors
    ///
    /// Returns an error if the event belongs to another call, user or party. The remote party is unchanged.
    pub fn negotiate<'e>(
        &mut self,
        event: impl Into<CallEvent<'e, CallNegotiateEventContent>>,
    ) -> Result<(), PartyMismatchError> {
        let CallEvent { sender, content } = event.into();
        self.is_theirs(sender, &content.call_id, content.party_id.as_ref())?;
        let metadata = Metadata::optional(content.sdp_stream_metadata.as_ref(), content);
        self.streams.again(&content.description.sdp, metadata);
        Ok(())
    }

    /// Updates the party with changed metadata.
    ///
    /// # Errors
    ///
    /// Returns an error if the event belongs to another call, user or party. The remote party is unchanged.
    pub fn change_metadata<'e>(
        &mut self,
        event: impl Into<CallEvent<'e, CallSdpStreamMetadataChangedEventContent>>,
    ) -> Result<(), PartyMismatchError> {
        let CallEvent { sender, content } = event.into();
        self.is_theirs(sender, &content.call_id, content.party_id.as_ref())?;
        self.streams.replace(Metadata::present(&content.sdp_stream_metadata, &content.extra));
        Ok(())
    }

    fn is_theirs(
        &self,
        sender: Option<&UserId>,
        call: &VoipId,
        party: Option<&VoipId>,
    ) -> Result<(), PartyMismatchError> {
        if self.call_id != *call {
            return Err(PartyMismatchError::OtherCall { call_id: call.clone() });
        }
        if self.user_id.as_ref() != sender {
            return Err(PartyMismatchError::OtherUser { user_id: sender.cloned() });
        }
        if self.party_id.as_ref() != party {
            return Err(PartyMismatchError::OtherParty { party_id: party.cloned() });
        }
        Ok(())
    }

    /// Returns the streams of the party, with a decision for each.
    #[must_use]
    pub fn streams(&self) -> &IncomingStreams {
        &self.streams
    }

    /// Returns the support of the party for several streams.
    #[must_use]
    pub fn support(&self) -> StreamSupport {
        self.streams.support()
    }

    /// Returns the ID of the call.
    #[must_use]
    pub fn call_id(&self) -> &VoipId {
        &self.call_id
    }

    /// Returns the user, or `None` if the first event has no sender.
    #[must_use]
    pub fn user_id(&self) -> Option<&UserId> {
        self.user_id.as_ref()
    }

    /// Returns the ID of the party, or `None` in a call of version 0.
    #[must_use]
    pub fn party_id(&self) -> Option<&VoipId> {
        self.party_id.as_ref()
    }

    /// Returns `true` if the party uses [version 0](https://spec.matrix.org/v1.19/client-server-api/#voice-over-ip) of the call
    /// events. Version 0 has no `m.call.negotiate`, so the streams do not change.
    #[must_use]
    pub fn is_version_0(&self) -> bool {
        self.is_version_0
    }
}

/// The error of an event that does not belong to a remote party.
///
/// ```
/// use matrix_events::call::answer::CallAnswerEventContent;
/// use matrix_events::call::negotiate::CallNegotiateEventContent;
/// use matrix_events::call::SessionDescription;
/// use matrix_events::voip::RemoteParty;
/// use matrix_events::UserId;
///
/// let joel = UserId::new("@joel:example.org");
/// let answer = CallAnswerEventContent::new("c1", "1", "p2", SessionDescription::answer("v=0"));
/// let mut party = RemoteParty::from_answer((&joel, &answer));
///
/// let offer = SessionDescription::offer("v=0");
/// let negotiate = CallNegotiateEventContent::new("c1", "1", "p3", offer, 15_000);
/// let error = party.negotiate((&joel, &negotiate)).unwrap_err();
/// assert_eq!(error.to_string(), r#"expected an event of the remote party, found the `party_id` "p3""#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartyMismatchError {
    /// The event belongs to another call.
    OtherCall {
        /// The `call_id` of the event.
        call_id: VoipId,
    },
    /// The sender of the event is another user.
    OtherUser {
        /// The `sender` of the event.
        user_id: Option<UserId>,
    },
    /// The event belongs to another device of the user.
    OtherParty {
        /// The `party_id` of the event.
        party_id: Option<VoipId>,
    },
}

impl fmt::Display for PartyMismatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected an event of the remote party, found ")?;
        match self {
            Self::OtherCall { call_id } => write!(f, "the `call_id` {call_id:?}"),
            Self::OtherUser { user_id: Some(user_id) } => write!(f, "the `sender` {user_id:?}"),
            Self::OtherUser { user_id: None } => f.write_str("no `sender`"),
            Self::OtherParty { party_id: Some(party_id) } => write!(f, "the `party_id` {party_id:?}"),
            Self::OtherParty { party_id: None } => f.write_str("no `party_id`"),
        }
    }
}

impl std::error::Error for PartyMismatchError {}
