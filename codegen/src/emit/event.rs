//! What a content says of its event, and what an event has beside its envelope.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, ident, structure, types, Context, Paths};
use crate::ir::{Event, Item, Kind, Presence, Struct};

/// The trait of the contents of a kind.
pub(crate) fn trait_of(kind: Kind) -> &'static str {
    match kind {
        Kind::MessageLike => "MessageLikeEventContent",
        Kind::State => "StateEventContent",
        Kind::Ephemeral => "EphemeralRoomEventContent",
        Kind::Presence => "PresenceContent",
        Kind::GlobalAccountData => "GlobalAccountDataEventContent",
        Kind::RoomAccountData => "RoomAccountDataEventContent",
        Kind::ToDevice => "ToDeviceEventContent",
        Kind::Edu => "EduContent",
    }
}

/// The name of a kind as a variant.
pub(crate) fn variant_of(kind: Kind) -> &'static str {
    match kind {
        Kind::MessageLike => "MessageLike",
        Kind::State => "State",
        Kind::Ephemeral => "Ephemeral",
        Kind::Presence => "Presence",
        Kind::GlobalAccountData => "GlobalAccountData",
        Kind::RoomAccountData => "RoomAccountData",
        Kind::ToDevice => "ToDevice",
        Kind::Edu => "Edu",
    }
}

/// The function of the runtime that reads the type of an event, and that which shows it.
pub(crate) fn event_type(kind: Kind) -> Ident {
    ident(if kind == Kind::Edu { "edu_type" } else { "event_type" })
}

/// The traits of a content.
pub(crate) fn traits(event: &Event, paths: &Paths<'_>) -> TokenStream {
    let (name, event_type) = (ident(&event.content.1), &event.event_type);
    let (rules, table) = (paths.rules(&event.content.0), ident(&event.content.0.join("_")));
    let variant = event.variant.as_ref().map_or(quote!(None), |value| quote!(Some(#value)));
    let also = (!event.also.is_empty()).then(|| {
        let also = &event.also;
        quote!(const ALSO: &'static [&'static str] = &[#(#also),*];)
    });
    let top_level = match &event.top_level {
        Some(name) => ident(name),
        None => ident("NoTopLevel"),
    };
    let room = event.unsigned.as_ref().map(|unsigned| {
        let unsigned = types::ty(unsigned);
        quote! {
            impl RoomEventContent for #name {
                type Unsigned = #unsigned;
            }
        }
    });
    let kinds = event.kinds.iter().map(|kind| {
        let bound = ident(trait_of(*kind));
        let state_key = (*kind == Kind::State).then(|| {
            let ty = event.state_key.as_ref().map_or(quote!(String), types::ty);
            quote!(type StateKey = #ty;)
        });
        quote!(impl #bound for #name { #state_key })
    });
    quote! {
        impl EventContent for #name {
            const TYPE: &'static str = #event_type;
            #also
            const SCHEMA: Schema = Schema::of_content(&#rules::#table::EVENT, #variant);
            type TopLevel = #top_level;
        }
        #room
        #(#kinds)*
    }
}

/// How an event is asked for the members of its envelope, whatever its type.
pub(crate) fn envelope(item: &Item, shape: &Struct, kind: Kind) -> TokenStream {
    let (name, bound) = (ident(&item.name), ident(trait_of(kind)));
    let answers = shape.fields.iter().filter_map(|field| {
        let ident = ident(&field.ident);
        let required = field.presence == Presence::Required;
        Some(match field.wire.as_str() {
            "event_id" | "room_id" | "sender" => {
                let value = if required {
                    quote!(Some(self.#ident.as_str()))
                } else {
                    quote!(self.#ident.as_ref().map(AsRef::as_ref))
                };
                quote!(fn #ident(&self) -> Option<&str> { #value })
            }
            "origin_server_ts" => {
                let value = if required { quote!(Some(self.#ident)) } else { quote!(self.#ident) };
                quote!(fn #ident(&self) -> Option<i64> { #value })
            }
            "state_key" => quote!(fn #ident(&self) -> Option<&str> { self.#ident.item().text() }),
            _ => return None,
        })
    });
    let event_type = event_type(kind);
    quote! {
        impl<C: #bound> Envelope for #name<C> {
            fn event_type(&self) -> &str {
                #event_type::<C>(&self.extra)
            }

            #(#answers)*

            fn content(&self) -> Item<'_> {
                self.content.item()
            }

            fn event(&self) -> Item<'_> {
                Item::Object(self)
            }
        }
    }
}

/// The members that an event type has at the top level beside those of its envelope.
pub(crate) fn top_level(item: &Item, shape: &Struct, context: &Context<'_>) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let docs = docs::attributes(&item.docs, "", context.ir.release);
    let fields = shape.fields.iter().map(|field| structure::declare(field, context));
    let arms = shape.fields.iter().map(|field| {
        let (ident, wire) = (ident(&field.ident), &field.wire);
        quote!(#wire => json.optional(#wire, &mut self.#ident, extra),)
    });
    let shows = shape.fields.iter().map(structure::show);
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug, Default, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
            }
        },
        quote! {
            impl TopLevelMembers for #name {
                fn member(&mut self, key: &str, json: &mut Cursor<'_>, extra: &mut Extra) -> Result<Seen, Fault> {
                    match key {
                        #(#arms)*
                        _ => json.unknown(key, extra),
                    }
                }

                fn fields(&self, visit: &mut Visit<'_>) {
                    #(#shows)*
                }
            }
        },
    ]
}
