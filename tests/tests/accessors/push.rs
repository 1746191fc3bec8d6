//! Conditions and actions of push rules.

use matrix_events::push::{Action, PushCondition, PushConditionValue};
use matrix_events::{RoomMemberCount, Tweak, TypedPushCondition};
use serde_json::{json, Value};
use spec_tests::events::round_trip;

#[test]
fn condition_with_the_fields_of_its_kind_is_typed() {
    let value = PushConditionValue::Boolean(true);
    let rows = [
        (
            json!({"kind": "event_match", "key": "a", "pattern": "b"}),
            TypedPushCondition::EventMatch { key: "a", pattern: "b" },
        ),
        (
            json!({"kind": "event_property_is", "key": "a", "value": true}),
            TypedPushCondition::EventPropertyIs { key: "a", value: &value },
        ),
        (
            json!({"kind": "event_property_contains", "key": "a", "value": true}),
            TypedPushCondition::EventPropertyContains { key: "a", value: &value },
        ),
        (json!({"kind": "contains_display_name"}), TypedPushCondition::ContainsDisplayName),
        (
            json!({"kind": "room_member_count", "is": "<3"}),
            TypedPushCondition::RoomMemberCount(RoomMemberCount::Less(3)),
        ),
        (
            json!({"kind": "sender_notification_permission", "key": "room"}),
            TypedPushCondition::SenderNotificationPermission { key: "room" },
        ),
    ];
    for (json, expected) in rows {
        let condition: PushCondition = round_trip(&json);
        assert_eq!(condition.typed(), expected, "{json}");
        assert_eq!(serde_json::to_value(PushCondition::from(expected)).expect("JSON"), json);
    }
}

#[test]
fn condition_of_another_kind_or_without_a_field_is_kept() {
    let rows = [
        json!({"kind": "org.example.moon", "phase": 3}),
        json!({"kind": "event_match", "key": "a"}),
        json!({"kind": "event_property_is", "key": "a"}),
        json!({"kind": "event_property_contains", "value": 1}),
        json!({"kind": "room_member_count", "is": "few"}),
        json!({"kind": "sender_notification_permission"}),
    ];
    for json in rows {
        let condition: PushCondition = round_trip(&json);
        assert_eq!(condition.typed(), TypedPushCondition::Other(&condition), "{json}");
        assert_eq!(PushCondition::from(condition.typed()), condition, "{json}");
    }
}

#[test]
fn number_of_members_follows_the_grammar() {
    let rows = [
        ("2", Some(RoomMemberCount::Equal(2)), [false, true, false]),
        ("==2", Some(RoomMemberCount::Equal(2)), [false, true, false]),
        ("<2", Some(RoomMemberCount::Less(2)), [true, false, false]),
        (">2", Some(RoomMemberCount::Greater(2)), [false, false, true]),
        ("<=2", Some(RoomMemberCount::AtMost(2)), [true, true, false]),
        (">=2", Some(RoomMemberCount::AtLeast(2)), [false, true, true]),
    ];
    for (text, expected, matches) in rows {
        let parsed = RoomMemberCount::parse(text);
        assert_eq!(parsed, expected, "{text}");
        assert_eq!([1, 2, 3].map(|members| parsed.is_some_and(|count| count.matches(members))), matches, "{text}");
        assert_eq!(parsed.and_then(|count| RoomMemberCount::parse(&count.to_string())), expected, "{text}");
    }
    for text in ["", "<", "=2", "+2", "-2", " 2", "2 ", "2.0", "< 2", "<>2", "two", "99999999999999999999"] {
        assert_eq!(RoomMemberCount::parse(text), None, "{text}");
    }
}

#[test]
fn actions_are_typed_and_kept() {
    let other = |name: &str, value: Option<Value>| Some(Tweak::Other { name: name.to_owned(), value });
    let rows = [
        (json!("notify"), true, None),
        (json!("dont_notify"), false, None),
        (json!({"set_tweak": "sound", "value": "default"}), false, Some(Tweak::Sound("default".to_owned()))),
        (json!({"set_tweak": "highlight"}), false, Some(Tweak::Highlight(true))),
        (json!({"set_tweak": "highlight", "value": false}), false, Some(Tweak::Highlight(false))),
        (json!({"set_tweak": "sound"}), false, other("sound", None)),
        (json!({"set_tweak": "highlight", "value": 1}), false, other("highlight", Some(json!(1)))),
        (
            json!({"set_tweak": "org.example.light", "value": {"color": "red"}}),
            false,
            other("org.example.light", Some(json!({"color": "red"}))),
        ),
        (json!({"set_tweak": 1}), false, None),
        (json!({}), false, None),
    ];
    for (json, is_notify, tweak) in rows {
        let action: Action = round_trip(&json);
        assert_eq!((action.is_notify(), action.tweak()), (is_notify, tweak.clone()), "{json}");
        if let Some(tweak) = tweak {
            assert_eq!(serde_json::to_value(Action::from(tweak)).expect("JSON"), json);
        }
    }
}
