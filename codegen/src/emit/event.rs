//! What a content says of its event.

use proc_macro2::TokenStream;
use quote::quote;

use super::{constraints, ident, types, Paths};
use crate::ir::{Event, Kind};

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

/// The traits of a content.
pub(crate) fn traits(event: &Event, paths: &Paths<'_>) -> TokenStream {
    let (name, event_type) = (ident(&event.content.1), &event.event_type);
    let (root, table) = (paths.constraints(&event.content.0), ident(&constraints::module_name(&event.content.0)));
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
            const SCHEMA: Schema = Schema::of_content(&#root::#table::EVENT, #variant);
            type TopLevel = #top_level;
        }
        #room
        #(#kinds)*
    }
}
