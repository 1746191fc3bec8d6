//! The rules of room versions.

#[rustfmt::skip]
mod versions;

use crate::RoomVersionId;

/// The rules that differ between [room versions](https://spec.matrix.org/latest/rooms/).
///
/// [`RoomVersionId::rules`] returns the rules of a room version of the specification. For a room version of a proposal, copy the
/// rules of the version that the proposal is based on, and change the fields.
///
/// ```
/// use matrix_events::room_version_rules::{EventIdFormat, RoomVersionRules};
/// use matrix_events::RoomVersionId;
///
/// let rules = RoomVersionId::new("11").rules().expect("a known room version");
/// assert_eq!(rules.event_id_format, EventIdFormat::UrlSafeBase64);
/// assert!(rules.authorization.knocking);
///
/// let mut proposed = RoomVersionRules::V11;
/// proposed.authorization.additional_room_creators = true;
/// assert_ne!(proposed, *rules);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoomVersionRules {
    /// The stability of the room version ([list](https://spec.matrix.org/latest/rooms/#complete-list-of-room-versions)).
    pub disposition: RoomVersionDisposition,
    /// The format of event IDs, which changed in room versions
    /// [3](https://spec.matrix.org/latest/rooms/v3/#event-ids) and [4](https://spec.matrix.org/latest/rooms/v4/#event-ids).
    pub event_id_format: EventIdFormat,
    /// The format of room IDs, which changed in room version [12](https://spec.matrix.org/latest/rooms/v12/#event-format).
    pub room_id_format: RoomIdFormat,
    /// The format of references to events in the members `auth_events` and `prev_events` of a PDU, which changed in room version
    /// [3](https://spec.matrix.org/latest/rooms/v3/#event-format).
    pub events_reference_format: EventsReferenceFormat,
    /// The algorithm of state resolution, which changed in room versions
    /// [2](https://spec.matrix.org/latest/rooms/v2/#state-resolution) and
    /// [12](https://spec.matrix.org/latest/rooms/v12/#state-resolution).
    pub state_res: StateResolutionVersion,
    /// Set if a server must reject an event whose signing key was no longer valid at the time of the event. Since room version
    /// [5](https://spec.matrix.org/latest/rooms/v5/#signing-key-validity-period).
    pub enforce_key_validity: bool,
    /// The rules that decide whether an event is allowed.
    pub authorization: AuthorizationRules,
    /// The keys that redactions keep.
    pub redaction: RedactionRules,
    /// The signatures that an event requires.
    pub signatures: SignaturesRules,
    /// The members of a PDU.
    pub event_format: EventFormatRules,
}

/// The [stability](https://spec.matrix.org/latest/rooms/#complete-list-of-room-versions) of a room version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomVersionDisposition {
    /// The specification lists the room version as stable.
    Stable,
    /// The room version is experimental.
    Unstable,
}

/// The format of [event IDs](https://spec.matrix.org/latest/appendices/#event-ids).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventIdFormat {
    /// An opaque string and a server name, such as `$id:example.org`. The event ID is not a hash. Room versions
    /// [1](https://spec.matrix.org/latest/rooms/v1/#event-ids) and 2.
    ServerName,
    /// The reference hash in standard unpadded Base64, which may contain `/` and `+`. Room version
    /// [3](https://spec.matrix.org/latest/rooms/v3/#event-ids).
    Base64,
    /// The reference hash in URL-safe unpadded Base64. Since room version
    /// [4](https://spec.matrix.org/latest/rooms/v4/#event-ids).
    UrlSafeBase64,
}

/// The format of [room IDs](https://spec.matrix.org/latest/appendices/#room-ids).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoomIdFormat {
    /// An opaque string and a server name, such as `!id:example.org`. Room versions 1 to 11.
    ServerName,
    /// The event ID of the `m.room.create` event with `!` in place of `$`. Since room version
    /// [12](https://spec.matrix.org/latest/rooms/v12/#event-format).
    CreateEventHash,
}

/// The format of references to events in `auth_events` and `prev_events`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventsReferenceFormat {
    /// Pairs of an event ID and hashes, such as `["$id:example.org", {"sha256": "…"}]`. Room versions
    /// [1](https://spec.matrix.org/latest/rooms/v1/#event-format) and 2.
    WithHashes,
    /// Event IDs. Since room version [3](https://spec.matrix.org/latest/rooms/v3/#event-format).
    EventIds,
}

/// The algorithm of [state resolution](https://spec.matrix.org/latest/server-server-api/#room-state-resolution).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateResolutionVersion {
    /// The first algorithm. Room version [1](https://spec.matrix.org/latest/rooms/v1/#state-resolution).
    V1,
    /// The second algorithm. Room versions [2](https://spec.matrix.org/latest/rooms/v2/#state-resolution) to 11.
    V2,
    /// The second algorithm with an empty state at the start and the conflicted state subgraph. Since room version
    /// [12](https://spec.matrix.org/latest/rooms/v12/#state-resolution).
    V2_1,
}

impl StateResolutionVersion {
    /// Returns `true` if the first iterative authorization checks start with an empty state. In older versions, they start with
    /// the unconflicted state. Since room version [12](https://spec.matrix.org/latest/rooms/v12/#state-resolution).
    #[must_use]
    #[inline]
    pub fn begins_with_empty_state(self) -> bool {
        self == Self::V2_1
    }

    /// Returns `true` if the full conflicted set contains the conflicted state subgraph. Since room version
    /// [12](https://spec.matrix.org/latest/rooms/v12/#state-resolution).
    #[must_use]
    #[inline]
    pub fn considers_conflicted_state_subgraph(self) -> bool {
        self == Self::V2_1
    }
}

/// The differences in the [authorization rules](https://spec.matrix.org/latest/server-server-api/#authorisation-rules).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthorizationRules {
    /// Set if the authorization rules limit who may send `m.room.redaction` events. Room versions
    /// [1](https://spec.matrix.org/latest/rooms/v1/#authorisation-rules) and 2. Since room version
    /// [3](https://spec.matrix.org/latest/rooms/v3/#handling-redactions), a server checks a redaction when the server applies it.
    pub special_case_room_redaction: bool,
    /// Set if the authorization rules require that the state key of an `m.room.aliases` event is the server of the sender, and
    /// have no other requirement. Room versions [1](https://spec.matrix.org/latest/rooms/v1/#authorisation-rules) to 5.
    pub special_case_room_aliases: bool,
    /// Set if a server must reject events that are not
    /// [canonical JSON](https://spec.matrix.org/latest/appendices/#canonical-json). Since room version
    /// [6](https://spec.matrix.org/latest/rooms/v6/#canonical-json).
    pub strict_canonical_json: bool,
    /// Set if the sender of `m.room.power_levels` may not change entries of `notifications` above the level of the sender. Since
    /// room version [6](https://spec.matrix.org/latest/rooms/v6/#authorisation-rules).
    pub limit_notifications_power_levels: bool,
    /// Set if the membership `knock` and the join rule `knock` have an effect. Since room version
    /// [7](https://spec.matrix.org/latest/rooms/v7/#authorisation-rules).
    pub knocking: bool,
    /// Set if the join rule `restricted` has an effect. Since room version
    /// [8](https://spec.matrix.org/latest/rooms/v8/#authorisation-rules).
    pub restricted_join_rule: bool,
    /// Set if the join rule `knock_restricted` has an effect. Since room version
    /// [10](https://spec.matrix.org/latest/rooms/v10/#authorisation-rules).
    pub knock_restricted_join_rule: bool,
    /// Set if a server rejects `m.room.power_levels` events with levels that are not integers. Since room version
    /// [10](https://spec.matrix.org/latest/rooms/v10/#values-in-mroompower_levels-events-must-be-integers).
    pub integer_power_levels: bool,
    /// Set if a power level may be a string with an integer, such as `"50"`. Room versions
    /// [1](https://spec.matrix.org/latest/rooms/v1/#mroompower_levels-events-accept-values-as-strings) to 9.
    pub string_power_levels: bool,
    /// Set if a power level may be a number with a fraction, which is cut off. Room versions
    /// [1](https://spec.matrix.org/latest/rooms/v1/#mroompower_levels-events-accept-values-as-floats) to 5.
    pub float_power_levels: bool,
    /// Set if the content of `m.room.create` must have a `creator`. Room versions
    /// [1](https://spec.matrix.org/latest/rooms/v1/#authorisation-rules) to 10.
    pub require_room_create_creator: bool,
    /// Set if the creator of the room is the sender of `m.room.create`. In older versions, the creator is the user in `creator` of
    /// the content. Since room version
    /// [11](https://spec.matrix.org/latest/rooms/v11/#remove-the-creator-property-of-mroomcreate-events).
    pub use_room_create_sender: bool,
    /// Set if the power level of the creators is above every other level, and `m.room.power_levels` events cannot contain the
    /// creators. Since room version [12](https://spec.matrix.org/latest/rooms/v12/#authorisation-rules).
    pub explicitly_privilege_room_creators: bool,
    /// Set if the users in `additional_creators` of `m.room.create` are creators too. Since room version
    /// [12](https://spec.matrix.org/latest/rooms/v12/#authorisation-rules).
    pub additional_room_creators: bool,
    /// Set if the room ID is the ID of the `m.room.create` event with `!` in place of `$`. Since room version
    /// [12](https://spec.matrix.org/latest/rooms/v12/#authorisation-rules).
    pub room_create_event_id_as_room_id: bool,
}

/// The keys that [redactions](https://spec.matrix.org/latest/client-server-api/#redactions) keep.
///
/// ```
/// use matrix_events::room_version_rules::RoomVersionRules;
///
/// let rules = RoomVersionRules::V11.redaction;
/// assert!(rules.keeps_event_key("sender"));
/// assert!(!rules.keeps_event_key("unsigned"));
/// assert!(rules.keeps_content_key("m.room.power_levels", "invite"));
/// assert!(!RoomVersionRules::V10.redaction.keeps_content_key("m.room.power_levels", "invite"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedactionRules {
    /// The members of an event that a redaction keeps. The member `content` is kept with the keys in `content_keys`. Room version
    /// [11](https://spec.matrix.org/latest/rooms/v11/#redactions) removed `origin`, `membership` and `prev_state`.
    pub event_keys: &'static [&'static str],
    /// The keys of the content that a redaction keeps, by event type. The content of other events is empty after a redaction.
    /// Changed in room versions [6](https://spec.matrix.org/latest/rooms/v6/#redactions),
    /// [8](https://spec.matrix.org/latest/rooms/v8/#redactions), [9](https://spec.matrix.org/latest/rooms/v9/#redactions) and
    /// [11](https://spec.matrix.org/latest/rooms/v11/#redactions).
    pub content_keys: &'static [(&'static str, ContentKeys)],
    /// Set if an `m.room.redaction` event names the redacted event in `redacts` of its content. In older versions, `redacts` is a
    /// member of the event. Since room version
    /// [11](https://spec.matrix.org/latest/rooms/v11/#moving-the-redacts-property-of-mroomredaction-events-to-a-content-property).
    pub content_field_redacts: bool,
}

/// The keys of the content of an event type that a redaction keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContentKeys {
    /// All keys.
    All,
    /// The paths of the keys. The path `["third_party_invite", "signed"]` keeps only the key `signed` of the object in
    /// `third_party_invite`.
    Paths(&'static [&'static [&'static str]]),
}

impl RedactionRules {
    /// Returns `true` if a redaction keeps a member of an event.
    #[must_use]
    #[inline]
    pub fn keeps_event_key(&self, key: &str) -> bool {
        self.event_keys.contains(&key)
    }

    /// Returns `true` if a redaction keeps a key of the content of an event type, or a part of the object in this key.
    #[must_use]
    #[inline]
    pub fn keeps_content_key(&self, event_type: &str, key: &str) -> bool {
        match self.content_keys_of(event_type) {
            ContentKeys::All => true,
            ContentKeys::Paths(paths) => paths.iter().any(|path| path.first() == Some(&key)),
        }
    }

    /// Returns the keys of the content of an event type that a redaction keeps.
    #[must_use]
    #[inline]
    pub fn content_keys_of(&self, event_type: &str) -> ContentKeys {
        let known = self.content_keys.iter().find(|(known, _)| *known == event_type);
        known.map_or(ContentKeys::Paths(&[]), |(_, keys)| *keys)
    }
}

/// The differences in the
/// [signatures](https://spec.matrix.org/latest/server-server-api/#validating-hashes-and-signatures-on-received-events) that an
/// event requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignaturesRules {
    /// Set if an event requires a signature of the server in its event ID. Room versions 1 and 2, see
    /// [room version 3](https://spec.matrix.org/latest/rooms/v3/#authorisation-rules).
    pub check_event_id_server: bool,
    /// Set if an `m.room.member` event with `join_authorised_via_users_server` requires a signature of the server of this user.
    /// Since room version [8](https://spec.matrix.org/latest/rooms/v8/#authorisation-rules).
    pub check_join_authorised_via_users_server: bool,
}

/// The differences in the [format of PDUs](https://spec.matrix.org/latest/server-server-api/#pdus).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventFormatRules {
    /// Set if a PDU has the member `event_id`. Room versions [1](https://spec.matrix.org/latest/rooms/v1/#event-format) and 2.
    pub require_event_id: bool,
    /// Set if an `m.room.create` event has the member `room_id`. Room versions 1 to 11, see
    /// [room version 12](https://spec.matrix.org/latest/rooms/v12/#authorisation-rules).
    pub require_room_create_room_id: bool,
    /// Set if `auth_events` refers to the `m.room.create` event. Room versions 1 to 11, see
    /// [room version 12](https://spec.matrix.org/latest/rooms/v12/#authorisation-rules).
    pub allow_room_create_in_auth_events: bool,
    /// The maximum of the member `depth`, which changed in room version
    /// [6](https://spec.matrix.org/latest/rooms/v6/#event-format).
    pub max_depth: i64,
}

impl RoomVersionId {
    /// Returns the rules of the room version, or `None` if the specification does not list the room version.
    ///
    /// ```
    /// use matrix_events::RoomVersionId;
    ///
    /// let rules = RoomVersionId::new("12").rules().expect("a room version of the specification");
    /// assert!(rules.authorization.explicitly_privilege_room_creators);
    /// assert!(RoomVersionId::new("org.example.2-beta").rules().is_none());
    /// ```
    #[must_use]
    #[inline]
    pub fn rules(&self) -> Option<&'static RoomVersionRules> {
        RoomVersionRules::ALL.iter().find(|(version, _)| self.as_str() == *version).map(|(_, rules)| rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_versions_have_rules() {
        let versions = RoomVersionRules::ALL.iter().map(|(version, _)| *version);
        assert_eq!(versions.clone().count(), 12);
        for version in versions.chain(["13", "org.example"]) {
            let id = RoomVersionId::new(version);
            assert_eq!(id.rules().is_some(), id.is_known(), "{version}");
        }
        assert_eq!(RoomVersionId::new(RoomVersionId::V11).rules(), Some(&RoomVersionRules::V11));
    }
}
