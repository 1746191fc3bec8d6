//! Membership changes, display names of users and rooms, and direct chats.

use std::collections::BTreeMap;

use fastrand::Rng;
use matrix_events::direct::DirectEventContent;
use matrix_events::display_name::{DisplayNames, RoomDisplayName, RoomNaming};
use matrix_events::membership::MembershipChange;
use matrix_events::room::canonical_alias::RoomCanonicalAliasEventContent;
use matrix_events::room::member::{MembershipState, RoomMemberEventContent};
use matrix_events::room::name::RoomNameEventContent;
use matrix_events::{StrippedStateEvent, SyncStateEvent, UserId};
use serde_json::{json, Value};

fn member(content: Value) -> RoomMemberEventContent {
    serde_json::from_value(content).expect("a membership")
}

fn named(membership: &str, name: Option<&str>) -> RoomMemberEventContent {
    member(json!({ "membership": membership, "displayname": name }))
}

fn event(mut event: Value) -> SyncStateEvent<RoomMemberEventContent> {
    event["type"] = "m.room.member".into();
    event["state_key"] = "@lev:example.org".into();
    serde_json::from_value(event).expect("a membership event")
}

#[test]
fn change_without_a_sender_is_known_if_it_does_not_depend_on_the_sender() {
    let change = |before: &str, after: &str| {
        let event =
            event(json!({"content": {"membership": after}, "unsigned": {"prev_content": {"membership": before}}}));
        format!("{:?}", event.membership_change())
    };
    for (before, after, expected) in [
        ("invite", "leave", "NotImplemented"),
        ("join", "leave", "NotImplemented"),
        ("knock", "leave", "NotImplemented"),
        ("ban", "leave", "Unbanned"),
        ("join", "ban", "KickedAndBanned"),
        ("leave", "join", "Joined"),
        ("join", "join", "None"),
    ] {
        assert_eq!(change(before, after), expected, "{before} to {after}");
    }
}

#[test]
fn invalid_previous_content_is_a_leave() {
    for prev_content in [json!({}), json!({"membership": 7}), json!([]), json!("join"), Value::Null] {
        let event = event(json!({
            "sender": "@lev:example.org", "content": {"membership": "join"}, "unsigned": {"prev_content": prev_content},
        }));
        assert_eq!(event.membership_change(), MembershipChange::Joined, "{prev_content}");
    }
}

#[test]
fn null_and_invalid_profile_are_absent() {
    for invalid in
        [json!({}), json!({"displayname": null, "avatar_url": null}), json!({"displayname": 7, "avatar_url": {}})]
    {
        let mut prev_content = invalid.clone();
        prev_content["membership"] = "join".into();
        let event = event(json!({
            "sender": "@lev:example.org", "content": {"membership": "join"}, "unsigned": {"prev_content": prev_content},
        }));
        assert_eq!(event.membership_change(), MembershipChange::None, "{invalid}");
    }
}

#[test]
fn only_an_invite_with_is_direct_has_an_inviter_to_a_direct_chat() {
    for (content, expected) in [
        (json!({"membership": "invite", "is_direct": true}), Some("@mira:example.org")),
        (json!({"membership": "invite", "is_direct": false}), None),
        (json!({"membership": "invite"}), None),
        (json!({"membership": "join", "is_direct": true}), None),
    ] {
        let event: StrippedStateEvent<RoomMemberEventContent> = serde_json::from_value(json!({
            "type": "m.room.member", "sender": "@mira:example.org", "state_key": "@lev:example.org", "content": content,
        }))
        .expect("a membership event");
        assert_eq!(event.direct_chat_inviter().map(UserId::as_str), expected, "{content}");
    }
}

#[cfg(feature = "unstable")]
#[test]
fn only_a_kick_or_a_ban_with_redact_events_redacts_events() {
    for (membership, sender, redact_events, expected) in [
        ("ban", "@mira:example.org", true, true),
        ("leave", "@mira:example.org", true, true),
        ("leave", "@lev:example.org", true, false),
        ("ban", "@mira:example.org", false, false),
        ("join", "@mira:example.org", true, false),
    ] {
        let event = event(json!({
            "sender": sender,
            "content": {"membership": membership, "org.matrix.msc4293.redact_events": redact_events},
        }));
        assert_eq!(event.should_redact_events(), expected, "{membership} by {sender}");
    }
}

#[test]
fn rooms_of_direct_chats_are_added_and_removed() {
    let mut direct: DirectEventContent = serde_json::from_value(json!({
        "@mira:example.org": ["!a:b", "!c:d"], "mira@example.org": ["!a:b"], "@gone:example.org": [],
    }))
    .expect("direct chats");
    assert_eq!(direct.users_of("!a:b").collect::<Vec<_>>(), ["@mira:example.org", "mira@example.org"]);
    direct.add_room("@mira:example.org", "!c:d");
    direct.add_room("@lev:example.org", "!e:f");
    direct.remove_room("!a:b");
    let expected = json!({"@mira:example.org": ["!c:d"], "@lev:example.org": ["!e:f"], "@gone:example.org": []});
    assert_eq!(serde_json::to_value(&direct).expect("JSON"), expected);
    assert!(!direct.is_direct("!a:b") && direct.is_direct("!e:f"));
}

#[test]
fn names_are_ambiguous_between_joined_and_invited_members() {
    let mut names = DisplayNames::new();
    assert_eq!(names.update("@1:b", &named("join", Some("Mira"))), ["@1:b"]);
    assert_eq!(names.update("@2:b", &named("invite", Some("Mira"))), ["@1:b", "@2:b"]);
    assert_eq!(names.update("@3:b", &named("knock", Some("Mira"))), ["@3:b"]);
    assert_eq!(names.get("@3:b").to_string(), "Mira (@3:b)");
    assert_eq!(names.update("@2:b", &named("join", Some("Lev"))), ["@1:b", "@2:b"]);
    assert_eq!(names.get("@1:b").to_string(), "Mira");
    for (user, content) in [("@4:b", named("join", None)), ("@5:b", named("join", Some("")))] {
        assert!(names.update(user, &content).is_empty(), "{content:?}");
        assert_eq!(names.get(user).to_string(), user);
    }
}

/// Returns all names by the definition: a name is ambiguous if another joined or invited member has it.
fn all_names(members: &BTreeMap<UserId, RoomMemberEventContent>) -> BTreeMap<UserId, String> {
    let is_active = |content: &RoomMemberEventContent| {
        matches!(content.membership, MembershipState::Join | MembershipState::Invite)
    };
    let name_of = |user: &UserId, content: &RoomMemberEventContent| {
        let Some(name) = content.displayname.as_ref() else { return user.to_string() };
        let has_name = |other: &RoomMemberEventContent| is_active(other) && other.displayname.as_ref() == Some(name);
        match members.iter().any(|(id, other)| id != user && has_name(other)) {
            true => format!("{name} ({user})"),
            false => name.clone(),
        }
    };
    members.iter().map(|(user, content)| (user.clone(), name_of(user, content))).collect()
}

#[test]
fn updates_return_the_users_whose_names_change() {
    let mut random = Rng::with_seed(18);
    let (mut names, mut members) = (DisplayNames::new(), BTreeMap::new());
    for _ in 0..5000 {
        let user = UserId::new(format!("@{}:b", random.u8(0..7)));
        let name = random.choice([None, Some("Mira"), Some("Lev")]).expect("a name");
        let content = named(random.choice(["join", "invite", "leave", "ban"]).expect("a membership"), name);
        let mut before = all_names(&members);
        before.entry(user.clone()).or_insert_with(|| user.to_string());
        let renamed = names.update(user.as_str(), &content);
        members.insert(user, content);
        let after = all_names(&members);
        let expected: Vec<UserId> = after
            .iter()
            .filter(|(user, name)| before.get(*user) != Some(*name))
            .map(|(user, _)| user.clone())
            .collect();
        assert_eq!(renamed, expected, "{members:?}");
        assert!(after.iter().all(|(user, name)| names.get(user.as_str()).to_string() == *name), "{members:?}");
    }
}

/// Returns the name of a room whose members are the user and the first of these: Ana, Ben, Cleo.
fn room_name(heroes: usize, joined: u64, invited: u64) -> String {
    let mut names = DisplayNames::new();
    for (user, name) in [("@a:b", "Ana"), ("@b:b", "Ben"), ("@c:b", "Cleo")] {
        names.update(user, &named("join", Some(name)));
    }
    let heroes: Vec<UserId> = ["@a:b", "@b:b", "@c:b"].into_iter().take(heroes).map(UserId::from).collect();
    let mut room = RoomNaming::new("@me:b", &names, &heroes);
    (room.joined_member_count, room.invited_member_count) = (joined, invited);
    room.display_name().to_string()
}

#[test]
fn room_without_a_name_is_named_after_its_members() {
    for (heroes, joined, invited, expected) in [
        (3, 4, 0, "Ana, Ben, and Cleo"),
        (3, 2, 2, "Ana, Ben, and Cleo"),
        (2, 3, 0, "Ana and Ben"),
        (1, 1, 1, "Ana"),
        (2, 1, 1, "Ana and Ben"),
        (2, 4, 0, "Ana, Ben, and 1 other"),
        (2, 1237, 0, "Ana, Ben, and 1234 others"),
        (1, 3, 0, "Ana and 1 other"),
        (0, 3, 0, "2 members"),
        (0, 2, 0, "1 member"),
        (1, 1, 0, "Empty Room (was Ana)"),
        (2, 0, 0, "Empty Room (was Ana and Ben)"),
        (0, 1, 0, "Empty Room"),
        (0, 0, 0, "Empty Room"),
    ] {
        assert_eq!(room_name(heroes, joined, invited), expected, "{heroes} heroes, {joined} joined, {invited} invited");
    }
}

#[test]
fn room_name_and_valid_alias_precede_members() {
    let (names, heroes) = (DisplayNames::new(), ["@me:b".into(), "@a:b".into()]);
    let name: RoomNameEventContent = serde_json::from_value(json!({"name": "Greenhouse"})).expect("a name");
    let empty: RoomNameEventContent = serde_json::from_value(json!({"name": ""})).expect("a name");
    let alias: RoomCanonicalAliasEventContent = serde_json::from_value(json!({"alias": "#green:b"})).expect("an alias");
    let invalid: RoomCanonicalAliasEventContent =
        serde_json::from_value(json!({"alias": "", "alt_aliases": ["#green:b"]})).expect("an alias");
    let mut room = RoomNaming::new("@me:b", &names, &heroes);
    room.joined_member_count = 2;
    room.canonical_alias = Some(&alias);
    room.name = Some(&name);
    assert_eq!(room.display_name(), RoomDisplayName::Named("Greenhouse"));
    room.name = Some(&empty);
    assert_eq!(room.display_name().to_string(), "#green:b");
    room.canonical_alias = Some(&invalid);
    assert_eq!(room.display_name().to_string(), "@a:b");
}

#[cfg(feature = "unstable")]
#[test]
fn service_members_are_not_part_of_the_room_name() {
    let mut names = DisplayNames::new();
    for (user, membership) in [("@a:b", "join"), ("@bot:b", "join"), ("@gone:b", "leave"), ("@me:b", "join")] {
        names.update(user, &named(membership, None));
    }
    let heroes = ["@a:b".into(), "@bot:b".into()];
    let hints = serde_json::from_value(json!({"service_members": ["@bot:b", "@bot:b", "@gone:b", "@me:b", "@else:b"]}));
    let hints = hints.expect("service members");
    let mut room = RoomNaming::new("@me:b", &names, &heroes);
    room.service_members = Some(&hints);
    for (joined, expected) in [(3, "@a:b"), (5, "@a:b and 2 others"), (2, "Empty Room (was @a:b)")] {
        room.joined_member_count = joined;
        assert_eq!(room.display_name().to_string(), expected, "{joined} joined");
    }
}
