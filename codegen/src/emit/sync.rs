//! Between events with their room and the same events without it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{event, ident, types};
use crate::ir::{Field, Ir, Presence, Shape, Struct};

/// The conversions for each pair of envelopes of which one is the other without its room.
pub(crate) fn conversions(ir: &Ir) -> Vec<(String, TokenStream)> {
    let mut pairs = BTreeMap::new();
    for any in &ir.any {
        let sync = any.sync.as_ref().and_then(|sync| ir.any.iter().find(|other| other.name == *sync));
        let envelopes = sync.map(|sync| sync.envelopes.as_slice()).unwrap_or_default();
        pairs.extend(any.envelopes.iter().zip(envelopes));
    }
    let convert = |(full, sync): (&String, &String)| {
        let tokens = between(ir, full, sync)?;
        Some((format!("the way between {full} and {sync}"), tokens))
    };
    pairs.into_iter().filter_map(convert).collect()
}

fn envelope<'i>(ir: &'i Ir, name: &str) -> Option<&'i Struct> {
    let module = ir.modules.get(&vec!["envelope".to_owned()])?;
    match &module.items.iter().find(|item| item.name == name)?.shape {
        Shape::Struct(shape) => Some(shape),
        _ => None,
    }
}

fn between(ir: &Ir, full: &str, sync: &str) -> Option<TokenStream> {
    let (of_full, of_sync) = (envelope(ir, full)?, envelope(ir, sync)?);
    let room: &Field = of_full.fields.iter().find(|field| field.wire == "room_id")?;
    let bound = ident(event::trait_of(of_full.envelope?));
    let (full, sync) = (ident(full), ident(sync));
    let shared: Vec<_> = of_sync.fields.iter().map(|field| ident(&field.ident)).collect();
    let (room_ident, room_type) = (ident(&room.ident), types::ty(&room.ty));
    let room_value = match room.presence {
        Presence::Required => quote!(room_id.into()),
        _ => quote!(Some(room_id.into())),
    };
    Some(quote! {
        impl<C: #bound> #full<C> {
            /// The event without its room.
            #[inline]
            pub fn into_sync(mut self) -> #sync<C> {
                // Beside the field, a room is one that didn't fit.
                self.extra.remove("room_id");
                #sync { #(#shared: self.#shared,)* top_level: self.top_level, extra: self.extra }
            }
        }

        impl<C: #bound> #sync<C> {
            /// The event with the room that it is in.
            #[inline]
            pub fn with_room_id(mut self, room_id: impl Into<#room_type>) -> #full<C> {
                self.extra.remove("room_id");
                #full { #(#shared: self.#shared,)* #room_ident: #room_value, top_level: self.top_level, extra: self.extra }
            }
        }
    })
}
