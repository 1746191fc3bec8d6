//! The version and the type of a room.

use crate::room::create::{RoomCreateEventContent, RoomType};
use crate::room_version_rules::RoomVersionRules;
use crate::RoomVersionId;

impl RoomCreateEventContent {
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
