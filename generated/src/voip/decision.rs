//! The decision to present or to ignore a stream.

use std::fmt;

use serde_json::Value;

use super::StreamId;
use crate::__private::shown;
use crate::call::{StreamMetadata, StreamPurpose};

/// The decision to present or to ignore a remote stream.
///
/// A decision formats as a line for a log. Text of the remote party is quoted and escaped.
///
/// ```
/// use matrix_events::voip::{IncomingStreams, Purpose};
///
/// let streams = IncomingStreams::new("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\n", None);
/// let decision = streams.decision("camera").expect("a stream of the session description");
/// assert_eq!(decision.stream().as_str(), "camera");
/// assert_eq!(decision.used().map(|used| used.purpose), Some(Purpose::UserMedia));
/// assert_eq!(decision.ignored(), None);
/// assert_eq!(decision.to_string(), r#"stream "camera" is used as user media"#);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision<'a> {
    /// Present the stream.
    Use(UsedStream<'a>),
    /// Do not present the stream.
    Ignore(IgnoreReason<'a>),
}

impl<'a> Decision<'a> {
    /// Returns the stream.
    #[must_use]
    pub fn stream(&self) -> &'a StreamId {
        match self {
            Self::Use(used) => used.stream,
            Self::Ignore(reason) => reason.stream(),
        }
    }

    /// Returns the stream to present, or `None` if the stream is ignored.
    #[must_use]
    pub fn used(&self) -> Option<UsedStream<'a>> {
        match self {
            Self::Use(used) => Some(*used),
            Self::Ignore(_) => None,
        }
    }

    /// Returns the reason why the stream is ignored, or `None` if the stream is presented.
    #[must_use]
    pub fn ignored(&self) -> Option<IgnoreReason<'a>> {
        match self {
            Self::Use(_) => None,
            Self::Ignore(reason) => Some(*reason),
        }
    }
}

impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Use(used) => used.fmt(f),
            Self::Ignore(reason) => reason.fmt(f),
        }
    }
}

/// A remote stream to present.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct UsedStream<'a> {
    /// The ID of the stream.
    pub stream: &'a StreamId,
    /// The purpose of the stream.
    pub purpose: Purpose,
    /// The kinds of media that the remote party muted. Show them to the user, and mute the kinds that
    /// [`mute_locally`](Self::mute_locally) returns.
    pub muted: Muted,
    /// The metadata of the stream, including unknown keys. It is `None` if the remote party does not describe its streams.
    pub metadata: Option<&'a StreamMetadata>,
}

impl UsedStream<'_> {
    /// Returns the kinds of media to mute locally.
    ///
    /// Video that the remote party muted is muted locally, so that the user does not see a black picture. Audio is never muted
    /// locally. Otherwise, the user would not hear the remote party between its unmuting and the event about it.
    ///
    /// ```
    /// use matrix_events::call::{StreamMetadata, StreamPurpose};
    /// use matrix_events::voip::{IncomingStreams, Muted};
    ///
    /// let mut camera = StreamMetadata::new(StreamPurpose::UserMedia);
    /// (camera.audio_muted, camera.video_muted) = (Some(true), Some(true));
    /// let sdp = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\n";
    /// let streams = IncomingStreams::new(sdp, Some(&[("camera".to_owned(), camera)].into()));
    ///
    /// let used = streams.used().next().expect("a described stream");
    /// assert_eq!(used.muted, Muted { audio: true, video: true });
    /// assert_eq!(used.mute_locally(), Muted { audio: false, video: true });
    /// ```
    #[must_use]
    pub fn mute_locally(&self) -> Muted {
        Muted { audio: false, video: self.muted.video }
    }
}

impl fmt::Display for UsedStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stream {:?} is used as {}", self.stream, self.purpose)?;
        match self.muted {
            Muted { audio: false, video: false } => Ok(()),
            muted => write!(f, ", {muted}"),
        }
    }
}

/// The purpose of a stream: a known [`StreamPurpose`].
///
/// ```
/// use matrix_events::call::StreamPurpose;
/// use matrix_events::voip::Purpose;
///
/// assert_eq!(Purpose::known(&StreamPurpose::ScreenShare), Some(Purpose::ScreenShare));
/// assert_eq!(Purpose::known(&"org.example.whiteboard".into()), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// A camera, a microphone or both.
    UserMedia,
    /// A shared screen.
    ScreenShare,
}

impl Purpose {
    /// Converts a known [`StreamPurpose`]. Returns `None` for an unknown one.
    #[must_use]
    pub fn known(purpose: &StreamPurpose) -> Option<Self> {
        match purpose {
            StreamPurpose::UserMedia => Some(Self::UserMedia),
            StreamPurpose::ScreenShare => Some(Self::ScreenShare),
            StreamPurpose::Unknown(_) => None,
        }
    }
}

impl From<Purpose> for StreamPurpose {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::UserMedia => Self::UserMedia,
            Purpose::ScreenShare => Self::ScreenShare,
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UserMedia => "user media",
            Self::ScreenShare => "screen share",
        })
    }
}

/// The kinds of media of a stream that are muted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Muted {
    /// `true` if audio is muted.
    pub audio: bool,
    /// `true` if video is muted.
    pub video: bool,
}

impl fmt::Display for Muted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.audio, self.video) {
            (false, false) => "not muted",
            (true, false) => "audio muted",
            (false, true) => "video muted",
            (true, true) => "audio and video muted",
        })
    }
}

/// The reason to ignore a remote stream.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum IgnoreReason<'a> {
    /// The remote party describes its streams, and the metadata does not list this stream.
    NotListed {
        /// The ignored stream.
        stream: &'a StreamId,
        /// The number of listed streams.
        listed: usize,
    },
    /// The metadata lists the stream with an unknown purpose.
    UnknownPurpose {
        /// The ignored stream.
        stream: &'a StreamId,
        /// The purpose.
        purpose: &'a str,
    },
    /// The metadata lists the stream with invalid JSON: a value that is not an object, or an object without a valid purpose.
    UnreadableMetadata {
        /// The ignored stream.
        stream: &'a StreamId,
        /// The JSON value.
        found: &'a Value,
    },
    /// The remote party does not describe its streams, and another stream was the first.
    NotTheFirst {
        /// The ignored stream.
        stream: &'a StreamId,
        /// The stream that is used.
        first: &'a StreamId,
    },
}

impl<'a> IgnoreReason<'a> {
    /// Returns the ignored stream.
    #[must_use]
    pub fn stream(&self) -> &'a StreamId {
        match self {
            Self::NotListed { stream, .. }
            | Self::UnknownPurpose { stream, .. }
            | Self::UnreadableMetadata { stream, .. }
            | Self::NotTheFirst { stream, .. } => stream,
        }
    }
}

impl fmt::Display for IgnoreReason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stream {:?} is ignored: ", self.stream())?;
        match self {
            Self::NotListed { listed: 0, .. } => f.write_str("the metadata lists no streams"),
            Self::NotListed { listed: 1, .. } => f.write_str("the metadata lists only 1 other stream"),
            Self::NotListed { listed, .. } => write!(f, "the metadata lists only {listed} other streams"),
            Self::UnknownPurpose { purpose, .. } => write!(f, "unknown purpose {purpose:?}"),
            Self::UnreadableMetadata { found, .. } => {
                write!(f, "expected an object with a purpose as its metadata, found {}", shown(found))
            }
            Self::NotTheFirst { first, .. } => {
                write!(f, "the remote party does not describe its streams, and the first stream is {first:?}")
            }
        }
    }
}
