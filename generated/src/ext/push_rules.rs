//! Changes of push rules.

use crate::push::{
    Action, InsertPushRuleError, PredefinedRuleId, PushCondition, PushRule, PushRuleset, RemovePushRuleError, RuleKind,
    RuleNotFoundError,
};
use crate::push_rules::PushRulesEventContent;

impl PushRule {
    /// Creates an enabled rule of the user with conditions, of the kind `override` or `underride`.
    ///
    /// ```
    /// use matrix_events::push::{Action, PushRule};
    /// use matrix_events::TypedPushCondition;
    ///
    /// let is_create = TypedPushCondition::EventMatch { key: "type", pattern: "m.room.create" };
    /// let rule = PushRule::conditional("creation", vec![is_create.into()], vec![Action::notify()]);
    /// assert!(rule.is_enabled() && !rule.is_server_default());
    /// ```
    #[inline]
    pub fn conditional(rule_id: impl Into<String>, conditions: Vec<PushCondition>, actions: Vec<Action>) -> Self {
        Self { conditions: Some(conditions), ..Self::simple(rule_id, actions) }
    }

    /// Creates an enabled rule of the user with a glob pattern for the body of messages, of the kind `content`.
    #[inline]
    pub fn patterned(rule_id: impl Into<String>, pattern: impl Into<String>, actions: Vec<Action>) -> Self {
        Self { pattern: Some(pattern.into()), ..Self::simple(rule_id, actions) }
    }

    /// Creates an enabled rule of the user for a room or a sender.
    ///
    /// The rule ID is the room ID for a rule of the kind `room`, and the user ID for a rule of the kind `sender`.
    #[inline]
    pub fn simple(rule_id: impl Into<String>, actions: Vec<Action>) -> Self {
        Self::new(actions, false, true, rule_id)
    }
}

impl PushRuleset {
    /// Creates the [predefined rules](https://spec.matrix.org/v1.19/client-server-api/#predefined-rules) of v1.19 for a user.
    ///
    /// ```
    /// use matrix_events::push::PushRuleset;
    ///
    /// let rules = PushRuleset::server_default("@lev:example.org");
    /// assert_eq!(rules.iter().count(), 15);
    /// assert!(rules.iter().all(|rule| rule.is_server_default()));
    /// ```
    #[inline]
    pub fn server_default(user_id: &str) -> Self {
        crate::push::server_default(user_id)
    }

    /// Replaces the server-default rules with others, and keeps their `enabled` and `actions`.
    ///
    /// The rules of the user keep their order. They follow `.m.rule.master`, and the other server-default rules follow them.
    ///
    /// ```
    /// use matrix_events::push::{PushRuleset, RuleKind};
    ///
    /// let mut rules: PushRuleset = matrix_events::from_str(
    ///     r#"{"override": [{"rule_id": ".m.rule.reaction", "default": true, "enabled": false, "actions": []}]}"#,
    /// )?;
    /// rules.update_with_server_default(PushRuleset::server_default("@lev:example.org"));
    /// assert_eq!(rules.iter().count(), 15);
    /// assert!(!rules.get(RuleKind::Override, ".m.rule.reaction").expect("a rule").is_enabled());
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    pub fn update_with_server_default(&mut self, mut server_default: Self) {
        for kind in RuleKind::ALL {
            let old = self.list_mut(kind).take();
            let mut new = server_default.list_mut(kind).take().unwrap_or_default();
            if old.is_none() && new.is_empty() {
                continue;
            }
            let (old, mut rules): (Vec<_>, Vec<_>) = old.into_iter().flatten().partition(is_fixed);
            for rule in &mut new {
                if let Some(old) = old.iter().find(|old| old.rule_id == rule.rule_id) {
                    (rule.enabled, rule.actions) = (Some(old.is_enabled()), old.actions.clone());
                }
            }
            let (master, others): (Vec<_>, Vec<_>) = new.into_iter().partition(is_master);
            rules.splice(0..0, master);
            rules.extend(others);
            *self.list_mut(kind) = Some(rules);
        }
    }

    /// Returns the rules of a kind, in the order in which they are checked.
    #[inline]
    pub fn rules(&self, kind: RuleKind) -> &[PushRule] {
        let list = match kind {
            RuleKind::Override => &self.r#override,
            RuleKind::Content => &self.content,
            RuleKind::Room => &self.room,
            RuleKind::Sender => &self.sender,
            RuleKind::Underride => &self.underride,
        };
        list.as_deref().unwrap_or_default()
    }

    /// Returns the list with the rules of a kind, which is absent without rules.
    #[inline]
    fn list_mut(&mut self, kind: RuleKind) -> &mut Option<Vec<PushRule>> {
        match kind {
            RuleKind::Override => &mut self.r#override,
            RuleKind::Content => &mut self.content,
            RuleKind::Room => &mut self.room,
            RuleKind::Sender => &mut self.sender,
            RuleKind::Underride => &mut self.underride,
        }
    }

    /// Returns the rule of a kind with an ID.
    #[inline]
    pub fn get(&self, kind: RuleKind, rule_id: &str) -> Option<&PushRule> {
        self.rules(kind).iter().find(|rule| rule.rule_id == rule_id)
    }

    /// Inserts a rule of the user, or replaces the rule with the same kind and ID.
    ///
    /// `before` is the ID of the rule of the user that is checked immediately after the inserted rule. `after` is the ID of the
    /// rule of the user that is checked immediately before. If both are present, `before` applies. Without them, a new rule is
    /// checked before the other rules of the user, and a replaced rule keeps its position.
    ///
    /// A new rule is enabled. If a rule is replaced, `enabled` is unchanged.
    ///
    /// [Specification](https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3pushrulesglobalkindruleid)
    ///
    /// # Errors
    ///
    /// Returns an error in these cases, and the rules are then unchanged:
    ///
    /// - The rule ID starts with a dot or contains `/` or `\`.
    /// - A `content` rule has no pattern.
    /// - A rule at `before` or `after` does not exist or is a server-default rule.
    ///
    /// ```
    /// use matrix_events::push::{Action, InsertPushRuleError, PushRule, PushRuleset, RuleKind};
    ///
    /// let mut rules = PushRuleset::new();
    /// let tea = PushRule::patterned("tea", "tea", vec![Action::notify()]);
    /// rules.insert(RuleKind::Content, tea.clone(), None, None)?;
    /// let time = PushRule::patterned("time", "time", vec![]);
    /// rules.insert(RuleKind::Content, time, Some("tea"), None)?;
    /// let ids: Vec<&str> = rules.rules(RuleKind::Content).iter().map(|rule| rule.rule_id.as_str()).collect();
    /// assert_eq!(ids, ["tea", "time"]);
    ///
    /// let error = rules.insert(RuleKind::Content, tea, None, Some(".m.rule.contains_user_name"));
    /// assert_eq!(error, Err(InsertPushRuleError::RelativeToServerDefaultRule));
    /// # Ok::<(), InsertPushRuleError>(())
    /// ```
    #[inline]
    pub fn insert(
        &mut self,
        kind: RuleKind,
        rule: PushRule,
        after: Option<&str>,
        before: Option<&str>,
    ) -> Result<(), InsertPushRuleError> {
        check_rule_id(&rule.rule_id)?;
        if kind == RuleKind::Content && rule.pattern.is_none() {
            return Err(InsertPushRuleError::MissingPattern);
        }
        let position = Position::new(self.rules(kind), after, before)?.unwrap_or(Position::Unchanged);
        let enabled = self.get(kind, &rule.rule_id).is_none_or(PushRule::is_enabled);
        let rule = PushRule { default: Some(false), enabled: Some(enabled), ..rule };
        place(self.list_mut(kind).get_or_insert_with(Vec::new), rule, position);
        Ok(())
    }

    /// Moves a rule of the user. `after` and `before` are those of [`insert`](Self::insert). Without them, the rule is checked
    /// before the other rules of the user.
    ///
    /// # Errors
    ///
    /// Returns an error if the rule, or a rule at `before` or `after`, does not exist or is a server-default rule. The rules are
    /// then unchanged.
    ///
    /// ```
    /// use matrix_events::push::{InsertPushRuleError, PushRule, PushRuleset, RuleKind};
    ///
    /// let mut rules = PushRuleset::new();
    /// for room in ["!a:example.org", "!b:example.org"] {
    ///     rules.insert(RuleKind::Room, PushRule::simple(room, vec![]), None, None)?;
    /// }
    /// rules.move_rule(RuleKind::Room, "!a:example.org", None, None)?;
    /// assert_eq!(rules.rules(RuleKind::Room)[0].rule_id, "!a:example.org");
    /// # Ok::<(), InsertPushRuleError>(())
    /// ```
    #[inline]
    pub fn move_rule(
        &mut self,
        kind: RuleKind,
        rule_id: &str,
        after: Option<&str>,
        before: Option<&str>,
    ) -> Result<(), InsertPushRuleError> {
        let rule = self.get(kind, rule_id).ok_or(InsertPushRuleError::UnknownRuleId)?;
        if is_fixed(rule) {
            return Err(InsertPushRuleError::ServerDefaultRuleId);
        }
        let position = Position::new(self.rules(kind), after, before)?.unwrap_or(Position::First);
        let rule = rule.clone();
        place(self.list_mut(kind).get_or_insert_with(Vec::new), rule, position);
        Ok(())
    }

    /// Removes a rule of the user.
    ///
    /// [Specification](https://spec.matrix.org/latest/client-server-api/#delete_matrixclientv3pushrulesglobalkindruleid)
    ///
    /// # Errors
    ///
    /// Returns an error if the rule does not exist or is a server-default rule.
    #[inline]
    pub fn remove(&mut self, kind: RuleKind, rule_id: &str) -> Result<(), RemovePushRuleError> {
        if is_fixed(self.get(kind, rule_id).ok_or(RemovePushRuleError::NotFound)?) {
            return Err(RemovePushRuleError::ServerDefault);
        }
        self.list_mut(kind).iter_mut().for_each(|rules| rules.retain(|rule| rule.rule_id != rule_id));
        Ok(())
    }

    /// Enables or disables a rule.
    ///
    /// [Specification](https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3pushrulesglobalkindruleidenabled)
    ///
    /// # Errors
    ///
    /// Returns an error if the rule does not exist.
    #[inline]
    pub fn set_enabled(&mut self, kind: RuleKind, rule_id: &str, enabled: bool) -> Result<(), RuleNotFoundError> {
        self.change(kind, rule_id, |rule| rule.enabled = Some(enabled))
    }

    /// Replaces the actions of a rule, which can be a server-default rule.
    ///
    /// [Specification](https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3pushrulesglobalkindruleidactions)
    ///
    /// # Errors
    ///
    /// Returns an error if the rule does not exist.
    #[inline]
    pub fn set_actions(
        &mut self,
        kind: RuleKind,
        rule_id: &str,
        actions: Vec<Action>,
    ) -> Result<(), RuleNotFoundError> {
        self.change(kind, rule_id, |rule| rule.actions.clone_from(&actions))
    }

    /// Changes the rules with an ID. A valid rule set has at most one.
    #[inline]
    fn change(
        &mut self,
        kind: RuleKind,
        rule_id: &str,
        change: impl FnMut(&mut PushRule),
    ) -> Result<(), RuleNotFoundError> {
        self.get(kind, rule_id).ok_or(RuleNotFoundError)?;
        let rules = self.list_mut(kind).iter_mut().flatten();
        rules.filter(|rule| rule.rule_id == rule_id).for_each(change);
        Ok(())
    }
}

impl From<PushRuleset> for PushRulesEventContent {
    /// Creates the content with the rules for all devices of the user.
    #[inline]
    fn from(global: PushRuleset) -> Self {
        Self { global: Some(global), ..Self::new() }
    }
}

/// The position of a rule of the user in a list.
enum Position<'a> {
    /// The position of the rule that is replaced, or else the first position.
    Unchanged,
    /// Before all other rules of the user.
    First,
    /// Before the rule with an ID.
    Before(&'a str),
    /// After the rule with an ID.
    After(&'a str),
}

impl<'a> Position<'a> {
    /// Creates the position relative to other rules, which must be rules of the user.
    #[inline]
    fn new(
        rules: &[PushRule],
        after: Option<&'a str>,
        before: Option<&'a str>,
    ) -> Result<Option<Self>, InsertPushRuleError> {
        let find = |id: &str| rules.iter().find(|rule| rule.rule_id == id);
        let mut anchors = after.into_iter().chain(before);
        if anchors.clone().any(|id| id.starts_with('.') || find(id).is_some_and(is_fixed)) {
            return Err(InsertPushRuleError::RelativeToServerDefaultRule);
        }
        if anchors.any(|id| find(id).is_none()) {
            return Err(InsertPushRuleError::UnknownRuleId);
        }
        Ok(before.map(Self::Before).or_else(|| after.map(Self::After)))
    }
}

/// Removes the rule with the same ID, and inserts a rule.
#[inline]
fn place(rules: &mut Vec<PushRule>, rule: PushRule, position: Position<'_>) {
    let index_of = |rules: &[PushRule], id: &str| rules.iter().position(|rule| rule.rule_id == id);
    let previous = index_of(rules, &rule.rule_id);
    rules.retain(|other| other.rule_id != rule.rule_id);
    let index = match position {
        Position::First => None,
        Position::Unchanged => previous,
        Position::Before(id) => index_of(rules, id).or(previous),
        Position::After(id) => index_of(rules, id).map(|index| index + 1).or(previous),
    };
    let first = rules.iter().take_while(|rule| is_master(rule)).count();
    rules.insert(index.unwrap_or(first).min(rules.len()), rule);
}

#[inline]
fn check_rule_id(rule_id: &str) -> Result<(), InsertPushRuleError> {
    if rule_id.starts_with('.') {
        return Err(InsertPushRuleError::ServerDefaultRuleId);
    }
    if rule_id.contains(['/', '\\']) {
        return Err(InsertPushRuleError::InvalidRuleId);
    }
    Ok(())
}

/// Returns `true` if a rule cannot be moved or removed.
#[inline]
fn is_fixed(rule: &PushRule) -> bool {
    rule.is_server_default() || rule.rule_id.starts_with('.')
}

/// Returns `true` for the rule that is checked before all others.
#[inline]
fn is_master(rule: &PushRule) -> bool {
    rule.rule_id == PredefinedRuleId::Master.as_str()
}
