//! How an object is read: a slot for each field, a loop over the members, and the object made of what is in the slots.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident;
use super::structure::Writer;
use crate::ir::{Presence, Struct};

/// The names of the reader's own variables, none of which is that of a field.
struct Locals {
    key: Ident,
    members: Ident,
    start: Ident,
    typed: Ident,
    tag: Ident,
    entries: Ident,
    extra: Ident,
}

impl Locals {
    fn of(shape: &Struct) -> Self {
        let local = |name: &str| {
            let taken = shape.fields.iter().any(|field| field.ident == name);
            ident(&if taken { format!("{name}_") } else { name.to_owned() })
        };
        Self {
            key: local("key"),
            members: local("members"),
            start: local("start"),
            typed: local("typed"),
            tag: local("tag"),
            entries: local("entries"),
            extra: local("extra"),
        }
    }
}

/// The implementation of `Json`.
pub(super) fn json(writer: &Writer<'_>) -> TokenStream {
    let (name, (bounds, parameter)) = (ident(&writer.item.name), writer.generics());
    let locals = Locals::of(writer.shape);
    let Locals { key, members, start, extra, .. } = &locals;
    let remembers_start =
        is_envelope(writer) || !writer.shape.constants.is_empty() || writer.required().next().is_some();
    let start = remembers_start.then(|| quote!(let #start = json.offset();));
    let slots = slots(writer, &locals);
    let member = member(writer, &locals);
    let checks = checks(writer, &locals);
    let fields = fields(writer, &locals);
    let allow = writer.allow_deprecated();
    quote! {
        impl #bounds Json for #name #parameter {
            #allow
            fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
                #start
                let mut #members = json.object()?;
                #slots
                let mut #extra = Extra::new();
                while let Some(#key) = json.next_key(&mut #members)? {
                    #member
                }
                #checks
                Ok(Self { #fields })
            }

            fn item(&self) -> Item<'_> {
                Item::Object(self)
            }
        }
    }
}

fn is_envelope(writer: &Writer<'_>) -> bool {
    writer.shape.envelope.is_some()
}

/// A variable for each thing that the members fill in.
fn slots(writer: &Writer<'_>, locals: &Locals) -> TokenStream {
    let Locals { typed, tag, entries, .. } = locals;
    let fields = writer.shape.fields.iter().map(|field| {
        let ident = ident(&field.ident);
        quote!(let mut #ident = None;)
    });
    let typed = is_envelope(writer).then(|| quote!(let mut #typed = false;));
    let tags = writer.shape.constants.iter().map(|_| quote!(let mut #tag = None;));
    let entries = writer.shape.entries.as_ref().map(|_| quote!(let mut #entries = BTreeMap::new();));
    let top_level = writer.has_top_level().then(|| quote!(let mut top_level = C::TopLevel::default();));
    quote!(#(#fields)* #typed #(#tags)* #entries #top_level)
}

/// What is done with one member.
fn member(writer: &Writer<'_>, locals: &Locals) -> TokenStream {
    let Locals { key, typed, tag, entries, extra, .. } = locals;
    let unknown = match &writer.shape.entries {
        Some(_) => quote!(json.entry(#key, &mut #entries, &mut #extra)?),
        None => quote!(json.unknown(#key, &mut #extra)?),
    };
    if writer.shape.fields.is_empty() && writer.shape.constants.is_empty() && !is_envelope(writer) {
        return quote!(#unknown;);
    }
    let typed = is_envelope(writer).then(|| quote!("type" => json.event_type::<C>(&mut #typed, &mut #extra)?,));
    let fields = writer.shape.fields.iter().map(|field| {
        let (ident, wire) = (ident(&field.ident), &field.wire);
        let read = if field.presence == Presence::Required { quote!(required) } else { quote!(optional) };
        quote!(#wire => json.#read(#wire, &mut #ident, &mut #extra)?,)
    });
    let tags =
        writer.shape.constants.iter().map(|(wire, value)| quote!(#wire => #tag = Some(json.constant(#wire, #value)?),));
    let top_level = writer
        .has_top_level()
        .then(|| quote!(_ if TopLevelMembers::accept(&mut top_level, &#key, json, &mut #extra)? => {}));
    quote! {
        match &*#key {
            #typed
            #(#fields)*
            #(#tags)*
            #top_level
            _ => #unknown,
        }
    }
}

/// What has to have been there, but isn't a field.
fn checks(writer: &Writer<'_>, locals: &Locals) -> TokenStream {
    let Locals { start, typed, tag, .. } = locals;
    let typed = is_envelope(writer).then(|| {
        quote! {
            if !#typed {
                return Err(json.missing(#start, "type"));
            }
        }
    });
    let tags = writer.shape.constants.iter().map(|(wire, _)| quote!(#tag.ok_or_else(|| json.missing(#start, #wire))?;));
    quote!(#typed #(#tags)*)
}

/// The fields of the object, from their slots.
fn fields(writer: &Writer<'_>, locals: &Locals) -> TokenStream {
    let Locals { start, entries, extra, .. } = locals;
    let fields = writer.shape.fields.iter().map(|field| {
        let (ident, wire) = (ident(&field.ident), &field.wire);
        match field.presence {
            Presence::Required => quote!(#ident: #ident.ok_or_else(|| json.missing(#start, #wire))?,),
            _ => quote!(#ident,),
        }
    });
    let short = |name: &str, local: &Ident| {
        let name = ident(name);
        if *local == name {
            quote!(#name)
        } else {
            quote!(#name: #local)
        }
    };
    let entries = writer.shape.entries.as_ref().map(|_| {
        let entries = short("entries", entries);
        quote!(#entries,)
    });
    let top_level = writer.has_top_level().then(|| quote!(top_level,));
    let extra = short("extra", extra);
    quote!(#(#fields)* #entries #top_level #extra)
}
