//! The `sdp_stream_metadata` of an event, including its invalid entries.

use serde_json::Value;

use super::{Decision, IgnoreReason, Muted, Purpose, StreamId, UsedStream};
use crate::__private::ObjectFields;
use crate::call::StreamMetadata;
use crate::{Extra, JsonObject, Map};

/// The key of the metadata in the contents of call events.
const KEY: &str = "sdp_stream_metadata";

/// Removes the invalid entries of earlier metadata from a content, before new metadata is set.
pub(super) fn forget(content: &mut dyn ObjectFields) {
    for name in content.descriptor().names_of(KEY) {
        content.extra_mut().remove(name);
    }
}

/// Present metadata, valid or invalid.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Metadata {
    listed: Map<String, StreamMetadata>,
    /// The invalid entries.
    invalid: JsonObject,
}

impl Metadata {
    /// Returns the metadata of a content with an optional field, or `None` if it is absent. A value that is not an object is
    /// present metadata without streams.
    pub(super) fn optional(field: Option<&Map<String, StreamMetadata>>, content: &dyn ObjectFields) -> Option<Self> {
        let (descriptor, extra) = (content.descriptor(), content.extra());
        match field {
            Some(listed) => Some(Self::present(listed, extra)),
            None => descriptor.names_of(KEY).any(|name| extra.get(name).is_some()).then(|| Self::from(&Map::new())),
        }
    }

    /// Returns the metadata of a content with a required field.
    pub(super) fn present(listed: &Map<String, StreamMetadata>, extra: &Extra) -> Self {
        let invalid = extra.unparsed(extra.wire_name(KEY)).and_then(Value::as_object).cloned().unwrap_or_default();
        Self { listed: listed.clone(), invalid }
    }

    /// Returns the decision for a stream.
    pub(super) fn decide<'a>(&'a self, stream: &'a StreamId) -> Decision<'a> {
        let Some(metadata) = self.listed.get(stream.as_str()) else {
            return Decision::Ignore(match self.invalid.get(stream.as_str()) {
                Some(found) => IgnoreReason::UnreadableMetadata { stream, found },
                None => IgnoreReason::NotListed { stream, listed: self.listed.len() + self.invalid.len() },
            });
        };
        let Some(purpose) = Purpose::known(&metadata.purpose) else {
            return Decision::Ignore(IgnoreReason::UnknownPurpose { stream, purpose: metadata.purpose.as_str() });
        };
        let is_muted = |muted: Option<bool>| muted.unwrap_or_default();
        let muted = Muted {
            audio: is_muted(metadata.effective_audio_muted()),
            video: is_muted(metadata.effective_video_muted()),
        };
        Decision::Use(UsedStream { stream, purpose, muted, metadata: Some(metadata) })
    }
}

impl From<&Map<String, StreamMetadata>> for Metadata {
    fn from(listed: &Map<String, StreamMetadata>) -> Self {
        Self { listed: listed.clone(), invalid: JsonObject::new() }
    }
}
