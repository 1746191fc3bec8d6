//! Compares small algorithms with Ruma: server access control lists, spaces, polls, calls, notifications and account data.

use std::time::SystemTime;

use js_int::UInt;
use matrix_events::{time, ServerName, StrippedStateEvent, UserId};
use ruma_common::MilliSecondsSinceUnixEpoch;
use ruma_events::call::member::CallMemberEventContent as RumaCallMember;
use ruma_events::media_preview_config::MediaPreviewConfigEventContent as RumaPreviews;
use ruma_events::poll::start::PollContentBlock as RumaPoll;
use ruma_events::poll::unstable_start::UnstablePollStartContentBlock as RumaUnstablePoll;
use ruma_events::poll::{compile_poll_results, compile_unstable_poll_results, PollResponseData as RumaResponse};
use ruma_events::recent_emoji::RecentEmojiEventContent as RumaEmoji;
use ruma_events::room::encryption::RoomEncryptionEventContent as RumaEncryption;
use ruma_events::room::server_acl::RoomServerAclEventContent as RumaAcl;
use ruma_events::rtc::notification::RtcNotificationEventContent as RumaNotification;
use ruma_events::space::child::{HierarchySpaceChildEvent, PossiblyRedactedSpaceChildEventContent, SpaceChildOrd};
use ruma_events::space::parent::PossiblyRedactedSpaceParentEventContent;
use serde::de::DeserializeOwned;
use serde_json::{from_value, json, to_value, Value};

/// A generator of the same numbers in each run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn one_of<T: Clone>(&mut self, values: &[T]) -> T {
        let index = self.below(values.len() as u64);
        values[usize::try_from(index).expect("an index")].clone()
    }

    /// Returns up to `most` values.
    fn some_of<T: Clone>(&mut self, values: &[T], most: u64) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| self.one_of(values)).collect()
    }
}

fn random() -> Random {
    Random(0x9e37_79b9_7f4a_7c15)
}

/// Deserializes JSON as a type of this project, from text.
fn ours<T: DeserializeOwned>(json: &Value) -> T {
    serde_json::from_str(&json.to_string()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn theirs<T: DeserializeOwned>(json: &Value) -> T {
    from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn milliseconds(timestamp: i64) -> MilliSecondsSinceUnixEpoch {
    MilliSecondsSinceUnixEpoch(UInt::try_from(timestamp).expect("a timestamp"))
}

fn timestamp(time: Option<SystemTime>) -> Option<i64> {
    time.and_then(time::from_system_time)
}

#[test]
fn server_access_control_lists_are_equal() {
    const SERVERS: [&str; 14] = [
        "example.org",
        "EXAMPLE.org:8448",
        "a.example.org",
        "b.a.example.org",
        "evil.example",
        "evil.example:1",
        "localhost",
        "192.0.2.1",
        "192.0.2.1:8448",
        "[2001:db8::1]",
        "[2001:db8::1]:8448",
        "[::ffff:192.0.2.1]",
        "1.2.3",
        "a",
    ];
    const PARTS: [&str; 16] = [
        "*",
        "*",
        "*",
        "?",
        "?",
        "example",
        ".org",
        "EXAMPLE",
        "a",
        ".",
        "evil",
        "192.0.2.",
        "[2001:db8::",
        "1",
        "]",
        ":8448",
    ];
    let mut random = random();
    let (mut cases, mut allowed) = (0, 0);
    for _ in 0..4_000 {
        let mut patterns = |most| -> Vec<String> {
            let count = random.below(most);
            (0..count).map(|_| random.some_of(&PARTS, 6).concat()).collect()
        };
        let (allow, deny) = (patterns(6), patterns(4));
        let acl = json!({"allow": allow, "deny": deny, "allow_ip_literals": random.one_of(&[true, false])});
        let (own, ruma): (matrix_events::room::server_acl::RoomServerAclEventContent, RumaAcl) =
            (ours(&acl), theirs(&acl));
        for server in SERVERS {
            let expected = ruma.is_allowed(<&ruma_common::ServerName>::try_from(server).expect("a server name"));
            assert_eq!(own.is_allowed(&ServerName::new(server)), expected, "{acl} {server}");
            (cases, allowed) = (cases + 1, allowed + usize::from(expected));
        }
    }
    println!("{cases} servers with lists, {allowed} allowed");
    assert!(cases >= 50_000 && allowed >= 5_000);

    // An IPv4 address can have leading zeros (https://spec.matrix.org/v1.19/appendices/#server-name). Ruma's is none then.
    let acl = json!({"allow": ["*"], "allow_ip_literals": false});
    let (own, ruma): (matrix_events::room::server_acl::RoomServerAclEventContent, RumaAcl) = (ours(&acl), theirs(&acl));
    assert!(ruma.is_allowed(<&ruma_common::ServerName>::try_from("192.000.2.01").expect("a server name")));
    assert!(!own.is_allowed(&ServerName::new("192.000.2.01")));
}

#[test]
fn children_of_spaces_have_an_equal_order() {
    use matrix_events::space::child::SpaceChildEventContent;

    let long = "x".repeat(51);
    let orders = [
        Value::Null,
        json!(" "),
        json!("~"),
        json!("a"),
        json!("aa"),
        json!("B"),
        json!("é"),
        json!(7),
        json!(&long),
        json!(&long[..50]),
        json!("\n"),
    ];
    let mut random = random();
    for _ in 0..2_000 {
        let child = |random: &mut Random| {
            let mut content = json!({"via": ["example.org"], "order": random.one_of(&orders)});
            if content["order"].is_null() && random.below(2) == 0 {
                content.as_object_mut().expect("an object").remove("order");
            }
            json!({
                "type": "m.space.child", "sender": "@mira:example.org", "content": content,
                "state_key": format!("!{}:example.org", random.one_of(&["a", "b", "c", "B", "~", "🌱"])),
                "origin_server_ts": random.below(4),
            })
        };
        let children: Vec<Value> = (0..8).map(|_| child(&mut random)).collect();
        let mut own: Vec<StrippedStateEvent<SpaceChildEventContent>> = children.iter().map(ours).collect();
        own.sort_by(|one, other| one.position().cmp(&other.position()));
        let mut ruma: Vec<HierarchySpaceChildEvent> = children.iter().map(theirs).collect();
        ruma.sort_by(SpaceChildOrd::cmp_space_child);
        let own: Vec<_> = own.iter().map(|event| event.state_key.as_str()).collect();
        assert_eq!(own, ruma.iter().map(|event| event.state_key.as_str()).collect::<Vec<_>>(), "{children:?}");
    }
    println!("2000 spaces with 8 children");
    // The pattern of `order` requires a character. Ruma's order can be empty.
    assert!(!matrix_events::SpaceChildOrder::new("").is_valid());
    assert!(<&ruma_common::SpaceChildOrder>::try_from("").is_ok());
}

#[test]
fn children_and_parents_of_spaces_are_equally_valid() {
    use matrix_events::space::child::SpaceChildEventContent;
    use matrix_events::space::parent::SpaceParentEventContent;

    for content in [
        json!({}),
        json!({"via": ["example.org"]}),
        json!({"via": ["example.org", "b.example"]}),
        json!({"via": null}),
        json!({"via": "example.org"}),
        json!({"via": [7]}),
        json!({"via": ["example.org", 7]}),
        json!({"via": {}}),
    ] {
        // Ruma's deserialization fails if `via` is invalid, so such a room is not part of the space.
        let child = from_value::<PossiblyRedactedSpaceChildEventContent>(content.clone());
        assert_eq!(
            ours::<SpaceChildEventContent>(&content).is_valid(),
            child.is_ok_and(|child| child.is_valid()),
            "{content}"
        );
        let parent = from_value::<PossiblyRedactedSpaceParentEventContent>(content.clone());
        let parent = parent.is_ok_and(|parent| parent.is_valid());
        assert_eq!(ours::<SpaceParentEventContent>(&content).is_valid(), parent, "{content}");
    }
    // An empty list has no server to join the room through. Servers leave such rooms out of the hierarchy, and Ruma does not.
    let content = json!({"via": []});
    assert!(theirs::<PossiblyRedactedSpaceChildEventContent>(&content).is_valid());
    assert!(!ours::<SpaceChildEventContent>(&content).is_valid());
}

/// Returns a poll in both forms, with up to 20 answers.
fn polls(random: &mut Random) -> (Value, Value) {
    let count = 1 + random.below(20);
    let stable: Vec<Value> = (0..count).map(|id| json!({"m.id": id.to_string(), "m.text": [{"body": "a"}]})).collect();
    let unstable: Vec<Value> =
        (0..count).map(|id| json!({"id": id.to_string(), "org.matrix.msc1767.text": "a"})).collect();
    let mut polls = (
        json!({"question": {"m.text": [{"body": "q"}]}, "answers": stable, "kind": "m.disclosed"}),
        json!({"question": {"org.matrix.msc1767.text": "q"}, "answers": unstable, "kind": "org.matrix.msc3381.poll.disclosed"}),
    );
    if random.below(4) > 0 {
        let max_selections = 1 + random.below(5);
        polls.0["max_selections"] = max_selections.into();
        polls.1["max_selections"] = max_selections.into();
    }
    polls
}

#[test]
fn results_of_polls_are_equal() {
    use matrix_events::poll::start::PollContentBlock;
    use matrix_events::poll::unstable_start::UnstablePollStartContentBlock;
    use matrix_events::poll_results::{PollResponseData, PollResults};

    let users = ["@a:example.org", "@b:example.org", "@c:example.org", "@d:example.org"];
    let mut random = random();
    let mut votes = 0;
    for _ in 0..5_000 {
        let (stable, unstable) = polls(&mut random);
        let own: (PollContentBlock, UnstablePollStartContentBlock) = (ours(&stable), ours(&unstable));
        let ruma: (RumaPoll, RumaUnstablePoll) = (theirs(&stable), theirs(&unstable));
        let answers = random.one_of(&[3, 21]);
        let ids: Vec<String> = (0..answers).map(|id: u64| id.to_string()).collect();
        let responses: Vec<(&str, i64, Vec<String>)> = (0..random.below(10))
            .map(|_| (random.one_of(&users), 1 + random.below(8) as i64, random.some_of(&ids, 4)))
            .collect();
        let end = random.one_of(&[None, Some(4), Some(8)]);

        let senders: Vec<UserId> = responses.iter().map(|(user, ..)| UserId::new(*user)).collect();
        let own_data =
            || responses.iter().zip(&senders).map(|((_, at, ids), user)| PollResponseData::new(user, *at, ids));
        let ruma_data = || {
            responses.iter().map(|(user, at, ids)| RumaResponse {
                sender: <&ruma_common::UserId>::try_from(*user).expect("a user ID"),
                origin_server_ts: milliseconds(*at),
                selections: ids,
            })
        };
        let sorted = |results: &PollResults<'_>| -> Vec<(String, Vec<String>)> {
            let voters = |answer: &matrix_events::poll_results::AnswerVotes<'_>| {
                answer.voters.iter().map(|user| user.to_string()).collect()
            };
            results.sorted().into_iter().map(|answer| (answer.id.to_owned(), voters(answer))).collect()
        };
        let own = [sorted(&own.0.results(own_data(), end)), sorted(&own.1.results(own_data(), end))];
        let end = end.map(milliseconds);
        let ruma =
            [compile_poll_results(&ruma.0, ruma_data(), end), compile_unstable_poll_results(&ruma.1, ruma_data(), end)];
        let ruma = ruma.map(|results| -> Vec<(String, Vec<String>)> {
            let voters = results.into_iter();
            voters.map(|(id, users)| (id.to_owned(), users.into_iter().map(ToString::to_string).collect())).collect()
        });
        assert_eq!(own, ruma, "{stable} {responses:?} {end:?}");
        votes += own[0].iter().map(|(_, voters)| voters.len()).sum::<usize>();
    }
    println!("5000 polls in two forms, {votes} votes");
    assert!(votes >= 5_000);

    // A response at the time 0 counts (MSC3381). Ruma leaves it out.
    let (stable, _) = polls(&mut random);
    let (user, ids) = (UserId::new("@a:example.org"), ["0".to_owned()]);
    let own: PollContentBlock = ours(&stable);
    assert_eq!(own.results([PollResponseData::new(&user, 0, &ids)], None).winners().count(), 1);
    let ruma: RumaPoll = theirs(&stable);
    let sender = <&ruma_common::UserId>::try_from("@a:example.org").expect("a user ID");
    let data = RumaResponse { sender, origin_server_ts: milliseconds(0), selections: &ids };
    assert!(compile_poll_results(&ruma, [data], None).values().all(|voters| voters.is_empty()));
}

#[test]
fn memberships_of_calls_expire_at_equal_times() {
    use matrix_events::call::member::CallMemberEventContent;

    let mut random = random();
    let mut cases = 0;
    for _ in 0..3_000 {
        let mut membership = json!({
            "application": "m.call", "call_id": random.one_of(&["", "x"]), "scope": random.one_of(&["m.room", "m.user", "other"]),
            "device_id": random.one_of(&["A", "B"]), "expires": random.below(5_000),
        });
        if random.below(2) == 0 {
            membership["created_ts"] = random.below(5_000).into();
        }
        let content = match random.below(3) {
            0 => {
                membership["foci_preferred"] = json!([]);
                membership["focus_active"] = json!({"type": "livekit", "focus_selection": "oldest_membership"});
                membership
            }
            1 => {
                membership["foci_active"] = json!([]);
                membership["membershipID"] = "1".into();
                json!({"memberships": vec![membership; random.below(3) as usize]})
            }
            _ => random.one_of(&[json!({}), json!({"leave_reason": "m.lost_connection"})]),
        };
        let origin = random.one_of(&[None, Some(0), Some(4_000)]);
        let (mut own, mut ruma): (CallMemberEventContent, RumaCallMember) = (ours(&content), theirs(&content));
        for _ in 0..2 {
            let memberships = own.memberships().into_iter().map(|own| {
                (own.device_id().to_owned(), own.is_call(), own.is_room_call(), timestamp(own.expires_at(origin)))
            });
            let ruma_memberships = ruma.memberships();
            let expected = ruma_memberships.iter().map(|ruma| {
                let expires = ruma.expires_ts(origin.map(milliseconds)).map(|time| i64::from(time.0));
                (ruma.device_id().to_string(), ruma.is_call(), ruma.is_room_call(), expires)
            });
            assert_eq!(memberships.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{content} {origin:?}");
            let now = SystemTime::now();
            let active = ruma.active_memberships(origin.map(milliseconds)).len();
            assert_eq!(own.active_memberships(origin, now).len(), active, "{content} {origin:?}");
            cases += 1;
            own.set_created_ts_if_none(7);
            ruma.set_created_ts_if_none(milliseconds(7));
        }
    }
    println!("{cases} contents of memberships");
    assert!(cases >= 5_000);
}

#[test]
fn notifications_expire_at_equal_times() {
    use matrix_events::rtc::notification::RtcNotificationEventContent;

    let mut random = random();
    for _ in 0..5_000 {
        let content = json!({
            "sender_ts": random.below(60_000), "lifetime": random.below(120_001), "notification_type": random.one_of(&["ring", "notification"]),
        });
        let origin = random.below(60_000) as i64;
        let (own, ruma): (RtcNotificationEventContent, RumaNotification) = (ours(&content), theirs(&content));
        let expected = i64::from(ruma.expiration_ts(milliseconds(origin), None).0);
        assert_eq!(timestamp(own.expires_at(Some(origin))), Some(expected), "{content} {origin}");
    }
    println!("5000 notifications");
    // Clients should limit the lifetime to 2 minutes (MSC4075). Ruma does not.
    let content = json!({"sender_ts": 1, "lifetime": 130_000, "notification_type": "ring"});
    let (own, ruma): (RtcNotificationEventContent, RumaNotification) = (ours(&content), theirs(&content));
    assert_eq!(timestamp(own.expires_at(Some(1))), Some(120_001));
    assert_eq!(i64::from(ruma.expiration_ts(milliseconds(1), None).0), 130_001);
}

#[test]
fn account_data_changes_equally() {
    use matrix_events::media_preview_config::MediaPreviewConfigEventContent;
    use matrix_events::recent_emoji::RecentEmojiEventContent;

    let names: Vec<String> = (0..120).map(|index| index.to_string()).collect();
    let mut random = random();
    for _ in 0..300 {
        let count = random.one_of(&[0, 3, 99, 100, 120]);
        let list: Vec<Value> =
            names[..count].iter().map(|name| json!({"emoji": name, "total": random.below(9)})).collect();
        let content = json!({ "recent_emoji": list });
        let (mut own, mut ruma): (RecentEmojiEventContent, RumaEmoji) = (ours(&content), theirs(&content));
        for _ in 0..5 {
            let emoji = random.one_of(&names[..100]);
            own.increment_emoji_total(&emoji);
            ruma.increment_emoji_total(&emoji);
            assert_eq!(to_value(&own).expect("JSON"), to_value(&ruma).expect("JSON"), "{content} {emoji}");
            let sorted = own.recent_emoji_sorted_by_total();
            let expected = ruma.recent_emoji_sorted_by_total();
            assert_eq!(to_value(&sorted).expect("JSON"), to_value(&expected).expect("JSON"));
        }
    }
    let previews = [Value::Null, json!("off"), json!("private"), json!("on"), json!("blur")];
    let configs = previews.iter().flat_map(|media| previews.iter().map(move |avatars| (media, avatars)));
    let configs: Vec<Value> = configs
        .map(|(media, avatars)| {
            let members = [("media_previews", media), ("invite_avatars", avatars)].into_iter();
            members
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.to_owned(), value.clone()))
                .collect()
        })
        .collect();
    for (global, room) in configs.iter().flat_map(|global| configs.iter().map(move |room| (global, room))) {
        let own = MediaPreviewConfigEventContent::merge_global_and_room_config(&ours(global), &ours(room));
        let ruma = RumaPreviews::merge_global_and_room_config(theirs(global), theirs(room));
        assert_eq!(to_value(&own).expect("JSON"), to_value(&ruma).expect("JSON"), "{global} {room}");
    }
    println!("1500 uses of emoji, {} pairs of settings", configs.len() * configs.len());
}

#[test]
fn constructors_create_equal_content() {
    use matrix_events::room::encryption::RoomEncryptionEventContent;
    use matrix_events::room::join_rules::{AllowCondition, RoomJoinRulesEventContent};
    use matrix_events::room::topic::RoomTopicEventContent;
    use ruma_common::room::{AllowRule, JoinRule, Restricted, RoomMembership};
    use ruma_events::room::join_rules::RoomJoinRulesEventContent as RumaJoinRules;
    use ruma_events::room::topic::RoomTopicEventContent as RumaTopic;

    let own = to_value(RoomEncryptionEventContent::with_recommended_defaults()).expect("JSON");
    assert_eq!(own, to_value(RumaEncryption::with_recommended_defaults()).expect("JSON"));

    let own = to_value(RoomTopicEventContent::html("Peas", "<b>Peas</b>")).expect("JSON");
    assert_eq!(own, to_value(RumaTopic::html("Peas", "<b>Peas</b>")).expect("JSON"));

    let stripped = ruma_events::RECOMMENDED_STRIPPED_STATE_EVENT_TYPES.iter().map(ToString::to_string);
    assert_eq!(stripped.collect::<Vec<_>>(), matrix_events::RECOMMENDED_STRIPPED_STATE_EVENT_TYPES);
    let transferable = ruma_events::RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES.iter().map(ToString::to_string);
    assert_eq!(transferable.collect::<Vec<_>>(), matrix_events::RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES);

    let room = "!space:example.org";
    let allow = || vec![AllowCondition::room_membership(room)];
    let rules = || {
        let room = ruma_common::OwnedRoomId::try_from(room).expect("a room ID");
        Restricted::new(vec![AllowRule::RoomMembership(RoomMembership::new(room))])
    };
    for (own, ruma) in [
        (RoomJoinRulesEventContent::restricted(allow()), RumaJoinRules::new(JoinRule::Restricted(rules()))),
        (RoomJoinRulesEventContent::knock_restricted(allow()), RumaJoinRules::new(JoinRule::KnockRestricted(rules()))),
    ] {
        assert_eq!(to_value(own).expect("JSON"), to_value(ruma).expect("JSON"));
    }
}
