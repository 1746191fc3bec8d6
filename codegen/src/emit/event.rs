//! Emits the traits of contents.

use super::{constraints, gate, ident, types, Block, Context};
use crate::ir::{Event, Kind};

/// Returns the trait of the contents of a kind of events.
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

/// Returns the macro invocation that implements the traits of a content.
pub(crate) fn traits(event: &Event, context: &Context<'_>) -> Block {
    let (module, name) = &event.content;
    let mut block = context.paths.call("event", ident(name).to_string());
    let types = std::iter::once(&event.event_type).chain(&event.aliases).map(|name| format!("{name:?}"));
    block.row(format!("type = {};", types.collect::<Vec<_>>().join(" | ")));
    block.row(format!(
        "schema = {}::{}::EVENT;",
        context.paths.constraints(module),
        ident(&constraints::module_name(module))
    ));
    block.rows(event.variant.as_ref().map(|value| format!("variant = {value:?};")));
    block.rows(event.suffix.as_ref().map(|name| format!("suffix = {};", ident(name))));
    block.rows(event.top_level.as_ref().map(|name| format!("top_level = {};", ident(name))));
    let unsigned = event.unsigned.as_ref().map(|ty| types::ty(ty, context));
    block.rows(unsigned.map(|ty| format!("{}impl RoomEventContent<Unsigned = {ty}>;", in_room(event))));
    for (kind, proposal) in event.all_kinds() {
        let state_key = (kind == Kind::State).then(|| {
            let ty = event.state_key.as_ref().map_or("String".to_owned(), |ty| types::ty(ty, context));
            format!("<StateKey = {ty}>")
        });
        let condition = gate::prefix(proposal);
        block.row(format!("{condition}impl {}{};", trait_of(kind), state_key.unwrap_or_default()));
    }
    block
}

/// Returns the condition of events in rooms. It is empty if the specification has such events of the type.
fn in_room(event: &Event) -> String {
    let in_room = event.all_kinds().filter(|(kind, _)| kind.is_in_room()).map(|(_, proposal)| proposal.into());
    gate::any_of(&gate::all_closed(in_room)).map(|attribute| attribute + " ").unwrap_or_default()
}
