//! Whole messages: texts, captions, replies, messages in threads, edits, mentions and reply fallbacks.

use matrix_events::common::{Mentions, RelatesTo};
use matrix_events::relations::{remove_html_reply_fallback, remove_plain_reply_fallback, RelatedEvent, RelationError};
use matrix_events::room::message::{
    AudioMessageEventContent, FileMessageEventContent, ImageMessageEventContent, LocationMessageEventContent,
    RoomMessageEventContent, TextMessageEventContent, VideoMessageEventContent,
};
use matrix_events::{AnySyncTimelineEvent, AnyTimelineEvent, EventContent, RoomEvent, StateEvent, UserId};
use serde_json::{json, Value};
use spec_tests::events::{event, state_event, with};

const MIRA: &str = "@mira:example.org";
const LEV: &str = "@lev:example.org";

/// Returns the event with the ID `$1` of Mira, with a content.
fn original(event_type: &str, content: &Value) -> AnyTimelineEvent {
    deserialized(&with(event(event_type, content), "event_id", "$1"))
}

fn deserialized<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_str(&value.to_string()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("JSON")
}

fn text(body: &str) -> Value {
    json!({"msgtype": "m.text", "body": body})
}

/// Adds `m.relates_to` to a content.
fn related(content: Value, relates_to: &Value) -> Value {
    with(content, "m.relates_to", relates_to.clone())
}

/// Adds `m.mentions` of users to a content.
fn mentioning(content: Value, user_ids: &[&str]) -> Value {
    with(content, "m.mentions", json!({"user_ids": user_ids}))
}

/// A message of each type, as JSON.
fn each_message() -> Vec<Value> {
    let formatted = json!({"format": "org.matrix.custom.html", "formatted_body": "<em>up</em>"});
    let with_html = |mut content: Value| {
        content.as_object_mut().expect("an object").extend(formatted.as_object().expect("an object").clone());
        content
    };
    let mut messages = vec![
        json!({"msgtype": "m.location", "body": "Greenhouse", "geo_uri": "geo:1,2"}),
        json!({"msgtype": "m.server_notice", "body": "Full", "server_notice_type": "m.server_notice.usage_limit_reached"}),
        json!({"msgtype": "m.key.verification.request", "body": "Verify", "from_device": "A", "methods": [], "to": LEV}),
        json!({"msgtype": "org.example.dice", "body": "rolled a 4", "org.example.dots": 4}),
    ];
    for msgtype in ["m.text", "m.notice", "m.emote"] {
        messages.push(json!({"msgtype": msgtype, "body": "up"}));
        messages.push(with_html(json!({"msgtype": msgtype, "body": "up"})));
    }
    for msgtype in ["m.image", "m.file", "m.audio", "m.video"] {
        let media = json!({"msgtype": msgtype, "body": "up", "url": "mxc://example.org/a"});
        messages.push(media.clone());
        messages.push(with_html(media.clone()));
        messages.push(with(media.clone(), "filename", "up"));
        messages.push(with_html(with(media, "filename", "a.bin")));
    }
    messages
}

#[test]
fn every_message_replies_and_joins_threads() {
    let question = original("m.room.message", &text("Are they up?"));
    let in_reply_to = json!({"event_id": "$1"});
    let thread = |falls_back: bool| json!({"rel_type": "m.thread", "event_id": "$1", "is_falling_back": falls_back, "m.in_reply_to": in_reply_to});
    for message in each_message() {
        let content: RoomMessageEventContent = deserialized(&message);
        let mentioned = mentioning(message.clone(), &[MIRA]);
        let reply = content.clone().reply_to(&question).expect("an event");
        assert_eq!(json_of(&reply), related(mentioned.clone(), &json!({"m.in_reply_to": in_reply_to})));
        let in_thread = content.clone().in_thread(&question).expect("an event");
        assert_eq!(json_of(&in_thread), related(message, &thread(true)));
        let reply_in_thread = content.reply_in_thread(&question).expect("an event");
        assert_eq!(json_of(&reply_in_thread), related(mentioned, &thread(false)));
        for content in [reply, in_thread, reply_in_thread] {
            content.to_json_checked().unwrap_or_else(|report| panic!("{report}"));
        }
    }
}

#[test]
fn edit_of_every_message_has_a_fallback() {
    let question = original("m.room.message", &text("Are they up?"));
    for message in each_message() {
        let content: RoomMessageEventContent = deserialized(&message);
        let edit = content.edit(&question).expect("a message");
        edit.to_json_checked().unwrap_or_else(|report| panic!("{report}"));

        let mut expected = message.clone();
        let is_media = message.get("url").is_some();
        let is_caption = message.get("filename").is_some_and(|filename| filename != "up");
        if !is_media || is_caption {
            expected["body"] = format!("* {}", message["body"].as_str().expect("a string")).into();
            if message.get("formatted_body").is_some() {
                expected["formatted_body"] = "* <em>up</em>".into();
            }
        }
        expected["m.new_content"] = message;
        let expected = related(expected, &json!({"rel_type": "m.replace", "event_id": "$1"}));
        assert_eq!(json_of(&edit), expected);
    }
}

#[test]
fn formatted_body_of_another_format_has_no_prefix() {
    let question = original("m.room.message", &text("Are they up?"));
    let content = json!({"msgtype": "m.text", "body": "up", "format": "org.example.tex", "formatted_body": "\\bf up"});
    let edit = deserialized::<RoomMessageEventContent>(&content).edit(&question).expect("a message");
    assert_eq!((&json_of(&edit)["body"], &json_of(&edit)["formatted_body"]), (&json!("* up"), &json!("\\bf up")));
}

/// The relation of a reply, of a message in the thread and of a reply in the thread, for events with relations.
#[test]
fn relation_depends_on_the_relation_of_the_event() {
    let reply = json!({"m.in_reply_to": {"event_id": "$1"}});
    let thread = |root: &str, id: &str, falls_back: bool| json!({"rel_type": "m.thread", "event_id": root, "is_falling_back": falls_back, "m.in_reply_to": {"event_id": id}});
    let root = [Some(reply.clone()), Some(thread("$1", "$1", true)), Some(thread("$1", "$1", false))];
    let member = [Some(thread("$t", "$1", true)), Some(thread("$t", "$1", true)), Some(thread("$t", "$1", false))];
    let child = [Some(reply), None, None];
    let edit = [Some(json!({"m.in_reply_to": {"event_id": "$0"}})), None, None];
    let cases = [
        (Value::Null, root.clone()),
        (json!({}), root.clone()),
        (json!({"m.in_reply_to": {"event_id": "$0"}}), root.clone()),
        (json!({"rel_type": "m.thread"}), root.clone()),
        (json!({"event_id": "$t"}), root.clone()),
        (json!({"rel_type": 7, "event_id": "$t"}), root),
        (json!({"rel_type": "m.thread", "event_id": "$t"}), member.clone()),
        (json!({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": {"event_id": "$0"}}), member),
        (json!({"rel_type": "m.annotation", "event_id": "$0", "key": "👍"}), child.clone()),
        (json!({"rel_type": "m.reference", "event_id": "$0"}), child.clone()),
        (json!({"rel_type": "org.example.copy", "event_id": "$0"}), child),
        (json!({"rel_type": "m.replace", "event_id": "$0"}), edit),
    ];
    let types = ["m.room.message", "m.sticker", "m.reaction", "m.room.encrypted", "org.example.poll", "m.call.invite"];
    for (relates_to, [reply, in_thread, reply_in_thread]) in cases {
        for event_type in types {
            let event = original(event_type, &related(text("a"), &relates_to));
            let related = RelatedEvent::from(&event);
            let found = [related.reply_relation(), related.thread_relation(), related.thread_reply_relation()];
            let expected = [&reply, &in_thread, &reply_in_thread];
            for (found, expected) in found.into_iter().zip(expected) {
                match expected {
                    Some(expected) => {
                        assert_eq!(json_of(&found.expect("a relation")), *expected, "{event_type} {relates_to}")
                    }
                    None => assert_eq!(found, Err(RelationError::NoThread), "{event_type} {relates_to}"),
                }
            }
        }
    }
}

#[test]
fn reply_refers_to_events_of_all_forms() {
    let redacted = json!({"type": "m.room.redaction", "sender": MIRA, "content": {}});
    let redacted = with(
        with(event("m.room.message", &json!({})), "event_id", "$1"),
        "unsigned",
        json!({"redacted_because": redacted}),
    );
    let malformed = with(event("m.room.message", &json!(7)), "event_id", "$1");
    let topic = with(state_event("m.room.topic", "", &json!({"topic": "Seedlings"})), "event_id", "$1");
    for value in [redacted, malformed, topic.clone()] {
        let event: AnySyncTimelineEvent = deserialized(&value);
        let reply = RoomMessageEventContent::text_plain("Hi").reply_to(&event).expect("an event");
        assert_eq!(reply.relates_to(), Some(&RelatesTo::reply_to("$1")), "{value}");
        assert!(reply.mentions_user(MIRA), "{value}");
    }
    let topic: StateEvent<matrix_events::room::topic::RoomTopicEventContent> = deserialized(&topic);
    assert!(RoomMessageEventContent::text_plain("Hi").reply_to(&topic).is_ok());

    for (member, error) in [("event_id", Some(RelationError::MissingEventId)), ("sender", None)] {
        let mut value = event("m.room.message", &text("Hi"));
        value.as_object_mut().expect("an object").remove(member);
        let event: AnySyncTimelineEvent = deserialized(&value);
        let reply = RoomMessageEventContent::text_plain("Hi").reply_to(&event);
        assert_eq!(reply.as_ref().err(), error.as_ref());
        assert!(reply.is_err() || reply.is_ok_and(|reply| reply.mentions().is_none()));
    }
}

#[test]
fn root_with_a_bundled_thread_refers_to_the_latest_event() {
    let thread =
        json!({"latest_event": {"type": "m.sticker", "event_id": "$9"}, "count": 3, "current_user_participated": true});
    let root = with(event("m.room.message", &text("a")), "unsigned", json!({"m.relations": {"m.thread": thread}}));
    let root: AnySyncTimelineEvent = deserialized(&with(root, "event_id", "$1"));
    let message = RoomMessageEventContent::text_plain("b").in_thread(&root).expect("a root");
    assert_eq!(message.relates_to(), Some(&RelatesTo::in_thread("$1", "$9")));
    let reply = RoomMessageEventContent::text_plain("b").reply_in_thread(&root).expect("a root");
    assert_eq!(reply.relates_to(), Some(&RelatesTo::reply_in_thread("$1", "$1")));
}

#[test]
fn sender_is_mentioned_unless_disabled_or_the_own_user() {
    let question = original("m.room.message", &mentioning(text("Lev, are they up?"), &[LEV]));
    let reply = |event: RelatedEvent<'_>, content: RoomMessageEventContent| {
        json_of(&content.reply_to(event).expect("an event").mentions().cloned())
    };
    let (mira, lev) = (UserId::new(MIRA), UserId::new(LEV));
    let plain = || RoomMessageEventContent::text_plain("They are!");
    let related = RelatedEvent::from(&question);
    assert_eq!(reply(related, plain()), json!({"user_ids": [MIRA]}));
    assert_eq!(reply(related.with_own_user_id(&lev), plain()), json!({"user_ids": [MIRA]}));
    assert_eq!(reply(related.with_own_user_id(&mira), plain()), Value::Null);
    assert_eq!(reply(related.without_mention(), plain()), Value::Null);
    assert_eq!(reply(related, plain().with_mentions(Mentions::with_room())), json!({"user_ids": [MIRA], "room": true}));
    let mentions = Mentions::with_user_ids([lev.clone(), mira, lev]);
    assert_eq!(reply(related, plain().with_mentions(mentions)), json!({"user_ids": [LEV, MIRA]}));
}

#[test]
fn relation_of_a_message_is_replaced() {
    let question = original("m.room.message", &text("Are they up?"));
    let edit = RoomMessageEventContent::text_plain("a").edit(&question).expect("a message");
    let reply = edit.reply_to(RelatedEvent::from(&question).without_mention()).expect("an event");
    assert_eq!(json_of(&reply), related(text("* a"), &json!({"m.in_reply_to": {"event_id": "$1"}})));

    let invalid = json!({"msgtype": "m.text", "body": "a", "m.relates_to": 7, "m.new_content": 7});
    let edit = deserialized::<RoomMessageEventContent>(&invalid).edit(&question).expect("a message");
    assert_eq!(json_of(&edit)["m.new_content"], text("a"));
}

/// The mentions of the edited message, of its bundled edit and of the new content, and the expected outer and inner mentions.
#[test]
fn edit_notifies_only_new_mentions() {
    let users = |user_ids: &[&str]| Some(json!({"user_ids": user_ids}));
    let none = || Some(json!({}));
    let room = || Some(json!({"room": true}));
    let cases = [
        (None, None, None, [None, None]),
        (None, None, users(&[LEV]), [users(&[LEV]), users(&[LEV])]),
        (users(&[LEV]), None, users(&[LEV, MIRA]), [users(&[MIRA]), users(&[LEV, MIRA])]),
        (users(&[LEV]), None, users(&[LEV]), [none(), users(&[LEV])]),
        (users(&[LEV]), None, None, [none(), none()]),
        (users(&[LEV]), None, none(), [none(), none()]),
        (room(), None, room(), [none(), room()]),
        (none(), None, room(), [room(), room()]),
        (Some(json!({"room": false})), None, room(), [room(), room()]),
        // The latest version is the bundled edit.
        (users(&[LEV]), users(&[LEV, MIRA]), users(&[LEV, MIRA]), [none(), users(&[LEV, MIRA])]),
        (users(&[LEV]), none(), users(&[LEV]), [users(&[LEV]), users(&[LEV])]),
    ];
    let with_mentions = |content: Value, mentions: Option<Value>| match mentions {
        Some(mentions) => with(content, "m.mentions", mentions),
        None => content,
    };
    for (before, bundled, after, [outer, inner]) in cases {
        let mut message = event("m.room.message", &with_mentions(text("a"), before.clone()));
        if let Some(mentions) = bundled.clone() {
            let relation = json!({"rel_type": "m.replace", "event_id": message["event_id"]});
            let content =
                with(related(text("* b"), &relation), "m.new_content", with_mentions(text("b"), Some(mentions)));
            message["unsigned"] = json!({"m.relations": {"m.replace": event("m.room.message", &content)}});
        }
        let message: AnyTimelineEvent = deserialized(&message);
        let content: RoomMessageEventContent = deserialized(&with_mentions(text("c"), after.clone()));
        let edit = json_of(&content.edit(&message).expect("a message"));
        let place = format!("{before:?} {bundled:?} {after:?}");
        assert_eq!(edit.get("m.mentions"), outer.as_ref(), "{place}");
        assert_eq!(edit["m.new_content"].get("m.mentions"), inner.as_ref(), "{place}");
    }
}

#[test]
fn edit_of_an_edit_replaces_the_original() {
    let mentions = Mentions::with_user_ids([UserId::new(LEV)]);
    let first = RoomMessageEventContent::text_plain("Lev, hi").with_mentions(mentions.clone());
    let first = first.edit(&original("m.room.message", &text("hi"))).expect("a message");
    let edit: RoomEvent<RoomMessageEventContent> = RoomEvent::new(first, "$2", MIRA, 1, "!r:example.org");
    let second =
        RoomMessageEventContent::text_plain("Lev, hello").with_mentions(mentions).edit(&edit).expect("an edit");
    assert_eq!(second.relates_to(), Some(&RelatesTo::replacement_of("$1")));
    assert!(!second.mentions_user(LEV));
    assert!(second.edited().expect("a content").expect("an edit").mentions_user(LEV));
}

#[test]
fn relation_of_an_encrypted_edit_is_not_encrypted() {
    let old = RoomMessageEventContent::text_plain("a");
    let encrypted = original("m.room.encrypted", &json!({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "a"}));
    let mut edit = RoomMessageEventContent::text_plain("b").edit(&encrypted).expect("an encrypted event");
    let relation = edit.take_relation().expect("a relation");
    assert_eq!(json_of(&edit), with(text("* b"), "m.new_content", text("b")));

    let mut content = old.clone();
    content.apply_edit(&edit).expect("an edit");
    assert_eq!(content, RoomMessageEventContent::text_plain("b"));
    let mut event = RoomEvent::new(old, "$1", MIRA, 1, "!r:example.org");
    let edit = RoomEvent::new(edit.with_relation(relation), "$2", MIRA, 2, "!r:example.org");
    event.apply_edit(&edit).expect("a valid edit");
    assert_eq!(event.content, content);
}

#[test]
fn edit_of_a_reply_keeps_the_relation_of_the_original() {
    let relates_to = json!({"m.in_reply_to": {"event_id": "$0"}});
    let old = json!({
        "msgtype": "m.text", "body": "> <@lev:example.org> Are they up?\n\nThey are", "format": "org.matrix.custom.html",
        "formatted_body": "<mx-reply>Are they up?</mx-reply>They are", "m.relates_to": relates_to,
    });
    let mut reply = original("m.room.message", &old);
    let AnyTimelineEvent::RoomMessage(message) = &reply else { panic!("{reply:?}") };
    let RoomMessageEventContent::Text(mut content) = message.content.clone() else { panic!("{reply:?}") };
    content.body += "!";
    let edit = RoomMessageEventContent::from(content).edit(&reply).expect("a message");
    let new_content = json!({
        "msgtype": "m.text", "body": "They are!", "format": "org.matrix.custom.html", "formatted_body": "They are",
    });
    let expected = json!({
        "msgtype": "m.text", "body": "* They are!", "format": "org.matrix.custom.html", "formatted_body": "* They are",
        "m.new_content": new_content, "m.relates_to": {"rel_type": "m.replace", "event_id": "$1"},
    });
    assert_eq!(json_of(&edit), expected);
    assert_eq!(edit.to_json_checked().err(), None);

    let edit: AnyTimelineEvent = deserialized(&with(event("m.room.message", &expected), "event_id", "$2"));
    reply.apply_edit(&edit).expect("a valid edit");
    assert_eq!(reply.content_json(), related(new_content, &relates_to));
}

#[test]
fn edit_of_a_caption_keeps_the_file() {
    let image = ImageMessageEventContent::plain("dog.jpg", "mxc://example.org/dog").with_caption("a cat");
    let event = RoomEvent::new(RoomMessageEventContent::from(image.clone()), "$1", MIRA, 1, "!r:example.org");
    let edit = RoomMessageEventContent::from(image.with_html_caption("a *dog*", "a <em>dog</em>"))
        .edit(&event)
        .expect("a message");
    let media = json!({"msgtype": "m.image", "url": "mxc://example.org/dog", "filename": "dog.jpg", "format": "org.matrix.custom.html"});
    let caption = |body: &str, html: &str| with(with(media.clone(), "body", body), "formatted_body", html);
    let expected =
        with(caption("* a *dog*", "* a <em>dog</em>"), "m.new_content", caption("a *dog*", "a <em>dog</em>"));
    assert_eq!(json_of(&edit), related(expected, &json!({"rel_type": "m.replace", "event_id": "$1"})));
}

#[test]
fn events_that_cannot_be_edited_are_errors() {
    let edit = |event: &AnyTimelineEvent| RoomMessageEventContent::text_plain("a").edit(event).err();
    let message = event("m.room.message", &text("b"));
    let redacted = json!({"redacted_because": {"type": "m.room.redaction", "content": {}}});
    let cases = [
        (message.clone(), None),
        (event("m.room.encrypted", &json!({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "a"})), None),
        (event("m.sticker", &json!({"body": "b"})), Some(RelationError::DifferentType)),
        (event("org.example.poll", &json!({})), Some(RelationError::DifferentType)),
        (state_event("m.room.topic", "", &json!({"topic": "b"})), Some(RelationError::StateEvent)),
        (state_event("m.room.message", "", &text("b")), Some(RelationError::StateEvent)),
        (with(message.clone(), "unsigned", redacted), Some(RelationError::Redacted)),
        (with(message.clone(), "event_id", 7), Some(RelationError::MissingEventId)),
    ];
    for (value, error) in cases {
        assert_eq!(edit(&deserialized(&value)), error, "{value}");
    }
    let message: AnyTimelineEvent = deserialized(&message);
    for (own_user_id, error) in [(MIRA, None), (LEV, Some(RelationError::DifferentSender))] {
        let own_user_id = UserId::new(own_user_id);
        let event = RelatedEvent::from(&message).with_own_user_id(&own_user_id);
        assert_eq!(RoomMessageEventContent::text_plain("a").edit(event).err(), error);
    }
}

/// Returns a valid edit of the event `$1`.
fn edit() -> Value {
    let relation = json!({"rel_type": "m.replace", "event_id": "$1"});
    let content =
        with(related(text("* new"), &relation), "m.new_content", with(text("new"), "org.example.color", "teal"));
    with(event("m.room.message", &content), "event_id", "$2")
}

#[test]
fn invalid_edits_are_not_applied() {
    let message = with(event("m.room.message", &text("old")), "event_id", "$1");
    let redacted = json!({"redacted_because": {"type": "m.room.redaction", "content": {}}});
    let set = |mut value: Value, pointer: &str, new: Value| {
        *value.pointer_mut(pointer).expect("a place") = new;
        value
    };
    let of_edit = related(text("old"), &json!({"rel_type": "m.replace", "event_id": "$0"}));
    let cases = [
        (message.clone(), set(edit(), "/content/m.relates_to/event_id", json!("$0")), RelationError::NoEdit),
        (message.clone(), set(edit(), "/content/m.relates_to/rel_type", json!("m.reference")), RelationError::NoEdit),
        (message.clone(), set(edit(), "/content/m.new_content", Value::Null), RelationError::NoEdit),
        (message.clone(), with(edit(), "state_key", ""), RelationError::StateEvent),
        (message.clone(), with(edit(), "sender", LEV), RelationError::DifferentSender),
        (
            with(message.clone(), "sender", Value::Null),
            with(edit(), "sender", Value::Null),
            RelationError::DifferentSender,
        ),
        (message.clone(), with(edit(), "type", "m.sticker"), RelationError::DifferentType),
        (message.clone(), with(edit(), "room_id", "!other:example.org"), RelationError::DifferentRoom),
        (with(message.clone(), "content", of_edit), edit(), RelationError::EditOfEdit),
        (with(message.clone(), "unsigned", redacted), edit(), RelationError::Redacted),
        (with(message.clone(), "content", json!({})), edit(), RelationError::Redacted),
    ];
    for (message, edit, error) in cases {
        let before: AnyTimelineEvent = deserialized(&message);
        let mut event = before.clone();
        assert_eq!(event.apply_edit(&deserialized(&edit)), Err(error), "{message} {edit}");
        assert_eq!(event, before);
        assert_eq!(event.latest_edit([&deserialized(&edit)]).is_some(), event.is_redacted(), "{message} {edit}");
    }
}

#[test]
fn edit_replaces_the_content_apart_from_the_relation() {
    let thread = json!({"rel_type": "m.thread", "event_id": "$0"});
    let new = with(text("new"), "org.example.color", "teal");
    for (relation, expected) in [(None, new.clone()), (Some(&thread), related(new.clone(), &thread))] {
        let old = with(text("old"), "org.example.size", 3);
        let old = relation.map_or(old.clone(), |relation| related(old, relation));
        let message = with(event("m.room.message", &old), "event_id", "$1");
        let mut edit = edit();
        edit["content"]["m.new_content"]["m.relates_to"] = json!({"m.in_reply_to": {"event_id": "$7"}});

        let mut any: AnyTimelineEvent = deserialized(&message);
        any.apply_edit(&deserialized(&edit)).expect("a valid edit");
        assert_eq!(json_of(&any), with(message.clone(), "content", expected.clone()));

        let mut typed: RoomEvent<RoomMessageEventContent> = deserialized(&message);
        typed.apply_edit(&deserialized(&edit)).expect("a valid edit");
        assert_eq!(json_of(&typed), json_of(&any));

        let mut content = deserialized::<RoomEvent<RoomMessageEventContent>>(&message).content;
        content.apply_edit(&deserialized(&edit["content"])).expect("an edit");
        assert_eq!(json_of(&content), expected);

        let bundled = json!({"m.relations": {"m.replace": edit}});
        let mut any: AnySyncTimelineEvent = deserialized(&with(message, "unsigned", bundled));
        assert_eq!(any.apply_bundled_edit(), Ok(true));
        assert_eq!(any.content_json(), expected);
    }
    let mut content = RoomMessageEventContent::text_plain("old");
    assert_eq!(content.apply_edit(&RoomMessageEventContent::text_plain("new")), Err(RelationError::NoEdit));
    let mut event: AnyTimelineEvent = deserialized(&event("m.room.message", &text("old")));
    assert_eq!(event.apply_bundled_edit(), Ok(false));
}

#[test]
fn edits_of_other_types_apply() {
    let relation = json!({"rel_type": "m.replace", "event_id": "$1"});
    let sticker = |body: &str| json!({"body": body, "info": {}, "url": "mxc://example.org/a"});
    let cases = [("m.sticker", sticker("old"), sticker("new")), ("org.example.poll", json!({"a": 1}), json!({"b": 2}))];
    for (event_type, old, new) in cases {
        let mut event: AnyTimelineEvent = original(event_type, &old);
        let content = with(related(old, &relation), "m.new_content", new.clone());
        let edit = with(self::event(event_type, &content), "event_id", "$2");
        event.apply_edit(&deserialized(&edit)).expect("a valid edit");
        assert_eq!(event.content_json(), new);
    }
    // A content that is no content of the type.
    let mut event = original("m.sticker", &sticker("old"));
    let content = with(related(sticker("old"), &relation), "m.new_content", json!({"body": 7}));
    let edit = with(self::event("m.sticker", &content), "event_id", "$2");
    let error = event.apply_edit(&deserialized(&edit)).unwrap_err();
    assert!(matches!(&error, RelationError::InvalidContent(reason) if reason.pointer() == "/content/body"), "{error}");
    assert_eq!(event, original("m.sticker", &sticker("old")));
}

#[test]
fn latest_edit_has_the_highest_time_and_event_id() {
    let message = original("m.room.message", &text("old"));
    let edit = |id: &str, time: i64| -> AnyTimelineEvent {
        deserialized(&with(with(edit(), "event_id", id), "origin_server_ts", time))
    };
    let of_other: AnyTimelineEvent = deserialized(&with(with(self::edit(), "sender", LEV), "origin_server_ts", 9));
    let events = [edit("$2", 1), edit("$b", 3), edit("$a", 3), edit("$c", 2), of_other, message.clone()];
    let latest = message.latest_edit(&events).and_then(|event| event.event_id());
    assert_eq!(latest, Some("$b"));
    assert_eq!(events[0].latest_edit(&events), None);
}

#[test]
fn caption_is_a_body_that_is_no_file_name() {
    /// The body, `filename`, `format` and `formatted_body`, and the name, the caption and the formatted caption.
    type Case = (Value, &'static str, Option<&'static str>, Option<&'static str>);
    let html = json!({"format": "org.matrix.custom.html", "formatted_body": "<b>a</b>"});
    let with_html = |mut value: Value| {
        value.as_object_mut().expect("an object").extend(html.as_object().expect("an object").clone());
        value
    };
    let cases: [Case; 7] = [
        (json!({"body": "a"}), "a", None, None),
        (json!({"body": "a", "filename": "a"}), "a", None, None),
        (json!({"body": "a", "filename": "f"}), "f", Some("a"), None),
        (with_html(json!({"body": "a"})), "a", None, None),
        (with_html(json!({"body": "a", "filename": "a"})), "a", None, None),
        (with_html(json!({"body": "a", "filename": "f"})), "f", Some("a"), Some("<b>a</b>")),
        (json!({"body": "a", "filename": "f", "formatted_body": "<b>a</b>"}), "f", Some("a"), None),
    ];
    macro_rules! check {
        ($($content:ident)*) => {$(
            for (json, name, caption, html) in &cases {
                let content: $content = deserialized(&with(json.clone(), "msgtype", $content::SCHEMA.variant().expect("a variant").value));
                assert_eq!((content.filename(), content.caption(), content.formatted_caption()), (*name, *caption, *html), "{json}");
                assert_eq!(RoomMessageEventContent::from(content.clone()).formatted_body(), *html, "{json}");

                let changed = content.clone().with_caption("b");
                assert_eq!((changed.filename(), changed.caption(), changed.formatted_caption()), (*name, Some("b"), None), "{json}");
                let changed = changed.with_html_caption("c", "<b>c</b>");
                assert_eq!((changed.filename(), changed.caption(), changed.formatted_caption()), (*name, Some("c"), Some("<b>c</b>")));
                assert_eq!(changed.without_caption(), $content::new(*name), "{json}");
            }
        )*};
    }
    check!(ImageMessageEventContent FileMessageEventContent AudioMessageEventContent VideoMessageEventContent);
}

#[test]
fn reply_fallbacks_are_removed() {
    let plain = [
        ("No fallback", "No fallback"),
        ("> <@mira:example.org> Hi\n\nHello", "Hello"),
        ("> <@mira:example.org> Hi\n> there\n\n\nHello", "\nHello"),
        ("> * <@mira:example.org> waves\n\nHello", "Hello"),
        ("> <@mira:example.org> Hi\r\n\r\nHello", "Hello"),
        ("> <@mira:example.org> Hi\nHello", "Hello"),
        ("> <@mira:example.org> Hi\n\n> a quotation\n\nHello", "> a quotation\n\nHello"),
        ("> a quotation\n\nHello", "> a quotation\n\nHello"),
        ("\n> <@mira:example.org> Hi", "\n> <@mira:example.org> Hi"),
        ("> <@mira:example.org> no reply", "> <@mira:example.org> no reply"),
        ("> <@mira:example.org> no\n> reply\n\n", "> <@mira:example.org> no\n> reply\n\n"),
        ("", ""),
    ];
    for (text, expected) in plain {
        assert_eq!(remove_plain_reply_fallback(text), expected, "{text:?}");
    }
    let html = [
        ("<b>a</b>", "<b>a</b>"),
        ("<mx-reply>a</mx-reply>b", "b"),
        ("<mx-reply><blockquote><a href=\"#\">a</a><br>b</blockquote></mx-reply><b>c</b>", "<b>c</b>"),
        ("<MX-Reply class=\"a\">a</mx-REPLY >b", "b"),
        ("<mx-reply>a<mx-reply>b</mx-reply>c</mx-reply>d", "d"),
        ("<mx-reply>a</mx-reply>b<mx-reply>c</mx-reply>", "b<mx-reply>c</mx-reply>"),
        ("a<mx-reply>b</mx-reply>", "a<mx-reply>b</mx-reply>"),
        ("<mx-replyish>a</mx-replyish>", "<mx-replyish>a</mx-replyish>"),
        ("<mx-reply>no end", ""),
        ("<mx-reply>a<mx-reply", ""),
        ("<mx-reply>a<mx-reply b", ""),
        ("<mx-reply>a</mx-reply", ""),
        ("<mx-reply", "<mx-reply"),
        ("<ä", "<ä"),
        ("", ""),
    ];
    for (text, expected) in html {
        assert_eq!(remove_html_reply_fallback(text), expected, "{text:?}");
    }
}

#[test]
fn reply_fallback_is_removed_only_from_replies() {
    let body = "> Are they up?\n\nThey are";
    let fallback = |body: &str, html: &str| json!({"msgtype": "m.text", "body": body, "format": "org.matrix.custom.html", "formatted_body": html});
    let cases = [
        // The HTML shows that the quotation is a fallback.
        (fallback(body, "<mx-reply>a</mx-reply>b"), "They are", "b"),
        (fallback(body, "b"), body, "b"),
        (fallback("> <@mira:example.org> a\n\nb", "b"), "b", "b"),
        (
            json!({"msgtype": "m.image", "body": "> <a\n\nb", "format": "org.matrix.custom.html", "formatted_body": "c"}),
            "> <a\n\nb",
            "c",
        ),
    ];
    for (content, body, html) in cases {
        let mut other: RoomMessageEventContent = deserialized(&content);
        other.remove_reply_fallback();
        assert_eq!(json_of(&other), content);
        let reply = related(content.clone(), &json!({"m.in_reply_to": {"event_id": "$1"}}));
        let mut reply: RoomMessageEventContent = deserialized(&reply);
        reply.remove_reply_fallback();
        assert_eq!(
            (json_of(&reply)["body"].as_str(), json_of(&reply)["formatted_body"].as_str()),
            (Some(body), Some(html))
        );
    }
}

#[test]
fn texts_have_their_type_and_format() {
    let cases = [
        (RoomMessageEventContent::text_plain("a"), json!({"msgtype": "m.text", "body": "a"})),
        (RoomMessageEventContent::notice_plain("a"), json!({"msgtype": "m.notice", "body": "a"})),
        (RoomMessageEventContent::emote_plain("a"), json!({"msgtype": "m.emote", "body": "a"})),
    ];
    for (content, expected) in cases {
        assert_eq!(json_of(&content), expected);
        assert_eq!(content.formatted_body(), None);
    }
    let html = [
        (RoomMessageEventContent::text_html("a", "<b>a</b>"), "m.text"),
        (RoomMessageEventContent::notice_html("a", "<b>a</b>"), "m.notice"),
        (RoomMessageEventContent::emote_html("a", "<b>a</b>"), "m.emote"),
    ];
    for (content, msgtype) in html {
        let expected =
            json!({"msgtype": msgtype, "body": "a", "format": "org.matrix.custom.html", "formatted_body": "<b>a</b>"});
        assert_eq!(json_of(&content), expected);
        assert_eq!(content.formatted_body(), Some("<b>a</b>"));
    }
    assert_eq!(TextMessageEventContent::plain("a"), TextMessageEventContent::new("a"));
    let location = RoomMessageEventContent::from(LocationMessageEventContent::new("a", "geo:1,2"));
    assert_eq!(location.formatted_body(), None);
}

#[test]
fn events_of_any_type_mention_users() {
    for event_type in ["m.room.message", "m.sticker", "org.example.poll"] {
        let mentions = json!({"user_ids": [LEV], "room": true});
        let event = original(event_type, &with(text("a"), "m.mentions", mentions));
        assert!(event.mentions_user(LEV) && event.mentions_room() && !event.mentions_user(MIRA), "{event_type}");
        let event = original(event_type, &text("a"));
        assert!(!event.mentions_user(LEV) && !event.mentions_room(), "{event_type}");
    }
}
