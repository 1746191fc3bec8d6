//! The bot answers to responses of `/sync`, without a homeserver.

use matrix_events::{from_str, to_string};

use super::*;

/// Records the requests of the bot as texts. Each event that the bot sends has the next number as its ID.
#[derive(Default)]
struct Requests(Vec<String>);

impl Requests {
    fn push(&mut self, text: String) -> Result<EventId> {
        self.0.push(text);
        Ok(format!("$own{}", self.0.len()).into())
    }
}

impl Homeserver for Requests {
    fn join(&mut self, room: &RoomId) -> Result<()> {
        self.push(format!("join {room}")).map(drop)
    }

    fn send<C: MessageLikeEventContent>(&mut self, _: &RoomId, content: &C) -> Result<EventId> {
        self.push(format!("{} {}", C::TYPE, to_string(content)))
    }

    fn set_state<C: StateEventContent>(&mut self, _: &RoomId, content: &C) -> Result<EventId> {
        self.push(format!("{} {}", C::TYPE, to_string(content)))
    }

    fn redact(&mut self, _: &RoomId, event: &EventId) -> Result<EventId> {
        self.push(format!("redact {event}"))
    }
}

const CREATE: &str = r#"{"type": "m.room.create", "state_key": "", "event_id": "$create", "sender": "@mira:example.org",
    "content": {"room_version": "12"}}"#;

/// Returns the requests of the bot after events in a room, of which the first ones are from before the start of the bot.
fn requests(before: &[&str], after: &[&str]) -> Vec<String> {
    let (mut bot, mut requests) = (Bot::new("@echo:example.org".into()), Requests::default());
    for events in [before, after] {
        let events = events.join(",");
        let body =
            format!(r#"{{"rooms": {{"join": {{"!garden:example.org": {{"timeline": {{"events": [{events}]}}}}}}}}}}"#);
        let response: SyncResponse = from_str(&body).expect("a response");
        bot.handle(&response, &mut requests).expect("no error");
    }
    requests.0
}

fn message(event_id: &str, sender: &str, content: &str) -> String {
    format!(r#"{{"type": "m.room.message", "event_id": "{event_id}", "sender": "{sender}", "content": {content}}}"#)
}

fn text(event_id: &str, sender: &str, body: &str) -> String {
    message(event_id, sender, &format!(r#"{{"msgtype": "m.text", "body": "{body}"}}"#))
}

#[test]
fn invites_are_accepted() {
    let (mut bot, mut requests) = (Bot::new("@echo:example.org".into()), Requests::default());
    let response: SyncResponse = from_str(r#"{"rooms": {"invite": {"!garden:example.org": {}}}}"#).expect("a response");
    bot.handle(&response, &mut requests).expect("no error");
    assert_eq!(requests.0, ["join !garden:example.org"]);
}

#[test]
fn messages_from_before_the_start_and_own_messages_are_ignored() {
    let old = text("$1", "@mira:example.org", "!echo old");
    let own = text("$2", "@echo:example.org", "!echo own");
    assert!(requests(&[CREATE, &old], &[&own]).is_empty());
}

#[test]
fn message_is_repeated_in_a_thread_and_the_answer_follows_edits_and_redactions() {
    let question = text("$1", "@mira:example.org", "!echo Hi");
    let edit = message(
        "$2",
        "@mira:example.org",
        r#"{"msgtype": "m.text", "body": "* !echo Ho", "m.new_content": {"msgtype": "m.text", "body": "!echo Ho"},
            "m.relates_to": {"rel_type": "m.replace", "event_id": "$1"}}"#,
    );
    let redaction = r#"{"type": "m.room.redaction", "event_id": "$3", "sender": "@mira:example.org", "content": {"redacts": "$1"}}"#;
    let requests = requests(&[CREATE], &[&question, &edit, redaction]);
    let [answer, reaction, edited, redacted] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!(
        *answer,
        r#"m.room.message {"msgtype":"m.text","body":"Hi","m.mentions":{"user_ids":["@mira:example.org"]},"#.to_owned()
            + r#""m.relates_to":{"rel_type":"m.thread","event_id":"$1","is_falling_back":false,"m.in_reply_to":{"event_id":"$1"}}}"#
    );
    assert!(reaction.starts_with("m.reaction ") && reaction.contains(r#""event_id":"$1""#), "{reaction}");
    assert!(edited.contains(r#""body":"* Ho""#) && edited.contains(r#""event_id":"$own1""#), "{edited}");
    assert_eq!(redacted, "redact $own1");
}

#[test]
fn topic_requires_the_power_level_of_both_users() {
    let command = text("$1", "@mira:example.org", "!topic Peas");
    let levels = r#"{"type": "m.room.power_levels", "state_key": "", "event_id": "$2", "sender": "@mira:example.org",
        "content": {"users": {"@echo:example.org": 50}}}"#;
    let without = requests(&[CREATE], &[&command]);
    assert!(without[0].contains("My power level is too low"), "{without:?}");
    assert_eq!(requests(&[CREATE, levels], &[&command]), [r#"m.room.topic {"topic":"Peas"}"#]);
    let of_other = text("$1", "@lev:example.org", "!topic Peas");
    let refused = requests(&[CREATE, levels], &[&of_other]);
    assert!(refused[0].contains("Your power level is too low"), "{refused:?}");
}

#[test]
fn users_who_join_are_greeted_once() {
    let joined = r#"{"type": "m.room.member", "state_key": "@lev:example.org", "event_id": "$1", "sender": "@lev:example.org",
        "content": {"membership": "join", "displayname": "Lev"}}"#;
    let renamed = r#"{"type": "m.room.member", "state_key": "@lev:example.org", "event_id": "$2", "sender": "@lev:example.org",
        "content": {"membership": "join", "displayname": "Leo"},
        "unsigned": {"prev_content": {"membership": "join", "displayname": "Lev"}}}"#;
    let requests = requests(&[CREATE], &[joined, renamed]);
    let greeting = r#"m.room.message {"msgtype":"m.notice","body":"Welcome, Lev!","m.mentions":{"user_ids":["@lev:example.org"]}}"#;
    assert_eq!(requests, [greeting]);
}

#[test]
fn bot_without_the_right_to_send_is_silent() {
    let levels = r#"{"type": "m.room.power_levels", "state_key": "", "event_id": "$2", "sender": "@mira:example.org",
        "content": {"events_default": 10}}"#;
    assert!(requests(&[CREATE, levels], &[&text("$1", "@mira:example.org", "!echo Hi")]).is_empty());
}
