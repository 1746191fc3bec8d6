//! The connection between `serde` deserializers and the [`Cursor`](super::Cursor).
//!
//! A `Deserialize` implementation that visits fields is compiled in every crate that uses it, for 300 types. These
//! implementations get the text of the value from the deserializer, and pass the text to code that is compiled once.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::read::{from_str, FromToJson};

/// The name that makes `serde_json` return the text of a value. Other deserializers ignore the name, so the value is converted
/// through a [`Value`]. This is slower and has the same result.
const TEXT: &str = "$serde_json::private::RawValue";

/// Deserializes a value with any `serde` deserializer. Every emitted `Deserialize` calls this function.
pub fn deserialize<'de, T: FromToJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(TEXT, TextVisitor(PhantomData))
}

/// Deserializes a type that is a string in JSON. All formats have strings, and not all can represent other JSON.
pub fn deserialize_string<'de, T: for<'s> From<&'s str>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(StringVisitor(PhantomData))
}

struct StringVisitor<T>(PhantomData<T>);

impl<T: for<'s> From<&'s str>> Visitor<'_> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<'de, T: FromToJson> Visitor<'de> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<T, A::Error> {
        let mut object = Map::new();
        while let Some(BorrowedStr(key)) = members.next_key()? {
            if key == TEXT && object.is_empty() {
                let BorrowedStr(text) = members.next_value()?;
                return read(&text);
            }
            object.insert(key.into_owned(), members.next_value()?);
        }
        read(&Value::Object(object).to_string())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        read(&Value::deserialize(deserializer)?.to_string())
    }
}

fn read<T: FromToJson, E: serde::de::Error>(text: &str) -> Result<T, E> {
    from_str(text).map_err(|error| E::custom(error.in_value()))
}

/// A string that is borrowed if possible. The `Deserialize` of `Cow` never borrows.
struct BorrowedStr<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for BorrowedStr<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(StrVisitor)
    }
}

struct StrVisitor;

impl<'de> Visitor<'de> for StrVisitor {
    type Value = BorrowedStr<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<BorrowedStr<'de>, E> {
        Ok(BorrowedStr(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<BorrowedStr<'de>, E> {
        Ok(BorrowedStr(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<BorrowedStr<'de>, E> {
        Ok(BorrowedStr(Cow::Owned(text)))
    }
}
