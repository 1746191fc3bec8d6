//! The feature `arbitrary`: what it makes is worth fuzzing a program with.

use std::collections::BTreeSet;

use arbitrary::{Arbitrary, Unstructured};
use matrix_events::room::message::{ImageMessageEventContent, RoomMessageEventContent};
use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use matrix_events::{schema, AnySyncTimelineEvent, AnyToDeviceEvent, EventContent, StateEvent, UserId};

/// Creates values from different inputs.
fn made<T: for<'a> Arbitrary<'a>>(count: u64) -> Vec<T> {
    let bytes = |seed: u64| {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        };
        (0..512).flat_map(|_| next()).collect::<Vec<u8>>()
    };
    (1..=count).filter_map(|seed| T::arbitrary(&mut Unstructured::new(&bytes(seed))).ok()).collect()
}

#[test]
fn arbitrary_bytes_give_every_kind_of_event() {
    let events: Vec<AnySyncTimelineEvent> = made(4000);
    assert_eq!(events.len(), 4000, "each input is an event");
    let types: BTreeSet<&str> =
        events.iter().filter(|event| !event.is_unknown()).map(|event| event.event_type()).collect();
    let in_rooms = schema::events().filter(|event| event.is_room_event()).map(|event| event.event_type);
    assert_eq!(types, in_rooms.collect());
    assert!(events.iter().any(AnySyncTimelineEvent::is_unknown));
    assert!(events.iter().any(|event| matches!(event, AnySyncTimelineEvent::Malformed(_))));
    assert!(events.iter().any(|event| matches!(event, AnySyncTimelineEvent::Redacted(_))));
    assert!(events.iter().any(|event| !event.invalid_fields().is_empty()));
}

#[test]
fn arbitrary_contents_are_valid() {
    fn valid<C: EventContent + serde::Serialize + for<'a> Arbitrary<'a>>() {
        let contents: Vec<C> = made(300);
        assert_eq!(contents.len(), 300, "{}", C::TYPE);
        for content in contents {
            let report = C::SCHEMA.validate_value(&serde_json::to_value(content).unwrap());
            assert!(report.is_valid(), "{}: {report}", C::TYPE);
        }
    }
    valid::<RoomMessageEventContent>();
    valid::<ImageMessageEventContent>();
    valid::<RoomPowerLevelsEventContent>();
}

#[test]
fn arbitrary_user_ids_are_mostly_valid() {
    assert_eq!(made::<StateEvent<RoomPowerLevelsEventContent>>(100).len(), 100);
    assert_eq!(made::<AnyToDeviceEvent>(100).len(), 100);
    let users: Vec<UserId> = made(300);
    assert!(users.iter().filter(|user| user.is_valid()).count() > 250);
    assert!(users.iter().any(|user| !user.is_valid()));
}

#[test]
fn empty_bytes_give_an_event() {
    let event = AnySyncTimelineEvent::arbitrary(&mut Unstructured::new(&[])).unwrap();
    assert!(!event.is_unknown());
}

#[cfg(feature = "federation")]
#[test]
fn arbitrary_bytes_give_pdus_of_all_formats() {
    use matrix_events::AnyPdu;

    let pdus: Vec<AnyPdu> = made(1000);
    assert_eq!(pdus.len(), 1000, "each input is a PDU");
    assert!(pdus.iter().any(AnyPdu::is_unknown) && pdus.iter().any(AnyPdu::is_malformed));
    assert!(pdus.iter().any(|pdu| !pdu.prev_events().is_empty() && pdu.depth().is_some()));
}
