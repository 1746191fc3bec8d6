//! Emits enums of strings with known values.

use super::{docs, ident, Block, Code, Context};
use crate::ir::{Docs, Item, Value};

pub(crate) fn emit(item: &Item, values: &[Value], context: &Context<'_>) -> Vec<Code> {
    let release = context.ir.release;
    let mut definition = Block::new(format!("pub enum {}", ident(&item.name)));
    for value in values {
        let docs = Docs { text: value.text.clone(), ..Docs::default() };
        definition.rows(docs::rows(&docs, "", release));
        definition.row(format!("{} = {:?},", ident(&value.ident), value.wire));
    }
    let mut call = context.paths.invoke("open_enum");
    call.rows(docs::rows(&item.docs, "A string with known values.", release));
    call.block(definition);
    vec![call.into()]
}
