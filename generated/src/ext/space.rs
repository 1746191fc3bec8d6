//! The rooms of a space: their order, and the validity of children and parents.

use crate::__private::Extra;
use crate::space::child::SpaceChildEventContent;
use crate::space::parent::SpaceParentEventContent;
use crate::{RoomId, ServerName, SpaceChildPosition, StateEvent, StrippedStateEvent, SyncStateEvent};

/// Returns `true` if `via` is a list of server names that is not empty.
fn is_valid(via: Option<&[ServerName]>, extra: &Extra) -> bool {
    via.is_some_and(|via| !via.is_empty()) && extra.unparsed("via").is_none()
}

macro_rules! position {
    ($($event:ident at $timestamp:expr;)+) => {$(
        impl $event<SpaceChildEventContent> {
            /// Returns the position of the room among the
            /// [rooms of the space](https://spec.matrix.org/latest/client-server-api/#ordering-of-children-within-a-space), to sort by.
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
                let timestamp: fn(&Self) -> Option<i64> = $timestamp;
                SpaceChildPosition::new(
                    self.content.order.as_ref(),
                    timestamp(self).unwrap_or(i64::MAX),
                    self.state_key.as_str(),
                )
            }
        }
    )+};
}

position! {
    StateEvent at |event| event.origin_server_ts;
    SyncStateEvent at |event| event.origin_server_ts;
    StrippedStateEvent at |event| event.extra.get("origin_server_ts")?.as_i64();
}

impl SpaceChildEventContent {
    /// Returns `true` if the room in the state key is a
    /// [child of the space](https://spec.matrix.org/latest/client-server-api/#mspacechild), because `via` is a list of servers.
    ///
    /// Returns `false` if `via` is absent, empty, or has an element that is not a string. To remove a room from a space, a program
    /// sends the event without `via`.
    ///
    /// ```
    /// use matrix_events::space::child::SpaceChildEventContent;
    ///
    /// assert!(SpaceChildEventContent::new(vec!["example.org".into()]).is_valid());
    /// assert!(!SpaceChildEventContent::default().is_valid());
    /// ```
    #[inline]
    #[must_use]
    pub fn is_valid(&self) -> bool {
        is_valid(self.via.as_deref(), &self.extra)
    }
}

impl SpaceParentEventContent {
    /// Returns `true` if `via` is a list of servers. The state key can name a
    /// [parent of the room](https://spec.matrix.org/latest/client-server-api/#mspaceparent) only then.
    ///
    /// Returns `false` if `via` is absent, empty, or has an element that is not a string. A room can claim any space as its parent, so
    /// use [`StateEvent::is_confirmed`] or [`SyncStateEvent::is_confirmed`] before showing the space.
    ///
    /// ```
    /// use matrix_events::space::parent::SpaceParentEventContent;
    ///
    /// assert!(SpaceParentEventContent::new(vec!["example.org".into()]).is_valid());
    /// assert!(!SpaceParentEventContent::default().is_valid());
    /// ```
    #[inline]
    #[must_use]
    pub fn is_valid(&self) -> bool {
        is_valid(self.via.as_deref(), &self.extra)
    }

    /// Returns the main parent of a room: the valid parent with `canonical`, and the lowest room ID if there are several.
    ///
    /// The parameter has the state key and the content of each `m.space.parent` event of the room. Leave out those that are not
    /// [confirmed](StateEvent::is_confirmed).
    ///
    /// ```
    /// use matrix_events::space::parent::SpaceParentEventContent;
    /// use matrix_events::RoomId;
    ///
    /// let mut parent = SpaceParentEventContent::new(vec!["example.org".into()]);
    /// let [one, other] = [RoomId::new("!b:example.org"), RoomId::new("!a:example.org")];
    /// assert_eq!(SpaceParentEventContent::main_of([(&one, &parent), (&other, &parent)]), None);
    ///
    /// parent.canonical = Some(true);
    /// assert_eq!(SpaceParentEventContent::main_of([(&one, &parent), (&other, &parent)]), Some(&other));
    /// ```
    #[inline]
    pub fn main_of<'e>(parents: impl IntoIterator<Item = (&'e RoomId, &'e Self)>) -> Option<&'e RoomId> {
        let is_main = |(_, content): &(&RoomId, &Self)| content.is_valid() && content.canonical == Some(true);
        parents.into_iter().filter(is_main).map(|(room_id, _)| room_id).min()
    }
}

macro_rules! confirmed {
    ($($event:ident)+) => {$(
        impl $event<SpaceParentEventContent> {
            /// Returns `true` if the space in the state key
            /// [is a parent of the room](https://spec.matrix.org/latest/client-server-api/#mspaceparent-relationships).
            ///
            /// This requires a valid `via`, and one of these conditions:
            ///
            /// - `child` is valid. This is the content of the `m.space.child` event of the space, with the room as state key.
            /// - `can_add_children` returns `true` for the sender of this event. The function returns whether the current power levels
            ///   of the space allow a user to send `m.space.child`. If the state of the space is unknown, the function returns `false`.
            ///
            /// ```
            /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
            /// use matrix_events::space::child::SpaceChildEventContent;
            /// use matrix_events::{space::parent::SpaceParentEventContent, SyncStateEvent};
            ///
            /// let parent: SyncStateEvent<SpaceParentEventContent> = serde_json::from_str(
            ///     r#"{"type": "m.space.parent", "state_key": "!space:example.org", "sender": "@mira:example.org",
            ///         "event_id": "$1", "origin_server_ts": 1, "content": {"via": ["example.org"]}}"#,
            /// )?;
            /// let child = SpaceChildEventContent::new(vec!["example.org".into()]);
            /// assert!(parent.is_confirmed(Some(&child), |_| false));
            ///
            /// let levels: RoomPowerLevelsEventContent = serde_json::from_str(r#"{"users": {"@mira:example.org": 50}}"#)?;
            /// let can_add_children = |user: &str| {
            ///     let levels = levels.for_user(user).zip(levels.for_state("m.space.child"));
            ///     levels.is_some_and(|(level, required)| level >= required)
            /// };
            /// assert!(parent.is_confirmed(None, can_add_children));
            /// assert!(!parent.is_confirmed(None, |_| false));
            /// # Ok::<(), serde_json::Error>(())
            /// ```
            #[inline]
            pub fn is_confirmed(
                &self,
                child: Option<&SpaceChildEventContent>,
                can_add_children: impl FnOnce(&str) -> bool,
            ) -> bool {
                let is_child = child.is_some_and(SpaceChildEventContent::is_valid);
                let sender = self.sender.as_ref();
                self.content.is_valid() && (is_child || sender.is_some_and(|sender| can_add_children(sender.as_str())))
            }
        }
    )+};
}

confirmed!(StateEvent SyncStateEvent);
