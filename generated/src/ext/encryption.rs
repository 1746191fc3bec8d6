//! The settings of encryption.

use crate::room::encryption::RoomEncryptionEventContent;

/// The recommended rotation period, one week in milliseconds.
const ROTATION_PERIOD_MS: i64 = 604_800_000;

/// The recommended number of messages until a rotation.
const ROTATION_PERIOD_MSGS: i64 = 100;

impl RoomEncryptionEventContent {
    /// Creates a new `RoomEncryptionEventContent` with the
    /// [recommended](https://spec.matrix.org/latest/client-server-api/#mroomencryption) rotation of sessions: after one week, or after
    /// 100 messages.
    ///
    /// ```
    /// use matrix_events::room::encryption::RoomEncryptionEventContent;
    ///
    /// let content = RoomEncryptionEventContent::with_recommended_defaults();
    /// assert_eq!(content.rotation_period_ms, Some(7 * 24 * 60 * 60 * 1000));
    /// assert_eq!(content.rotation_period_msgs, Some(100));
    /// ```
    #[inline]
    #[must_use]
    pub fn with_recommended_defaults() -> Self {
        Self {
            rotation_period_ms: Some(ROTATION_PERIOD_MS),
            rotation_period_msgs: Some(ROTATION_PERIOD_MSGS),
            ..Self::new()
        }
    }

    /// Returns the content for a room in which clients also encrypt state events.
    ///
    /// Requires the feature `unstable-msc4362`, for [MSC4362](https://github.com/matrix-org/matrix-spec-proposals/pull/4362).
    ///
    /// ```
    /// use matrix_events::room::encryption::RoomEncryptionEventContent;
    ///
    /// let content = RoomEncryptionEventContent::with_recommended_defaults().with_encrypted_state();
    /// assert_eq!(content.encrypt_state_events, Some(true));
    /// ```
    #[cfg(feature = "unstable-msc4362")]
    #[inline]
    #[must_use]
    pub fn with_encrypted_state(self) -> Self {
        Self { encrypt_state_events: Some(true), ..self }
    }
}
