//! The evaluation and the changes of push rules.

use std::fs;

use matrix_events::push::{
    Action, AnyPushRuleRef, FlattenedJson, InsertPushRuleError, PredefinedRuleId, PushCondition,
    PushConditionPowerLevelsCtx, PushConditionRoomCtx, PushRule, PushRuleset, RemovePushRuleError, RuleKind,
    RuleNotFoundError,
};
use matrix_events::push_rules::PushRulesEventContent;
use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use matrix_events::AnyTimelineEvent;
use serde_json::{json, Value};
use spec_tests::spec::{output, releases};

const USER: &str = "@lev:example.org";

fn flattened(event: &Value) -> FlattenedJson {
    FlattenedJson::from_json(&event.to_string()).expect("an object")
}

fn context() -> PushConditionRoomCtx {
    let levels = json!({
        "users": {"@mira:example.org": 50, "@low:example.org": 49},
        "notifications": {"room": 50, "org.example.bell": "40"},
    });
    let levels = matrix_events::from_str(&levels.to_string()).expect("power levels");
    let levels = PushConditionPowerLevelsCtx::new(levels, vec!["@ada:example.org".into()]);
    PushConditionRoomCtx::new("!garden:example.org", 12, USER, "Lev (he)").with_power_levels(levels)
}

fn message(body: &str) -> Value {
    json!({"type": "m.room.message", "sender": "@mira:example.org", "content": {"msgtype": "m.text", "body": body}})
}

fn rules(json: &Value) -> PushRuleset {
    matrix_events::from_str(&json.to_string()).expect("a rule set")
}

/// Returns the ID of the rule that applies.
fn matched(rules: &PushRuleset, event: &Value) -> Option<String> {
    rules.get_match(&flattened(event), &context()).map(|rule| rule.rule_id.clone())
}

/// Compares the result of a condition for each event.
fn check(condition: &Value, rows: &[(Value, bool)]) {
    let parsed: PushCondition = matrix_events::from_str(&condition.to_string()).expect("a condition");
    for (event, expected) in rows {
        assert_eq!(parsed.applies(&flattened(event), &context()), *expected, "{condition} {event}");
    }
}

#[test]
fn event_match_requires_the_whole_string_except_for_the_body() {
    let topic = |topic: Value| json!({"content": {"topic": topic}});
    check(
        &json!({"kind": "event_match", "key": "content.topic", "pattern": "lunc?*"}),
        &[
            (topic(json!("Lunch plans")), true),
            (topic(json!("LUNCH")), true),
            (topic(json!(" lunch")), false),
            (topic(json!("lunc")), false),
            (topic(json!(null)), false),
            (topic(json!(["lunch"])), false),
            (json!({"content": {}}), false),
            (json!({"content": "lunch"}), false),
        ],
    );
    let body = |body: &str| json!({"content": {"body": body}});
    check(
        &json!({"kind": "event_match", "key": "content.body", "pattern": "ex*ple"}),
        &[
            (body("An example event."), true),
            (body("exple"), true),
            (body("An exciting triple-whammy"), true),
            (body("examples"), false),
            (body("an_example"), false),
        ],
    );
    check(
        &json!({"kind": "event_match", "key": "state_key", "pattern": ""}),
        &[(json!({"state_key": ""}), true), (json!({"state_key": "a"}), false), (json!({}), false)],
    );
    check(&json!({"kind": "event_match", "key": "content.topic", "pattern": "*"}), &[(json!({"content": {}}), false)]);
    // Events of `/sync` have no room ID.
    check(&json!({"kind": "event_match", "key": "room_id", "pattern": "!Garden:*"}), &[(json!({}), true)]);
    check(
        &json!({"kind": "event_property_is", "key": "room_id", "value": "!garden:example.org"}),
        &[(json!({}), true)],
    );
}

#[test]
fn path_has_escaped_dots_and_backslashes() {
    let event = json!({
        "content": {"m.relates_to": {"rel_type": "a"}, "m": {"relates_to": "b"}, r"m\foo": "c", r"\.": "d", "": {"": "e"}},
        r"a\x.b": "f",
        "": "g",
    });
    for (path, expected) in [
        (r"content.m\.relates_to.rel_type", Some("a")),
        ("content.m.relates_to", Some("b")),
        (r"content.m\\foo", Some("c")),
        // Other escapes stay as they are.
        (r"content.m\foo", Some("c")),
        (r"content.\\\.", Some("d")),
        ("content..", Some("e")),
        (r"a\x\.b", Some("f")),
        (r"a\\x\.b", Some("f")),
        ("", Some("g")),
        ("content", None),
        ("content.m", None),
        (r"content\.m", None),
        ("content.m.relates_to.rel_type", None),
        (r"content.m\", None),
    ] {
        assert_eq!(flattened(&event).get_str(path), expected, "{path}");
    }
}

#[test]
fn property_is_compared_exactly() {
    let of = |value: Value| json!({"content": {"m.value": value}});
    let values = [
        json!(true),
        json!(false),
        json!(null),
        json!(1),
        json!(-1),
        json!("1"),
        json!("true"),
        json!("null"),
        json!(9_007_199_254_740_991_i64),
    ];
    let never = [json!([1]), json!({}), json!(1.5), json!(1e30)];
    for value in &values {
        let condition = json!({"kind": "event_property_is", "key": r"content.m\.value", "value": value});
        let rows = values.iter().chain(&never).map(|found| (of(found.clone()), found == value));
        check(&condition, &rows.chain([(json!({"content": {}}), false)]).collect::<Vec<_>>());

        let condition = json!({"kind": "event_property_contains", "key": r"content.m\.value", "value": value});
        let rows = values.iter().map(|found| (of(json!([[], {}, 1.5, found])), found == value));
        let others = [(of(value.clone()), false), (of(json!([])), false), (of(json!([[value]])), false)];
        check(&condition, &rows.chain(others).collect::<Vec<_>>());
    }
    // The range of canonical JSON.
    let large = json!({"kind": "event_property_is", "key": r"content.m\.value", "value": 9_007_199_254_740_992_i64});
    check(&large, &[(of(json!(9_007_199_254_740_992_i64)), false)]);
}

#[test]
fn display_name_is_literal_and_between_word_boundaries() {
    let applies = |name: &str, body: &str| {
        let condition = PushCondition::from(matrix_events::TypedPushCondition::ContainsDisplayName);
        let mut context = context();
        context.user_display_name = name.to_owned();
        condition.applies(&flattened(&message(body)), &context)
    };
    for (name, body, expected) in [
        ("Lev (he)", "hi lev (he)!", true),
        ("Lev", "LEV: hi", true),
        ("Lev", "level", false),
        ("*", "anything", false),
        ("*", "a * b", true),
        ("", "", false),
        ("", "a", false),
    ] {
        assert_eq!(applies(name, body), expected, "{name} {body}");
    }
}

#[test]
fn number_of_members_and_power_levels_are_in_the_context() {
    for (is, expected) in [("12", true), ("==12", true), ("<12", false), ("<=12", true), (">2", true), ("x", false)] {
        check(&json!({"kind": "room_member_count", "is": is}), &[(json!({}), expected)]);
    }
    let from = |sender: &str| json!({"sender": sender});
    for (key, rows) in [
        ("room", [("@mira:example.org", true), ("@low:example.org", false), ("@ada:example.org", true)]),
        ("org.example.bell", [("@mira:example.org", true), ("@low:example.org", true), ("@new:example.org", false)]),
        // The level of another type has no default.
        ("org.example.gong", [("@mira:example.org", false), ("@low:example.org", false), ("@ada:example.org", false)]),
    ] {
        let rows = rows.map(|(sender, expected)| (from(sender), expected));
        check(&json!({"kind": "sender_notification_permission", "key": key}), &rows);
    }
    let condition = json!({"kind": "sender_notification_permission", "key": "room"});
    check(&condition, &[(json!({}), false), (json!({"sender": 1}), false)]);
    let condition: PushCondition = matrix_events::from_str(&condition.to_string()).expect("a condition");
    let mut context = context();
    context.power_levels = None;
    assert!(!condition.applies(&flattened(&from("@mira:example.org")), &context));
}

#[test]
fn level_for_notifications_has_a_default_and_can_be_invalid() {
    for (levels, expected) in [
        (json!({"users_default": 50}), true),
        (json!({"users_default": 49}), false),
        (json!({"users_default": 50, "notifications": {}}), true),
        (json!({"users_default": 50, "notifications": null}), true),
        (json!({"users_default": 100, "notifications": []}), false),
        (json!({"users_default": 100, "notifications": {"room": []}}), false),
        (json!({"users_default": [], "notifications": {"room": 0}}), false),
        (json!({"users_default": "7", "notifications": {"room": "7"}}), true),
    ] {
        let parsed: RoomPowerLevelsEventContent = matrix_events::from_str(&levels.to_string()).expect("power levels");
        let context = PushConditionPowerLevelsCtx::from(parsed);
        assert_eq!(context.has_sender_notification_permission("@mira:example.org", "room"), expected, "{levels}");
    }
}

#[test]
fn kinds_are_checked_in_order_and_only_enabled_rules_apply() {
    let rule = |id: &str| json!({"rule_id": id, "default": false, "enabled": true, "actions": []});
    let mut set = json!({
        "underride": [rule("underride")],
        "sender": [rule("@mira:example.org")],
        "room": [rule("!garden:example.org")],
        "content": [{"rule_id": "content", "pattern": "cake", "enabled": true, "default": false, "actions": []}],
        "override": [rule("first"), rule("second")],
    });
    let expected = ["first", "second", "content", "!garden:example.org", "@mira:example.org", "underride"];
    let kinds = ["override", "override", "content", "room", "sender", "underride"];
    for (index, (id, kind)) in expected.into_iter().zip(kinds).enumerate() {
        assert_eq!(matched(&rules(&set), &message("Cake?")).as_deref(), Some(id));
        set[kind][usize::from(index == 1)]["enabled"] = json!(false);
    }
    assert_eq!(matched(&rules(&set), &message("Cake?")), None);
    assert_eq!(rules(&set).get_actions(&flattened(&message("")), &context()), [] as [&Action; 0]);
}

#[test]
fn rule_without_enabled_is_enabled_except_for_master() {
    for (id, expected) in [("mine", true), (".m.rule.master", false), (".m.rule.message", true)] {
        let set = rules(&json!({"override": [{"rule_id": id, "actions": []}]}));
        assert_eq!(matched(&set, &message("")).is_some(), expected, "{id}");
    }
}

#[test]
fn ids_of_rooms_and_senders_are_exact() {
    for (kind, id, expected) in [
        ("room", "!garden:example.org", true),
        ("room", "!Garden:example.org", false),
        ("room", "!*", false),
        ("sender", "@mira:example.org", true),
        ("sender", "@Mira:example.org", false),
        ("sender", "@*", false),
    ] {
        let set = rules(&json!({kind: [{"rule_id": id, "enabled": true, "default": false, "actions": []}]}));
        assert_eq!(matched(&set, &message("")).is_some(), expected, "{kind} {id}");
    }
}

#[test]
fn unknown_and_invalid_conditions_match_nothing() {
    for conditions in [
        json!([{"kind": "org.example.moon"}]),
        json!([{"kind": "event_match", "key": "type"}]),
        json!([{"kind": "event_match", "key": "type", "pattern": 1}]),
        json!([{"kind": "event_property_is", "key": "type", "value": 1.5}]),
        json!([{"kind": "event_property_is", "key": "type", "value": []}]),
        json!([{"key": "type", "pattern": "*"}]),
        json!([{"kind": 1}]),
        json!(["event_match"]),
        json!([null]),
        json!("event_match"),
        json!({}),
        json!(7),
    ] {
        let rule = json!({"rule_id": "a", "default": false, "enabled": true, "actions": [], "conditions": conditions});
        assert_eq!(matched(&rules(&json!({"override": [rule]})), &message("")), None, "{rule}");
    }
    for rule in [
        json!({"rule_id": "a", "default": false, "enabled": true, "actions": []}),
        json!({"rule_id": "a", "default": false, "enabled": true, "actions": [], "conditions": []}),
        json!({"rule_id": "a", "default": false, "enabled": true, "actions": [], "conditions": null}),
    ] {
        assert!(matched(&rules(&json!({"underride": [rule]})), &message("")).is_some(), "{rule}");
    }
    let without_pattern = json!({"content": [{"rule_id": "a", "enabled": true, "default": false, "actions": []}]});
    assert_eq!(matched(&rules(&without_pattern), &message("")), None);
}

#[test]
fn null_is_a_value_to_compare_with() {
    let condition = json!({"kind": "event_property_is", "key": "content.a", "value": null});
    check(&condition, &[(json!({"content": {"a": null}}), true), (json!({"content": {}}), false)]);
    check(&json!({"kind": "event_property_is", "key": "content.a"}), &[(json!({"content": {"a": null}}), false)]);
}

#[test]
fn own_events_match_no_rule() {
    let mut own = message("@room");
    own["sender"] = json!(USER);
    let set = rules(&json!({"override": [{"rule_id": "a", "enabled": true, "default": false, "actions": []}]}));
    assert_eq!(matched(&set, &own), None);
    assert_eq!(matched(&set, &message("")).as_deref(), Some("a"));
    assert!(!set.iter().next().expect("a rule").applies(&flattened(&own), &context()));
}

#[test]
fn rules_that_search_for_mentions_require_an_event_without_mentions() {
    let set = rules(&json!({
        "override": [
            {"rule_id": ".m.rule.contains_display_name", "default": true, "enabled": true, "actions": ["notify"],
             "conditions": [{"kind": "contains_display_name"}]},
            {"rule_id": ".m.rule.roomnotif", "default": true, "enabled": true, "actions": ["notify"],
             "conditions": [{"kind": "event_match", "key": "content.body", "pattern": "@room"},
                            {"kind": "sender_notification_permission", "key": "room"}]},
        ],
        "content": [{"rule_id": ".m.rule.contains_user_name", "default": true, "enabled": true, "actions": ["notify"],
                     "pattern": "lev"}],
    }));
    for (body, id) in [
        ("hi Lev (he)", ".m.rule.contains_display_name"),
        ("@room hi", ".m.rule.roomnotif"),
        ("hi lev", ".m.rule.contains_user_name"),
    ] {
        assert_eq!(matched(&set, &message(body)).as_deref(), Some(id));
        for mentions in [json!({}), json!({"user_ids": []}), json!(null), json!(1.5)] {
            let mut event = message(body);
            event["content"]["m.mentions"] = mentions;
            assert_eq!(matched(&set, &event), None, "{event}");
        }
    }
}

#[test]
fn predefined_rules_apply_to_events() {
    let set = PushRuleset::server_default(USER);
    let with = |content: Value| json!({"type": "m.room.message", "sender": "@mira:example.org", "content": content});
    let state = |event_type: &str, state_key: &str, content: Value| json!({"type": event_type, "state_key": state_key, "sender": "@mira:example.org", "content": content});
    let of_type = |event_type: &str| json!({"type": event_type, "sender": "@mira:example.org", "content": {}});
    let low = |mut event: Value| {
        event["sender"] = json!("@low:example.org");
        event
    };
    for (event, expected) in [
        (with(json!({"msgtype": "m.notice"})), "suppress_notices"),
        (state("m.room.member", USER, json!({"membership": "invite"})), "invite_for_me"),
        (state("m.room.member", USER, json!({"membership": "join"})), "member_event"),
        (state("m.room.member", "@ada:example.org", json!({"membership": "invite"})), "member_event"),
        (with(json!({"m.mentions": {"user_ids": [USER]}})), "is_user_mention"),
        (with(json!({"m.mentions": {"room": true}})), "is_room_mention"),
        (low(with(json!({"m.mentions": {"room": true}}))), "message"),
        (with(json!({"m.mentions": {"room": "true"}})), "message"),
        (state("m.room.tombstone", "", json!({})), "tombstone"),
        (of_type("m.reaction"), "reaction"),
        (state("m.room.server_acl", "", json!({})), "room.server_acl"),
        (with(json!({"m.relates_to": {"rel_type": "m.replace"}})), "suppress_edits"),
        (with(json!({"m.relates_to": {"rel_type": "m.replace"}, "m.mentions": {"room": true}})), "is_room_mention"),
        (of_type("m.call.invite"), "call"),
        (of_type("m.room.encrypted"), "encrypted"),
        (message("hi"), "message"),
    ] {
        assert_eq!(matched(&set, &event), Some(format!(".m.rule.{expected}")), "{event}");
    }
    assert_eq!(matched(&set, &of_type("m.room.tombstone")), None);
    let mut two = context();
    two.member_count = 2;
    for (event_type, expected) in
        [("m.room.message", "room_one_to_one"), ("m.room.encrypted", "encrypted_room_one_to_one")]
    {
        let matched = set.get_match(&flattened(&of_type(event_type)), &two).expect("a rule");
        assert_eq!((&*matched.rule_id, matched.kind()), (&*format!(".m.rule.{expected}"), RuleKind::Underride));
        assert_eq!((matched.triggers_sound(), matched.triggers_highlight()), (Some("default"), false));
    }
    let mut muted = set;
    muted.set_enabled(RuleKind::Override, ".m.rule.master", true).expect("a rule");
    assert_eq!(matched(&muted, &message("hi")).as_deref(), Some(".m.rule.master"));
}

/// The JSON of the predefined rules in a page of the specification, by kind.
fn predefined_in(page: &str) -> Value {
    let section = page.split("#### Predefined Rules").nth(1).and_then(|rest| rest.split("\n#### ").next());
    let mut kinds = serde_json::Map::new();
    for part in section.expect("a section").split("##### Default ").skip(1) {
        let kind = part.split_whitespace().next().expect("a kind").to_lowercase();
        let blocks = part.split("```json").skip(1).map(|block| block.split("```").next().expect("a block"));
        let rules = blocks.map(|block| serde_json::from_str(block).expect("JSON"));
        kinds.insert(kind, rules.collect::<Vec<Value>>().into());
    }
    kinds.into()
}

#[test]
fn predefined_rules_are_those_of_the_release() {
    let set = PushRuleset::server_default("[the user's Matrix ID]");
    let pages = releases().into_iter().filter(|release| release.ends_with("v1.19"));
    let pages = pages.map(|release| release.join("content/client-server-api/modules/push.md"));
    let Some(page) = pages.into_iter().find_map(|page| fs::read_to_string(page).ok()) else {
        println!("skipped: no folder of releases has the page about push rules");
        return;
    };
    assert_eq!(serde_json::to_value(&set).expect("JSON"), predefined_in(&page));
}

#[test]
fn predefined_rules_are_complete() {
    let set = PushRuleset::server_default(USER);
    assert_eq!(set.iter().count(), 15);
    let removed =
        [PredefinedRuleId::ContainsDisplayName, PredefinedRuleId::RoomNotif, PredefinedRuleId::ContainsUserName];
    for id in PredefinedRuleId::ALL {
        let is_present = set.get(id.kind(), id.as_str()).is_some();
        assert_eq!(is_present, !removed.contains(id), "{id}");
        assert_eq!(id.is_replaced_by_mentions(), removed.contains(id), "{id}");
        assert_eq!(PredefinedRuleId::parse(&id.to_string()), Some(*id));
    }
    assert!(set.iter().all(|rule| PredefinedRuleId::parse(&rule.rule_id).is_some_and(|id| id.kind() == rule.kind())));
    assert!(!matrix_events::to_string(&set).contains("user ID"));
}

#[test]
fn values_that_serde_json_cannot_represent_are_evaluated() {
    let deep = format!("{}1{}", "[".repeat(500), "]".repeat(500));
    let text = format!(
        r#"{{"type":"m.room.message","sender":"@mira:example.org","content":{{
            "body":"\ud800 cake \udfff","topic":"\ud800a","mass":1e400,"deep":{deep},"list":["\ud800",{deep},1e400,"x"]}}}}"#
    );
    let event = FlattenedJson::from_json(&text).expect("an object");
    let applies = |condition: Value| {
        let condition: PushCondition = matrix_events::from_str(&condition.to_string()).expect("a condition");
        condition.applies(&event, &context())
    };
    for (key, pattern, expected) in [
        ("content.body", "cake", true),
        ("content.body", "? cake ?", true),
        ("content.topic", "?a", true),
        ("content.topic", "a", false),
        ("content.mass", "*", false),
        ("content.deep", "*", false),
        ("content.mass.$matrix_events::text", "*", false),
    ] {
        let condition = json!({"kind": "event_match", "key": key, "pattern": pattern});
        assert_eq!(applies(condition), expected, "{key} {pattern}");
    }
    assert!(applies(json!({"kind": "event_property_contains", "key": "content.list", "value": "x"})));
    assert!(!applies(json!({"kind": "event_property_is", "key": "content.topic", "value": "\u{fffd}a"})));

    let typed: AnyTimelineEvent = matrix_events::from_str(&text).expect("an event");
    assert_eq!(FlattenedJson::from_event(&typed).expect("an object"), event);
}

#[test]
fn typed_events_and_their_text_match_the_same_rules() {
    let set = PushRuleset::server_default(USER);
    let mut count = 0;
    for example in &output().examples {
        let Ok(typed) = matrix_events::from_str::<AnyTimelineEvent>(&example.value.to_string()) else { continue };
        let typed = FlattenedJson::from_event(&typed).expect("an object");
        let text = flattened(&example.value);
        let object = example.value.as_object().expect("an object").clone();
        assert_eq!((&typed, &text), (&text, &FlattenedJson::from(object)), "{}", example.value);
        assert_eq!(set.get_match(&typed, &context()), set.get_match(&text, &context()));
        count += 1;
    }
    assert!(count >= 90, "{count}");
    assert!(FlattenedJson::from_json("[]").is_err());
    assert!(FlattenedJson::from_json("{").is_err());
}

#[test]
fn actions_without_effect_are_left_out_and_the_last_tweak_applies() {
    let rule = |actions: Value| -> PushRule {
        let rule = json!({"rule_id": "a", "default": false, "enabled": true, "actions": actions});
        matrix_events::from_str(&rule.to_string()).expect("a rule")
    };
    let sound = |value: Value| json!({"set_tweak": "sound", "value": value});
    for (actions, count, notifies, highlights, plays) in [
        (json!([]), 0, false, false, None),
        (json!(["dont_notify"]), 0, false, false, None),
        (json!(["notify", "coalesce"]), 1, true, false, None),
        (json!([{"set_tweak": "highlight"}]), 1, false, true, None),
        (json!([{"set_tweak": "highlight"}, {"set_tweak": "highlight", "value": false}]), 2, false, false, None),
        (json!(["notify", sound(json!("a")), sound(json!("b")), sound(json!(1))]), 4, true, false, Some("b")),
        (json!(["org.example.wave", 7]), 1, false, false, None),
    ] {
        let rule = rule(actions.clone());
        assert_eq!(rule.effective_actions().count(), count, "{actions}");
        assert_eq!(
            (rule.triggers_notification(), rule.triggers_highlight(), rule.triggers_sound()),
            (notifies, highlights, plays),
            "{actions}",
        );
    }
}

fn ids(rules: &PushRuleset, kind: RuleKind) -> Vec<&str> {
    rules.rules(kind).iter().map(|rule| rule.rule_id.as_str()).collect()
}

fn new_rule(kind: RuleKind, id: &str) -> PushRule {
    match kind {
        RuleKind::Content => PushRule::patterned(id, id, vec![]),
        _ => PushRule::simple(id, vec![]),
    }
}

/// Rules `a`, `b` and `c` of each kind, with the predefined rules.
fn three(kind: RuleKind) -> PushRuleset {
    let mut set = PushRuleset::server_default(USER);
    for id in ["c", "b", "a"] {
        set.insert(kind, new_rule(kind, id), None, None).expect("a position");
    }
    set
}

#[test]
fn rules_are_inserted_and_moved_relative_to_others() {
    for kind in RuleKind::ALL {
        let defaults = PushRuleset::server_default(USER);
        let defaults = ids(&defaults, kind);
        let (master, others) = defaults.split_at(usize::from(kind == RuleKind::Override));
        let expected = |user: &[&str]| [master, user, others].concat().join(" ");
        assert_eq!(ids(&three(kind), kind).join(" "), expected(&["a", "b", "c"]));
        for (id, after, before, user) in [
            ("x", None, None, ["x", "a", "b", "c"].as_slice()),
            ("x", Some("a"), None, &["a", "x", "b", "c"]),
            ("x", Some("c"), None, &["a", "b", "c", "x"]),
            ("x", None, Some("a"), &["x", "a", "b", "c"]),
            ("x", None, Some("c"), &["a", "b", "x", "c"]),
            ("x", Some("a"), Some("c"), &["a", "b", "x", "c"]),
            ("x", Some("c"), Some("a"), &["x", "a", "b", "c"]),
            ("a", None, None, &["a", "b", "c"]),
            ("a", Some("b"), None, &["b", "a", "c"]),
            ("a", None, Some("c"), &["b", "a", "c"]),
            ("c", None, Some("a"), &["c", "a", "b"]),
            ("c", Some("a"), None, &["a", "c", "b"]),
            ("b", Some("b"), None, &["a", "b", "c"]),
            ("b", None, Some("b"), &["a", "b", "c"]),
        ] {
            let mut set = three(kind);
            set.insert(kind, new_rule(kind, id), after, before).expect("a position");
            assert_eq!(ids(&set, kind).join(" "), expected(user), "{kind} {id} {after:?} {before:?}");
            if id == "x" {
                continue;
            }
            let mut set = three(kind);
            set.move_rule(kind, id, after, before).expect("a position");
            assert_eq!(ids(&set, kind).join(" "), expected(user), "{kind} {id} {after:?} {before:?}");
        }
        let mut set = three(kind);
        set.move_rule(kind, "c", None, None).expect("a position");
        assert_eq!(ids(&set, kind).join(" "), expected(&["c", "a", "b"]));
    }
}

#[test]
fn invalid_changes_are_errors_and_change_nothing() {
    use InsertPushRuleError as E;
    let mut set = three(RuleKind::Override);
    let before_changes = set.clone();
    let default = Some(".m.rule.reaction");
    for (id, after, before, error) in [
        (".mine", None, None, E::ServerDefaultRuleId),
        (".m.rule.reaction", None, None, E::ServerDefaultRuleId),
        ("a/b", None, None, E::InvalidRuleId),
        (r"a\b", None, None, E::InvalidRuleId),
        ("x", default, None, E::RelativeToServerDefaultRule),
        ("x", None, default, E::RelativeToServerDefaultRule),
        ("x", None, Some(".unknown"), E::RelativeToServerDefaultRule),
        ("x", Some("a"), Some("y"), E::UnknownRuleId),
        ("x", Some("y"), Some("a"), E::UnknownRuleId),
        ("x", Some("x"), None, E::UnknownRuleId),
    ] {
        let result = set.insert(RuleKind::Override, new_rule(RuleKind::Override, id), after, before);
        assert_eq!(result, Err(error), "{id} {after:?} {before:?}");
    }
    assert_eq!(set.insert(RuleKind::Content, PushRule::simple("x", vec![]), None, None), Err(E::MissingPattern));
    assert_eq!(set.move_rule(RuleKind::Override, "x", None, None), Err(E::UnknownRuleId));
    assert_eq!(set.move_rule(RuleKind::Override, ".m.rule.master", None, Some("a")), Err(E::ServerDefaultRuleId));
    assert_eq!(set.move_rule(RuleKind::Override, "a", default, None), Err(E::RelativeToServerDefaultRule));
    let remove = |set: &mut PushRuleset, id: &str| set.remove(RuleKind::Override, id);
    assert_eq!(remove(&mut set, ".m.rule.master"), Err(RemovePushRuleError::ServerDefault));
    assert_eq!(remove(&mut set, "x"), Err(RemovePushRuleError::NotFound));
    assert_eq!(set.remove(RuleKind::Room, "a"), Err(RemovePushRuleError::NotFound));
    let not_found: RuleNotFoundError = set.set_enabled(RuleKind::Sender, "a", true).expect_err("no rule");
    assert_eq!(not_found.to_string(), "failed to find the rule with this ID");
    assert_eq!(set.set_actions(RuleKind::Override, "x", vec![]), Err(not_found));
    assert_eq!(set, before_changes);
}

#[test]
fn rules_are_enabled_changed_and_removed() {
    let kind = RuleKind::Override;
    let mut set = three(kind);
    for id in ["a", ".m.rule.reaction"] {
        set.set_enabled(kind, id, false).expect("a rule");
        set.set_actions(kind, id, vec![Action::notify()]).expect("a rule");
        let rule = set.get(kind, id).expect("a rule");
        assert!(!rule.is_enabled() && rule.triggers_notification(), "{id}");
    }
    // A replaced rule stays disabled.
    set.insert(kind, new_rule(kind, "a"), None, None).expect("a position");
    let rule = AnyPushRuleRef::new(kind, set.get(kind, "a").expect("a rule"));
    assert!(!rule.is_enabled() && !rule.triggers_notification() && !rule.is_server_default());
    set.remove(kind, "a").expect("a rule");
    assert_eq!(set.get(kind, "a"), None);
    set.insert(kind, new_rule(kind, "a"), None, None).expect("a position");
    assert!(set.get(kind, "a").expect("a rule").is_enabled());
}

#[test]
fn server_default_rules_are_updated() {
    let mut set = rules(&json!({
        "override": [
            {"rule_id": "mine", "default": false, "enabled": false, "actions": []},
            {"rule_id": ".m.rule.old", "default": true, "enabled": true, "actions": []},
            {"rule_id": ".m.rule.master", "default": true, "enabled": true, "actions": ["notify"]},
            {"rule_id": "other", "default": false, "enabled": true, "actions": []},
        ],
        "content": [{"rule_id": ".m.rule.contains_user_name", "default": true, "enabled": true, "actions": [], "pattern": "a"}],
        "room": [{"rule_id": "!a:example.org", "default": false, "enabled": true, "actions": []}],
    }));
    set.update_with_server_default(PushRuleset::server_default(USER));
    let overrides = ids(&set, RuleKind::Override);
    assert_eq!(overrides[..4], [".m.rule.master", "mine", "other", ".m.rule.suppress_notices"]);
    assert_eq!(overrides.len(), 12);
    assert_eq!((ids(&set, RuleKind::Content).len(), ids(&set, RuleKind::Room).len()), (0, 1));
    let master = set.get(RuleKind::Override, ".m.rule.master").expect("a rule");
    assert!(master.is_enabled() && master.triggers_notification());
    assert_eq!(PushRulesEventContent::from(set.clone()).global, Some(set));
}

#[test]
fn hostile_patterns_do_not_take_exponential_time() {
    // In exponential time, the test would not end.
    let event = message(&"a".repeat(20_000));
    for pattern in ["*a".repeat(500) + "b", "a*".repeat(500) + "b", "?*".repeat(500) + "b", "a".repeat(300) + "b"] {
        let set = rules(&json!({"content": [
            {"rule_id": "a", "pattern": pattern, "enabled": true, "default": false, "actions": []}]}));
        assert_eq!(matched(&set, &event), None, "{pattern}");
    }
}
