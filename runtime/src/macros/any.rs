//! The parts of the enums over all events of a place that are the same for each.

/// What every enum over all events of a place has: a row for each type, variant and event.
#[macro_export]
#[doc(hidden)]
macro_rules! any_event {
    ($any:ident [$($redacted:ident)?] { $($rows:tt)* }) => {
        $crate::__private::event_members!($any);
        $crate::__private::any_enum!($any "type" MalformedEvent [$($redacted)?] { $($rows)* });
    };
}

/// The members that an event may have, whatever its type.
#[macro_export]
#[doc(hidden)]
macro_rules! event_members {
    ($any:ident) => {
        impl $any {
            /// The `type`; empty if the event has none.
            pub fn event_type(&self) -> &str {
                self.event().member("type").text().unwrap_or_default()
            }

            /// The `event_id`, where it is a string.
            pub fn event_id(&self) -> Option<&str> {
                self.event().member("event_id").text()
            }

            /// The `room_id`, where it is a string.
            pub fn room_id(&self) -> Option<&str> {
                self.event().member("room_id").text()
            }

            /// The `sender`, where it is a string.
            pub fn sender(&self) -> Option<&str> {
                self.event().member("sender").text()
            }

            /// The `origin_server_ts` in milliseconds since 1970, where it is an integer.
            pub fn origin_server_ts(&self) -> Option<i64> {
                self.event().member("origin_server_ts").integer()
            }

            /// The `state_key`, where the event has one.
            pub fn state_key(&self) -> Option<&str> {
                self.event().member("state_key").text()
            }
        }
    };
}

/// What servers add to the events of rooms for their clients.
#[macro_export]
#[doc(hidden)]
macro_rules! room_event_members {
    ($any:ident) => {
        impl $any {
            /// The `transaction_id` that the client has sent the event with, where it is this one.
            pub fn transaction_id(&self) -> Option<&str> {
                self.event().member("unsigned").member("transaction_id").text()
            }

            /// The `m.room.redaction` event that has redacted this one, where the server tells it: be it a
            /// `Redacted`, or of a type of which redactions leave enough.
            pub fn redacted_because(&self) -> Option<&$crate::__private::JsonObject> {
                self.event().member("unsigned").member("redacted_because").json_object()
            }
        }
    };
}

/// What the enum over all ephemeral data units has.
#[macro_export]
#[doc(hidden)]
macro_rules! any_edu {
    ($any:ident { $($rows:tt)* }) => {
        impl $any {
            /// The `edu_type`; empty if there is none.
            pub fn edu_type(&self) -> &str {
                self.event().member("edu_type").text().unwrap_or_default()
            }
        }

        $crate::__private::any_enum!($any "edu_type" MalformedEdu [] { $($rows)* });
    };
}

/// What both have: the variants for what isn't typed.
#[macro_export]
#[doc(hidden)]
macro_rules! any_enum {
    ($any:ident $key:literal $malformed:ident [$($redacted:ident)?] {
        $($type:literal $(| $also:literal)* => $variant:ident($event:ty),)*
    }) => {
        impl $any {
            fn event(&self) -> $crate::__private::Item<'_> {
                match self {
                    $(Self::$variant(event) => $crate::__private::Item::Object(&**event),)*
                    Self::Unknown(event) => $crate::__private::Item::JsonObject(event.json()),
                    $(Self::$redacted(event) => $crate::__private::Item::JsonObject(event.json()),)?
                    Self::Malformed(event) => $crate::__private::Item::JsonObject(event.json()),
                }
            }

            fn event_mut(&mut self) -> &mut dyn $crate::__private::Json {
                match self {
                    $(Self::$variant(event) => &mut **event,)*
                    Self::Unknown(event) => event.json_mut(),
                    $(Self::$redacted(event) => event.json_mut(),)?
                    Self::Malformed(event) => event.json_mut(),
                }
            }

            /// The event as JSON text, if nothing is found against it: held against the schema of its type, and against
            /// what the prose asks for besides, as far as `EventContent::to_json_checked` says.
            ///
            /// # Errors
            ///
            /// All that was found against it.
            pub fn to_json_checked(&self) -> Result<String, $crate::__private::Report> {
                match self {
                    $(Self::$variant(event) => event.to_json_checked(),)*
                    Self::Unknown(event) => event.to_json_checked(),
                    $(Self::$redacted(event) => event.to_json_checked(),)?
                    Self::Malformed(event) => event.to_json_checked(),
                }
            }

            fn variant(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => stringify!($variant),)*
                    Self::Unknown(_) => "Unknown",
                    $(Self::$redacted(_) => stringify!($redacted),)?
                    Self::Malformed(_) => "Malformed",
                }
            }

            /// Whether it is of a type that this place doesn't know.
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }

            /// Reads the event at `start` as it is; `fault` is what its type had against it.
            #[doc(hidden)]
            pub fn untyped<'j>(
                json: &mut $crate::__private::Cursor<'j>,
                start: $crate::__private::Cursor<'j>,
                fault: $crate::__private::Fault,
            ) -> Result<Self, $crate::__private::Fault> {
                let malformed = $malformed::read(json, start, fault)?;
                $(if malformed.is_redacted() {
                    return Ok(Self::$redacted(Box::new(malformed.into())));
                })?
                Ok(Self::Malformed(Box::new(malformed)))
            }
        }

        $crate::__private::any_common!($any $key ($any::Unknown(Box::default())) {
            $($type $(| $also)* => $variant($event),)*
        });
    };
}

/// What such enums have in common whatever their other variants, of which `$other` is a blank one: how they are read,
/// shown, compared and made.
#[macro_export]
#[doc(hidden)]
macro_rules! any_common {
    ($any:ident $key:literal ($other:expr) {
        $($type:literal $(| $also:literal)* => $variant:ident($event:ty),)*
    }) => {
        impl $any {
            /// A blank event of a type that this place knows.
            fn of_type(event_type: &str) -> Option<Self> {
                match event_type {
                    $($type $(| $also)* => Some(Self::$variant($crate::__private::boxed())),)*
                    _ => None,
                }
            }

            /// The `content` as plain JSON.
            pub fn content_json(&self) -> $crate::__private::serde_json::Value {
                self.event().member("content").to_value()
            }

            /// Returns the values that did not deserialize into their fields. They are kept, and serialized as they were.
            /// Events without a type have none.
            pub fn invalid_fields(&self) -> Vec<$crate::__private::InvalidField> {
                $crate::__private::invalid_fields(self.event())
            }
        }

        impl $crate::__private::Json for $any {
            fn blank() -> Self {
                $other
            }

            fn read_into(
                &mut self,
                json: &mut $crate::__private::Cursor<'_>,
            ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::Fault> {
                *self = Self::read(json)?;
                Ok(None)
            }

            fn read(json: &mut $crate::__private::Cursor<'_>) -> Result<Self, $crate::__private::Fault> {
                let start = json.clone();
                if let Some(mut event) = json.guess($key, Self::of_type) {
                    if event.event_mut().read_into(json).is_ok() {
                        return Ok(event);
                    }
                    json.clone_from(&start);
                }
                let event_type = json.discriminator($key)?;
                let mut event = event_type.as_deref().and_then(Self::of_type).unwrap_or_else(Self::blank);
                match event.event_mut().read_into(json) {
                    Ok(_) => Ok(event),
                    Err(fault) => Self::untyped(json, start, fault),
                }
            }

            fn item(&self) -> $crate::__private::Item<'_> {
                self.event()
            }
        }

        impl std::fmt::Debug for $any {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let json = $crate::__private::Json::item(self).to_value();
                f.debug_tuple(self.variant()).field(&json).finish()
            }
        }

        /// Two events are equal if their JSON is.
        impl PartialEq for $any {
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::Json::item(self).to_value() == $crate::__private::Json::item(other).to_value()
            }
        }

        $(
            impl From<$event> for $any {
                #[inline]
                fn from(event: $event) -> Self {
                    Self::$variant(Box::new(event))
                }
            }

            impl TryFrom<$any> for $event {
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

/// Between the events of a place and those of them that are of a room's state.
#[macro_export]
#[doc(hidden)]
macro_rules! state_event {
    ($any:ident => $state:ident { $($variant:ident,)* }) => {
        impl $any {
            /// The event as one of a room's state, so that one piece of code takes those of the timeline as well.
            ///
            /// # Errors
            ///
            /// The event itself, if it isn't of the state. One that isn't typed is if it has a `state_key`.
            #[inline]
            pub fn into_state(self) -> Result<$state, Self> {
                let has_key = self.state_key().is_some();
                match self {
                    $(Self::$variant(event) => Ok($state::$variant(event)),)*
                    Self::Unknown(event) if has_key => Ok($state::Unknown(event)),
                    Self::Redacted(event) if has_key => Ok($state::Redacted(event)),
                    Self::Malformed(event) if has_key => Ok($state::Malformed(event)),
                    other => Err(other),
                }
            }
        }

        impl From<$state> for $any {
            fn from(event: $state) -> Self {
                match event {
                    $($state::$variant(event) => Self::$variant(event),)*
                    $state::Unknown(event) => Self::Unknown(event),
                    $state::Redacted(event) => Self::Redacted(event),
                    $state::Malformed(event) => Self::Malformed(event),
                }
            }
        }
    };
}

/// Between the events of a place and the same without their room.
#[macro_export]
#[doc(hidden)]
macro_rules! sync_event {
    ($any:ident => $sync:ident { $($variant:ident,)* }) => {
        impl $any {
            /// The event without its room, as `/sync` has it.
            #[inline]
            pub fn into_sync(self) -> $sync {
                match self {
                    $(Self::$variant(event) => $sync::$variant(Box::new(event.into_sync())),)*
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
            /// The event with the room that it is in.
            #[inline]
            pub fn with_room_id(self, room_id: impl Into<$crate::__private::RoomId>) -> $any {
                let room_id = room_id.into();
                match self {
                    $(Self::$variant(event) => $any::$variant(Box::new(event.with_room_id(room_id))),)*
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
