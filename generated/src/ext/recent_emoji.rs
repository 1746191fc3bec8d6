//! The uses of emoji, in the forms of the specification and of earlier clients.

use serde_json::Value;

use crate::__private::FromToJson;
use crate::recent_emoji::{RecentEmoji, RecentEmojiEventContent};

impl RecentEmojiEventContent {
    /// Returns all emoji with the number of their uses, the last used emoji first.
    ///
    /// The account data event `io.element.recent_emoji` of earlier clients contains pairs instead of objects. This method returns
    /// pairs too, unlike the field `recent_emoji`. Other elements are left out.
    ///
    /// ```
    /// use matrix_events::AnyGlobalAccountDataEvent;
    ///
    /// let json = r#"{"type": "io.element.recent_emoji", "content": {"recent_emoji": [["🌱", 3], ["🍅", 1]]}}"#;
    /// let event: AnyGlobalAccountDataEvent = matrix_events::from_str(json)?;
    /// let AnyGlobalAccountDataEvent::RecentEmoji(event) = event else { panic!("{event:?}") };
    /// let uses = event.content.uses();
    /// assert_eq!((uses[0].emoji.as_str(), uses[0].total), ("🌱", 3));
    /// assert_eq!((uses[1].emoji.as_str(), uses[1].total), ("🍅", 1));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    pub fn uses(&self) -> Vec<RecentEmoji> {
        let content = self.json_ref().to_value();
        content.get("recent_emoji").and_then(Value::as_array).into_iter().flatten().filter_map(uses).collect()
    }
}

/// Reads an object or a pair.
fn uses(element: &Value) -> Option<RecentEmoji> {
    match element {
        Value::Array(pair) => match pair.as_slice() {
            [Value::String(emoji), total] => Some(RecentEmoji::new(emoji, total.as_i64()?)),
            _ => None,
        },
        element => serde_json::from_value(element.clone()).ok(),
    }
}
