//! The id of a stream.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

/// The id of a media stream in a session description: `MediaStream.id` in WebRTC, the first word of an `a=msid` line in
/// SDP, a key of `sdp_stream_metadata` in Matrix.
///
/// It is a text that such a line can carry: not empty, without white space, and not `-`, which stands there for «no
/// stream». The grammar of [RFC 8830](https://www.rfc-editor.org/rfc/rfc8830#section-2) is narrower (64 characters of
/// ASCII at most); WebRTC libraries don't apply it, so an id that breaks it names a stream all the same.
///
/// ```
/// use matrix_events::voip::StreamId;
///
/// let camera = StreamId::new("8140927536")?;
/// assert_eq!(camera, "8140927536");
/// assert!(StreamId::new("-").is_err());
/// # Ok::<(), matrix_events::voip::InvalidStreamId>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(Box<str>);

impl StreamId {
    /// The id that a text is.
    ///
    /// # Errors
    ///
    /// Where the text is none: see [`InvalidStreamId`].
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, InvalidStreamId> {
        let text = text.into();
        match &*text {
            "" => Err(InvalidStreamId::Empty),
            "-" => Err(InvalidStreamId::NoStream),
            _ if text.bytes().any(|byte| byte.is_ascii_whitespace()) => Err(InvalidStreamId::WhiteSpace),
            _ => Ok(Self(text)),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text isn't the id of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidStreamId {
    /// It is empty.
    Empty,
    /// It is `-`, which means that a track belongs to no stream.
    NoStream,
    /// It has white space, at which a line of SDP would end it.
    WhiteSpace,
}

impl fmt::Display for InvalidStreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the id of a stream can't be empty",
            Self::NoStream => "`-` isn't the id of a stream: it means that there is none",
            Self::WhiteSpace => "the id of a stream can't have white space",
        })
    }
}

impl std::error::Error for InvalidStreamId {}

impl FromStr for StreamId {
    type Err = InvalidStreamId;

    fn from_str(text: &str) -> Result<Self, InvalidStreamId> {
        Self::new(text)
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The id in quotes, with escapes: safe in a log line, whoever chose it.
impl fmt::Debug for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl AsRef<str> for StreamId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for StreamId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for StreamId {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for StreamId {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}
