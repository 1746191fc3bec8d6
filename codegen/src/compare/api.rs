//! Compares the generated types of two IRs.

use std::collections::BTreeMap;

use super::finding::Api;
use super::sides::Sides;
use crate::diagnostics::Origin;
use crate::ir::{Alternative, Entries, Event, Field, Ir, Item, Key, ModulePath, Shape, Struct, Tagged, Type, Value};

/// A change of a Rust item.
#[derive(Clone, Debug)]
pub(super) struct RustChange {
    /// The type, by its path.
    pub(super) item: String,
    pub(super) what: String,
    pub(super) api: Api,
    /// The event and the part of its envelope, if the change is outside of the content.
    pub(super) part: Option<(String, &'static str)>,
    pub(super) is_deprecation: bool,
    /// The origin of the schema in each tree.
    pub(super) origins: Sides<Option<Origin>>,
}

type Items<'i> = BTreeMap<(&'i ModulePath, &'i str), &'i Item>;

/// Compares all types.
pub(super) fn changes(irs: Sides<&Ir>) -> Vec<RustChange> {
    let Sides { before: old, after: new } = irs.map(items);
    let mut found = Vec::new();
    for (key, one) in &old {
        let mut changes = ItemChanges { item: path(key.0, key.1), found: &mut found };
        match new.get(key) {
            None => changes.note(format!("`{}` is gone", changes.item), Api::Major, Sides::of_before(&one.origin)),
            Some(other) => changes.item(Sides { before: one, after: other }, &new),
        }
    }
    for (key, other) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        let mut changes = ItemChanges { item: path(key.0, key.1), found: &mut found };
        changes.note(format!("`{}` is new", changes.item), Api::Minor, Sides::of_after(&other.origin));
    }
    for before in &irs.before.events {
        let is_same = |after: &&Event| after.key() == before.key() && after.variant == before.variant;
        if let Some(after) = irs.after.events.iter().find(is_same) {
            event(Sides { before, after }, &mut found);
        }
    }
    any(irs, &mut found);
    found
}

fn items(ir: &Ir) -> Items<'_> {
    let modules = ir.modules.iter();
    modules.flat_map(|(path, module)| module.items.iter().map(move |item| ((path, item.name.as_str()), item))).collect()
}

fn path(module: &ModulePath, name: &str) -> String {
    module.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("::")
}

/// The origins of a change. A tree without the item has none.
type Origins<'o> = Sides<Option<&'o Origin>>;

impl<'o> Origins<'o> {
    fn of_before(origin: &'o Origin) -> Self {
        Self { before: Some(origin), after: None }
    }

    fn of_after(origin: &'o Origin) -> Self {
        Self { before: None, after: Some(origin) }
    }
}

/// The changes of one item.
struct ItemChanges<'f> {
    item: String,
    found: &'f mut Vec<RustChange>,
}

impl ItemChanges<'_> {
    fn note(&mut self, what: String, api: Api, origins: Origins<'_>) {
        let origins = origins.map(|origin| origin.cloned());
        let item = self.item.clone();
        self.found.push(RustChange { item, what, api, part: None, is_deprecation: false, origins });
    }

    fn deprecation(&mut self, name: &str, origins: Origins<'_>) {
        self.note(format!("`{name}` is deprecated"), Api::Minor, origins);
        self.found.iter_mut().last().into_iter().for_each(|change| change.is_deprecation = true);
    }

    fn item(&mut self, items: Sides<&Item>, new: &Items<'_>) {
        let origins = items.map(|item| Some(&item.origin));
        if !items.before.docs.deprecated && items.after.docs.deprecated {
            self.deprecation(&self.item.clone(), origins);
        }
        match (&items.before.shape, &items.after.shape) {
            (Shape::Struct(before), Shape::Struct(after)) => self.structure(Sides { before, after }, origins),
            (Shape::OpenEnum(before), Shape::OpenEnum(after)) => {
                let names = |values: &Vec<Value>| values.iter().map(|value| value.ident.clone()).collect();
                self.variants(Sides { before, after }.map(names), origins);
            }
            (Shape::Union(before), Shape::Union(after)) => {
                let names = |list: &Vec<Alternative>| list.iter().map(alternative).collect();
                self.variants(Sides { before, after }.map(names), origins);
            }
            (Shape::Tagged(before), Shape::Tagged(after)) => {
                // The origin of a variant is that of the type in the variant.
                for variant in after.variants.iter().filter(|variant| !before.variants.contains(variant)) {
                    let held = new.values().find(|item| item.name == variant.holds).map(|item| &item.origin);
                    if !before.variants.iter().any(|known| known.ident == variant.ident) {
                        let origins = Sides { before: None, after: held };
                        self.note(format!("`{}::{}` is new", self.item, variant.ident), Api::Minor, origins);
                    }
                }
                let names = |tagged: &Tagged| {
                    tagged.variants.iter().map(|variant| format!("{}({})", variant.ident, variant.holds)).collect()
                };
                self.gone(Sides { before, after }.map(names), origins);
            }
            _ => self.note(format!("`{}` becomes another kind of type", self.item), Api::Major, origins),
        }
    }

    fn variants(&mut self, names: Sides<Vec<String>>, origins: Origins<'_>) {
        for name in names.after.iter().filter(|name| !names.before.contains(name)) {
            self.note(format!("`{}::{name}` is new", self.item), Api::Minor, origins);
        }
        self.gone(names, origins);
    }

    fn gone(&mut self, names: Sides<Vec<String>>, origins: Origins<'_>) {
        for name in names.before.into_iter().filter(|name| !names.after.contains(name)) {
            self.note(format!("`{}::{name}` is gone", self.item), Api::Major, origins);
        }
    }

    fn structure(&mut self, shapes: Sides<&Struct>, origins: Origins<'_>) {
        for before in &shapes.before.fields {
            match shapes.after.fields.iter().find(|known| known.wire == before.wire) {
                None => {
                    let what = format!("`{}::{}` is gone", self.item, before.ident);
                    self.note(what, Api::Major, Sides::of_before(&before.origin));
                }
                Some(after) => self.field(Sides { before, after }),
            }
        }
        let is_new = |field: &&Field| !shapes.before.fields.iter().any(|known| known.wire == field.wire);
        for field in shapes.after.fields.iter().filter(is_new) {
            let (api, more) = match is_argument(field) {
                true => (Api::Major, ", and an argument of `new`"),
                false => (Api::Minor, ""),
            };
            let what = format!("`{}::{}` is new{more}", self.item, field.ident);
            self.note(what, api, Sides::of_after(&field.origin));
        }
        match shapes.map(|shape| shape.entries.as_ref().map(entries)) {
            Sides { before: None, after: None } => {}
            Sides { before: Some(old), after: Some(new) } if old == new => {}
            Sides { before: None, after: Some(new) } => {
                self.note(format!("`{}::entries` is new: {new}", self.item), Api::Minor, origins);
            }
            Sides { before: Some(_), after: None } => {
                self.note(format!("`{}::entries` is gone", self.item), Api::Major, origins);
            }
            Sides { before: Some(old), after: Some(new) } => {
                self.note(format!("`{}::entries`: {old} becomes {new}", self.item), Api::Major, origins);
            }
        }
    }

    fn field(&mut self, fields: Sides<&Field>) {
        let Sides { before: one, after: other } = fields;
        let origins = fields.map(|field| Some(&field.origin));
        let name = format!("`{}::{}`", self.item, one.ident);
        if one.ident != other.ident {
            self.note(format!("{name} becomes `{}`", other.ident), Api::Major, origins);
        }
        let types = fields.map(rust);
        if types.differ() {
            self.note(format!("{name}: {} becomes {}", types.before, types.after), Api::Major, origins);
        } else if fields.map(is_argument).differ() {
            let is = if is_argument(other) { "is now" } else { "is no longer" };
            self.note(format!("{name} {is} an argument of `new`"), Api::Major, origins);
        }
        match (one.presence.default().map(|one| &one.value), other.presence.default().map(|other| &other.value)) {
            (None, Some(_)) => self.note(format!("{name} has a default"), Api::Minor, origins),
            (Some(_), None) => self.note(format!("{name} no longer has a default"), Api::Major, origins),
            (Some(old), Some(new)) if old != new => {
                self.note(format!("{name}: its default {old} becomes {new}"), Api::Minor, origins);
            }
            _ => {}
        }
        if !one.docs.deprecated && other.docs.deprecated {
            self.deprecation(name.trim_matches('`'), origins);
        }
    }
}

/// Returns `true` if a field is an argument of `new`.
fn is_argument(field: &Field) -> bool {
    field.presence.is_required_by_schema() && field.only.is_none()
}

fn alternative(alternative: &Alternative) -> String {
    match &alternative.ty {
        None => alternative.ident.clone(),
        Some(held) => format!("{}({})", alternative.ident, ty(held)),
    }
}

fn entries(entries: &Entries) -> String {
    format!("map from {} to {}", key(&entries.key), ty(&entries.value))
}

/// Returns the Rust type of a field.
fn rust(field: &Field) -> String {
    match field.presence.is_required() {
        true => format!("`{}`", ty(&field.ty)),
        false => format!("`Option<{}>`", ty(&field.ty)),
    }
}

fn key(key: &Key) -> &str {
    match key {
        Key::String => "String",
        Key::Identifier(identifier) => identifier.name(),
        Key::Named(_, name) => name,
    }
}

fn ty(of: &Type) -> String {
    match of {
        Type::Identifier(identifier) => identifier.name().to_owned(),
        Type::Named(module, name) => path(module, name),
        Type::List(item) => format!("Vec<{}>", ty(item)),
        Type::Events(event) => format!("Events<{}>", ty(event)),
        Type::Map(of, value) => format!("BTreeMap<{}, {}>", key(of), ty(value)),
        Type::Nullable(value) => format!("Nullable<{}>", ty(value)),
        Type::Boxed(value) => format!("Box<{}>", ty(value)),
        Type::Integer => "i64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Compares the types of an event outside of its content.
fn event(events: Sides<&Event>, found: &mut Vec<RustChange>) {
    let name = &events.before.event_type;
    let item = path(&events.before.content.0, &events.before.content.1);
    let origins = events.map(|event| Some(Origin::file(&event.file)));
    let mut compare = |part: &'static str, types: Sides<Option<String>>| {
        if types.differ() {
            // A program cannot name a part that the event did not have.
            let api = if types.before.is_some() { Api::Major } else { Api::Minor };
            let texts = types.map(|side| side.map_or("nothing".to_owned(), |text| format!("`{text}`")));
            let what = format!("`{part}` of `{name}`: {} becomes {}", texts.before, texts.after);
            let (item, part) = (item.clone(), Some((super::file_name(&events.before.file).to_owned(), part)));
            found.push(RustChange { item, what, api, part, is_deprecation: false, origins: origins.clone() });
        }
    };
    compare("content", events.map(|event| Some(path(&event.content.0, &event.content.1))));
    compare("unsigned", events.map(|event| event.unsigned.as_ref().map(ty)));
    compare("state_key", events.map(|event| event.state_key.as_ref().map(ty)));
    if events.before.top_level.is_some() {
        compare("top level", events.map(|event| event.top_level.clone()));
    }
}

/// Compares the enums over all events of some envelopes. Their variants follow from the events.
fn any(irs: Sides<&Ir>, found: &mut Vec<RustChange>) {
    for one in &irs.before.any {
        let mut changes = ItemChanges { item: one.name.clone(), found };
        let Some(other) = irs.after.any.iter().find(|other| other.name == one.name) else {
            changes.note(format!("`{}` is gone", one.name), Api::Major, Sides::default());
            continue;
        };
        if one.sync != other.sync
            || one.state != other.state
            || one.message_like != other.message_like
            || one.redactable != other.redactable
        {
            changes.note(format!("`{}` has other conversions", one.name), Api::Major, Sides::default());
        }
    }
}
