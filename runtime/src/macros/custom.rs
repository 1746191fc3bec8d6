//! Macros for the event enums of a crate with custom events. Such an enum has a variant for each custom event type, and the
//! variant `Other` for the events of the specification.

/// Defines an enum of custom events without redacted events. A row is an event type with its aliases.
///
/// ```text
/// custom_any_event! {
///     /// Any event from one device to another.
///     pub enum AnyToDeviceEvent {
///         "org.example.poll" => Poll(::matrix_events::ToDeviceEvent<super::poll::PollEventContent>),
///         _ => Other(::matrix_events::AnyToDeviceEvent),
///     }
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! custom_any_event {
    ($(#[$meta:meta])* pub enum $any:ident {
        $($type:literal $(| $alias:literal)* => $variant:ident($event:ty),)*
        _ => Other($other:ty),
        $($prefix:literal* => $of_prefix:ident,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $any {
            $(
                #[doc = concat!("An event of the type `", $type, "`.")]
                $variant(Box<$event>),
            )*
            /// An event of the specification, or an unknown, redacted or malformed event.
            Other($other),
        }

        $crate::__private::event_members!([] $any);

        impl $any {
            /// Validates the event at `Level::Strict` and serializes it as JSON text.
            ///
            /// # Errors
            ///
            /// Returns all violations, if the event is invalid.
            pub fn to_json_checked(&self) -> Result<String, $crate::__private::Report> {
                match self {
                    $(Self::$variant(event) => event.to_json_checked(),)*
                    Self::Other(event) => event.to_json_checked(),
                }
            }

            fn event(&self) -> $crate::__private::JsonRef<'_> {
                match self {
                    $(Self::$variant(event) => $crate::__private::JsonRef::Object(&**event),)*
                    Self::Other(event) => $crate::__private::FromToJson::json_ref(event),
                }
            }

            fn variant(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => stringify!($variant),)*
                    Self::Other(_) => "Other",
                }
            }

            fn event_mut(&mut self) -> &mut dyn $crate::__private::FromToJson {
                match self {
                    $(Self::$variant(event) => &mut **event,)*
                    Self::Other(event) => event,
                }
            }

            fn untyped(event: $crate::__private::JsonRef<'_>) -> Option<$crate::__private::Untyped> {
                <$other>::untyped(event)
            }

            fn of_json<'j>(
                json: &mut $crate::__private::Cursor<'j>,
                start: $crate::__private::Cursor<'j>,
                untyped: $crate::__private::Untyped,
            ) -> Result<Self, $crate::__private::ParseError> {
                <$other>::of_json(json, start, untyped).map(Self::Other)
            }

            fn malformed<'j>(
                json: &mut $crate::__private::Cursor<'j>,
                start: $crate::__private::Cursor<'j>,
                error: $crate::__private::ParseError,
                is_state: bool,
            ) -> Result<Self, $crate::__private::ParseError> {
                <$other>::malformed(json, start, error, is_state).map(Self::Other)
            }
        }

        impl ::std::convert::From<$other> for $any {
            /// Converts the event. An unknown event converts to the variant of its type, if there is one.
            fn from(event: $other) -> Self {
                let text = event.is_unknown().then(|| $crate::__private::to_string(&event));
                let read = text.and_then(|text| $crate::__private::from_str(&text).ok());
                read.unwrap_or(Self::Other(event))
            }
        }

        $crate::__private::any_common!([] $any "type" ($any::Other($crate::__private::FromToJson::placeholder())) {
            $($type $(| $alias)* => $variant($event),)*
        } $($prefix => $of_prefix,)*);
    };
}

/// Defines an enum of custom room events. The rows are the same as for `custom_any_event`. If some of the events are state
/// events, they are in a separate block with the enum of state events.
#[macro_export]
#[doc(hidden)]
macro_rules! custom_any_room_event {
    ($(#[$meta:meta])* pub enum $any:ident $rows:tt $(into_message_like $message:ident;)? $(into_sync $sync:ident;)?) => {
        $crate::__private::custom_any_room_event!(@ [$(#[$meta])*] $any $rows {} $($sync)?);
        $($crate::__private::custom_into_message_like!($any => $message $rows);)?
    };
    (
        $(#[$meta:meta])* pub enum $any:ident $rows:tt
        into_state $state:ident $state_rows:tt
        $(into_message_like $message:ident;)?
        $(into_sync $sync:ident;)?
    ) => {
        $crate::__private::custom_any_room_event!(@ [$(#[$meta])*] $any $rows $state_rows $($sync)?);
        $crate::__private::custom_into_state!($any => $state $state_rows);
        $($crate::__private::custom_into_message_like!($any => $message $rows);)?
    };
    (
        @ [$($meta:tt)*] $any:ident
        {
            $($type:literal $(| $alias:literal)* => $variant:ident($event:ty),)*
            _ => Other($other:ty),
        }
        { $($of_state:literal $(| $alias_of_state:literal)* => $state_variant:ident($state_event:ty),)* }
        $($sync:ident)?
    ) => {
        $crate::__private::custom_any_event! {
            $($meta)* pub enum $any {
                $($type $(| $alias)* => $variant($event),)*
                $($of_state $(| $alias_of_state)* => $state_variant($state_event),)*
                _ => Other($other),
            }
        }
        $crate::__private::room_event_members!([] $any, Self::Other(event) => event.is_redacted());
        $crate::__private::custom_into_sync!($any => [$($sync)?] { $($variant,)* $($state_variant,)* });
    };
}

/// Implements the conversions between an enum of custom timeline events and the enum of state events.
#[macro_export]
#[doc(hidden)]
macro_rules! custom_into_state {
    ($any:ident => $state:ident { $($type:literal $(| $alias:literal)* => $variant:ident($event:ty),)* }) => {
        impl $any {
            /// Converts to a state event.
            ///
            /// # Errors
            ///
            /// Returns the event itself, if it is not a state event.
            #[inline]
            pub fn into_state(self) -> Result<$state, Self> {
                $crate::__private::custom_part!(self as $state by into_state { $($variant)* })
            }
        }

        $crate::__private::custom_part!($any from $state { $($variant)* });
    };
}

/// Implements the conversions between an enum of custom timeline events and the enum of message-like events.
#[macro_export]
#[doc(hidden)]
macro_rules! custom_into_message_like {
    ($any:ident => $message:ident {
        $($type:literal $(| $alias:literal)* => $variant:ident($event:ty),)*
        _ => Other($other:ty),
    }) => {
        impl $any {
            /// Converts to a message-like event, which is an event without a `state_key`.
            ///
            /// # Errors
            ///
            /// Returns the event itself, if it is a state event.
            #[inline]
            pub fn into_message_like(self) -> Result<$message, Self> {
                $crate::__private::custom_part!(self as $message by into_message_like { $($variant)* })
            }
        }

        $crate::__private::custom_part!($any from $message { $($variant)* });
    };
}

/// Expands to the conversion of a custom timeline event to the enum of some events of a timeline, or implements the opposite
/// conversion. The method converts an event of the specification.
#[macro_export]
#[doc(hidden)]
macro_rules! custom_part {
    ($event:ident as $part:ident by $into:ident { $($variant:ident)* }) => {
        match $event {
            $(Self::$variant(event) => Ok($part::$variant(event)),)*
            Self::Other(event) => event.$into().map($part::Other).map_err(Self::Other),
            #[allow(unreachable_patterns)]
            other => Err(other),
        }
    };
    ($any:ident from $part:ident { $($variant:ident)* }) => {
        impl ::std::convert::From<$part> for $any {
            fn from(event: $part) -> Self {
                match event {
                    $($part::$variant(event) => Self::$variant(event),)*
                    $part::Other(event) => Self::Other(event.into()),
                }
            }
        }
    };
}

/// Implements the conversions between an enum of custom room events and the enum of their forms in `/sync`.
#[macro_export]
#[doc(hidden)]
macro_rules! custom_into_sync {
    ($any:ident => [] $variants:tt) => {};
    ($any:ident => [$sync:ident] { $($variant:ident,)* }) => {
        impl $any {
            /// Converts to the form of the event in `/sync`, by removing the room ID.
            #[inline]
            pub fn into_sync(self) -> $sync {
                match self {
                    $(Self::$variant(event) => $sync::$variant(Box::new(event.into_sync())),)*
                    Self::Other(event) => $sync::Other(event.into_sync()),
                }
            }
        }

        impl $sync {
            /// Converts to the full form of the event, by adding the room ID.
            #[inline]
            pub fn with_room_id(self, room_id: impl ::std::convert::Into<$crate::__private::RoomId>) -> $any {
                match self {
                    $(Self::$variant(event) => $any::$variant(Box::new(event.with_room_id(room_id))),)*
                    Self::Other(event) => $any::Other(event.with_room_id(room_id)),
                }
            }
        }
    };
}
