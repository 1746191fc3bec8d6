//! The contents of call events that describe the streams of the sender.

use super::metadata;
use crate::call::answer::CallAnswerEventContent;
use crate::call::invite::CallInviteEventContent;
use crate::call::negotiate::CallNegotiateEventContent;
use crate::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
use crate::call::StreamMetadata;
use crate::Map;

/// The content of a call event that describes the streams of the sender.
///
/// The events are `m.call.invite`, `m.call.answer`, `m.call.negotiate` and `m.call.sdp_stream_metadata_changed`. The trait is
/// sealed.
///
/// ```
/// use matrix_events::call::answer::CallAnswerEventContent;
/// use matrix_events::call::SessionDescription;
/// use matrix_events::voip::HasStreamMetadata;
///
/// let answer = CallAnswerEventContent::new("c1", "1", "p2", SessionDescription::answer("v=0"));
/// assert_eq!(answer.session_description(), Some("v=0"));
/// ```
pub trait HasStreamMetadata: sealed::Sealed {
    /// Returns the session description. Returns `None` for `m.call.sdp_stream_metadata_changed`, which has none.
    fn session_description(&self) -> Option<&str>;

    /// Sets `sdp_stream_metadata`.
    fn set_stream_metadata(&mut self, metadata: Map<String, StreamMetadata>);
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

            fn set_stream_metadata(&mut self, metadata: Map<String, StreamMetadata>) {
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

    fn set_stream_metadata(&mut self, metadata: Map<String, StreamMetadata>) {
        metadata::forget(self);
        self.sdp_stream_metadata = metadata;
    }
}
