//! The results of polls, and the expiry of locations, calls and notifications, which proposals define.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use matrix_events::beacon_info::BeaconInfoEventContent;
use matrix_events::call::member::CallMemberEventContent;
use matrix_events::media_preview_config::MediaPreviewConfigEventContent;
use matrix_events::poll::response::PollResponseEventContent;
use matrix_events::poll::start::PollContentBlock;
use matrix_events::poll::unstable_response::UnstablePollResponseEventContent;
use matrix_events::poll::unstable_start::UnstablePollStartContentBlock;
use matrix_events::poll_results::{closed_at, PollResponseData, PollResults};
use matrix_events::room::join_rules::JoinRule;
use matrix_events::room::message::RoomMessageEventContent;
use matrix_events::rtc::member::RtcMemberEventContent;
use matrix_events::rtc::notification::RtcNotificationEventContent;
use matrix_events::{StateEvent, SyncRoomEvent, UserId};
use serde_json::{json, Value};
use spec_tests::events::{event, round_trip, state_event, with};

fn at(milliseconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(milliseconds)
}

fn poll(answers: &[&str], max_selections: &Value) -> PollContentBlock {
    let text = json!([{"body": "text"}]);
    let answers: Vec<Value> = answers.iter().map(|id| json!({"m.id": id, "m.text": text})).collect();
    let poll = json!({"question": {"m.text": text}, "answers": answers, "max_selections": max_selections});
    matrix_events::from_str(&poll.to_string()).expect("a poll")
}

fn unstable_poll(answers: &[&str], max_selections: &Value) -> UnstablePollStartContentBlock {
    let text = "org.matrix.msc1767.text";
    let answers: Vec<Value> = answers.iter().map(|id| json!({"id": id, text: "text"})).collect();
    let poll = json!({"question": {text: "text"}, "answers": answers, "max_selections": max_selections});
    matrix_events::from_str(&poll.to_string()).expect("a poll")
}

fn counts(results: &PollResults<'_>) -> Vec<i64> {
    let counts = results.counts();
    results.answers().iter().map(|answer| counts[answer.id]).collect()
}

type Case = (Value, Vec<(&'static str, i64, Vec<&'static str>)>, Option<i64>, [i64; 3]);

/// The responses of users to a poll with the answers a, b and c, and the number of votes for each answer.
fn cases() -> Vec<Case> {
    let (mira, lev) = ("@mira:example.org", "@lev:example.org");
    vec![
        (Value::Null, vec![], None, [0, 0, 0]),
        (Value::Null, vec![(mira, 1, vec!["a"]), (lev, 1, vec!["a"])], None, [2, 0, 0]),
        // The last response counts, whatever the order of the list is.
        (Value::Null, vec![(mira, 1, vec!["a"]), (mira, 2, vec!["b"])], None, [0, 1, 0]),
        (Value::Null, vec![(mira, 2, vec!["b"]), (mira, 1, vec!["a"])], None, [0, 1, 0]),
        (Value::Null, vec![(mira, 1, vec!["a"]), (mira, 1, vec!["b"])], None, [1, 0, 0]),
        (Value::Null, vec![(mira, -5, vec!["a"]), (mira, 0, vec!["b"])], None, [0, 1, 0]),
        // An empty or spoiled response withdraws the vote.
        (Value::Null, vec![(mira, 1, vec!["a"]), (mira, 2, vec![])], None, [0, 0, 0]),
        (Value::Null, vec![(mira, 1, vec!["a"]), (mira, 2, vec!["x"])], None, [0, 0, 0]),
        (json!(3), vec![(mira, 1, vec!["a", "b", "x"]), (lev, 1, vec!["c"])], None, [0, 0, 1]),
        (json!(1), vec![(mira, 1, vec!["a", "x"])], None, [0, 0, 0]),
        // Only the first `max_selections` answers count.
        (Value::Null, vec![(mira, 1, vec!["b", "a"])], None, [0, 1, 0]),
        (json!(2), vec![(mira, 1, vec!["c", "b", "a"])], None, [0, 1, 1]),
        (json!(2), vec![(mira, 1, vec!["c", "c", "a"])], None, [0, 0, 1]),
        (json!(99), vec![(mira, 1, vec!["a", "b", "c", "a"])], None, [1, 1, 1]),
        (json!(0), vec![(mira, 1, vec!["a", "b"])], None, [1, 0, 0]),
        (json!(-3), vec![(mira, 1, vec!["a", "b"])], None, [1, 0, 0]),
        (json!("two"), vec![(mira, 1, vec!["a", "b"])], None, [1, 0, 0]),
        // Responses after the end do not count, and responses at the end do.
        (Value::Null, vec![(mira, 5, vec!["a"]), (lev, 6, vec!["b"])], Some(5), [1, 0, 0]),
        (Value::Null, vec![(mira, 5, vec!["a"]), (mira, 6, vec!["b"])], Some(5), [1, 0, 0]),
        (Value::Null, vec![(mira, 5, vec!["a"]), (mira, 6, vec!["x"])], Some(4), [0, 0, 0]),
    ]
}

#[test]
fn both_forms_of_polls_have_the_same_results() {
    for (max_selections, responses, end, expected) in cases() {
        let responses: Vec<(UserId, i64, Vec<String>)> = responses
            .into_iter()
            .map(|(user, ts, answers)| (user.into(), ts, answers.into_iter().map(str::to_owned).collect()))
            .collect();
        let data = || responses.iter().map(|(user, ts, answers)| PollResponseData::new(user, *ts, answers));
        let (stable, unstable) =
            (poll(&["a", "b", "c"], &max_selections), unstable_poll(&["a", "b", "c"], &max_selections));
        for results in [stable.results(data(), end), unstable.results(data(), end)] {
            assert_eq!(counts(&results), expected, "{max_selections} {responses:?} {end:?}");
        }
    }
}

#[test]
fn results_are_sorted_and_have_winners() {
    let users = ["@a:b", "@c:d", "@e:f"].map(UserId::new);
    let answers = [["b"], ["c"], ["c"]].map(|answers| answers.map(str::to_owned));
    let poll = poll(&["a", "b", "c", "b"], &Value::Null);
    let responses = || users.iter().zip(&answers).map(|(user, answers)| PollResponseData::new(user, 1, answers));
    let results = poll.results(responses(), None);
    assert_eq!(results.sorted().iter().map(|answer| answer.id).collect::<Vec<_>>(), ["c", "b", "a"]);
    assert_eq!(results.winners().map(|answer| answer.id).collect::<Vec<_>>(), ["c"]);
    let voters = results.voters("c").expect("an answer").iter().map(|user| user.as_str()).collect::<Vec<_>>();
    assert_eq!((voters, results.voters("x")), (vec!["@c:d", "@e:f"], None));
    let tie = poll.results(responses().take(2), None);
    assert_eq!(tie.winners().map(|answer| answer.id).collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(poll.results([], None).winners().count(), 0);
}

#[test]
fn only_the_first_twenty_answers_count() {
    let ids: Vec<String> = (0..25).map(|index| index.to_string()).collect();
    let poll = poll(&ids.iter().map(String::as_str).collect::<Vec<_>>(), &Value::Null);
    let (user, last, beyond) = (UserId::new("@a:b"), ["19".to_owned()], ["20".to_owned()]);
    assert_eq!(counts(&poll.results([PollResponseData::new(&user, 1, &last)], None)).iter().sum::<i64>(), 1);
    let results = poll.results([PollResponseData::new(&user, 1, &beyond)], None);
    assert_eq!((results.answers().len(), counts(&results).iter().sum::<i64>()), (20, 0));
}

#[test]
fn response_with_invalid_answer_is_spoiled() {
    let relation = json!({"rel_type": "m.reference", "event_id": "$poll"});
    for (answers, expected) in [(json!(["a", "b"]), vec!["a", "b"]), (json!(["a", 7]), vec![]), (json!([]), vec![])] {
        let content = json!({"m.selections": answers, "m.relates_to": relation});
        let stable: SyncRoomEvent<PollResponseEventContent> = round_trip(&event("m.poll.response", &content));
        assert_eq!(stable.data().expect("data").selections, expected, "{answers}");
        let content = json!({"org.matrix.msc3381.poll.response": {"answers": answers}, "m.relates_to": relation});
        let json = event("org.matrix.msc3381.poll.response", &content);
        let unstable: SyncRoomEvent<UnstablePollResponseEventContent> = round_trip(&json);
        let data = unstable.data().expect("data");
        assert_eq!(
            (data.selections, data.sender.as_str()),
            (&*expected.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(), "@mira:example.org")
        );
        let unstable: SyncRoomEvent<UnstablePollResponseEventContent> =
            round_trip(&with(json, "origin_server_ts", "late"));
        assert_eq!(unstable.data(), None);
    }
}

#[test]
fn first_valid_end_closes_a_poll() {
    let [starter, moderator, other] = ["@a:b", "@c:d", "@e:f"].map(UserId::new);
    for (ends, expected) in [
        (vec![], None),
        (vec![(&other, 1)], None),
        (vec![(&starter, 9), (&moderator, 7), (&other, 1)], Some(7)),
        (vec![(&starter, 9), (&other, 1), (&starter, 11)], Some(9)),
    ] {
        assert_eq!(closed_at(&starter, ends.clone(), |user| user == "@c:d"), expected, "{ends:?}");
    }
}

/// <https://github.com/matrix-org/matrix-spec-proposals/pull/3489>
#[test]
fn beacon_is_live_until_its_timeout() {
    for (live, ts, timeout, now, expected) in [
        (true, json!(1_000), json!(500), 1_000, true),
        (true, json!(1_000), json!(500), 1_499, true),
        (true, json!(1_000), json!(500), 1_500, false),
        (true, json!(5_000), json!(500), 1_000, true),
        (false, json!(1_000), json!(500), 1_000, false),
        (true, json!(1_000), json!(-1), 1_000, false),
        (true, json!(1_000), Value::Null, 1_000, false),
        (true, json!(i64::MAX), json!(i64::MAX), 1_000, true),
        (true, json!(i64::MIN), json!(1), 1_000, false),
    ] {
        let beacon = json!({"live": live, "org.matrix.msc3488.ts": ts, "timeout": timeout});
        let content: BeaconInfoEventContent = round_trip(&beacon);
        assert_eq!(content.is_live(at(now)), expected, "{beacon} {now}");
    }
}

/// <https://github.com/matrix-org/matrix-spec-proposals/pull/4075>
#[test]
fn notification_expires_after_its_lifetime() {
    for (content, origin_server_ts, expected) in [
        (json!({"sender_ts": 100_365, "lifetime": 30_000}), Some(120_000), Some(130_365)),
        (json!({"sender_ts": 100_365, "lifetime": 30_000}), Some(120_365), Some(130_365)),
        (json!({"sender_ts": 100_365, "lifetime": 30_000}), Some(120_366), Some(150_366)),
        (json!({"sender_ts": 100_365, "lifetime": 30_000}), Some(50_000), Some(80_000)),
        (json!({"sender_ts": 100_365, "lifetime": 30_000}), None, Some(130_365)),
        (json!({"lifetime": 30_000}), Some(50_000), Some(80_000)),
        (json!({"lifetime": 30_000}), None, None),
        (json!({"sender_ts": 100_365}), Some(100_365), None),
        (json!({"sender_ts": 100_365, "lifetime": 900_000}), Some(100_365), Some(220_365)),
        (json!({"sender_ts": 100_365, "lifetime": -1}), Some(100_365), None),
        (json!({"application": {"type": "m.call", "sender_ts": 100_365, "lifetime": 5}}), Some(100_365), Some(100_370)),
    ] {
        let notification: RtcNotificationEventContent = round_trip(&content);
        assert_eq!(notification.expires_at(origin_server_ts), expected.map(at), "{content} {origin_server_ts:?}");
    }
}

/// <https://github.com/matrix-org/matrix-spec-proposals/pull/3401>
#[test]
fn memberships_of_all_forms_expire() {
    const HOUR: u64 = 3_600_000;
    let session = json!({"application": "m.call", "call_id": "", "scope": "m.room", "device_id": "A"});
    let legacy = json!({"application": "m.call", "call_id": "x", "scope": "m.user", "device_id": "A"});
    let device = json!({"device_id": "A", "session_id": "s", "expires_ts": 7});
    for (content, expires, is_room_call) in [
        (json!({}), None, false),
        (json!({"leave_reason": "m.lost_connection"}), None, false),
        (session.clone(), Some(Some(1_000 + 4 * HOUR)), true),
        (with(session.clone(), "expires", 5), Some(Some(1_005)), true),
        (with(with(session.clone(), "expires", 5), "created_ts", 10), Some(Some(15)), true),
        (with(session.clone(), "expires", -5), Some(None), true),
        (with(session, "application", "org.example.game"), Some(Some(1_000 + 4 * HOUR)), false),
        (json!({ "memberships": [] }), None, false),
        (json!({ "memberships": [legacy] }), Some(None), false),
        (json!({ "memberships": [with(legacy.clone(), "expires", 5)] }), Some(Some(1_005)), false),
        (json!({ "memberships": [with(legacy.clone(), "expires_ts", 5)] }), Some(Some(5)), false),
        (json!({ "memberships": [with(with(legacy, "expires_ts", 5), "expires", 6)] }), Some(Some(1_006)), false),
        (json!({"m.calls": [{"m.call_id": "x", "m.devices": [device]}]}), Some(Some(7)), false),
        (json!({"m.calls": [{"m.call_id": "x"}]}), None, false),
    ] {
        let json = with(state_event("m.call.member", "@mira:example.org", &content), "origin_server_ts", 1_000);
        let event: StateEvent<CallMemberEventContent> = round_trip(&json);
        let memberships = event.content.memberships();
        let found = memberships.first().map(|membership| membership.expires_at(Some(1_000)));
        assert_eq!(found, expires.map(|expires| expires.map(at)), "{content}");
        assert_eq!(memberships.first().is_some_and(|membership| membership.is_room_call()), is_room_call, "{content}");
        assert!(memberships.iter().all(|membership| membership.device_id() == "A"), "{content}");
        for (now, is_active) in [(0, true), (100 * HOUR, expires == Some(None))] {
            let active = event.active_memberships(at(now)).len();
            assert_eq!(active, if is_active { memberships.len() } else { 0 }, "{content} {now}");
        }
    }
}

#[test]
fn state_key_of_a_membership_begins_with_the_user() {
    for (state_key, expected) in [
        ("@mira:example.org", Some("@mira:example.org")),
        ("@mira:example.org_DEVICE", Some("@mira:example.org")),
        ("_@mira:example.org_DEVICE_m.call", Some("@mira:example.org")),
        ("_@mira_m:example.org:8448_DEVICE_m.call", Some("@mira_m:example.org:8448")),
        ("@mira:[2001:db8::1]:1_A", Some("@mira:[2001:db8::1]:1")),
        ("@mira:", None),
        ("@mira", None),
        ("mira:example.org", None),
        ("__@mira:example.org", None),
        ("", None),
    ] {
        let event = state_event("org.matrix.msc3401.call.member", state_key, &json!({}));
        let event: StateEvent<CallMemberEventContent> = round_trip(&event);
        assert_eq!(event.user_id(), expected, "{state_key}");
    }
}

/// <https://github.com/matrix-org/matrix-spec-proposals/pull/4143>
#[test]
fn member_joins_unless_it_leaves() {
    for (content, expected) in [
        (json!({}), false),
        (json!({"sticky_key": "x"}), false),
        (json!({"member": {"id": "x", "membership": "join"}}), true),
        (json!({"member": {"id": "x", "membership": "leave"}}), false),
        (json!({"member": {"id": "x", "membership": "org.example.wait"}}), false),
        (json!({"member": {"id": "x", "membership": 7}}), false),
        (json!({"member": {"id": "x"}, "application": {"type": "m.call"}}), true),
        (json!({"member": {"id": "x"}, "leave_reason": {"code": "leave"}}), false),
        (json!({"member": {"id": "x"}, "disconnect_reason": {}}), false),
        (json!({"member": 7}), false),
    ] {
        assert_eq!(round_trip::<RtcMemberEventContent>(&content).is_join(), expected, "{content}");
    }
}

/// <https://github.com/matrix-org/matrix-spec-proposals/pull/4354>
#[test]
fn event_is_sticky_for_up_to_one_hour() {
    const HOUR: u64 = 3_600_000;
    for (sticky, unsigned, sent, received, expected) in [
        (json!(null), json!({}), 1_000, 2_000, None),
        (json!({"duration_ms": -1}), json!({}), 1_000, 2_000, None),
        (json!({"duration_ms": 500}), json!({}), 1_000, 2_000, Some(1_500)),
        (json!({"duration_ms": 500}), json!({}), 9_000, 2_000, Some(2_500)),
        (json!({"duration_ms": HOUR + 1}), json!({}), 1_000, 2_000, Some(1_000 + HOUR)),
        (json!({"duration_ms": 500}), json!({"msc4354_sticky_duration_ttl_ms": 50}), 1_000, 2_000, Some(2_050)),
        (json!({"duration_ms": 500}), json!({"sticky_duration_ttl_ms": 50}), 1_000, 2_000, Some(2_050)),
        (json!({"duration_ms": 500}), json!({"sticky_duration_ttl_ms": 5_000}), 1_000, 2_000, Some(2_500)),
    ] {
        let json = event("m.room.message", &json!({"msgtype": "m.text", "body": "Hi"}));
        let json = with(with(json, "msc4354_sticky", sticky), "unsigned", unsigned);
        let json = with(json, "origin_server_ts", sent);
        let event: SyncRoomEvent<RoomMessageEventContent> = round_trip(&json);
        assert_eq!(event.sticky_until(at(received)), expected.map(at), "{json}");
    }
}

/// <https://github.com/matrix-org/matrix-spec-proposals/pull/4278>
#[test]
fn setting_of_the_room_has_priority() {
    for (global, room, previews, avatars) in [
        (json!({}), json!({}), Value::Null, Value::Null),
        (
            json!({"media_previews": "off", "invite_avatars": "off"}),
            json!({"media_previews": "on"}),
            json!("on"),
            json!("off"),
        ),
        (json!({"media_previews": "private"}), json!({"invite_avatars": "off"}), json!("private"), json!("off")),
        (json!({"media_previews": "on"}), json!({"media_previews": null}), json!("on"), Value::Null),
        (json!({"media_previews": "on"}), json!({"media_previews": "blur"}), json!("blur"), Value::Null),
        (
            json!({"media_previews": "on"}),
            json!({"media_previews": 7, "invite_avatars": []}),
            json!("off"),
            json!("off"),
        ),
    ] {
        let [global, room]: [MediaPreviewConfigEventContent; 2] = [&global, &room].map(round_trip);
        let merged = MediaPreviewConfigEventContent::merge_global_and_room_config(&global, &room);
        let merged = serde_json::to_value(&merged).expect("JSON");
        assert_eq!(
            (&merged["media_previews"], &merged["invite_avatars"]),
            (&previews, &avatars),
            "{global:?} {room:?}"
        );
    }
    let rules = ["public", "invite", "knock", "restricted", "knock_restricted", "private", "org.example.quiz"];
    for (config, expected) in [
        (json!({}), [true; 7]),
        (json!({"media_previews": "on"}), [true; 7]),
        (json!({"media_previews": "off"}), [false; 7]),
        (json!({"media_previews": "blur"}), [false; 7]),
        (json!({"media_previews": 7}), [false; 7]),
        (json!({"media_previews": "private"}), [false, true, true, true, true, false, false]),
    ] {
        let config: MediaPreviewConfigEventContent = round_trip(&config);
        assert_eq!(rules.map(|rule| config.shows_media(Some(&JoinRule::from(rule)))), expected, "{config:?}");
        assert_eq!(config.shows_media(None), expected[0], "{config:?}");
    }
    for (config, expected) in [
        (json!({}), true),
        (json!({"invite_avatars": "on"}), true),
        (json!({"invite_avatars": "off"}), false),
        (json!({"invite_avatars": "private"}), false),
        (json!({"invite_avatars": true}), false),
    ] {
        assert_eq!(round_trip::<MediaPreviewConfigEventContent>(&config).shows_invite_avatars(), expected, "{config}");
    }
}
