//! Emits the conversions between envelopes with and without `room_id`.

use std::collections::BTreeMap;

use super::{event, gate, ident, types, Block, Context, Emitted, Paths};
use crate::ir::{Field, Ir, Role, Struct, ENVELOPE};

/// Emits the conversions for each pair of envelopes that differ by `room_id`.
pub(crate) fn conversions(ir: &Ir) -> Vec<Emitted> {
    let mut pairs = BTreeMap::new();
    for any in &ir.any {
        let sync = any.sync.as_ref().and_then(|sync| ir.any.iter().find(|other| other.name == *sync));
        let envelopes = sync.map(|sync| sync.envelopes.as_slice()).unwrap_or_default();
        pairs.extend(any.envelopes.iter().zip(envelopes));
    }
    let module = vec![ENVELOPE.to_owned()];
    let context = Context { ir, module: &module, paths: &Paths::Inside };
    let convert = |(full, sync): (&String, &String)| {
        let code = between((full, ir.envelope(full)?), (sync, ir.envelope(sync)?), &context)?;
        Some(Emitted { name: format!("the conversions between {full} and {sync}"), code: code.into() })
    };
    pairs.into_iter().filter_map(convert).collect()
}

fn between((full, of_full): (&str, &Struct), (sync, of_sync): (&str, &Struct), context: &Context<'_>) -> Option<Block> {
    let Role::Envelope { kind, .. } = of_full.role else { return None };
    let room = of_full.fields.iter().find(|field| field.wire == "room_id")?;
    let presence = if room.presence.is_required() { "required" } else { "optional" };
    let head = format!("{}<{}> => {}", ident(full), event::trait_of(kind), ident(sync));
    let mut block = context.paths.call("without_room", head);
    // In older releases, the room ID is a string without a format.
    block.row(format!("{presence} {}: {};", ident(&room.ident), types::ty(&room.ty, context)));
    let row = |field: &Field| format!("{}{};", gate::prefix(field.docs.proposal), ident(&field.ident));
    block.rows(of_sync.fields.iter().map(row));
    Some(block)
}
