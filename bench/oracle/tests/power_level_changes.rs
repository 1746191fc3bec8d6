//! The changes of power levels that the authorization rules allow, compared with `ruma-state-res`.

use std::collections::BTreeMap;

use fastrand::Rng;
use matrix_events::power_levels::{PowerLevelViolationKind, RoomPowerLevels};
use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use matrix_events::RoomVersionId;
use ruma_common::{EventId, MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedUserId, RoomId};
use ruma_events::{StateEventType, TimelineEventType};
use ruma_state_res::{check_state_dependent_auth_rules, Event};
use serde_json::value::{to_raw_value, RawValue};
use serde_json::{json, Value};

const CREATOR: &str = "@creator:example.org";

const USERS: [&str; 5] = [CREATOR, "@other:example.org", "@admin:example.org", "@mod:example.org", "@lev:example.org"];

const FIELDS: [&str; 7] = ["ban", "events_default", "invite", "kick", "redact", "state_default", "users_default"];

const ENTRIES: [(&str, &[&str]); 3] = [
    ("users", &USERS),
    ("events", &["m.room.name", "m.room.power_levels", "m.reaction"]),
    ("notifications", &["room", "org.example.bell"]),
];

/// A state event in the room for `ruma-state-res`.
struct Pdu {
    event_id: OwnedEventId,
    sender: OwnedUserId,
    event_type: TimelineEventType,
    state_key: String,
    content: Box<RawValue>,
}

impl Pdu {
    fn new(event_type: &str, state_key: &str, sender: &str, content: &Value) -> Self {
        Self {
            event_id: EventId::parse("$event:example.org").expect("an event ID"),
            sender: sender.try_into().expect("a user ID"),
            event_type: event_type.into(),
            state_key: state_key.to_owned(),
            content: to_raw_value(content).expect("JSON"),
        }
    }
}

impl Event for Pdu {
    type Id = OwnedEventId;

    fn event_id(&self) -> &Self::Id {
        &self.event_id
    }

    fn room_id(&self) -> Option<&RoomId> {
        None
    }

    fn sender(&self) -> &ruma_common::UserId {
        &self.sender
    }

    fn origin_server_ts(&self) -> MilliSecondsSinceUnixEpoch {
        MilliSecondsSinceUnixEpoch(0_u32.into())
    }

    fn event_type(&self) -> &TimelineEventType {
        &self.event_type
    }

    fn content(&self) -> &RawValue {
        &self.content
    }

    fn state_key(&self) -> Option<&str> {
        Some(&self.state_key)
    }

    fn prev_events(&self) -> Box<dyn DoubleEndedIterator<Item = &Self::Id> + '_> {
        Box::new(std::iter::empty())
    }

    fn auth_events(&self) -> Box<dyn DoubleEndedIterator<Item = &Self::Id> + '_> {
        Box::new(std::iter::empty())
    }

    fn redacts(&self) -> Option<&Self::Id> {
        None
    }

    fn rejected(&self) -> bool {
        false
    }
}

/// A change of the power levels of a room.
#[derive(Debug)]
struct Case {
    version: String,
    current: Option<Value>,
    proposed: Value,
    sender: &'static str,
}

impl Case {
    /// The additional creator has an effect from room version 12 on.
    fn create_content(&self) -> Value {
        json!({"room_version": self.version, "creator": CREATOR, "additional_creators": ["@other:example.org"]})
    }

    /// Returns the reason for which Ruma rejects the change.
    fn of_ruma(&self) -> Result<(), String> {
        let rules = ruma_common::RoomVersionId::try_from(self.version.as_str()).expect("a version").rules();
        let fetch = |event_type: &StateEventType, state_key: &str| match event_type {
            StateEventType::RoomCreate => Some(Pdu::new("m.room.create", "", CREATOR, &self.create_content())),
            StateEventType::RoomMember => {
                Some(Pdu::new("m.room.member", state_key, state_key, &json!({"membership": "join"})))
            }
            StateEventType::RoomPowerLevels => {
                self.current.as_ref().map(|content| Pdu::new("m.room.power_levels", "", CREATOR, content))
            }
            _ => None,
        };
        let event = Pdu::new("m.room.power_levels", "", self.sender, &self.proposed);
        check_state_dependent_auth_rules(&rules.expect("rules").authorization, event, fetch)
    }

    /// Returns the reasons for which this crate rejects the change.
    fn of_ours(&self) -> Vec<PowerLevelViolationKind> {
        let rules = RoomVersionId::new(self.version.as_str()).rules().expect("a known version").authorization;
        let create: matrix_events::StateEvent<matrix_events::room::create::RoomCreateEventContent> =
            serde_json::from_value(json!({
                "type": "m.room.create", "state_key": "", "sender": CREATOR, "content": self.create_content(),
            }))
            .expect("an event");
        let levels = RoomPowerLevels::new(self.current.as_ref().map(read), &rules, create.creators(&rules));
        let proposed = read(&self.proposed);
        let change = levels.check_change(self.sender, &proposed);
        assert!(change.violations.iter().all(|violation| !violation.to_string().is_empty()));
        change.violations.iter().map(|violation| violation.kind).collect()
    }
}

fn read(content: &Value) -> RoomPowerLevelsEventContent {
    matrix_events::from_str(&content.to_string()).unwrap_or_else(|error| panic!("{content}: {error}"))
}

/// The levels of a content.
#[derive(Clone, Copy, PartialEq)]
enum Levels {
    Integers,
    /// Integers, and few strings with integers.
    Strings,
    /// Integers, few strings, and few values that are no level.
    Invalid,
}

fn level(random: &mut Rng, levels: Levels) -> Value {
    let invalid = [json!(null), json!(true), json!("many"), json!({}), json!([50]), json!(9_007_199_254_740_992_i64)];
    if levels == Levels::Invalid && random.u8(0..60) == 0 {
        return random.choice(invalid).unwrap_or_default();
    }
    let integers = [json!(0), json!(50), json!(50), json!(100), json!(-5), json!(49), json!(51)];
    let in_strings = [json!("50"), json!(" +100 ")];
    match random.u8(0..80) {
        0 if levels != Levels::Integers => random.choice(in_strings).unwrap_or_default(),
        _ => random.choice(integers).unwrap_or_default(),
    }
}

fn content(random: &mut Rng, levels: Levels) -> Value {
    let mut content = json!({});
    for field in FIELDS {
        if random.u8(0..3) == 0 {
            content[field] = level(random, levels);
        }
    }
    for (map, keys) in ENTRIES {
        content[map] = json!({});
        for key in keys {
            // The creators are not in `users` in most contents, because room version 12 rejects them.
            let is_present = if *key == CREATOR || *key == USERS[1] { random.u8(0..12) == 0 } else { random.bool() };
            if is_present {
                content[map][key] = level(random, levels);
            }
        }
    }
    content
}

/// Returns a content with up to three changes.
fn changed(mut content: Value, random: &mut Rng) -> Value {
    for _ in 0..random.u8(0..4) {
        let (map, keys) = random.choice(ENTRIES).expect("a map");
        let key = random.choice(keys.iter().copied()).expect("a key");
        match random.u8(0..12) {
            0..3 => content[random.choice(FIELDS).expect("a field")] = level(random, Levels::Invalid),
            3 => {
                let field = random.choice(FIELDS).expect("a field");
                content.as_object_mut().and_then(|content| content.remove(field));
            }
            4 => {
                content[map].as_object_mut().and_then(|entries| entries.remove(key));
            }
            5 if random.u8(0..12) == 0 => content[map] = level(random, Levels::Invalid),
            6 if random.u8(0..12) == 0 && content["users"].is_object() => content["users"]["lev"] = 0.into(),
            _ if content[map].is_object() => content[map][key] = level(random, Levels::Invalid),
            _ => {}
        }
    }
    content
}

#[test]
fn changes_are_allowed_if_ruma_allows_them() {
    let mut random = Rng::with_seed(18);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut compared, mut allowed) = (0, 0);
    for _ in 0..100_000 {
        let version = random.u8(1..=12);
        // A room of version 10 or later has no levels in strings.
        let base = content(&mut random, if version < 10 { Levels::Strings } else { Levels::Integers });
        let case = Case {
            version: version.to_string(),
            current: Some(base.clone()).filter(|_| random.u8(0..20) > 0),
            proposed: changed(base, &mut random),
            sender: random.choice(USERS).expect("a user"),
        };
        let (ours, ruma) = (case.of_ours(), case.of_ruma());
        compared += 1;
        allowed += usize::from(ruma.is_ok());
        assert_eq!(ours.is_empty(), ruma.is_ok(), "{ours:?} {ruma:?} {case:?}");
        ours.iter().for_each(|kind| *counts.entry(format!("{kind:?}")).or_default() += 1);
    }
    println!("{compared} changes compared, {allowed} allowed, {counts:?}");
    assert!(compared >= 100_000 && allowed > 10_000 && counts.len() == 6, "{counts:?}");
}

/// Ruma rejects numbers with a fraction. Room versions 1 to 5 allow them, see
/// <https://spec.matrix.org/v1.19/rooms/v5/#mroompower_levels-events-accept-values-as-floats>.
#[test]
fn fraction_is_a_level_in_room_versions_1_to_5() {
    for version in 1..=12 {
        let case = |level: Value| Case {
            version: version.to_string(),
            current: Some(json!({"users": {"@admin:example.org": 100}})),
            proposed: json!({"users": {"@admin:example.org": 100, "@mod:example.org": level}}),
            sender: "@admin:example.org",
        };
        assert!(case(json!(50)).of_ours().is_empty() && case(json!(50)).of_ruma().is_ok(), "{version}");
        assert!(case(json!(50.57)).of_ruma().is_err(), "{version}");
        let expected: &[PowerLevelViolationKind] =
            if version <= 5 { &[] } else { &[PowerLevelViolationKind::InvalidLevel] };
        assert_eq!(case(json!(50.57)).of_ours(), expected, "{version}");
    }
}
