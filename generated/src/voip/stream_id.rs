//! The ID of a stream.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

/// The ID of a media stream.
///
/// The ID is `MediaStream.id` in WebRTC, the first word of an `a=msid` line in SDP, and a key of `sdp_stream_metadata` in Matrix.
///
/// An ID is not empty, contains no white space, and is not `-`, which means no stream in SDP. The grammar of
/// [RFC 8830](https://www.rfc-editor.org/rfc/rfc8830#section-2) is stricter (up to 64 characters of ASCII). WebRTC libraries do
/// not enforce this grammar, so this type does not either.
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
    /// Creates a stream ID from a text.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is empty, is `-`, or contains white space.
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, InvalidStreamId> {
        let text = text.into();
        match &*text {
            "" => Err(InvalidStreamId::Empty),
            "-" => Err(InvalidStreamId::NoStream),
            _ if text.bytes().any(|byte| byte.is_ascii_whitespace()) => Err(InvalidStreamId::WhiteSpace),
            _ => Ok(Self(text)),
        }
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The error of an invalid stream ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidStreamId {
    /// The text is empty.
    Empty,
    /// The text is `-`, which means that a track belongs to no stream.
    NoStream,
    /// The text contains white space, which would end the ID in a line of SDP.
    WhiteSpace,
}

impl fmt::Display for InvalidStreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "expected a stream ID, found an empty string",
            Self::NoStream => "expected a stream ID, found `-`, which means no stream",
            Self::WhiteSpace => "expected a stream ID, found a string with white space",
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

/// Formats the ID in quotes, with escapes, so that the ID is safe in a log.
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
