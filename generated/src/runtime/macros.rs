//! The parts of an emitted type that are the same for each. Macros by example cost nothing to those who depend on
//! the crate, unlike procedural ones.

/// `Serialize` and `Deserialize` for types that are [`Json`](super::Json).
#[macro_export]
#[doc(hidden)]
macro_rules! json {
    (generic $param:ident: $bound:path => $name:ty) => {
        impl<$param: $bound> serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::Json::item(self).serialize(serializer)
            }
        }

        impl<'de, $param: $bound> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::deserialize(deserializer)
            }
        }
    };
    ($($name:ty),+ $(,)?) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::Json::item(self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::deserialize(deserializer)
            }
        }
    )+};
}

/// What every open enum has, given its `as_str` and `From<&str>`.
#[macro_export]
#[doc(hidden)]
macro_rules! open_enum {
    ($($name:ident),+ $(,)?) => {$(
        impl $name {
            /// Whether the specification lists this value.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl $crate::runtime::Key for $name {}

        impl $crate::runtime::Json for $name {
            fn blank() -> Self {
                Self::Unknown(Box::default())
            }

            fn read_into(
                &mut self,
                json: &mut $crate::runtime::Cursor<'_>,
            ) -> Result<Option<serde_json::Value>, $crate::runtime::Fault> {
                *self = Self::from(&*json.string()?);
                Ok(None)
            }

            fn item(&self) -> $crate::runtime::Item<'_> {
                $crate::runtime::Item::String(self.as_str())
            }
        }

        $crate::json!($name);
    )+};
}

/// What every enum over all events of a place has: a row for each type, variant and event.
#[macro_export]
#[doc(hidden)]
macro_rules! any_event {
    ($any:ident [$($redacted:ident)?] { $($type:literal $(| $also:literal)* => $variant:ident($event:ty),)+ }) => {
        impl $any {
            fn event(&self) -> $crate::runtime::Item<'_> {
                match self {
                    $(Self::$variant(event) => $crate::runtime::Item::Object(&**event),)+
                    Self::Unknown(event) => $crate::runtime::Item::JsonObject(event.json()),
                    $(Self::$redacted(event) => $crate::runtime::Item::JsonObject(event.json()),)?
                    Self::Malformed(event) => $crate::runtime::Item::JsonObject(event.json()),
                }
            }

            fn event_mut(&mut self) -> &mut dyn $crate::runtime::Json {
                match self {
                    $(Self::$variant(event) => &mut **event,)+
                    Self::Unknown(event) => event.json_mut(),
                    $(Self::$redacted(event) => event.json_mut(),)?
                    Self::Malformed(event) => event.json_mut(),
                }
            }

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

            /// The `content` as plain JSON.
            pub fn content_json(&self) -> serde_json::Value {
                self.event().member("content").to_value()
            }

            /// What reading passed over: values that don't fit the fields they stand under. They are kept, and written
            /// back. Empty for events that aren't typed: those are kept whole.
            pub fn oddities(&self) -> Vec<$crate::runtime::Oddity> {
                $crate::runtime::oddities(self.event())
            }
        }

        impl $crate::runtime::Json for $any {
            fn blank() -> Self {
                Self::Unknown(Box::default())
            }

            fn read_into(
                &mut self,
                json: &mut $crate::runtime::Cursor<'_>,
            ) -> Result<Option<serde_json::Value>, $crate::runtime::Fault> {
                *self = Self::read(json)?;
                Ok(None)
            }

            fn read(json: &mut $crate::runtime::Cursor<'_>) -> Result<Self, $crate::runtime::Fault> {
                let start = json.clone();
                let mut event = match json.discriminator("type")?.as_deref() {
                    $(Some($type $(| $also)*) => Self::$variant($crate::runtime::boxed()),)+
                    _ => Self::Unknown(Box::default()),
                };
                let Err(fault) = event.event_mut().read_into(json) else { return Ok(event) };
                let malformed = $crate::raw::MalformedEvent::read(json, start, fault)?;
                match malformed.is_redacted() {
                    $(true => Ok(Self::$redacted(Box::new(malformed.into()))),)?
                    _ => Ok(Self::Malformed(Box::new(malformed))),
                }
            }

            fn item(&self) -> $crate::runtime::Item<'_> {
                self.event()
            }
        }

        impl std::fmt::Debug for $any {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let json = $crate::runtime::Json::item(self).to_value();
                f.debug_tuple(stringify!($any)).field(&json).finish()
            }
        }

        /// Two events are equal if their JSON is.
        impl PartialEq for $any {
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::Json::item(self).to_value() == $crate::runtime::Json::item(other).to_value()
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
        )+

        $crate::json!($any);
    };
}

/// Between the events of a place and the same without their room.
#[macro_export]
#[doc(hidden)]
macro_rules! sync_event {
    ($any:ident => $sync:ident { $($variant:ident,)+ }) => {
        impl $any {
            /// The event without its room, as `/sync` has it.
            #[inline]
            pub fn into_sync(self) -> $sync {
                match self {
                    $(Self::$variant(event) => $sync::$variant(Box::new(event.into_sync())),)+
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
            pub fn with_room_id(self, room_id: impl Into<$crate::RoomId>) -> $any {
                let room_id = room_id.into();
                match self {
                    $(Self::$variant(event) => $any::$variant(Box::new(event.with_room_id(room_id))),)+
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
