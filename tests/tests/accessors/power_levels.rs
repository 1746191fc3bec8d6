//! `for_user`, `for_message` and `for_state` of `RoomPowerLevelsEventContent`
//! (<https://spec.matrix.org/latest/client-server-api/#mroompower_levels>).

use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use serde_json::{json, Value};

fn levels(content: Value) -> RoomPowerLevelsEventContent {
    serde_json::from_value(content).expect("power levels")
}

#[test]
fn absent_power_levels_have_defaults() {
    let levels = levels(json!({}));
    assert_eq!(levels.for_user("@mira:example.org"), Some(0));
    assert_eq!((levels.for_message("m.room.message"), levels.for_state("m.room.name")), (Some(0), Some(50)));
}

#[test]
fn unlisted_user_and_event_have_the_default_levels() {
    let levels = levels(json!({
        "users": {"@mira:example.org": -5}, "users_default": 7, "events": {"m.reaction": 3, "m.room.name": "60"},
        "events_default": 9, "state_default": "11",
    }));
    assert_eq!((levels.for_user("@mira:example.org"), levels.for_user("@lev:example.org")), (Some(-5), Some(7)));
    assert_eq!((levels.for_message("m.reaction"), levels.for_message("m.room.message")), (Some(3), Some(9)));
    assert_eq!((levels.for_state("m.room.name"), levels.for_state("m.room.topic")), (Some(60), Some(11)));
}
