//! The errors of changes to push rules.

use std::error::Error;
use std::fmt;

/// An error of [`PushRuleset::insert`](super::PushRuleset::insert) and [`PushRuleset::move_rule`](super::PushRuleset::move_rule).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InsertPushRuleError {
    /// The rule ID starts with a dot, so the rule is a server-default rule.
    ServerDefaultRuleId,
    /// The rule ID contains a slash or a backslash.
    InvalidRuleId,
    /// The rule is a `content` rule without a pattern.
    MissingPattern,
    /// The rule at `before` or `after` is a server-default rule.
    RelativeToServerDefaultRule,
    /// The rule at `before` or `after`, or the rule to move, does not exist.
    UnknownRuleId,
}

impl fmt::Display for InsertPushRuleError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ServerDefaultRuleId => "invalid rule ID: IDs of server-default rules start with a dot",
            Self::InvalidRuleId => "invalid rule ID: expected an ID without slashes and backslashes",
            Self::MissingPattern => "invalid rule: a `content` rule requires a pattern",
            Self::RelativeToServerDefaultRule => "invalid position: the rule at this position is a server-default rule",
            Self::UnknownRuleId => "failed to find the rule with this ID",
        })
    }
}

impl Error for InsertPushRuleError {}

/// An error of [`PushRuleset::remove`](super::PushRuleset::remove).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RemovePushRuleError {
    /// The rule is a server-default rule. Server-default rules can be disabled.
    ServerDefault,
    /// The rule does not exist.
    NotFound,
}

impl fmt::Display for RemovePushRuleError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ServerDefault => f.write_str("failed to remove the rule: the rule is a server-default rule"),
            Self::NotFound => RuleNotFoundError.fmt(f),
        }
    }
}

impl Error for RemovePushRuleError {}

/// The error for a rule that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RuleNotFoundError;

impl fmt::Display for RuleNotFoundError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failed to find the rule with this ID")
    }
}

impl Error for RuleNotFoundError {}
