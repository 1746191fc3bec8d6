//! Durations of `m.room.retention`.

use std::ops::{Bound, RangeBounds};
use std::time::Duration;

use crate::room::retention::RoomRetentionEventContent;

/// The greatest integer in [canonical JSON](https://spec.matrix.org/latest/appendices/#canonical-json).
const GREATEST: u128 = (1 << 53) - 1;

impl RoomRetentionEventContent {
    /// Creates a content from a range of durations. The precision of the durations is a millisecond.
    ///
    /// Returns `None` if the least duration is greater than the greatest one, or if a duration has more than 2<sup>53</sup> − 1
    /// milliseconds.
    ///
    /// ```
    /// use std::time::Duration;
    /// use matrix_events::room::retention::RoomRetentionEventContent;
    ///
    /// let (day, week) = (Duration::from_secs(86_400), Duration::from_secs(604_800));
    /// let content = RoomRetentionEventContent::from_range(day..=week).expect("a day is shorter than a week");
    /// assert_eq!(matrix_events::to_string(&content), r#"{"min_lifetime":86400000,"max_lifetime":604800000}"#);
    /// assert_eq!(RoomRetentionEventContent::from_range(week..=day), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn from_range(lifetime: impl RangeBounds<Duration>) -> Option<Self> {
        let millisecond = Duration::from_millis(1);
        let least = match lifetime.start_bound() {
            Bound::Included(least) => Some(*least),
            Bound::Excluded(below) => Some(below.saturating_add(millisecond)),
            Bound::Unbounded => None,
        };
        let greatest = match lifetime.end_bound() {
            Bound::Included(greatest) => Some(*greatest),
            Bound::Excluded(above) => Some(above.checked_sub(millisecond)?),
            Bound::Unbounded => None,
        };
        let mut content = Self::new();
        if let Some(least) = least {
            content = content.at_least(least)?;
        }
        if let Some(greatest) = greatest {
            content = content.at_most(greatest)?;
        }
        Some(content)
    }

    /// Sets the duration for which servers keep messages at least.
    ///
    /// Returns `None` if the duration is greater than `max_lifetime`, or has more than 2<sup>53</sup> − 1 milliseconds.
    ///
    /// ```
    /// use std::time::Duration;
    /// use matrix_events::room::retention::RoomRetentionEventContent;
    ///
    /// let content = RoomRetentionEventContent::new().at_least(Duration::from_secs(60)).expect("the duration is valid");
    /// assert_eq!(content.min_lifetime, Some(60_000));
    /// assert_eq!(content.at_most(Duration::from_secs(1)), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn at_least(self, lifetime: Duration) -> Option<Self> {
        Self { min_lifetime: Some(milliseconds(lifetime)?), ..self }.valid()
    }

    /// Sets the duration for which servers keep messages at most.
    ///
    /// Returns `None` if the duration is less than `min_lifetime`, or has more than 2<sup>53</sup> − 1 milliseconds.
    ///
    /// ```
    /// use std::time::Duration;
    /// use matrix_events::room::retention::RoomRetentionEventContent;
    ///
    /// let content = RoomRetentionEventContent::new().at_most(Duration::from_secs(60)).expect("the duration is valid");
    /// assert_eq!(content.max_lifetime, Some(60_000));
    /// ```
    #[inline]
    #[must_use]
    pub fn at_most(self, lifetime: Duration) -> Option<Self> {
        Self { max_lifetime: Some(milliseconds(lifetime)?), ..self }.valid()
    }

    /// Returns `true` if `min_lifetime` is not greater than `max_lifetime`, which
    /// [MSC1763](https://github.com/matrix-org/matrix-spec-proposals/pull/1763) requires.
    ///
    /// ```
    /// use matrix_events::room::retention::RoomRetentionEventContent;
    ///
    /// let content: RoomRetentionEventContent =
    ///     matrix_events::from_str(r#"{"min_lifetime": 2000, "max_lifetime": 1000}"#)?;
    /// assert!(!content.is_valid());
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn is_valid(&self) -> bool {
        match (self.min_lifetime, self.max_lifetime) {
            (Some(least), Some(greatest)) => least <= greatest,
            _ => true,
        }
    }

    #[inline]
    fn valid(self) -> Option<Self> {
        self.is_valid().then_some(self)
    }
}

/// Returns `None` if canonical JSON cannot contain the number of milliseconds.
#[inline]
fn milliseconds(duration: Duration) -> Option<i64> {
    let milliseconds = duration.as_millis();
    if milliseconds > GREATEST {
        return None;
    }
    i64::try_from(milliseconds).ok()
}
