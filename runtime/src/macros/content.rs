//! Macros for the enums over the contents of events of one kind, and over their types.

/// Defines the enum over the contents of events, and the enum over the types of the events. All methods are inlined, so that only
/// programs that call a method compile its code for all contents.
///
/// A row of the first block is an event type with its aliases, and the attribute `cfg` for an event of a proposal. A row after the
/// others is the beginning of an event type whose end is in the content. The enum over the types has no variant for it. The rows
/// after the blocks are event enums with such contents, and enums over some of the contents. The block of an event enum has further
/// variants with a content.
///
/// ```text
/// any_content! {
///     /// The content of any to-device message.
///     pub enum AnyToDeviceEventContent {
///         "m.reminder" | "org.example.reminder" => Reminder(crate::reminder::ReminderEventContent),
///         _ => Unknown(crate::UnknownContent),
///     }
///     /// The type of a to-device message.
///     pub enum ToDeviceEventType;
///     of AnyToDeviceEvent { OtherReminder as Reminder };
///     from AnyReminderEventContent, ReminderEventType { Reminder }
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! any_content {
    (
        $(#[$meta:meta])* pub enum $any:ident {
            $($(#[$cfg:meta])* $type:literal $(| $alias:literal)* => $variant:ident($content:ty),)*
            _ => Unknown($unknown:ty),
            $($(#[$cfg_of_prefix:meta])* $prefix:literal* $(| $alias_of_prefix:literal*)* => $of_prefix:ident($content_of_prefix:ty),)*
        }
        $(#[$types_meta:meta])* pub enum $types:ident;
        $($(#[$cfg_of_event:meta])* of $event:ident $({ $($(#[$cfg_of_twin:meta])* $twin:ident as $of_twin:ident)* })?;)*
        $(from $part:ident, $part_types:ident { $($(#[$part_cfg:meta])* $part_variant:ident)* })*
    ) => {
        $crate::__private::open_enum! {
            [#[inline]]
            $(#[$types_meta])*
            ///
            /// Conversions accept aliases of event types. The string of a variant is the event type in the specification.
            pub enum $types {
                $($variant = $(#[$cfg])* $type $(| $alias)*,)*
            }
        }

        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $any {
            $(
                #[doc = concat!("The content of an event of the type `", $type, "`.")]
                $(#[$cfg])*
                $variant(Box<$content>),
            )*
            $(
                #[doc = concat!("The content of an event with a type that begins with `", $prefix, "`. The type is a value of [`Unknown`](", stringify!($types), "::Unknown).")]
                $(#[$cfg_of_prefix])*
                $of_prefix(Box<$content_of_prefix>),
            )*
            /// The content of an event of an unknown type, or a content that does not deserialize as that of its type.
            Unknown(Box<$unknown>),
        }

        impl $any {
            #[inline]
            fn of_type(event_type: &str) -> Option<Self> {
                match event_type {
                    $($(#[$cfg])* $type $(| $alias)* => Some(Self::$variant($crate::__private::boxed())),)*
                    $(
                        $(#[$cfg_of_prefix])*
                        other if other.starts_with($prefix) $(|| other.starts_with($alias_of_prefix))* => {
                            let mut content: Box<$content_of_prefix> = $crate::__private::boxed();
                            let mut prefixes = [$prefix $(, $alias_of_prefix)*].into_iter();
                            let prefix = prefixes.find(|prefix| other.starts_with(prefix));
                            let suffix = $crate::__private::EventContent::type_suffix_mut(&mut *content);
                            if let (Some(prefix), Some(suffix)) = (prefix, suffix) {
                                suffix.set_event_type(prefix, other);
                            }
                            Some(Self::$of_prefix(content))
                        }
                    )*
                    _ => None,
                }
            }

            #[inline]
            fn content_mut(&mut self) -> Option<&mut dyn $crate::__private::FromToJson> {
                match self {
                    $($(#[$cfg])* Self::$variant(content) => Some(&mut **content),)*
                    $($(#[$cfg_of_prefix])* Self::$of_prefix(content) => Some(&mut **content),)*
                    Self::Unknown(_) => None,
                }
            }

            #[inline]
            pub(crate) fn json_ref(&self) -> $crate::__private::JsonRef<'_> {
                match self {
                    $($(#[$cfg])* Self::$variant(content) => $crate::__private::FromToJson::json_ref(&**content),)*
                    $($(#[$cfg_of_prefix])* Self::$of_prefix(content) => $crate::__private::FromToJson::json_ref(&**content),)*
                    Self::Unknown(content) => $crate::__private::JsonRef::Value(content.json()),
                }
            }

            /// Deserializes a content from the event type and the JSON text of the content.
            ///
            /// The type can be an alias. A content that is invalid for its type is in the variant `Unknown`.
            #[doc = $crate::__private::example!($any from_parts)]
            ///
            /// # Errors
            ///
            /// Returns an error if the text is not JSON.
            #[inline]
            pub fn from_parts(event_type: &str, content: &str) -> Result<Self, $crate::__private::Error> {
                let mut placeholder = Self::of_type(event_type);
                if placeholder.is_some() {
                    let typed = $crate::__private::with_unique_keys(content, |json| {
                        let mut typed = placeholder.take().or_else(|| Self::of_type(event_type));
                        typed.as_mut().and_then(Self::content_mut).map_or(Ok(()), |content| json.parse_all_of(content))?;
                        Ok(typed)
                    });
                    if let Ok(Some(typed)) = typed {
                        return Ok(typed);
                    }
                }
                let json = $crate::__private::from_str(content)?;
                Ok(Self::Unknown(Box::new(<$unknown>::new(event_type, json))))
            }

            /// Returns the type of an event with this content.
            #[doc = $crate::__private::example!($any event_type)]
            #[inline]
            pub fn event_type(&self) -> $types {
                match self {
                    $($(#[$cfg])* Self::$variant(_) => $types::$variant,)*
                    $(
                        $(#[$cfg_of_prefix])*
                        Self::$of_prefix(content) => {
                            let suffix = $crate::__private::EventContent::type_suffix(&**content);
                            suffix.map_or($prefix, $crate::__private::TypeSuffix::event_type).into()
                        }
                    )*
                    Self::Unknown(content) => content.event_type().into(),
                }
            }

            /// Validates the content at `Level::Strict` and serializes it as JSON text.
            #[doc = $crate::__private::example!($any to_json_checked)]
            ///
            /// # Errors
            ///
            /// Returns all violations, if the content is invalid.
            #[inline]
            pub fn to_json_checked(&self) -> Result<String, $crate::__private::Report> {
                match self {
                    $($(#[$cfg])* Self::$variant(content) => $crate::__private::EventContent::to_json_checked(&**content),)*
                    $($(#[$cfg_of_prefix])* Self::$of_prefix(content) => $crate::__private::EventContent::to_json_checked(&**content),)*
                    Self::Unknown(content) => content.to_json_checked(),
                }
            }
        }

        /// Contents compare equal if they serialize to equal JSON.
        impl ::std::cmp::PartialEq for $any {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.event_type() == other.event_type() && self.json_ref().to_value() == other.json_ref().to_value()
            }
        }

        impl $crate::__private::serde::Serialize for $any {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::__private::serde::Serialize::serialize(&self.json_ref(), serializer)
            }
        }

        $(
            $(#[$cfg])*
            impl ::std::convert::From<$content> for $any {
                #[inline]
                fn from(content: $content) -> Self {
                    Self::$variant(Box::new(content))
                }
            }
        )*

        $(
            $(#[$cfg_of_prefix])*
            impl ::std::convert::From<$content_of_prefix> for $any {
                #[inline]
                fn from(content: $content_of_prefix) -> Self {
                    Self::$of_prefix(Box::new(content))
                }
            }
        )*

        $crate::__private::content_of!(
            [$([$(#[$cfg_of_event])*] $event { $($($(#[$cfg_of_twin])* $twin as $of_twin)*)? })*] => $any { $($(#[$cfg])* $variant)* $($(#[$cfg_of_prefix])* $of_prefix)* } $unknown
        );

        $(
            impl ::std::convert::From<$part> for $any {
                #[inline]
                fn from(content: $part) -> Self {
                    match content {
                        $($(#[$part_cfg])* $part::$part_variant(content) => Self::$part_variant(content),)*
                        $part::Unknown(content) => Self::Unknown(content),
                    }
                }
            }

            impl ::std::convert::From<$part_types> for $types {
                #[inline]
                fn from(event_type: $part_types) -> Self {
                    Self::from(event_type.as_str())
                }
            }
        )*
    };
}

/// Implements the method of event enums that returns the content.
#[macro_export]
#[doc(hidden)]
macro_rules! content_of {
    ([$($cfg:tt $event:ident $twins:tt)*] => $any:ident $variants:tt $unknown:ty) => {
        $($crate::__private::content_of!($cfg $event $twins => $any $variants $unknown);)*
    };
    (
        [$(#[$cfg_of_event:meta])*] $event:ident { $($(#[$cfg_of_twin:meta])* $twin:ident as $of_twin:ident)* } =>
        $any:ident { $($(#[$cfg:meta])* $variant:ident)* } $unknown:ty
    ) => {
        $(#[$cfg_of_event])*
        impl $event {
            /// Returns the content. Unknown, redacted and malformed events have the variant `Unknown`.
            #[doc = $crate::__private::example!($event content)]
            #[inline]
            pub fn content(&self) -> $any {
                match self {
                    $($(#[$cfg])* Self::$variant(event) => $any::$variant(Box::new(event.content.clone())),)*
                    $($(#[$cfg_of_twin])* Self::$twin(event) => $any::$of_twin(Box::new(event.content.clone())),)*
                    other => $any::Unknown(Box::new(<$unknown>::new(other.event_type(), other.content_json()))),
                }
            }
        }
    };
}
