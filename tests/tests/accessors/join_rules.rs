//! The conditions of join rules (<https://spec.matrix.org/latest/client-server-api/#mroomjoin_rules>).

use matrix_events::room::join_rules::{AllowCondition, JoinRule, RoomJoinRulesEventContent};
use serde_json::{json, to_value};
use spec_tests::events::round_trip;

#[test]
fn only_restricted_rooms_have_allowed_rooms() {
    let membership = |room: &str| json!({"type": "m.room_membership", "room_id": room});
    let both = json!([membership("!a"), membership("!b")]);
    for (rule, allow, expected) in [
        ("restricted", both.clone(), &["!a", "!b"][..]),
        ("knock_restricted", both.clone(), &["!a", "!b"]),
        ("invite", both.clone(), &[]),
        ("knock", both.clone(), &[]),
        ("public", both.clone(), &[]),
        ("private", both.clone(), &[]),
        ("org.example.quiz", both, &[]),
        ("restricted", json!(null), &[]),
        ("restricted", json!("!a"), &[]),
        ("restricted", json!([7, membership("!a"), {"type": "m.room_membership"}, {"room_id": "!c"}]), &["!a"]),
        (
            "restricted",
            json!([{"type": "org.example.age", "room_id": "!a"}, {"type": "m.room_membership", "room_id": 7}]),
            &[],
        ),
    ] {
        let content = json!({"join_rule": rule, "allow": allow});
        let rules: RoomJoinRulesEventContent = round_trip(&content);
        assert_eq!(rules.allowed_rooms().map(|room| room.as_str()).collect::<Vec<_>>(), expected, "{content}");
    }
}

#[test]
fn rules_have_predicates() {
    for (rule, has_conditions, allows_knocking) in [
        (JoinRule::Public, false, false),
        (JoinRule::Knock, false, true),
        (JoinRule::Invite, false, false),
        (JoinRule::Private, false, false),
        (JoinRule::Restricted, true, false),
        (JoinRule::KnockRestricted, true, true),
        (JoinRule::from("org.example.quiz"), false, false),
    ] {
        assert_eq!((rule.has_conditions(), rule.allows_knocking()), (has_conditions, allows_knocking), "{rule:?}");
    }
}

#[test]
fn constructors_create_valid_content() {
    let allow = || vec![AllowCondition::room_membership("!space:example.org")];
    for (content, rule) in [
        (RoomJoinRulesEventContent::restricted(allow()), "restricted"),
        (RoomJoinRulesEventContent::knock_restricted(allow()), "knock_restricted"),
    ] {
        let condition = json!({"type": "m.room_membership", "room_id": "!space:example.org"});
        assert_eq!(to_value(&content).expect("JSON"), json!({"join_rule": rule, "allow": [condition]}));
    }
}
