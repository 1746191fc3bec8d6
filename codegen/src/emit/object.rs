//! The context of the code of an object, and the code of its fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::paths::tokens;
use super::{docs, gate, ident, types, Context};
use crate::ir::{ContentParam, Field, Item, Kind, Presence, Role, Struct, Type};

/// The context of the code of an object.
pub(super) struct Writer<'w> {
    pub(super) item: &'w Item,
    pub(super) shape: &'w Struct,
    pub(super) context: &'w Context<'w>,
}

/// How a type implements `Default`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DefaultImpl {
    /// By `derive`, because every field may be absent.
    Derived,
    /// By `new`, which takes no arguments and sets fields to their only value.
    ByNew,
    /// Not implemented, because `new` takes arguments.
    None,
}

impl Writer<'_> {
    /// Returns `true` for an envelope with a field for members at the top level that the envelope itself does not have.
    pub(super) fn has_top_level(&self) -> bool {
        let in_room = matches!(self.shape.role, Role::Envelope { kind: Kind::MessageLike | Kind::State, .. });
        in_room && self.shape.fields.iter().any(|field| field.ty == Type::Param(ContentParam::Unsigned))
    }

    pub(super) fn default_impl(&self) -> DefaultImpl {
        let (mut has_required, mut takes_arguments, mut sets_value) = (false, self.shape.suffix.is_some(), false);
        has_required |= takes_arguments;
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

    /// Returns the name of the field for members that no other field has: the map of an object, or the members at the top level
    /// in an envelope.
    pub(super) fn rest(&self) -> Option<&'static str> {
        match self.shape.entries {
            Some(_) => Some("entries"),
            None => self.has_top_level().then_some("top_level"),
        }
    }
}

/// Returns the declaration of a field, with documentation.
pub(super) fn declare(field: &Field, context: &Context<'_>) -> TokenStream {
    let fallback = match &field.only {
        Some(only) => format!("Always `{only}`."),
        None => format!("The member `{}`.", field.wire),
    };
    let docs = docs::attributes(&field.docs, &fallback, context.ir.release);
    let lenient = matches!(field.presence, Presence::Lenient { .. })
        .then(|| docs::comment("\nThe specification requires this field, but some existing events omit it."));
    let lenient = lenient.or_else(|| {
        let text = "\nThe specification requires this field. It is `None` if it is missing or invalid.";
        (field.presence == Presence::Expected).then(|| docs::comment(text))
    });
    let default = field.presence.default().map(|default| {
        let value = default.value.to_string();
        docs::comment(&format!("\nAbsent means `{}`.", value.trim_matches('"')))
    });
    let aliases = (!field.aliases.is_empty()).then(|| {
        let names: Vec<String> = field.aliases.iter().map(|name| format!("`{name}`")).collect();
        let aliases = if names.len() == 1 { "Alias" } else { "Aliases" };
        docs::comment(&format!("\n{aliases}: {}. The field serializes under its deserialized name.", names.join(", ")))
    });
    let null = field
        .can_be_null
        .then(|| docs::comment("\n`null` is valid. The field is then `None`, and `extra` contains the `null`."));
    let secret = field.is_secret.then(|| docs::comment("\nThe output of `Debug` contains `…` instead of the value."));
    let (name, ty) = (ident(&field.ident), tokens(&types::field(field, context)));
    let condition = gate::condition(field.docs.proposal);
    quote!(#docs #lenient #default #null #aliases #secret #condition pub #name: #ty,)
}

/// Returns the row of a field: the presence, the Rust name, the JSON key and the aliases.
pub(super) fn row(field: &Field) -> String {
    let presence = match field.presence {
        Presence::Required => "required",
        Presence::Lenient { .. } => "lenient",
        Presence::Expected | Presence::Optional | Presence::Default(_) => "optional",
    };
    let condition = gate::prefix(field.docs.proposal);
    let names = std::iter::once(&field.wire).chain(aliases(field)).map(|name| format!("{name:?}"));
    let null = if field.can_be_null { ", null" } else { "" };
    format!("{condition}{presence} {} = {}{null};", ident(&field.ident), names.collect::<Vec<_>>().join(" | "))
}

/// Returns the rows of the aliases of a field for a proposal. A row of a field with a condition has no aliases.
pub(super) fn alias_rows(field: &Field) -> Vec<String> {
    let condition = gate::prefix(field.docs.proposal);
    let row = |alias: &String| format!("| {condition}{} = {alias:?};", ident(&field.ident));
    field.aliases.iter().filter(|_| field.docs.proposal.is_some()).map(row).collect()
}

fn aliases(field: &Field) -> impl Iterator<Item = &String> {
    field.aliases.iter().filter(|_| field.docs.proposal.is_none())
}
