//! The rules that a room version states, and their values.

use crate::diagnostics::{nearest, one_of, Diagnostic, Origin};
use crate::node::Node;
use crate::schema::reader::{text, unexpected};

/// The kind of the values of a rule.
#[derive(Debug)]
pub(super) enum Kind {
    Flag,
    Number,
    /// The name of an enum, and the values in the file with the variants.
    Choice(&'static str, &'static [(&'static str, &'static str)]),
    /// Keys of an event.
    Keys,
    /// Keys of the content of an event type.
    ContentKeys,
}

/// The rules, by their paths below `RoomVersionRules`. Rules of the same group are neighbors.
pub(super) const RULES: &[(&str, Kind)] = &[
    ("disposition", Kind::Choice("RoomVersionDisposition", &[("stable", "Stable"), ("unstable", "Unstable")])),
    (
        "event_id_format",
        Kind::Choice(
            "EventIdFormat",
            &[("server-name", "ServerName"), ("base64", "Base64"), ("url-safe-base64", "UrlSafeBase64")],
        ),
    ),
    (
        "room_id_format",
        Kind::Choice("RoomIdFormat", &[("server-name", "ServerName"), ("create-event-hash", "CreateEventHash")]),
    ),
    (
        "events_reference_format",
        Kind::Choice("EventsReferenceFormat", &[("with-hashes", "WithHashes"), ("event-ids", "EventIds")]),
    ),
    ("state_res", Kind::Choice("StateResolutionVersion", &[("v1", "V1"), ("v2", "V2"), ("v2.1", "V2_1")])),
    ("enforce_key_validity", Kind::Flag),
    ("authorization.special_case_room_redaction", Kind::Flag),
    ("authorization.special_case_room_aliases", Kind::Flag),
    ("authorization.strict_canonical_json", Kind::Flag),
    ("authorization.limit_notifications_power_levels", Kind::Flag),
    ("authorization.knocking", Kind::Flag),
    ("authorization.restricted_join_rule", Kind::Flag),
    ("authorization.knock_restricted_join_rule", Kind::Flag),
    ("authorization.integer_power_levels", Kind::Flag),
    ("authorization.string_power_levels", Kind::Flag),
    ("authorization.float_power_levels", Kind::Flag),
    ("authorization.require_room_create_creator", Kind::Flag),
    ("authorization.use_room_create_sender", Kind::Flag),
    ("authorization.explicitly_privilege_room_creators", Kind::Flag),
    ("authorization.additional_room_creators", Kind::Flag),
    ("authorization.room_create_event_id_as_room_id", Kind::Flag),
    ("redaction.event_keys", Kind::Keys),
    ("redaction.content_keys", Kind::ContentKeys),
    ("redaction.content_field_redacts", Kind::Flag),
    ("signatures.check_event_id_server", Kind::Flag),
    ("signatures.check_join_authorised_via_users_server", Kind::Flag),
    ("event_format.require_event_id", Kind::Flag),
    ("event_format.require_room_create_room_id", Kind::Flag),
    ("event_format.allow_room_create_in_auth_events", Kind::Flag),
    ("event_format.max_depth", Kind::Number),
];

/// The value of a rule.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Flag(bool),
    Number(i64),
    /// The name of an enum and of its variant.
    Variant(&'static str, &'static str),
    Keys(Vec<String>),
    AllContent,
    /// The paths of keys of a content.
    Content(Vec<Vec<String>>),
}

impl Value {
    /// Reads a value.
    pub(super) fn read(kind: &Kind, node: &Node, origin: &Origin) -> Result<Self, Diagnostic> {
        match (kind, node) {
            (Kind::Flag, Node::Boolean(value)) => Ok(Self::Flag(*value)),
            (Kind::Flag, node) => Err(unexpected(node, origin, "`true` or `false`")),
            (Kind::Number, Node::Number(number)) => match number.value().as_i64() {
                Some(value) => Ok(Self::Number(value)),
                None => Err(unexpected(node, origin, "an integer of 64 bits")),
            },
            (Kind::Number, node) => Err(unexpected(node, origin, "an integer of 64 bits")),
            (Kind::Choice(name, values), node) => choice(name, values, node, origin),
            (Kind::Keys, node) => each(node, origin, text).map(Self::Keys),
            (Kind::ContentKeys, Node::String(all)) if all == "all" => Ok(Self::AllContent),
            (Kind::ContentKeys, node) => each(node, origin, path).map(Self::Content),
        }
    }

    /// Returns `true` if the value is that of a rule that no version has stated.
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Content(paths) if paths.is_empty())
    }
}

fn choice(
    name: &'static str,
    values: &'static [(&str, &str)],
    node: &Node,
    origin: &Origin,
) -> Result<Value, Diagnostic> {
    let known = || values.iter().map(|(value, _)| *value);
    let stated = text(node, origin)?;
    match values.iter().find(|(value, _)| *value == stated) {
        Some((_, variant)) => Ok(Value::Variant(name, variant)),
        None => {
            let near = nearest(&stated, known())
                .map_or("write one of these values".to_owned(), |near| format!("write `{near}`"));
            Err(Diagnostic::at(origin, format!("unknown value `{stated}`")).expected(one_of(known())).help(near))
        }
    }
}

/// Reads the items of a list, each of which occurs once.
fn each<T: PartialEq>(
    node: &Node,
    origin: &Origin,
    read: fn(&Node, &Origin) -> Result<T, Diagnostic>,
) -> Result<Vec<T>, Diagnostic> {
    let Node::List(list) = node else {
        return Err(unexpected(node, origin, "a list of keys").help("write a list such as `[membership]`"));
    };
    let mut items = Vec::new();
    for (index, node) in list.iter().enumerate() {
        let origin = origin.child(&index.to_string());
        let item = read(node, &origin)?;
        if items.contains(&item) {
            return Err(Diagnostic::at(&origin, "expected each key once, found a key for the second time")
                .help("remove one of the two keys"));
        }
        items.push(item);
    }
    Ok(items)
}

/// Reads a key, or a list of two keys.
fn path(node: &Node, origin: &Origin) -> Result<Vec<String>, Diagnostic> {
    match node {
        Node::List(list) if list.len() == 2 => each(node, origin, text),
        Node::List(_) => Err(unexpected(node, origin, "a key, or a list of a key and a key of its object")),
        node => Ok(vec![text(node, origin)?]),
    }
}
