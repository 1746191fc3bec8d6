//! Tags, ignored users and recent emoji, which are account data.

use matrix_events::ignored_user_list::IgnoredUserListEventContent;
use matrix_events::recent_emoji::RecentEmojiEventContent;
use matrix_events::tag::{Tag, TagEventContent, TagName};
use serde_json::{json, Value};
use spec_tests::events::round_trip;

/// <https://spec.matrix.org/latest/client-server-api/#room-tagging>
#[test]
fn rooms_with_a_tag_are_sorted_by_order() {
    let sorted = [
        json!({"order": -1}),
        json!({"order": 0}),
        json!({"order": 0.25}),
        json!({"order": "0.5"}),
        json!({"order": 1}),
        json!({"order": 7.5}),
        json!({}),
        json!({"order": null}),
        json!({"order": "first"}),
        json!({"order": []}),
    ];
    let mut tags: Vec<(usize, Tag)> = sorted.iter().map(round_trip).enumerate().collect();
    let (with_order, without) = tags.split_at_mut(6);
    with_order.reverse();
    assert!(without.iter().all(|(_, tag)| tag.order.is_none()));
    tags.rotate_left(6);
    tags.sort_by(|(_, one), (_, other)| one.cmp_order(other));
    assert_eq!(tags.iter().map(|(index, _)| *index).collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
}

#[test]
fn tags_of_the_user_have_a_display_name() {
    let content: TagEventContent = round_trip(&json!({"tags": {
        "m.favourite": {"order": 0.5}, "m.unknown": {}, "u.Garden": {"order": 0.1}, "u.": {}, "u.a.b": {}, "Work": {},
        "org.example.pinned": {}, "u.invalid": 7,
    }}));
    let mut names: Vec<_> = content.user_tags().map(|(name, _)| name).collect();
    names.sort_unstable();
    assert_eq!(names, ["", "Garden", "Work", "a.b"]);
    assert_eq!(content.tag(&TagName::Favorite).and_then(|tag| tag.order), Some(0.5));
    assert_eq!(content.tag(&TagName::of_user("Garden")).and_then(|tag| tag.order), Some(0.1));
    assert_eq!((content.tag(&TagName::ServerNotice), TagEventContent::new().tag(&TagName::Favorite)), (None, None));
}

/// <https://spec.matrix.org/latest/client-server-api/#ignoring-users>
#[test]
fn users_are_ignored_with_any_entry() {
    let json = json!({"ignored_users": {"@a:b": {}, "@c:d": {"org.example.since": 1}, "@e:f": 7, "@g:h": null}});
    let mut ignored: IgnoredUserListEventContent = round_trip(&json);
    for (user, expected) in [("@a:b", true), ("@c:d", true), ("@e:f", true), ("@g:h", true), ("@i:j", false)] {
        assert_eq!(ignored.is_ignored(user), expected, "{user}");
        assert_eq!(ignored.ignore(user), !expected, "{user}");
    }
    assert!(ignored.unignore("@e:f") && !ignored.unignore("@e:f") && ignored.unignore("@a:b"));
    let expected = json!({"ignored_users": {"@c:d": {"org.example.since": 1}, "@g:h": {}, "@i:j": {}}});
    assert_eq!(serde_json::to_value(&ignored).expect("JSON"), expected);
}

fn incremented(list: &Value, emoji: &str) -> Value {
    let mut content: RecentEmojiEventContent = round_trip(&json!({"recent_emoji": list, "org.example.kept": 1e300}));
    content.increment_emoji_total(emoji);
    let json = serde_json::to_value(&content).expect("JSON");
    assert_eq!(json["org.example.kept"], 1e300, "{json}");
    json["recent_emoji"].clone()
}

/// <https://spec.matrix.org/latest/client-server-api/#recently-used-emoji>
#[test]
fn used_emoji_is_first() {
    let (a, b) = (json!({"emoji": "a", "total": 1}), json!({"emoji": "b", "total": 2, "org.example.tone": "dark"}));
    for (list, emoji, expected) in [
        (json!([]), "a", json!([a])),
        (json!([a]), "a", json!([{"emoji": "a", "total": 2}])),
        (json!([a, b]), "b", json!([{"emoji": "b", "total": 3, "org.example.tone": "dark"}, a])),
        (json!([b]), "a", json!([a, b])),
        // An element that does not conform to the schema is removed.
        (json!([7, {"emoji": "b", "total": -1}, {"emoji": "c"}, b, ["c"]]), "a", json!([a, b])),
        (json!([{"emoji": "a", "total": 1.5}]), "a", json!([a])),
        // The largest number of uses does not grow.
        (
            json!([{"emoji": "a", "total": 9_007_199_254_740_991_i64}]),
            "a",
            json!([{"emoji": "a", "total": 9_007_199_254_740_991_i64}]),
        ),
        (json!([["a", 3], ["b", 2]]), "b", json!([["b", 3], ["a", 3]])),
        (json!([["a", 3]]), "c", json!([["c", 1], ["a", 3]])),
    ] {
        assert_eq!(incremented(&list, emoji), expected, "{list} {emoji}");
    }
}

#[test]
fn list_of_emoji_is_limited() {
    let list: Vec<Value> = (0..150).map(|index| json!({"emoji": index.to_string(), "total": index % 7})).collect();
    for emoji in ["new", "99", "120"] {
        let counted = incremented(&json!(list), emoji);
        let elements = counted.as_array().expect("a list");
        assert_eq!((elements.len(), &elements[0]["emoji"]), (100, &json!(emoji)));
    }
    let content: RecentEmojiEventContent = round_trip(&json!({ "recent_emoji": list }));
    let sorted = content.recent_emoji_sorted_by_total();
    assert_eq!(sorted.len(), RecentEmojiEventContent::RECOMMENDED_MAX_LEN);
    // Emoji with the same number of uses keep their order.
    assert_eq!([&sorted[0].emoji, &sorted[1].emoji], ["6", "13"]);
}
