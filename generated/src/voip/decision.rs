//! What is decided of a stream.

use std::fmt;

use serde_json::Value;

use super::StreamId;
use crate::__private::shown;
use crate::call::{StreamMetadata, StreamPurpose};

/// What to do with one stream of the other party.
///
/// Its [`Display`](fmt::Display) is a line for a log, in which whatever the other party chose is quoted and escaped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision<'a> {
    /// Present it.
    Use(UsedStream<'a>),
    /// Don't present it.
    Ignore(IgnoreReason<'a>),
}

impl<'a> Decision<'a> {
    /// The stream that is decided on.
    #[must_use]
    pub fn stream(&self) -> &'a StreamId {
        match self {
            Self::Use(used) => used.stream,
            Self::Ignore(reason) => reason.stream(),
        }
    }

    /// How it is presented, if it is.
    #[must_use]
    pub fn used(&self) -> Option<UsedStream<'a>> {
        match self {
            Self::Use(used) => Some(*used),
            Self::Ignore(_) => None,
        }
    }

    /// Why it isn't presented, if it isn't.
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

/// A stream to present, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct UsedStream<'a> {
    /// The stream.
    pub stream: &'a StreamId,
    /// What it shows.
    pub purpose: Purpose,
    /// What of it the other party has muted. To be shown to the user; what to mute here is
    /// [`mute_locally`](Self::mute_locally).
    pub muted: Muted,
    /// What the other party says of it, keys that the specification doesn't know included. `None` if it describes no
    /// streams.
    pub metadata: Option<&'a StreamMetadata>,
}

impl UsedStream<'_> {
    /// What to mute on this side.
    ///
    /// Video that the other party has muted is hidden, so that nobody sees a black picture. Its audio stays on: what
    /// is said between the unmuting and the event that tells of it would be lost, and nothing is sent while it is muted.
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

/// What a stream shows: a [`StreamPurpose`] that the specification knows, for streams of any other are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// Camera, microphone or both.
    UserMedia,
    /// A screen.
    ScreenShare,
}

impl Purpose {
    /// The purpose, if it is a known one.
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

/// Which kinds of media are muted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Muted {
    /// Whether audio is.
    pub audio: bool,
    /// Whether video is.
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

/// Why a stream isn't presented.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum IgnoreReason<'a> {
    /// The other party describes its streams, and this isn't among them.
    NotListed {
        /// The stream.
        stream: &'a StreamId,
        /// How many are listed.
        listed: usize,
    },
    /// It is described with a purpose that the specification doesn't know.
    UnknownPurpose {
        /// The stream.
        stream: &'a StreamId,
        /// The text of the purpose.
        purpose: &'a str,
    },
    /// It is listed, with JSON that describes no stream: an object without a purpose, or no object.
    UnreadableMetadata {
        /// The stream.
        stream: &'a StreamId,
        /// What stands there.
        found: &'a Value,
    },
    /// The other party doesn't describe its streams, and another was the first.
    NotTheFirst {
        /// The stream.
        stream: &'a StreamId,
        /// The one that is used.
        first: &'a StreamId,
    },
}

impl<'a> IgnoreReason<'a> {
    /// The stream that is ignored.
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
            Self::NotListed { listed: 0, .. } => f.write_str("the metadata lists no stream"),
            Self::NotListed { listed, .. } => write!(f, "it isn't among the {listed} that the metadata lists"),
            Self::UnknownPurpose { purpose, .. } => write!(f, "its purpose {purpose:?} is unknown"),
            Self::UnreadableMetadata { found, .. } => write!(f, "its metadata can't be read: {}", shown(found)),
            Self::NotTheFirst { first, .. } => {
                write!(f, "the party describes no streams, and {first:?} was the first")
            }
        }
    }
}
