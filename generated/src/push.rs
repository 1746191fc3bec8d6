//! Push rules, which decide how an event notifies the user.
//!
//! A [`PushRuleset`] contains the rules of each kind. A [`PushRule`] has conditions and [actions](Action). The account data
//! event [`m.push_rules`](crate::push_rules) contains the rules of the user, and the endpoints for push rules return them
//! too.
//!
//! # Evaluation
//!
//! [`PushRuleset::get_actions`] returns the actions of the first rule that applies to an event. The event is a
//! [`FlattenedJson`], which a program creates once for all users and rules. [`PushConditionRoomCtx`] contains the facts that are
//! not in the event. Evaluate an encrypted event after decrypting it.
//!
//! ```
//! use matrix_events::push::{FlattenedJson, PushConditionPowerLevelsCtx, PushConditionRoomCtx, PushRuleset};
//! use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
//! use matrix_events::AnySyncTimelineEvent;
//!
//! let rules = PushRuleset::server_default("@lev:example.org");
//! let mut context = PushConditionRoomCtx::new("!garden:example.org", 12, "@lev:example.org", "Lev");
//! context.power_levels = Some(RoomPowerLevelsEventContent::new().into());
//!
//! let event: AnySyncTimelineEvent = matrix_events::from_str(
//!     r#"{"type": "m.room.message", "sender": "@mira:example.org", "content": {
//!         "msgtype": "m.text", "body": "Lev, look!", "m.mentions": {"user_ids": ["@lev:example.org"]}}}"#,
//! )?;
//! let event = FlattenedJson::from_event(&event)?;
//! let rule = rules.get_match(&event, &context).expect("a rule applies");
//! assert_eq!(rule.rule_id, ".m.rule.is_user_mention");
//! assert!(rule.triggers_notification() && rule.triggers_highlight());
//! assert_eq!(rule.triggers_sound(), Some("default"));
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! # Changes
//!
//! [`PushRuleset::server_default`] returns the predefined rules. [`insert`](PushRuleset::insert), [`move_rule`](PushRuleset::move_rule),
//! [`remove`](PushRuleset::remove), [`set_enabled`](PushRuleset::set_enabled) and [`set_actions`](PushRuleset::set_actions) change a
//! rule set as the endpoints of a homeserver do.
//!
//! ```
//! use matrix_events::push::{Action, PushRule, PushRuleset, RuleKind};
//!
//! let mut rules = PushRuleset::server_default("@lev:example.org");
//! rules.insert(RuleKind::Content, PushRule::patterned("cake", "cake*", vec![Action::notify()]), None, None)?;
//! rules.set_enabled(RuleKind::Override, ".m.rule.suppress_notices", false)?;
//! assert!(rules.remove(RuleKind::Override, ".m.rule.suppress_notices").is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod context;
mod error;
mod event;
mod kind;
mod matched;
mod predefined;

pub use context::{PushConditionPowerLevelsCtx, PushConditionRoomCtx};
pub use error::{InsertPushRuleError, RemovePushRuleError, RuleNotFoundError};
pub use event::FlattenedJson;
pub use kind::RuleKind;
pub use matched::AnyPushRuleRef;
pub(crate) use predefined::server_default;
pub use predefined::PredefinedRuleId;

// The emitted module, with the types of the JSON.
pub use crate::events::push::*;
