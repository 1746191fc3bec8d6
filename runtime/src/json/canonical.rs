//! Serialization as canonical JSON.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::escape::unescape;
use super::kept::{is_exact, kept_in, kept_key_text};
use super::number::as_integer;
use super::read::JsonObject;
use super::text::JsonText;
use super::write::JsonRef;
use crate::canonical_json::{canonical_integer, is_in_range, CanonicalJsonError, CanonicalJsonErrorReason};
use crate::sort::sort_by;
use crate::validate::Path;

/// The numbers that are not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// Integers in the range of canonical JSON.
    Integer,
    /// Numbers that are equal to such an integer.
    EqualToInteger,
    /// Numbers that are equal to such an integer, and integers of any size.
    AnyInteger,
}

/// Serializes a value without some of its members as canonical JSON.
///
/// The functions are inlined, so that they are compiled only in programs that call them.
#[inline]
pub(crate) fn canonical(item: JsonRef<'_>, omitted: &[&str], numbers: Numbers) -> Result<String, CanonicalJsonError> {
    let mut canonical = Canonical { text: JsonText::new(), numbers };
    match item {
        JsonRef::JsonObject(object) => canonical.object(object, omitted, &Path::Root)?,
        JsonRef::Value(value) => canonical.value(value, &Path::Root)?,
        other => canonical.value(&other.to_value(), &Path::Root)?,
    }
    Ok(canonical.text.into_text())
}

struct Canonical {
    text: JsonText,
    numbers: Numbers,
}

impl Canonical {
    #[inline]
    fn value(&mut self, value: &Value, path: &Path<'_>) -> Result<(), CanonicalJsonError> {
        match value {
            Value::Null => self.text.push("null"),
            Value::Bool(true) => self.text.push("true"),
            Value::Bool(false) => self.text.push("false"),
            Value::Number(number) => self.number(number, path)?,
            Value::String(string) => self.text.string(string),
            Value::Array(list) => {
                self.text.push("[");
                for (index, value) in list.iter().enumerate() {
                    self.text.push(if index == 0 { "" } else { "," });
                    self.value(value, &Path::Index(path, index))?;
                }
                self.text.push("]");
            }
            Value::Object(object) => self.object(object, &[], path)?,
        }
        Ok(())
    }

    #[inline]
    fn object(&mut self, object: &JsonObject, omitted: &[&str], path: &Path<'_>) -> Result<(), CanonicalJsonError> {
        if let Some(text) = kept_in(object) {
            return self.kept(text, path);
        }
        let members = object.iter().filter(|(key, _)| !omitted.contains(&key.as_str()));
        let mut members = members.map(|(key, value)| Ok((name(key, path)?, value))).collect::<Result<Vec<_>, _>>()?;
        // With the feature `preserve_order` of serde_json, the members are not sorted.
        sort_by(&mut members, |(one, _), (other, _)| one.cmp(other));
        self.text.push("{");
        for (index, (key, value)) in members.iter().enumerate() {
            self.text.push(if index == 0 { "" } else { "," });
            self.text.string(key);
            self.text.push(":");
            self.value(value, &Path::Key(path, key))?;
        }
        self.text.push("}");
        Ok(())
    }

    #[inline]
    fn number(&mut self, number: &Number, path: &Path<'_>) -> Result<(), CanonicalJsonError> {
        let equal = || equal_integer(number).filter(|integer| is_in_range(*integer));
        let integer = match self.numbers {
            Numbers::Integer => canonical_integer(number),
            Numbers::EqualToInteger | Numbers::AnyInteger => canonical_integer(number).or_else(equal),
        };
        match integer {
            Some(integer) => self.text.integer(integer),
            None => self.other_number(&number.to_string(), path)?,
        }
        Ok(())
    }

    /// Serializes a number that is not in the range of canonical JSON.
    #[cold]
    #[inline]
    fn other_number(&mut self, text: &str, path: &Path<'_>) -> Result<(), CanonicalJsonError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if self.numbers == Numbers::AnyInteger && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            self.text.push(text);
            return Ok(());
        }
        Err(CanonicalJsonError::new(CanonicalJsonErrorReason::Number(text.to_owned()), path.pointer()))
    }

    /// Serializes a value that no `Value` represents.
    #[cold]
    #[inline]
    fn kept(&mut self, text: &str, path: &Path<'_>) -> Result<(), CanonicalJsonError> {
        let reason = match text.trim_start().bytes().next() {
            Some(b'"') => CanonicalJsonErrorReason::LoneSurrogate,
            Some(b'[' | b'{') => CanonicalJsonErrorReason::Depth,
            _ => return self.other_number(text.trim(), path),
        };
        Err(CanonicalJsonError::new(reason, path.pointer()))
    }
}

/// Returns the integer that a number is equal to. With the feature `arbitrary_precision` of serde_json, a number may have no equal
/// `f64`, such as `1e-400`.
#[inline]
fn equal_integer(number: &Number) -> Option<i64> {
    let integer = as_integer(number)?;
    let text = number.to_string();
    let is_zero = || !text.split(['e', 'E']).next().unwrap_or_default().contains(|digit| matches!(digit, '1'..='9'));
    let is_equal = if integer == 0 { is_zero() } else { is_exact(&text, &integer.into()) };
    is_equal.then_some(integer)
}

/// Returns the name of a member. A kept key has a lone surrogate, or is the name of a kept value.
#[inline]
fn name<'k>(key: &'k str, path: &Path<'_>) -> Result<Cow<'k, str>, CanonicalJsonError> {
    match kept_key_text(key) {
        None => Ok(Cow::Borrowed(key)),
        Some(text) => unescape(text)
            .map(Cow::Owned)
            .ok_or_else(|| CanonicalJsonError::new(CanonicalJsonErrorReason::LoneSurrogate, path.pointer())),
    }
}
