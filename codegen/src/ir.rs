//! The intermediate representation (IR): the decided types, names and constraints, as data without tokens. The IR round-trips
//! through JSON.

pub mod constraints;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::diagnostics::Origin;
use crate::proposals;
pub use crate::schema::Identifier;
use crate::version::Version;

/// The path of a Rust module below `events`.
pub type ModulePath = Vec<String>;

/// The module of the enums over all events of some envelopes.
pub const ANY: &str = "any";

/// The module of the envelopes.
pub const ENVELOPE: &str = "envelope";

/// The module of shared definitions for which the configuration names no module.
pub const COMMON: &str = "common";

/// The emitted part of the crate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ir {
    /// The release of the schemas, if it is known.
    pub release: Option<Version>,
    /// The proposals whose types are included, in the order of their numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<Proposal>,
    /// The features for the events of areas, in the order of the configuration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<Feature>,
    /// The modules, by their paths.
    #[serde(with = "module_list")]
    pub modules: BTreeMap<ModulePath, Module>,
    /// The events, in the order of their types and variants.
    pub events: Vec<Event>,
    /// The enums over all events of some envelopes.
    pub any: Vec<Any>,
    /// The enums over the contents of all events of a kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<AnyContent>,
    /// The types of schemas other than those of events, such as the bodies of responses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roots: Vec<Root>,
    /// The constraints that the validators check.
    pub constraints: constraints::ConstraintTables,
}

impl Ir {
    /// Returns `true` if types are in a module or below it.
    pub(crate) fn has_module(&self, path: &[String]) -> bool {
        self.modules.iter().any(|(known, module)| known.starts_with(path) && !module.items.is_empty())
    }

    /// Returns the type with a name in a module.
    pub(crate) fn item(&self, module: &[String], name: &str) -> Option<&Item> {
        self.modules.get(module)?.items.iter().find(|item| item.name == name)
    }
}

impl Ir {
    /// Returns the envelopes: their names, the kinds of their events, and their fields.
    pub fn envelopes(&self) -> impl Iterator<Item = (&str, Kind, &Struct)> {
        let items = self.modules.values().flat_map(|module| &module.items);
        items.filter_map(|item| match &item.shape {
            Shape::Struct(shape @ Struct { role: Role::Envelope { kind, .. }, .. }) => {
                Some((item.name.as_str(), *kind, shape))
            }
            _ => None,
        })
    }

    /// Returns the envelope with a name.
    pub fn envelope(&self, name: &str) -> Option<&Struct> {
        self.envelopes().find(|(known, ..)| *known == name).map(|(.., shape)| shape)
    }
}

/// The type of a schema other than that of an event, such as the body of a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Root {
    /// The name of the type.
    pub name: String,
    /// The module of the type.
    pub module: ModulePath,
    /// The feature of the crate that the type requires. All types in the first part of the module require the same feature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// The documentation.
    pub docs: Docs,
    /// The place of the schema.
    pub origin: Origin,
    /// The places of the events, in the order of their paths.
    pub events: Vec<EventPlace>,
    /// The name of the enum that is the type of the value. The root then has no type of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub any: Option<String>,
    /// The type of the list, if the root is a list of events. The type of the root wraps the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<Type>,
}

impl Root {
    /// Returns the number of the proposal that the schema is part of.
    pub fn proposal(&self) -> Option<u32> {
        proposals::number_of(&self.origin.file)
    }
}

impl Ir {
    /// Returns the parts of the types on a path in a root. Returns `None` if the types do not lead to an enum of events.
    pub(crate) fn parts_on<'i>(&'i self, root: &'i Root, path: &[Step]) -> Option<Vec<Part<'i>>> {
        let mut parts = Vec::new();
        // `None` is the struct of the root.
        let mut ty = root.list.as_ref();
        for step in path {
            if let Some(Type::Boxed(inner)) = ty {
                ty = Some(inner);
            }
            let part = match (step, ty) {
                (Step::Property(name), None) => self.field(&root.module, &root.name, name)?,
                (Step::Property(name), Some(Type::Named(module, item))) => self.field(module, item, name)?,
                (Step::Entries, Some(Type::Map(key, inner))) => Part::Entries(key, inner),
                (Step::Items, Some(Type::List(inner) | Type::Events(inner))) => Part::Items(inner),
                _ => return None,
            };
            ty = Some(part.ty());
            parts.push(part);
        }
        matches!(ty, Some(Type::Named(module, _)) if *module == [ANY]).then_some(parts)
    }

    fn field(&self, module: &[String], item: &str, wire: &str) -> Option<Part<'_>> {
        match &self.item(module, item)?.shape {
            Shape::Struct(shape) => shape.fields.iter().find(|field| field.wire == wire).map(Part::Field),
            _ => None,
        }
    }
}

/// A part of a type.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part<'i> {
    /// A field of an object.
    Field(&'i Field),
    /// The values of a map.
    Entries(&'i Key, &'i Type),
    /// The items of a list.
    Items(&'i Type),
}

impl<'i> Part<'i> {
    /// Returns the field, if the part is one.
    pub(crate) fn field(self) -> Option<&'i Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::Entries(..) | Self::Items(_) => None,
        }
    }

    fn ty(self) -> &'i Type {
        match self {
            Self::Field(field) => &field.ty,
            Self::Entries(_, inner) | Self::Items(inner) => inner,
        }
    }
}

/// A place of events in a root.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventPlace {
    /// The path from the root to the events.
    pub path: Vec<Step>,
    /// The name of the enum of the events.
    pub any: String,
}

/// A step of a path in a root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Step {
    /// To the value of a property.
    Property(String),
    /// To the values of a map.
    Entries,
    /// To the items of a list.
    Items,
}

impl Step {
    /// Returns a path as settings write it.
    pub(crate) fn text(path: &[Self]) -> String {
        let mut text = String::new();
        for step in path {
            let step = match step {
                Self::Property(name) => name,
                Self::Entries => "*",
                Self::Items => "[]",
            };
            text.push_str(if text.is_empty() || step == "[]" { "" } else { "." });
            text.push_str(step);
        }
        text
    }
}

/// A proposal to change the specification (MSC), whose types require a feature of the crate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The number of the proposal.
    pub number: u32,
    /// The title.
    pub title: String,
    /// The URL of the proposal.
    pub url: String,
    /// The state of the proposal: `open`, `fcp`, `merged`, `closed` or `released`.
    pub state: String,
    /// The date of the state.
    pub date: String,
    /// The release that accepted the proposal.
    pub stable_since: Option<Version>,
    /// The description.
    pub description: String,
    /// The stable names of event types and fields, by their unstable names.
    pub names: BTreeMap<String, String>,
    /// The names of the kinds that the proposal adds to events of the specification, by the event types.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<String, Vec<String>>,
    /// The numbers of the other proposals whose types the types of the proposal refer to.
    pub requires: BTreeSet<u32>,
    /// The other features of the crate that the types require.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub features: BTreeSet<String>,
}

impl Proposal {
    /// Returns the name of the feature, such as `unstable-msc3381`.
    pub fn feature(&self) -> String {
        feature(self.number)
    }
}

/// Returns the name of the feature for the types of a proposal.
pub fn feature(proposal: u32) -> String {
    format!("unstable-msc{proposal}")
}

/// A feature of the crate for the events of an area, which is enabled by default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// The name.
    pub name: String,
    /// The meaning, in one line.
    pub description: String,
}

/// An enum over all events of some envelopes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Any {
    /// The name of the enum.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// The envelopes of the events.
    pub envelopes: Vec<String>,
    /// Set if the events can be redacted.
    pub redactable: bool,
    /// Set if the events are ephemeral data units.
    pub is_edu: bool,
    /// The enum over the same events without `room_id`.
    pub sync: Option<String>,
    /// The enum over the state events among these events.
    pub state: Option<String>,
    /// The enum over the message-like events among these events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_like: Option<String>,
    /// The feature of the crate that the enum requires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// The variants.
    pub variants: Vec<AnyVariant>,
}

/// An enum over the contents of all events of a kind, and the enum over their types.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnyContent {
    /// The name of the enum over the contents.
    pub name: String,
    /// The documentation of the enum over the contents.
    pub docs: Docs,
    /// The name of the enum over the event types.
    pub event_type: String,
    /// The documentation of the enum over the event types.
    pub type_docs: Docs,
    /// The enums over the events with these contents.
    pub of: Vec<String>,
    /// The other enums whose contents are some of these contents.
    pub parts: Vec<String>,
    /// The variants.
    pub variants: Vec<AnyVariant>,
}

/// A variant of an [`Any`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnyVariant {
    /// The type of the event.
    pub event_type: String,
    /// Other values of `type` that the event may have.
    pub aliases: Vec<String>,
    /// The name of the variant.
    pub ident: String,
    /// The envelope.
    pub envelope: String,
    /// The module and name of the content.
    pub content: (ModulePath, String),
    /// The feature of the crate that the event requires, if the enum does not require it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// The number of the proposal that the event is part of, or that adds the kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<u32>,
    /// The name in the enum over state events, if a message-like event of the same type has this name here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_state: Option<String>,
}

/// A module and the types in it, of which a module for an area may have none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// The documentation of the module, if the configuration has one.
    pub description: Option<String>,
    /// The schema files of the types.
    pub files: Vec<String>,
    /// The types, in the order of the schemas.
    pub items: Vec<Item>,
}

/// A type of the emitted code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The name, unique in the module.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// The place of the schema.
    pub origin: Origin,
    /// The feature of the crate that the type requires, if the roots of its module require no feature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// The shape of the type.
    pub shape: Shape,
}

impl Item {
    /// Creates a type that requires no feature.
    pub(crate) fn new(name: impl Into<String>, docs: Docs, origin: Origin, shape: Shape) -> Self {
        Self { name: name.into(), docs, origin, feature: None, shape }
    }

    /// Returns the number of the proposal that the type is part of.
    pub fn proposal(&self) -> Option<u32> {
        proposals::number_of(&self.origin.file)
    }
}

/// The documentation of a type, a field or a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Docs {
    /// The description.
    pub text: Option<String>,
    /// The release that added the item.
    pub since: Option<Version>,
    /// The releases that changed the item, with descriptions of the changes.
    pub changed: Vec<(Version, String)>,
    /// Set if the item is deprecated.
    pub deprecated: bool,
    /// The URL of the section of the specification, or of the proposal.
    pub link: Option<String>,
    /// The number of the proposal that the item is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<u32>,
}

/// The kinds of types.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
// Most items are objects, so a box would save nothing.
#[allow(clippy::large_enum_variant)]
pub enum Shape {
    /// An object with fields.
    Struct(Struct),
    /// A string with known values that may have other values.
    OpenEnum(Vec<Value>),
    /// A value of one of several JSON types.
    Union(Vec<Alternative>),
    /// One of several objects, distinguished by the value of a property.
    Tagged(Tagged),
}

impl Shape {
    /// Returns `true` if two shapes are equal, except for the places of their schemas.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Struct(one), Self::Struct(other)) => one.nowhere() == other.nowhere(),
            (one, other) => one == other,
        }
    }
}

impl Shape {
    /// Returns the differences of two shapes, apart from documentation and from the places of their schemas.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        match (self, other) {
            (Self::Struct(one), Self::Struct(other)) => one.differences(other),
            (Self::OpenEnum(one), Self::OpenEnum(other)) => {
                let unlike = |(one, other): (&[Value], &[Value])| -> Vec<String> {
                    let is_alike = |value: &Value| other.iter().any(|known| known.has_names_of(value));
                    let unlike = one.iter().filter(|value| !is_alike(value));
                    unlike.map(|value| format!("only one of them has `{}` for `{}`", value.ident, value.wire)).collect()
                };
                [(one.as_slice(), other.as_slice()), (other, one)].into_iter().flat_map(unlike).collect()
            }
            (one, other) if one == other => Vec::new(),
            _ => vec!["they are not objects or strings with equal parts".to_owned()],
        }
    }

    /// Returns the shape of a type that has both shapes, which do not differ. A field without the same only value in both shapes
    /// has none.
    pub(crate) fn joined(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        if let (Self::Struct(joined), Self::Struct(other)) = (&mut joined, other) {
            for field in &mut joined.fields {
                let is_same = |known: &&Field| known.wire == field.wire && known.only == field.only;
                if !other.fields.iter().any(|known| is_same(&known)) {
                    field.only = None;
                }
            }
        }
        joined
    }
}

impl Value {
    fn has_names_of(&self, other: &Self) -> bool {
        self.wire == other.wire && self.ident == other.ident
    }
}

/// An object with fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Struct {
    /// The fields, in the order of the schema.
    pub fields: Vec<Field>,
    /// The JSON keys and values of properties with one possible value, which have no field.
    pub constants: Vec<(String, String)>,
    /// The map of the members without a field, if the schema describes them.
    pub entries: Option<Entries>,
    /// The event type, and the name of the field for the end of the event type, in the content of such an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<(String, String)>,
    /// The role of the object.
    #[serde(default, skip_serializing_if = "Role::is_plain")]
    pub role: Role,
}

/// The role of an object with fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// A content, or an object in a content.
    #[default]
    Plain,
    /// An envelope: the members that all events of a kind have around their content.
    Envelope {
        /// The kind of the events, which determines the trait of the content.
        kind: Kind,
        /// The form of the events for the validators.
        form: Form,
    },
    /// The members that one event type has at the top level in addition to the members of the envelope.
    TopLevel,
}

impl Role {
    fn is_plain(&self) -> bool {
        *self == Self::Plain
    }
}

/// The form of events, which determines the members around the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Events with `room_id`.
    Full,
    /// Events with `event_id` and without `room_id`, as in `/sync`.
    Sync,
    /// State events without `event_id`, as in invites.
    Stripped,
    /// State events with neither `event_id` nor `sender`, as in requests that create a room.
    InitialState,
    /// Events with neither `event_id` nor `state_key`.
    ContentOnly,
    /// Events as servers exchange them, with references to other events.
    Pdu,
}

impl Form {
    /// Returns the name of the variant of `validate::Form`.
    pub fn variant(self) -> &'static str {
        match self {
            Self::Full => "Full",
            Self::Sync => "Sync",
            Self::Stripped => "Stripped",
            Self::InitialState => "InitialState",
            Self::ContentOnly => "ContentOnly",
            Self::Pdu => "Pdu",
        }
    }

    /// Returns `true` if the events can be redacted: they are in the history of a room.
    pub(crate) fn is_redactable(self) -> bool {
        matches!(self, Self::Full | Self::Sync | Self::Stripped | Self::Pdu)
    }
}

impl Struct {
    /// Returns `true` for the envelope of persistent data units.
    pub(crate) fn is_pdu(&self) -> bool {
        matches!(self.role, Role::Envelope { form: Form::Pdu, .. })
    }

    /// Returns `true` if a field is a secret.
    pub(crate) fn has_secrets(&self) -> bool {
        self.fields.iter().any(|field| field.is_secret)
    }

    /// Returns `true` if a field is deprecated. The code of the object then allows the use of deprecated fields.
    pub(crate) fn has_deprecated(&self) -> bool {
        self.fields.iter().any(|field| field.docs.deprecated)
    }

    fn differences(&self, other: &Self) -> Vec<String> {
        let field = |shape: &Self, wire: &str| shape.fields.iter().find(|field| field.wire == wire).cloned();
        let wires = self.fields.iter().chain(&other.fields).map(|field| field.wire.as_str());
        let mut differences: Vec<String> = Vec::new();
        for wire in wires.collect::<BTreeSet<_>>() {
            match (field(self, wire), field(other, wire)) {
                (Some(one), Some(other)) if one.is_like(&other) => {}
                (Some(_), Some(_)) => differences.push(format!("the field `{wire}` has another type or presence")),
                _ => differences.push(format!("only one of them has the field `{wire}`")),
            }
        }
        let types = |shape: &Self| shape.entries.clone().map(|entries| (entries.key, entries.value));
        if types(self) != types(other) || self.constants != other.constants || self.role != other.role {
            differences.push("they have other members".to_owned());
        }
        differences
    }

    fn nowhere(&self) -> Self {
        let mut copy = self.clone();
        copy.fields.iter_mut().for_each(|field| field.origin = Origin::default());
        copy
    }
}

/// A field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// The JSON key.
    pub wire: String,
    /// Other JSON keys, which are deserialized if the key is absent.
    pub aliases: Vec<String>,
    /// The Rust name.
    pub ident: String,
    /// The type, without `Option`.
    pub ty: Type,
    /// The presence of the field.
    pub presence: Presence,
    /// The only value that the schema allows. `new` sets the field to this value.
    pub only: Option<String>,
    /// `true` for an optional field for which `null` is valid. The field is then `None`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub can_be_null: bool,
    /// Set for a secret, which `Debug` does not show.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_secret: bool,
    /// The documentation. Its proposal is that of the field.
    pub docs: Docs,
    /// The place of the schema.
    pub origin: Origin,
}

impl Field {
    /// Returns `true` if two fields are equal, apart from documentation and from the only value.
    fn is_like(&self, other: &Self) -> bool {
        let bare = |field: &Self| {
            let presence = match &field.presence {
                Presence::Lenient { default, .. } => {
                    Presence::Lenient { reason: String::new(), default: default.clone() }
                }
                presence => presence.clone(),
            };
            (
                field.ident.clone(),
                field.aliases.clone(),
                field.ty.clone(),
                presence,
                field.docs.deprecated,
                (field.is_secret, field.can_be_null),
            )
        };
        bare(self) == bare(other)
    }
}

/// The presence of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence {
    /// The schema and the type require the field.
    Required,
    /// The schema requires the field, but events in practice omit the field. The type has an `Option`.
    Lenient {
        /// The reason.
        reason: String,
        /// The meaning of the absence, as a value of the field.
        default: Option<DefaultValue>,
    },
    /// The schema of a root requires the field. The type has an `Option`, so that an invalid value costs the field alone.
    Expected,
    /// The field may be absent. The type has an `Option`.
    Optional,
    /// The field may be absent, and its absence means this value. The type has an `Option`.
    Default(DefaultValue),
}

/// The value that the absence of a field means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultValue {
    /// The value.
    pub value: serde_json::Value,
    /// `true` if an invalid value means the same.
    pub for_invalid: bool,
}

impl Presence {
    /// Returns `true` if the type requires the field.
    pub fn is_required(&self) -> bool {
        *self == Self::Required
    }

    /// Returns `true` if the schema requires the field.
    pub fn is_required_by_schema(&self) -> bool {
        matches!(self, Self::Required | Self::Lenient { .. } | Self::Expected)
    }

    /// Returns the value that the absence of the field means.
    pub fn default(&self) -> Option<&DefaultValue> {
        match self {
            Self::Default(value) | Self::Lenient { default: Some(value), .. } => Some(value),
            Self::Required | Self::Expected | Self::Optional | Self::Lenient { default: None, .. } => None,
        }
    }
}

/// The members of an object without a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entries {
    /// The type of the keys.
    pub key: Key,
    /// The type of the values.
    pub value: Type,
    /// The documentation.
    pub docs: Docs,
}

/// A known value of an open enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The JSON string.
    pub wire: String,
    /// The name of the variant.
    pub ident: String,
    /// The documentation.
    pub text: Option<String>,
}

/// One of the JSON types of a union.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The name of the variant.
    pub ident: String,
    /// The type in the variant, or `None` for `null`.
    pub ty: Option<Type>,
}

/// An enum over several objects, distinguished by the value of a property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tagged {
    /// The property.
    pub property: String,
    /// The variants.
    pub variants: Vec<Variant>,
    /// The type of an object with another value, or without the property.
    pub other: String,
}

/// A variant of a [`Tagged`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// The value of the property.
    pub value: String,
    /// The name of the variant.
    pub ident: String,
    /// The name of the type in the variant. The type is in the same module.
    pub holds: String,
    /// The documentation. Its proposal is that of the variant.
    pub docs: Docs,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Type {
    /// `String`
    String,
    /// `bool`
    Boolean,
    /// `i64`
    Integer,
    /// `IntOrString`
    IntOrString,
    /// `StringOrInt`
    StringOrInt,
    /// `f64`
    Number,
    /// `serde_json::Value`
    Any,
    /// `JsonObject`, for an object without declared properties
    JsonObject,
    /// `EventReference`
    EventReference,
    /// An identifier type, such as `UserId`
    Identifier(Identifier),
    /// An emitted type
    Named(ModulePath, String),
    /// `Vec`
    List(Box<Type>),
    /// `Events`
    Events(Box<Type>),
    /// `BTreeMap`
    Map(Key, Box<Type>),
    /// `Nullable`
    Nullable(Box<Type>),
    /// `Box`
    Boxed(Box<Type>),
    /// A type that the content of an envelope determines
    Param(ContentParam),
}

/// A type that the content of an envelope determines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContentParam {
    /// The content.
    Content,
    /// The type of `unsigned`.
    Unsigned,
    /// The type of `state_key`.
    StateKey,
}

/// The type of a map's keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Key {
    /// `String`
    String,
    /// An identifier type, such as `UserId`
    Identifier(Identifier),
    /// An emitted type, which is a string with known values
    Named(ModulePath, String),
}

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A room event without a state key.
    MessageLike,
    /// A state event of a room.
    State,
    /// An event about a room that is not part of the history of the room.
    Ephemeral,
    /// An event about the presence of a user.
    Presence,
    /// Account data of a user.
    GlobalAccountData,
    /// Account data of a user for one room.
    RoomAccountData,
    /// An event from one device to another.
    ToDevice,
    /// An ephemeral data unit, which servers send to each other.
    Edu,
}

impl Kind {
    /// All kinds, with their names in settings.
    pub const ALL: [(&'static str, Self); 8] = [
        ("message-like", Self::MessageLike),
        ("state", Self::State),
        ("ephemeral", Self::Ephemeral),
        ("presence", Self::Presence),
        ("global-account-data", Self::GlobalAccountData),
        ("room-account-data", Self::RoomAccountData),
        ("to-device", Self::ToDevice),
        ("edu", Self::Edu),
    ];

    /// Returns the name in settings.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Returns `true` for the kinds of events in the history of a room.
    pub(crate) fn is_in_room(self) -> bool {
        matches!(self, Self::MessageLike | Self::State)
    }

    /// Returns the name of the member that states the type of an event.
    pub fn type_member(self) -> &'static str {
        match self {
            Self::Edu => "edu_type",
            _ => "type",
        }
    }
}

/// A kind that a proposal adds to an event of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AddedKind {
    /// The kind.
    pub kind: Kind,
    /// The number of the proposal.
    pub proposal: u32,
}

/// The namespace of an event type. An event and an ephemeral data unit may have equal types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Namespace {
    /// Events, which state their type by `type`.
    Event,
    /// Ephemeral data units, which state their type by `edu_type`.
    Edu,
}

/// An event type with its namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventKey {
    /// The namespace of the type.
    pub namespace: Namespace,
    /// The type.
    pub event_type: String,
}

/// An event type, or a variant of an event type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The value of `type`.
    pub event_type: String,
    /// Other values of `type` that the schema allows, or that corrections add.
    pub aliases: Vec<String>,
    /// The value of the discriminator, if the schema is that of a variant.
    pub variant: Option<String>,
    /// The kinds of the event.
    pub kinds: Vec<Kind>,
    /// The kinds that proposals add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added_kinds: Vec<AddedKind>,
    /// The name of the field for the end of the event type, if the type ends in `.*`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// The module and name of the content.
    pub content: (ModulePath, String),
    /// The type of `unsigned` of a room event.
    pub unsigned: Option<Type>,
    /// The type of `state_key` of a state event.
    pub state_key: Option<Type>,
    /// The name of the type of the members at the top level that the envelope does not have. The type is in the module of the
    /// content.
    pub top_level: Option<String>,
    /// The file of the schema.
    pub file: String,
    /// The feature of the crate that the event requires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
}

impl Event {
    /// Returns the type with its namespace.
    pub fn key(&self) -> EventKey {
        let namespace = if self.is_edu() { Namespace::Edu } else { Namespace::Event };
        EventKey { namespace, event_type: self.event_type.clone() }
    }

    /// Returns the number of the proposal that the event, or the variant, is part of.
    pub fn proposal(&self) -> Option<u32> {
        proposals::number_of(&self.file)
    }

    /// Returns the kinds, each with the number of the proposal that adds the kind.
    pub fn all_kinds(&self) -> impl Iterator<Item = (Kind, Option<u32>)> + '_ {
        all_kinds(&self.kinds, &self.added_kinds)
    }

    /// Returns `true` for an ephemeral data unit.
    pub fn is_edu(&self) -> bool {
        self.kinds.contains(&Kind::Edu)
    }
}

/// Returns the kinds of an event, each with the number of the proposal that adds the kind.
pub(crate) fn all_kinds<'k>(
    kinds: &'k [Kind],
    added: &'k [AddedKind],
) -> impl Iterator<Item = (Kind, Option<u32>)> + 'k {
    let added = added.iter().map(|added| (added.kind, Some(added.proposal)));
    kinds.iter().map(|kind| (*kind, None)).chain(added)
}

/// Serializes a map with module paths as keys as a list, because the keys of JSON objects are strings.
mod module_list {
    use super::{BTreeMap, Module, ModulePath};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        map: &BTreeMap<ModulePath, Module>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        map.iter().collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<ModulePath, Module>, D::Error> {
        Ok(Vec::<(ModulePath, Module)>::deserialize(deserializer)?.into_iter().collect())
    }
}
