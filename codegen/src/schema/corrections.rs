//! Corrections: facts that the schemas of a release omit or get wrong. The schema keeps the facts of the release, because the
//! constraints of level Schema ignore corrections.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Format, Reference, Schema};
use crate::diagnostics::Origin;
use crate::ir::constraints::Allowed;
use crate::ir::{DefaultValue, ModulePath};

/// The corrections of one schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Corrections {
    /// The reason why events in practice omit a property that is required.
    pub(crate) often_missing: Option<OftenMissing>,
    /// Set for an optional property that the prose requires.
    pub(crate) required: bool,
    /// Set for a required property that a redaction keeps.
    pub(crate) is_kept: bool,
    /// Set for a deprecated property that is still in use.
    pub(crate) in_use: bool,
    /// Set for a secret, which `Debug` does not show.
    pub(crate) is_secret: bool,
    /// The format of a string whose schema states none.
    pub(crate) format: Option<Format>,
    /// The format of the keys whose values the schema describes.
    pub(crate) key_format: Option<Format>,
    /// The values that events contain although the schema does not allow them.
    pub(crate) accepts: Option<Accepted>,
    /// Set for a number that is an integer.
    pub(crate) is_integer: bool,
    /// Set for an object with keys other than those that its pattern describes.
    pub(crate) any_key: bool,
    /// The value that the absence of a property means.
    pub(crate) default: Option<DefaultValue>,
    /// The aliases of a property, or of the type of an event, each with its place.
    pub(crate) aliases: Vec<(String, Origin)>,
    /// The definition that describes the value instead of this schema.
    pub(crate) definition: Option<Reference>,
    /// The number of the proposal that adds the property to an event of the specification.
    pub(crate) proposal: Option<u32>,
    /// The properties that an object may have without declaring them, in the order of their names.
    pub(crate) additions: Vec<(String, Schema)>,
    /// The type of an event whose schema states none, with its place.
    pub(crate) event_type: Option<(String, Origin)>,
    /// The name of the field for the end of the event type.
    pub(crate) type_suffix: Option<String>,
    /// Set if typify may generate a different type for the schema.
    pub(crate) typify_differs: bool,
    /// Set if the example of the schema is invalid.
    pub(crate) invalid_example: bool,
    /// The known values of a string, as a type that several places share.
    pub(crate) values: Option<Arc<KnownValues>>,
    /// The known keys of a map, as a type that several places share.
    pub(crate) keys: Option<Arc<KnownValues>>,
    /// The type that several places share because their types are equal.
    pub(crate) same_as: Option<Arc<SharedType>>,
    /// The name of the type.
    pub(crate) type_name: Option<Chosen<String>>,
    /// The name of the field.
    pub(crate) field_name: Option<Chosen<String>>,
    /// The names of the variants, by the value of a string, or by the JSON type of an alternative.
    pub(crate) variant_names: BTreeMap<String, Chosen<String>>,
    /// The module of the type, and of the types below the schema.
    pub(crate) module: Option<Chosen<ModulePath>>,
}

/// A name or a module in place of the default.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chosen<T> {
    pub(crate) name: T,
    /// The place of the schema.
    pub(crate) at: Origin,
    /// The entry.
    pub(crate) entry: Origin,
}

/// A type that several places share, with its name and module.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SharedType {
    pub(crate) name: String,
    pub(crate) module: ModulePath,
    pub(crate) description: String,
    /// The entry.
    pub(crate) entry: Origin,
    /// The first place of the entry, which has the documentation of the fields.
    pub(crate) first: Origin,
}

/// A string with known values that schemas do not list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KnownValues {
    pub(crate) ty: SharedType,
    pub(crate) values: Vec<KnownValue>,
}

/// A known value of a string.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KnownValue {
    /// The JSON string.
    pub(crate) wire: String,
    /// The name of the variant, if it is not the default.
    pub(crate) name: Option<String>,
    pub(crate) description: String,
    /// The place in the entry.
    pub(crate) origin: Origin,
}

/// The basis of a correction that is more lenient than the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// The text of the specification allows it, so level Strict does too.
    Prose,
    /// Existing rooms contain it, so only deserialization accepts it.
    History,
}

/// The reason why events in practice omit a required property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OftenMissing {
    pub(crate) why: String,
    pub(crate) basis: Basis,
}

/// Values that a schema does not allow, but events contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accepted {
    pub(crate) values: Vec<Allowed>,
    pub(crate) basis: Basis,
}

impl Accepted {
    /// Returns `true` if the specification allows `null`.
    pub(crate) fn has_null(&self) -> bool {
        self.basis == Basis::Prose && self.values.contains(&Allowed::Null)
    }

    /// Returns `true` if integers are among the values, next to the strings of the schema.
    pub(crate) fn has_integers(&self) -> bool {
        self.values.iter().any(|value| matches!(value, Allowed::Integer(_)))
    }

    /// Returns `true` if strings with integers are among the values, next to the integers of the schema.
    pub(crate) fn has_integers_in_strings(&self) -> bool {
        self.values.contains(&Allowed::IntegerInString)
    }
}
