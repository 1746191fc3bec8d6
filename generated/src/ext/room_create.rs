//! The version, the type and the creators of a room.

use crate::room::create::{RoomCreateEventContent, RoomType};
use crate::room_version_rules::{AuthorizationRules, RoomVersionRules};
use crate::{RoomVersionId, StateEvent, StrippedStateEvent, SyncStateEvent, UserId};

impl RoomCreateEventContent {
    /// Creates the content of [`m.room.create`](https://spec.matrix.org/latest/client-server-api/#mroomcreate) for room versions 1
    /// to 10, which contains the creator. Without `room_version`, the room has version 1.
    ///
    /// ```
    /// use matrix_events::room::create::RoomCreateEventContent;
    ///
    /// let mut content = RoomCreateEventContent::new_v1("@mira:example.org");
    /// content.room_version = Some("10".into());
    /// assert_eq!(matrix_events::to_string(&content), r#"{"creator":"@mira:example.org","room_version":"10"}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn new_v1(creator: impl Into<UserId>) -> Self {
        Self { creator: Some(creator.into()), ..Self::new() }
    }

    /// Creates the content of [`m.room.create`](https://spec.matrix.org/latest/client-server-api/#mroomcreate) for room version
    /// 11, in which the sender of the event is the creator.
    ///
    /// ```
    /// use matrix_events::room::create::RoomCreateEventContent;
    ///
    /// assert_eq!(matrix_events::to_string(&RoomCreateEventContent::new_v11()), r#"{"room_version":"11"}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn new_v11() -> Self {
        Self { room_version: Some("11".into()), ..Self::new() }
    }

    /// Creates the content for a room with a room version.
    ///
    /// Room versions 1 to 10 also require the field `creator`.
    ///
    /// ```
    /// use matrix_events::room::create::RoomCreateEventContent;
    ///
    /// assert_eq!(matrix_events::to_string(&RoomCreateEventContent::with_version("12")), r#"{"room_version":"12"}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn with_version(room_version: impl Into<RoomVersionId>) -> Self {
        Self { room_version: Some(room_version.into().as_str().into()), ..Self::new() }
    }

    /// Returns the [room version](https://spec.matrix.org/latest/rooms/). It is `1` if the field is absent or `null`.
    ///
    /// Returns `None` if the value is invalid.
    ///
    /// ```
    /// use matrix_events::room::create::RoomCreateEventContent;
    ///
    /// assert_eq!(RoomCreateEventContent::with_version("12").version().expect("a version"), "12");
    /// assert_eq!(RoomCreateEventContent::new().version().expect("a version"), "1");
    /// ```
    #[inline]
    pub fn version(&self) -> Option<RoomVersionId> {
        self.effective_room_version().map(RoomVersionId::from)
    }

    /// Returns the rules of the [room version](Self::version).
    ///
    /// Returns `None` if the specification does not list the room version.
    ///
    /// ```
    /// use matrix_events::room::create::RoomCreateEventContent;
    ///
    /// let rules = RoomCreateEventContent::with_version("12").rules().expect("a known version");
    /// assert!(rules.authorization.additional_room_creators);
    /// assert_eq!(RoomCreateEventContent::with_version("org.example.2").rules(), None);
    /// ```
    #[inline]
    pub fn rules(&self) -> Option<&'static RoomVersionRules> {
        self.version()?.rules()
    }

    /// Returns `true` if the room is a [space](https://spec.matrix.org/latest/client-server-api/#spaces). Since v1.2.
    ///
    /// ```
    /// use matrix_events::room::create::{RoomCreateEventContent, RoomType};
    ///
    /// let mut content = RoomCreateEventContent::new();
    /// assert!(!content.is_space());
    /// content.r#type = Some(RoomType::Space);
    /// assert!(content.is_space());
    /// ```
    #[inline]
    #[must_use]
    pub fn is_space(&self) -> bool {
        self.r#type == Some(RoomType::Space)
    }
}

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
