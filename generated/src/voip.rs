//! Calls with several streams: decides which remote streams to present, and describes local streams.
//!
//! A call can carry camera and screen at the same time. WebRTC gives a client a stream for each of them, with an ID and
//! without a meaning. The meaning is in `sdp_stream_metadata`, a field of call events since v1.10 of the specification
//! ([MSC3077](https://github.com/matrix-org/matrix-spec-proposals/pull/3077)). The rules for clients are in the prose of the
//! specification, in the section [Streams]. This module implements these rules.
//!
//! # Remote streams
//!
//! Create a [`RemoteParty`] from the first event of the other party, which is its invite or its answer. Pass each later event
//! to the `RemoteParty`. Its [`streams`](RemoteParty::streams) return a [`Decision`] for each stream:
//!
//! - [`Use`](Decision::Use): present the stream as user media or screen share, with the mute flags in [`UsedStream`].
//! - [`Ignore`](Decision::Ignore): do not present the stream. The [reason](IgnoreReason) formats as a line for a log.
//!
//! ```
//! use matrix_events::call::invite::CallInviteEventContent;
//! use matrix_events::voip::{Decision, Purpose, RemoteParty};
//! use matrix_events::RoomEvent;
//!
//! let invite: RoomEvent<CallInviteEventContent> = serde_json::from_str(r#"{
//!     "type": "m.call.invite", "event_id": "$Rk1V", "room_id": "!calls:example.org", "sender": "@mira:example.org",
//!     "origin_server_ts": 1741860298455,
//!     "content": {
//!         "call_id": "c1", "party_id": "p1", "version": "1", "lifetime": 90000,
//!         "offer": {"type": "offer", "sdp": "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:8140927536 ca0e72b3\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:5527403918 c9c1b2f7\r\n"},
//!         "sdp_stream_metadata": {"8140927536": {"purpose": "m.usermedia"}, "5527403918": {"purpose": "org.example.whiteboard"}}
//!     }
//! }"#)?;
//!
//! let caller = RemoteParty::from_invite(&invite);
//! let mut shown = Vec::new();
//! let mut log = Vec::new();
//! for decision in caller.streams().decisions() {
//!     match decision {
//!         Decision::Use(stream) => shown.push((stream.stream.as_str(), stream.purpose)),
//!         Decision::Ignore(reason) => log.push(reason.to_string()),
//!     }
//! }
//! assert_eq!(shown, [("8140927536", Purpose::UserMedia)]);
//! assert_eq!(log, [r#"stream "5527403918" is ignored: unknown purpose "org.example.whiteboard""#]);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! When WebRTC announces a track, call [`decision`](IncomingStreams::decision) with the ID of its stream. Ignore a track
//! without a stream. After each event of the remote party, get the decisions again. A stream can be muted, change its purpose,
//! or be removed from the metadata. Metadata can list a stream before an `m.call.negotiate` adds the stream to the session
//! description. Until then, the stream has no decision.
//!
//! Before [`from_invite`](RemoteParty::from_invite), check that the sender of the invite is another user, and that `invitee` is
//! absent or the own user. Custom keys of the metadata are in `sdp_stream_metadata` of the event.
//!
//! # Local streams
//!
//! [`OutgoingStreams`] contains the local streams, and [describes](OutgoingStreams::describe_in) them in each event that is
//! sent. If the remote party does not describe its streams, adding a second stream is an error.
//!
//! ```
//! use matrix_events::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
//! use matrix_events::voip::{Muted, OutgoingStreams, Purpose, StreamId, StreamSupport};
//!
//! let camera = StreamId::new("6091738254")?;
//! let mut local = OutgoingStreams::with_peer_support(StreamSupport::Many);
//! local.add(camera.clone(), Purpose::UserMedia)?;
//! local.add(StreamId::new("3386150472")?, Purpose::ScreenShare)?;
//!
//! local.mute(&camera, Muted { audio: true, video: false })?;
//! let changed = CallSdpStreamMetadataChangedEventContent::new("c1", "1", "p2", local.metadata());
//! assert_eq!(changed.sdp_stream_metadata["6091738254"].audio_muted, Some(true));
//! assert_eq!(changed.sdp_stream_metadata["3386150472"].audio_muted, Some(false));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A caller sends an offer before it knows who answers. Therefore a caller creates [`OutgoingStreams::new`] and can offer any
//! number of streams. When the caller accepts an answer, it calls
//! [`update_peer_support`](OutgoingStreams::update_peer_support), which returns the streams that the caller has to stop.
//!
//! Some clients know only the unstable name of the metadata, `org.matrix.msc3077.sdp_stream_metadata`. To describe the streams to
//! them as well, add the metadata to `extra` of the content:
//!
//! ```
//! use matrix_events::call::answer::CallAnswerEventContent;
//! use matrix_events::call::SessionDescription;
//! use matrix_events::voip::{OutgoingStreams, Purpose, StreamId, StreamSupport};
//!
//! let mut local = OutgoingStreams::with_peer_support(StreamSupport::Many);
//! local.add(StreamId::new("camera")?, Purpose::UserMedia)?;
//! let mut answer = CallAnswerEventContent::new("c1", "1", "p2", SessionDescription::answer("v=0\r\n"));
//! local.describe_in(&mut answer)?;
//! let metadata = serde_json::to_value(local.metadata())?;
//! answer.extra.insert("org.matrix.msc3077.sdp_stream_metadata", metadata);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The example `voip_call` in the repository is a call between two parties:
//! `cargo run -p matrix-events --example voip_call`.
//!
//! # Rules
//!
//! | rule | source |
//! |---|---|
//! | If the metadata is present and does not list a stream, [ignore](IgnoreReason::NotListed) the stream. An empty map lists no streams. | [Streams] |
//! | If the purpose of a stream is unknown, [ignore](IgnoreReason::UnknownPurpose) the stream. | [Streams] |
//! | If the first event of the remote party has no metadata, the party [supports one stream](StreamSupport::One). [Use its first stream](IgnoreReason::NotTheFirst) as user media. | [Streams] |
//! | Keep using this stream as long as the party sends it, regardless of its position. | [MSC3077] |
//! | [Send one stream](CannotSend::SecondStream) to a party that supports one stream. [Stop](OutgoingStreams::update_peer_support) the other streams that were offered before the answer. | [Streams] |
//! | Only the first event of a party determines the support. Metadata in later events does not change it. | [Streams] |
//! | Ignore a [track without a stream](IncomingStreams::streamless_tracks), regardless of the metadata. | [Streams] |
//! | The streams are the IDs in the `a=msid` lines of media sections. The ID `-` means no stream. | [RFC 8830] |
//! | A later session description replaces the earlier one, and later metadata replaces the earlier metadata. A [renegotiation][negotiate] without metadata keeps the metadata. | [changed][metadata-changed], [negotiate] |
//! | If `audio_muted` or `video_muted` is absent, the value is `false`. | [changed][metadata-changed] |
//! | [Mute video locally](UsedStream::mute_locally) if the remote party muted it. Do not mute audio locally. | [Streams] |
//! | Invalid metadata is present metadata. A value that is not an object lists no streams, and an [invalid entry](IgnoreReason::UnreadableMetadata) describes no stream. An `m.call.sdp_stream_metadata_changed` with such a value is malformed, and changes nothing. | this crate |
//! | [Reject](PartyMismatchError) an event of another call, user or party, including the own events that the server sends back. | [Party identifiers], [negotiate] |
//! | A call of version 0 has no `party_id` and no metadata. The rules for a party without metadata apply. | [Versions] |
//! | The own metadata describes every stream of the session description, and is sent [even if it is empty](OutgoingStreams::describe_in). | [Streams] |
//!
//! [Streams]: https://spec.matrix.org/v1.19/client-server-api/#streams
//! [Versions]: https://spec.matrix.org/v1.19/client-server-api/#voice-over-ip
//! [Party identifiers]: https://spec.matrix.org/v1.19/client-server-api/#party-identifiers
//! [negotiate]: https://spec.matrix.org/v1.19/client-server-api/#mcallnegotiate
//! [metadata-changed]: https://spec.matrix.org/v1.19/client-server-api/#mcallsdp_stream_metadata_changed
//! [RFC 8830]: https://www.rfc-editor.org/rfc/rfc8830#section-2
//! [MSC3077]: https://github.com/matrix-org/matrix-spec-proposals/blob/main/proposals/3077-multi-stream-voip.md
//!
//! # Limits
//!
//! This module does not implement the state of a call (ringing, glare, lifetimes, candidates) or WebRTC. It parses the parts of
//! a session description that [`SessionStreams`] documents. Pass the session description to WebRTC unchanged.

mod decision;
mod describe;
mod incoming;
mod metadata;
mod outgoing;
mod party;
mod session;
mod stream_id;

pub use decision::{Decision, IgnoreReason, Muted, Purpose, UsedStream};
pub use describe::HasStreamMetadata;
pub use incoming::{IncomingStreams, StreamSupport};
pub use outgoing::{CannotSend, OutgoingStreams};
pub use party::{CallEvent, PartyMismatchError, RemoteParty};
pub use session::{SessionStreams, StreamlessTrack};
pub use stream_id::{InvalidStreamId, StreamId};
