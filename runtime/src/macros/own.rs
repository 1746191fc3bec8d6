//! The parts of the enums over all events of a place that a crate with events of its own has: those events, and in one
//! variant everything that the enum of this crate knows.

/// A row for each type, variant and event of one's own; `$other` is the enum over all others.
#[macro_export]
#[doc(hidden)]
macro_rules! own_event {
    ($any:ident, $other:ty { $($type:literal $(| $also:literal)* => $variant:ident($event:ty),)+ }) => {
        $crate::__private::event_members!($any);

        impl $any {
            /// The event as JSON text, if its schema and what the specification's prose asks of every event allow it.
            ///
            /// # Errors
            ///
            /// All that is against it.
            pub fn to_json_checked(&self) -> Result<String, $crate::__private::Report> {
                match self {
                    $(Self::$variant(event) => event.to_json_checked(),)+
                    Self::Other(event) => event.to_json_checked(),
                }
            }

            fn event(&self) -> $crate::__private::Item<'_> {
                match self {
                    $(Self::$variant(event) => $crate::__private::Item::Object(&**event),)+
                    Self::Other(event) => $crate::__private::Json::item(event),
                }
            }

            fn variant(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => stringify!($variant),)+
                    Self::Other(_) => "Other",
                }
            }

            fn event_mut(&mut self) -> &mut dyn $crate::__private::Json {
                match self {
                    $(Self::$variant(event) => &mut **event,)+
                    Self::Other(event) => event,
                }
            }

            fn untyped<'j>(
                json: &mut $crate::__private::Cursor<'j>,
                start: $crate::__private::Cursor<'j>,
                fault: $crate::__private::Fault,
            ) -> Result<Self, $crate::__private::Fault> {
                <$other>::untyped(json, start, fault).map(Self::Other)
            }
        }

        impl From<$other> for $any {
            /// What was an event of an unknown type may be one of one's own.
            fn from(event: $other) -> Self {
                let text = event.is_unknown().then(|| $crate::__private::to_string(&event));
                let read = text.and_then(|text| $crate::__private::from_str(&text).ok());
                read.unwrap_or(Self::Other(event))
            }
        }

        $crate::__private::any_common!($any "type" ($any::Other($crate::__private::Json::blank())) {
            $($type $(| $also)* => $variant($event),)+
        });
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
            pub fn with_room_id(self, room_id: impl Into<$crate::__private::RoomId>) -> $any {
                match self {
                    $(Self::$variant(event) => $any::$variant(Box::new(event.with_room_id(room_id))),)+
                    Self::Other(event) => $any::Other(event.with_room_id(room_id)),
                }
            }
        }
    };
}

/// Between those of a place and those of them that are of a room's state.
#[macro_export]
#[doc(hidden)]
macro_rules! own_state_event {
    ($any:ident => $state:ident { $($variant:ident,)+ }) => {
        impl $any {
            /// The event as one of a room's state.
            ///
            /// # Errors
            ///
            /// The event itself, if it isn't of the state.
            #[inline]
            pub fn into_state(self) -> Result<$state, Self> {
                match self {
                    $(Self::$variant(event) => Ok($state::$variant(event)),)+
                    Self::Other(event) => event.into_state().map($state::Other).map_err(Self::Other),
                    #[allow(unreachable_patterns)]
                    other => Err(other),
                }
            }
        }

        impl From<$state> for $any {
            fn from(event: $state) -> Self {
                match event {
                    $($state::$variant(event) => Self::$variant(event),)+
                    $state::Other(event) => Self::Other(event.into()),
                }
            }
        }
    };
}
