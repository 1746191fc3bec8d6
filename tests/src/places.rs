//! The fields of the generated types, by their locations in an example.

use matrix_events_codegen::escape_pointer_token;
use matrix_events_codegen::ir::{ContentParam, Event, Ir, Item, Shape, Struct, Type};
use serde_json::Value;

/// A location in an example for which the type has a field.
#[derive(Clone, Debug)]
pub struct Place {
    /// The JSON pointer.
    pub pointer: String,
    /// `true` if the field is optional.
    pub optional: bool,
    /// `true` if the field is an open enum, or a list of open enums.
    pub known_values: bool,
    /// `true` if its type is a number.
    pub is_number: bool,
    /// `true` for an optional field for which `null` is valid.
    pub can_be_null: bool,
}

/// Returns the locations in an example for which the types of an event have a field.
pub fn places(ir: &Ir, event: &Event, envelope: &str, example: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    let walker = Walker { ir, event };
    if let Some(Item { shape: Shape::Struct(shape), .. }) = item(ir, &["envelope".to_owned()], envelope) {
        walker.structure(shape, example, "", &mut found);
    }
    found
}

fn item<'i>(ir: &'i Ir, module: &[String], name: &str) -> Option<&'i Item> {
    ir.modules.get(module)?.items.iter().find(|item| item.name == name)
}

struct Walker<'i> {
    ir: &'i Ir,
    event: &'i Event,
}

impl Walker<'_> {
    fn structure(&self, shape: &Struct, value: &Value, pointer: &str, found: &mut Vec<Place>) {
        let Some(members) = value.as_object() else { return };
        for (key, value) in members {
            let pointer = format!("{pointer}/{}", escape_pointer_token(key));
            match shape.fields.iter().find(|field| field.wire == *key) {
                Some(field) => {
                    let optional = !field.presence.is_required();
                    let known_values = self.has_known_values(&field.ty);
                    let is_number = matches!(field.ty, Type::Integer | Type::Number);
                    let can_be_null = field.can_be_null;
                    found.push(Place { pointer: pointer.clone(), optional, known_values, is_number, can_be_null });
                    self.ty(&field.ty, value, &pointer, found);
                }
                None => {
                    if let Some(entries) = &shape.entries {
                        self.ty(&entries.value, value, &pointer, found);
                    }
                }
            }
        }
    }

    fn ty(&self, ty: &Type, value: &Value, pointer: &str, found: &mut Vec<Place>) {
        match ty {
            Type::Param(ContentParam::Content) => {
                self.named(&self.event.content.0, &self.event.content.1, value, pointer, found)
            }
            Type::Named(module, name) => self.named(module, name, value, pointer, found),
            Type::Param(ContentParam::Unsigned) => {
                if let Some(ty) = &self.event.unsigned {
                    self.ty(ty, value, pointer, found);
                }
            }
            Type::Nullable(inner) | Type::Boxed(inner) => self.ty(inner, value, pointer, found),
            Type::List(inner) | Type::Events(inner) => {
                for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                    self.ty(inner, value, &format!("{pointer}/{index}"), found);
                }
            }
            Type::Map(_, inner) => {
                for (key, value) in value.as_object().into_iter().flatten() {
                    let key = escape_pointer_token(key);
                    self.ty(inner, value, &format!("{pointer}/{key}"), found);
                }
            }
            _ => {}
        }
    }

    fn named(&self, module: &[String], name: &str, value: &Value, pointer: &str, found: &mut Vec<Place>) {
        match item(self.ir, module, name).map(|item| &item.shape) {
            Some(Shape::Struct(shape)) => self.structure(shape, value, pointer, found),
            Some(Shape::Tagged(tagged)) => {
                let tag = value.get(&tagged.property).and_then(Value::as_str);
                let variant = tagged.variants.iter().find(|variant| Some(variant.value.as_str()) == tag);
                let name = variant.map_or(&tagged.other, |variant| &variant.holds);
                self.named(module, name, value, pointer, found);
            }
            Some(Shape::Union(alternatives)) => {
                for ty in alternatives.iter().filter_map(|alternative| alternative.ty.as_ref()) {
                    self.ty(ty, value, pointer, found);
                }
            }
            _ => {}
        }
    }

    fn has_known_values(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(module, name) => {
                matches!(item(self.ir, module, name).map(|item| &item.shape), Some(Shape::OpenEnum(_)))
            }
            Type::List(inner) | Type::Nullable(inner) => self.has_known_values(inner),
            _ => false,
        }
    }
}
