//! The findings of a comparison, as data.

use serde::Serialize;

use crate::diagnostics::{Diagnostics, Origin};
use crate::version::Version;

/// The changes in meaning from one tree to another.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The release of the earlier tree, if it is known.
    pub before: Option<Version>,
    /// The release of the later tree, if it is known.
    pub after: Option<Version>,
    /// The changes, in the order of subjects and paths.
    pub findings: Vec<Finding>,
    /// The schemas that state another release than the release that added them.
    pub disagreements: Vec<Disagreement>,
    /// The errors of events in the later tree whose kinds are unknown.
    #[serde(skip)]
    pub unplaced: Diagnostics,
    /// The other errors in the later tree. The effect on types that cannot be decided is [`Api::Unknown`].
    #[serde(skip)]
    pub problems: Diagnostics,
    /// The errors of entries of the settings that change nothing in the later tree. Errors of entries about names are missing
    /// unless `is_whole` is set.
    #[serde(skip)]
    pub unused: Diagnostics,
    /// Set if all types of the later tree could be decided.
    #[serde(skip)]
    pub is_whole: bool,
}

/// A change with its effects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The event, body, definition or type that changed.
    pub subject: Subject,
    /// The path of the place that changed, such as `content.users.*`; empty for the subject itself.
    pub path: String,
    /// The change.
    #[serde(flatten)]
    pub change: SchemaChange,
    /// The effect on programs that use the generated types.
    pub api: Api,
    /// The effect on the values that are valid.
    pub validation: Validation,
    /// The changes of Rust items.
    pub rust: Vec<String>,
}

/// The subject of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// An event type, or a variant such as `m.room.message$m.image`.
    Event(String),
    /// The body of a response or a request, by the name of its type.
    Body(String),
    /// A definition that several events or bodies share.
    Shared {
        /// The file of the definition.
        file: String,
        /// The events and bodies that use the definition.
        events: Vec<String>,
    },
    /// A Rust type that changes although its schema does not change.
    Type(String),
}

impl Subject {
    /// Returns the name of the event, body or type, or the file of the definition.
    pub fn name(&self) -> &str {
        match self {
            Self::Event(name) | Self::Body(name) | Self::Type(name) | Self::Shared { file: name, .. } => name,
        }
    }
}

/// The kinds of changes. `before` or `after` is absent if the schema of that tree does not state the keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum SchemaChange {
    /// An event was added.
    EventAdded {
        /// The kinds of the event; empty if they are unknown.
        kinds: Vec<String>,
    },
    /// An event was removed.
    EventRemoved {
        /// The kinds of the event.
        kinds: Vec<String>,
    },
    /// A body was added.
    BodyAdded,
    /// A body was removed.
    BodyRemoved,
    /// An event has other kinds.
    Kinds {
        /// The value in the earlier tree.
        before: Vec<String>,
        /// The value in the later tree.
        after: Vec<String>,
    },
    /// A property is declared in the later tree only.
    FieldAdded {
        /// The type, in a few words.
        kind: String,
        /// Set if the property is required.
        required: bool,
    },
    /// A property is declared in the earlier tree only.
    FieldRemoved {
        /// The type, in a few words.
        kind: String,
        /// Set if the property is required.
        required: bool,
    },
    /// A property is required in the later tree only.
    Required,
    /// A property is required in the earlier tree only.
    NotRequired,
    /// The JSON type differs.
    Type {
        /// The value in the earlier tree.
        before: String,
        /// The value in the later tree.
        after: String,
    },
    /// The format of a value or of keys differs.
    Format {
        /// The value in the earlier tree.
        before: Option<String>,
        /// The value in the later tree.
        after: Option<String>,
    },
    /// The pattern differs.
    Pattern {
        /// The value in the earlier tree.
        before: Option<String>,
        /// The value in the later tree.
        after: Option<String>,
    },
    /// The keys whose values have the schema differ.
    Keys {
        /// The value in the earlier tree.
        before: Option<String>,
        /// The value in the later tree.
        after: Option<String>,
    },
    /// The only allowed value differs.
    Constant {
        /// The value in the earlier tree.
        before: String,
        /// The value in the later tree.
        after: String,
    },
    /// The known values differ.
    Values {
        /// The values in the later tree only.
        added: Vec<String>,
        /// The values in the earlier tree only.
        removed: Vec<String>,
    },
    /// Only known values are allowed in the later tree.
    Listed {
        /// The known values.
        values: Vec<String>,
    },
    /// Other values than the known ones are allowed in the later tree.
    Unlisted {
        /// The known values.
        values: Vec<String>,
    },
    /// A limit differs.
    Bound {
        /// The keyword of the limit.
        keyword: &'static str,
        /// The value in the earlier tree.
        before: Option<String>,
        /// The value in the later tree.
        after: Option<String>,
    },
    /// Undeclared members are forbidden in the later tree.
    Closed,
    /// Undeclared members are allowed in the later tree.
    Opened,
    /// The later tree has constraints on a value, the earlier tree has none.
    Described {
        /// The type, in a few words.
        kind: String,
    },
    /// The earlier tree has constraints on a value, the later tree has none.
    Undescribed {
        /// The type, in a few words.
        kind: String,
    },
    /// The number of alternatives of one JSON type differs.
    Alternatives {
        /// The value in the earlier tree.
        before: usize,
        /// The value in the later tree.
        after: usize,
    },
    /// Deprecated in the later tree.
    Deprecated,
    /// Deprecated in the earlier tree only.
    NotDeprecated,
    /// The Rust type alone differs.
    RustOnly,
}

impl SchemaChange {
    /// Returns the change from the later tree to the earlier one.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::EventAdded { kinds } => Self::EventRemoved { kinds },
            Self::EventRemoved { kinds } => Self::EventAdded { kinds },
            Self::BodyAdded => Self::BodyRemoved,
            Self::BodyRemoved => Self::BodyAdded,
            Self::Kinds { before, after } => Self::Kinds { before: after, after: before },
            Self::FieldAdded { kind, required } => Self::FieldRemoved { kind, required },
            Self::FieldRemoved { kind, required } => Self::FieldAdded { kind, required },
            Self::Required => Self::NotRequired,
            Self::NotRequired => Self::Required,
            Self::Type { before, after } => Self::Type { before: after, after: before },
            Self::Format { before, after } => Self::Format { before: after, after: before },
            Self::Pattern { before, after } => Self::Pattern { before: after, after: before },
            Self::Keys { before, after } => Self::Keys { before: after, after: before },
            Self::Constant { before, after } => Self::Constant { before: after, after: before },
            Self::Values { added, removed } => Self::Values { added: removed, removed: added },
            Self::Listed { values } => Self::Unlisted { values },
            Self::Unlisted { values } => Self::Listed { values },
            Self::Bound { keyword, before, after } => Self::Bound { keyword, before: after, after: before },
            Self::Closed => Self::Opened,
            Self::Opened => Self::Closed,
            Self::Described { kind } => Self::Undescribed { kind },
            Self::Undescribed { kind } => Self::Described { kind },
            Self::Alternatives { before, after } => Self::Alternatives { before: after, after: before },
            Self::Deprecated => Self::NotDeprecated,
            Self::NotDeprecated => Self::Deprecated,
            Self::RustOnly => Self::RustOnly,
        }
    }
}

/// The effect of a change on programs that use the generated types, by the rules of semantic versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Api {
    /// No effect.
    None,
    /// Programs still compile.
    Minor,
    /// Programs may no longer compile.
    Major,
    /// The generator does not accept this part of the later tree.
    Unknown,
}

/// The effect of a change on the values that are valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validation {
    /// No effect.
    Same,
    /// More values are valid.
    Looser,
    /// Fewer values are valid.
    Stricter,
    /// Other values are valid.
    Different,
}

impl Validation {
    /// Returns the effect of the change from the later tree to the earlier one.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Looser => Self::Stricter,
            Self::Stricter => Self::Looser,
            same => same,
        }
    }
}

/// A schema that states another release than the first release that has the schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Disagreement {
    /// The event, or the file of a definition.
    pub subject: String,
    /// The path of the place in the event or definition.
    pub path: String,
    /// The origin of the schema.
    pub origin: Origin,
    /// The release that the schema states, if there is one.
    pub says: Option<Version>,
    /// Set if the earlier tree has the schema.
    pub is_old: bool,
}
