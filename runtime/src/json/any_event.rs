//! Deserialization of the enums over events. The event type selects the variant.

use super::cursor::Cursor;
use super::parse_error::ParseError;
use super::read::FromToJson;
use super::untyped::is_state;
use super::write::JsonRef;

/// An enum over events.
#[doc(hidden)]
pub trait AnyEvent: FromToJson {
    /// Creates a placeholder of the variant for an event type.
    fn of_type(event_type: &str) -> Option<Self>
    where
        Self: Sized;

    /// Returns the event in the variant, to deserialize into.
    fn event_mut(&mut self) -> &mut dyn FromToJson;
}

/// A placeholder of an enum, or `None` before the first attempt.
trait Slot {
    /// Sets the placeholder of the variant for an event type. Returns `false` if there is no such variant.
    fn choose(&mut self, event_type: &str) -> bool;

    /// Returns the event in the variant. Without a variant, the placeholder is that of an unknown event.
    fn event_mut(&mut self) -> &mut dyn FromToJson;

    /// Returns the event as JSON.
    fn event(&self) -> JsonRef<'_>;
}

impl<E: AnyEvent> Slot for Option<E> {
    #[inline]
    fn choose(&mut self, event_type: &str) -> bool {
        *self = E::of_type(event_type);
        self.is_some()
    }

    #[inline]
    fn event_mut(&mut self) -> &mut dyn FromToJson {
        self.get_or_insert_with(E::placeholder).event_mut()
    }

    #[inline]
    fn event(&self) -> JsonRef<'_> {
        self.as_ref().map_or(JsonRef::Absent, FromToJson::json_ref)
    }
}

/// The reason why an event failed to deserialize, and `true` if its type is that of a state event.
type Malformed = (ParseError, bool);

/// Deserializes the next event into the variant for its type. `key` is the name of the member with the type.
#[inline]
pub fn parse_event<E: AnyEvent>(json: &mut Cursor<'_>, key: &str) -> Result<Result<E, (ParseError, bool)>, ParseError> {
    let mut event = None;
    let malformed = parse_into_slot(json, key, &mut event)?;
    Ok(match malformed {
        Some(malformed) => Err(malformed),
        None => Ok(event.unwrap_or_else(E::placeholder)),
    })
}

fn parse_into_slot(json: &mut Cursor<'_>, key: &str, event: &mut dyn Slot) -> Result<Option<Malformed>, ParseError> {
    let start = json.clone();
    let (mut guess, mut failed) = (None, None);
    if json.guess_until(key, &mut |event_type| {
        guess = event.choose(event_type).then_some(event_type);
        guess.is_some()
    }) {
        match event.event_mut().parse_into(json) {
            Ok(_) => return Ok(None),
            Err(error) => failed = guess.map(|event_type| (event_type, error)),
        }
        json.clone_from(&start);
    }
    let error = match failed {
        // A second attempt would fail in the same way.
        Some((guess, error)) if json.is_tagged(key, guess, error, event.event())? => error,
        _ => {
            let event_type = json.discriminator(key)?;
            // Without a type, the placeholder of the first attempt is removed too.
            event.choose(event_type.as_deref().unwrap_or_default());
            match event.event_mut().parse_into(json) {
                Ok(_) => return Ok(None),
                Err(error) => error,
            }
        }
    };
    Ok(Some((error, is_state(event.event()))))
}
