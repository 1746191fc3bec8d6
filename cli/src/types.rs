//! Event types by name.

use matrix_events::schema::{self, Event};
use matrix_events::tools::known_event;

/// Returns the event type with a name or an unstable name, or else the type of ephemeral data units.
///
/// # Errors
///
/// Returns a message with the most similar names.
pub(crate) fn find(name: &str) -> Result<&'static Event, String> {
    let found = known_event(name, false).or_else(|| schema::edu(name));
    found.ok_or_else(|| {
        let similar = similar(name);
        let help = match similar.as_slice() {
            [] => "list all event types: `matrix-events explain`".to_owned(),
            names => format!("use {}, or list all event types: `matrix-events explain`", names.join(" or ")),
        };
        format!("unknown event type `{name}`\n  = help: {help}")
    })
}

/// Returns up to three event types that are similar to a name.
fn similar(name: &str) -> Vec<String> {
    let known = schema::events().chain(schema::edus()).map(|event| event.event_type);
    let distance = |known: &str| strsim::damerau_levenshtein(&name.to_lowercase(), known);
    let mut found: Vec<(usize, &str)> = known.map(|known| (distance(known), known)).collect();
    // The last part of a type is often all that a person remembers.
    let ends_with = |known: &str| known.ends_with(&format!(".{name}"));
    found.retain(|(distance, known)| *distance * 3 <= name.len() || ends_with(known));
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(3).map(|(_, known)| format!("`{known}`")).collect()
}
