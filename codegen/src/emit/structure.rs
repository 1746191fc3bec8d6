//! Objects with fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::object::{declare, Writer};
use super::{docs, event, ident, table, types, Context};
use crate::ir::{Item, Presence, Struct};

pub(crate) fn emit(item: &Item, shape: &Struct, context: &Context<'_>) -> Vec<TokenStream> {
    let writer = Writer { item, shape, context };
    vec![writer.definition(), writer.constructor(), writer.json(), table::object(&writer), writer.serde()]
}

impl Writer<'_> {
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
            None => quote!(#root::__private::json!(#name);),
            Some(kind) => {
                let bound = ident(event::trait_of(kind));
                let form = self.form();
                quote!(#root::__private::json!(generic C: #bound => #name<C> as #form);)
            }
        }
    }
}
