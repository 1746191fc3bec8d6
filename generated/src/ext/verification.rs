//! The time until which verification requests are valid.

use std::time::{Duration, SystemTime};

use crate::key::verification::request::KeyVerificationRequestEventContent;

/// The largest age of a verification request.
const MAX_AGE: Duration = Duration::from_secs(10 * 60);

/// The longest time by which a verification request can be in the future.
const MAX_ADVANCE: Duration = Duration::from_secs(5 * 60);

impl KeyVerificationRequestEventContent {
    /// Returns `true` if the [request](https://spec.matrix.org/latest/client-server-api/#mkeyverificationrequest) was made up to 10 minutes
    /// ago, and is up to 5 minutes in the future. Clients ignore other to-device requests.
    ///
    /// Returns `false` if `timestamp` is absent.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use matrix_events::key::verification::request::KeyVerificationRequestEventContent;
    ///
    /// let request: KeyVerificationRequestEventContent = serde_json::from_str(
    ///     r#"{"from_device": "GARDEN", "methods": ["m.sas.v1"], "transaction_id": "t1", "timestamp": 1741860298455}"#,
    /// )?;
    /// let made_at = request.requested_at().expect("a timestamp");
    /// assert!(request.is_recent(made_at + Duration::from_secs(60)));
    /// assert!(!request.is_recent(made_at + Duration::from_secs(60 * 60)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn is_recent(&self, now: SystemTime) -> bool {
        self.requested_at().is_some_and(|time| match now.duration_since(time) {
            Ok(age) => age <= MAX_AGE,
            Err(advance) => advance.duration() <= MAX_ADVANCE,
        })
    }
}
