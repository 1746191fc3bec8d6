//! The evaluation and the changes of push rules, compared with Ruma's `Ruleset`.
//!
//! `Reason` lists the inputs for which the results differ, each with the clause of the specification.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use js_int::{Int, UInt};
use matrix_events::push::{
    AnyPushRuleRef, FlattenedJson, PushConditionPowerLevelsCtx, PushConditionRoomCtx, PushRule, PushRuleset, RuleKind,
};
use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use ruma_common::power_levels::NotificationPowerLevels;
use ruma_common::push as ruma;
use ruma_common::room_version_rules::{AuthorizationRules, RoomPowerLevelsRules};
use ruma_common::serde::Raw;
use ruma_common::{OwnedRoomId, OwnedUserId, RoomId, UserId};
use ruma_events::AnySyncTimelineEvent;
use ruma_oracle::{each_mutation, examples, recorded};
use serde_json::{json, Map, Value};

/// A generator of pseudorandom numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    fn text(&mut self, alphabet: &[char], longest: usize) -> String {
        (0..self.below(longest + 1)).map(|_| *self.pick(alphabet)).collect()
    }
}

/// Runs a future of Ruma, which is always ready.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits"),
    }
}

/// The reasons for different results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// Ruma matches the ID of a `room` or `sender` rule as a glob pattern without case. The ID "is always the ID of the room",
    /// and IDs are case-sensitive (client-server-api/#push-rules, appendices/#room-ids).
    IdIsPattern,
    /// In Ruma, the wildcards in patterns for the body do not match line breaks. They match any characters
    /// (appendices/#glob-style-matching).
    LineBreak,
    /// In Ruma, the second of two wildcards in a pattern for the body can be a literal character. Each `*` and `?` is a wildcard
    /// (appendices/#glob-style-matching).
    ConsecutiveWildcards,
    /// In Ruma, an empty pattern matches an empty body only. The empty substring at the start is between word boundaries
    /// (client-server-api/#conditions-1).
    EmptyPattern,
    /// Ruma matches the display name as a glob pattern. The condition requires that the body contains the name
    /// (client-server-api/#conditions-1).
    NameIsPattern,
    /// In Ruma, only `event_match` uses the room ID of the context. All conditions are on properties of the event, which has a
    /// room ID (client-server-api/#conditions-1).
    RoomId,
    /// Ruma knows no level for notification types other than `room`. `notifications` is a map from types to levels
    /// (client-server-api/#mroompower_levels).
    NotificationType,
    /// In Ruma, a sender that is not a user ID has no power level. This crate does not check the grammar of identifiers in events.
    InvalidSender,
}

/// The context in both crates.
struct Contexts {
    ours: PushConditionRoomCtx,
    theirs: ruma::PushConditionRoomCtx,
}

impl Contexts {
    fn random(random: &mut Random, event: &Value) -> Self {
        let sender = event["sender"].as_str().unwrap_or_default();
        let user_ids = ["@alice:example.org", "@tomas:example.net", sender];
        let user_id = *random.pick(&user_ids);
        let user_id = if UserId::parse(user_id).is_ok() { user_id } else { user_ids[0] };
        let body = event["content"]["body"].as_str().unwrap_or("Tomas");
        let words: Vec<&str> = body.split_whitespace().chain(["", "*", "a?b", "Alice B."]).collect();
        let name = (*random.pick(&words)).to_owned();
        let room_id = event["room_id"].as_str().filter(|id| RoomId::parse(id).is_ok()).unwrap_or("!room:example.org");
        let members = *random.pick(&[0_u32, 1, 2, 3, 12]);
        let mut ours = PushConditionRoomCtx::new(room_id, members.into(), user_id, name.as_str());
        let mut theirs = ruma::PushConditionRoomCtx::new(
            OwnedRoomId::try_from(room_id).expect("a room ID"),
            UInt::from(members),
            OwnedUserId::try_from(user_id).expect("a user ID"),
            name,
        );
        if !random.chance(4) {
            let (our_levels, their_levels) = levels(random, sender);
            (ours.power_levels, theirs.power_levels) = (Some(our_levels), Some(their_levels));
        }
        Self { ours, theirs }
    }
}

fn levels(random: &mut Random, sender: &str) -> (PushConditionPowerLevelsCtx, ruma::PushConditionPowerLevelsCtx) {
    let [of_sender, default, room] = [(); 3].map(|()| *random.pick(&[0_i32, 49, 50, 51, 100]));
    let has_levels = random.chance(2);
    let creator = *random.pick(&["@tomas:example.net", sender]);
    let is_creator = random.chance(3) && UserId::parse(creator).is_ok();
    let mut content = json!({"users_default": default, "notifications": {"org.example.bell": 50}});
    let mut users = BTreeMap::new();
    if let (true, Ok(sender)) = (has_levels, UserId::parse(sender)) {
        content["users"] = json!({sender.as_str(): of_sender});
        users.insert(sender.to_owned(), Int::from(of_sender));
    }
    let mut notifications = NotificationPowerLevels::new();
    if random.chance(2) {
        content["notifications"]["room"] = room.into();
        notifications.room = room.into();
    }
    let content: RoomPowerLevelsEventContent = matrix_events::from_str(&content.to_string()).expect("power levels");
    let creators = if is_creator { vec![creator] } else { vec![] };
    let ours = PushConditionPowerLevelsCtx::new(content, creators.iter().map(|creator| (*creator).into()).collect());
    let creators = creators.iter().map(|creator| OwnedUserId::try_from(*creator).expect("a user ID"));
    let rules = RoomPowerLevelsRules::new(&AuthorizationRules::V12, creators);
    (ours, ruma::PushConditionPowerLevelsCtx::new(users, default.into(), notifications, rules))
}

/// The paths and the values of the properties of an event.
fn properties(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    let Value::Object(members) = value else {
        found.push((path.to_owned(), value.clone()));
        return;
    };
    for (name, value) in members {
        let name = name.replace('\\', r"\\").replace('.', r"\.");
        properties(value, &if path.is_empty() { name } else { format!("{path}.{name}") }, found);
    }
}

/// Changes a text to a pattern that may match the text.
fn pattern(random: &mut Random, text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let start = if random.chance(2) { 0 } else { random.below(characters.len() + 1) };
    let end =
        start + if random.chance(2) { characters.len() - start } else { random.below(characters.len() - start + 1) };
    let mut pattern = String::new();
    for character in &characters[start..end] {
        match random.below(24) {
            0 => pattern.push('*'),
            1 => pattern.push('?'),
            2 => pattern.extend(character.to_uppercase()),
            3 => pattern.extend(['*', *character]),
            4 if random.chance(8) => pattern.push('x'),
            _ => pattern.push(*character),
        }
    }
    if random.chance(4) {
        pattern.push('*');
    }
    pattern
}

fn condition(random: &mut Random, properties: &[(String, Value)]) -> Value {
    let (path, value) = random.pick(properties).clone();
    let path = if random.chance(8) { "content.body".to_owned() } else { path };
    let path = if random.chance(40) { "room_id".to_owned() } else { path };
    let is_scalar = |value: &Value| value.is_string() || value.is_boolean() || value.is_null() || value.is_i64();
    let others = [json!("a"), json!(true), json!(null), json!(50), json!(0)];
    match random.below(10) {
        0..=3 => {
            let text = value.as_str().unwrap_or("a body");
            json!({"kind": "event_match", "key": path, "pattern": pattern(random, text)})
        }
        4 | 5 => {
            let value = if is_scalar(&value) { value } else { random.pick(&others).clone() };
            json!({"kind": "event_property_is", "key": path, "value": value})
        }
        6 => {
            let elements: Vec<Value> =
                value.as_array().into_iter().flatten().filter(|it| is_scalar(it)).cloned().collect();
            let elements = if elements.is_empty() { &others[..] } else { &elements };
            json!({"kind": "event_property_contains", "key": path, "value": random.pick(elements)})
        }
        7 => json!({"kind": "contains_display_name"}),
        8 => {
            json!({"kind": "room_member_count", "is": random.pick(&["2", "==2", "<3", ">2", ">=1", "<=12", "0", "02"])})
        }
        _ => match random.chance(8) {
            true => json!({"kind": "org.example.moon", "phase": 1}),
            false => {
                let key = random.pick(&["room", "room", "room", "org.example.bell", "org.example.gong"]);
                json!({"kind": "sender_notification_permission", "key": key})
            }
        },
    }
}

/// Creates a rule set for an event.
fn rules(random: &mut Random, event: &Value) -> Value {
    let mut found = Vec::new();
    properties(event, "", &mut found);
    let mut set = Map::new();
    for kind in RuleKind::ALL {
        let rules: Vec<Value> = (0..random.below(4)).map(|index| rule(random, kind, index, event, &found)).collect();
        let ids: BTreeSet<String> = rules.iter().map(|rule| rule["rule_id"].to_string()).collect();
        if ids.len() == rules.len() {
            set.insert(kind.to_string(), rules.into());
        }
    }
    set.into()
}

fn rule(random: &mut Random, kind: RuleKind, index: usize, event: &Value, found: &[(String, Value)]) -> Value {
    let conditions = matches!(kind, RuleKind::Override | RuleKind::Underride);
    let mut rule = json!({
        "rule_id": format!("rule-{index}"),
        "default": false,
        "enabled": !random.chance(8),
        "actions": random.pick(&[
            json!([]),
            json!(["dont_notify"]),
            json!(["notify", {"set_tweak": "highlight"}]),
            json!(["notify", {"set_tweak": "sound", "value": "ring"}, {"set_tweak": "highlight", "value": false}]),
        ]),
    });
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (room_id, sender) = (text(&event["room_id"]), text(&event["sender"]));
    match kind {
        RuleKind::Content => {
            rule["pattern"] = pattern(random, event["content"]["body"].as_str().unwrap_or("a body")).into();
            if random.chance(4) {
                rule["rule_id"] = ".m.rule.contains_user_name".into();
            }
        }
        RuleKind::Room => {
            let ids = [room_id.as_str(), "!room:example.org", "!ROOM:example.org", "!*:example.org"];
            let id = ids[(index + random.below(2)) % ids.len()];
            rule["rule_id"] = if RoomId::parse(id).is_ok() { id } else { "!other:example.org" }.into();
        }
        RuleKind::Sender => {
            let ids = [sender.as_str(), "@tomas:example.net", "@alice:example.org"];
            let id = ids[(index + random.below(2)) % ids.len()];
            rule["rule_id"] = if UserId::parse(id).is_ok() { id } else { "@other:example.org" }.into();
        }
        _ => {
            if random.chance(4) {
                rule["rule_id"] =
                    (*random.pick(&[".m.rule.contains_display_name", ".m.rule.roomnotif", ".m.rule.master"])).into();
            }
        }
    }
    if conditions {
        rule["conditions"] = (0..random.below(3)).map(|_| condition(random, found)).collect::<Vec<_>>().into();
    }
    rule
}

/// Returns the reason for different results of a rule, if there is one.
fn reason(rule: AnyPushRuleRef<'_>, event: &Value, contexts: &Contexts) -> Option<Reason> {
    let sender = event["sender"].as_str().unwrap_or_default();
    let of_id = |id: &str| {
        let rule_id = &rule.rule().rule_id;
        let is_pattern = rule_id.contains(['*', '?']) || (id != rule_id && id.eq_ignore_ascii_case(rule_id));
        is_pattern.then_some(Reason::IdIsPattern)
    };
    match rule.kind() {
        RuleKind::Room => return of_id(contexts.ours.room_id.as_str()),
        RuleKind::Sender => return of_id(sender),
        _ => {}
    }
    let body = event["content"]["body"].as_str().unwrap_or_default();
    let of_pattern = |pattern: &str| {
        let has_wildcards = pattern.contains(['*', '?']);
        let line_break = (has_wildcards && body.contains('\n')).then_some(Reason::LineBreak);
        let is_consecutive = ["**", "*?", "?*", "??"].iter().any(|wildcards| pattern.contains(wildcards));
        let consecutive = is_consecutive.then_some(Reason::ConsecutiveWildcards);
        line_break.or(consecutive).or_else(|| pattern.is_empty().then_some(Reason::EmptyPattern))
    };
    let conditions = rule.rule().conditions.as_deref().unwrap_or_default();
    let of_conditions = conditions.iter().find_map(|condition| {
        let name = &contexts.ours.user_display_name;
        match (condition.kind.as_str(), condition.key.as_deref().unwrap_or_default()) {
            ("event_match", "content.body") => of_pattern(condition.pattern.as_deref().unwrap_or_default()),
            ("event_property_is", "room_id") => Some(Reason::RoomId),
            ("contains_display_name", _) if name.is_empty() || name.contains(['*', '?']) => Some(Reason::NameIsPattern),
            ("sender_notification_permission", key) if key != "room" => Some(Reason::NotificationType),
            ("sender_notification_permission", _) if UserId::parse(sender).is_err() => Some(Reason::InvalidSender),
            _ => None,
        }
    });
    let pattern = rule.rule().pattern.as_deref().filter(|_| rule.kind() == RuleKind::Content);
    of_conditions.or_else(|| pattern.and_then(of_pattern))
}

/// The numbers of compared and of different results.
#[derive(Default)]
struct Counts {
    events: usize,
    rules: usize,
    applied: usize,
    reasons: BTreeMap<Reason, usize>,
}

impl Counts {
    /// Compares all rules of a set, and the first match.
    fn compare(&mut self, set: &Value, event: &Value, contexts: &Contexts) {
        let (ours, theirs) = parsed(set);
        let text = event.to_string();
        let our_event = FlattenedJson::from_json(&text).expect("an object");
        let raw = Raw::<AnySyncTimelineEvent>::from_json_string(text).expect("JSON");
        let their_event = ruma::FlattenedJson::from_raw(&raw);
        self.events += 1;
        let mut differs = false;
        for (rule, their_rule) in ours.iter().zip(theirs.iter()) {
            assert_eq!(rule.rule_id, their_rule.rule_id());
            let applies = rule.applies(&our_event, &contexts.ours);
            self.rules += 1;
            self.applied += usize::from(applies);
            if applies != ready(their_rule.applies(&their_event, &contexts.theirs)) {
                let Some(reason) = reason(rule, event, contexts) else {
                    let rule = serde_json::to_string(rule.rule()).expect("JSON");
                    panic!("{rule} applies: {applies}\nto {event}\nin {:?}", contexts.theirs);
                };
                *self.reasons.entry(reason).or_default() += 1;
                differs = true;
            }
        }
        let ours = ours.get_match(&our_event, &contexts.ours).map(|rule| {
            let sound = rule.rule().triggers_sound();
            (&*rule.rule().rule_id, rule.triggers_notification(), rule.triggers_highlight(), sound)
        });
        let theirs = ready(theirs.get_match(&raw, &contexts.theirs)).map(|rule| {
            let sound = rule.triggers_sound().map(ruma::SoundTweakValue::as_str);
            (rule.rule_id(), rule.triggers_notification(), rule.triggers_highlight(), sound)
        });
        assert!(differs || ours == theirs, "{ours:?} {theirs:?}\n{set}\n{event}");
    }

    fn print(&self, name: &str) {
        let Self { events, rules, applied, reasons } = self;
        println!("{name}: {events} events, {rules} rules, of which {applied} apply; different: {reasons:?}");
    }
}

fn parsed(set: &Value) -> (PushRuleset, ruma::Ruleset) {
    let text = set.to_string();
    (matrix_events::from_str(&text).expect("rules"), serde_json::from_str(&text).expect("rules of Ruma"))
}

#[test]
fn default_rules_are_equal() {
    for user_id in ["@alice:example.org", "@tomas:example.net"] {
        let ours = serde_json::to_value(PushRuleset::server_default(user_id)).expect("JSON");
        let theirs = ruma::Ruleset::server_default(&UserId::parse(user_id).expect("a user ID"));
        let theirs = serde_json::to_value(theirs).expect("JSON");
        let mut count = 0;
        for (kind, rules) in ours.as_object().expect("an object") {
            for (index, rule) in rules.as_array().expect("a list").iter().enumerate() {
                assert_eq!(*rule, theirs[kind][index]);
                count += 1;
            }
        }
        assert_eq!((count, &ours), (15, &theirs));
    }
}

#[test]
fn events_match_the_same_rules() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for (name, events, least, rounds) in [("examples", examples(), 140, 20), ("recorded events", recorded(), 0, 4)] {
        let mut counts = Counts::default();
        for event in &events {
            for _ in 0..rounds {
                let contexts = Contexts::random(&mut random, event);
                let default = PushRuleset::server_default(contexts.ours.user_id.as_str());
                counts.compare(&serde_json::to_value(default).expect("JSON"), event, &contexts);
                counts.compare(&rules(&mut random, event), event, &contexts);
            }
        }
        counts.print(name);
        assert!(events.len() >= least, "{name}: {}", events.len());
    }
}

#[test]
fn paths_have_the_same_values() {
    let event = json!({
        "content": {"m.relates_to": {"rel_type": "a"}, "m": {"relates_to": "b"}, r"m\foo": "c", r"\.": "d", "": "e"},
        "type": "f",
        "": {"g": "h"},
    });
    let ours = FlattenedJson::from_json(&event.to_string()).expect("an object");
    let raw = Raw::<AnySyncTimelineEvent>::from_json_string(event.to_string()).expect("JSON");
    let theirs = ruma::FlattenedJson::from_raw(&raw);
    for path in [
        r"content.m\.relates_to.rel_type",
        "content.m.relates_to",
        r"content.m\\foo",
        r"content.\\\.",
        "content.",
        "content..",
        "type",
        "type.",
        ".type",
        "content",
        r"content\.m",
        r"\type",
    ] {
        assert_eq!(ours.get_str(path), theirs.get_str(path), "{path}");
    }
    // Other escape sequences are left as they are (appendices/#dot-separated-property-paths).
    let redundant = r"content.m\foo";
    assert_eq!((ours.get_str(redundant), theirs.get_str(redundant)), (Some("c"), None));
    // Names are concatenated with dots, also an empty name (appendices/#dot-separated-property-paths).
    assert_eq!((ours.get_str(".g"), theirs.get_str(".g")), (Some("h"), None));
    assert_eq!((ours.get_str("g"), theirs.get_str("g")), (None, Some("h")));
}

#[test]
fn mutations_match_the_same_rules() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut counts = Counts::default();
    let examples = examples();
    for event in examples.iter().filter(|event| event.get("sender").is_some()) {
        each_mutation(event, |mutated| {
            if !mutated.is_object() || random.chance(3) {
                return;
            }
            let contexts = Contexts::random(&mut random, event);
            let default = PushRuleset::server_default(contexts.ours.user_id.as_str());
            counts.compare(&serde_json::to_value(default).expect("JSON"), &mutated, &contexts);
            counts.compare(&rules(&mut random, event), &mutated, &contexts);
        });
    }
    counts.print("mutations");
    assert!(counts.events > 20_000, "{}", counts.events);
}

#[test]
fn patterns_match_the_same_texts() {
    let mut random = Random(0xdead_beef_1234_5677);
    let mut counts = Counts::default();
    let letters: Vec<char> = "abAB_ -é\n".chars().collect();
    let with_wildcards: Vec<char> = "abAB_ -é\n*?".chars().collect();
    for _ in 0..20_000 {
        let text = random.text(&letters, 8);
        let event = json!({"sender": "@x:example.org", "content": {"body": text, "topic": text}});
        let contexts = Contexts::random(&mut random, &event);
        let patterns = [(); 3].map(|()| random.text(&with_wildcards, 5));
        let of_key = |key: &str, pattern: &String| {
            json!({"rule_id": format!("{key} {pattern}"), "default": false, "enabled": true, "actions": [],
                "conditions": [{"kind": "event_match", "key": key, "pattern": pattern}]})
        };
        let mut rules: Vec<Value> = patterns.iter().map(|pattern| of_key("content.body", pattern)).collect();
        rules.extend(patterns.iter().map(|pattern| of_key("content.topic", pattern)));
        rules.dedup_by(|one, other| one["rule_id"] == other["rule_id"]);
        if patterns[0] != patterns[2] && patterns[0] != patterns[1] && patterns[1] != patterns[2] {
            counts.compare(&json!({"override": rules}), &event, &contexts);
        }
    }
    counts.print("patterns");
    assert!(counts.applied > 5_000, "{}", counts.applied);
}

/// A change that both crates apply to a rule set.
struct Change {
    kind: RuleKind,
    id: String,
    after: Option<String>,
    before: Option<String>,
}

impl Change {
    fn random(random: &mut Random) -> Self {
        let kind = *random.pick(&RuleKind::ALL);
        let id = |random: &mut Random| match (kind, random.below(10)) {
            (_, 0) => ".m.rule.reaction".to_owned(),
            (_, 1) => ".m.rule.call".to_owned(),
            (RuleKind::Room, index) => format!("!{}:example.org", index % 5),
            (RuleKind::Sender, index) => format!("@{}:example.org", index % 5),
            (_, 2) => r"a\b".to_owned(),
            (_, 3) => "a/b".to_owned(),
            (_, index) => format!("{}", index % 5),
        };
        let after = random.chance(3).then(|| id(random));
        let before = random.chance(3).then(|| id(random));
        Self { kind, id: id(random), after, before }
    }

    fn their_kind(&self) -> ruma::RuleKind {
        self.kind.as_str().into()
    }

    fn insert_ours(&self, set: &mut PushRuleset) -> Result<(), String> {
        let rule = match self.kind {
            RuleKind::Content => PushRule::patterned(&*self.id, "cake", vec![]),
            RuleKind::Override | RuleKind::Underride => PushRule::conditional(&*self.id, vec![], vec![]),
            _ => PushRule::simple(&*self.id, vec![]),
        };
        let result = set.insert(self.kind, rule, self.after.as_deref(), self.before.as_deref());
        result.map_err(|error| format!("{error:?}"))
    }

    /// Returns `None` if Ruma's type for the ID does not accept the ID.
    fn insert_theirs(&self, set: &mut ruma::Ruleset) -> Option<Result<(), String>> {
        let id = self.id.clone();
        let conditional = |id| ruma::NewConditionalPushRule::new(id, vec![], vec![]);
        let rule = match self.kind {
            RuleKind::Override => ruma::NewPushRule::Override(conditional(id)),
            RuleKind::Underride => ruma::NewPushRule::Underride(conditional(id)),
            RuleKind::Content => {
                ruma::NewPushRule::Content(ruma::NewPatternedPushRule::new(id, "cake".to_owned(), vec![]))
            }
            RuleKind::Room => ruma::NewPushRule::Room(ruma::NewSimplePushRule::new(id.try_into().ok()?, vec![])),
            _ => ruma::NewPushRule::Sender(ruma::NewSimplePushRule::new(id.try_into().ok()?, vec![])),
        };
        let result = set.insert(rule, self.after.as_deref(), self.before.as_deref());
        Some(result.map_err(|error| format!("{error:?}")))
    }

    /// Returns `true` if Ruma moves a rule to another position than `before` and `after` state.
    ///
    /// Ruma panics or changes the position if a rule is placed relative to a rule with the same ID. Ruma computes the new position before it removes the rule from a lower position, so the rule is after the wrong rule. If
    /// `before` has a higher priority than `after`, Ruma returns an error. The rule "must be the next most important rule with
    /// respect to the rule identified by `before`" (client-server-api/#put_matrixclientv3pushrulesglobalkindruleid).
    fn is_misplaced(&self, set: &PushRuleset) -> bool {
        let index_of = |id: &str| set.rules(self.kind).iter().position(|rule| rule.rule_id == id);
        let after = self.after.as_deref().and_then(index_of);
        let before = self.before.as_deref().and_then(index_of);
        let moves_down = |anchor: Option<usize>| index_of(&self.id).zip(anchor).is_some_and(|(from, to)| from <= to);
        let is_relative_to_itself = [&self.after, &self.before].into_iter().flatten().any(|anchor| *anchor == self.id);
        is_relative_to_itself
            || moves_down(after)
            || moves_down(before)
            || after.zip(before).is_some_and(|(after, before)| before <= after)
    }
}

/// The IDs of the rules, with `enabled` and the number of actions.
fn state(set: &impl serde_json::value::Index, rules: &Value) -> Vec<(Value, Value, usize)> {
    let rules = rules.get(set).and_then(Value::as_array).into_iter().flatten();
    let actions = |rule: &Value| rule["actions"].as_array().map_or(0, Vec::len);
    rules.map(|rule| (rule["rule_id"].clone(), rule["enabled"].clone(), actions(rule))).collect()
}

#[test]
fn changes_have_the_same_results() {
    let mut random = Random(0x0bad_cafe_0bad_cafe);
    let user_id = UserId::parse("@alice:example.org").expect("a user ID");
    let (mut ours, mut theirs) =
        (PushRuleset::server_default(user_id.as_str()), ruma::Ruleset::server_default(&user_id));
    let (mut changes, mut errors, mut misplaced) = (0, 0, 0);
    for _ in 0..40_000 {
        let change = Change::random(&mut random);
        let (kind, id) = (change.kind, change.id.as_str());
        // A change of Ruma that fails can change the rules.
        let (mut our_copy, mut their_copy) = (ours.clone(), theirs.clone());
        let (our_result, their_result) = match random.below(6) {
            0..=2 => {
                if change.is_misplaced(&ours) {
                    misplaced += 1;
                    continue;
                }
                let Some(their_result) = change.insert_theirs(&mut their_copy) else { continue };
                (change.insert_ours(&mut our_copy), their_result)
            }
            3 => (
                our_copy.remove(kind, id).map_err(|error| format!("{error:?}")),
                their_copy.remove(change.their_kind(), id).map_err(|error| format!("{error:?}")),
            ),
            4 => {
                let enabled = random.chance(2);
                (
                    our_copy.set_enabled(kind, id, enabled).map_err(|error| format!("{error:?}")),
                    their_copy.set_enabled(change.their_kind(), id, enabled).map_err(|error| format!("{error:?}")),
                )
            }
            _ => (
                our_copy
                    .set_actions(kind, id, vec![matrix_events::push::Action::notify()])
                    .map_err(|error| format!("{error:?}")),
                their_copy
                    .set_actions(change.their_kind(), id, vec![ruma::Action::Notify])
                    .map_err(|error| format!("{error:?}")),
            ),
        };
        assert_eq!(our_result, their_result, "{kind} {id} {:?} {:?}", change.after, change.before);
        changes += 1;
        if our_result.is_err() {
            errors += 1;
            assert_eq!(our_copy, ours);
            continue;
        }
        (ours, theirs) = (our_copy, their_copy);
        let (our_json, their_json) =
            (serde_json::to_value(&ours).expect("JSON"), serde_json::to_value(&theirs).expect("JSON"));
        assert_eq!(state(&kind.as_str(), &our_json), state(&kind.as_str(), &their_json), "{kind} {id}");
    }
    println!("{changes} changes, of which {errors} are errors; {misplaced} that Ruma misplaces");
    assert!(changes - errors > 5_000 && errors > 2_000);
}

#[test]
fn updated_default_rules_are_equal() {
    let mut random = Random(0x1357_9bdf_2468_ace1);
    let user_id = UserId::parse("@alice:example.org").expect("a user ID");
    let mut updated = 0;
    for event in &examples() {
        let (mut ours, mut theirs) = parsed(&rules(&mut random, event));
        // Ruma keeps a rule that is not a server-default rule and has the ID of one.
        if ours.iter().any(|rule| rule.rule_id.starts_with('.')) {
            continue;
        }
        ours.update_with_server_default(PushRuleset::server_default(user_id.as_str()));
        theirs.update_with_server_default(ruma::Ruleset::server_default(&user_id));
        let (our_json, their_json) =
            (serde_json::to_value(&ours).expect("JSON"), serde_json::to_value(&theirs).expect("JSON"));
        for kind in RuleKind::ALL {
            assert_eq!(state(&kind.as_str(), &our_json), state(&kind.as_str(), &their_json), "{kind}");
        }
        updated += 1;
    }
    println!("{updated} updated rule sets");
    assert!(updated > 50);
}
