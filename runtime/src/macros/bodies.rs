//! The macros for the events of bodies: the enums over the events of all places, and the iterators over the events of a body.

/// Defines the enums over the events of all enums of events. The row of an enum that requires a feature has the attribute `cfg`.
///
/// ```text
/// all_events! {
///     Timeline(AnyTimelineEvent),
///     ToDevice(AnyToDeviceEvent),
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! all_events {
    ($first:ident($first_any:ident), $($(#[$cfg:meta])* $variant:ident($any:ident),)*) => {
        $crate::__private::all_events! {
            "An event of a body, with a variant for each enum of events."
            [Clone] AnyEvent { $first($first_any) $first_any, $($(#[$cfg])* $variant($any) $any,)* }
        }

        impl AnyEvent {
            /// Deserializes an event of a body as the enum of its place.
            ///
            /// # Errors
            ///
            /// Returns an error if the text of the event is not a JSON object.
            #[inline] // Only programs that call it compile the code for all enums.
            pub fn deserialize(event: &$crate::__private::EventText<'_>) -> Result<Self, $crate::__private::Error> {
                match event.enum_name() {
                    $($(#[$cfg])* stringify!($any) => event.deserialize().map(Self::$variant),)*
                    _ => event.deserialize().map(Self::$first),
                }
            }

            /// Returns a reference to the event.
            #[inline]
            pub fn to_ref(&self) -> AnyEventRef<'_> {
                match self {
                    Self::$first(event) => AnyEventRef::$first(event),
                    $($(#[$cfg])* Self::$variant(event) => AnyEventRef::$variant(event),)*
                }
            }
        }

        $crate::__private::all_events! {
            "A reference to an event of a body, with a variant for each enum of events."
            [Clone, Copy] AnyEventRef<'a> { $first($first_any) &'a $first_any, $($(#[$cfg])* $variant($any) &'a $any,)* }
        }

        impl<'a> AnyEventRef<'a> {
            /// Returns the event type. It is empty if the event has none.
            #[inline]
            pub fn event_type(self) -> &'a str {
                let json = self.json_ref();
                let text = |name| json.member(name).text();
                text("type").or_else(|| text("edu_type")).unwrap_or_default()
            }

            /// Returns `true` for an event of an unknown type.
            #[inline]
            pub fn is_unknown(self) -> bool {
                match self {
                    Self::$first(event) => event.is_unknown(),
                    $($(#[$cfg])* Self::$variant(event) => event.is_unknown(),)*
                }
            }

            /// Returns `true` for an event of a known type in which a required field is missing or invalid.
            #[inline]
            pub fn is_malformed(self) -> bool {
                match self {
                    Self::$first(event) => event.is_malformed(),
                    $($(#[$cfg])* Self::$variant(event) => event.is_malformed(),)*
                }
            }

            #[doc(hidden)]
            #[inline]
            pub fn json_ref(self) -> $crate::__private::JsonRef<'a> {
                match self {
                    Self::$first(event) => $crate::__private::FromToJson::json_ref(event),
                    $($(#[$cfg])* Self::$variant(event) => $crate::__private::FromToJson::json_ref(event),)*
                }
            }
        }

        $crate::__private::all_events! {
            "A mutable reference to an event of a body, with a variant for each enum of events."
            [] AnyEventMut<'a> { $first($first_any) &'a mut $first_any, $($(#[$cfg])* $variant($any) &'a mut $any,)* }
        }
    };
    ($docs:literal [$($derive:ident),*] $name:ident $(<$life:lifetime>)? { $($(#[$cfg:meta])* $variant:ident($any:ident) $event:ty,)* }) => {
        #[doc = $docs]
        #[derive($($derive,)* Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name $(<$life>)? {
            $(
                #[doc = concat!("An event as `", stringify!($any), "`.")]
                $(#[$cfg])*
                $variant($event),
            )*
        }
    };
}

/// Implements the iterators over the events of a deserialized body. The head has the module of `AnyEventRef`. The block has the fields
/// on the paths of the events. A `*` is before the values of a map, and `[]` is before the elements of a list. A list of events, and an
/// event alone, have the variant of `AnyEventRef` and the path. The body of a list has its field in the head.
///
/// ```text
/// body_events!(SyncResponse: crate::any; {
///     to_device { events { [] ToDevice "to_device.events[]" } }
///     rooms { join { * { timeline { events { [] SyncTimeline "rooms.join.*.timeline.events[]" } } } } }
/// });
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! body_events {
    ($name:ident $(. $field:tt)?: $($any:ident)::+; $node:tt) => {
        impl $name {
            /// Iterates over the events of the body, with their places.
            ///
            /// The events of a list are in the order of the list. Invalid elements are not included.
            #[inline]
            pub fn events(&self) -> ::std::vec::IntoIter<$crate::__private::InBody<'_, $($any)::+::AnyEventRef<'_>>> {
                use $($any)::+::AnyEventRef;

                let mut found = ::std::vec::Vec::new();
                let body = &(*self)$(.$field)?;
                $crate::__private::events_in!([&] AnyEventRef valid, found, ::std::option::Option::None, body, $node);
                found.into_iter()
            }

            /// Iterates over the events of the body with mutable access, in the order of [`events`](Self::events).
            #[inline]
            pub fn events_mut(&mut self) -> ::std::vec::IntoIter<$crate::__private::InBody<'_, $($any)::+::AnyEventMut<'_>>> {
                use $($any)::+::AnyEventMut;

                let mut found = ::std::vec::Vec::new();
                let body = &mut (*self)$(.$field)?;
                $crate::__private::events_in!([&mut] AnyEventMut valid_mut, found, ::std::option::Option::None, body, $node);
                found.into_iter()
            }
        }
    };
}

/// Collects the events in a value.
#[macro_export]
#[doc(hidden)]
macro_rules! events_in {
    ($mode:tt $any:ident $valid:ident, $found:ident, $room:expr, $value:ident, { [] $variant:ident $section:literal }) => {
        for event in $value.$valid() {
            $found.push($crate::__private::InBody::new($section, $room, $any::$variant(event)));
        }
    };
    ($mode:tt $any:ident $valid:ident, $found:ident, $room:expr, $value:ident, { $variant:ident $section:literal }) => {
        $found.push($crate::__private::InBody::new($section, $room, $any::$variant($value)));
    };
    ($mode:tt $any:ident $valid:ident, $found:ident, $room:expr, $value:ident, { [] $node:tt }) => {
        for value in $value {
            $crate::__private::events_in!($mode $any $valid, $found, $room, value, $node);
        }
    };
    ($mode:tt $any:ident $valid:ident, $found:ident, $room:expr, $value:ident, { * $node:tt }) => {
        for (key, value) in $value {
            let room_id = ::std::option::Option::Some(::std::convert::AsRef::<str>::as_ref(key));
            $crate::__private::events_in!($mode $any $valid, $found, room_id, value, $node);
        }
    };
    ($mode:tt $any:ident $valid:ident, $found:ident, $room:expr, $value:ident, { $($(#[$cfg:meta])* $field:ident $node:tt)* }) => {$(
        $(#[$cfg])*
        $crate::__private::events_in!(@field $mode $any $valid, $found, $room, $value, $field $node);
    )*};
    (@field [$($mode:tt)+] $any:ident $valid:ident, $found:ident, $room:expr, $value:ident, $field:ident $node:tt) => {
        if let ::std::option::Option::Some(value) = $($mode)+ $value.$field {
            $crate::__private::events_in!([$($mode)+] $any $valid, $found, $room, value, $node);
        }
    };
}
