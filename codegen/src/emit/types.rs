//! Emits the types of fields as text.

use super::Context;
use crate::ir::{ContentParam, Field, Key, Type};

/// Returns a Rust type.
pub(crate) fn ty(ty: &Type, context: &Context<'_>) -> String {
    let of_crate = |name: &str| format!("{}::{name}", context.paths.root());
    let inner = |inner: &Type| self::ty(inner, context);
    match ty {
        Type::String => "String".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Integer => "i64".to_owned(),
        Type::IntOrString => of_crate("IntOrString"),
        Type::StringOrInt => of_crate("StringOrInt"),
        Type::EventReference => of_crate("EventReference"),
        Type::Number => "f64".to_owned(),
        Type::Any => context.paths.serde_json("Value"),
        Type::JsonObject => of_crate("JsonObject"),
        Type::Identifier(identifier) => of_crate(identifier.name()),
        Type::Named(module, name) => context.paths.named(context.module, module, name),
        Type::List(element) => format!("Vec<{}>", inner(element)),
        Type::Events(event) => format!("{}<{}>", of_crate("Events"), inner(event)),
        Type::Map(key, value) => map(key, value, context),
        Type::Nullable(value) => format!("{}<{}>", of_crate("Nullable"), inner(value)),
        Type::Boxed(value) => format!("Box<{}>", inner(value)),
        Type::Param(ContentParam::Content) => "C".to_owned(),
        Type::Param(ContentParam::Unsigned) => "C::Unsigned".to_owned(),
        Type::Param(ContentParam::StateKey) => "C::StateKey".to_owned(),
    }
}

/// Returns the Rust type of a map.
pub(crate) fn map(key: &Key, value: &Type, context: &Context<'_>) -> String {
    let key = match key {
        Key::String => "String".to_owned(),
        Key::Identifier(identifier) => format!("{}::{}", context.paths.root(), identifier.name()),
        Key::Named(module, name) => context.paths.named(context.module, module, name),
    };
    format!("{}::Map<{key}, {}>", context.paths.root(), ty(value, context))
}

/// Returns the Rust type of a field, including `Option`.
pub(crate) fn field(field: &Field, context: &Context<'_>) -> String {
    let inner = ty(&field.ty, context);
    match field.presence.is_required() {
        true => inner,
        false => format!("Option<{inner}>"),
    }
}

/// Returns the type of the argument for a field, and `true` if the argument requires a conversion with `into`.
pub(crate) fn argument(kind: &Type, context: &Context<'_>) -> (String, bool) {
    let inner = ty(kind, context);
    match kind {
        Type::String | Type::Identifier(_) | Type::IntOrString | Type::StringOrInt => {
            (format!("impl Into<{inner}>"), true)
        }
        _ => (inner, false),
    }
}
