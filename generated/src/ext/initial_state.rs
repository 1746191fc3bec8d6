//! The state key of an initial state event, which has a default.

use crate::__private::{is_unset, FromToJson, JsonRef};
use crate::{AnyInitialStateEvent, InitialStateEvent, StateEventContent};

/// Returns the state key of an event, or the default if it is absent or `null`.
fn effective(event: JsonRef<'_>) -> Option<&str> {
    let state_key = event.member("state_key");
    let has_default = match event {
        JsonRef::Object(event) => is_unset(event.extra(), &["state_key"]),
        _ => state_key.to_value().is_null(),
    };
    state_key.text().or_else(|| has_default.then_some(""))
}

impl<C: StateEventContent<StateKey = String>> InitialStateEvent<C> {
    /// Creates a new `InitialStateEvent` with the empty string as state key.
    ///
    /// ```
    /// use matrix_events::room::topic::RoomTopicEventContent;
    /// use matrix_events::{AnyInitialStateEvent, InitialStateEvent};
    ///
    /// let topic = InitialStateEvent::with_empty_state_key(RoomTopicEventContent::new("Seedlings"));
    /// let initial_state = vec![AnyInitialStateEvent::from(topic)];
    /// assert_eq!(
    ///     serde_json::to_string(&initial_state)?,
    ///     r#"[{"type":"m.room.topic","content":{"topic":"Seedlings"},"state_key":""}]"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn with_empty_state_key(content: C) -> Self {
        Self::new(content, String::new())
    }
}

impl<C: StateEventContent> InitialStateEvent<C> {
    /// Returns `state_key`, or the default `""` if the field is absent or `null`.
    ///
    /// Returns `None` if the value is invalid.
    ///
    /// ```
    /// use matrix_events::room::name::RoomNameEventContent;
    /// use matrix_events::InitialStateEvent;
    ///
    /// let json = r#"{"content":{"name":"Lobby"},"type":"m.room.name"}"#;
    /// let event: InitialStateEvent<RoomNameEventContent> = matrix_events::from_str(json)?;
    /// assert_eq!((&event.state_key, event.effective_state_key()), (&None, Some("")));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    pub fn effective_state_key(&self) -> Option<&str> {
        effective(self.json_ref())
    }
}

impl AnyInitialStateEvent {
    /// Returns `state_key`, or the default `""` if the field is absent or `null`.
    ///
    /// Returns `None` if the value is invalid.
    ///
    /// ```
    /// use matrix_events::AnyInitialStateEvent;
    ///
    /// let event: AnyInitialStateEvent = matrix_events::from_str(r#"{"type": "org.example.plan", "content": {}}"#)?;
    /// assert_eq!((event.state_key(), event.effective_state_key()), (None, Some("")));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    pub fn effective_state_key(&self) -> Option<&str> {
        effective(self.json_ref())
    }
}
