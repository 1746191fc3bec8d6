//! What a comparison finds, as data.

use serde::Serialize;

use crate::diagnostics::{Diagnostics, Origin};
use crate::version::Version;

/// What changed in meaning from one tree to another.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The release of the earlier tree, where it is known.
    pub before: Option<Version>,
    /// The release of the later tree, where it is known.
    pub after: Option<Version>,
    /// What changed, in the order of subjects and paths.
    pub findings: Vec<Finding>,
    /// Where what a schema says of its release isn't so.
    pub disagreements: Vec<Disagreement>,
    /// The events of the later tree of which nothing says where they come from.
    #[serde(skip)]
    pub unplaced: Diagnostics,
    /// What else keeps types from being generated from the later tree. The verdicts on what it concerns are [`Api::Unknown`].
    #[serde(skip)]
    pub diagnostics: Diagnostics,
    /// The overrides that don't apply to anything in the later tree. Unless it `is_whole`, those alone whose files it doesn't
    /// have: of the others it can't be told.
    #[serde(skip)]
    pub unused: Diagnostics,
    /// Whether every type of the later tree could be decided.
    #[serde(skip)]
    pub is_whole: bool,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// What it is about.
    pub subject: Subject,
    /// The way to the place that changed, such as `content.users.*`; empty for the subject itself.
    pub path: String,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
    /// What it means for those who use the generated types.
    pub api: Api,
    /// What it means for what is valid.
    pub validation: Validation,
    /// What changes in Rust, where something does.
    pub rust: Vec<String>,
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A type of event, or one of the schemas of a type: `m.room.message$m.image`.
    Event(String),
    /// A definition that several events share.
    Shared {
        /// Its file.
        file: String,
        /// The events that use it.
        events: Vec<String>,
    },
    /// A Rust type that changes without a change of its schema.
    Type(String),
}

impl Subject {
    /// What it goes by.
    pub fn name(&self) -> &str {
        match self {
            Self::Event(name) | Self::Type(name) | Self::Shared { file: name, .. } => name,
        }
    }
}

/// The kinds of changes. Where a schema didn't or doesn't say, `before` or `after` is absent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// An event is there that wasn't.
    EventAdded {
        /// Where it comes from; empty if nothing says so yet.
        kinds: Vec<String>,
    },
    /// An event isn't there any more.
    EventRemoved {
        /// Where it came from.
        kinds: Vec<String>,
    },
    /// An event comes from elsewhere.
    Kinds {
        /// What it was.
        before: Vec<String>,
        /// What it is.
        after: Vec<String>,
    },
    /// A property is declared that wasn't.
    FieldAdded {
        /// Of what type it is, in a few words.
        kind: String,
        /// Whether it is required.
        required: bool,
    },
    /// A property isn't declared any more.
    FieldRemoved {
        /// Of what type it is, in a few words.
        kind: String,
        /// Whether it is required.
        required: bool,
    },
    /// A property is required that wasn't.
    Required,
    /// A property isn't required any more.
    NotRequired,
    /// Another JSON type.
    Type {
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// Another format, of a value or of keys.
    Format {
        /// What it was.
        before: Option<String>,
        /// What it is.
        after: Option<String>,
    },
    /// Another pattern.
    Pattern {
        /// What it was.
        before: Option<String>,
        /// What it is.
        after: Option<String>,
    },
    /// Other keys have values of this schema.
    Keys {
        /// What it was.
        before: Option<String>,
        /// What it is.
        after: Option<String>,
    },
    /// Another only value.
    Constant {
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// More or fewer known values.
    Values {
        /// Those that are there now.
        added: Vec<String>,
        /// Those that are gone.
        removed: Vec<String>,
    },
    /// Only known values are allowed.
    Listed {
        /// The known values.
        values: Vec<String>,
    },
    /// Other values are allowed as well.
    Unlisted {
        /// The known values.
        values: Vec<String>,
    },
    /// Another limit.
    Bound {
        /// The keyword that sets it.
        keyword: &'static str,
        /// What it was.
        before: Option<String>,
        /// What it is.
        after: Option<String>,
    },
    /// Undeclared members are forbidden.
    Closed,
    /// Undeclared members are allowed.
    Opened,
    /// Something is said of a value that could be anything.
    Described {
        /// Of what type it is, in a few words.
        kind: String,
    },
    /// A value can be anything.
    Undescribed {
        /// Of what type it is, in a few words.
        kind: String,
    },
    /// Other alternatives, of one JSON type.
    Alternatives {
        /// What it was.
        before: usize,
        /// What it is.
        after: usize,
    },
    /// On its way out.
    Deprecated,
    /// Not on its way out any more.
    NotDeprecated,
    /// Nothing but the Rust type.
    RustOnly,
}

impl Change {
    /// The same change on the way back.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::EventAdded { kinds } => Self::EventRemoved { kinds },
            Self::EventRemoved { kinds } => Self::EventAdded { kinds },
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

/// What a change means for those who use the generated types, by the rules of semantic versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Api {
    /// Nothing.
    None,
    /// Programs go on compiling.
    Minor,
    /// Programs may have to change.
    Major,
    /// The generator doesn't take this part of the later tree yet.
    Unknown,
}

/// What a change means for what is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validation {
    /// The same is valid.
    Same,
    /// More is valid.
    Looser,
    /// Less is valid.
    Stricter,
    /// Some of what was valid isn't any more, and the other way round.
    Different,
}

impl Validation {
    /// The verdict on the way back.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Looser => Self::Stricter,
            Self::Stricter => Self::Looser,
            same => same,
        }
    }
}

/// A thing that says another release of itself than the one that has it first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Disagreement {
    /// The event, or the file of a definition.
    pub subject: String,
    /// The way to the place in it.
    pub path: String,
    /// Where its schema stands.
    pub origin: Origin,
    /// The release that it says, if it says one.
    pub says: Option<Version>,
    /// Whether the earlier tree has it already.
    pub is_old: bool,
}
