//! Macros that implement the traits and methods of emitted types. There is a macro for each sort of type.
//!
//! A macro expands in a module with arbitrary type names, so all items have absolute paths. The exceptions are items of the
//! prelude, whose names are reserved in `codegen/src/names.rs`.

mod any;
mod bodies;
mod content;
mod custom;
mod examples;

/// Implements `Serialize` and `Deserialize` for types that are `FromToJson`. A type that is a string in JSON has the mark
/// `string`.
#[macro_export]
#[doc(hidden)]
macro_rules! json {
    (string $name:ty) => {
        $crate::__private::json!(@ [] $name, deserialize_string);
    };
    ([$($generics:tt)*] $name:ty) => {
        $crate::__private::json!(@ [$($generics)*] $name, deserialize);
    };
    (@ [$($generics:tt)*] $name:ty, $deserialize:ident) => {
        impl<$($generics)*> $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::__private::serde::Serialize::serialize(&$crate::__private::FromToJson::json_ref(self), serializer)
            }
        }

        impl<'de, $($generics)*> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::__private::$deserialize(deserializer)
            }
        }
    };
    ($($name:ty),+ $(,)?) => {$(
        $crate::__private::json!([] $name);
    )+};
}

/// Implements the traits of an object with fields. A row is a member with one valid value, a field, or the map of all other
/// members. The row of a field whose value can be `null` ends with `null`. A row with `@` is the end of the event type. The row of a field of a proposal has the attribute `cfg`, and such a field has a row for each alias.
///
/// ```text
/// object!(Reminder {
///     "method" = "org.example.bell";
///     required text = "text";
///     lenient at = "at";
///     optional from_room = "from_room" | "org.example.from_room";
///     optional note = "note", null;
///     #[cfg(feature = "unstable-msc1")] optional sound = "org.example.sound";
///     | #[cfg(feature = "unstable-msc1")] sound = "sound";
///     ..entries;
/// });
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! object {
    ($name:ident { $($rows:tt)* }) => {
        $crate::__private::fields!([] [] $name, [] { $($rows)* });
        $crate::__private::json!($name);
    };
}

/// Implements the traits of a body that is a list. The type wraps the list.
#[macro_export]
#[doc(hidden)]
macro_rules! list {
    ($name:ident) => {
        impl $crate::__private::FromToJson for $name {
            fn placeholder() -> Self {
                Self($crate::__private::FromToJson::placeholder())
            }

            fn parse_into(
                &mut self,
                json: &mut $crate::__private::Cursor<'_>,
            ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::ParseError> {
                $crate::__private::FromToJson::parse_into(&mut self.0, json)
            }

            fn json_ref(&self) -> $crate::__private::JsonRef<'_> {
                $crate::__private::FromToJson::json_ref(&self.0)
            }
        }

        $crate::__private::json!($name);
    };
}

/// Implements the methods of the body of a response or a request. The block has the paths of the static with its schema, and of the
/// validator that knows the event types.
#[macro_export]
#[doc(hidden)]
macro_rules! body {
    ($name:ident { $($schema:ident)::+; $($validator:ident)::+; }) => {
        impl $name {
            /// The schema of the body, to validate JSON with.
            pub const BODY: &'static $crate::__private::Body = &$($schema)::+;

            /// Returns the values of fields that failed to deserialize, in the body and in its events.
            pub fn invalid_fields(&self) -> ::std::vec::Vec<$crate::__private::InvalidField> {
                $crate::__private::invalid_fields($crate::__private::FromToJson::json_ref(self))
            }

            /// Validates the body and its events at `Level::Strict`, and serializes the body as JSON text.
            ///
            /// # Errors
            ///
            /// Returns all violations, if the body is invalid.
            pub fn to_json_checked(&self) -> Result<String, $crate::__private::Report> {
                let validator = $($validator)::+::new().level($crate::__private::Level::Strict).body(Self::BODY);
                validator.checked($crate::__private::FromToJson::json_ref(self))
            }
        }
    };
}

/// Implements the traits and methods of an envelope, which is an object that is generic over the content. The header states the
/// trait of the content, the form for validation, and the key of the event type.
///
/// ```text
/// envelope!(ReminderEvent<ToDeviceEventContent>: Full, "type" {
///     required content = "content";
/// });
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! envelope {
    ($name:ident<$bound:ident>: $form:ident, $type:literal { $($rows:tt)* }) => {
        $crate::__private::fields!(
            [#[inline]] [C: $crate::__private::$bound] $name<C>,
            [$bound $crate::__private::Constant::one_of(concat!(",\"", $type, "\":"), C::TYPE, C::ALIASES)] { $($rows)* }
        );
        $crate::__private::json!([C: $crate::__private::$bound] $name<C>);
        $crate::__private::redactable!($form [C: $crate::__private::$bound] $name<C>);

        impl<C: $crate::__private::$bound> $name<C> {
            /// Validates the event at `Level::Strict` and serializes it as JSON text.
            #[doc = $crate::__private::example!($name to_json_checked)]
            ///
            /// # Errors
            ///
            /// Returns all violations, if the event is invalid.
            #[inline]
            pub fn to_json_checked(&self) -> Result<String, $crate::__private::Report> {
                let schema = C::SCHEMA.with_envelope();
                $crate::__private::checked($crate::__private::FromToJson::json_ref(self), schema, $crate::__private::Form::$form)
            }
        }
    };
}

/// Implements the method that reports a redaction, for the events that can be redacted.
#[macro_export]
#[doc(hidden)]
macro_rules! redactable {
    (ContentOnly $($rest:tt)*) => {};
    (InitialState $($rest:tt)*) => {};
    ($form:ident [$($generics:tt)*] $name:ty) => {
        impl<$($generics)*> $name {
            /// Returns `true` if the event is redacted: `unsigned.redacted_because` is an object.
            pub fn is_redacted(&self) -> bool {
                $crate::__private::is_redacted($crate::__private::FromToJson::json_ref(self))
            }
        }
    };
}

/// Implements `FromToJson` and `ObjectFields` for a type with fields and `extra`. The first brackets have the attributes of all
/// methods. The methods of envelopes are inlined, so that they are compiled next to the event enums. Each further unit of the compiler
/// with an envelope has a copy of the code that drops the envelope.
#[macro_export]
#[doc(hidden)]
macro_rules! fields {
    ([$(#[$inline:meta])*] [$($generics:tt)*] $name:ty, [$($bound:ident $event_type:expr)?] {
        $($constant:literal = $value:literal;)*
        $(@ $suffix:ident = $type_of_suffix:literal;)?
        $($(#[$cfg:meta])* $presence:ident $field:ident = $wire:literal $(| $alias:literal)* $(, $null:ident)?;)*
        $(| $(#[$of_alias:meta])* $aliased:ident = $other:literal;)*
        $(.. $rest:ident;)?
    }) => {
        const _: () = {
            $crate::__private::indices!($($(#[$cfg])* $field)*);
            const FIELDS: &[$crate::__private::FieldName] = &[$($(#[$cfg])* $crate::__private::FieldName::new(concat!(",\"", $wire, "\":"))),*];

            impl<$($generics)*> $crate::__private::FromToJson for $name {
                $(#[$inline])*
                #[allow(deprecated)]
                fn placeholder() -> Self {
                    Self {
                        $($rest: ::std::default::Default::default(),)?
                        $($(#[$cfg])* $field: $crate::__private::FromToJson::placeholder(),)*
                        $($suffix: $crate::__private::TypeSuffix::new($type_of_suffix, ""),)?
                        extra: $crate::__private::Extra::new(),
                    }
                }

                $(#[$inline])*
                fn parse_into(
                    &mut self,
                    json: &mut $crate::__private::Cursor<'_>,
                ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::ParseError> {
                    json.fill(self)
                }

                $(#[$inline])*
                fn json_ref(&self) -> $crate::__private::JsonRef<'_> {
                    $crate::__private::JsonRef::Object(self)
                }
            }

            impl<$($generics)*> $name {
                const __DESCRIPTOR: &'static $crate::__private::Descriptor = &$crate::__private::Descriptor::new(
                    &[
                        $($event_type,)?
                        $($crate::__private::Constant::new(concat!(",\"", $constant, "\":"), $value),)*
                    ],
                    FIELDS,
                    0 $(| $crate::__private::presence!($presence at __at::$field))*,
                )
                .with_leniency(false $(|| $crate::__private::is_lenient!($presence))*)
                .with_null(&[$($(#[$cfg])* $crate::__private::can_be_null!($($null)?)),*])
                .with_aliases(&[
                    $($((__at::$field, $alias),)*)*
                    $($(#[$of_alias])* (__at::$aliased, $other),)*
                ])
                $(.with_top_level($crate::__private::rest!(names $rest)))?;
            }

            impl<$($generics)*> $crate::__private::ObjectFields for $name {
                $(#[$inline])*
                fn descriptor(&self) -> &'static $crate::__private::Descriptor {
                    Self::__DESCRIPTOR
                }

                $(#[$inline])*
                #[allow(deprecated)]
                fn value(&self, index: usize) -> $crate::__private::JsonRef<'_> {
                    match index {
                        $($(#[$cfg])* __at::$field => $crate::__private::FromToJson::json_ref(&self.$field),)*
                        _ => $crate::__private::rest!(value [$($rest)?] self (index - FIELDS.len())),
                    }
                }

                $(#[$inline])*
                #[allow(deprecated)]
                fn present(&self) -> u64 {
                    let present = $crate::__private::rest!(present [$($rest)?] self FIELDS);
                    $($(#[$cfg])* let present = present | $crate::__private::present(&self.$field, __at::$field);)*
                    present
                }

                $(#[$inline])*
                #[allow(deprecated)]
                fn parse_field(
                    &mut self,
                    index: usize,
                    json: &mut $crate::__private::Cursor<'_>,
                ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::ParseError> {
                    match index {
                        $($(#[$cfg])* __at::$field => $crate::__private::FromToJson::parse_into(&mut self.$field, json),)*
                        _ => $crate::__private::rest!(parse_field [$($rest)?] self (index - FIELDS.len()) json),
                    }
                }

                $(#[$inline])*
                fn extra(&self) -> &$crate::__private::Extra {
                    &self.extra
                }

                $(#[$inline])*
                fn extra_mut(&mut self) -> &mut $crate::__private::Extra {
                    &mut self.extra
                }

                $($crate::__private::rest!(methods $rest);)?
                $($crate::__private::type_suffix!($bound);)?
            }
        };
    };
}

/// Expands to the methods for the end of an event type. Only account data has such types.
#[macro_export]
#[doc(hidden)]
macro_rules! type_suffix {
    (GlobalAccountDataEventContent) => {
        $crate::__private::type_suffix!();
    };
    (RoomAccountDataEventContent) => {
        $crate::__private::type_suffix!();
    };
    ($bound:ident) => {};
    () => {
        fn addition(&self) -> $crate::__private::Addition<'_> {
            let suffix = $crate::__private::EventContent::type_suffix(&self.content);
            suffix.map_or($crate::__private::Addition::None, $crate::__private::Addition::Suffix)
        }

        fn addition_mut(&mut self) -> $crate::__private::AdditionMut<'_> {
            let suffix = $crate::__private::EventContent::type_suffix_mut(&mut self.content);
            suffix.map_or($crate::__private::AdditionMut::None, $crate::__private::AdditionMut::Suffix)
        }
    };
}

/// Defines a constant with the index of each field, to match on. The module `__at` cannot collide with an emitted name.
#[macro_export]
#[doc(hidden)]
macro_rules! indices {
    ($($(#[$cfg:meta])* $field:ident)*) => {
        #[allow(dead_code, non_camel_case_types, non_upper_case_globals)]
        mod __at {
            enum Field {
                $($(#[$cfg])* $field,)*
            }

            $($(#[$cfg])* pub(super) const $field: usize = Field::$field as usize;)*
        }
    };
}

/// Expands to the bit of a required field, or to 0.
#[macro_export]
#[doc(hidden)]
macro_rules! presence {
    (required at $index:expr) => {
        1 << $index
    };
    ($presence:ident at $index:expr) => {
        0
    };
}

/// Expands to `true` for a field that the schema requires, and that the type does not require.
#[macro_export]
#[doc(hidden)]
macro_rules! is_lenient {
    (lenient) => {
        true
    };
    ($presence:ident) => {
        false
    };
}

/// Expands to `true` for a field whose value can be `null`.
#[macro_export]
#[doc(hidden)]
macro_rules! can_be_null {
    (null) => {
        true
    };
    () => {
        false
    };
}

/// Expands to the part of `FromToJson` and `ObjectFields` for the members after the fields. These are the map `entries`, the
/// members of one event type in `top_level`, or none.
#[macro_export]
#[doc(hidden)]
macro_rules! rest {
    (names top_level) => {
        <C::TopLevel as $crate::__private::TopLevelMembers>::NAMES
    };
    (names entries) => {
        &[]
    };
    (value [top_level] $self:ident $index:expr) => {
        $crate::__private::TopLevelMembers::value(&$self.top_level, $index)
    };
    (value [$(entries)?] $self:ident $index:expr) => {
        $crate::__private::JsonRef::Absent
    };
    (present [top_level] $self:ident $fields:ident) => {
        $crate::__private::TopLevelMembers::present(&$self.top_level) << $fields.len()
    };
    (present [$(entries)?] $self:ident $fields:ident) => {
        0
    };
    (parse_field [top_level] $self:ident ($index:expr) $json:ident) => {
        $crate::__private::TopLevelMembers::parse_field(&mut $self.top_level, $index, $json)
    };
    (parse_field [$(entries)?] $self:ident ($index:expr) $json:ident) => {
        Ok(None)
    };
    (methods top_level) => {};
    (methods entries) => {
        fn addition(&self) -> $crate::__private::Addition<'_> {
            $crate::__private::Addition::Entries(&self.entries)
        }

        fn addition_mut(&mut self) -> $crate::__private::AdditionMut<'_> {
            $crate::__private::AdditionMut::Entries(&mut self.entries)
        }
    };
}

/// Implements `TopLevelMembers` for the members of one event type in addition to those of the envelope.
#[macro_export]
#[doc(hidden)]
macro_rules! top_level {
    ($name:ident { $($(#[$cfg:meta])* $presence:ident $field:ident = $wire:literal $(, $null:ident)?;)* }) => {
        const _: () = {
            $crate::__private::indices!($($(#[$cfg])* $field)*);

            impl $crate::__private::TopLevelMembers for $name {
                const NAMES: &'static [$crate::__private::FieldName] =
                    &[$($(#[$cfg])* $crate::__private::FieldName::new(concat!(",\"", $wire, "\":"))),*];

                #[allow(deprecated)]
                fn value(&self, index: usize) -> $crate::__private::JsonRef<'_> {
                    match index {
                        $($(#[$cfg])* __at::$field => $crate::__private::FromToJson::json_ref(&self.$field),)*
                        _ => $crate::__private::JsonRef::Absent,
                    }
                }

                #[allow(deprecated)]
                fn present(&self) -> u64 {
                    let present = 0;
                    $($(#[$cfg])* let present = present | $crate::__private::present(&self.$field, __at::$field);)*
                    present
                }

                #[allow(deprecated)]
                fn parse_field(
                    &mut self,
                    index: usize,
                    json: &mut $crate::__private::Cursor<'_>,
                ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::ParseError> {
                    match index {
                        $($(#[$cfg])* __at::$field => $crate::__private::FromToJson::parse_into(&mut self.$field, json),)*
                        _ => Ok(None),
                    }
                }
            }
        };
    };
}

/// Implements the conversions between an envelope and its form in `/sync`, which has no `room_id`. The rows are the room ID, as
/// a required or an optional field, and the fields of both envelopes.
///
/// ```text
/// without_room!(RoomEvent<MessageLikeEventContent> => SyncRoomEvent {
///     required room_id: crate::RoomId;
///     content;
///     event_id;
/// });
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! without_room {
    ($full:ident<$bound:ident> => $sync:ident { $presence:ident $room_id:ident: $room:ty; $($(#[$cfg:meta])* $field:ident;)* }) => {
        impl<C: $crate::__private::$bound> $full<C> {
            /// Converts to the form of the event in `/sync`, by removing the room ID.
            #[doc = $crate::__private::example!($full into_sync)]
            #[inline]
            pub fn into_sync(mut self) -> $sync<C> {
                // An invalid `room_id` is in `extra`.
                self.extra.remove("room_id");
                $sync { $($(#[$cfg])* $field: self.$field,)* top_level: self.top_level, extra: self.extra }
            }
        }

        impl<C: $crate::__private::$bound> $sync<C> {
            /// Converts to the full form of the event, by adding the room ID.
            #[doc = $crate::__private::example!($sync with_room_id)]
            #[inline]
            pub fn with_room_id(mut self, room_id: impl ::std::convert::Into<$room>) -> $full<C> {
                self.extra.remove("room_id");
                $full {
                    $($(#[$cfg])* $field: self.$field,)*
                    $room_id: $crate::__private::room!($presence room_id),
                    top_level: self.top_level,
                    extra: self.extra,
                }
            }
        }
    };
}

/// Expands to the value of the field `room_id`.
#[macro_export]
#[doc(hidden)]
macro_rules! room {
    (required $room_id:ident) => {
        $room_id.into()
    };
    ($presence:ident $room_id:ident) => {
        Some($room_id.into())
    };
}

/// Defines an open enum: a string with known values. A row is a value with its aliases, after the attribute `cfg` for a value of a
/// proposal. Serialization replaces an alias with the value, so the fields of events have no aliases. With `[#[inline]]` before the
/// attributes, only programs that use the enum compile its code.
///
/// ```text
/// open_enum! {
///     /// The color of a reminder.
///     pub enum Color {
///         /// Like grass.
///         Green = "org.example.green",
///     }
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! open_enum {
    ($(#[$meta:meta])* pub enum $name:ident $rows:tt) => {
        $crate::__private::open_enum!([] $(#[$meta])* pub enum $name $rows);
    };
    ([$(#[$inline:meta])*] $(#[$meta:meta])* pub enum $name:ident {
        $($(#[$of_variant:meta])* $variant:ident = $(#[$cfg:meta])* $text:literal $(| $alias:literal)*,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$of_variant])*
                #[doc = ""]
                #[doc = concat!("The string `", $text, "` in JSON.")]
                $(#[$cfg])*
                $variant,
            )*
            /// A value without a variant.
            ///
            /// A later release can add a variant for the value. To handle the value in both cases, match on
            /// [`as_str`](Self::as_str).
            Unknown($crate::__private::UnknownValue<$name>),
        }

        impl $name {
            /// Returns the string in JSON.
            $(#[$inline])*
            pub fn as_str(&self) -> &str {
                match self {
                    $($(#[$cfg])* Self::$variant => $text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// Returns `true` if the value has a variant.
            #[inline]
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl ::std::convert::From<&str> for $name {
            $(#[$inline])*
            fn from(text: &str) -> Self {
                match text {
                    $($(#[$cfg])* $text $(| $alias)* => Self::$variant,)*
                    _ => Self::Unknown($crate::__private::unknown_value(text)),
                }
            }
        }

        impl ::std::convert::From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::cmp::PartialEq<str> for $name {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl $crate::__private::MapKey for $name {}

        impl $crate::__private::FromToJson for $name {
            $(#[$inline])*
            fn placeholder() -> Self {
                Self::Unknown($crate::__private::UnknownValue::placeholder())
            }

            $(#[$inline])*
            fn parse_into(
                &mut self,
                json: &mut $crate::__private::Cursor<'_>,
            ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::ParseError> {
                *self = Self::from(&*json.string()?);
                Ok(None)
            }

            $(#[$inline])*
            fn json_ref(&self) -> $crate::__private::JsonRef<'_> {
                $crate::__private::JsonRef::String(self.as_str())
            }
        }

        $crate::__private::json!(string $name);
    };
}

/// Defines an enum of values with different JSON types. A row is a JSON type.
///
/// ```text
/// union! {
///     /// When to remind.
///     pub enum Time as "a string or `null`" {
///         /// A string.
///         String => Text(String),
///         /// `null`.
///         Null => Null,
///     }
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! union {
    ($(#[$meta:meta])* pub enum $name:ident as $expected:literal {
        $($(#[$of_variant:meta])* $json_type:ident => $variant:ident $(($value:ty))?,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$of_variant])* $variant $(($value))?,)+
        }

        impl $crate::__private::FromToJson for $name {
            fn placeholder() -> Self {
                $crate::__private::alternative!(placeholder $($variant $(($value))?,)+)
            }

            fn parse_into(
                &mut self,
                json: &mut $crate::__private::Cursor<'_>,
            ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::ParseError> {
                match json.json_type()? {
                    $($crate::__private::JsonType::$json_type => {
                        $crate::__private::alternative!(read self json $variant $(($value))?)
                    })+
                    _ => Err(json.expected($expected)),
                }
            }

            fn json_ref(&self) -> $crate::__private::JsonRef<'_> {
                match self {
                    $($crate::__private::alternative!(pattern value $variant $(($value))?) => {
                        $crate::__private::alternative!(item value $(($value))?)
                    })+
                }
            }
        }

        $crate::__private::json!($name);
    };
}

/// Expands to the parts of a union that differ between `null` and other JSON types.
#[macro_export]
#[doc(hidden)]
macro_rules! alternative {
    (placeholder $variant:ident ($value:ty), $($others:tt)*) => {
        Self::$variant($crate::__private::FromToJson::placeholder())
    };
    (placeholder $variant:ident, $($others:tt)*) => {
        Self::$variant
    };
    (read $self:ident $json:ident $variant:ident ($value:ty)) => {{
        let mut value = <$value as $crate::__private::FromToJson>::placeholder();
        let unparsed = $crate::__private::FromToJson::parse_into(&mut value, $json)?;
        *$self = Self::$variant(value);
        Ok(unparsed)
    }};
    (read $self:ident $json:ident $variant:ident) => {{
        $json.null()?;
        *$self = Self::$variant;
        Ok(None)
    }};
    (pattern $binding:ident $variant:ident ($value:ty)) => {
        Self::$variant($binding)
    };
    (pattern $binding:ident $variant:ident) => {
        Self::$variant
    };
    (item $binding:ident ($value:ty)) => {
        $crate::__private::FromToJson::json_ref($binding)
    };
    (item $binding:ident) => {
        $crate::__private::JsonRef::Null
    };
}

/// Defines an enum of objects, in which the value of a property selects the variant. A row is a value of the property, with the
/// attribute `cfg` before the variant of a proposal. The last row is the object for all other values.
///
/// ```text
/// tagged! {
///     /// A reminder.
///     pub enum Reminder by "method" {
///         /// A reminder that rings.
///         "org.example.bell" => Bell(BellReminder),
///         _ => Other(OtherReminder),
///     }
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! tagged {
    ($(#[$meta:meta])* pub enum $name:ident by $property:literal {
        $($(#[$of_variant:meta])* $value:literal => $(#[$cfg:meta])* $variant:ident($object:ty),)*
        _ => $other:ident($other_object:ty),
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$of_variant])*
                #[doc = ""]
                #[doc = concat!("The value of `", $property, "` is `", $value, "`.")]
                $(#[$cfg])*
                $variant($object),
            )*
            #[doc = concat!(
                "An unknown or missing `", $property, "`, or a known value whose required fields are missing. ",
                "`EventContent::violations` reports the reason.",
            )]
            $other($other_object),
        }

        impl $crate::__private::Tagged for $name {
            fn choose(&mut self, tag: &str) -> bool {
                *self = match tag {
                    $($(#[$cfg])* $value => Self::$variant($crate::__private::FromToJson::placeholder()),)*
                    _ => return false,
                };
                true
            }

            fn choose_other(&mut self) {
                *self = $crate::__private::FromToJson::placeholder();
            }

            fn content_mut(&mut self) -> &mut dyn $crate::__private::FromToJson {
                match self {
                    $($(#[$cfg])* Self::$variant(content) => content,)*
                    Self::$other(content) => content,
                }
            }
        }

        impl $crate::__private::FromToJson for $name {
            fn placeholder() -> Self {
                Self::$other($crate::__private::FromToJson::placeholder())
            }

            fn parse_into(
                &mut self,
                json: &mut $crate::__private::Cursor<'_>,
            ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::ParseError> {
                json.tagged($property, self)
            }

            fn json_ref(&self) -> $crate::__private::JsonRef<'_> {
                match self {
                    $($(#[$cfg])* Self::$variant(content) => $crate::__private::FromToJson::json_ref(content),)*
                    Self::$other(content) => $crate::__private::FromToJson::json_ref(content),
                }
            }
        }

        $(
            $(#[$cfg])*
            impl ::std::convert::From<$object> for $name {
                fn from(content: $object) -> Self {
                    Self::$variant(content)
                }
            }
        )*

        impl ::std::convert::From<$other_object> for $name {
            fn from(content: $other_object) -> Self {
                Self::$other(content)
            }
        }

        $crate::__private::json!($name);
    };
}

/// Implements the traits of a content: its event types, its schema, and the kinds of events with this content. The row of a kind
/// that a proposal adds has the attribute `cfg`.
///
/// ```text
/// event!(ReminderEventContent {
///     type = "m.reminder" | "org.example.reminder";
///     schema = crate::events::rules::reminder::EVENT;
///     impl RoomEventContent<Unsigned = crate::UnsignedData>;
///     impl MessageLikeEventContent;
///     #[cfg(feature = "unstable-msc1")] impl StateEventContent<StateKey = String>;
/// });
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! event {
    ($name:ident {
        type = $type:literal $(| $alias:literal)*;
        schema = $schema:path;
        $(variant = $variant:literal;)?
        $(suffix = $suffix:ident;)?
        $(top_level = $top_level:ty;)?
        $($(#[$cfg:meta])* impl $bound:ident $(<$associated:ident = $ty:ty>)?;)+
    }) => {
        impl $crate::__private::EventContent for $name {
            const TYPE: &'static str = $type;
            const ALIASES: &'static [&'static str] = &[$($alias),*];
            const SCHEMA: $crate::__private::Schema =
                $crate::__private::Schema::of_content(&$schema, $crate::__private::option!($($variant)?));
            type TopLevel = $crate::__private::or!($crate::__private::NoTopLevel $(, $top_level)?);

            $(
                fn type_suffix(&self) -> Option<&$crate::__private::TypeSuffix> {
                    Some(&self.$suffix)
                }

                fn type_suffix_mut(&mut self) -> Option<&mut $crate::__private::TypeSuffix> {
                    Some(&mut self.$suffix)
                }
            )?
        }

        $(
            $(#[$cfg])*
            impl $crate::__private::$bound for $name {
                $(type $associated = $ty;)?
            }
        )+
    };
}

/// Expands to `Some` of a value, or to `None`.
#[macro_export]
#[doc(hidden)]
macro_rules! option {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

/// Expands to the second type, or else to the first.
#[macro_export]
#[doc(hidden)]
macro_rules! or {
    ($default:ty $(,)?) => {
        $default
    };
    ($default:ty, $ty:ty) => {
        $ty
    };
}
