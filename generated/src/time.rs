//! Conversions between milliseconds, which events contain, and the types of `std::time`.
//!
//! Timestamps are milliseconds since the Unix epoch, and durations are milliseconds. The fields of events contain them as `i64`, so
//! that every integer is kept. A method with the name of the field, without `_ms`, returns a duration as a [`Duration`]. A method such as
//! [`Receipt::read_at`](crate::receipt::Receipt::read_at) returns a timestamp as a [`SystemTime`].
//!
//! ```
//! use std::time::{Duration, UNIX_EPOCH};
//! use matrix_events::room::message::RoomMessageEventContent;
//! use matrix_events::{time, SyncRoomEvent};
//!
//! let event: SyncRoomEvent<RoomMessageEventContent> = matrix_events::from_str(
//!     r#"{"type": "m.room.message", "event_id": "$1", "sender": "@mira:example.org", "origin_server_ts": 1500,
//!         "content": {"msgtype": "m.video", "body": "Growth", "url": "mxc://example.org/a", "info": {"duration": 2500}},
//!         "unsigned": {"age": 20}}"#,
//! )?;
//! assert_eq!(event.sent_at(), Some(UNIX_EPOCH + Duration::from_millis(1500)));
//! assert_eq!(event.age(), Some(Duration::from_millis(20)));
//!
//! let RoomMessageEventContent::Video(mut video) = event.content else { panic!("a video") };
//! let mut info = video.info.take().expect("present");
//! assert_eq!(info.duration(), Some(Duration::from_millis(2500)));
//! info.duration = Some(time::from_duration(Duration::from_secs(3)));
//! assert_eq!(info.duration, Some(3000));
//! # Ok::<(), matrix_events::Error>(())
//! ```

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Converts a timestamp in milliseconds since the Unix epoch. A negative timestamp is before the epoch.
///
/// Returns `None` if the platform cannot represent the time.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use matrix_events::time;
///
/// assert_eq!(time::to_system_time(1500), Some(UNIX_EPOCH + Duration::from_millis(1500)));
/// assert_eq!(time::to_system_time(-1500), Some(UNIX_EPOCH - Duration::from_millis(1500)));
/// ```
#[inline]
#[must_use]
pub fn to_system_time(milliseconds: i64) -> Option<SystemTime> {
    let distance = Duration::from_millis(milliseconds.unsigned_abs());
    match milliseconds {
        0.. => UNIX_EPOCH.checked_add(distance),
        _ => UNIX_EPOCH.checked_sub(distance),
    }
}

/// Converts a time to milliseconds since the Unix epoch. A fraction of a millisecond is left out.
///
/// Returns `None` if the number of milliseconds exceeds the range of `i64`.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use matrix_events::time;
///
/// assert_eq!(time::from_system_time(UNIX_EPOCH + Duration::from_micros(1500)), Some(1));
/// assert_eq!(time::from_system_time(UNIX_EPOCH - Duration::from_millis(1500)), Some(-1500));
/// ```
#[inline]
#[must_use]
pub fn from_system_time(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).ok(),
        Err(before) => i64::try_from(before.duration().as_millis()).ok().map(|milliseconds| -milliseconds),
    }
}

/// Converts a duration in milliseconds. Returns `None` if the number is negative.
///
/// ```
/// use std::time::Duration;
/// use matrix_events::time;
///
/// assert_eq!(time::to_duration(1500), Some(Duration::from_millis(1500)));
/// assert_eq!(time::to_duration(-1), None);
/// ```
#[inline]
#[must_use]
pub fn to_duration(milliseconds: i64) -> Option<Duration> {
    u64::try_from(milliseconds).ok().map(Duration::from_millis)
}

/// Converts a duration to milliseconds. A fraction of a millisecond is left out.
///
/// Returns [`i64::MAX`] if the number of milliseconds exceeds the range of `i64`.
///
/// ```
/// use std::time::Duration;
/// use matrix_events::time;
///
/// assert_eq!(time::from_duration(Duration::from_secs(2)), 2000);
/// assert_eq!(time::from_duration(Duration::MAX), i64::MAX);
/// ```
#[inline]
#[must_use]
pub fn from_duration(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
