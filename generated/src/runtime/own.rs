//! The parts of the enums over all events of a place that a crate with events of its own has: those events, and in one
//! variant everything that the enum of this crate knows.

/// A row for each type, variant and event of one's own; `$other` is the enum over all others.
#[macro_export]
#[doc(hidden)]
macro_rules! own_event {
    ($any:ident, $other:ty { $($type:literal $(| $also:literal)* => $variant:ident($event:ty),)+ }) => {
        $crate::event_members!($any);

        impl $any {
            /// The event, whatever its type, to be asked for the members of its envelope.
            pub fn envelope(&self) -> &dyn $crate::runtime::Envelope {
                match self {
                    $(Self::$variant(event) => &**event,)+
                    Self::Other(event) => event.envelope(),
                }
            }
        }

        impl $crate::runtime::Json for $any {
            fn blank() -> Self {
                Self::Other($crate::runtime::Json::blank())
            }

            fn read_into(
                &mut self,
                json: &mut $crate::runtime::Cursor<'_>,
            ) -> Result<Option<$crate::runtime::serde_json::Value>, $crate::runtime::Fault> {
                let start = json.clone();
                let read = match json.discriminator("type")?.as_deref() {
                    $(Some($type $(| $also)*) => json.boxed(Self::$variant),)+
                    _ => $crate::runtime::Json::read(json).map(Self::Other),
                };
                *self = match read {
                    Ok(event) => event,
                    Err(fault) => Self::Other(<$other>::untyped(json, start, fault)?),
                };
                Ok(None)
            }

            fn item(&self) -> $crate::runtime::Item<'_> {
                self.envelope().event()
            }
        }

        impl From<$other> for $any {
            /// What was an event of an unknown type may be one of one's own.
            fn from(event: $other) -> Self {
                let json = event.is_unknown().then(|| event.envelope().event().to_value());
                let read = json.and_then(|json| $crate::runtime::from_str(&json.to_string()).ok());
                read.unwrap_or(Self::Other(event))
            }
        }

        $crate::any_common!($any { $($variant($event),)+ });
    };
}

/// Between those of a place and the same without their room.
#[macro_export]
#[doc(hidden)]
macro_rules! own_sync_event {
    ($any:ident => $sync:ident { $($variant:ident,)+ }) => {
        impl $any {
            /// The event without its room, as `/sync` has it.
            #[inline]
            pub fn into_sync(self) -> $sync {
                match self {
                    $(Self::$variant(event) => $sync::$variant(Box::new(event.into_sync())),)+
                    Self::Other(event) => $sync::Other(event.into_sync()),
                }
            }
        }

        impl $sync {
            /// The event with the room that it is in.
            #[inline]
            pub fn with_room_id(self, room_id: impl Into<$crate::RoomId>) -> $any {
                match self {
                    $(Self::$variant(event) => $any::$variant(Box::new(event.with_room_id(room_id))),)+
                    Self::Other(event) => $any::Other(event.with_room_id(room_id)),
                }
            }
        }
    };
}
