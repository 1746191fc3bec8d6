//! The remote streams of a call.

use std::fmt;

use super::metadata::Metadata;
use super::{Decision, IgnoreReason, Muted, Purpose, SessionStreams, StreamId, StreamlessTrack, UsedStream};
use crate::call::StreamMetadata;
use crate::Map;

/// The support of a party for several streams. A party that describes its own streams supports many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StreamSupport {
    /// The party describes its streams. Any number of streams can be sent to the party.
    Many,
    /// The party does not describe its streams. Only its first stream is used, and only one stream can be sent to the party.
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

/// The remote streams of a call, with a decision for each. Created from a session description and its metadata.
///
/// A client that receives call events uses [`RemoteParty`](super::RemoteParty), which contains an `IncomingStreams`. This type is
/// for programs that get the session description and the metadata from another source.
///
/// ```
/// use matrix_events::call::{StreamMetadata, StreamPurpose};
/// use matrix_events::voip::{Decision, IgnoreReason, IncomingStreams, Purpose};
/// use matrix_events::Map;
///
/// let sdp = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:screen 2\r\n";
/// let metadata = Map::from([("camera".to_owned(), StreamMetadata::new(StreamPurpose::UserMedia))]);
///
/// let streams = IncomingStreams::new(sdp, Some(&metadata));
/// for decision in streams.decisions() {
///     match decision {
///         Decision::Use(used) => assert_eq!((used.stream.as_str(), used.purpose), ("camera", Purpose::UserMedia)),
///         Decision::Ignore(reason) => {
///             assert!(matches!(reason, IgnoreReason::NotListed { .. }));
///             assert_eq!(reason.to_string(), r#"stream "screen" is ignored: the metadata lists only 1 other stream"#);
///         }
///     }
/// }
///
/// // Absent metadata and empty metadata differ. If absent, the first stream is used. If empty, no stream is used.
/// assert_eq!(IncomingStreams::new(sdp, None).used().count(), 1);
/// assert_eq!(IncomingStreams::new(sdp, Some(&Map::new())).used().count(), 0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct IncomingStreams {
    session: SessionStreams,
    description: Description,
}

/// The description of the streams by the remote party. The first event determines the variant.
#[derive(Clone, Debug, PartialEq)]
enum Description {
    Metadata(Metadata),
    /// The party supports one stream. `used` is the stream in use, if the party sends any.
    Absent {
        used: Option<StreamId>,
    },
}

impl IncomingStreams {
    /// Creates the streams of the first session description of a party.
    ///
    /// For the whole call, the party [supports](Self::support) many streams if `metadata` is present.
    #[must_use]
    pub fn new(sdp: &str, metadata: Option<&Map<String, StreamMetadata>>) -> Self {
        Self::begin(sdp, metadata.map(Metadata::from))
    }

    pub(super) fn begin(sdp: &str, metadata: Option<Metadata>) -> Self {
        let description = metadata.map_or(Description::Absent { used: None }, Description::Metadata);
        let mut streams = Self { session: SessionStreams::default(), description };
        streams.set_session(sdp);
        streams
    }

    /// Updates the streams with a later session description of the party and its metadata.
    ///
    /// If `metadata` is absent, the earlier metadata stays. If the party supports one stream, `metadata` has no effect.
    ///
    /// ```
    /// use matrix_events::voip::IncomingStreams;
    ///
    /// let mut streams = IncomingStreams::new("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\n", None);
    /// streams.renegotiate("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:other 1\r\n", None);
    /// let used: Vec<&str> = streams.used().map(|used| used.stream.as_str()).collect();
    /// assert_eq!(used, ["other"]);
    /// ```
    pub fn renegotiate(&mut self, sdp: &str, metadata: Option<&Map<String, StreamMetadata>>) {
        self.again(sdp, metadata.map(Metadata::from));
    }

    /// Replaces the metadata. If the party supports one stream, this has no effect.
    ///
    /// ```
    /// use matrix_events::call::{StreamMetadata, StreamPurpose};
    /// use matrix_events::voip::IncomingStreams;
    /// use matrix_events::Map;
    ///
    /// let sdp = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\n";
    /// let mut streams = IncomingStreams::new(sdp, Some(&Map::new()));
    /// assert_eq!(streams.used().count(), 0);
    ///
    /// streams.set_metadata(&[("camera".to_owned(), StreamMetadata::new(StreamPurpose::UserMedia))].into());
    /// assert_eq!(streams.used().count(), 1);
    /// ```
    pub fn set_metadata(&mut self, metadata: &Map<String, StreamMetadata>) {
        self.replace(Metadata::from(metadata));
    }

    pub(super) fn again(&mut self, sdp: &str, metadata: Option<Metadata>) {
        self.set_session(sdp);
        if let Some(metadata) = metadata {
            self.replace(metadata);
        }
    }

    pub(super) fn replace(&mut self, metadata: Metadata) {
        if let Description::Metadata(described) = &mut self.description {
            *described = metadata;
        }
    }

    fn set_session(&mut self, sdp: &str) {
        self.session = SessionStreams::read(sdp);
        if let Description::Absent { used } = &mut self.description {
            let streams = self.session.streams();
            // New streams are ignored, so the stream in use stays in use as long as the party sends it.
            let still_sent = used.take().filter(|used| streams.contains(used));
            *used = still_sent.or_else(|| streams.first().cloned());
        }
    }

    /// Returns the support of the party for several streams.
    #[must_use]
    pub fn support(&self) -> StreamSupport {
        match self.description {
            Description::Metadata(_) => StreamSupport::Many,
            Description::Absent { .. } => StreamSupport::One,
        }
    }

    /// Iterates over a decision for each stream, in the order of the session description.
    pub fn decisions(&self) -> impl Iterator<Item = Decision<'_>> {
        self.session.streams().iter().map(|stream| self.decide(stream))
    }

    /// Iterates over the streams to present, in the order of the session description.
    pub fn used(&self) -> impl Iterator<Item = UsedStream<'_>> {
        self.decisions().filter_map(|decision| decision.used())
    }

    /// Returns the decision for a stream ID, such as the ID in a track event of WebRTC. Returns `None` if the stream is not in
    /// the session description.
    #[must_use]
    pub fn decision(&self, stream: &str) -> Option<Decision<'_>> {
        self.session.streams().iter().find(|id| *id == stream).map(|stream| self.decide(stream))
    }

    /// Returns the tracks without a stream, for a log. Such tracks are ignored, regardless of the metadata.
    #[must_use]
    pub fn streamless_tracks(&self) -> &[StreamlessTrack] {
        self.session.streamless_tracks()
    }

    fn decide<'a>(&'a self, stream: &'a StreamId) -> Decision<'a> {
        match &self.description {
            Description::Metadata(metadata) => metadata.decide(stream),
            Description::Absent { used: Some(first) } if first != stream => {
                Decision::Ignore(IgnoreReason::NotTheFirst { stream, first })
            }
            // A call of a party without metadata has one stream, of a microphone and possibly a camera.
            Description::Absent { .. } => {
                let (purpose, muted) = (Purpose::UserMedia, Muted::default());
                Decision::Use(UsedStream { stream, purpose, muted, metadata: None })
            }
        }
    }
}
