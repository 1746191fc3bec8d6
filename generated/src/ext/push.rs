//! The conditions and actions of push rules.

use std::fmt;

use serde_json::Value;

use crate::__private::JsonObject;
use crate::push::{Action, PushCondition, PushConditionKind, PushConditionValue};

/// The action that notifies the user.
const NOTIFY: &str = "notify";

/// The member with the name of a tweak.
const SET_TWEAK: &str = "set_tweak";

/// The member with the value of a tweak.
const VALUE: &str = "value";

/// A [`PushCondition`] with the fields that its kind requires, from [`PushCondition::typed`].
///
/// [Specification](https://spec.matrix.org/latest/client-server-api/#conditions-1)
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TypedPushCondition<'c> {
    /// The string at a path of the event matches a glob pattern.
    EventMatch {
        /// The path, with dots as separators.
        key: &'c str,
        /// The glob pattern.
        pattern: &'c str,
    },
    /// The value at a path of the event equals a value.
    EventPropertyIs {
        /// The path, with dots as separators.
        key: &'c str,
        /// The value.
        value: &'c PushConditionValue,
    },
    /// The list at a path of the event contains a value.
    EventPropertyContains {
        /// The path, with dots as separators.
        key: &'c str,
        /// The value.
        value: &'c PushConditionValue,
    },
    /// The message contains the display name of the user.
    ContainsDisplayName,
    /// The number of members in the room meets a comparison.
    RoomMemberCount(RoomMemberCount),
    /// The sender has the power level for a notification type.
    SenderNotificationPermission {
        /// The key of `notifications` in `m.room.power_levels`.
        key: &'c str,
    },
    /// A condition of another kind, or without a field that its kind requires. It matches no event.
    Other(&'c PushCondition),
}

impl PushCondition {
    /// Returns the condition with the fields that its kind requires.
    ///
    /// ```
    /// use matrix_events::push::PushCondition;
    /// use matrix_events::TypedPushCondition;
    ///
    /// let json = r#"{"kind": "event_match", "key": "content.body", "pattern": "seed*"}"#;
    /// let condition: PushCondition = serde_json::from_str(json)?;
    /// assert_eq!(condition.typed(), TypedPushCondition::EventMatch { key: "content.body", pattern: "seed*" });
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn typed(&self) -> TypedPushCondition<'_> {
        self.of_kind().unwrap_or(TypedPushCondition::Other(self))
    }

    /// Returns the condition if it has the fields that its kind requires.
    fn of_kind(&self) -> Option<TypedPushCondition<'_>> {
        let key = self.key.as_deref();
        Some(match &self.kind {
            PushConditionKind::EventMatch => {
                TypedPushCondition::EventMatch { key: key?, pattern: self.pattern.as_deref()? }
            }
            PushConditionKind::EventPropertyIs => {
                TypedPushCondition::EventPropertyIs { key: key?, value: self.value.as_ref()? }
            }
            PushConditionKind::EventPropertyContains => {
                TypedPushCondition::EventPropertyContains { key: key?, value: self.value.as_ref()? }
            }
            PushConditionKind::ContainsDisplayName => TypedPushCondition::ContainsDisplayName,
            PushConditionKind::RoomMemberCount => {
                TypedPushCondition::RoomMemberCount(RoomMemberCount::parse(self.is.as_deref()?)?)
            }
            PushConditionKind::SenderNotificationPermission => {
                TypedPushCondition::SenderNotificationPermission { key: key? }
            }
            PushConditionKind::Unknown(_) => return None,
        })
    }
}

impl From<TypedPushCondition<'_>> for PushCondition {
    /// Creates the condition with the fields of its kind.
    fn from(typed: TypedPushCondition<'_>) -> Self {
        let of_kind = |kind| Self::new(kind);
        match typed {
            TypedPushCondition::EventMatch { key, pattern } => Self {
                key: Some(key.to_owned()),
                pattern: Some(pattern.to_owned()),
                ..of_kind(PushConditionKind::EventMatch)
            },
            TypedPushCondition::EventPropertyIs { key, value } => Self {
                key: Some(key.to_owned()),
                value: Some(value.clone()),
                ..of_kind(PushConditionKind::EventPropertyIs)
            },
            TypedPushCondition::EventPropertyContains { key, value } => Self {
                key: Some(key.to_owned()),
                value: Some(value.clone()),
                ..of_kind(PushConditionKind::EventPropertyContains)
            },
            TypedPushCondition::ContainsDisplayName => of_kind(PushConditionKind::ContainsDisplayName),
            TypedPushCondition::RoomMemberCount(count) => {
                Self { is: Some(count.to_string()), ..of_kind(PushConditionKind::RoomMemberCount) }
            }
            TypedPushCondition::SenderNotificationPermission { key } => {
                Self { key: Some(key.to_owned()), ..of_kind(PushConditionKind::SenderNotificationPermission) }
            }
            TypedPushCondition::Other(condition) => condition.clone(),
        }
    }
}

/// A comparison with the number of members in a room: the field `is` of a [`PushCondition`].
///
/// ```
/// use matrix_events::RoomMemberCount;
///
/// let count = RoomMemberCount::parse(">=10").expect("a comparison");
/// assert!(count.matches(10) && !count.matches(9));
/// assert_eq!(count.to_string(), ">=10");
/// assert_eq!(RoomMemberCount::parse("=>10"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RoomMemberCount {
    /// Exactly this number, `2` or `==2`.
    Equal(u64),
    /// Fewer than this number, `<2`.
    Less(u64),
    /// More than this number, `>2`.
    Greater(u64),
    /// At most this number, `<=2`.
    AtMost(u64),
    /// At least this number, `>=2`.
    AtLeast(u64),
}

impl RoomMemberCount {
    /// Parses an integer after an optional operator. Returns `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let split = |operator| text.strip_prefix(operator).map(|count| (operator, count));
        let (operator, count) = ["==", "<=", ">=", "<", ">"].into_iter().find_map(split).unwrap_or(("", text));
        let is_integer = count.bytes().all(|byte| byte.is_ascii_digit());
        let count = count.parse().ok().filter(|_| is_integer)?;
        Some(match operator {
            "<=" => Self::AtMost(count),
            ">=" => Self::AtLeast(count),
            "<" => Self::Less(count),
            ">" => Self::Greater(count),
            _ => Self::Equal(count),
        })
    }

    /// Returns `true` if a room with this number of members meets the comparison.
    #[must_use]
    pub fn matches(self, members: u64) -> bool {
        match self {
            Self::Equal(count) => members == count,
            Self::Less(count) => members < count,
            Self::Greater(count) => members > count,
            Self::AtMost(count) => members <= count,
            Self::AtLeast(count) => members >= count,
        }
    }
}

impl fmt::Display for RoomMemberCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(count) => write!(f, "{count}"),
            Self::Less(count) => write!(f, "<{count}"),
            Self::Greater(count) => write!(f, ">{count}"),
            Self::AtMost(count) => write!(f, "<={count}"),
            Self::AtLeast(count) => write!(f, ">={count}"),
        }
    }
}

/// A [tweak](https://spec.matrix.org/latest/client-server-api/#actions), which changes how an event notifies the user.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Tweak {
    /// The name of the sound to play, such as `default`.
    Sound(String),
    /// `true` if the message is highlighted. A tweak without a value means `true`.
    Highlight(bool),
    /// A tweak with another name or with an invalid value.
    Other {
        /// The name.
        name: String,
        /// The value.
        value: Option<Value>,
    },
}

impl Tweak {
    /// The name of the tweak for sounds.
    const SOUND: &'static str = "sound";

    /// The name of the tweak for highlights.
    const HIGHLIGHT: &'static str = "highlight";

    fn new(name: &str, value: Option<&Value>) -> Self {
        match (name, value) {
            (Self::SOUND, Some(Value::String(sound))) => Self::Sound(sound.clone()),
            (Self::HIGHLIGHT, None) => Self::Highlight(true),
            (Self::HIGHLIGHT, Some(Value::Bool(highlight))) => Self::Highlight(*highlight),
            _ => Self::Other { name: name.to_owned(), value: value.cloned() },
        }
    }
}

impl Action {
    /// Creates the action that notifies the user.
    ///
    /// ```
    /// use matrix_events::push::Action;
    ///
    /// assert_eq!(serde_json::to_string(&Action::notify())?, r#""notify""#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn notify() -> Self {
        Self::String(NOTIFY.to_owned())
    }

    /// Returns `true` for the action that notifies the user.
    ///
    /// ```
    /// use matrix_events::push::Action;
    ///
    /// assert!(Action::notify().is_notify());
    /// assert!(!Action::String("dont_notify".to_owned()).is_notify());
    /// ```
    pub fn is_notify(&self) -> bool {
        matches!(self, Self::String(action) if action == NOTIFY)
    }

    /// Returns the tweak that the action sets. Returns `None` for any other action.
    ///
    /// ```
    /// use matrix_events::push::Action;
    /// use matrix_events::Tweak;
    ///
    /// let action: Action = serde_json::from_str(r#"{"set_tweak": "highlight"}"#)?;
    /// assert_eq!(action.tweak(), Some(Tweak::Highlight(true)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn tweak(&self) -> Option<Tweak> {
        match self {
            Self::Object(object) => Some(Tweak::new(object.get(SET_TWEAK)?.as_str()?, object.get(VALUE))),
            Self::String(_) => None,
        }
    }
}

impl Action {
    /// Returns the name of the sound, if the action sets the tweak for sounds.
    #[inline]
    pub(crate) fn sound(&self) -> Option<&str> {
        let Self::Object(object) = self else { return None };
        let is_sound = object.get(SET_TWEAK)?.as_str()? == Tweak::SOUND;
        object.get(VALUE).filter(|_| is_sound)?.as_str()
    }
}

impl From<Tweak> for Action {
    /// Creates the action that sets a tweak.
    fn from(tweak: Tweak) -> Self {
        let (name, value) = match tweak {
            Tweak::Sound(sound) => (Tweak::SOUND.to_owned(), Some(Value::String(sound))),
            Tweak::Highlight(true) => (Tweak::HIGHLIGHT.to_owned(), None),
            Tweak::Highlight(highlight) => (Tweak::HIGHLIGHT.to_owned(), Some(Value::Bool(highlight))),
            Tweak::Other { name, value } => (name, value),
        };
        let mut object = JsonObject::new();
        object.insert(SET_TWEAK.to_owned(), Value::String(name));
        if let Some(value) = value {
            object.insert(VALUE.to_owned(), value);
        }
        Self::Object(object)
    }
}
