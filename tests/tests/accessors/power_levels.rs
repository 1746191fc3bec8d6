//! Power levels: the levels in contents, `RoomPowerLevels`, and the changes that servers accept
//! (<https://spec.matrix.org/latest/client-server-api/#mroompower_levels>).

use matrix_events::power_levels::{PowerLevelAction, PowerLevelUserAction, RoomPowerLevels, UserPowerLevel};
use matrix_events::push::PushConditionPowerLevelsCtx;
use matrix_events::room::create::RoomCreateEventContent;
use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use matrix_events::room_version_rules::RoomVersionRules;
use matrix_events::{RoomVersionId, SyncStateEvent};
use serde_json::{json, Value};

const MIRA: &str = "@mira:example.org";
const LEV: &str = "@lev:example.org";

fn levels(content: Value) -> RoomPowerLevelsEventContent {
    serde_json::from_value(content).expect("power levels")
}

fn room(content: Value, rules: &RoomVersionRules) -> RoomPowerLevels {
    RoomPowerLevels::new(Some(levels(content)), &rules.authorization, [MIRA.into()])
}

#[test]
fn absent_power_levels_have_defaults() {
    let levels = levels(json!({}));
    assert_eq!(levels.for_user(MIRA), Some(0));
    assert_eq!((levels.for_message("m.room.message"), levels.for_state("m.room.name")), (Some(0), Some(50)));
    assert_eq!(levels.for_notification("room"), Some(50));
}

#[test]
fn unlisted_user_and_event_have_the_default_levels() {
    let levels = levels(json!({
        "users": {"@mira:example.org": -5}, "users_default": 7, "events": {"m.reaction": 3, "m.room.name": "60"},
        "events_default": 9, "state_default": "11", "notifications": {"org.example.bell": 4},
    }));
    assert_eq!((levels.for_user(MIRA), levels.for_user(LEV)), (Some(-5), Some(7)));
    assert_eq!((levels.for_message("m.reaction"), levels.for_message("m.room.message")), (Some(3), Some(9)));
    assert_eq!((levels.for_state("m.room.name"), levels.for_state("m.room.topic")), (Some(60), Some(11)));
    assert_eq!((levels.for_notification("org.example.bell"), levels.for_notification("room")), (Some(4), Some(50)));
}

/// Each row has a value in place of a level, and the level that the value is. `Err` is the default of an absent level.
fn values() -> Vec<(Value, Result<Option<i64>, ()>)> {
    vec![
        (json!(60), Ok(Some(60))),
        (json!(60.0), Ok(Some(60))),
        (json!("60"), Ok(Some(60))),
        (json!(" +060 "), Ok(Some(60))),
        (json!(-60.9), Ok(Some(-60))),
        (json!(0.6e2), Ok(Some(60))),
        (json!(1e300), Ok(None)),
        (json!("60.5"), Ok(None)),
        (json!(true), Ok(None)),
        (json!([60]), Ok(None)),
        (Value::Null, Err(())),
    ]
}

#[test]
fn level_in_every_place_accepts_the_same_values() {
    for (value, expected) in values() {
        for name in ["ban", "redact", "kick", "invite", "state_default", "events_default", "users_default"] {
            let room = room(json!({ name: value }), &RoomVersionRules::V1);
            let (found, default) = match name {
                "ban" => (room.for_action(PowerLevelAction::Ban), 50),
                "redact" => (room.for_action(PowerLevelAction::RedactOther), 50),
                "kick" => (room.for_action(PowerLevelAction::Kick), 50),
                "invite" => (room.for_action(PowerLevelAction::Invite), 0),
                "state_default" => (room.for_state("m.room.name"), 50),
                "events_default" => (room.for_message("m.room.message"), 0),
                _ => (room.content().for_user(LEV), 0),
            };
            // The redaction of an event of another user also requires the level of `m.room.redaction`, which is 0.
            let expected =
                expected.unwrap_or(Some(default)).map(|level| if name == "redact" { level.max(0) } else { level });
            assert_eq!(found, expected, "{name}: {value}");
        }
        let room = room(
            json!({"users": {LEV: value}, "events": {"m.room.name": value}, "notifications": {"room": value, "x": value}}),
            &RoomVersionRules::V1,
        );
        assert_eq!(room.content().for_user(LEV), expected.unwrap_or(Some(0)), "{value}");
        assert_eq!(room.for_message("m.room.name"), expected.unwrap_or(Some(0)), "{value}");
        assert_eq!(room.for_state("m.room.name"), expected.unwrap_or(Some(50)), "{value}");
        for (key, default) in [("room", Some(50)), ("x", None)] {
            assert_eq!(room.for_notification(key), expected.unwrap_or(default), "{key}: {value}");
        }
    }
}

#[test]
fn invalid_map_has_no_levels_and_null_is_an_absent_map() {
    for value in [json!(7), json!("60"), json!([]), json!(true)] {
        let room = room(json!({"users": value, "events": value, "notifications": value}), &RoomVersionRules::V9);
        assert_eq!(
            (room.for_user(LEV), room.for_state("m.room.name"), room.for_notification("room")),
            (None, None, None)
        );
        assert!(!room.user_can_send_message(LEV, "m.room.message"), "{value}");
    }
    let room = room(json!({"users": null, "events": null, "notifications": null}), &RoomVersionRules::V9);
    assert_eq!((room.for_user(LEV), room.for_state("m.room.name")), (Some(UserPowerLevel::Int(0)), Some(50)));
    assert_eq!(room.for_notification("room"), Some(50));
}

#[test]
fn user_with_an_invalid_level_has_no_power_and_is_no_target() {
    let room = room(json!({"users": {LEV: "much", "@admin:example.org": 100}}), &RoomVersionRules::V9);
    assert_eq!(room.for_user(LEV), None);
    assert_eq!(room.max(), Some(100));
    for action in [
        PowerLevelUserAction::Ban,
        PowerLevelUserAction::Unban,
        PowerLevelUserAction::Kick,
        PowerLevelUserAction::ChangePowerLevel,
    ] {
        assert!(!room.user_can_do_to_user("@admin:example.org", LEV, action), "{action:?}");
        assert!(!room.user_can_do_to_user(LEV, MIRA, action), "{action:?}");
    }
}

#[test]
fn creators_are_above_all_levels_from_version_12_on() {
    let content = json!({"users": {MIRA: 0, LEV: 9_007_199_254_740_991_i64}, "ban": 9_007_199_254_740_991_i64});
    let old = room(content.clone(), &RoomVersionRules::V11);
    assert_eq!(old.for_user(MIRA), Some(UserPowerLevel::Int(0)));
    assert!(old.user_can_ban_user(LEV, MIRA) && !old.user_can_ban(MIRA));
    let new = room(content, &RoomVersionRules::V12);
    assert_eq!(new.for_user(MIRA), Some(UserPowerLevel::Infinite));
    assert!(new.user_can_ban_user(MIRA, LEV) && !new.user_can_ban_user(LEV, MIRA));
    assert!(!new.user_can_change_user_power_level(MIRA, MIRA));
}

#[test]
fn creators_have_every_permission_in_push_rules_from_version_12_on() {
    for (rules, is_allowed) in [(&RoomVersionRules::V11, false), (&RoomVersionRules::V12, true)] {
        let content = json!({"notifications": {"org.example.bell": 100}});
        let context = PushConditionPowerLevelsCtx::from(room(content, rules));
        assert_eq!(context.has_sender_notification_permission(MIRA, "org.example.bell"), is_allowed);
        assert!(!context.has_sender_notification_permission(LEV, "org.example.bell"));
    }
    let creator = RoomPowerLevels::new(None, &RoomVersionRules::V11.authorization, [MIRA.into()]);
    assert!(PushConditionPowerLevelsCtx::from(creator).has_sender_notification_permission(MIRA, "room"));
}

#[test]
fn creators_of_each_version() {
    let create = |content: Value| -> SyncStateEvent<RoomCreateEventContent> {
        let event = json!({"type": "m.room.create", "state_key": "", "sender": MIRA, "content": content});
        serde_json::from_value(event).expect("an event")
    };
    let full = create(json!({"creator": LEV, "additional_creators": ["@a:b", MIRA, "@a:b"]}));
    let none = create(json!({}));
    for (rules, of_full) in [
        (&RoomVersionRules::V1, vec![LEV]),
        (&RoomVersionRules::V10, vec![LEV]),
        (&RoomVersionRules::V11, vec![MIRA]),
        (&RoomVersionRules::V12, vec![MIRA, "@a:b"]),
    ] {
        assert_eq!(full.creators(&rules.authorization), of_full);
        assert_eq!(none.creators(&rules.authorization), [MIRA]);
    }
}

/// Returns the violations of a change in a room, as text.
fn violations(rules: &RoomVersionRules, sender: &str, current: Value, proposed: Value) -> Vec<String> {
    let room = room(current, rules);
    let proposed = levels(proposed);
    room.check_change(sender, &proposed).violations.iter().map(ToString::to_string).collect()
}

#[test]
fn violations_state_the_key_and_the_levels() {
    let current = json!({"users": {LEV: 50, "@mod:b": 50}, "ban": 60, "events": {"m.room.name": 70}});
    let proposed = json!({
        "users": {LEV: 51, "@mod:b": 40, "@new:b": 90}, "ban": 50, "events": {"m.room.topic": 70}, "kick": 51,
    });
    assert_eq!(
        violations(&RoomVersionRules::V11, LEV, current.clone(), proposed),
        [
            "ban: the current level 60 is above the level of the sender, which is 50",
            "kick: the new level 51 is above the level of the sender, which is 50",
            "events of \"m.room.name\": the current level 70 is above the level of the sender, which is 50",
            "events of \"m.room.topic\": the new level 70 is above the level of the sender, which is 50",
            "users of \"@lev:example.org\": the new level 51 is above the level of the sender, which is 50",
            "users of \"@mod:b\": the current level 50 is not below the level of the sender, which is 50",
            "users of \"@new:b\": the new level 90 is above the level of the sender, which is 50",
        ]
    );
    assert_eq!(
        violations(&RoomVersionRules::V11, "@else:b", current.clone(), current),
        [
            "events of \"m.room.power_levels\": the sender cannot send m.room.power_levels, which requires 50, because the \
             level of the sender is 0"
        ]
    );
}

#[test]
fn invalid_levels_are_violations_by_room_version() {
    let admin = json!({"users": {"@admin:b": 100}});
    let proposed = |field: &str, value: Value| {
        let mut proposed = admin.clone();
        match field.split_once('.') {
            Some((map, key)) => proposed[map][key] = value,
            None => proposed[field] = value,
        }
        proposed
    };
    for (value, allowed_until) in [
        (json!(5), 12),
        (json!("5"), 9),
        (json!(5.5), 5),
        (json!(null), 0),
        (json!(true), 0),
        (json!("much"), 0),
        (json!({}), 0),
        (json!(9_007_199_254_740_992_i64), 0),
    ] {
        for field in
            ["ban", "users_default", "users.@new:b", "events.m.reaction", "notifications.room", "notifications.x"]
        {
            for version in 1..=12 {
                let rules = RoomVersionId::new(version.to_string()).rules().expect("a known version");
                let is_allowed = version <= allowed_until;
                let found = violations(rules, "@admin:b", admin.clone(), proposed(field, value.clone()));
                let has_error = found.iter().any(|violation| violation.contains("is not a power level"));
                assert_eq!(has_error, !is_allowed, "{field}: {value} in version {version}: {found:?}");
            }
        }
    }
    for map in ["users", "events", "notifications"] {
        for value in [json!(null), json!(5), json!([])] {
            let found = violations(&RoomVersionRules::V11, "@admin:b", admin.clone(), proposed(map, value));
            assert!(
                found.contains(&format!("{map}: the new value is not a power level of the room version")),
                "{found:?}"
            );
        }
    }
    let found = violations(&RoomVersionRules::V11, "@admin:b", admin.clone(), proposed("users.new", json!(5)));
    assert!(found.contains(&"users of \"new\": the key is not a user ID".to_owned()), "{found:?}");
}

#[test]
fn change_reports_who_keeps_control() {
    let current = json!({"users": {LEV: 100, "@mod:b": 50}, "events": {"m.room.power_levels": 100}});
    let report = |rules: &RoomVersionRules, proposed: Value| {
        let (room, proposed) = (room(current.clone(), rules), levels(proposed));
        let change = room.check_change(LEV, &proposed);
        assert!(change.is_allowed(), "{change:?}");
        (change.sender_loses_power(), change.sender_keeps_control, change.is_final)
    };
    let lowered = json!({"users": {LEV: 50, "@mod:b": 50}, "events": {"m.room.power_levels": 100}});
    assert_eq!(report(&RoomVersionRules::V11, lowered.clone()), (true, false, true));
    assert_eq!(report(&RoomVersionRules::V12, lowered), (true, false, false));
    let shared = json!({"users": {LEV: 50, "@mod:b": 50}, "events": {"m.room.power_levels": 50}});
    assert_eq!(report(&RoomVersionRules::V11, shared), (true, true, false));
    assert_eq!(report(&RoomVersionRules::V11, current.clone()), (false, true, false));
    let open = json!({"users_default": 100, "events": {"m.room.power_levels": 100}});
    assert_eq!(report(&RoomVersionRules::V11, open), (false, true, false));
}

#[test]
fn change_lists_the_levels_that_change() {
    let room = room(json!({"users": {LEV: 100, "@a:b": 10, "@c:b": "7"}, "ban": 50}), &RoomVersionRules::V9);
    let proposed =
        levels(json!({"users": {LEV: 100, "@b:b": 20, "@c:b": 7}, "kick": 40, "notifications": {"room": 1}}));
    let change = room.check_change(LEV, &proposed);
    let changed: Vec<String> = change
        .changed
        .iter()
        .map(|changed| format!("{}: {:?} to {:?}", changed.key, changed.level.old, changed.level.new))
        .collect();
    assert_eq!(
        changed,
        [
            "ban: Some(50) to None",
            "kick: None to Some(40)",
            "notifications of \"room\": None to Some(1)",
            "users of \"@a:b\": Some(10) to None",
            "users of \"@b:b\": None to Some(20)",
        ]
    );
}

#[test]
fn first_power_levels_can_have_any_levels_except_of_creators() {
    let proposed = levels(json!({"users": {LEV: 200}, "ban": 200}));
    for rules in [&RoomVersionRules::V1, &RoomVersionRules::V11, &RoomVersionRules::V12] {
        let room = RoomPowerLevels::new(None, &rules.authorization, [MIRA.into()]);
        assert!(room.check_change(MIRA, &proposed).is_allowed());
        assert!(!room.check_change(LEV, &proposed).is_allowed());
        let with_creator = levels(json!({"users": {MIRA: 100}}));
        let is_allowed = !rules.authorization.explicitly_privilege_room_creators;
        assert_eq!(room.check_change(MIRA, &with_creator).is_allowed(), is_allowed);
    }
}

#[test]
fn set_user_level_keeps_the_other_levels() {
    let mut content = levels(json!({"users": {MIRA: 100, LEV: "10"}, "users_default": 10, "org.example.note": 1}));
    content.set_user_level(MIRA, 10);
    content.set_user_level("@new:b", 50);
    let expected = json!({"users": {LEV: "10", "@new:b": 50}, "users_default": 10, "org.example.note": 1});
    assert_eq!(serde_json::to_value(&content).expect("JSON"), expected);
}
