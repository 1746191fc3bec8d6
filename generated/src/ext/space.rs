//! The order of the rooms of a space.

use crate::space::child::SpaceChildEventContent;
use crate::{SpaceChildPosition, StateEvent, SyncStateEvent};

macro_rules! position {
    ($($event:ident)+) => {$(
        impl $event<SpaceChildEventContent> {
            /// Returns the position of the room among the rooms of the space, to sort by.
            ///
            /// An event without `origin_server_ts` is after the events with the same `order`.
            ///
            /// ```
            /// use matrix_events::{space::child::SpaceChildEventContent, SyncStateEvent};
            ///
            /// let mut children: Vec<SyncStateEvent<SpaceChildEventContent>> = serde_json::from_str(
            ///     r#"[{"type": "m.space.child", "state_key": "!garden:example.org", "origin_server_ts": 1,
            ///          "sender": "@mira:example.org", "event_id": "$1", "content": {"via": ["example.org"]}},
            ///         {"type": "m.space.child", "state_key": "!news:example.org", "origin_server_ts": 2,
            ///          "sender": "@mira:example.org", "event_id": "$2",
            ///          "content": {"via": ["example.org"], "order": "a"}}]"#,
            /// )?;
            /// children.sort_by(|one, other| one.position().cmp(&other.position()));
            /// assert_eq!(children[0].state_key, "!news:example.org");
            /// # Ok::<(), serde_json::Error>(())
            /// ```
            #[must_use]
            pub fn position(&self) -> SpaceChildPosition<'_> {
                let timestamp = self.origin_server_ts.unwrap_or(i64::MAX);
                SpaceChildPosition::new(self.content.order.as_ref(), timestamp, self.state_key.as_str())
            }
        }
    )+};
}

position!(StateEvent SyncStateEvent);
