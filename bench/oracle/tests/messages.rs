//! Replies, messages in threads, edits, captions, reply fallbacks and Markdown, compared with Ruma.
//!
//! `cargo test --package ruma_oracle --test messages -- --nocapture` prints the number of cases. Each disagreement is listed with
//! the clause of the specification that applies.

use std::collections::BTreeMap;

use matrix_events::relations::{remove_plain_reply_fallback, RelatedEvent};
use matrix_events::room::message as ours;
use matrix_events::{RoomEvent, UserId};
use ruma_events::room::message as ruma;
use ruma_events::room::message::{AddMentions, ForwardThread, ReplyMetadata, ReplyWithinThread};
use ruma_oracle::{each_mutation, examples};
use serde_json::{json, Value};

const MIRA: &str = "@mira:example.org";
const LEV: &str = "@lev:example.org";

/// The clauses for disagreements.
const CAPTIONS: &str = "https://spec.matrix.org/v1.19/client-server-api/#media-captions: `body` is the name of the file or the \
    caption, so a prefix turns a name into a caption; `formatted_body` is the caption too, so it has the prefix of `body`";
const FORMATTED: &str =
    "https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes: `m.key.verification.request` \
    supports `formatted_body`, and `body` is the same text";
const MENTIONS_OF_EDITS: &str =
    "https://spec.matrix.org/v1.19/client-server-api/#edits-of-events-with-mentions: the edit of an \
    event with mentions has two `m.mentions`";
const EDITED_EVENTS: &str =
    "https://spec.matrix.org/v1.19/client-server-api/#validity-of-replacement-events and #threading: an \
    edit cannot be edited, and cannot be the root of a thread; a reference to an edit is resolved to the edited event";
const FALLBACK: &str =
    "https://spec.matrix.org/v1.12/client-server-api/#fallbacks-for-rich-replies: the text of the reply is \
    after the fallback, so a quotation without further text is no fallback";
const EMPTY: &str =
    "https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes: clients should not generate HTML \
    that is not needed";

/// Counts the cases that agree, and the cases of each listed disagreement.
#[derive(Default)]
struct Comparison {
    equal: usize,
    listed: BTreeMap<&'static str, usize>,
}

impl Comparison {
    /// Compares two results, which differ if and only if there is a clause.
    fn check(&mut self, case: &str, ours: &Value, ruma: &Value, clause: Option<&'static str>) {
        let (ours, ruma) = (normalized(ours), normalized(ruma));
        match clause {
            None => {
                assert_eq!(ours, ruma, "{case}");
                self.equal += 1;
            }
            Some(clause) => {
                assert_ne!(ours, ruma, "{case}: listed as a disagreement, {clause}");
                *self.listed.entry(clause).or_default() += 1;
            }
        }
    }

    /// Prints the numbers, and asserts a minimum of equal cases.
    fn report(self, name: &str, minimum: usize) {
        println!("{name}: {} equal", self.equal);
        for (clause, count) in self.listed {
            println!("{name}: {count} disagreements, {clause}");
        }
        assert!(self.equal >= minimum, "{name}: {} cases", self.equal);
    }
}

/// The order of `user_ids` has no meaning, and `is_falling_back` defaults to `false`.
fn normalized(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members = members.clone();
            members.retain(|name, value| name != "is_falling_back" || value != &json!(false));
            for (name, value) in &mut members {
                *value = normalized(value);
                if let (true, Some(user_ids)) = (name == "user_ids", value.as_array_mut()) {
                    user_ids.sort_by_key(ToString::to_string);
                }
            }
            Value::Object(members)
        }
        value => value.clone(),
    }
}

fn with(mut object: Value, name: &str, value: impl Into<Value>) -> Value {
    object[name] = value.into();
    object
}

fn with_html(content: Value) -> Value {
    with(with(content, "format", "org.matrix.custom.html"), "formatted_body", "<em>up</em>")
}

/// A message of each type. Media have a name, the same name twice, or a caption.
fn messages() -> Vec<Value> {
    let verification =
        json!({"msgtype": "m.key.verification.request", "body": "up", "from_device": "A", "methods": [], "to": LEV});
    let mut messages = vec![
        json!({"msgtype": "m.location", "body": "up", "geo_uri": "geo:1,2"}),
        json!({"msgtype": "m.server_notice", "body": "up", "server_notice_type": "m.server_notice.usage_limit_reached"}),
        verification.clone(),
        with_html(verification),
        json!({"msgtype": "org.example.dice", "body": "up", "org.example.dots": 4}),
    ];
    for msgtype in ["m.text", "m.notice", "m.emote"] {
        let text = json!({"msgtype": msgtype, "body": "up"});
        messages.extend([with_html(text.clone()), text]);
    }
    for msgtype in ["m.image", "m.file", "m.audio", "m.video"] {
        let media = json!({"msgtype": msgtype, "body": "up", "url": "mxc://example.org/a"});
        let captioned = with(media.clone(), "filename", "a.bin");
        messages.extend([with(media.clone(), "filename", "up"), media, with_html(captioned.clone()), captioned]);
    }
    messages
}

/// The values of `m.mentions` in a message.
fn mentions() -> Vec<Option<Value>> {
    let users = |user_ids: &[&str]| Some(json!({"user_ids": user_ids}));
    vec![
        None,
        Some(json!({})),
        users(&[LEV]),
        users(&[MIRA, LEV]),
        Some(json!({"room": true})),
        Some(json!({"user_ids": [LEV], "room": true})),
    ]
}

/// The values of `m.relates_to` in an event.
fn relations() -> Vec<Option<Value>> {
    let in_reply_to = json!({"event_id": "$0"});
    vec![
        None,
        Some(json!({"m.in_reply_to": in_reply_to})),
        Some(json!({"rel_type": "m.thread", "event_id": "$t"})),
        Some(json!({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": in_reply_to, "is_falling_back": true})),
        Some(json!({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": in_reply_to})),
        Some(json!({"rel_type": "m.replace", "event_id": "$0"})),
    ]
}

/// Returns a message of Mira with the ID `$1`.
fn event(relates_to: Option<&Value>, mentions: Option<&Value>) -> Value {
    let mut content = json!({"msgtype": "m.text", "body": "Are they up?"});
    if let Some(relates_to) = relates_to {
        content["m.relates_to"] = relates_to.clone();
        if relates_to["rel_type"] == "m.replace" {
            content["m.new_content"] = content.clone();
        }
    }
    if let Some(mentions) = mentions {
        content["m.mentions"] = mentions.clone();
    }
    json!({"type": "m.room.message", "event_id": "$1", "sender": MIRA, "origin_server_ts": 1, "room_id": "!r:example.org",
        "content": content})
}

/// A content and an event as types of both crates.
struct Case {
    json: String,
    content: ours::RoomMessageEventContent,
    event: RoomEvent<ours::RoomMessageEventContent>,
    ruma_content: ruma::RoomMessageEventContent,
    ruma_event: ruma::OriginalRoomMessageEvent,
}

impl Case {
    fn new(content: &Value, event: &Value) -> Self {
        let (content, event) = (content.to_string(), event.to_string());
        Self {
            json: format!("{content} for {event}"),
            content: deserialized(&content),
            event: deserialized(&event),
            ruma_content: deserialized(&content),
            ruma_event: deserialized(&event),
        }
    }
}

fn deserialized<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn replies_and_threads_agree() {
    let mut comparison = Comparison::default();
    for message in messages() {
        for content in mentions().into_iter().map(|mentions| match mentions {
            Some(mentions) => with(message.clone(), "m.mentions", mentions),
            None => message.clone(),
        }) {
            for relates_to in relations() {
                let is_edit = relates_to.as_ref().is_some_and(|relates_to| relates_to["rel_type"] == "m.replace");
                let case = Case::new(&content, &event(relates_to.as_ref(), None));
                check_replies(&mut comparison, &case, is_edit.then_some(EDITED_EVENTS));
            }
        }
    }
    comparison.report("replies and threads", 5_000);
}

fn check_replies(comparison: &mut Comparison, case: &Case, clause: Option<&'static str>) {
    let Case { json, content, event, ruma_content, ruma_event } = case;
    for (forward, mention) in [(true, true), (true, false), (false, true), (false, false)] {
        let related = RelatedEvent::from(event);
        let related = if forward { related } else { related.outside_thread() };
        let related = if mention { related } else { related.without_mention() };
        let forward = if forward { ForwardThread::Yes } else { ForwardThread::No };
        let mention = if mention { AddMentions::Yes } else { AddMentions::No };
        let metadata = || ReplyMetadata::from(ruma_event);

        let reply = content.clone().reply_to(related).unwrap_or_else(|error| panic!("{json}: {error}"));
        let of_ruma = ruma_content.clone().make_reply_to(metadata(), forward, mention);
        comparison.check(json, &json_of(&reply), &json_of(&of_ruma), clause);

        // The relation of an edit to a thread is unknown.
        let in_thread = content.clone().in_thread(related).map_or(Value::Null, |content| json_of(&content));
        let of_ruma = ruma_content.clone().make_for_thread(metadata(), ReplyWithinThread::No, mention);
        comparison.check(json, &in_thread, &json_of(&of_ruma), clause);

        let reply = content.clone().reply_in_thread(related).map_or(Value::Null, |content| json_of(&content));
        let of_ruma = ruma_content.clone().make_for_thread(metadata(), ReplyWithinThread::Yes, mention);
        comparison.check(json, &reply, &json_of(&of_ruma), clause);
    }
}

/// Returns the clause for an edit that differs.
fn clause_of_edit(content: &Value, of_event: Option<&Value>, relates_to: Option<&Value>) -> Option<&'static str> {
    let is_media = content.get("url").is_some();
    let is_caption = content.get("filename").is_some_and(|filename| *filename != content["body"]);
    let has_html = content.get("formatted_body").is_some();
    if is_media && (!is_caption || has_html) {
        return Some(CAPTIONS);
    }
    if content["msgtype"] == "m.key.verification.request" && has_html {
        return Some(FORMATTED);
    }
    if relates_to.is_some_and(|relates_to| relates_to["rel_type"] == "m.replace") {
        return Some(EDITED_EVENTS);
    }
    (of_event.is_some() && content.get("m.mentions").is_none()).then_some(MENTIONS_OF_EDITS)
}

#[test]
fn edits_agree() {
    let mut comparison = Comparison::default();
    for message in messages() {
        for new in mentions() {
            let content = match new {
                Some(mentions) => with(message.clone(), "m.mentions", mentions),
                None => message.clone(),
            };
            for old in mentions() {
                for relates_to in relations() {
                    let clause = clause_of_edit(&content, old.as_ref(), relates_to.as_ref());
                    let case = Case::new(&content, &event(relates_to.as_ref(), old.as_ref()));
                    let edit = case.content.edit(&case.event).unwrap_or_else(|error| panic!("{}: {error}", case.json));
                    let of_ruma = case.ruma_content.make_replacement(&case.ruma_event);
                    comparison.check(&case.json, &json_of(&edit), &json_of(&of_ruma), clause);
                    check_applied(&mut comparison, &case.json, &edit);
                }
            }
        }
    }
    comparison.report("edits", 8_000);
}

/// Applies an edit in both crates.
fn check_applied(comparison: &mut Comparison, case: &str, edit: &ours::RoomMessageEventContent) {
    let edit = json_of(edit).to_string();
    let original = r#"{"msgtype":"m.text","body":"a","m.relates_to":{"m.in_reply_to":{"event_id":"$0"}}}"#;
    let mut content: ours::RoomMessageEventContent = deserialized(original);
    content.apply_edit(&deserialized(&edit)).unwrap_or_else(|error| panic!("{case}: {error}"));
    let mut of_ruma: ruma::RoomMessageEventContent = deserialized(original);
    let Some(ruma::Relation::Replacement(replacement)) =
        deserialized::<ruma::RoomMessageEventContent>(&edit).relates_to
    else {
        panic!("{edit}")
    };
    of_ruma.apply_replacement(replacement.new_content);
    comparison.check(case, &json_of(&content), &json_of(&of_ruma), None);
}

#[test]
fn captions_agree_on_mutated_examples() {
    let mut comparison = Comparison::default();
    let is_media = |content: &Value| {
        content["msgtype"]
            .as_str()
            .is_some_and(|msgtype| ["m.image", "m.file", "m.audio", "m.video"].contains(&msgtype))
    };
    let contents =
        examples().into_iter().filter(|event| event["type"] == "m.room.message").map(|event| event["content"].clone());
    let contents: Vec<Value> = contents.chain(messages()).filter(is_media).collect();
    for content in contents {
        each_mutation(&content, |content| {
            let text = content.to_string();
            let (Ok(ours), Ok(of_ruma)) = (serde_json::from_str(&text), serde_json::from_str(&text)) else { return };
            let (Some(ours), Some(of_ruma)) = (captions(&ours), captions_of_ruma(&of_ruma)) else { return };
            comparison.check(&text, &ours, &of_ruma, None);
        });
    }
    comparison.report("captions", 450);
}

fn captions(content: &ours::RoomMessageEventContent) -> Option<Value> {
    use ours::RoomMessageEventContent::{Audio, File, Image, Video};
    Some(match content {
        Audio(media) => json!([media.filename(), media.caption(), media.formatted_caption()]),
        File(media) => json!([media.filename(), media.caption(), media.formatted_caption()]),
        Image(media) => json!([media.filename(), media.caption(), media.formatted_caption()]),
        Video(media) => json!([media.filename(), media.caption(), media.formatted_caption()]),
        _ => return None,
    })
}

fn captions_of_ruma(content: &ruma::RoomMessageEventContent) -> Option<Value> {
    let html = |formatted: Option<&ruma::FormattedBody>| {
        formatted
            .filter(|formatted| formatted.format == ruma::MessageFormat::Html)
            .map(|formatted| formatted.body.clone())
    };
    Some(match &content.msgtype {
        ruma::MessageType::Audio(media) => json!([media.filename(), media.caption(), html(media.formatted_caption())]),
        ruma::MessageType::File(media) => json!([media.filename(), media.caption(), html(media.formatted_caption())]),
        ruma::MessageType::Image(media) => json!([media.filename(), media.caption(), html(media.formatted_caption())]),
        ruma::MessageType::Video(media) => json!([media.filename(), media.caption(), html(media.formatted_caption())]),
        _ => return None,
    })
}

/// Calls a function for each sequence of up to `length` parts.
fn each_sequence<'p>(parts: &[&'p str], length: usize, visit: &mut impl FnMut(&[&'p str])) {
    fn visit_longer<'p>(
        parts: &[&'p str],
        length: usize,
        start: &mut Vec<&'p str>,
        visit: &mut impl FnMut(&[&'p str]),
    ) {
        visit(start);
        if start.len() < length {
            for part in parts {
                start.push(part);
                visit_longer(parts, length, start, visit);
                start.pop();
            }
        }
    }
    visit_longer(parts, length, &mut Vec::new(), visit);
}

#[test]
fn reply_fallbacks_agree() {
    let mut comparison = Comparison::default();
    let lines = ["", "> <@mira:example.org> Hi", "> * <@mira:example.org> waves", "> quotation", ">", "reply", " "];
    each_sequence(&lines, 4, &mut |lines| {
        let body = lines.join("\n");
        let of_ruma = ruma::sanitize::remove_plain_reply_fallback(&body);
        let clause = (of_ruma.is_empty() && !body.is_empty()).then_some(FALLBACK);
        comparison.check(&format!("{body:?}"), &remove_plain_reply_fallback(&body).into(), &of_ruma.into(), clause);
    });
    comparison.report("reply fallbacks", 2_000);
}

#[test]
fn markdown_agrees() {
    let mut comparison = Comparison::default();
    let parts = [
        "a",
        " ",
        "  ",
        "\n",
        "\r\n",
        "*b*",
        "**",
        "_",
        "`c`",
        "> ",
        "- ",
        "1. ",
        "# ",
        "<i>",
        "</i>",
        "<div>",
        "&amp;",
        "&",
        "\"",
        "\\",
        "\\*",
        "|",
        "|-|",
        "~~",
        "[d](https://example.org)",
        "---",
        "```",
        "\u{e9}",
    ];
    each_sequence(&parts, 3, &mut |parts| {
        let text = parts.concat();
        let ours = json_of(&ours::RoomMessageEventContent::text_markdown(text.as_str()));
        let of_ruma = json_of(&ruma::RoomMessageEventContent::text_markdown(text.as_str()));
        let clause = text.is_empty().then_some(EMPTY);
        comparison.check(&format!("{text:?}"), &ours, &of_ruma, clause);
    });
    comparison.report("Markdown", 10_000);
}

#[test]
fn mentions_agree() {
    let mut comparison = Comparison::default();
    for first in mentions() {
        for second in mentions().into_iter().flatten() {
            let content = match &first {
                Some(first) => json!({"msgtype": "m.text", "body": "a", "m.mentions": first}),
                None => json!({"msgtype": "m.text", "body": "a"}),
            };
            let (content, second) = (content.to_string(), second.to_string());
            let ours = deserialized::<ours::RoomMessageEventContent>(&content).add_mentions(deserialized(&second));
            let of_ruma = deserialized::<ruma::RoomMessageEventContent>(&content).add_mentions(deserialized(&second));
            for user_id in [MIRA, LEV] {
                let mentioned =
                    of_ruma.mentions.as_ref().is_some_and(|mentions| mentions.user_ids.iter().any(|id| id == user_id));
                assert_eq!(ours.mentions_user(UserId::new(user_id)), mentioned);
            }
            assert_eq!(ours.mentions_room(), of_ruma.mentions.as_ref().is_some_and(|mentions| mentions.room));
            comparison.check(&content, &json_of(&ours), &json_of(&of_ruma), None);
        }
    }
    comparison.report("mentions", 20);
}
