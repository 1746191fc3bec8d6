//! Work on many events at once: the lines of an NDJSON text, or the elements of an array, on all cores.
//!
//! The functions call a closure with the text of each event, on as many threads as there are cores. The results are in the order of the
//! text. The closure decides what to do with an event, such as [`validate`](fn@crate::validate) or [`from_slice`](crate::from_slice).
//!
//! ```
//! use matrix_events::parallel;
//! use matrix_events::validate::{Form, Validator};
//!
//! let archive = br#"{"type": "m.room.topic", "sender": "@mira:example.org", "state_key": "", "content": {"topic": "Seedlings"}}
//!
//! {"type": "m.room.topic", "sender": 7, "state_key": "", "content": {}}"#;
//! let validator = Validator::new().form(Form::Stripped);
//! let reports = parallel::lines(archive, |event| validator.validate(event));
//! assert!(reports[0].is_valid());
//! assert_eq!(reports[1].violations()[0].pointer(), "/content");
//! ```

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use crate::__private::{utf8, Cursor, ParseError};
use crate::Error;

/// The number of events that a thread takes at once. With one event, the threads would spend their time on taking turns.
const BATCH: usize = 64;

/// Calls a function with each line of an NDJSON text, except for blank lines, and returns the results in the order of the lines.
///
/// ```
/// use matrix_events::{parallel, AnySyncTimelineEvent};
///
/// let events = parallel::lines(b"{\"type\": \"a\"}\n{\"type\": \"b\"}\n", matrix_events::from_slice::<AnySyncTimelineEvent>);
/// let types: Vec<String> = events.into_iter().map(|event| Ok(event?.event_type().to_owned())).collect::<Result<_, _>>()?;
/// assert_eq!(types, ["a", "b"]);
/// # Ok::<(), matrix_events::Error>(())
/// ```
///
/// # Panics
///
/// Panics if the function panics.
pub fn lines<R: Send>(text: &[u8], work: impl Fn(&[u8]) -> R + Sync) -> Vec<R> {
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    each(&lines.collect::<Vec<_>>(), work)
}

/// Calls a function with the text of each element of a JSON array, and returns the results in the order of the elements. The elements
/// are not parsed before.
///
/// ```
/// use matrix_events::{parallel, EventRef};
///
/// let body = br#"[{"type": "m.room.topic", "sender": "@mira:example.org"}, {"type": "m.room.name", "sender": "@lev:example.org"}]"#;
/// let by_lev = parallel::elements(body, |event| EventRef::from_str(event).is_ok_and(|event| event.sender() == Some("@lev:example.org")))?;
/// assert_eq!(by_lev, [false, true]);
/// # Ok::<(), matrix_events::Error>(())
/// ```
///
/// # Errors
///
/// Returns an error if the text is not an array.
///
/// # Panics
///
/// Panics if the function panics.
pub fn elements<R: Send>(text: &[u8], work: impl Fn(&str) -> R + Sync) -> Result<Vec<R>, Error> {
    let text = utf8(text)?;
    let elements = texts_of_elements(text).map_err(|error| error.explain_within(text, 0))?;
    Ok(each(&elements, work))
}

fn texts_of_elements(text: &str) -> Result<Vec<&str>, ParseError> {
    let mut json = Cursor::new(text);
    let (mut members, mut elements) = (json.list()?, Vec::new());
    while json.next_element(&mut members)? {
        elements.push(json.skip()?);
    }
    json.end().map(|()| elements)
}

/// Calls a function with each input, on all cores.
fn each<I: Copy + Send + Sync, R: Send>(inputs: &[I], work: impl Fn(I) -> R + Sync) -> Vec<R> {
    let batches: Vec<&[I]> = inputs.chunks(BATCH).collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(batches.len());
    let next = AtomicUsize::new(0);
    // Each batch of results has the index of its inputs.
    let take_turns = || {
        let mut done: Vec<(usize, Vec<R>)> = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(batch) = batches.get(index) else { return done };
            done.push((index, batch.iter().map(|input| work(*input)).collect()));
        }
    };
    let mut done = thread::scope(|scope| {
        // A system without threads, such as WebAssembly, leaves all work to this thread.
        let others = (1..threads).filter_map(|_| thread::Builder::new().spawn_scoped(scope, take_turns).ok());
        let others: Vec<ScopedJoinHandle<'_, _>> = others.collect();
        let mut done = take_turns();
        for other in others {
            match other.join() {
                Ok(results) => done.extend(results),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    use super::{elements, lines};

    #[test]
    fn results_are_in_the_order_of_the_text() {
        for count in [0, 1, 63, 64, 65, 1_000, 10_001] {
            let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
            let (ndjson, array) = (numbers.join("\r\n\n"), format!(" [{}] ", numbers.join(" , ")));
            let parsed = lines(ndjson.as_bytes(), |line| String::from_utf8_lossy(line).trim().to_owned());
            assert_eq!(parsed, numbers);
            assert_eq!(elements(array.as_bytes(), str::to_owned).expect("an array"), numbers);
        }
    }

    #[test]
    fn text_that_is_no_array_is_an_error() {
        for text in ["", "{}", "[1", "[1,]", "[1] 2", "[1 2]"] {
            assert!(elements(text.as_bytes(), str::len).is_err(), "{text}");
        }
        assert!(elements(b"[\"\xff\"]", str::len).is_err());
    }

    #[test]
    fn panic_of_the_function_is_a_panic() {
        let panics = std::panic::catch_unwind(|| lines(b"1\n2\n3", |line| assert_ne!(line, b"2")));
        assert!(panics.is_err());
    }
}
