//! The predefined push rules.

use std::fmt;

use super::{PushCondition, PushConditionValue, PushRuleset, RuleKind};
use crate::__private::from_str;

/// The predefined rules of v1.19 as a rule set, with [`USER_ID`] in place of the ID of the user.
const SERVER_DEFAULT: &str = include_str!("server_default.json");

/// The text in place of the ID of the user.
const USER_ID: &str = "<user ID>";

/// Defines the enum of the rules, with a row for each rule.
macro_rules! predefined {
    ($($(#[$meta:meta])* $variant:ident = $kind:ident $id:literal,)*) => {
        /// A [predefined rule](https://spec.matrix.org/latest/client-server-api/#predefined-rules), by its ID.
        ///
        /// ```
        /// use matrix_events::push::{PredefinedRuleId, PushRuleset};
        ///
        /// let rules = PushRuleset::server_default("@lev:example.org");
        /// let master = PredefinedRuleId::Master;
        /// assert_eq!(master.as_str(), ".m.rule.master");
        /// assert!(rules.get(master.kind(), master.as_str()).is_some_and(|rule| !rule.is_enabled()));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum PredefinedRuleId {
            $($(#[$meta])* #[doc = ""] #[doc = concat!("The ID is `", $id, "`.")] $variant,)*
        }

        impl PredefinedRuleId {
            /// The rules, with those of earlier releases.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the ID.
            #[inline]
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }

            /// Returns the kind of the rule.
            #[inline]
            #[must_use]
            pub const fn kind(self) -> RuleKind {
                match self {
                    $(Self::$variant => RuleKind::$kind,)*
                }
            }
        }
    };
}

predefined! {
    /// Disables all notifications. The rule is checked before all others, and is disabled by default.
    Master = Override ".m.rule.master",
    /// Messages of the type `m.notice` do not notify.
    SuppressNotices = Override ".m.rule.suppress_notices",
    /// Invites of the user notify.
    InviteForMe = Override ".m.rule.invite_for_me",
    /// Other changes of members do not notify.
    MemberEvent = Override ".m.rule.member_event",
    /// Events that mention the user notify. Since v1.7.
    IsUserMention = Override ".m.rule.is_user_mention",
    /// Messages with the display name of the user notify, unless they have `m.mentions`. Removed in v1.17.
    ContainsDisplayName = Override ".m.rule.contains_display_name",
    /// Events that mention the room notify, if the sender has the power level. Since v1.7.
    IsRoomMention = Override ".m.rule.is_room_mention",
    /// Messages with `@room` notify, unless they have `m.mentions`. Removed in v1.17.
    RoomNotif = Override ".m.rule.roomnotif",
    /// The upgrade of a room notifies.
    Tombstone = Override ".m.rule.tombstone",
    /// Reactions do not notify. Since v1.7.
    Reaction = Override ".m.rule.reaction",
    /// Server access control lists do not notify. Since v1.4.
    RoomServerAcl = Override ".m.rule.room.server_acl",
    /// Edits do not notify. Since v1.9.
    SuppressEdits = Override ".m.rule.suppress_edits",
    /// Messages with the localpart of the user ID notify, unless they have `m.mentions`. Removed in v1.17.
    ContainsUserName = Content ".m.rule.contains_user_name",
    /// Invites to a call notify, with the sound `ring`.
    Call = Underride ".m.rule.call",
    /// Encrypted events notify in rooms with two members, with a sound.
    EncryptedRoomOneToOne = Underride ".m.rule.encrypted_room_one_to_one",
    /// Messages notify in rooms with two members, with a sound.
    RoomOneToOne = Underride ".m.rule.room_one_to_one",
    /// Messages notify.
    Message = Underride ".m.rule.message",
    /// Encrypted events notify.
    Encrypted = Underride ".m.rule.encrypted",
}

impl PredefinedRuleId {
    /// Returns the rule with an ID. Returns `None` for any other text.
    ///
    /// ```
    /// use matrix_events::push::PredefinedRuleId;
    ///
    /// assert_eq!(PredefinedRuleId::parse(".m.rule.reaction"), Some(PredefinedRuleId::Reaction));
    /// assert_eq!(PredefinedRuleId::parse("reaction"), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.as_str() == id)
    }

    /// Returns `true` if the rule does not apply to events with `m.mentions`.
    ///
    /// These are the rules that search the body for mentions. Clients and servers before v1.17 have
    /// [them](https://spec.matrix.org/v1.16/client-server-api/#default-override-rules).
    #[inline]
    #[must_use]
    pub const fn is_replaced_by_mentions(self) -> bool {
        matches!(self, Self::ContainsDisplayName | Self::RoomNotif | Self::ContainsUserName)
    }
}

impl fmt::Display for PredefinedRuleId {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Returns the predefined rules for a user.
#[inline]
pub(crate) fn server_default(user_id: &str) -> PushRuleset {
    // A test deserializes the text.
    let mut rules: PushRuleset = from_str(SERVER_DEFAULT).unwrap_or_default();
    let lists = [&mut rules.r#override, &mut rules.underride];
    let conditions = lists.into_iter().flatten().flatten().flat_map(|rule| rule.conditions.iter_mut().flatten());
    conditions.for_each(|condition| set_user_id(condition, user_id));
    rules
}

/// Replaces [`USER_ID`] in a condition.
#[inline]
fn set_user_id(condition: &mut PushCondition, user_id: &str) {
    if condition.pattern.as_deref() == Some(USER_ID) {
        condition.pattern = Some(user_id.to_owned());
    }
    if matches!(&condition.value, Some(PushConditionValue::String(value)) if value == USER_ID) {
        condition.value = Some(PushConditionValue::String(user_id.to_owned()));
    }
}
