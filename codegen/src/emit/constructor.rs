//! What makes an object of a program's own values: `new`, `Default`, and the accessors of fields that have a default.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::Writer;
use super::{docs, ident, types};
use crate::ir::{Field, Presence, Shape, Type};

impl Writer<'_> {
    pub(super) fn constructor(&self) -> TokenStream {
        let (name, (bounds, parameter)) = (ident(&self.item.name), self.generics());
        let mut arguments = Vec::new();
        let mut values = Vec::new();
        for field in &self.shape.fields {
            let ident = ident(&field.ident);
            let value = match (&field.only, field.presence) {
                (_, Presence::Optional) => quote!(#ident: None),
                (Some(only), presence) => self.only_value(field, only, presence),
                (None, presence) => {
                    let (ty, converts) = types::argument(&field.ty);
                    arguments.push(quote!(#ident: #ty));
                    let value = if converts { quote!(#ident.into()) } else { quote!(#ident) };
                    match presence {
                        Presence::Required if !converts => quote!(#ident),
                        Presence::Required => quote!(#ident: #value),
                        _ => quote!(#ident: Some(#value)),
                    }
                }
            };
            values.push(value);
        }
        if self.shape.entries.is_some() {
            values.push(quote!(entries: BTreeMap::new()));
        }
        if self.has_top_level() {
            values.push(quote!(top_level: C::TopLevel::default()));
        }
        let body = match arguments.is_empty()
            && self.shape.envelope.is_none()
            && self.required().next().is_none()
            && !values.iter().any(|value| value.to_string().contains("Some"))
        {
            true => quote!(Self::default()),
            false => quote!(Self { #(#values,)* extra: Extra::new() }),
        };
        let (allow, summary) = (self.allow_deprecated(), self.what_new_holds());
        let is_default = body.to_string().contains("default");
        let default = (arguments.is_empty() && !is_default).then(|| {
            quote! {
                impl Default for #name {
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        });
        let defaults = self.shape.fields.iter().filter_map(or_default);
        let many = (arguments.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
        quote! {
            impl #bounds #name #parameter {
                #summary
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

    fn what_new_holds(&self) -> TokenStream {
        let authority = self.context.paths.authority();
        docs::comment(&format!("One that holds what {authority} requires, and nothing else."))
    }

    /// The value of a field that has one possible value.
    fn only_value(&self, field: &Field, only: &str, presence: Presence) -> TokenStream {
        let ident = ident(&field.ident);
        let value = match &field.ty {
            Type::Named(module, name) => {
                let items =
                    self.context.ir.modules.get(module).map(|module| module.items.as_slice()).unwrap_or_default();
                let shape = items.iter().find(|item| item.name == *name).map(|item| &item.shape);
                let variant = match shape {
                    Some(Shape::OpenEnum(values)) => values.iter().find(|value| value.wire == only),
                    _ => None,
                };
                let name = super::ident(name);
                match variant {
                    Some(variant) => {
                        let variant = super::ident(&variant.ident);
                        quote!(#name::#variant)
                    }
                    None => quote!(#only.into()),
                }
            }
            _ => quote!(#only.into()),
        };
        match presence {
            Presence::Required => quote!(#ident: #value),
            _ => quote!(#ident: Some(#value)),
        }
    }
}

/// What the absent field is taken to be, as an accessor: the field itself says whether it was there.
fn or_default(field: &Field) -> Option<TokenStream> {
    use serde_json::Value;
    let (ident, name) = (ident(&field.ident), ident(&format!("{}_or_default", field.ident)));
    let (ty, value) = match (field.default.as_ref()?, &field.ty) {
        (Value::Bool(value), _) => (quote!(bool), quote!(self.#ident.unwrap_or(#value))),
        (Value::Number(number), ty) => {
            let value = proc_macro2::Literal::i64_unsuffixed(number.as_i64()?);
            match ty {
                Type::LooseInteger => (quote!(i64), quote!(self.#ident.as_ref().map_or(#value, IntOrString::get))),
                _ => (quote!(i64), quote!(self.#ident.unwrap_or(#value))),
            }
        }
        (Value::String(text), Type::Named(_, ty)) => {
            let ty = super::ident(ty);
            (quote!(#ty), quote!(self.#ident.clone().unwrap_or_else(|| #ty::from(#text))))
        }
        (Value::String(text), _) => (quote!(&str), quote!(self.#ident.as_deref().unwrap_or(#text))),
        _ => return None,
    };
    let (shown, wire) = (field.default.as_ref()?.to_string(), &field.wire);
    let docs =
        docs::comment(&format!("`{wire}`, which is taken to be `{}` where it is absent.", shown.trim_matches('"')));
    Some(quote! {
        #docs
        pub fn #name(&self) -> #ty {
            #value
        }
    })
}
