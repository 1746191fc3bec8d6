//! An object as a table of its fields, which is how it is read and written.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident;
use super::object::Writer;
use crate::ir::{Presence, Struct};

/// The shape of an object, and the implementation of `Object`.
pub(super) fn object(writer: &Writer<'_>) -> TokenStream {
    let (name, (bounds, parameter)) = (ident(&writer.item.name), writer.generics());
    let shape = shape(writer);
    let rest = writer.has_top_level().then_some(writer.shape.fields.len());
    let table = of(writer.shape, rest);
    let entries = writer.shape.entries.as_ref().map(|_| {
        quote! {
            fn entries(&self) -> Option<&dyn Entries> {
                Some(&self.entries)
            }

            fn entries_mut(&mut self) -> Option<&mut dyn Entries> {
                Some(&mut self.entries)
            }
        }
    });
    quote! {
        impl #bounds #name #parameter {
            const SHAPE: &'static Shape = &#shape;
        }

        impl #bounds Object for #name #parameter {
            fn shape(&self) -> &'static Shape {
                Self::SHAPE
            }

            #table

            fn extra(&self) -> &Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut Extra {
                &mut self.extra
            }

            #entries
        }
    }
}

fn shape(writer: &Writer<'_>) -> TokenStream {
    let event_type = writer.shape.envelope.map(|kind| {
        let name = kind.type_member();
        quote!(Constant::one_of(#name, C::TYPE, C::ALSO))
    });
    let constants = writer.shape.constants.iter().map(|(wire, value)| quote!(Constant::new(#wire, #value)));
    let constants = event_type.into_iter().chain(constants);
    let names = writer.shape.fields.iter().map(|field| &field.wire);
    let bits = writer.shape.fields.iter().rev().map(|field| match field.presence {
        Presence::Required => '1',
        _ => '0',
    });
    let required: Literal = match bits.collect::<String>().trim_start_matches('0') {
        "" => Literal::u64_unsuffixed(0),
        bits => format!("0b{bits}").parse().unwrap_or_else(|_| Literal::u64_unsuffixed(0)),
    };
    let top_level = writer.has_top_level().then(|| quote!(.with_top_level(<C::TopLevel as TopLevelMembers>::NAMES)));
    let other_names = other_names(writer.shape);
    quote!(Shape::new(&[#(#constants),*], &[#(#names),*], #required) #top_level #other_names)
}

/// The other names of fields, for a shape of which some field has any.
fn other_names(shape: &Struct) -> Option<TokenStream> {
    let aliased =
        (0..).map(Literal::usize_unsuffixed).zip(&shape.fields).filter(|(_, field)| !field.aliases.is_empty());
    let rows: Vec<_> = aliased
        .map(|(index, field)| {
            let aliases = &field.aliases;
            quote!((#index, &[#(#aliases),*]))
        })
        .collect();
    (!rows.is_empty()).then(|| quote!(.with_other_names(&[#(#rows),*])))
}

/// The two functions that give a field for its index, to be written and to be read into. From the index `rest` on, the
/// fields of `top_level` follow.
pub(super) fn of(shape: &Struct, rest: Option<usize>) -> TokenStream {
    let rows: Vec<_> =
        (0..).map(Literal::usize_unsuffixed).zip(shape.fields.iter().map(|field| ident(&field.ident))).collect();
    let (index, idents): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let allow = shape.has_deprecated().then(|| quote!(#[allow(deprecated)]));
    let rest = rest.map(Literal::usize_unsuffixed);
    let (behind, behind_mut) = match &rest {
        Some(rest) => (
            quote!(TopLevelMembers::value(&self.top_level, index - #rest)),
            quote!(TopLevelMembers::field_mut(&mut self.top_level, index - #rest)),
        ),
        None => (quote!(Item::Absent), quote!(None)),
    };
    if idents.is_empty() {
        return quote! {
            fn value(&self, _: usize) -> Item<'_> {
                #behind
            }

            fn field_mut(&mut self, _: usize) -> Option<&mut dyn Json> {
                #behind_mut
            }
        };
    }
    quote! {
        #allow
        fn value(&self, index: usize) -> Item<'_> {
            match index {
                #(#index => Json::item(&self.#idents),)*
                _ => #behind,
            }
        }

        #allow
        fn field_mut(&mut self, index: usize) -> Option<&mut dyn Json> {
            match index {
                #(#index => Some(&mut self.#idents),)*
                _ => #behind_mut,
            }
        }
    }
}
