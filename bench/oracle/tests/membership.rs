//! The change that a membership event made, compared with Ruma's `membership_change`.
//!
//! The events have all pairs of memberships, the user or another user as sender, and all changes of the profile.

use std::collections::BTreeMap;

use matrix_events::room::member::RoomMemberEventContent;
use matrix_events::SyncStateEvent;
use ruma_events::room::member::OriginalSyncRoomMemberEvent;
use ruma_oracle::recorded;
use serde_json::{json, Value};

/// `None` is a user without a membership event.
const MEMBERSHIPS: [Option<&str>; 7] =
    [None, Some("invite"), Some("join"), Some("leave"), Some("ban"), Some("knock"), Some("org.example.lurk")];

/// A change on which this crate and Ruma disagree, with the clause that shows who is right.
struct Disagreement {
    before: &'static str,
    after: &'static str,
    ours: &'static str,
    ruma: &'static str,
    /// The table of <https://spec.matrix.org/v1.19/client-server-api/#mroommember> states the change of this crate.
    clause: &'static str,
}

const DISAGREEMENTS: [Disagreement; 1] = [Disagreement {
    before: "invite",
    after: "knock",
    ours: "Knocked",
    ruma: "Error",
    clause: "the row `invite` of the table states that the user knocks again",
}];

fn event(before: Option<&Value>, after: &Value, sender: &str) -> Value {
    let unsigned = before.map_or_else(|| json!({}), |before| json!({ "prev_content": before }));
    json!({
        "type": "m.room.member", "event_id": "$2", "sender": sender, "state_key": "@lev:example.org",
        "origin_server_ts": 2, "content": after, "unsigned": unsigned,
    })
}

/// Returns the contents with a membership, for each display name and avatar.
fn contents(membership: &str) -> Vec<Value> {
    let mut contents = Vec::new();
    for name in [None, Some("Lev"), Some("Leo")] {
        for avatar in [None, Some("mxc://example.org/a"), Some("mxc://example.org/b")] {
            let mut content = json!({ "membership": membership });
            name.into_iter().for_each(|name| content["displayname"] = name.into());
            avatar.into_iter().for_each(|avatar| content["avatar_url"] = avatar.into());
            contents.push(content);
        }
    }
    contents
}

/// Returns the changes that this crate and Ruma report for an event.
fn changes(event: &Value) -> Option<(String, String)> {
    let text = event.to_string();
    let ruma = serde_json::from_str::<OriginalSyncRoomMemberEvent>(&text).ok()?;
    let ours: SyncStateEvent<RoomMemberEventContent> =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let change = format!("{:?}", ours.membership_change());
    let previous = ours.prev_content().unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(format!("{:?}", ours.membership_change_from(previous.as_ref())), change, "{text}");
    Some((change, format!("{:?}", ruma.membership_change())))
}

#[test]
fn changes_of_all_pairs_are_those_of_ruma() {
    let (mut compared, mut disagreed) = (0, BTreeMap::new());
    for before in MEMBERSHIPS {
        let previous = before.map_or_else(|| vec![None], |before| contents(before).into_iter().map(Some).collect());
        for after in MEMBERSHIPS.into_iter().flatten() {
            for sender in ["@lev:example.org", "@mira:example.org"] {
                for (previous, content) in previous
                    .iter()
                    .flat_map(|previous| contents(after).into_iter().map(move |content| (previous, content)))
                {
                    let event = event(previous.as_ref(), &content, sender);
                    let (ours, ruma) = changes(&event).unwrap_or_else(|| panic!("Ruma rejects {event}"));
                    compared += 1;
                    if ours != ruma {
                        *disagreed.entry((before.unwrap_or_default(), after, ours, ruma)).or_insert(0) += 1;
                    }
                }
            }
        }
    }
    println!("{compared} changes of memberships compared");
    assert!(compared > 5000, "{compared}");
    let expected: BTreeMap<_, i32> = DISAGREEMENTS
        .iter()
        .map(|row| ((row.before, row.after, row.ours.to_owned(), row.ruma.to_owned()), 2 * 9 * 9))
        .collect();
    assert_eq!(disagreed, expected);
    assert!(DISAGREEMENTS.iter().all(|row| !row.clause.is_empty()));
}

#[test]
fn changes_of_recorded_events_are_those_of_ruma() {
    let recorded = recorded();
    let members = recorded.iter().filter(|event| event["type"] == "m.room.member" && event["event_id"].is_string());
    let compared: Vec<(String, String)> = members.filter_map(changes).collect();
    println!("{} recorded changes compared", compared.len());
    assert!(recorded.is_empty() || compared.len() > 10, "{}", compared.len());
    compared.iter().for_each(|(ours, ruma)| assert_eq!(ours, ruma));
}
