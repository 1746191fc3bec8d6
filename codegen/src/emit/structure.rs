//! Objects with fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, ident, table, types, Context};
use crate::ir::{Field, Item, Kind, Presence, Shape, Struct, Type};

pub(crate) fn emit(item: &Item, shape: &Struct, context: &Context<'_>) -> Vec<TokenStream> {
    if shape.top_level {
        return super::event::top_level(item, shape, context);
    }
    let writer = Writer { item, shape, context };
    vec![writer.definition(), writer.constructor(), writer.json(), table::object(&writer), writer.serde()]
}

/// What the parts of an object's code are written from.
pub(super) struct Writer<'w> {
    pub(super) item: &'w Item,
    pub(super) shape: &'w Struct,
    pub(super) context: &'w Context<'w>,
}

/// The declaration of a field, with its documentation.
pub(super) fn declare(field: &Field, context: &Context<'_>) -> TokenStream {
    let fallback = match &field.only {
        Some(only) => format!("Always `{only}`."),
        None => format!("The member `{}`.", field.wire),
    };
    let docs = docs::attributes(&field.docs, &fallback, context.ir.release);
    let lenient = (field.presence == Presence::Lenient).then(|| {
        let authority = context.paths.authority().replacen('t', "T", 1);
        docs::comment(&format!("\n{authority} requires it, but events without it are about, so it may be absent here."))
    });
    let other_names = (!field.aliases.is_empty()).then(|| {
        let names: Vec<String> = field.aliases.iter().map(|name| format!("`{name}`")).collect();
        docs::comment(&format!("\nAlso read under {}, and then written under that name.", names.join(" or ")))
    });
    let (name, ty) = (ident(&field.ident), types::field(field));
    quote!(#docs #lenient #other_names pub #name: #ty,)
}

/// Whether an object has fields that are deprecated.
pub(super) fn is_deprecated(shape: &Struct) -> bool {
    shape.fields.iter().any(|field| field.docs.deprecated)
}

impl Writer<'_> {
    /// The parameter of an envelope, with its bound.
    pub(super) fn generics(&self) -> (TokenStream, TokenStream) {
        match self.shape.envelope {
            None => (quote!(), quote!()),
            Some(kind) => {
                let bound = ident(super::event::trait_of(kind));
                (quote!(<C: #bound>), quote!(<C>))
            }
        }
    }

    /// Whether there is room for what an event type has at the top level on its own.
    pub(super) fn has_top_level(&self) -> bool {
        let in_room = matches!(self.shape.envelope, Some(Kind::MessageLike | Kind::State));
        in_room && self.shape.fields.iter().any(|field| field.ty == Type::Unsigned)
    }

    /// Reading and writing a deprecated field is no use of it.
    pub(super) fn allow_deprecated(&self) -> Option<TokenStream> {
        is_deprecated(self.shape).then(|| quote!(#[allow(deprecated)]))
    }

    pub(super) fn required(&self) -> impl Iterator<Item = &Field> {
        self.shape.fields.iter().filter(|field| field.presence == Presence::Required)
    }

    fn definition(&self) -> TokenStream {
        let (name, (bounds, _)) = (ident(&self.item.name), self.generics());
        let fallback = format!("The object that {} calls “{}”.", self.context.paths.authority(), self.item.name);
        let docs = docs::attributes(&self.item.docs, &fallback, self.context.ir.release);
        let fields = self.shape.fields.iter().map(|field| declare(field, self.context));
        let default = (self.required().next().is_none() && self.shape.envelope.is_none()).then(|| quote!(Default,));
        let entries = self.shape.entries.as_ref().map(|entries| {
            let (key, value) = (types::key(&entries.key), types::ty(&entries.value));
            let fallback = "The members that have no field of their own.";
            let docs = docs::attributes(&entries.docs, fallback, self.context.ir.release);
            quote!(#docs pub entries: BTreeMap<#key, #value>,)
        });
        let top_level = self.has_top_level().then(|| {
            quote! {
                /// What events of this type have at the top level beside the members above.
                pub top_level: C::TopLevel,
            }
        });
        quote! {
            #docs
            #[derive(Clone, Debug, #default PartialEq)]
            #[non_exhaustive]
            pub struct #name #bounds {
                #(#fields)*
                #entries
                #top_level
                /// Everything else that the object holds.
                pub extra: Extra,
            }
        }
    }

    fn constructor(&self) -> TokenStream {
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

    /// How the object is read and written: blank, it is filled member by member.
    fn json(&self) -> TokenStream {
        let (name, (bounds, parameter)) = (ident(&self.item.name), self.generics());
        let blank = self.blank();
        let allow = self.allow_deprecated();
        quote! {
            impl #bounds Json for #name #parameter {
                #allow
                fn blank() -> Self {
                    Self { #blank }
                }

                fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
                    json.fill(self)
                }

                fn reset(&mut self) {
                    reset(self);
                }

                fn item(&self) -> Item<'_> {
                    Item::Object(self)
                }
            }
        }
    }

    /// The fields of an object of which nothing has been read.
    fn blank(&self) -> TokenStream {
        let fields = self.shape.fields.iter().map(|field| {
            let (ident, ty) = (ident(&field.ident), types::ty(&field.ty));
            match field.presence {
                Presence::Required => quote!(#ident: <#ty>::blank(),),
                _ => quote!(#ident: None,),
            }
        });
        let entries = self.shape.entries.as_ref().map(|_| quote!(entries: BTreeMap::new(),));
        let top_level = self.has_top_level().then(|| quote!(top_level: C::TopLevel::default(),));
        quote!(#(#fields)* #entries #top_level extra: Extra::new())
    }

    /// What the validators call the form of an envelope: by the members that it has.
    fn form(&self) -> Ident {
        let has = |wire: &str| self.shape.fields.iter().any(|field| field.wire == wire);
        ident(match (has("room_id"), has("event_id"), has("state_key")) {
            (true, _, _) => "Full",
            (false, true, _) => "Sync",
            (false, false, true) => "Stripped",
            (false, false, false) => "Bare",
        })
    }

    fn serde(&self) -> TokenStream {
        let (name, root) = (ident(&self.item.name), self.context.paths.root());
        match self.shape.envelope {
            None => quote!(#root::json!(#name);),
            Some(kind) => {
                let bound = ident(super::event::trait_of(kind));
                let form = self.form();
                quote!(#root::json!(generic C: #bound => #name<C> as #form);)
            }
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
                Type::LooseInteger => (quote!(i64), quote!(self.#ident.as_ref().map_or(#value, LooseInteger::get))),
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
