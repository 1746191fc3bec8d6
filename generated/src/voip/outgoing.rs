//! The local streams of a call.

use std::fmt;

use super::describe::HasStreamMetadata;
use super::{Muted, Purpose, SessionStreams, StreamId, StreamSupport};
use crate::call::StreamMetadata;
use crate::Map;

/// The local streams of a call, and their description for the remote party (the peer).
///
/// A caller starts with [`new`](Self::new). When the caller accepts an answer, it calls
/// [`update_peer_support`](Self::update_peer_support). A callee starts with [`with_peer_support`](Self::with_peer_support),
/// because the invite determines the support of the caller.
///
/// ```
/// use matrix_events::call::answer::CallAnswerEventContent;
/// use matrix_events::call::SessionDescription;
/// use matrix_events::voip::{CannotSend, OutgoingStreams, Purpose, StreamId, StreamSupport};
///
/// let mut local = OutgoingStreams::with_peer_support(StreamSupport::One);
/// local.add(StreamId::new("camera")?, Purpose::UserMedia)?;
/// let error = local.add(StreamId::new("screen")?, Purpose::ScreenShare).unwrap_err();
/// assert!(matches!(error, CannotSend::SecondStream { .. }));
///
/// let sdp = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\n";
/// let mut answer = CallAnswerEventContent::new("c1", "1", "p2", SessionDescription::answer(sdp));
/// local.describe_in(&mut answer)?;
/// assert!(answer.sdp_stream_metadata.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutgoingStreams {
    streams: Vec<Outgoing>,
    /// The support of the peer, or `None` if it is unknown.
    support: Option<StreamSupport>,
}

#[derive(Clone, Debug, PartialEq)]
struct Outgoing {
    id: StreamId,
    purpose: Purpose,
    muted: Muted,
}

impl OutgoingStreams {
    /// Creates an empty set of streams, for a peer whose support is unknown. Any number of streams can be added.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates an empty set of streams, for a peer whose support is known.
    #[must_use]
    pub fn with_peer_support(support: StreamSupport) -> Self {
        Self { streams: Vec::new(), support: Some(support) }
    }

    /// Sets the support of the peer. If the peer supports one stream, removes and returns all streams except for the first.
    /// Stop sending the returned streams.
    ///
    /// ```
    /// use matrix_events::voip::{OutgoingStreams, Purpose, StreamId, StreamSupport};
    ///
    /// let mut local = OutgoingStreams::new();
    /// local.add(StreamId::new("camera")?, Purpose::UserMedia)?;
    /// local.add(StreamId::new("screen")?, Purpose::ScreenShare)?;
    /// assert_eq!(local.update_peer_support(StreamSupport::One), ["screen"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use = "the returned streams have to be stopped"]
    pub fn update_peer_support(&mut self, support: StreamSupport) -> Vec<StreamId> {
        self.support = Some(support);
        let kept = match support {
            StreamSupport::Many => self.streams.len(),
            StreamSupport::One => self.streams.len().min(1),
        };
        self.streams.drain(kept..).map(|surplus| surplus.id).collect()
    }

    /// Adds a stream that is not muted.
    ///
    /// The first added stream has to be the first stream of the session description. A peer that supports one stream uses the
    /// first stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the stream was already added, or if the peer supports one stream and a stream was already added.
    pub fn add(&mut self, stream: StreamId, purpose: Purpose) -> Result<(), CannotSend> {
        if self.streams.iter().any(|sent| sent.id == stream) {
            return Err(CannotSend::Twice { stream });
        }
        if let (Some(StreamSupport::One), Some(first)) = (self.support, self.streams.first()) {
            return Err(CannotSend::SecondStream { stream, first: first.id.clone() });
        }
        self.streams.push(Outgoing { id: stream, purpose, muted: Muted::default() });
        Ok(())
    }

    /// Removes a stream. Returns `true` if the stream was present.
    ///
    /// ```
    /// use matrix_events::voip::{OutgoingStreams, Purpose, StreamId};
    ///
    /// let screen = StreamId::new("screen")?;
    /// let mut local = OutgoingStreams::new();
    /// local.add(screen.clone(), Purpose::ScreenShare)?;
    /// assert!(local.remove(&screen));
    /// assert!(!local.remove(&screen));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove(&mut self, stream: &StreamId) -> bool {
        let before = self.streams.len();
        self.streams.retain(|sent| sent.id != *stream);
        self.streams.len() < before
    }

    /// Sets the kinds of media of a stream that are muted.
    ///
    /// # Errors
    ///
    /// Returns an error if the stream was not added.
    pub fn mute(&mut self, stream: &StreamId, muted: Muted) -> Result<(), CannotSend> {
        match self.streams.iter_mut().find(|sent| sent.id == *stream) {
            Some(sent) => {
                sent.muted = muted;
                Ok(())
            }
            None => Err(CannotSend::NotAdded { stream: stream.clone() }),
        }
    }

    /// Iterates over the streams, in the order in which they were added.
    pub fn streams(&self) -> impl Iterator<Item = (&StreamId, Purpose, Muted)> {
        self.streams.iter().map(|sent| (&sent.id, sent.purpose, sent.muted))
    }

    /// Returns the description of all streams, for `sdp_stream_metadata`.
    ///
    /// The description is always complete, because it replaces the earlier description. It has both mute flags for each stream,
    /// because some clients keep the earlier value of an absent flag.
    ///
    /// ```
    /// use matrix_events::call::StreamPurpose;
    /// use matrix_events::voip::{OutgoingStreams, Purpose, StreamId};
    ///
    /// let mut local = OutgoingStreams::new();
    /// local.add(StreamId::new("camera")?, Purpose::UserMedia)?;
    /// let metadata = local.metadata();
    /// assert_eq!(metadata["camera"].purpose, StreamPurpose::UserMedia);
    /// assert_eq!(metadata["camera"].video_muted, Some(false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn metadata(&self) -> Map<String, StreamMetadata> {
        let describe = |sent: &Outgoing| {
            let mut metadata = StreamMetadata::new(sent.purpose.into());
            metadata.audio_muted = Some(sent.muted.audio);
            metadata.video_muted = Some(sent.muted.video);
            (sent.id.to_string(), metadata)
        };
        self.streams.iter().map(describe).collect()
    }

    /// Sets `sdp_stream_metadata` in the content of an event. Call this method before the event is sent.
    ///
    /// Replaces the metadata of the content. Add custom keys to the entries after this call.
    ///
    /// The metadata is set even if it is empty, and regardless of the support of the peer. An event without metadata states that
    /// its sender supports one stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the session description of the content has a stream that was not added. A peer would ignore this
    /// stream, or use it as the first stream. The content is unchanged.
    pub fn describe_in(&self, content: &mut impl HasStreamMetadata) -> Result<(), CannotSend> {
        if let Some(sdp) = content.session_description() {
            let session = SessionStreams::read(sdp);
            let unknown = session.streams().iter().find(|stream| self.streams.iter().all(|sent| sent.id != **stream));
            if let Some(stream) = unknown {
                return Err(CannotSend::NotAdded { stream: stream.clone() });
            }
        }
        content.set_stream_metadata(self.metadata());
        Ok(())
    }
}

/// The error of a stream that cannot be added, muted or described.
///
/// ```
/// use matrix_events::voip::{Muted, OutgoingStreams, StreamId};
///
/// let error = OutgoingStreams::new().mute(&StreamId::new("camera")?, Muted::default()).unwrap_err();
/// assert_eq!(error.to_string(), r#"expected a stream that was added, found "camera""#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CannotSend {
    /// The peer supports one stream, and another stream was already added.
    SecondStream {
        /// The stream that cannot be added.
        stream: StreamId,
        /// The stream that was already added.
        first: StreamId,
    },
    /// The stream was already added.
    Twice {
        /// The stream.
        stream: StreamId,
    },
    /// The stream was not added.
    NotAdded {
        /// The stream.
        stream: StreamId,
    },
}

impl fmt::Display for CannotSend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SecondStream { stream, first } => {
                write!(
                    f,
                    "failed to add stream {stream:?}: the peer supports one stream, and {first:?} was already added"
                )
            }
            Self::Twice { stream } => write!(f, "failed to add stream {stream:?}: it was already added"),
            Self::NotAdded { stream } => write!(f, "expected a stream that was added, found {stream:?}"),
        }
    }
}

impl std::error::Error for CannotSend {}
