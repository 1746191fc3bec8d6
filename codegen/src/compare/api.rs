//! What changes for those who use the generated types: two IRs side by side.

use std::collections::BTreeMap;

use super::finding::Api;
use crate::diagnostics::Origin;
use crate::ir::{Alternative, Entries, Event, Field, Ir, Item, Key, ModulePath, Presence, Shape, Struct, Type};

/// A change of a Rust item.
#[derive(Clone, Debug)]
pub(super) struct RustChange {
    /// The type, by its path.
    pub(super) item: String,
    pub(super) what: String,
    pub(super) api: Api,
    /// The event and the part of its envelope that it is about, if it is about one.
    pub(super) part: Option<(String, &'static str)>,
    pub(super) is_deprecation: bool,
    /// Where the schema stands that it was made from, in each tree.
    pub(super) before: Option<Origin>,
    pub(super) after: Option<Origin>,
}

type Items<'i> = BTreeMap<(&'i ModulePath, &'i str), &'i Item>;

/// Compares all types.
pub(super) fn changes(before: &Ir, after: &Ir) -> Vec<RustChange> {
    let (old, new) = (items(before), items(after));
    let mut found = Vec::new();
    for (key, one) in &old {
        let mut of_item = OfItem { item: path(key.0, key.1), found: &mut found };
        match new.get(key) {
            None => of_item.note(format!("`{}` is gone", of_item.item), Api::Major, Some(&one.origin), None),
            Some(other) => of_item.item(one, other, &new),
        }
    }
    for (key, other) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        let mut of_item = OfItem { item: path(key.0, key.1), found: &mut found };
        of_item.note(format!("`{}` is new", of_item.item), Api::Minor, None, Some(&other.origin));
    }
    for one in &before.events {
        let key = |event: &Event| (event.is_edu(), event.event_type.clone(), event.variant.clone());
        let same = |other: &&Event| key(other) == key(one);
        if let Some(other) = after.events.iter().find(same) {
            event(one, other, &mut found);
        }
    }
    any(before, after, &mut found);
    found
}

fn items(ir: &Ir) -> Items<'_> {
    let modules = ir.modules.iter();
    modules.flat_map(|(path, module)| module.items.iter().map(move |item| ((path, item.name.as_str()), item))).collect()
}

fn path(module: &ModulePath, name: &str) -> String {
    module.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("::")
}

struct OfItem<'f> {
    item: String,
    found: &'f mut Vec<RustChange>,
}

impl OfItem<'_> {
    fn note(&mut self, what: String, api: Api, before: Option<&Origin>, after: Option<&Origin>) {
        let (before, after) = (before.cloned(), after.cloned());
        let item = self.item.clone();
        self.found.push(RustChange { item, what, api, part: None, is_deprecation: false, before, after });
    }

    fn deprecation(&mut self, name: &str, before: Option<&Origin>, after: Option<&Origin>) {
        self.note(format!("`{name}` is deprecated"), Api::Minor, before, after);
        self.found.iter_mut().last().into_iter().for_each(|change| change.is_deprecation = true);
    }

    fn item(&mut self, one: &Item, other: &Item, new: &Items<'_>) {
        let (before, after) = (Some(&one.origin), Some(&other.origin));
        if !one.docs.deprecated && other.docs.deprecated {
            self.deprecation(&self.item.clone(), before, after);
        }
        match (&one.shape, &other.shape) {
            (Shape::Struct(old), Shape::Struct(new)) => self.structure((one, old), (other, new)),
            (Shape::OpenEnum(old), Shape::OpenEnum(new)) => {
                let names = |values: &[crate::ir::Value]| values.iter().map(|value| value.ident.clone()).collect();
                self.variants(names(old), names(new), before, after);
            }
            (Shape::Union(old), Shape::Union(new)) => {
                let names = |list: &[Alternative]| list.iter().map(alternative).collect();
                self.variants(names(old), names(new), before, after);
            }
            (Shape::Tagged(old), Shape::Tagged(tagged)) => {
                // A variant is made from the schema of what it holds.
                for variant in tagged.variants.iter().filter(|variant| !old.variants.contains(variant)) {
                    let held = new.values().find(|item| item.name == variant.holds).map(|item| &item.origin);
                    if !old.variants.iter().any(|known| known.ident == variant.ident) {
                        self.note(format!("`{}::{}` is new", self.item, variant.ident), Api::Minor, None, held);
                    }
                }
                let names = |tagged: &crate::ir::Tagged| {
                    tagged.variants.iter().map(|variant| format!("{}({})", variant.ident, variant.holds)).collect()
                };
                self.gone(names(old), names(tagged), before, after);
            }
            _ => self.note(format!("`{}` becomes another kind of type", self.item), Api::Major, before, after),
        }
    }

    fn variants(&mut self, old: Vec<String>, new: Vec<String>, before: Option<&Origin>, after: Option<&Origin>) {
        for name in new.iter().filter(|name| !old.contains(name)) {
            self.note(format!("`{}::{name}` is new", self.item), Api::Minor, before, after);
        }
        self.gone(old, new, before, after);
    }

    fn gone(&mut self, old: Vec<String>, new: Vec<String>, before: Option<&Origin>, after: Option<&Origin>) {
        for name in old.into_iter().filter(|name| !new.contains(name)) {
            self.note(format!("`{}::{name}` is gone", self.item), Api::Major, before, after);
        }
    }

    fn structure(&mut self, (one, old): (&Item, &Struct), (other, new): (&Item, &Struct)) {
        for field in &old.fields {
            match new.fields.iter().find(|known| known.wire == field.wire) {
                None => {
                    let origin = Some(&field.origin);
                    self.note(format!("`{}::{}` is gone", self.item, field.ident), Api::Major, origin, None);
                }
                Some(known) => self.field(field, known),
            }
        }
        for field in new.fields.iter().filter(|field| !old.fields.iter().any(|known| known.wire == field.wire)) {
            let (api, more) = match is_argument(field) {
                true => (Api::Major, ", and an argument of `new`"),
                false => (Api::Minor, ""),
            };
            let what = format!("`{}::{}` is new{more}", self.item, field.ident);
            self.note(what, api, None, Some(&field.origin));
        }
        let (before, after) = (Some(&one.origin), Some(&other.origin));
        let entries = |shape: &Struct| shape.entries.as_ref().map(entries);
        match (entries(old), entries(new)) {
            (None, None) => {}
            (Some(old), Some(new)) if old == new => {}
            (None, Some(new)) => {
                self.note(format!("`{}::entries` is new: {new}", self.item), Api::Minor, before, after)
            }
            (Some(_), None) => self.note(format!("`{}::entries` is gone", self.item), Api::Major, before, after),
            (Some(old), Some(new)) => {
                self.note(format!("`{}::entries`: {old} becomes {new}", self.item), Api::Major, before, after);
            }
        }
    }

    fn field(&mut self, one: &Field, other: &Field) {
        let (before, after) = (Some(&one.origin), Some(&other.origin));
        let name = format!("`{}::{}`", self.item, one.ident);
        if one.ident != other.ident {
            self.note(format!("{name} becomes `{}`", other.ident), Api::Major, before, after);
        }
        let (old, new) = (rust(one), rust(other));
        if old != new {
            self.note(format!("{name}: {old} becomes {new}"), Api::Major, before, after);
        } else if is_argument(one) != is_argument(other) {
            let is = if is_argument(other) { "is now" } else { "isn't any more" };
            self.note(format!("{name} {is} an argument of `new`"), Api::Major, before, after);
        }
        match (&one.default, &other.default) {
            (None, Some(_)) => self.note(format!("{name} has a default"), Api::Minor, before, after),
            (Some(_), None) => self.note(format!("{name} has no default any more"), Api::Major, before, after),
            (Some(old), Some(new)) if old != new => {
                self.note(format!("{name}: its default {old} becomes {new}"), Api::Minor, before, after);
            }
            _ => {}
        }
        if !one.docs.deprecated && other.docs.deprecated {
            self.deprecation(name.trim_matches('`'), before, after);
        }
    }
}

/// Whether `new` takes a field.
fn is_argument(field: &Field) -> bool {
    field.presence == Presence::Required && field.only.is_none()
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

/// The type of a field as it stands in Rust.
fn rust(field: &Field) -> String {
    match field.presence {
        Presence::Required => format!("`{}`", ty(&field.ty)),
        Presence::Lenient | Presence::Optional => format!("`Option<{}>`", ty(&field.ty)),
    }
}

fn key(key: &Key) -> &str {
    match key {
        Key::String => "String",
        Key::Identifier(identifier) => identifier.name(),
    }
}

fn ty(of: &Type) -> String {
    match of {
        Type::Identifier(identifier) => identifier.name().to_owned(),
        Type::Named(module, name) => path(module, name),
        Type::List(item) => format!("Vec<{}>", ty(item)),
        Type::Map(of, value) => format!("BTreeMap<{}, {}>", key(of), ty(value)),
        Type::Nullable(value) => format!("Nullable<{}>", ty(value)),
        Type::Boxed(value) => format!("Box<{}>", ty(value)),
        Type::Integer => "i64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Compares what an event has beside its content.
fn event(one: &Event, other: &Event, found: &mut Vec<RustChange>) {
    let name = &one.event_type;
    let item = path(&one.content.0, &one.content.1);
    let (before, after) = (Origin::file(&one.file), Origin::file(&other.file));
    let mut compare = |part: &'static str, old: Option<String>, new: Option<String>| {
        if old != new {
            // What an event hasn't had, no program names.
            let api = if old.is_some() { Api::Major } else { Api::Minor };
            let text = |side: Option<String>| side.map_or("nothing".to_owned(), |text| format!("`{text}`"));
            let what = format!("`{part}` of `{name}`: {} becomes {}", text(old), text(new));
            let (item, part) = (item.clone(), Some((super::file_name(&one.file).to_owned(), part)));
            let (before, after) = (Some(before.clone()), Some(after.clone()));
            found.push(RustChange { item, what, api, part, is_deprecation: false, before, after });
        }
    };
    let content = |event: &Event| Some(path(&event.content.0, &event.content.1));
    compare("content", content(one), content(other));
    compare("unsigned", one.unsigned.as_ref().map(ty), other.unsigned.as_ref().map(ty));
    compare("state_key", one.state_key.as_ref().map(ty), other.state_key.as_ref().map(ty));
    if one.top_level.is_some() {
        compare("top level", one.top_level.clone(), other.top_level.clone());
    }
}

/// Compares the enums over all events of a place; what their variants are follows from the events.
fn any(before: &Ir, after: &Ir, found: &mut Vec<RustChange>) {
    for one in &before.any {
        let mut of_item = OfItem { item: one.name.clone(), found };
        let Some(other) = after.any.iter().find(|other| other.name == one.name) else {
            of_item.note(format!("`{}` is gone", one.name), Api::Major, None, None);
            continue;
        };
        if one.sync != other.sync || one.state != other.state || one.redactable != other.redactable {
            of_item.note(format!("`{}` has other ways to read it", one.name), Api::Major, None, None);
        }
    }
}
