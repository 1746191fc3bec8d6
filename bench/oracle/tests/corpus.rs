//! Ruma deserializes the events of the corpus.

use ruma_events::AnyTimelineEvent;
use ruma_oracle::examples;

#[test]
fn most_examples_are_events_for_ruma() {
    let examples = examples();
    let timeline: Vec<_> = examples.iter().filter(|event| event.get("room_id").is_some()).collect();
    let accepted = timeline.iter().filter(|event| serde_json::from_str::<AnyTimelineEvent>(&event.to_string()).is_ok());
    assert!(accepted.count() * 10 >= timeline.len() * 9, "of {} events", timeline.len());
}
