//! A push rule with its kind.

use std::ops::Deref;

use super::{FlattenedJson, PredefinedRuleId, PushConditionRoomCtx, PushRule, RuleKind};

/// A [`PushRule`] of a rule set with its kind.
///
/// The type dereferences to the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnyPushRuleRef<'r> {
    kind: RuleKind,
    rule: &'r PushRule,
}

impl<'r> AnyPushRuleRef<'r> {
    /// Creates a reference to a rule of a kind.
    #[inline]
    pub fn new(kind: RuleKind, rule: &'r PushRule) -> Self {
        Self { kind, rule }
    }

    /// Returns the kind of the rule.
    #[inline]
    pub fn kind(self) -> RuleKind {
        self.kind
    }

    /// Returns the rule.
    #[inline]
    pub fn rule(self) -> &'r PushRule {
        self.rule
    }

    /// Returns `true` if the rule is enabled and [matches](https://spec.matrix.org/latest/client-server-api/#push-rules) an event.
    ///
    /// No rule applies to an event that the user sent.
    ///
    /// ```
    /// use matrix_events::push::{AnyPushRuleRef, FlattenedJson, PushConditionRoomCtx, PushRule, RuleKind};
    ///
    /// let event = FlattenedJson::from_json(r#"{"sender": "@mira:example.org", "content": {"body": "Cakes!"}}"#)?;
    /// let context = PushConditionRoomCtx::new("!garden:example.org", 12, "@lev:example.org", "Lev");
    /// let applies = |pattern: &str| {
    ///     let rule = PushRule::patterned("cake", pattern, vec![]);
    ///     AnyPushRuleRef::new(RuleKind::Content, &rule).applies(&event, &context)
    /// };
    /// assert!(applies("cake*"));
    /// assert!(!applies("cake"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    pub fn applies(self, event: &FlattenedJson, context: &PushConditionRoomCtx) -> bool {
        if event.is_from(context.user_id.as_str()) || !self.rule.is_enabled() || self.is_replaced(event) {
            return false;
        }
        match self.kind {
            RuleKind::Override | RuleKind::Underride => self.rule.conditions_apply(event, context),
            RuleKind::Content => self.rule.pattern_matches(event, context),
            RuleKind::Room => context.room_id.as_str() == self.rule.rule_id,
            RuleKind::Sender => event.is_from(&self.rule.rule_id),
        }
    }

    /// Returns `true` if the rule searches the body for mentions, and the event states its mentions.
    #[inline]
    fn is_replaced(self, event: &FlattenedJson) -> bool {
        let predefined = PredefinedRuleId::parse(&self.rule.rule_id);
        predefined.is_some_and(PredefinedRuleId::is_replaced_by_mentions) && event.contains_mentions()
    }
}

impl Deref for AnyPushRuleRef<'_> {
    type Target = PushRule;

    #[inline]
    fn deref(&self) -> &PushRule {
        self.rule
    }
}
