//! The streams that come in.

use std::collections::BTreeMap;
use std::fmt;

use super::metadata::Metadata;
use super::{Decision, IgnoreReason, Muted, Purpose, SessionStreams, StreamId, StreamlessTrack, UsedStream};
use crate::call::StreamMetadata;

/// Whether a party can tell streams apart: whether it describes its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StreamSupport {
    /// It describes its streams, and reads descriptions: any number may be sent to it.
    Many,
    /// It doesn't: of its streams the first is used, and one may be sent to it.
    One,
}

impl fmt::Display for StreamSupport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Many => "many streams",
            Self::One => "one stream",
        })
    }
}

/// The streams of the other party, and what to do with each: from a session description and the metadata beside it.
///
/// [`RemoteParty`](super::RemoteParty) keeps one from the events of a call, and is what a client wants. This is the part
/// that knows nothing of events, for those who get the two elsewhere.
///
/// ```
/// use std::collections::BTreeMap;
/// use matrix_events::call::{StreamMetadata, StreamPurpose};
/// use matrix_events::voip::{Decision, IgnoreReason, IncomingStreams, Purpose};
///
/// let sdp = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:screen 2\r\n";
/// let metadata = BTreeMap::from([("camera".to_owned(), StreamMetadata::new(StreamPurpose::UserMedia))]);
///
/// let streams = IncomingStreams::new(sdp, Some(&metadata));
/// for decision in streams.decisions() {
///     match decision {
///         Decision::Use(used) => assert_eq!((used.stream.as_str(), used.purpose), ("camera", Purpose::UserMedia)),
///         Decision::Ignore(reason) => {
///             assert!(matches!(reason, IgnoreReason::NotListed { .. }));
///             assert_eq!(reason.to_string(), r#"stream "screen" is ignored: it isn't among the 1 that the metadata lists"#);
///         }
///     }
/// }
///
/// // Absent isn't empty: without metadata the first stream is used, with metadata that lists nothing, none.
/// assert_eq!(IncomingStreams::new(sdp, None).used().count(), 1);
/// assert_eq!(IncomingStreams::new(sdp, Some(&BTreeMap::new())).used().count(), 0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct IncomingStreams {
    session: SessionStreams,
    told: Told,
}

/// What the party tells of its streams; its first event decides on which of the two.
#[derive(Clone, Debug, PartialEq)]
enum Told {
    Metadata(Metadata),
    /// It has no support. One stream is used, if it sends any.
    Nothing {
        used: Option<StreamId>,
    },
}

impl IncomingStreams {
    /// The streams of a party's first session description. Whether it has metadata decides for the rest of the call
    /// whether the party [supports](Self::support) many streams.
    #[must_use]
    pub fn new(sdp: &str, metadata: Option<&BTreeMap<String, StreamMetadata>>) -> Self {
        Self::begin(sdp, metadata.map(Metadata::from))
    }

    pub(super) fn begin(sdp: &str, metadata: Option<Metadata>) -> Self {
        let told = metadata.map_or(Told::Nothing { used: None }, Told::Metadata);
        let mut streams = Self { session: SessionStreams::default(), told };
        streams.set_session(sdp);
        streams
    }

    /// Takes a later session description of the same party, and the metadata beside it.
    ///
    /// Metadata replaces all that was said before, if the party has support; without any, what was said stays.
    pub fn renegotiate(&mut self, sdp: &str, metadata: Option<&BTreeMap<String, StreamMetadata>>) {
        self.again(sdp, metadata.map(Metadata::from));
    }

    /// Takes metadata that comes without a session description, and replaces all that was said before.
    pub fn set_metadata(&mut self, metadata: &BTreeMap<String, StreamMetadata>) {
        self.replace(Metadata::from(metadata));
    }

    pub(super) fn again(&mut self, sdp: &str, metadata: Option<Metadata>) {
        self.set_session(sdp);
        if let Some(metadata) = metadata {
            self.replace(metadata);
        }
    }

    pub(super) fn replace(&mut self, metadata: Metadata) {
        if let Told::Metadata(told) = &mut self.told {
            *told = metadata;
        }
    }

    fn set_session(&mut self, sdp: &str) {
        self.session = SessionStreams::read(sdp);
        if let Told::Nothing { used } = &mut self.told {
            let streams = self.session.streams();
            // New streams are ignored, so the one in use stays in use while it is there, wherever it stands.
            let still_there = used.take().filter(|used| streams.contains(used));
            *used = still_there.or_else(|| streams.first().cloned());
        }
    }

    /// Whether the party can tell streams apart, by its first event.
    #[must_use]
    pub fn support(&self) -> StreamSupport {
        match self.told {
            Told::Metadata(_) => StreamSupport::Many,
            Told::Nothing { .. } => StreamSupport::One,
        }
    }

    /// What to do with each stream of the session description: one decision a stream, in its order.
    pub fn decisions(&self) -> impl Iterator<Item = Decision<'_>> {
        self.session.streams().iter().map(|stream| self.decide(stream))
    }

    /// The streams to present, in the order of the session description.
    pub fn used(&self) -> impl Iterator<Item = UsedStream<'_>> {
        self.decisions().filter_map(|decision| decision.used())
    }

    /// What to do with a stream of which WebRTC tells the id, as when it announces a track. `None` if the session
    /// description hasn't got it.
    #[must_use]
    pub fn decision(&self, stream: &str) -> Option<Decision<'_>> {
        self.session.streams().iter().find(|id| *id == stream).map(|stream| self.decide(stream))
    }

    /// The tracks that belong to no stream. They are ignored, whatever the metadata is; they are told for the log.
    #[must_use]
    pub fn streamless_tracks(&self) -> &[StreamlessTrack] {
        self.session.streamless_tracks()
    }

    fn decide<'a>(&'a self, stream: &'a StreamId) -> Decision<'a> {
        match &self.told {
            Told::Metadata(metadata) => metadata.decide(stream),
            Told::Nothing { used: Some(first) } if first != stream => {
                Decision::Ignore(IgnoreReason::NotTheFirst { stream, first })
            }
            // Before there was metadata a call had one stream, of microphone and perhaps camera.
            Told::Nothing { .. } => {
                let (purpose, muted) = (Purpose::UserMedia, Muted::default());
                Decision::Use(UsedStream { stream, purpose, muted, metadata: None })
            }
        }
    }
}
