//! Emits enums over values of several JSON types.

use super::{docs, ident, types, Block, Code, Context};
use crate::ir::{Alternative, Docs, Item, Type};

pub(crate) fn emit(item: &Item, alternatives: &[Alternative], context: &Context<'_>) -> Vec<Code> {
    let release = context.ir.release;
    let words: Vec<&str> = alternatives.iter().map(|alternative| json_type(alternative.ty.as_ref()).1).collect();
    let mut definition = Block::new(format!("pub enum {} as {:?}", ident(&item.name), words.join(" or ")));
    for alternative in alternatives {
        let (kind, words) = json_type(alternative.ty.as_ref());
        let mut letters = words.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let sentence = format!("{}.", first.chain(letters).collect::<String>());
        definition.rows(docs::rows(&Docs::default(), &sentence, release));
        let ty = alternative.ty.as_ref().map(|ty| format!("({})", types::ty(ty, context))).unwrap_or_default();
        definition.row(format!("{kind} => {}{ty},", ident(&alternative.ident)));
    }
    let mut call = context.paths.invoke("union");
    call.rows(docs::rows(&item.docs, "A value of one of several JSON types.", release));
    call.block(definition);
    vec![call.into()]
}

/// Returns the JSON type that a type deserializes from, and its name in messages.
fn json_type(ty: Option<&Type>) -> (&'static str, &'static str) {
    match ty {
        None => ("Null", "`null`"),
        Some(Type::Boolean) => ("Boolean", "a boolean"),
        Some(Type::Integer | Type::IntOrString) => ("Number", "an integer"),
        Some(Type::Number) => ("Number", "a number"),
        Some(Type::String | Type::Identifier(_) | Type::StringOrInt) => ("String", "a string"),
        Some(Type::List(_) | Type::Events(_)) => ("Array", "an array"),
        _ => ("Object", "an object"),
    }
}
