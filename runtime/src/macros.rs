//! The parts of an emitted type that are the same for each. Macros by example cost nothing to those who depend on
//! the crate, unlike procedural ones.

mod any;
mod own;

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
            pub fn to_json_checked(&self) -> Result<String, $crate::__private::Report> {
                let schema = $param::SCHEMA.whole();
                $crate::__private::checked($crate::__private::Json::item(self), schema, $crate::__private::Form::$form)
            }
        }

        impl<$param: $bound> $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::__private::Json::item(self).serialize(serializer)
            }
        }

        impl<'de, $param: $bound> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }
    };
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::__private::Json::item(self).serialize(serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
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

        impl $crate::__private::Key for $name {}

        impl $crate::__private::Json for $name {
            fn blank() -> Self {
                Self::Unknown(Box::default())
            }

            fn read_into(
                &mut self,
                json: &mut $crate::__private::Cursor<'_>,
            ) -> Result<Option<$crate::__private::serde_json::Value>, $crate::__private::Fault> {
                *self = Self::from(&*json.string()?);
                Ok(None)
            }

            fn item(&self) -> $crate::__private::Item<'_> {
                $crate::__private::Item::String(self.as_str())
            }
        }

        $crate::__private::json!($name);
    )+};
}
