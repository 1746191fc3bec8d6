//! The actions that power levels allow, compared with Ruma's `RoomPowerLevels`.
//!
//! The contents are random. Each content is compared in all room versions, for all pairs of users and for all actions.

use std::collections::BTreeMap;

use fastrand::Rng;
use matrix_events::power_levels::{PowerLevelAction, PowerLevelUserAction, RoomPowerLevels, UserPowerLevel};
use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use matrix_events::{RoomVersionId, UserId};
use ruma_common::OwnedUserId;
use ruma_events::room::power_levels as ruma;
use ruma_oracle::{each_mutation, examples, recorded};
use serde_json::{json, Value};

const USERS: [&str; 5] =
    ["@creator:example.org", "@other:example.org", "@admin:example.org", "@mod:example.org", "@lev:example.org"];

const EVENT_TYPES: [&str; 6] = [
    "m.room.message",
    "m.room.redaction",
    "m.room.power_levels",
    "m.room.name",
    "m.room.tombstone",
    "org.example.bell",
];

const FIELDS: [&str; 7] = ["ban", "events_default", "invite", "kick", "redact", "state_default", "users_default"];

fn versions() -> Vec<String> {
    (1..=12).map(|version: u8| version.to_string()).collect()
}

/// Returns a content whose levels are integers, or strings with integers.
fn content(random: &mut Rng) -> Value {
    let mut content = json!({});
    for field in FIELDS {
        if random.bool() {
            content[field] = level(random);
        }
    }
    for (map, keys) in
        [("users", USERS.as_slice()), ("events", EVENT_TYPES.as_slice()), ("notifications", ["room"].as_slice())]
    {
        if random.u8(0..4) > 0 {
            content[map] = json!({});
            for key in keys {
                if random.bool() {
                    content[map][key] = level(random);
                }
            }
        }
    }
    content
}

fn level(random: &mut Rng) -> Value {
    let levels = [json!(0), json!(50), json!(100), json!(-5), json!(49), json!(51), json!("50"), json!(" +100 ")];
    random.choice(levels).unwrap_or_default()
}

/// The power levels of a room in both crates.
struct Both {
    ours: RoomPowerLevels,
    ruma: ruma::RoomPowerLevels,
}

impl Both {
    /// Returns `None` if Ruma rejects the content.
    fn new(content: Option<&Value>, version: &str, creators: &[&str]) -> Option<Self> {
        let text = content.map(Value::to_string);
        let of_ruma: Option<ruma::RoomPowerLevelsEventContent> =
            text.as_deref().map(serde_json::from_str).transpose().ok()?;
        let of_ours: Option<RoomPowerLevelsEventContent> =
            text.as_deref().map(|text| matrix_events::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}")));
        let ruma_rules = ruma_common::RoomVersionId::try_from(version).expect("a version").rules().expect("rules");
        let rules = RoomVersionId::new(version).rules().expect("a known version");
        let parse = |user: &&str| OwnedUserId::try_from(*user).unwrap_or_else(|error| panic!("{user}: {error}"));
        let ruma_creators: Vec<OwnedUserId> = creators.iter().map(parse).collect();
        Some(Self {
            ours: RoomPowerLevels::new(of_ours, &rules.authorization, creators.iter().copied().map(UserId::from)),
            ruma: ruma::RoomPowerLevels::new(of_ruma.into(), &ruma_rules.authorization, ruma_creators),
        })
    }

    /// Compares all results, and returns the number of comparisons.
    fn compare(&self, context: &str) -> usize {
        let mut compared = 1;
        assert_eq!(self.ours.max(), Some(self.ruma.max().into()), "max: {context}");
        for user in USERS {
            let of_ruma = OwnedUserId::try_from(user).expect("a user ID");
            let level = match self.ruma.for_user(&of_ruma) {
                ruma::UserPowerLevel::Infinite => UserPowerLevel::Infinite,
                ruma::UserPowerLevel::Int(level) => UserPowerLevel::Int(level.into()),
                other => panic!("{other:?}"),
            };
            assert_eq!(self.ours.for_user(user), Some(level), "{user}: {context}");
            for (ours, ruma) in actions() {
                let required: i64 = self.ruma.for_action(ruma.clone()).into();
                assert_eq!(self.ours.for_action(ours), Some(required), "{ours:?}: {context}");
                let is_allowed = self.ruma.user_can_do(&of_ruma, ruma);
                assert_eq!(self.ours.user_can_do(user, ours), is_allowed, "{user}, {ours:?}: {context}");
                compared += 2;
            }
            compared += 1 + self.compare_named(user, &of_ruma, context);
            for target in USERS {
                let target_of_ruma = OwnedUserId::try_from(target).expect("a user ID");
                for (ours, ruma) in user_actions() {
                    let is_allowed = self.ruma.user_can_do_to_user(&of_ruma, &target_of_ruma, ruma);
                    let is_allowed_by_us = self.ours.user_can_do_to_user(user, target, ours);
                    assert_eq!(is_allowed_by_us, is_allowed, "{user}, {target}, {ours:?}: {context}");
                    compared += 1;
                }
            }
        }
        compared
    }

    /// Compares the methods of a user that have a name of their own.
    fn compare_named(&self, user: &str, of_ruma: &OwnedUserId, context: &str) -> usize {
        let (ours, ruma) = (&self.ours, &self.ruma);
        let results = [
            (ours.user_can_ban(user), ruma.user_can_ban(of_ruma)),
            (ours.user_can_unban(user), ruma.user_can_unban(of_ruma)),
            (ours.user_can_invite(user), ruma.user_can_invite(of_ruma)),
            (ours.user_can_kick(user), ruma.user_can_kick(of_ruma)),
            (ours.user_can_redact_own_event(user), ruma.user_can_redact_own_event(of_ruma)),
            (ours.user_can_redact_event_of_other(user), ruma.user_can_redact_event_of_other(of_ruma)),
            (ours.user_can_trigger_room_notification(user), ruma.user_can_trigger_room_notification(of_ruma)),
        ];
        results.iter().for_each(|(ours, ruma)| assert_eq!(ours, ruma, "{user}: {results:?}: {context}"));
        results.len()
    }
}

fn actions() -> Vec<(PowerLevelAction<'static>, ruma::PowerLevelAction)> {
    use ruma::PowerLevelAction as Ruma;
    use PowerLevelAction as Ours;
    let mut actions = vec![
        (Ours::Ban, Ruma::Ban),
        (Ours::Unban, Ruma::Unban),
        (Ours::Invite, Ruma::Invite),
        (Ours::Kick, Ruma::Kick),
        (Ours::RedactOwn, Ruma::RedactOwn),
        (Ours::RedactOther, Ruma::RedactOther),
        (Ours::TriggerNotification("room"), Ruma::TriggerNotification(ruma::NotificationPowerLevelType::Room)),
    ];
    for event_type in EVENT_TYPES {
        actions.push((Ours::SendMessage(event_type), Ruma::SendMessage(event_type.into())));
        actions.push((Ours::SendState(event_type), Ruma::SendState(event_type.into())));
    }
    actions
}

fn user_actions() -> [(PowerLevelUserAction, ruma::PowerLevelUserAction); 5] {
    use ruma::PowerLevelUserAction as Ruma;
    use PowerLevelUserAction as Ours;
    [
        (Ours::Ban, Ruma::Ban),
        (Ours::Unban, Ruma::Unban),
        (Ours::Invite, Ruma::Invite),
        (Ours::Kick, Ruma::Kick),
        (Ours::ChangePowerLevel, Ruma::ChangePowerLevel),
    ]
}

#[test]
fn actions_with_random_levels_are_those_of_ruma() {
    let mut random = Rng::with_seed(18);
    let mut compared = 0;
    for _ in 0..300 {
        let content = Some(content(&mut random)).filter(|_| random.u8(0..10) > 0);
        for version in versions() {
            for creators in [&USERS[..1], &USERS[..2]] {
                let context = format!("{content:?} in version {version} with {creators:?}");
                let both = Both::new(content.as_ref(), &version, creators).unwrap_or_else(|| panic!("{context}"));
                compared += both.compare(&context);
            }
        }
    }
    println!("{compared} results of random power levels compared");
    assert!(compared > 1_000_000, "{compared}");
}

#[test]
fn actions_with_events_of_the_corpus_are_those_of_ruma() {
    let (mut compared, mut rejected) = (0, 0);
    let mut contents: Vec<Value> = Vec::new();
    for event in examples().into_iter().chain(recorded()).filter(|event| event["type"] == "m.room.power_levels") {
        each_mutation(&event["content"], |content| contents.push(content));
        contents.push(event["content"].clone());
    }
    // Ruma deserializes an array as `notifications`, because of a derived `Deserialize`. Rule 10.2 of
    // https://spec.matrix.org/v1.19/rooms/v12/#authorization-rules requires an object.
    contents.retain(|content| content.is_object() && !content["notifications"].is_array());
    contents.sort_by_key(Value::to_string);
    contents.dedup();
    for content in &contents {
        for version in ["1", "11", "12"] {
            match Both::new(Some(content), version, &USERS[..1]) {
                Some(both) => compared += both.compare(&format!("{content} in version {version}")),
                None => rejected += 1,
            }
        }
    }
    println!(
        "{compared} results of the power levels of {} events compared, {rejected} rejected by Ruma",
        contents.len()
    );
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn level_that_ruma_rejects_is_invalid_or_has_a_clause() {
    // Ruma rejects these contents. The results are those of this crate.
    let rows: BTreeMap<&str, (Value, Option<i64>)> = BTreeMap::from([
        ("null is an absent level", (json!(null), Some(50))),
        // https://spec.matrix.org/v1.19/rooms/v1/#mroompower_levels-events-accept-values-as-floats
        ("the fraction of a number is cut off", (json!(51.7), Some(51))),
        ("a text is no level", (json!("many"), None)),
        ("a boolean is no level", (json!(true), None)),
        ("an object is no level", (json!({}), None)),
    ]);
    for (reason, (level, expected)) in rows {
        for (content, action) in [
            (json!({ "ban": level }), PowerLevelAction::Ban),
            (json!({ "events": {"m.room.name": level} }), PowerLevelAction::SendState("m.room.name")),
            (json!({ "notifications": {"room": level} }), PowerLevelAction::TriggerNotification("room")),
        ] {
            assert!(Both::new(Some(&content), "1", &USERS[..1]).is_none(), "Ruma accepts {content}");
            let ours =
                matrix_events::from_str(&content.to_string()).unwrap_or_else(|error| panic!("{content}: {error}"));
            let rules = RoomVersionId::new("1").rules().expect("a known version");
            let levels = RoomPowerLevels::new(Some(ours), &rules.authorization, []);
            assert_eq!(levels.for_action(action), expected, "{reason}: {content}");
            assert!(!levels.user_can_do("@lev:example.org", action), "{reason}: {content}");
        }
    }
}
