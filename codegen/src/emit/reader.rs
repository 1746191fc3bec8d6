//! How an object is read: a blank one, filled member by member.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::Writer;
use super::{ident, types};
use crate::ir::{Field, Presence};

/// The implementations of `Json` and `Fill`.
pub(super) fn json(writer: &Writer<'_>) -> TokenStream {
    let (name, (bounds, parameter)) = (ident(&writer.item.name), writer.generics());
    let required = required_names(writer);
    let adopt = adopt(writer);
    let fill = if adopt.is_some() { quote!(fill_by_any_name) } else { quote!(fill) };
    let blank = blank(writer);
    let member = member(writer);
    let allow = writer.allow_deprecated();
    quote! {
        impl #bounds Json for #name #parameter {
            #allow
            fn blank() -> Self {
                Self { #blank }
            }

            fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
                json.#fill(self, &[#(#required),*])
            }

            fn reset(&mut self) {
                *self = Self::blank();
            }

            fn item(&self) -> Item<'_> {
                Item::Object(self)
            }
        }

        impl #bounds Fill for #name #parameter {
            #allow
            fn member(&mut self, key: &str, json: &mut Cursor<'_>) -> Result<Seen, Fault> {
                #member
            }
        }

        #adopt
    }
}

/// How fields are filled from their other names, for an object of which some field has any.
fn adopt(writer: &Writer<'_>) -> Option<TokenStream> {
    let aliased = |field: &&Field| !field.aliases.is_empty();
    writer.shape.fields.iter().find(aliased)?;
    let (name, (bounds, parameter)) = (ident(&writer.item.name), writer.generics());
    let names = required_names(writer);
    let mut all_optional = true;
    let calls: Vec<_> = writer
        .shape
        .fields
        .iter()
        .filter(aliased)
        .map(|field| {
            let (ident, Field { wire, aliases, .. }) = (ident(&field.ident), field);
            let from = quote!(#wire, &[#(#aliases),*], &mut self.#ident, &mut self.extra);
            match names.iter().position(|name| name == wire) {
                None => quote!(adopt_optional(#from);),
                Some(bit) => {
                    all_optional = false;
                    let bit = proc_macro2::Literal::usize_unsuffixed(bit);
                    quote!(adopted |= adopt_required(#from, seen, #bit);)
                }
            }
        })
        .collect();
    let allow = writer.allow_deprecated();
    let body = match all_optional {
        true => quote!(#(#calls)* 0),
        false => quote!(let mut adopted = 0; #(#calls)* adopted),
    };
    let seen = if all_optional { quote!(_) } else { quote!(seen) };
    Some(quote! {
        impl #bounds Adopt for #name #parameter {
            #allow
            fn adopt(&mut self, #seen: Seen) -> Seen {
                #body
            }
        }
    })
}

fn is_envelope(writer: &Writer<'_>) -> bool {
    writer.shape.envelope.is_some()
}

/// What the object can't do without, in the order of the bits that stand for it.
fn required_names(writer: &Writer<'_>) -> Vec<String> {
    let event_type = writer.shape.envelope.map(|kind| kind.type_member().to_owned());
    let constants = writer.shape.constants.iter().map(|(wire, _)| wire.clone());
    event_type.into_iter().chain(constants).chain(writer.required().map(|field| field.wire.clone())).collect()
}

/// The fields of an object of which nothing has been read.
fn blank(writer: &Writer<'_>) -> TokenStream {
    let fields = writer.shape.fields.iter().map(|field| {
        let (ident, ty) = (ident(&field.ident), types::ty(&field.ty));
        match field.presence {
            Presence::Required => quote!(#ident: <#ty>::blank(),),
            _ => quote!(#ident: None,),
        }
    });
    let entries = writer.shape.entries.as_ref().map(|_| quote!(entries: BTreeMap::new(),));
    let top_level = writer.has_top_level().then(|| quote!(top_level: C::TopLevel::default(),));
    quote!(#(#fields)* #entries #top_level extra: Extra::new())
}

/// What is done with one member.
fn member(writer: &Writer<'_>) -> TokenStream {
    let mut bits = 0_u32..;
    let mut bit = || proc_macro2::Literal::u32_unsuffixed(bits.next().unwrap_or_default());
    let unknown = match (&writer.shape.entries, writer.has_top_level()) {
        (Some(_), _) => quote!(json.entry(key, &mut self.entries, &mut self.extra)),
        (None, true) => quote!(TopLevelMembers::member(&mut self.top_level, key, json, &mut self.extra)),
        (None, false) => quote!(json.unknown(key, &mut self.extra)),
    };
    if writer.shape.fields.is_empty() && writer.shape.constants.is_empty() && !is_envelope(writer) {
        return unknown;
    }
    let typed = writer.shape.envelope.map(|kind| {
        let (member, event_type, bit) = (kind.type_member(), super::event::event_type(kind), bit());
        quote!(#member => json.#event_type::<C>(&mut self.extra, #bit),)
    });
    let tags: Vec<_> = writer
        .shape
        .constants
        .iter()
        .map(|(wire, value)| {
            let bit = bit();
            quote!(#wire => json.constant(#wire, #value, #bit),)
        })
        .collect();
    let fields: Vec<_> = writer
        .shape
        .fields
        .iter()
        .map(|field| {
            let Field { wire, presence, .. } = field;
            let ident = ident(&field.ident);
            match presence {
                Presence::Required => {
                    let bit = bit();
                    quote!(#wire => json.required(#wire, &mut self.#ident, &mut self.extra, #bit),)
                }
                _ => quote!(#wire => json.optional(#wire, &mut self.#ident, &mut self.extra),),
            }
        })
        .collect();
    quote! {
        match key {
            #typed
            #(#tags)*
            #(#fields)*
            _ => #unknown,
        }
    }
}
