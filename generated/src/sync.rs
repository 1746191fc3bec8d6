//! Between events with their room and events as `/sync` has them, which stand in a room's part of the response.

use crate::envelope::{RoomEvent, StateEvent, SyncRoomEvent, SyncStateEvent};
use crate::{MessageLikeEventContent, RoomId, StateEventContent};

impl<C: MessageLikeEventContent> RoomEvent<C> {
    /// The event without its room.
    #[inline]
    pub fn into_sync(self) -> SyncRoomEvent<C> {
        SyncRoomEvent {
            content: self.content,
            event_id: self.event_id,
            sender: self.sender,
            origin_server_ts: self.origin_server_ts,
            unsigned: self.unsigned,
            top_level: self.top_level,
            extra: without_room(self.extra),
        }
    }
}

impl<C: MessageLikeEventContent> SyncRoomEvent<C> {
    /// The event with the room that it is in.
    #[inline]
    pub fn with_room_id(self, room_id: impl Into<RoomId>) -> RoomEvent<C> {
        RoomEvent {
            content: self.content,
            event_id: self.event_id,
            sender: self.sender,
            origin_server_ts: self.origin_server_ts,
            unsigned: self.unsigned,
            room_id: Some(room_id.into()),
            top_level: self.top_level,
            extra: without_room(self.extra),
        }
    }
}

impl<C: StateEventContent> StateEvent<C> {
    /// The event without its room.
    #[inline]
    pub fn into_sync(self) -> SyncStateEvent<C> {
        SyncStateEvent {
            content: self.content,
            event_id: self.event_id,
            sender: self.sender,
            origin_server_ts: self.origin_server_ts,
            unsigned: self.unsigned,
            state_key: self.state_key,
            top_level: self.top_level,
            extra: without_room(self.extra),
        }
    }
}

impl<C: StateEventContent> SyncStateEvent<C> {
    /// The event with the room that it is in.
    #[inline]
    pub fn with_room_id(self, room_id: impl Into<RoomId>) -> StateEvent<C> {
        StateEvent {
            content: self.content,
            event_id: self.event_id,
            sender: self.sender,
            origin_server_ts: self.origin_server_ts,
            unsigned: self.unsigned,
            room_id: Some(room_id.into()),
            state_key: self.state_key,
            top_level: self.top_level,
            extra: without_room(self.extra),
        }
    }
}

/// A `room_id` among the other members is one that didn't fit, or that `/sync` shouldn't have sent.
fn without_room(mut extra: crate::Extra) -> crate::Extra {
    extra.remove("room_id");
    extra
}
