//! Emits the constructor `new`, `Default`, and the accessors of fields with a default.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::{DefaultImpl, Writer};
use super::paths::tokens;
use super::{docs, gate, ident, types};
use crate::ir::{ContentParam, Field, Shape, Type};

/// The least number of arguments that clippy warns about.
const MANY: usize = 8;

impl Writer<'_> {
    pub(super) fn constructor(&self) -> TokenStream {
        let (name, (bounds, parameter)) = (ident(&self.item.name), self.generics());
        let (arguments, values): (Vec<_>, Vec<_>) = self.shape.fields.iter().map(|field| self.initial(field)).unzip();
        let suffix = self.suffix();
        let (suffix_argument, suffix) = suffix.unzip();
        let arguments: Vec<_> = suffix_argument.into_iter().chain(arguments.into_iter().flatten()).collect();
        let root = tokens(self.context.paths.root());
        let rest = match self.rest() {
            Some("entries") => quote!(entries: #root::Map::new(),),
            Some(_) => quote!(top_level: C::TopLevel::default(),),
            None => quote!(),
        };
        let default = self.default_impl();
        let body = match default {
            DefaultImpl::Derived if arguments.is_empty() => quote!(Self::default()),
            _ => quote!(Self { #suffix #(#values,)* #rest extra: #root::Extra::new() }),
        };
        let default = (default == DefaultImpl::ByNew).then(|| {
            quote! {
                impl ::std::default::Default for #name {
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        });
        let is_required = |field: &Field| field.presence.is_required_by_schema();
        let is_empty = self.shape.suffix.is_none() && !self.shape.fields.iter().any(is_required);
        let with = if is_empty { "without optional fields" } else { "with all required fields" };
        let docs = docs::comment(&format!("Creates a new `{}` {with}.", self.item.name));
        let defaults = self.shape.fields.iter().filter_map(|field| self.effective(field));
        let allow = self.shape.has_deprecated().then(|| quote!(#[allow(deprecated)]));
        let many = (arguments.len() >= MANY).then(|| quote!(#[allow(clippy::too_many_arguments)]));
        quote! {
            impl #bounds #name #parameter {
                #docs
                #allow
                #many
                pub fn new(#(#arguments),*) -> Self {
                    #body
                }

                #(#defaults)*
            }

            #default
        }
    }

    /// Returns the argument for the end of the event type, and the value of its field.
    fn suffix(&self) -> Option<(TokenStream, TokenStream)> {
        let (event_type, name) = self.shape.suffix.as_ref()?;
        let (name, root) = (ident(name), tokens(self.context.paths.root()));
        let argument = quote!(#name: impl ::std::convert::AsRef<str>);
        Some((argument, quote!(#name: #root::TypeSuffix::new(#event_type, #name),)))
    }

    /// Returns the argument for a field, if there is one, and the value of the field in a new object.
    fn initial(&self, field: &Field) -> (Option<TokenStream>, TokenStream) {
        let ident = ident(&field.ident);
        let is_required = field.presence.is_required();
        // A state key is a part of the identity of the state, even if an event without one has a default.
        let is_argument = field.presence.is_required_by_schema() || field.ty == Type::Param(ContentParam::StateKey);
        if !is_argument {
            let condition = gate::condition(field.docs.proposal);
            return (None, quote!(#condition #ident: None));
        }
        if let Some(only) = &field.only {
            let value = self.only_value(field, only);
            let value = if is_required { value } else { quote!(Some(#value)) };
            return (None, quote!(#ident: #value));
        }
        let (ty, converts) = types::argument(&field.ty, self.context);
        let ty = tokens(&ty);
        let value = match (converts, is_required) {
            (false, true) => quote!(#ident),
            (true, true) => quote!(#ident: #ident.into()),
            (false, false) => quote!(#ident: Some(#ident)),
            (true, false) => quote!(#ident: Some(#ident.into())),
        };
        (Some(quote!(#ident: #ty)), value)
    }

    /// Returns the only possible value of a field.
    fn only_value(&self, field: &Field, only: &str) -> TokenStream {
        let Type::Named(module, name) = &field.ty else { return quote!(#only.into()) };
        let items = self.context.ir.modules.get(module).map(|module| module.items.as_slice()).unwrap_or_default();
        let variant = items.iter().find(|item| item.name == *name).and_then(|item| match &item.shape {
            Shape::OpenEnum(values) => values.iter().find(|value| value.wire == only),
            _ => None,
        });
        match variant {
            Some(variant) => {
                let (ty, variant) = (tokens(&types::ty(&field.ty, self.context)), ident(&variant.ident));
                quote!(#ty::#variant)
            }
            None => quote!(#only.into()),
        }
    }

    /// Returns the accessor of a field with a default.
    fn effective(&self, field: &Field) -> Option<TokenStream> {
        let default = field.presence.default()?;
        let (ident, name) = (ident(&field.ident), ident(&format!("effective_{}", field.ident)));
        let Accessor { ty, value, default: shown, is_lazy } = self.accessor(field, &default.value)?;
        let (wire, text) = (&field.wire, default.value.to_string());
        let text = text.trim_matches('"');
        let (docs, ty, body) = if default.for_invalid {
            let docs = format!("Returns `{wire}`, or the default `{text}` if the field is absent or invalid.");
            let unwrap = if is_lazy { quote!(unwrap_or_else(|| #shown)) } else { quote!(unwrap_or(#shown)) };
            (docs, ty, quote!(self.#ident #value.#unwrap))
        } else {
            let docs = format!(
                "Returns `{wire}`, or the default `{text}` if the field is absent or `null`.\n\nReturns `None` if the value is \
                 invalid.",
            );
            let root = tokens(self.context.paths.root());
            let names = std::iter::once(wire).chain(&field.aliases);
            let is_unset = quote!(#root::__private::is_unset(&self.extra, &[#(#names),*]));
            let then = if is_lazy { quote!(then(|| #shown)) } else { quote!(then_some(#shown)) };
            (docs, quote!(Option<#ty>), quote!(self.#ident #value.or_else(|| #is_unset.#then)))
        };
        let docs = docs::comment(&docs);
        let allow = field.docs.deprecated.then(|| quote!(#[allow(deprecated)]));
        let condition = gate::condition(field.docs.proposal);
        Some(quote! {
            #docs
            #condition
            #allow
            pub fn #name(&self) -> #ty {
                #body
            }
        })
    }

    /// Returns the parts of an accessor that depend on the type of the field.
    fn accessor(&self, field: &Field, default: &serde_json::Value) -> Option<Accessor> {
        use serde_json::Value;
        let root = tokens(self.context.paths.root());
        let (ty, value, default) = match (default, &field.ty) {
            (Value::Bool(default), _) => (quote!(bool), quote!(), quote!(#default)),
            (Value::Number(number), ty) => {
                let default = proc_macro2::Literal::i64_unsuffixed(number.as_i64()?);
                let value = match ty {
                    Type::IntOrString => quote!(.as_ref().map(#root::IntOrString::get)),
                    _ => quote!(),
                };
                (quote!(i64), value, quote!(#default))
            }
            (Value::String(text), Type::Named(..)) => {
                let ty = tokens(&types::ty(&field.ty, self.context));
                (ty.clone(), quote!(.clone()), quote!(#ty::from(#text)))
            }
            (Value::String(text), Type::StringOrInt) => {
                (quote!(&str), quote!(.as_ref().map(#root::StringOrInt::as_str)), quote!(#text))
            }
            (Value::String(text), _) => (quote!(&str), quote!(.as_deref()), quote!(#text)),
            _ => return None,
        };
        let is_lazy = matches!(field.ty, Type::Named(..));
        Some(Accessor { ty, value, default, is_lazy })
    }
}

/// The parts of an accessor: its type, the calls that convert the field, and the default.
struct Accessor {
    ty: TokenStream,
    value: TokenStream,
    default: TokenStream,
    /// Set if the default is made by a call.
    is_lazy: bool,
}
