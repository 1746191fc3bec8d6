//! What the parts of an object's code have in common: its fields, how a field is declared, and its row.

use proc_macro2::TokenStream;
use quote::quote;

use super::paths::tokens;
use super::{docs, ident, types, Context};
use crate::ir::{ContentParam, Field, Item, Kind, Presence, Role, Struct, Type};

/// What the parts of an object's code are written from.
pub(super) struct Writer<'w> {
    pub(super) item: &'w Item,
    pub(super) shape: &'w Struct,
    pub(super) context: &'w Context<'w>,
}

/// How a type implements `Default`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DefaultImpl {
    /// By `derive`: every field may be absent.
    Derived,
    /// By `new`, which takes no argument and sets fields to their one value.
    ByNew,
    /// Not at all: `new` takes arguments.
    None,
}

impl Writer<'_> {
    /// Whether an envelope has the members that an event type has at the top level on its own.
    pub(super) fn has_top_level(&self) -> bool {
        let in_room = matches!(self.shape.role, Role::Envelope { kind: Kind::MessageLike | Kind::State, .. });
        in_room && self.shape.fields.iter().any(|field| field.ty == Type::Param(ContentParam::Unsigned))
    }

    pub(super) fn default_impl(&self) -> DefaultImpl {
        let (mut has_required, mut takes_arguments, mut sets_value) = (false, false, false);
        for field in &self.shape.fields {
            has_required |= field.presence.is_required();
            if field.presence.is_required_by_schema() {
                takes_arguments |= field.only.is_none();
                sets_value |= field.only.is_some();
            }
        }
        match self.shape.role {
            Role::Envelope { .. } => DefaultImpl::None,
            _ if sets_value && !takes_arguments => DefaultImpl::ByNew,
            _ if has_required => DefaultImpl::None,
            _ => DefaultImpl::Derived,
        }
    }

    /// The member in which an object has the map of those without a field, or an envelope those of the event type.
    pub(super) fn rest(&self) -> Option<&'static str> {
        match self.shape.entries {
            Some(_) => Some("entries"),
            None => self.has_top_level().then_some("top_level"),
        }
    }
}

/// The declaration of a field, with its documentation.
pub(super) fn declare(field: &Field, context: &Context<'_>) -> TokenStream {
    let fallback = match &field.only {
        Some(only) => format!("Always `{only}`."),
        None => format!("The member `{}`.", field.wire),
    };
    let docs = docs::attributes(&field.docs, &fallback, context.ir.release);
    let lenient = matches!(field.presence, Presence::Lenient { .. })
        .then(|| docs::comment("\nThe schema requires this field. Some existing events lack it, so it may be absent."));
    let aliases = (!field.aliases.is_empty()).then(|| {
        let names: Vec<String> = field.aliases.iter().map(|name| format!("`{name}`")).collect();
        let aliases = if names.len() == 1 { "Alias" } else { "Aliases" };
        docs::comment(&format!("\n{aliases}: {}. Serialization keeps the name that was used.", names.join(", ")))
    });
    let (name, ty) = (ident(&field.ident), tokens(&types::field(field, context)));
    quote!(#docs #lenient #aliases pub #name: #ty,)
}

/// The row of a field: its presence, its name in Rust, its name in JSON and the aliases of that.
pub(super) fn row(field: &Field) -> String {
    let presence = match field.presence {
        Presence::Required => "required",
        Presence::Lenient { .. } => "lenient",
        Presence::Optional | Presence::Default(_) => "optional",
    };
    let names = std::iter::once(&field.wire).chain(&field.aliases).map(|name| format!("{name:?}"));
    format!("{presence} {} = {};", ident(&field.ident), names.collect::<Vec<_>>().join(" | "))
}
