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
                match Self::from(text.as_str()) {
                    Self::Unknown(_) => Self::Unknown(text.into()),
                    known => known,
                }
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

            fn read(json: &mut $crate::runtime::Cursor<'_>) -> Result<Self, $crate::runtime::Fault> {
                Ok(Self::from(&*json.string()?))
            }

            fn item(&self) -> $crate::runtime::Item<'_> {
                $crate::runtime::Item::String(self.as_str())
            }
        }

        $crate::json!($name);
    )+};
}
