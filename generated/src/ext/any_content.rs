//! Members that contents of several types have, for the enums over contents in rooms.

use super::deserialized;
use crate::__private::{FromToJson, JsonRef};
use crate::common::{Mentions, RelatesTo};
use crate::{AnyMessageLikeEventContent, AnyTimelineEventContent};

/// Deserializes a member of a content. Returns `None` unless it is a valid object.
fn member<T: FromToJson>(content: JsonRef<'_>, name: &str) -> Option<T> {
    let value = content.member(name).to_value();
    deserialized(value.as_object()).ok()?
}

macro_rules! any_contents {
    ($($any:ident)+) => {$(
        impl $any {
            /// Returns `m.relates_to`, for every type of event. Returns `None` if it is absent or not an object.
            ///
            /// ```
            #[doc = concat!("use matrix_events::", stringify!($any), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($any), "::from_parts(")]
            ///     "m.reaction", r#"{"m.relates_to": {"rel_type": "m.annotation", "event_id": "$1", "key": "👍"}}"#,
            /// )?;
            /// assert_eq!(content.relates_to().and_then(|relation| relation.event_id).unwrap(), "$1");
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn relates_to(&self) -> Option<RelatesTo> {
                member(self.json_ref(), "m.relates_to")
            }

            /// Returns `m.mentions`, for every type of event. Returns `None` if it is absent or not an object.
            #[inline]
            pub fn mentions(&self) -> Option<Mentions> {
                member(self.json_ref(), "m.mentions")
            }
        }
    )+};
}

any_contents!(AnyMessageLikeEventContent AnyTimelineEventContent);
