//! The rooms whose members can join a room.

use crate::room::join_rules::{AllowCondition, AllowConditionType, JoinRule, RoomJoinRulesEventContent};
use crate::RoomId;

impl AllowCondition {
    /// Creates the condition that a user is joined to a room. Since v1.2.
    ///
    /// ```
    /// use matrix_events::room::join_rules::AllowCondition;
    ///
    /// let json = matrix_events::to_string(&AllowCondition::room_membership("!space:example.org"));
    /// assert_eq!(json, r#"{"type":"m.room_membership","room_id":"!space:example.org"}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn room_membership(room_id: impl Into<RoomId>) -> Self {
        Self { room_id: Some(room_id.into()), ..Self::new() }
    }
}

impl JoinRule {
    /// Returns `true` if users can join who meet a condition in `allow`: for
    /// [`restricted` and `knock_restricted`](https://spec.matrix.org/latest/client-server-api/#restricted-rooms).
    ///
    /// ```
    /// use matrix_events::room::join_rules::JoinRule;
    ///
    /// assert!(JoinRule::KnockRestricted.has_conditions() && !JoinRule::Knock.has_conditions());
    /// ```
    #[inline]
    #[must_use]
    pub fn has_conditions(&self) -> bool {
        matches!(self, Self::Restricted | Self::KnockRestricted)
    }

    /// Returns `true` if users can [knock](https://spec.matrix.org/latest/client-server-api/#knocking-on-rooms): for `knock` and
    /// `knock_restricted`.
    ///
    /// ```
    /// use matrix_events::room::join_rules::JoinRule;
    ///
    /// assert!(JoinRule::KnockRestricted.allows_knocking() && !JoinRule::Restricted.allows_knocking());
    /// ```
    #[inline]
    #[must_use]
    pub fn allows_knocking(&self) -> bool {
        matches!(self, Self::Knock | Self::KnockRestricted)
    }
}

impl RoomJoinRulesEventContent {
    /// Creates the content for a room that users can join if they meet one of the conditions, or if they are invited.
    ///
    /// The room version must support the rule, which was added in room version 8. Since v1.2.
    ///
    /// ```
    /// use matrix_events::room::join_rules::{AllowCondition, RoomJoinRulesEventContent};
    ///
    /// let rules = RoomJoinRulesEventContent::restricted(vec![AllowCondition::room_membership("!space:example.org")]);
    /// assert_eq!(rules.allowed_rooms().collect::<Vec<_>>(), ["!space:example.org"]);
    /// ```
    #[inline]
    #[must_use]
    pub fn restricted(allow: Vec<AllowCondition>) -> Self {
        Self { allow: Some(allow), ..Self::new(JoinRule::Restricted) }
    }

    /// Creates the content for a room like [`restricted`](Self::restricted), in which other users can knock.
    ///
    /// The room version must support the rule, which was added in room version 10. Since v1.3.
    ///
    /// ```
    /// use matrix_events::room::join_rules::{AllowCondition, RoomJoinRulesEventContent};
    ///
    /// let rules = RoomJoinRulesEventContent::knock_restricted(vec![AllowCondition::room_membership("!space:example.org")]);
    /// assert!(rules.join_rule.allows_knocking() && rules.join_rule.has_conditions());
    /// ```
    #[inline]
    #[must_use]
    pub fn knock_restricted(allow: Vec<AllowCondition>) -> Self {
        Self { allow: Some(allow), ..Self::new(JoinRule::KnockRestricted) }
    }

    /// Iterates over the rooms whose members can join this room, by the
    /// [conditions in `allow`](https://spec.matrix.org/latest/client-server-api/#restricted-rooms).
    ///
    /// A room in several conditions is returned several times. There are no such rooms unless the rule is `restricted` or
    /// `knock_restricted`. Conditions of unknown types, and conditions without a room, have no effect.
    ///
    /// ```
    /// use matrix_events::room::join_rules::RoomJoinRulesEventContent;
    ///
    /// let rules: RoomJoinRulesEventContent = serde_json::from_str(
    ///     r#"{"join_rule": "restricted", "allow": [
    ///         {"type": "m.room_membership", "room_id": "!space:example.org"}, {"type": "org.example.age"}
    ///     ]}"#,
    /// )?;
    /// assert_eq!(rules.allowed_rooms().collect::<Vec<_>>(), ["!space:example.org"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn allowed_rooms(&self) -> impl Iterator<Item = &RoomId> {
        let conditions = self.allow.as_deref().filter(|_| self.join_rule.has_conditions()).unwrap_or_default();
        let is_membership = |condition: &&AllowCondition| condition.r#type == AllowConditionType::RoomMembership;
        conditions.iter().filter(is_membership).filter_map(|condition| condition.room_id.as_ref())
    }
}
