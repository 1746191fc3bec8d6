//! The rooms that are direct chats.

use crate::direct::DirectEventContent;
use crate::RoomId;

impl DirectEventContent {
    /// Returns `true` if the room is a direct chat of the user whose account data this is.
    ///
    /// ```
    /// use matrix_events::direct::DirectEventContent;
    ///
    /// let direct: DirectEventContent = serde_json::from_str(r#"{"@mira:example.org": ["!garden:example.org"]}"#)?;
    /// assert!(direct.is_direct("!garden:example.org"));
    /// assert!(!direct.is_direct("!news:example.org"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn is_direct(&self, room_id: &str) -> bool {
        self.users_of(room_id).next().is_some()
    }

    /// Returns the users that the room is a direct chat with. Normally, these are user IDs.
    ///
    /// A key of the event can also be a third-party identifier, such as an email address.
    ///
    /// ```
    /// use matrix_events::direct::DirectEventContent;
    ///
    /// let direct: DirectEventContent = serde_json::from_str(r#"{"@mira:example.org": ["!garden:example.org"]}"#)?;
    /// assert!(direct.users_of("!garden:example.org").eq(["@mira:example.org"]));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn users_of<'a>(&'a self, room_id: &'a str) -> impl Iterator<Item = &'a str> {
        let has_room = move |rooms: &Vec<RoomId>| rooms.iter().any(|room| *room == room_id);
        self.entries.iter().filter(move |(_, rooms)| has_room(rooms)).map(|(user, _)| user.as_str())
    }

    /// Adds a room to the direct chats with a user. A program then sends the whole content to the server.
    ///
    /// ```
    /// use matrix_events::direct::DirectEventContent;
    ///
    /// let mut direct = DirectEventContent::new();
    /// direct.add_room("@mira:example.org", "!garden:example.org");
    /// assert_eq!(matrix_events::to_string(&direct), r#"{"@mira:example.org":["!garden:example.org"]}"#);
    /// ```
    #[inline]
    pub fn add_room(&mut self, user_id: &str, room_id: &str) {
        let rooms = self.entries.get_or_insert_with(user_id.to_owned(), Vec::new);
        if !rooms.iter().any(|room| *room == room_id) {
            rooms.push(room_id.into());
        }
    }

    /// Removes a room from the direct chats with all users. A user without a direct chat is removed too.
    ///
    /// ```
    /// use matrix_events::direct::DirectEventContent;
    ///
    /// let mut direct = DirectEventContent::new();
    /// direct.add_room("@mira:example.org", "!garden:example.org");
    /// direct.remove_room("!garden:example.org");
    /// assert_eq!(direct, DirectEventContent::new());
    /// ```
    #[inline]
    pub fn remove_room(&mut self, room_id: &str) {
        self.entries.retain(|_, rooms| {
            let count = rooms.len();
            rooms.retain(|room| *room != room_id);
            rooms.len() == count || !rooms.is_empty()
        });
    }
}
