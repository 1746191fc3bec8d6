//! The evaluation of push rules.

use serde_json::Value;

use crate::__private::{contains_words, glob_matches_ignoring_case, glob_matches_words};
use crate::ext::{Tweak, TypedPushCondition};
use crate::push::{
    Action, AnyPushRuleRef, FlattenedJson, PredefinedRuleId, PushCondition, PushConditionRoomCtx, PushConditionValue,
    PushRule, PushRuleset, RuleKind,
};

/// The path of the room ID.
const ROOM_ID: &str = "room_id";

/// The path of the text of a message, which patterns match between word boundaries.
const BODY: &str = "content.body";

/// The member of a rule with its conditions.
const CONDITIONS: &str = "conditions";

/// The largest integer of canonical JSON.
const MAX_INTEGER: u64 = (1 << 53) - 1;

impl PushRuleset {
    /// Returns the first rule that applies to an event.
    ///
    /// The kinds of rules are checked in the order of [`RuleKind::ALL`], and the rules of a kind in the order of the list. Returns
    /// `None` if no rule applies, or if the user sent the event.
    ///
    /// [Specification](https://spec.matrix.org/latest/client-server-api/#push-rules)
    ///
    /// ```
    /// use matrix_events::push::{FlattenedJson, PushConditionRoomCtx, PushRuleset, RuleKind};
    ///
    /// let rules = PushRuleset::server_default("@lev:example.org");
    /// let context = PushConditionRoomCtx::new("!garden:example.org", 2, "@lev:example.org", "Lev");
    /// let event = FlattenedJson::from_json(r#"{"type": "m.room.message", "sender": "@mira:example.org"}"#)?;
    /// let rule = rules.get_match(&event, &context).expect("a rule applies");
    /// assert_eq!((rule.kind(), rule.rule_id.as_str()), (RuleKind::Underride, ".m.rule.room_one_to_one"));
    ///
    /// let own = FlattenedJson::from_json(r#"{"type": "m.room.message", "sender": "@lev:example.org"}"#)?;
    /// assert_eq!(rules.get_match(&own, &context), None);
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    pub fn get_match(&self, event: &FlattenedJson, context: &PushConditionRoomCtx) -> Option<AnyPushRuleRef<'_>> {
        if event.is_from(context.user_id.as_str()) {
            return None;
        }
        self.iter().find(|rule| rule.applies(event, context))
    }

    /// Returns the actions of the first rule that applies to an event, or an empty list.
    ///
    /// The actions `dont_notify` and `coalesce` of older rules are left out, because they have no effect.
    ///
    /// [Specification](https://spec.matrix.org/latest/client-server-api/#actions)
    ///
    /// ```
    /// use matrix_events::push::{Action, FlattenedJson, PushConditionRoomCtx, PushRuleset};
    ///
    /// let rules = PushRuleset::server_default("@lev:example.org");
    /// let context = PushConditionRoomCtx::new("!garden:example.org", 12, "@lev:example.org", "Lev");
    /// let event = FlattenedJson::from_json(r#"{"type": "m.room.message", "sender": "@mira:example.org"}"#)?;
    /// assert_eq!(rules.get_actions(&event, &context), [&Action::notify()]);
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    pub fn get_actions(&self, event: &FlattenedJson, context: &PushConditionRoomCtx) -> Vec<&Action> {
        let matched = self.get_match(event, context);
        matched.into_iter().flat_map(|matched| matched.rule().effective_actions()).collect()
    }

    /// Iterates over the rules, in the order in which they are checked.
    ///
    /// ```
    /// use matrix_events::push::PushRuleset;
    ///
    /// let rules = PushRuleset::server_default("@lev:example.org");
    /// let first = rules.iter().next().expect("a rule");
    /// assert_eq!(first.rule_id, ".m.rule.master");
    /// ```
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = AnyPushRuleRef<'_>> {
        let of_kind = |kind| self.rules(kind).iter().map(move |rule| AnyPushRuleRef::new(kind, rule));
        RuleKind::ALL.into_iter().flat_map(of_kind)
    }
}

impl PushRule {
    /// Returns `true` if the rule is enabled.
    ///
    /// Some existing rules have no `enabled`. They are enabled, except for `.m.rule.master`, which is disabled by default.
    #[inline]
    pub fn is_enabled(&self) -> bool {
        self.enabled.unwrap_or_else(|| self.rule_id != PredefinedRuleId::Master.as_str())
    }

    /// Returns `true` if the rule is a server-default rule.
    ///
    /// Without `default`, these are the rules whose ID starts with a dot.
    #[inline]
    pub fn is_server_default(&self) -> bool {
        self.default.unwrap_or_else(|| self.rule_id.starts_with('.'))
    }

    /// Iterates over the actions, without `dont_notify` and `coalesce`.
    ///
    /// Older releases of the specification had these
    /// [actions](https://spec.matrix.org/latest/client-server-api/#historical-actions). They have no effect.
    ///
    /// ```
    /// use matrix_events::push::{Action, PushRule};
    ///
    /// let rule = PushRule::simple("@spam:example.org", vec![Action::String("dont_notify".to_owned())]);
    /// assert_eq!(rule.effective_actions().count(), 0);
    /// ```
    #[inline]
    pub fn effective_actions(&self) -> impl Iterator<Item = &Action> {
        let is_historical = |action: &&Action| matches!(action, Action::String(name) if matches!(name.as_str(), "dont_notify" | "coalesce"));
        self.actions.iter().filter(move |action| !is_historical(action))
    }

    /// Returns `true` if a matching event notifies the user.
    #[inline]
    pub fn triggers_notification(&self) -> bool {
        self.actions.iter().any(Action::is_notify)
    }

    /// Returns `true` if a client highlights a matching event.
    ///
    /// If several actions set the tweak `highlight`, the last one applies.
    #[inline]
    pub fn triggers_highlight(&self) -> bool {
        let highlight = self.actions.iter().rev().find_map(|action| match action.tweak() {
            Some(Tweak::Highlight(highlight)) => Some(highlight),
            _ => None,
        });
        highlight.unwrap_or(false)
    }

    /// Returns the name of the sound that a matching event plays, such as `default`.
    ///
    /// If several actions set the tweak `sound`, the last one applies.
    #[inline]
    pub fn triggers_sound(&self) -> Option<&str> {
        self.actions.iter().rev().find_map(Action::sound)
    }

    /// Returns `true` if an event meets all conditions. An invalid condition matches no event.
    #[inline]
    pub(crate) fn conditions_apply(&self, event: &FlattenedJson, context: &PushConditionRoomCtx) -> bool {
        let is_invalid = match &self.conditions {
            Some(_) => self.extra.unparsed(CONDITIONS).is_some(),
            None => self.extra.get(CONDITIONS).is_some_and(|value| !value.is_null()),
        };
        !is_invalid && self.conditions.iter().flatten().all(|condition| condition.applies(event, context))
    }

    /// Returns `true` if the pattern matches the text of a message.
    #[inline]
    pub(crate) fn pattern_matches(&self, event: &FlattenedJson, context: &PushConditionRoomCtx) -> bool {
        self.pattern.as_deref().is_some_and(|pattern| is_match(event, BODY, pattern, context))
    }
}

impl PushCondition {
    /// Returns `true` if an event meets the condition. A condition of an unknown kind, or without a required field, matches no
    /// event.
    ///
    /// [Specification](https://spec.matrix.org/latest/client-server-api/#conditions-1)
    ///
    /// ```
    /// use matrix_events::push::{FlattenedJson, PushCondition, PushConditionRoomCtx};
    ///
    /// let condition: PushCondition =
    ///     matrix_events::from_str(r#"{"kind": "event_match", "key": "content.topic", "pattern": "lunc?*"}"#)?;
    /// let context = PushConditionRoomCtx::new("!garden:example.org", 12, "@lev:example.org", "Lev");
    /// let applies = |json| FlattenedJson::from_json(json).map(|event| condition.applies(&event, &context));
    /// assert!(applies(r#"{"content": {"topic": "Lunch plans"}}"#)?);
    /// assert!(!applies(r#"{"content": {"topic": " lunch"}}"#)?);
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    pub fn applies(&self, event: &FlattenedJson, context: &PushConditionRoomCtx) -> bool {
        match self.typed() {
            TypedPushCondition::EventMatch { key, pattern } => is_match(event, key, pattern, context),
            TypedPushCondition::EventPropertyIs { key: ROOM_ID, value } => {
                matches!(value, PushConditionValue::String(room_id) if context.room_id.as_str() == room_id)
            }
            TypedPushCondition::EventPropertyIs { key, value } => {
                event.get(key).is_some_and(|found| is_equal(found, value))
            }
            TypedPushCondition::EventPropertyContains { key, value } => {
                let list = event.get(key).and_then(Value::as_array);
                list.is_some_and(|list| list.iter().any(|found| is_equal(found, value)))
            }
            TypedPushCondition::ContainsDisplayName => {
                let name = &context.user_display_name;
                !name.is_empty() && event.text(BODY).is_some_and(|body| contains_words(name, &body))
            }
            TypedPushCondition::RoomMemberCount(count) => count.matches(context.member_count),
            TypedPushCondition::SenderNotificationPermission { key } => {
                let levels = context.power_levels.as_ref().zip(event.sender());
                levels.is_some_and(|(levels, sender)| levels.has_sender_notification_permission(sender, key))
            }
            TypedPushCondition::Other(_) => false,
        }
    }
}

/// Returns `true` if the property at a path is a string that matches a glob pattern.
#[inline]
fn is_match(event: &FlattenedJson, path: &str, pattern: &str, context: &PushConditionRoomCtx) -> bool {
    match path {
        ROOM_ID => glob_matches_ignoring_case(pattern, context.room_id.as_str()),
        BODY => event.text(path).is_some_and(|body| glob_matches_words(pattern, &body)),
        _ => event.text(path).is_some_and(|text| glob_matches_ignoring_case(pattern, &text)),
    }
}

/// Returns `true` if a value of an event is exactly the value of a condition. Integers outside of the range of canonical JSON
/// match nothing.
#[inline]
fn is_equal(found: &Value, expected: &PushConditionValue) -> bool {
    match expected {
        PushConditionValue::String(text) => found.as_str() == Some(text),
        PushConditionValue::Integer(integer) => {
            integer.unsigned_abs() <= MAX_INTEGER && found.as_i64() == Some(*integer)
        }
        PushConditionValue::Boolean(boolean) => found.as_bool() == Some(*boolean),
        PushConditionValue::Null => found.is_null(),
    }
}
