//! The uses of emoji, in the forms of the specification and of earlier clients.

use std::cmp::Reverse;

use serde_json::Value;

use super::deserialized;
use crate::__private::FromToJson;
use crate::recent_emoji::{RecentEmoji, RecentEmojiEventContent};

/// The field with the list.
const FIELD: &str = "recent_emoji";

/// The largest number of uses.
const MAX_TOTAL: i64 = (1 << 53) - 1;

impl RecentEmojiEventContent {
    /// The [recommended](https://spec.matrix.org/latest/client-server-api/#recently-used-emoji) maximum length of the list.
    pub const RECOMMENDED_MAX_LEN: usize = 100;

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
        content.get(FIELD).and_then(Value::as_array).into_iter().flatten().filter_map(uses).collect()
    }

    /// Returns all emoji with the number of their uses, the most used emoji first.
    ///
    /// Emoji with the same number of uses are in the order of their last use. The list has up to
    /// [`RECOMMENDED_MAX_LEN`](Self::RECOMMENDED_MAX_LEN) of the last used emoji.
    ///
    /// ```
    /// use matrix_events::recent_emoji::{RecentEmoji, RecentEmojiEventContent};
    ///
    /// let content = RecentEmojiEventContent::new(vec![RecentEmoji::new("🍅", 1), RecentEmoji::new("🌱", 3)]);
    /// assert_eq!(content.recent_emoji_sorted_by_total()[0].emoji, "🌱");
    /// ```
    #[inline]
    pub fn recent_emoji_sorted_by_total(&self) -> Vec<RecentEmoji> {
        let mut uses = self.uses();
        uses.truncate(Self::RECOMMENDED_MAX_LEN);
        uses.sort_by_key(|emoji| Reverse(emoji.total));
        uses
    }

    /// Counts a use of an emoji, by the
    /// [rules for clients](https://spec.matrix.org/latest/client-server-api/#recently-used-emoji).
    ///
    /// The emoji is moved or added to the start of the list. Elements that do not conform to the schema are removed, and so are those
    /// after [`RECOMMENDED_MAX_LEN`](Self::RECOMMENDED_MAX_LEN). A list of pairs, as in `io.element.recent_emoji`, stays a list of
    /// pairs.
    ///
    /// ```
    /// use matrix_events::recent_emoji::{RecentEmoji, RecentEmojiEventContent};
    ///
    /// let mut content = RecentEmojiEventContent::new(vec![RecentEmoji::new("🍅", 1), RecentEmoji::new("🌱", 3)]);
    /// content.increment_emoji_total("🌱");
    /// assert_eq!(content.recent_emoji, [RecentEmoji::new("🌱", 4), RecentEmoji::new("🍅", 1)]);
    /// ```
    #[inline]
    pub fn increment_emoji_total(&mut self, emoji: &str) {
        let Value::Object(mut content) = self.json_ref().to_value() else { return };
        let Some(Value::Array(list)) = content.get_mut(FIELD) else { return };
        let is_list_of_pairs = !list.is_empty() && list.iter().all(Value::is_array);
        list.retain(|element| uses(element).is_some_and(|emoji| (0..=MAX_TOTAL).contains(&emoji.total)));
        let position = list.iter().position(|element| uses(element).is_some_and(|other| other.emoji == emoji));
        let mut element = match position {
            Some(position) => list.remove(position),
            None if is_list_of_pairs => Value::from(vec![Value::from(emoji), Value::from(0)]),
            None => RecentEmoji::new(emoji, 0).json_ref().to_value(),
        };
        increment(&mut element);
        list.insert(0, element);
        list.truncate(Self::RECOMMENDED_MAX_LEN);
        if let Ok(Some(counted)) = deserialized(Some(&content)) {
            *self = counted;
        }
    }
}

/// Increments the number of uses in an object or a pair.
fn increment(element: &mut Value) {
    let total = match element {
        Value::Array(pair) => pair.get_mut(1),
        element => element.get_mut("total"),
    };
    if let Some(total) = total {
        let uses = total.as_i64().unwrap_or_default().saturating_add(1);
        *total = Value::from(uses.min(MAX_TOTAL));
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
