//! Variations of an example with other identifiers, times and texts, similar to the events of a homeserver.

use serde_json::{json, Map, Value};

use super::random::Random;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BASE64: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";
const BASE64_URL: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

const WORDS: [&str; 32] = [
    "the",
    "a",
    "room",
    "server",
    "bridge",
    "and",
    "is",
    "not",
    "down",
    "again",
    "I",
    "think",
    "we",
    "could",
    "try",
    "that",
    "on",
    "Monday",
    "with",
    "release",
    "notes",
    "for",
    "it",
    "please",
    "thanks",
    "federation",
    "key",
    "backup",
    "looks",
    "good",
    "maybe",
    "later",
];
const FOREIGN: [&str; 6] = ["schön", "déjà", "привет", "ありがとう", "🎉", "naïve"];
const EMOJI: [&str; 6] = ["👍", "❤️", "🎉", "😄", "🚀", "+1"];
const SERVERS: [&str; 6] =
    ["example.org", "matrix.example.com", "chat.example.net", "example.edu", "m.example.io:8448", "srv.example.social"];

/// Returns a variation of the example as a line of compact JSON.
pub(super) fn event(example: &Map<String, Value>, index: usize, random: &mut Random) -> String {
    let mut event = example.clone();
    let sender = user(random);
    event.insert("event_id".to_owned(), event_id(random).into());
    event.insert("room_id".to_owned(), room(random).into());
    event.insert("origin_server_ts".to_owned(), (1_700_000_000_000 + index * 1_371).into());
    if event["type"] == "m.room.member" {
        event.insert("state_key".to_owned(), if random.chance(80) { sender.clone() } else { user(random) }.into());
    }
    event.insert("sender".to_owned(), sender.into());
    if let Some(Value::Object(content)) = event.get_mut("content") {
        vary_content(content, random);
    }
    let redacted = event["type"] == "m.room.message" && random.chance(1);
    if redacted {
        event.insert("content".to_owned(), json!({}));
    }
    let because = redacted.then(|| redaction(&event, random));
    if let Value::Object(unsigned) = event.entry("unsigned").or_insert_with(|| json!({})) {
        vary_unsigned(unsigned, because, random);
    }
    in_order(&event, random)
}

/// Varies the content of a message, a membership, a reaction or an encrypted event. Other contents stay the same.
fn vary_content(content: &mut Map<String, Value>, random: &mut Random) {
    if content.contains_key("body") {
        let body = sentence(random);
        if content.contains_key("formatted_body") {
            content
                .insert("formatted_body".to_owned(), format!("<p><b>{body}</b><br/>\n{}</p>", sentence(random)).into());
        }
        content.insert("body".to_owned(), body.into());
        if random.chance(40) {
            content.insert("m.mentions".to_owned(), json!({}));
        }
        if random.chance(12) {
            content.insert("m.relates_to".to_owned(), json!({"m.in_reply_to": {"event_id": event_id(random)}}));
        }
    }
    if content.contains_key("membership") {
        let avatar = match random.below(4) {
            0 => Value::Null,
            _ => format!("mxc://{}/{}", random.pick(&SERVERS), random.text(24, LETTERS)).into(),
        };
        content.insert("avatar_url".to_owned(), avatar);
        content.insert("displayname".to_owned(), name(random).into());
    }
    if let Some(Value::Object(relation)) = content.get_mut("m.relates_to") {
        if relation.contains_key("key") {
            relation.insert("key".to_owned(), (*random.pick(&EMOJI)).into());
        }
        if relation.contains_key("event_id") {
            relation.insert("event_id".to_owned(), event_id(random).into());
        }
    }
    if matches!(content.get("ciphertext"), Some(Value::String(_))) {
        let length = 180 + usize::try_from(random.below(400)).unwrap_or_default();
        content.insert("ciphertext".to_owned(), random.text(length, BASE64).into());
        content.insert("session_id".to_owned(), random.text(43, BASE64).into());
    }
}

/// Adds the members that a homeserver adds: the age, and often the membership of the user or the transaction ID.
fn vary_unsigned(unsigned: &mut Map<String, Value>, because: Option<Value>, random: &mut Random) {
    unsigned.insert("age".to_owned(), random.below(90_000_000).into());
    if random.chance(50) {
        unsigned.insert("membership".to_owned(), "join".into());
    }
    if random.chance(10) {
        let number = random.below(10_000);
        unsigned.insert("transaction_id".to_owned(), format!("m1741860298455.{number}").into());
    }
    if let Some(because) = because {
        unsigned.insert("redacted_because".to_owned(), because);
    }
}

/// Returns the event that redacted another event.
fn redaction(event: &Map<String, Value>, random: &mut Random) -> Value {
    json!({
        "type": "m.room.redaction", "event_id": event_id(random), "room_id": event["room_id"], "sender": event["sender"],
        "origin_server_ts": event["origin_server_ts"], "redacts": event["event_id"],
        "content": {"redacts": event["event_id"], "reason": sentence(random)}, "unsigned": {"age": random.below(90_000_000)}
    })
}

/// Serializes an event: half of them in the order of canonical JSON, half with the type first.
fn in_order(event: &Map<String, Value>, random: &mut Random) -> String {
    let mut members: Vec<(&String, &Value)> = event.iter().collect();
    members.sort_by_key(|(key, _)| *key);
    if random.chance(50) {
        let place = |key: &str| ["type", "room_id", "sender", "content"].iter().position(|first| *first == key);
        members.sort_by_key(|(key, _)| place(key).unwrap_or(usize::MAX));
    }
    let members: Vec<String> =
        members.iter().map(|(key, value)| format!("{}:{value}", Value::String((*key).clone()))).collect();
    format!("{{{}}}", members.join(","))
}

fn event_id(random: &mut Random) -> String {
    format!("${}", random.text(43, BASE64_URL))
}

/// Returns one of 40 room IDs.
fn room(random: &mut Random) -> String {
    let mut own = Random::new(random.below(40));
    format!("!{}:{}", own.text(18, LETTERS), own.pick(&SERVERS))
}

/// Returns one of 300 user IDs.
fn user(random: &mut Random) -> String {
    let mut own = Random::new(1_000 + random.below(300));
    let (first, second) = (*own.pick(&WORDS), *own.pick(&WORDS));
    format!("@{}.{}{}:{}", first.to_lowercase(), second.to_lowercase(), own.below(100), own.pick(&SERVERS))
}

fn name(random: &mut Random) -> String {
    let first = if random.chance(15) { *random.pick(&FOREIGN) } else { *random.pick(&WORDS) };
    format!("{first} {}", random.pick(&WORDS))
}

/// Returns random words, with some line breaks, quotes, and letters beyond ASCII.
fn sentence(random: &mut Random) -> String {
    let length = if random.chance(20) { 10 + random.below(50) } else { 2 + random.below(12) };
    let mut text = String::new();
    for _ in 0..length {
        let word = if random.chance(4) { *random.pick(&FOREIGN) } else { *random.pick(&WORDS) };
        text.push_str(word);
        text.push_str(match random.below(100) {
            0 | 1 => "\n",
            2 => ". \"So,\" ",
            _ => " ",
        });
    }
    text.truncate(text.trim_end().len());
    text
}
