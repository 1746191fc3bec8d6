//! The order of the rooms in a space.

use super::bytes::Characters;
use super::InvalidReason;

const MAX_BYTES: usize = 50;

identifier! {
    /// The `order` of an [`m.space.child`](https://spec.matrix.org/latest/client-server-api/#mspacechild) event.
    ///
    /// A text is valid if it has 1 to 50 characters from U+0020 (space) to U+007E (`~`). An invalid order counts as no order.
    ///
    /// The order of this type is that of the specification: by code points. For the rooms of a space, sort by
    /// [`SpaceChildPosition`], which also compares rooms without a valid order.
    ///
    /// ```
    /// use matrix_events::SpaceChildOrder;
    ///
    /// assert!(SpaceChildOrder::parse(" ")? < SpaceChildOrder::parse("aaaa")?);
    /// assert!(SpaceChildOrder::parse("Réunion").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    SpaceChildOrder, check
}

const fn check(text: &str) -> Result<(), InvalidReason> {
    match text.len() {
        0 => Err(InvalidReason::NoCharacters),
        1..=MAX_BYTES => Characters::Printable.check(text.as_bytes(), 0),
        bytes => Err(InvalidReason::TooLong { bytes, max: MAX_BYTES }),
    }
}

/// The position of a room among the rooms of a space, with the
/// [order of the specification](https://spec.matrix.org/latest/client-server-api/#ordering-of-children-within-a-space).
///
/// Rooms with a valid `order` are first, by their `order`. Rooms with the same `order`, and rooms without, are sorted by the
/// timestamp of their `m.space.child` event, and then by their ID.
///
/// ```
/// use matrix_events::{SpaceChildOrder, SpaceChildPosition};
///
/// let order = [SpaceChildOrder::new("first"), SpaceChildOrder::new("é")];
/// let mut rooms = [
///     SpaceChildPosition::new(None, 1_640_641_000_000, "!e:example.org"),
///     SpaceChildPosition::new(Some(&order[1]), 1_640_541_000_000, "!f:example.org"),
///     SpaceChildPosition::new(Some(&order[0]), 1_640_841_000_000, "!c:example.org"),
/// ];
/// rooms.sort();
/// assert_eq!(rooms.map(|room| room.room_id()), ["!c:example.org", "!f:example.org", "!e:example.org"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpaceChildPosition<'e> {
    has_no_order: bool,
    order: Option<&'e str>,
    origin_server_ts: i64,
    room_id: &'e str,
}

impl<'e> SpaceChildPosition<'e> {
    /// Creates a position from the `order`, the timestamp (in milliseconds) and the state key of an `m.space.child` event.
    #[must_use]
    pub fn new(order: Option<&'e SpaceChildOrder>, origin_server_ts: i64, room_id: &'e str) -> Self {
        let order = order.filter(|order| order.is_valid()).map(SpaceChildOrder::as_str);
        Self { has_no_order: order.is_none(), order, origin_server_ts, room_id }
    }

    /// Returns the ID of the room.
    #[must_use]
    pub fn room_id(&self) -> &'e str {
        self.room_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_have_up_to_50_printable_characters() {
        for text in [" ", "~", "aaaa", &"x".repeat(50)] {
            assert_eq!(SpaceChildOrder::validate(text), Ok(()), "{text}");
        }
        for (text, reason) in [
            ("", InvalidReason::NoCharacters),
            ("a\u{7f}", InvalidReason::ForbiddenCharacter { character: '\u{7f}', at: 1 }),
            ("\n", InvalidReason::ForbiddenCharacter { character: '\n', at: 0 }),
            ("🔝", InvalidReason::ForbiddenCharacter { character: '🔝', at: 0 }),
            (&"x".repeat(51), InvalidReason::TooLong { bytes: 51, max: 50 }),
        ] {
            assert_eq!(SpaceChildOrder::parse(text).unwrap_err().reason, reason, "{text}");
        }
    }

    #[test]
    fn rooms_are_sorted_by_order_timestamp_and_id() {
        let [space, tilde, long] = [" ", "~", &"x".repeat(51)].map(SpaceChildOrder::new);
        let sorted = [
            SpaceChildPosition::new(Some(&space), 9, "!z"),
            SpaceChildPosition::new(Some(&tilde), 1, "!c"),
            SpaceChildPosition::new(Some(&tilde), 2, "!a"),
            SpaceChildPosition::new(Some(&tilde), 2, "!b"),
            SpaceChildPosition::new(None, 0, "!y"),
            SpaceChildPosition::new(Some(&long), 1, "!x"),
            SpaceChildPosition::new(None, 10, "!w"),
        ];
        let mut rooms = sorted;
        rooms.reverse();
        rooms.sort();
        assert_eq!(rooms, sorted);
    }
}
