//! Types of the kind that programs write by hand: derived, with the fields that the program uses. Other members are lost.

use serde::{Deserialize, Serialize};

/// An event. The content has the fields of the most frequent event types.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Event {
    r#type: String,
    event_id: String,
    sender: String,
    origin_server_ts: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unsigned: Option<Unsigned>,
    content: Content,
}

#[derive(Debug, Deserialize, Serialize)]
struct Unsigned {
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Content {
    #[serde(skip_serializing_if = "Option::is_none")]
    msgtype: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    formatted_body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    membership: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    displayname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<String>,
    #[serde(rename = "m.relates_to", skip_serializing_if = "Option::is_none")]
    relates_to: Option<Relation>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Relation {
    #[serde(skip_serializing_if = "Option::is_none")]
    rel_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}
