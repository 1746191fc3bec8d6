//! What will be emitted, decided and named: data only, neither tokens nor JSON. It can be written as JSON and read back.

pub mod constraints;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostics::Origin;
pub use crate::schema::Identifier;
use crate::version::Version;

/// A path of Rust modules below `events`.
pub type ModulePath = Vec<String>;

/// The module of the enums over all events of a place.
pub const ANY: &str = "any";

/// The module of the envelopes.
pub const ENVELOPE: &str = "envelope";

/// The module of the types that nothing else places.
pub const COMMON: &str = "common";

/// The whole of the crate's emitted part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ir {
    /// The release that the schemas are from, where it is known.
    pub release: Option<Version>,
    /// The modules, by their paths.
    #[serde(with = "module_list")]
    pub modules: BTreeMap<ModulePath, Module>,
    /// The events, in the order of their types and variants.
    pub events: Vec<Event>,
    /// The enums over all events of a place.
    pub any: Vec<Any>,
    /// The constraints that the validators check.
    pub constraints: constraints::ConstraintTables,
}

impl Ir {
    /// Returns `true` if types are in a module or below it.
    pub(crate) fn has_module(&self, path: &[String]) -> bool {
        self.modules.iter().any(|(known, module)| known.starts_with(path) && !module.items.is_empty())
    }

    /// The type of a name in a module.
    pub(crate) fn item(&self, module: &[String], name: &str) -> Option<&Item> {
        self.modules.get(module)?.items.iter().find(|item| item.name == name)
    }
}

impl Ir {
    /// The envelopes: the name of each, the kind of its events, and its fields.
    pub fn envelopes(&self) -> impl Iterator<Item = (&str, Kind, &Struct)> {
        let items = self.modules.values().flat_map(|module| &module.items);
        items.filter_map(|item| match &item.shape {
            Shape::Struct(shape @ Struct { role: Role::Envelope { kind, .. }, .. }) => {
                Some((item.name.as_str(), *kind, shape))
            }
            _ => None,
        })
    }

    /// The envelope of a name.
    pub fn envelope(&self, name: &str) -> Option<&Struct> {
        self.envelopes().find(|(known, ..)| *known == name).map(|(.., shape)| shape)
    }
}

/// An enum over all events that can come from one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Any {
    /// Its name.
    pub name: String,
    /// What is said of it.
    pub docs: Docs,
    /// The envelopes of its events.
    pub envelopes: Vec<String>,
    /// Whether its events can be redacted.
    pub redactable: bool,
    /// Whether its events are ephemeral data units.
    pub is_edu: bool,
    /// The enum over the same events without their room.
    pub sync: Option<String>,
    /// The enum over those of the events that are of a room's state.
    pub state: Option<String>,
    /// Its variants: the type of the event, the name of the variant, the envelope, the content.
    pub variants: Vec<AnyVariant>,
}

/// A variant of an [`Any`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnyVariant {
    /// The type of the event.
    pub event_type: String,
    /// Other values of `type` that such an event may have.
    pub aliases: Vec<String>,
    /// The name of the variant.
    pub ident: String,
    /// The envelope.
    pub envelope: String,
    /// The module and name of the content.
    pub content: (ModulePath, String),
}

/// A module and the types in it, of which a module for an area may have none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// The documentation that `codegen.yaml` states for it.
    pub description: Option<String>,
    /// The files that its types come from.
    pub files: Vec<String>,
    /// Its types, in the order of the schemas.
    pub items: Vec<Item>,
}

/// A type: its shape, apart from what it is called and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its name, unique in its module.
    pub name: String,
    /// What is said of it.
    pub docs: Docs,
    /// Where its schema stands.
    pub origin: Origin,
    /// What it is.
    pub shape: Shape,
}

/// What is said of a type, a field or a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Docs {
    /// The description.
    pub text: Option<String>,
    /// The release that added it.
    pub since: Option<Version>,
    /// The releases that changed it, and how.
    pub changed: Vec<(Version, String)>,
    /// Whether it is on its way out.
    pub deprecated: bool,
    /// The section of the specification.
    pub link: Option<String>,
}

/// The kinds of types.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// An object with fields.
    Struct(Struct),
    /// A string with known values, and room for others.
    OpenEnum(Vec<Value>),
    /// One of several JSON types.
    Union(Vec<Alternative>),
    /// One of several objects, told apart by the value of a property.
    Tagged(Tagged),
}

impl Shape {
    /// Whether two shapes are the same, wherever their schemas stand.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Struct(one), Self::Struct(other)) => one.nowhere() == other.nowhere(),
            (one, other) => one == other,
        }
    }
}

/// An object with fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Struct {
    /// Its fields, in the order of the schema.
    pub fields: Vec<Field>,
    /// Properties with one possible value, which aren't stored: wire name and value.
    pub constants: Vec<(String, String)>,
    /// The map of the members that no field names, if the schema describes them.
    pub entries: Option<Entries>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Role::is_plain")]
    pub role: Role,
}

/// What an object with fields is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// A content, or an object in one.
    #[default]
    Plain,
    /// The members that all events of a kind have around their content.
    Envelope {
        /// The kind of the events, which decides the trait of the content.
        kind: Kind,
        /// The form that validators take the events for.
        form: Form,
    },
    /// The members that one event type has at the top level in addition to those of its envelope.
    TopLevel,
}

impl Role {
    fn is_plain(&self) -> bool {
        *self == Self::Plain
    }
}

/// A form of events: the members that every event has in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// With the room, the ID and the rest.
    Full,
    /// Without the room, as in `/sync`.
    Sync,
    /// State without an ID, as in invites.
    Stripped,
    /// Without any of these.
    ContentOnly,
}

impl Form {
    /// The name of the variant of `validate::Form`.
    pub fn variant(self) -> &'static str {
        match self {
            Self::Full => "Full",
            Self::Sync => "Sync",
            Self::Stripped => "Stripped",
            Self::ContentOnly => "ContentOnly",
        }
    }
}

impl Struct {
    /// Whether it has fields that are deprecated: reading and writing them is no use of them.
    pub(crate) fn has_deprecated(&self) -> bool {
        self.fields.iter().any(|field| field.docs.deprecated)
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
    /// The key in the JSON.
    pub wire: String,
    /// Other keys under which it is read where that one is absent.
    pub aliases: Vec<String>,
    /// The name in Rust.
    pub ident: String,
    /// Its type, `Option` apart.
    pub ty: Type,
    /// The effect of its absence.
    pub presence: Presence,
    /// The only value that its schema allows. `new` sets it.
    pub only: Option<String>,
    /// The documentation.
    pub docs: Docs,
    /// The origin of its schema.
    pub origin: Origin,
}

/// The effect of the absence of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence {
    /// The schema and the type require the field.
    Required,
    /// The schema requires the field, but events in practice omit it. The type has an `Option`.
    Lenient {
        /// The reason.
        reason: String,
        /// The value of the absent field.
        default: Option<serde_json::Value>,
    },
    /// The field may be absent. The type has an `Option`.
    Optional,
    /// The absent field has this value. The type has an `Option`.
    Default(serde_json::Value),
}

impl Presence {
    /// Returns `true` if the type requires the field.
    pub fn is_required(&self) -> bool {
        *self == Self::Required
    }

    /// Returns `true` if the schema requires the field.
    pub fn is_required_by_schema(&self) -> bool {
        matches!(self, Self::Required | Self::Lenient { .. })
    }

    /// Returns the value of the absent field.
    pub fn default(&self) -> Option<&serde_json::Value> {
        match self {
            Self::Default(value) | Self::Lenient { default: Some(value), .. } => Some(value),
            Self::Required | Self::Optional | Self::Lenient { default: None, .. } => None,
        }
    }
}

/// The members of an object that no field names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entries {
    /// The type of the keys.
    pub key: Key,
    /// The type of the values.
    pub value: Type,
    /// What is said of them.
    pub docs: Docs,
}

/// A known value of an open enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The text in the JSON.
    pub wire: String,
    /// The variant.
    pub ident: String,
    /// What it means.
    pub text: Option<String>,
}

/// One of the JSON types of a union.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The variant.
    pub ident: String,
    /// What it holds; `None` for `null`.
    pub ty: Option<Type>,
}

/// One of several objects, told apart by the value of a property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tagged {
    /// The property.
    pub property: String,
    /// The variants: value, Rust name, the type that it holds.
    pub variants: Vec<Variant>,
    /// The type of an object with another value, or none.
    pub other: String,
}

/// A variant of a [`Tagged`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// The value of the property.
    pub value: String,
    /// The name of the variant.
    pub ident: String,
    /// The name of the type that it holds, in the same module.
    pub holds: String,
    /// What is said of it.
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
    /// A number with its original text.
    Number,
    /// Any JSON.
    Any,
    /// An object that no schema describes.
    JsonObject,
    /// An identifier of a format.
    Identifier(Identifier),
    /// A type of the crate.
    Named(ModulePath, String),
    /// `Vec`
    List(Box<Type>),
    /// `BTreeMap`
    Map(Key, Box<Type>),
    /// A value or `null`.
    Nullable(Box<Type>),
    /// A value on the heap.
    Boxed(Box<Type>),
    /// A type that the content of an envelope determines.
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
    /// Any string.
    String,
    /// An identifier of a format.
    Identifier(Identifier),
}

/// Where an event can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// The timeline of a room, without a state key.
    MessageLike,
    /// The state of a room.
    State,
    /// A room, but not its history.
    Ephemeral,
    /// The presence of a user.
    Presence,
    /// The account's own data.
    GlobalAccountData,
    /// The account's own data about one room.
    RoomAccountData,
    /// Another device.
    ToDevice,
    /// Another server, beside the history of rooms: an ephemeral data unit.
    Edu,
}

impl Kind {
    /// The name in settings, and the kind.
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

    /// The name in settings.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The member of an event that says its type.
    pub fn type_member(self) -> &'static str {
        match self {
            Self::Edu => "edu_type",
            _ => "type",
        }
    }
}

/// The types of events and those of ephemeral data units are named independently of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Namespace {
    /// Events, which state their type by `type`.
    Event,
    /// Ephemeral data units, which state their type by `edu_type`.
    Edu,
}

/// An event type, unique among all of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventKey {
    /// The namespace of the type.
    pub namespace: Namespace,
    /// The type.
    pub event_type: String,
}

/// A type of event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its `type`.
    pub event_type: String,
    /// Other values of `type` that its schema allows, or that overrides add.
    pub aliases: Vec<String>,
    /// For one of several schemas of a type: the value that tells it apart.
    pub variant: Option<String>,
    /// Where it can come from.
    pub kinds: Vec<Kind>,
    /// The module and name of its content.
    pub content: (ModulePath, String),
    /// The type of `unsigned`, of a room event.
    pub unsigned: Option<Type>,
    /// The type of `state_key`, of a state event.
    pub state_key: Option<Type>,
    /// The type of what it has beside its envelope, in the module of its content.
    pub top_level: Option<String>,
    /// The file of its schema.
    pub file: String,
}

impl Event {
    /// Its type, unique among events and ephemeral data units.
    pub fn key(&self) -> EventKey {
        let namespace = if self.is_edu() { Namespace::Edu } else { Namespace::Event };
        EventKey { namespace, event_type: self.event_type.clone() }
    }

    /// Whether it is an ephemeral data unit, which may have the type of an event without being one.
    pub fn is_edu(&self) -> bool {
        self.kinds.contains(&Kind::Edu)
    }
}

/// JSON objects have strings for keys: a map with paths for keys is written as a list.
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
