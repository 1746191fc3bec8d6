//! Calls with several streams: which streams of the other party to present, and how to describe the streams that are sent.
//!
//! A call can carry camera and screen at once. WebRTC hands a client a stream for each, with ids and no meaning; what they
//! mean stands in `sdp_stream_metadata`, which the events of the call carry since v1.10 of the specification
//! ([MSC3077](https://github.com/matrix-org/matrix-spec-proposals/pull/3077)). What a client then does with them is in
//! the specification's prose alone, under [Streams]. This module is that prose as code.
//!
//! # Their streams
//!
//! A [`RemoteParty`] begins with the other party's first event, the invite or the answer, and is told each later one. Its
//! [`streams`](RemoteParty::streams) then hold one [`Decision`] for each stream: [use](UsedStream) it, as user media or
//! screen share, muted or not; or ignore it, for a [reason](IgnoreReason) that prints as a line for the log.
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
//! assert_eq!(log, [r#"stream "5527403918" is ignored: its purpose "org.example.whiteboard" is unknown"#]);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! When WebRTC announces a track, ask for the [decision](IncomingStreams::decision) on its stream; a track that comes with
//! no stream is ignored. After each event of the other party, ask again: a stream can be muted, change its purpose, or
//! be no longer listed.
//!
//! # Our streams
//!
//! [`OutgoingStreams`] holds one's own, and [describes](OutgoingStreams::describe_in) them in each event that is sent. It
//! refuses what the other party couldn't make sense of: a second stream, if that party doesn't describe its own.
//!
//! ```
//! use matrix_events::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
//! use matrix_events::voip::{Muted, OutgoingStreams, Purpose, StreamId, StreamSupport};
//!
//! let camera = StreamId::new("6091738254")?;
//! let mut ours = OutgoingStreams::with_peer_support(StreamSupport::Many);
//! ours.add(camera.clone(), Purpose::UserMedia)?;
//! ours.add(StreamId::new("3386150472")?, Purpose::ScreenShare)?;
//!
//! ours.mute(&camera, Muted { audio: true, video: false })?;
//! let changed = CallSdpStreamMetadataChangedEventContent::new("c1", "1", "p2", ours.metadata());
//! assert_eq!(changed.sdp_stream_metadata["6091738254"].audio_muted, Some(true));
//! assert_eq!(changed.sdp_stream_metadata["3386150472"].audio_muted, Some(false));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A caller offers before it knows who will answer. So it starts with [`OutgoingStreams::new`], offers what it likes, and
//! passes the support of the party whose answer it accepts to [`update_peer_support`](OutgoingStreams::update_peer_support), which names the streams
//! that it then has to stop.
//!
//! The example `voip_call` of this repository is a whole call between two parties:
//! `cargo run -p matrix-events --example voip_call`.
//!
//! # The rules
//!
//! | rule | from |
//! |---|---|
//! | Metadata is there and doesn't list a stream: [ignore](IgnoreReason::NotListed) it. An empty map lists none. | [Streams] |
//! | A stream's purpose is of an unknown type: [ignore](IgnoreReason::UnknownPurpose) it. | [Streams] |
//! | No metadata in the other party's first event: it [supports one stream](StreamSupport::One). [Use the first](IgnoreReason::NotTheFirst) that it sends, as user media … | [Streams] |
//! | … which stays the one while the party sends it, wherever new ones stand … | [MSC3077] |
//! | … and [send no second](CannotSend::SecondStream) to it; those that were offered before it answered are [stopped](OutgoingStreams::update_peer_support). | [Streams] |
//! | The first event decides on the support: metadata in a later one changes nothing if that had none. | [Streams] |
//! | A track without a stream is [ignored](IncomingStreams::streamless_tracks), whatever the metadata. | [Streams] |
//! | The streams are those that `a=msid` names in the media sections; `-` names none. | [RFC 8830] |
//! | A later session description and later metadata each replace the earlier. A [renegotiation][negotiate] without metadata leaves it as it was. | [changed][metadata-changed], [negotiate] |
//! | `audio_muted` and `video_muted` are `false` where they are absent. | [changed][metadata-changed] |
//! | Muted video is [hidden here](UsedStream::mute_locally), muted audio stays on. | [Streams] |
//! | Metadata that can't be read is there all the same: no object lists no stream, an [odd entry](IgnoreReason::UnreadableMetadata) describes none. | this crate |
//! | An event of another call, user or party [says nothing](PartyMismatchError) of these streams, nor does the echo of one's own. | [Party identifiers], [negotiate] |
//! | In version 0 there is no `party_id` and no metadata: as above for a party without either. | [Versions] |
//! | One's own description has every stream, [even if there is none](OutgoingStreams::describe_in), and no session description has a stream beyond it. | [Streams] |
//!
//! [Streams]: https://spec.matrix.org/v1.19/client-server-api/#streams
//! [Versions]: https://spec.matrix.org/v1.19/client-server-api/#voice-over-ip
//! [Party identifiers]: https://spec.matrix.org/v1.19/client-server-api/#party-identifiers
//! [negotiate]: https://spec.matrix.org/v1.19/client-server-api/#mcallnegotiate
//! [metadata-changed]: https://spec.matrix.org/v1.19/client-server-api/#mcallsdp_stream_metadata_changed
//! [RFC 8830]: https://www.rfc-editor.org/rfc/rfc8830#section-2
//! [MSC3077]: https://github.com/matrix-org/matrix-spec-proposals/blob/main/proposals/3077-multi-stream-voip.md
//!
//! # What it leaves to others
//!
//! The state of the call (ringing, glare, lifetimes, candidates) and WebRTC itself. The session description isn't parsed
//! beyond what names streams ([`SessionStreams`] says why that is enough); pass it on to WebRTC as it is.

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
