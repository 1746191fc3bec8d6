//! The parts of an emitted type that are the same for each. Macros by example cost nothing to those who depend on
//! the crate, unlike procedural ones.

/// `Serialize` and `Deserialize` for types that are [`Json`](super::Json).
#[macro_export]
#[doc(hidden)]
macro_rules! json {
    (generic $param:ident: $bound:path => $name:ty as $form:ident) => {
        impl<$param: $bound> $name {
            /// The event as JSON text, if nothing is found against it: held against the schema of its content's type, and
            /// against what the prose asks for besides, as far as `EventContent::to_json_checked` says.
            ///
            /// # Errors
            ///
            /// All that was found against it.
            pub fn to_json_checked(&self) -> Result<String, $crate::Report> {
                let schema = $param::SCHEMA.whole();
                $crate::validate::checked($crate::runtime::Json::item(self), Some(schema), $crate::validate::Form::$form)
            }
        }

        impl<$param: $bound> $crate::runtime::serde::Serialize for $name {
            fn serialize<S: $crate::runtime::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::Json::item(self).serialize(serializer)
            }
        }

        impl<'de, $param: $bound> $crate::runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::deserialize(deserializer)
            }
        }
    };
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::runtime::serde::Serialize for $name {
            fn serialize<S: $crate::runtime::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::Json::item(self).serialize(serializer)
            }
        }

        impl<'de> $crate::runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
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
            /// Whether this is one of the listed values.
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
            ) -> Result<Option<$crate::runtime::serde_json::Value>, $crate::runtime::Fault> {
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
