//! The creators of a room.

use crate::room::create::RoomCreateEventContent;
use crate::room_version_rules::AuthorizationRules;
use crate::{StateEvent, StrippedStateEvent, SyncStateEvent, UserId};

/// Returns the creators of a room, each once.
#[inline]
fn creators(content: &RoomCreateEventContent, sender: Option<&UserId>, rules: &AuthorizationRules) -> Vec<UserId> {
    let creator = content.creator.as_ref().filter(|_| !rules.use_room_create_sender).or(sender);
    let additional = content.additional_creators.iter().flatten().filter(|_| rules.additional_room_creators);
    let mut creators: Vec<UserId> = Vec::new();
    for user_id in creator.into_iter().chain(additional) {
        if !creators.contains(user_id) {
            creators.push(user_id.clone());
        }
    }
    creators
}

macro_rules! creators {
    ($($event:ident)+) => {$(
        impl $event<RoomCreateEventContent> {
            /// Returns the creators of the room, by the rules of the room version.
            ///
            /// The creator is `creator` of the content in room versions 1 to 10, and the sender from room version 11 on. From room
            /// version 12 on, the users in `additional_creators` are creators too. Without `creator`, the sender is the creator.
            ///
            /// ```
            /// use matrix_events::room_version_rules::RoomVersionRules;
            /// use matrix_events::AnyStrippedStateEvent;
            ///
            /// let event: AnyStrippedStateEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.create", "sender": "@mira:example.org", "state_key": "",
            ///         "content": {"room_version": "12", "additional_creators": ["@lev:example.org"]}}"#,
            /// )?;
            /// let AnyStrippedStateEvent::RoomCreate(create) = &event else { panic!("{event:?}") };
            /// let creators = create.creators(&RoomVersionRules::V12.authorization);
            /// assert_eq!(creators, ["@mira:example.org", "@lev:example.org"]);
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn creators(&self, rules: &AuthorizationRules) -> Vec<UserId> {
                creators(&self.content, self.sender.as_ref(), rules)
            }
        }
    )+};
}

creators!(StateEvent SyncStateEvent StrippedStateEvent);
