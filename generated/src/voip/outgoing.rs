//! The streams that go out.

use std::collections::BTreeMap;
use std::fmt;

use super::describe::HasStreamMetadata;
use super::{Muted, Purpose, SessionStreams, StreamId, StreamSupport};
use crate::call::StreamMetadata;

/// One's own streams in a call, and how the other party is told of them.
///
/// A caller begins with [`new`](Self::new), and calls [`update_peer_support`](Self::update_peer_support) with the support of
/// the party whose answer it accepts. A callee begins with [`with_peer_support`](Self::with_peer_support), since the invite
/// states the support of the caller.
///
/// ```
/// use matrix_events::call::answer::{Answer, CallAnswerEventContent};
/// use matrix_events::voip::{CannotSend, OutgoingStreams, Purpose, StreamId, StreamSupport};
///
/// let mut ours = OutgoingStreams::with_peer_support(StreamSupport::One);
/// ours.add(StreamId::new("camera")?, Purpose::UserMedia)?;
/// let refused = ours.add(StreamId::new("screen")?, Purpose::ScreenShare);
/// assert!(matches!(refused, Err(CannotSend::SecondStream { .. })));
///
/// let sdp = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\n";
/// let mut answer = CallAnswerEventContent::new("c1", "1", "p2", Answer::new(sdp));
/// ours.describe_in(&mut answer)?;
/// assert!(answer.sdp_stream_metadata.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutgoingStreams {
    streams: Vec<Outgoing>,
    /// `None` while the other party hasn't been heard.
    support: Option<StreamSupport>,
}

#[derive(Clone, Debug, PartialEq)]
struct Outgoing {
    id: StreamId,
    purpose: Purpose,
    muted: Muted,
}

impl OutgoingStreams {
    /// Creates a description without streams, for a peer whose support is unknown. Any number of streams may be offered.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a description without streams, for a peer whose support is known.
    #[must_use]
    pub fn with_peer_support(support: StreamSupport) -> Self {
        Self { streams: Vec::new(), support: Some(support) }
    }

    /// Sets the support that the answer of the peer states. Removes and returns the streams that must not be sent any longer:
    /// all but the first, if the peer supports one stream.
    #[must_use = "the streams returned have to be stopped"]
    pub fn update_peer_support(&mut self, support: StreamSupport) -> Vec<StreamId> {
        self.support = Some(support);
        let kept = match support {
            StreamSupport::Many => self.streams.len(),
            StreamSupport::One => self.streams.len().min(1),
        };
        self.streams.drain(kept..).map(|surplus| surplus.id).collect()
    }

    /// Adds a stream that isn't muted. The first to be added has to be the first in the session description: it is the
    /// one that stays if the other party takes one only.
    ///
    /// # Errors
    ///
    /// If it is there already, or is one too many for the other party.
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

    /// Takes a stream out, and tells whether it was there.
    pub fn remove(&mut self, stream: &StreamId) -> bool {
        let before = self.streams.len();
        self.streams.retain(|sent| sent.id != *stream);
        self.streams.len() < before
    }

    /// Says what of a stream is muted now.
    ///
    /// # Errors
    ///
    /// If the stream hasn't been added.
    pub fn mute(&mut self, stream: &StreamId, muted: Muted) -> Result<(), CannotSend> {
        match self.streams.iter_mut().find(|sent| sent.id == *stream) {
            Some(sent) => {
                sent.muted = muted;
                Ok(())
            }
            None => Err(CannotSend::NotAdded { stream: stream.clone() }),
        }
    }

    /// The streams, in the order in which they were added.
    pub fn streams(&self) -> impl Iterator<Item = (&StreamId, Purpose, Muted)> {
        self.streams.iter().map(|sent| (&sent.id, sent.purpose, sent.muted))
    }

    /// The description of all streams, for `sdp_stream_metadata`.
    ///
    /// It is complete each time, for it replaces what was said before; and the mute flags are written out even where they
    /// are `false`, for clients that keep the earlier ones otherwise.
    #[must_use]
    pub fn metadata(&self) -> BTreeMap<String, StreamMetadata> {
        let describe = |sent: &Outgoing| {
            let mut metadata = StreamMetadata::new(sent.purpose.into());
            metadata.audio_muted = Some(sent.muted.audio);
            metadata.video_muted = Some(sent.muted.video);
            (sent.id.to_string(), metadata)
        };
        self.streams.iter().map(describe).collect()
    }

    /// Describes the streams in the content of an event, just before it is sent. The map is written even if it is empty, and
    /// whatever the other party supports, since an event without it says that one doesn't support it oneself.
    ///
    /// # Errors
    ///
    /// If the session description of the content sends a stream that hasn't been added: a party with support would ignore
    /// it, and one without could take it for the first. The content is unchanged then.
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

/// Why a stream can't be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CannotSend {
    /// The other party doesn't support more than one.
    SecondStream {
        /// The stream.
        stream: StreamId,
        /// The one that is sent.
        first: StreamId,
    },
    /// It has been added before.
    Twice {
        /// The stream.
        stream: StreamId,
    },
    /// It hasn't been added.
    NotAdded {
        /// The stream.
        stream: StreamId,
    },
}

impl fmt::Display for CannotSend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SecondStream { stream, first } => {
                write!(f, "stream {stream:?} can't be sent beside {first:?}: the other party takes one only")
            }
            Self::Twice { stream } => write!(f, "stream {stream:?} is sent already"),
            Self::NotAdded { stream } => write!(f, "stream {stream:?} hasn't been added"),
        }
    }
}

impl std::error::Error for CannotSend {}
