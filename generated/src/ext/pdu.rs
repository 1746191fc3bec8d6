//! The members of PDUs, and the rules of room versions for them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::of_object;
use crate::__private::{to_string, FromToJson, JsonObject, JsonRef, OF_PDU};
use crate::canonical_json::{event_to_string_for_signing, CanonicalJsonError};
use crate::events::federation;
use crate::room_version_rules::{EventIdFormat, EventsReferenceFormat, RoomVersionRules};
use crate::schema::Body;
use crate::validate::{Level, Report, Validator};
use crate::{AnyPdu, AnyTimelineEvent, EventId, EventReference, ServerName, ServerSigningKeyId};

impl AnyPdu {
    /// Returns the schema of PDUs in rooms of a version.
    ///
    /// ```
    /// use matrix_events::federation::PDU_V6;
    /// use matrix_events::room_version_rules::RoomVersionRules;
    /// use matrix_events::AnyPdu;
    ///
    /// assert!(std::ptr::eq(AnyPdu::schema(&RoomVersionRules::V9), PDU_V6));
    /// ```
    #[inline]
    #[must_use]
    pub fn schema(rules: &RoomVersionRules) -> &'static Body {
        match (rules.events_reference_format, rules.event_id_format) {
            (EventsReferenceFormat::WithHashes, _) => federation::PDU_V1,
            (_, EventIdFormat::Base64) => federation::PDU_V3,
            _ if !rules.authorization.strict_canonical_json => federation::PDU_V4,
            _ if !rules.redaction.content_field_redacts => federation::PDU_V6,
            _ if rules.event_format.require_room_create_room_id => federation::PDU_V11,
            _ => federation::PDU_V12,
        }
    }

    /// Validates the PDU by the rules of its room version. See [`Validator::validate_pdu`].
    ///
    /// ```
    /// use matrix_events::room_version_rules::RoomVersionRules;
    /// use matrix_events::validate::Level;
    /// use matrix_events::AnyPdu;
    ///
    /// let pdu: AnyPdu = matrix_events::from_str(r#"{"type": "m.room.topic", "state_key": "", "content": {"topic": "Beans"}}"#)?;
    /// let report = pdu.validate(&RoomVersionRules::V11, Level::Schema);
    /// assert!(report.iter().any(|violation| violation.message() == "required property `auth_events` is missing"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn validate(&self, rules: &RoomVersionRules, level: Level) -> Report {
        Validator::new().level(level).validate_pdu(to_string(self).as_bytes(), rules)
    }

    /// Returns the `depth`, or `None` if it is absent or not an integer.
    #[inline]
    #[must_use]
    pub fn depth(&self) -> Option<i64> {
        self.json_ref().member("depth").integer()
    }

    /// Returns the IDs of the events in `auth_events`, in all formats. Invalid references are omitted.
    ///
    /// ```
    /// use matrix_events::AnyPdu;
    ///
    /// for json in [
    ///     r#"{"type": "m.room.name", "state_key": "", "content": {"name": "Beds"}, "auth_events": ["$1", "$2"]}"#,
    ///     r#"{"type": "m.room.name", "state_key": "", "content": {"name": "Beds"}, "auth_events": [["$1", {}], ["$2", {}]]}"#,
    ///     r#"{"type": "org.example.unknown", "content": {}, "auth_events": ["$1", ["$2", {}], 3]}"#,
    /// ] {
    ///     let pdu: AnyPdu = matrix_events::from_str(json)?;
    ///     assert_eq!(pdu.auth_events(), ["$1", "$2"]);
    /// }
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn auth_events(&self) -> Vec<&str> {
        event_ids(self.json_ref().member("auth_events"))
    }

    /// Returns the IDs of the events in `prev_events`, in all formats. Invalid references are omitted.
    #[inline]
    #[must_use]
    pub fn prev_events(&self) -> Vec<&str> {
        event_ids(self.json_ref().member("prev_events"))
    }

    /// Returns the content hash, which is `sha256` in `hashes`, or `None` if it is absent or not a string.
    #[inline]
    #[must_use]
    pub fn content_hash(&self) -> Option<&str> {
        self.json_ref().member("hashes").member("sha256").text()
    }

    /// Returns the signatures, by server and by key ID. Invalid signatures are omitted.
    ///
    /// ```
    /// use matrix_events::AnyPdu;
    ///
    /// let pdu: AnyPdu = matrix_events::from_str(
    ///     r#"{"type": "org.example.unknown", "content": {}, "signatures": {"example.org": {"ed25519:a_1": "Rk1V", "x": 7}}}"#,
    /// )?;
    /// let signatures = pdu.signatures();
    /// let of_server: Vec<_> = signatures.values().flatten().collect();
    /// assert_eq!(of_server.len(), 1);
    /// assert_eq!(of_server[0].1, "Rk1V");
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn signatures(&self) -> BTreeMap<ServerName, BTreeMap<ServerSigningKeyId, String>> {
        let Value::Object(servers) = self.json_ref().member(SIGNATURES).to_value() else { return BTreeMap::new() };
        let text =
            |(key, signature): (String, Value)| Some((ServerSigningKeyId::new(key), signature.as_str()?.to_owned()));
        let of_server = |(server, signatures): (String, Value)| match signatures {
            Value::Object(signatures) => {
                Some((ServerName::new(server), signatures.into_iter().filter_map(text).collect()))
            }
            _ => None,
        };
        servers.into_iter().filter_map(of_server).collect()
    }

    /// Returns the PDU as a JSON object, for the functions of [`redaction`](crate::redaction) and of `hash`.
    #[inline]
    #[must_use]
    pub fn to_json_object(&self) -> JsonObject {
        match self.json_ref().to_value() {
            Value::Object(pdu) => pdu,
            // A PDU is an object.
            _ => JsonObject::new(),
        }
    }

    /// Returns the text that the signatures of the PDU cover: the canonical JSON of the redacted event without `signatures` and
    /// `unsigned` ([specification](https://spec.matrix.org/latest/server-server-api/#signing-events)).
    ///
    /// # Errors
    ///
    /// Returns an error if the redacted event has no canonical JSON.
    #[inline]
    pub fn to_string_for_signing(&self, rules: &RoomVersionRules) -> Result<String, CanonicalJsonError> {
        event_to_string_for_signing(&self.to_json_object(), rules)
    }

    /// Returns the ID of the event by the rules of its room version. See [`hash::event_id`](crate::hash::event_id).
    ///
    /// From room version 3 on, the ID is the reference hash. In room versions 1 and 2, the ID is the member `event_id`.
    ///
    /// # Errors
    ///
    /// Returns an error if the redacted event has no canonical JSON.
    #[cfg(feature = "hash")]
    #[inline]
    pub fn event_id_by(&self, rules: &RoomVersionRules) -> Result<Option<EventId>, CanonicalJsonError> {
        crate::hash::event_id(&self.to_json_object(), rules)
    }

    /// Returns the ID of the room of the event by the rules of its room version.
    ///
    /// From room version 12 on, the ID of the room of an `m.room.create` event is the reference hash of the event. The ID of the room
    /// of other events is the member `room_id`.
    ///
    /// # Errors
    ///
    /// Returns an error if the redacted event has no canonical JSON.
    #[cfg(feature = "hash")]
    #[inline]
    pub fn room_id_by(&self, rules: &RoomVersionRules) -> Result<Option<crate::RoomId>, CanonicalJsonError> {
        match self.event_type() {
            CREATE => crate::hash::room_id(&self.to_json_object(), rules),
            _ => Ok(self.room_id().map(crate::RoomId::new)),
        }
    }

    /// Calculates the content hash and adds it to `hashes`. See [`hash::add_content_hash`](crate::hash::add_content_hash).
    ///
    /// ```
    /// use matrix_events::room::member::{MembershipState, RoomMemberEventContent};
    /// use matrix_events::room_version_rules::RoomVersionRules;
    /// use matrix_events::{AnyPdu, EventReference, StatePdu};
    ///
    /// let rules = &RoomVersionRules::V11;
    /// let content = RoomMemberEventContent::new(MembershipState::Leave);
    /// let (auth, previous) = (vec![EventReference::new("$create")], vec![EventReference::new("$last")]);
    /// let member = "@lev:example.org";
    /// let mut pdu = AnyPdu::from(StatePdu::new(member, 1, member.into(), content, auth, previous, 7, "!beds:example.org"));
    /// pdu.add_content_hash(rules)?;
    /// assert!(pdu.is_content_hash_valid(rules)?);
    ///
    /// let signature = "JnqjA4vgbqgq9uLQw0hg0p0"; // The Ed25519 signature of `pdu.to_string_for_signing(rules)?`.
    /// pdu.add_signature("example.org", "ed25519:a_1", signature);
    /// assert_eq!(pdu.signatures()["example.org"]["ed25519:a_1"], signature);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no canonical JSON.
    #[cfg(feature = "hash")]
    #[inline]
    pub fn add_content_hash(&mut self, rules: &RoomVersionRules) -> Result<(), CanonicalJsonError> {
        let mut pdu = self.to_json_object();
        crate::hash::add_content_hash(&mut pdu, rules)?;
        *self = of_object(pdu, Self::Unknown);
        Ok(())
    }

    /// Adds the signature of a server, in unpadded Base64. An earlier signature with the same key is replaced.
    #[inline]
    pub fn add_signature(
        &mut self,
        server: impl Into<ServerName>,
        key_id: impl Into<ServerSigningKeyId>,
        signature: impl Into<String>,
    ) {
        let (server, key_id) = (server.into(), key_id.into());
        let mut pdu = self.to_json_object();
        let mut signatures = take_object(&mut pdu, SIGNATURES);
        let mut of_server = take_object(&mut signatures, server.as_str());
        of_server.insert(key_id.as_str().to_owned(), Value::String(signature.into()));
        signatures.insert(server.as_str().to_owned(), Value::Object(of_server));
        pdu.insert(SIGNATURES.to_owned(), Value::Object(signatures));
        *self = of_object(pdu, Self::Unknown);
    }

    /// Returns `true` if the hash in `hashes` is the content hash of the event. See
    /// [`hash::is_content_hash_valid`](crate::hash::is_content_hash_valid).
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no canonical JSON.
    #[cfg(feature = "hash")]
    #[inline]
    pub fn is_content_hash_valid(&self, rules: &RoomVersionRules) -> Result<bool, CanonicalJsonError> {
        crate::hash::is_content_hash_valid(&self.to_json_object(), rules)
    }

    /// Returns the ID of the event that an `m.room.redaction` event redacts by the rules of its room version, or `None` for an event
    /// of another type.
    ///
    /// ```
    /// use matrix_events::room_version_rules::RoomVersionRules;
    /// use matrix_events::AnyPdu;
    ///
    /// let pdu: AnyPdu = matrix_events::from_str(r#"{"type": "m.room.redaction", "redacts": "$1", "content": {"redacts": "$2"}}"#)?;
    /// assert_eq!(pdu.redacts_by(&RoomVersionRules::V10).as_deref(), Some("$1"));
    /// assert_eq!(pdu.redacts_by(&RoomVersionRules::V11).as_deref(), Some("$2"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn redacts_by(&self, rules: &RoomVersionRules) -> Option<String> {
        let pdu = self.json_ref();
        let place = if rules.redaction.content_field_redacts { pdu.member("content") } else { pdu };
        place.member(REDACTS).text().filter(|_| self.event_type() == REDACTION).map(str::to_owned)
    }

    /// Converts to the event that a server sends to its clients, with the ID of the event.
    ///
    /// The references, the depth, the hashes and the signatures are removed. All other members are kept. An `m.room.create` event
    /// without a `room_id`, as from room version 12 on, gets the ID of its room, which follows from the ID of the event. An
    /// `m.room.redaction` event gets the member `redacts` in the other place as well, as the specification
    /// [advises](https://spec.matrix.org/latest/rooms/v11/#moving-the-redacts-property-of-mroomredaction-events-to-a-content-property).
    ///
    /// ```
    /// use matrix_events::room_version_rules::RoomVersionRules;
    /// use matrix_events::{AnyPdu, AnyTimelineEvent};
    ///
    /// let pdu: AnyPdu = matrix_events::from_str(
    ///     r#"{"type": "m.room.create", "state_key": "", "sender": "@mira:example.org", "origin_server_ts": 1, "depth": 1,
    ///         "auth_events": [], "prev_events": [], "content": {"room_version": "12"}}"#,
    /// )?;
    /// let event = pdu.into_client_event("$k3yB7x", &RoomVersionRules::V12);
    /// assert_eq!((event.event_id(), event.room_id()), (Some("$k3yB7x"), Some("!k3yB7x")));
    /// let AnyTimelineEvent::RoomCreate(create) = event else { panic!("{event:?}") };
    /// assert!(create.extra.is_empty());
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn into_client_event(self, event_id: impl Into<EventId>, rules: &RoomVersionRules) -> AnyTimelineEvent {
        let event = for_client(&self, &event_id.into(), rules);
        of_object(event, AnyTimelineEvent::Unknown)
    }

    /// Converts an event for clients to a PDU, with the members that only PDUs have. The opposite of
    /// [`into_client_event`](AnyPdu::into_client_event).
    ///
    /// The PDU has no hashes and no signatures: [`add_content_hash`](AnyPdu::add_content_hash) and
    /// [`add_signature`](AnyPdu::add_signature) add them. From room version 3 on, `event_id` is removed, and from room version 12 on, the
    /// `room_id` of an `m.room.create` event. The member `redacts` of an `m.room.redaction` event stays in the place that the room version
    /// uses, and is removed from the other one. All other members are kept, such as `unsigned`, which hashes and signatures do not
    /// cover.
    ///
    /// ```
    /// use matrix_events::room_version_rules::RoomVersionRules;
    /// use matrix_events::{AnyPdu, AnyTimelineEvent, EventReference};
    ///
    /// let topic: AnyTimelineEvent = matrix_events::from_str(
    ///     r#"{"type": "m.room.topic", "state_key": "", "sender": "@mira:example.org", "room_id": "!beds:example.org",
    ///         "origin_server_ts": 1, "event_id": "$k3yB7x", "content": {"topic": "Beans"}}"#,
    /// )?;
    /// let (auth, previous) = (vec![EventReference::new("$create")], vec![EventReference::new("$last")]);
    /// let pdu = AnyPdu::from_client_event(topic.clone(), auth, previous, 7, &RoomVersionRules::V11);
    /// assert_eq!((pdu.event_id(), pdu.depth(), pdu.prev_events()), (None, Some(7), vec!["$last"]));
    /// assert_eq!(pdu.into_client_event("$k3yB7x", &RoomVersionRules::V11), topic);
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn from_client_event(
        event: AnyTimelineEvent,
        auth_events: Vec<EventReference>,
        prev_events: Vec<EventReference>,
        depth: i64,
        rules: &RoomVersionRules,
    ) -> Self {
        of_object(for_servers(&event, &auth_events, &prev_events, depth, rules), Self::Unknown)
    }
}

impl Validator {
    /// Validates the JSON text of a PDU by the rules of its room version.
    ///
    /// At [`Level::Schema`], the verdict is that of the schema of the [event format](https://spec.matrix.org/latest/rooms/) of the
    /// room version. From [`Level::Strict`] on, the content is validated by the event type. Numbers have to be those of canonical JSON
    /// since room version 6, and these limits apply:
    ///
    /// - at most 10 `auth_events` and 20 `prev_events`
    /// - a maximum of `depth`, which depends on the room version
    /// - 65,536 bytes in the event, and 255 bytes in its type, its state key and its identifiers
    ///
    /// The limits of `auth_events` and `prev_events` do not apply to the response of `/backfill`, which can contain older events.
    ///
    /// A server [drops](https://spec.matrix.org/latest/server-server-api/#checks-performed-on-receipt-of-a-pdu) a PDU that violates the
    /// event format. A content that is invalid for the event type is not a reason to drop the PDU.
    ///
    /// ```
    /// use matrix_events::room_version_rules::RoomVersionRules;
    /// use matrix_events::validate::{Level, Validator};
    ///
    /// let pdu = br#"{"type": "m.room.topic", "state_key": "", "room_id": "!beds:example.org", "sender": "@mira:example.org",
    ///     "origin_server_ts": 1, "depth": 9007199254740992, "auth_events": [], "prev_events": ["$last"], "content": {"topic": "Beans"},
    ///     "hashes": {"sha256": "47DEQpj8HBSa"}, "signatures": {"example.org": {"ed25519:a_1": "Rk1V"}}}"#;
    /// let validator = Validator::new();
    /// assert!(validator.validate_pdu(pdu, &RoomVersionRules::V11).is_valid());
    /// assert_eq!(
    ///     validator.validate_pdu(pdu, &RoomVersionRules::V1).violations()[0].message(),
    ///     "required property `event_id` is missing",
    /// );
    /// let report = validator.level(Level::Strict).validate_pdu(pdu, &RoomVersionRules::V11);
    /// assert!(report.iter().any(|violation| violation.to_string() == "/depth: expected at most 9007199254740991, found 9007199254740992"));
    /// ```
    #[inline]
    #[must_use]
    pub fn validate_pdu(&self, json: &[u8], rules: &RoomVersionRules) -> Report {
        self.pdu(json, AnyPdu::schema(rules), rules)
    }
}

/// Creates a PDU in the format of any room version. The PDU can be unknown, invalid or redacted. Requires the feature `arbitrary`.
#[cfg(feature = "arbitrary")]
impl<'a> ::arbitrary::Arbitrary<'a> for AnyPdu {
    fn arbitrary(u: &mut ::arbitrary::Unstructured<'a>) -> ::arbitrary::Result<Self> {
        use crate::features::arbitrary::{any_event, read};

        let formats = [
            federation::PDU_V1,
            federation::PDU_V3,
            federation::PDU_V4,
            federation::PDU_V6,
            federation::PDU_V11,
            federation::PDU_V12,
        ];
        let schema = *u.choose(&formats)?;
        let mut pdu = crate::__private::arbitrary::Maker { mistakes: false }.object_of(u, schema.constraints)?;
        let types: Vec<_> = crate::schema::events().filter(|event| event.is_room_event()).collect();
        pdu.remove("state_key");
        pdu.extend(any_event(u, &types, "type")?);
        read(pdu)
    }
}

const CREATE: &str = "m.room.create";
const REDACTION: &str = "m.room.redaction";
const REDACTS: &str = "redacts";
const SIGNATURES: &str = "signatures";

/// Returns the JSON of the event for clients.
#[inline]
fn for_client(pdu: &AnyPdu, event_id: &EventId, rules: &RoomVersionRules) -> JsonObject {
    let mut event = pdu.to_json_object();
    OF_PDU.iter().for_each(|name| drop(event.remove(*name)));
    let has_room_of_id = rules.authorization.room_create_event_id_as_room_id && pdu.event_type() == CREATE;
    let hash = event_id.as_str().strip_prefix('$').filter(|_| has_room_of_id && pdu.room_id().is_none());
    if let Some(hash) = hash {
        event.insert("room_id".to_owned(), format!("!{hash}").into());
    }
    if let Some(redacts) = pdu.redacts_by(rules) {
        if let (false, Some(Value::Object(content))) = (rules.redaction.content_field_redacts, event.get_mut("content"))
        {
            content.insert(REDACTS.to_owned(), redacts.into());
        } else if rules.redaction.content_field_redacts {
            event.insert(REDACTS.to_owned(), redacts.into());
        }
    }
    event.insert("event_id".to_owned(), event_id.as_str().into());
    event
}

/// Returns the JSON of the event for servers.
#[inline]
fn for_servers(
    event: &AnyTimelineEvent,
    auth_events: &Vec<EventReference>,
    prev_events: &Vec<EventReference>,
    depth: i64,
    rules: &RoomVersionRules,
) -> JsonObject {
    let Value::Object(mut pdu) = event.json_ref().to_value() else { return JsonObject::new() };
    for (name, references) in [("auth_events", auth_events), ("prev_events", prev_events)] {
        pdu.insert(name.to_owned(), references.json_ref().to_value());
    }
    pdu.insert("depth".to_owned(), depth.into());
    if !rules.event_format.require_event_id {
        pdu.remove("event_id");
    }
    if !rules.event_format.require_room_create_room_id && event.event_type() == CREATE {
        pdu.remove("room_id");
    }
    if event.event_type() == REDACTION {
        let has_id = |place: JsonRef<'_>| place.member(REDACTS).text().is_some();
        if rules.redaction.content_field_redacts && has_id(event.json_ref().member("content")) {
            pdu.remove(REDACTS);
        } else if !rules.redaction.content_field_redacts && has_id(event.json_ref()) {
            pdu.get_mut("content").and_then(Value::as_object_mut).and_then(|content| content.remove(REDACTS));
        }
    }
    pdu
}

/// Removes the object in a member. A value of another type is removed too.
#[inline]
fn take_object(object: &mut JsonObject, name: &str) -> JsonObject {
    match object.remove(name) {
        Some(Value::Object(inner)) => inner,
        _ => JsonObject::new(),
    }
}

/// Returns the IDs of the events in a list of references.
#[inline]
fn event_ids(list: JsonRef<'_>) -> Vec<&str> {
    elements(list).into_iter().filter_map(|one| one.text().or_else(|| elements(one).first()?.text())).collect()
}

/// Returns the elements of a list.
#[inline]
fn elements(list: JsonRef<'_>) -> Vec<JsonRef<'_>> {
    match list {
        JsonRef::List(list) => (0..list.count()).map(|index| list.element(index)).collect(),
        JsonRef::Value(Value::Array(list)) => list.iter().map(JsonRef::Value).collect(),
        _ => Vec::new(),
    }
}
