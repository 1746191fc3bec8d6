//! Macros for the event enums. An event enum has a variant for each event type of one kind.

/// Defines an event enum without redacted events. A row is an event type with its aliases. The brackets have the attributes of all
/// methods. With `#[inline]`, only programs that call a method compile its code. Rows of
/// events of proposals have the attribute `cfg`. A row after the others is the beginning of an event type whose end is in the
/// content.
///
/// ```text
/// any_event! {
///     /// Any event from one device to another.
///     [] pub enum AnyToDeviceEvent {
///         "m.reminder" | "org.example.reminder" => Reminder(crate::ToDeviceEvent<crate::reminder::ReminderEventContent>),
///         _ => Unknown(crate::UnknownEvent),
///         malformed => Malformed(crate::MalformedEvent),
///         "m.reminder."* => Reminder,
///     }
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! any_event {
    ($(#[$meta:meta])* [$(#[$inline:meta])*] pub enum $any:ident {
        $($(#[$cfg:meta])* $type:literal $(| $alias:literal)* => $variant:ident($event:ty),)*
        _ => Unknown($unknown:ty),
        malformed => Malformed($malformed:ty),
        $($(#[$cfg_of_prefix:meta])* $prefix:literal* => $of_prefix:ident,)*
    }) => {
        $crate::__private::any_enum! {
            $(#[$meta])* [$(#[$inline])*] $any "type" Unknown($unknown) [] Malformed($malformed)
            { $($(#[$cfg])* $type $(| $alias)* => $variant($event),)* }
            $($(#[$cfg_of_prefix])* $prefix => $of_prefix,)*
        }
        $crate::__private::event_members!([$(#[$inline])*] $any);
    };
}

/// Defines the enum of all ephemeral data units. The rows are the same as for `any_event`.
#[macro_export]
#[doc(hidden)]
macro_rules! any_edu {
    ($(#[$meta:meta])* pub enum $any:ident {
        $($(#[$cfg:meta])* $type:literal $(| $alias:literal)* => $variant:ident($event:ty),)*
        _ => Unknown($unknown:ty),
        malformed => Malformed($malformed:ty),
    }) => {
        $crate::__private::any_enum! {
            $(#[$meta])* [] $any "edu_type" Unknown($unknown) [] Malformed($malformed)
            { $($(#[$cfg])* $type $(| $alias)* => $variant($event),)* }
        }

        impl $any {
            /// Returns the `edu_type`, or an empty string if there is none.
            #[doc = $crate::__private::example!($any edu_type)]
            pub fn edu_type(&self) -> &str {
                self.event().member("edu_type").text().unwrap_or_default()
            }
        }
    };
}

/// Defines an enum of room events. The rows are the same as for `any_event`. If some of the events are state events, they are in
/// a separate block with the enum of state events. A row with `also` is for state events with the type of a message-like event. Its
/// variant has another name in the enum of state events.
///
/// ```text
/// any_room_event! {
///     /// Any event of a room's timeline.
///     [] pub enum AnyTimelineEvent {
///         "m.reminder" => Reminder(crate::RoomEvent<crate::reminder::ReminderEventContent>),
///         _ => Unknown(crate::UnknownEvent),
///         redacted => Redacted(crate::RedactedEvent),
///         malformed => Malformed(crate::MalformedEvent),
///     }
///     into_state AnyStateEvent {
///         "m.calendar" => Calendar(crate::StateEvent<crate::calendar::CalendarEventContent>),
///         also "m.reminder" => StateReminder(crate::StateEvent<crate::reminder::ReminderEventContent>) as Reminder,
///     }
///     into_message_like AnyMessageLikeEvent;
///     into_sync AnySyncTimelineEvent;
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! any_room_event {
    ($(#[$meta:meta])* [$(#[$inline:meta])*] pub enum $any:ident $rows:tt $(into_sync $sync:ident;)?) => {
        $crate::__private::any_room_event!(@ [$(#[$meta])*] [$(#[$inline])*] $any $rows {} $($sync)?);
    };
    ($(#[$meta:meta])* [$(#[$inline:meta])*] pub enum $any:ident $rows:tt state $state_rows:tt) => {
        $crate::__private::any_room_event!(@ [$(#[$meta])*] [$(#[$inline])*] $any $rows $state_rows);
    };
    (
        $(#[$meta:meta])* [$(#[$inline:meta])*] pub enum $any:ident $rows:tt
        into_state $state:ident $state_rows:tt
        $(into_message_like $message:ident;)?
        $(into_sync $sync:ident;)?
    ) => {
        $crate::__private::any_room_event!(@ [$(#[$meta])*] [$(#[$inline])*] $any $rows $state_rows $($sync)?);
        $crate::__private::into_state!($any => $state $state_rows);
        $($crate::__private::into_message_like!($any => $message $rows);)?
    };
    (
        @ [$($meta:tt)*] [$(#[$inline:meta])*] $any:ident
        {
            $($(#[$cfg:meta])* $type:literal $(| $alias:literal)* => $variant:ident($event:ty),)*
            _ => Unknown($unknown:ty),
            redacted => Redacted($redacted:ty),
            malformed => Malformed($malformed:ty),
        }
        {
            $($(#[$cfg_of_state:meta])* $of_state:literal $(| $alias_of_state:literal)* => $state_variant:ident($state_event:ty),)*
            $(
                also $(#[$cfg_of_twin:meta])* $of_twin:literal $(| $alias_of_twin:literal)* =>
                $twin:ident($twin_event:ty) as $twin_in_state:ident,
            )*
        }
        $($sync:ident)?
    ) => {
        $crate::__private::any_enum! {
            $($meta)* [$(#[$inline])*] $any "type" Unknown($unknown)
            [Redacted($redacted) { $($(#[$cfg_of_twin])* $of_twin $(| $alias_of_twin)* => $twin,)* }]
            Malformed($malformed)
            {
                $($(#[$cfg])* $type $(| $alias)* => $variant($event),)*
                $($(#[$cfg_of_state])* $of_state $(| $alias_of_state)* => $state_variant($state_event),)*
                $($(#[$cfg_of_twin])* $of_twin $(| $alias_of_twin)* => $twin($twin_event),)*
            }
        }
        $crate::__private::event_members!([$(#[$inline])*] $any);
        $crate::__private::room_event_members!([$(#[$inline])*] $any, Self::Redacted(_) => true);
        $crate::__private::into_sync!($any => [$($sync)?] {
            $($(#[$cfg])* $variant,)* $($(#[$cfg_of_state])* $state_variant,)* $($(#[$cfg_of_twin])* $twin,)*
        });
    };
}

/// Defines an event enum, and implements the methods that all event enums of this crate have. The rows after the redacted event are
/// the variants of state events with the type of a message-like event.
#[macro_export]
#[doc(hidden)]
macro_rules! any_enum {
    (
        $(#[$meta:meta])* [$(#[$inline:meta])*] $any:ident $key:literal
        Unknown($unknown:ty)
        [$(
            $redacted:ident($redacted_event:ty)
            { $($(#[$cfg_of_twin:meta])* $of_twin:literal $(| $alias_of_twin:literal)* => $twin:ident,)* }
        )?]
        Malformed($malformed:ty)
        { $($(#[$cfg:meta])* $type:literal $(| $alias:literal)* => $variant:ident($event:ty),)* }
        $($(#[$cfg_of_prefix:meta])* $prefix:literal => $of_prefix:ident,)*
    ) => {
        $(#[$meta])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $any {
            $(
                #[doc = concat!("An event of the type `", $type, "`.")]
                $(#[$cfg])*
                $variant(Box<$event>),
            )*
            /// An event of an unknown type.
            Unknown(Box<$unknown>),
            $(
                /// A redacted event of a known type. A redacted state event has the variant of its type if its content still
                /// deserializes.
                $redacted(Box<$redacted_event>),
            )?
            /// An event of a known type in which a required field is missing or invalid.
            Malformed(Box<$malformed>),
        }

        impl $any {
            $(#[$inline])*
            fn event(&self) -> $crate::__private::JsonRef<'_> {
                match self {
                    $($(#[$cfg])* Self::$variant(event) => $crate::__private::JsonRef::Object(&**event),)*
                    Self::Unknown(event) => $crate::__private::JsonRef::JsonObject(event.json()),
                    $(Self::$redacted(event) => $crate::__private::JsonRef::JsonObject(event.json()),)?
                    Self::Malformed(event) => $crate::__private::JsonRef::JsonObject(event.json()),
                }
            }

            $(#[$inline])*
            fn event_mut(&mut self) -> &mut dyn $crate::__private::FromToJson {
                match self {
                    $($(#[$cfg])* Self::$variant(event) => &mut **event,)*
                    Self::Unknown(event) => event.json_mut(),
                    $(Self::$redacted(event) => event.json_mut(),)?
                    Self::Malformed(event) => event.json_mut(),
                }
            }

            /// Validates the event at `Level::Strict` and serializes it as JSON text.
            #[doc = $crate::__private::example!($any to_json_checked)]
            ///
            /// # Errors
            ///
            /// Returns all violations, if the event is invalid.
            $(#[$inline])*
            pub fn to_json_checked(&self) -> Result<String, $crate::__private::Report> {
                match self {
                    $($(#[$cfg])* Self::$variant(event) => event.to_json_checked(),)*
                    Self::Unknown(event) => event.to_json_checked(),
                    $(Self::$redacted(event) => event.to_json_checked(),)?
                    Self::Malformed(event) => event.to_json_checked(),
                }
            }

            /// Returns the name of the variant.
            $(#[$inline])*
            pub(crate) fn variant(&self) -> &'static str {
                match self {
                    $($(#[$cfg])* Self::$variant(_) => stringify!($variant),)*
                    Self::Unknown(_) => "Unknown",
                    $(Self::$redacted(_) => stringify!($redacted),)?
                    Self::Malformed(_) => "Malformed",
                }
            }

            /// Returns the event type of the variant, or `None` if the variant is for events of several types.
            #[allow(dead_code)] // Crates with custom events do not call it.
            $(#[$inline])*
            pub(crate) fn type_of_variant(&self) -> Option<&'static str> {
                match self {
                    $($(#[$cfg])* Self::$variant(_) => Some($type),)*
                    _ => None,
                }
            }

            /// Returns `true` if the event is in the variant `Unknown`.
            #[doc = $crate::__private::example!($any is_unknown)]
            $(#[$inline])*
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }

            /// Returns the reason why a deserialized event has another variant than that of its type.
            #[doc(hidden)]
            $(#[$inline])*
            pub fn untyped(event: $crate::__private::JsonRef<'_>) -> Option<$crate::__private::Untyped> {
                $crate::__private::untyped_in!([$($redacted)?] event)
            }

            /// Deserializes the event at `start` as JSON.
            #[doc(hidden)]
            $(#[$inline])*
            pub fn of_json<'j>(
                json: &mut $crate::__private::Cursor<'j>,
                start: $crate::__private::Cursor<'j>,
                untyped: $crate::__private::Untyped,
            ) -> Result<Self, $crate::__private::ParseError> {
                *json = start;
                $($(
                    $(#[$cfg_of_twin])*
                    {
                        let is_twin = |event_type: &str| matches!(event_type, $of_twin $(| $alias_of_twin)*);
                        let is_other_kind = untyped == $crate::__private::Untyped::OtherKind;
                        if is_other_kind && json.discriminator($key)?.as_deref().is_some_and(is_twin) {
                            let start = json.clone();
                            let mut event = Self::$twin($crate::__private::boxed());
                            return match event.event_mut().parse_into(json) {
                                Ok(_) => Ok(event),
                                Err(error) => Self::malformed(json, start, error, true),
                            };
                        }
                    }
                )*)?
                let event: $crate::__private::JsonObject = $crate::__private::FromToJson::parse(json)?;
                Ok(match untyped {
                    $($crate::__private::Untyped::Redacted => Self::$redacted(Box::new(event.into())),)?
                    _ => Self::Unknown(Box::new(event.into())),
                })
            }

            /// Returns `true` if the event has a known type, and a required field is missing or invalid.
            $(#[$inline])*
            pub fn is_malformed(&self) -> bool {
                matches!(self, Self::Malformed(_))
            }

            /// Deserializes the event at `start` as JSON, after its type failed with `error`. `is_state` is `true` if the type is
            /// that of a state event.
            #[doc(hidden)]
            $(#[$inline])*
            pub fn malformed<'j>(
                json: &mut $crate::__private::Cursor<'j>,
                start: $crate::__private::Cursor<'j>,
                error: $crate::__private::ParseError,
                is_state: bool,
            ) -> Result<Self, $crate::__private::ParseError> {
                let start_of_event = start.clone();
                let malformed = <$malformed>::read(json, start, error)?;
                $(match $crate::__private::untyped_json(malformed.json(), is_state) {
                    Some($crate::__private::Untyped::Redacted) => {
                        return Ok(Self::$redacted(Box::new(malformed.into_json().into())));
                    }
                    Some(other_kind) => return Self::of_json(json, start_of_event, other_kind),
                    None => {}
                })?
                let _ = is_state; // An enum without redactions does not need it.
                Ok(Self::Malformed(Box::new(malformed)))
            }

        }

        $crate::__private::any_common!([$(#[$inline])*] $any $key ($any::Unknown(Box::default())) {
            $($(#[$cfg])* $type $(| $alias)* => $variant($event),)*
        } $($(#[$cfg_of_prefix])* $prefix => $of_prefix,)*);
    };
}

/// Returns the reason why an event is untyped, for an enum with a variant for redacted events. Events outside of rooms have no
/// redactions and no state.
#[macro_export]
#[doc(hidden)]
macro_rules! untyped_in {
    ([] $event:ident) => {{
        let _ = $event;
        None
    }};
    ([$redacted:ident] $event:ident) => {
        $crate::__private::untyped($event)
    };
}

/// Implements the traits and methods of all event enums, including the enums of custom events. `$other` is a placeholder of an
/// event without a variant.
#[macro_export]
#[doc(hidden)]
macro_rules! any_common {
    ([$(#[$inline:meta])*] $any:ident $key:literal ($other:expr) {
        $($(#[$cfg:meta])* $type:literal $(| $alias:literal)* => $variant:ident($event:ty),)*
    } $($(#[$cfg_of_prefix:meta])* $prefix:literal => $of_prefix:ident,)*) => {
        impl $crate::__private::AnyEvent for $any {
            // A state event with the type of a message-like event has the second row of the type.
            #[allow(unreachable_patterns)]
            $(#[$inline])*
            fn of_type(event_type: &str) -> Option<Self> {
                match event_type {
                    $($(#[$cfg])* $type $(| $alias)* => Some(Self::$variant($crate::__private::boxed())),)*
                    $(
                        $(#[$cfg_of_prefix])*
                        other if other.starts_with($prefix) => Some(Self::$of_prefix($crate::__private::boxed())),
                    )*
                    _ => None,
                }
            }

            $(#[$inline])*
            fn event_mut(&mut self) -> &mut dyn $crate::__private::FromToJson {
                self.event_mut()
            }
        }

        impl $any {
            /// Returns the event, or the event at `start` as JSON if its type does not apply.
            $(#[$inline])*
            fn or_untyped<'j>(
                self,
                json: &mut $crate::__private::Cursor<'j>,
                start: $crate::__private::Cursor<'j>,
            ) -> Result<Self, $crate::__private::ParseError> {
                match Self::untyped(self.event()) {
                    Some(untyped) => Self::of_json(json, start, untyped),
                    None => Ok(self),
                }
            }

            /// Returns the `content` as JSON, or `null` if there is none.
            #[doc = $crate::__private::example!($any content_json)]
            $(#[$inline])*
            pub fn content_json(&self) -> $crate::__private::serde_json::Value {
                self.event().member("content").to_value()
            }

            /// Returns the values of optional fields that failed to deserialize. The event keeps and serializes them.
            ///
            /// Unknown, redacted and malformed events have no fields, so the list is empty.
            #[doc = $crate::__private::example!($any invalid_fields)]
            $(#[$inline])*
            pub fn invalid_fields(&self) -> Vec<$crate::__private::InvalidField> {
                $crate::__private::invalid_fields(self.event())
            }
        }

        impl $crate::__private::FromToJson for $any {
            $(#[$inline])*
            fn placeholder() -> Self {
                $other
            }

            $(#[$inline])*
            fn parse_into(
                &mut self,
                json: &mut $crate::__private::Cursor<'_>,
            ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::ParseError> {
                *self = <Self as $crate::__private::FromToJson>::parse(json)?;
                Ok(None)
            }

            $(#[$inline])*
            fn parse(json: &mut $crate::__private::Cursor<'_>) -> Result<Self, $crate::__private::ParseError> {
                let start = json.clone();
                match $crate::__private::parse_event::<Self>(json, $key)? {
                    Ok(event) => event.or_untyped(json, start),
                    Err((error, is_state)) => Self::malformed(json, start, error, is_state),
                }
            }

            $(#[$inline])*
            fn json_ref(&self) -> $crate::__private::JsonRef<'_> {
                self.event()
            }
        }

        impl ::std::fmt::Debug for $any {
            $(#[$inline])*
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let json = $crate::__private::FromToJson::json_ref(self).to_value();
                f.debug_tuple(self.variant()).field(&json).finish()
            }
        }

        /// Events compare equal if they serialize to equal JSON.
        impl ::std::cmp::PartialEq for $any {
            $(#[$inline])*
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::FromToJson::json_ref(self).to_value() == $crate::__private::FromToJson::json_ref(other).to_value()
            }
        }

        $(
            $(#[$cfg])*
            impl ::std::convert::From<$event> for $any {
                #[inline]
                fn from(event: $event) -> Self {
                    Self::$variant(Box::new(event))
                }
            }

            $(#[$cfg])*
            impl ::std::convert::TryFrom<$any> for $event {
                type Error = $any;

                #[inline]
                fn try_from(event: $any) -> Result<Self, $any> {
                    match event {
                        $any::$variant(event) => Ok(*event),
                        other => Err(other),
                    }
                }
            }
        )*

        $crate::__private::json!($any);
    };
}

/// Implements accessors of envelope fields. They return the fields of events of all types.
#[macro_export]
#[doc(hidden)]
macro_rules! event_members {
    ([$(#[$inline:meta])*] $any:ident) => {
        impl $any {
            /// Returns the `type`, or an empty string if the event has none.
            #[doc = $crate::__private::example!($any event_type)]
            $(#[$inline])*
            pub fn event_type(&self) -> &str {
                self.event().member("type").text().unwrap_or_default()
            }

            /// Returns the `event_id`, or `None` if it is absent or not a string.
            $(#[$inline])*
            pub fn event_id(&self) -> Option<&str> {
                self.event().member("event_id").text()
            }

            /// Returns the `room_id`, or `None` if it is absent or not a string.
            $(#[$inline])*
            pub fn room_id(&self) -> Option<&str> {
                self.event().member("room_id").text()
            }

            /// Returns the `sender`, or `None` if it is absent or not a string.
            $(#[$inline])*
            pub fn sender(&self) -> Option<&str> {
                self.event().member("sender").text()
            }

            /// Returns the `origin_server_ts` in milliseconds since the Unix epoch, or `None` if it is absent or not an
            /// integer.
            $(#[$inline])*
            pub fn origin_server_ts(&self) -> Option<i64> {
                self.event().member("origin_server_ts").integer()
            }

            /// Returns the `state_key`, or `None` if it is absent or not a string.
            $(#[$inline])*
            pub fn state_key(&self) -> Option<&str> {
                self.event().member("state_key").text()
            }
        }
    };
}

/// Implements accessors of the data that servers add to room events.
#[macro_export]
#[doc(hidden)]
macro_rules! room_event_members {
    ([$(#[$inline:meta])*] $any:ident, $untyped:pat => $is_redacted:expr) => {
        impl $any {
            /// Returns `true` if the event is redacted: `unsigned.redacted_because` is an object, or the variant is `Redacted`.
            #[doc = $crate::__private::example!($any is_redacted)]
            $(#[$inline])*
            pub fn is_redacted(&self) -> bool {
                let is_redacted = match self {
                    $untyped => $is_redacted,
                    _ => false,
                };
                is_redacted || self.redacted_because().is_some()
            }

            /// Returns `true` if the event is a state event: it has a `state_key` that is a string.
            $(#[$inline])*
            pub fn is_state(&self) -> bool {
                self.state_key().is_some()
            }

            /// Returns the `transaction_id` in `unsigned`. Only the client that sent the event receives it.
            #[doc = $crate::__private::example!($any transaction_id)]
            $(#[$inline])*
            pub fn transaction_id(&self) -> Option<&str> {
                self.event().member("unsigned").member("transaction_id").text()
            }

            /// Returns the `m.room.redaction` event that redacted this event, from `unsigned`.
            ///
            /// A redacted state event has the variant of its type if the content still deserializes. Therefore this method can
            /// return an event for the variants of state events too.
            #[doc = $crate::__private::example!($any redacted_because)]
            $(#[$inline])*
            pub fn redacted_because(&self) -> Option<&$crate::__private::JsonObject> {
                self.event().member("unsigned").member("redacted_because").json_object()
            }
        }
    };
}

/// Implements the conversions between an enum of timeline events and the enum of state events.
#[macro_export]
#[doc(hidden)]
macro_rules! into_state {
    ($any:ident => $state:ident {
        $($(#[$cfg:meta])* $type:literal $(| $alias:literal)* => $variant:ident($event:ty),)*
        $(
            also $(#[$cfg_of_twin:meta])* $of_twin:literal $(| $alias_of_twin:literal)* =>
            $twin:ident($twin_event:ty) as $twin_in_state:ident,
        )*
    }) => {
        impl $any {
            /// Converts to a state event. With this method, the same code can handle the state in `timeline` and in `state`.
            #[doc = $crate::__private::example!($any into_state)]
            ///
            /// # Errors
            ///
            /// Returns the event itself, if it is not a state event. Unknown, redacted and malformed events are state events if
            /// they have a `state_key`.
            #[inline]
            pub fn into_state(self) -> Result<$state, Self> {
                let is_state = self.is_state();
                $crate::__private::part!(self as $state if is_state {
                    $($(#[$cfg])* $variant)*; $($(#[$cfg_of_twin])* $twin as $twin_in_state)*
                })
            }
        }

        $crate::__private::part!($any from $state {
            $($(#[$cfg])* $variant)*; $($(#[$cfg_of_twin])* $twin as $twin_in_state)*
        });
    };
}

/// Implements the conversions between an enum of timeline events and the enum of message-like events.
#[macro_export]
#[doc(hidden)]
macro_rules! into_message_like {
    ($any:ident => $message:ident {
        $($(#[$cfg:meta])* $type:literal $(| $alias:literal)* => $variant:ident($event:ty),)*
        $(_ => Unknown($unknown:ty), redacted => Redacted($redacted:ty), malformed => Malformed($malformed:ty),)?
    }) => {
        impl $any {
            /// Converts to a message-like event, which is an event without a `state_key`.
            #[doc = $crate::__private::example!($any into_message_like)]
            ///
            /// # Errors
            ///
            /// Returns the event itself, if it is a state event.
            #[inline]
            pub fn into_message_like(self) -> Result<$message, Self> {
                let is_message = !self.is_state();
                $crate::__private::part!(self as $message if is_message { $($(#[$cfg])* $variant)*; })
            }
        }

        $crate::__private::part!($any from $message { $($(#[$cfg])* $variant)*; });
    };
}

/// Expands to the conversion of a timeline event to the enum of some events of a timeline, or implements the opposite conversion.
/// The condition is for events without a type. The variants after the semicolon have different names in both enums.
#[macro_export]
#[doc(hidden)]
macro_rules! part {
    ($event:ident as $part:ident if $is_part:ident {
        $($(#[$cfg:meta])* $variant:ident)*; $($(#[$cfg_of_twin:meta])* $twin:ident as $in_part:ident)*
    }) => {
        match $event {
            $($(#[$cfg])* Self::$variant(event) => Ok($part::$variant(event)),)*
            $($(#[$cfg_of_twin])* Self::$twin(event) => Ok($part::$in_part(event)),)*
            Self::Unknown(event) if $is_part => Ok($part::Unknown(event)),
            Self::Redacted(event) if $is_part => Ok($part::Redacted(event)),
            Self::Malformed(event) if $is_part => Ok($part::Malformed(event)),
            other => Err(other),
        }
    };
    ($any:ident from $part:ident {
        $($(#[$cfg:meta])* $variant:ident)*; $($(#[$cfg_of_twin:meta])* $twin:ident as $in_part:ident)*
    }) => {
        impl ::std::convert::From<$part> for $any {
            #[inline]
            fn from(event: $part) -> Self {
                match event {
                    $($(#[$cfg])* $part::$variant(event) => Self::$variant(event),)*
                    $($(#[$cfg_of_twin])* $part::$in_part(event) => Self::$twin(event),)*
                    $part::Unknown(event) => Self::Unknown(event),
                    $part::Redacted(event) => Self::Redacted(event),
                    $part::Malformed(event) => Self::Malformed(event),
                }
            }
        }
    };
}

/// Implements the conversions between an enum of room events and the enum of their forms in `/sync`.
#[macro_export]
#[doc(hidden)]
macro_rules! into_sync {
    ($any:ident => [] $variants:tt) => {};
    ($any:ident => [$sync:ident] { $($(#[$cfg:meta])* $variant:ident,)* }) => {
        impl $any {
            /// Converts to the form of the event in `/sync`, by removing the room ID.
            #[doc = $crate::__private::example!($any into_sync)]
            #[inline]
            pub fn into_sync(self) -> $sync {
                match self {
                    $($(#[$cfg])* Self::$variant(event) => $sync::$variant(Box::new(event.into_sync())),)*
                    Self::Unknown(mut event) => {
                        event.json_mut().remove("room_id");
                        $sync::Unknown(event)
                    }
                    Self::Redacted(mut event) => {
                        event.json_mut().remove("room_id");
                        $sync::Redacted(event)
                    }
                    Self::Malformed(mut event) => {
                        event.json_mut().remove("room_id");
                        $sync::Malformed(event)
                    }
                }
            }
        }

        impl $sync {
            /// Converts to the full form of the event, by adding the room ID.
            #[doc = $crate::__private::example!($sync with_room_id)]
            #[inline]
            pub fn with_room_id(self, room_id: impl ::std::convert::Into<$crate::__private::RoomId>) -> $any {
                let room_id = room_id.into();
                match self {
                    $($(#[$cfg])* Self::$variant(event) => $any::$variant(Box::new(event.with_room_id(room_id))),)*
                    Self::Unknown(mut event) => {
                        event.json_mut().insert("room_id".to_owned(), room_id.into_string().into());
                        $any::Unknown(event)
                    }
                    Self::Redacted(mut event) => {
                        event.json_mut().insert("room_id".to_owned(), room_id.into_string().into());
                        $any::Redacted(event)
                    }
                    Self::Malformed(mut event) => {
                        event.json_mut().insert("room_id".to_owned(), room_id.into_string().into());
                        $any::Malformed(event)
                    }
                }
            }
        }
    };
}
