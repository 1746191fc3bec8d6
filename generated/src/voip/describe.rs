//! The contents that describe the sender's streams.

use std::collections::BTreeMap;

use super::metadata;
use crate::call::answer::CallAnswerEventContent;
use crate::call::invite::CallInviteEventContent;
use crate::call::negotiate::CallNegotiateEventContent;
use crate::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
use crate::call::StreamMetadata;

/// The content of an event that describes its sender's streams: `m.call.invite`, `m.call.answer`, `m.call.negotiate` and
/// `m.call.sdp_stream_metadata_changed`.
///
/// Implemented for those, and for nothing outside of this crate.
pub trait HasStreamMetadata: sealed::Sealed {
    /// The text of the session description, which `m.call.sdp_stream_metadata_changed` hasn't got.
    fn session_description(&self) -> Option<&str>;

    /// Sets `sdp_stream_metadata`.
    fn set_stream_metadata(&mut self, metadata: BTreeMap<String, StreamMetadata>);
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! has_stream_metadata {
    ($($content:ty: $description:ident),+) => {$(
        impl sealed::Sealed for $content {}

        impl HasStreamMetadata for $content {
            fn session_description(&self) -> Option<&str> {
                Some(&self.$description.sdp)
            }

            fn set_stream_metadata(&mut self, metadata: BTreeMap<String, StreamMetadata>) {
                metadata::forget(self);
                self.sdp_stream_metadata = Some(metadata);
            }
        }
    )+};
}

has_stream_metadata! {
    CallInviteEventContent: offer,
    CallAnswerEventContent: answer,
    CallNegotiateEventContent: description
}

impl sealed::Sealed for CallSdpStreamMetadataChangedEventContent {}

impl HasStreamMetadata for CallSdpStreamMetadataChangedEventContent {
    fn session_description(&self) -> Option<&str> {
        None
    }

    fn set_stream_metadata(&mut self, metadata: BTreeMap<String, StreamMetadata>) {
        metadata::forget(self);
        self.sdp_stream_metadata = metadata;
    }
}
