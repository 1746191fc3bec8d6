//! WebRTC session descriptions.

use crate::call::{SessionDescription, SessionDescriptionType};

impl SessionDescription {
    /// Creates an offer from its text in SDP format, for an
    /// [`m.call.invite`](https://spec.matrix.org/latest/client-server-api/#mcallinvite).
    ///
    /// ```
    /// use matrix_events::call::SessionDescription;
    ///
    /// let json = serde_json::to_string(&SessionDescription::offer("v=0"))?;
    /// assert_eq!(json, r#"{"type":"offer","sdp":"v=0"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn offer(sdp: impl Into<String>) -> Self {
        Self::new(SessionDescriptionType::Offer, sdp)
    }

    /// Creates an answer from its text in SDP format, for an
    /// [`m.call.answer`](https://spec.matrix.org/latest/client-server-api/#mcallanswer).
    ///
    /// ```
    /// use matrix_events::call::SessionDescription;
    ///
    /// let json = serde_json::to_string(&SessionDescription::answer("v=0"))?;
    /// assert_eq!(json, r#"{"type":"answer","sdp":"v=0"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn answer(sdp: impl Into<String>) -> Self {
        Self::new(SessionDescriptionType::Answer, sdp)
    }
}
