//! The keywords that limit a number, a length or a count. A table has the properties of each keyword.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::JsonType;

/// A keyword that limits a number, a length or a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Limit {
    /// `minLength`
    MinLength,
    /// `maxLength`
    MaxLength,
    /// `minimum`
    Minimum,
    /// `maximum`
    Maximum,
    /// `minItems`
    MinItems,
    /// `maxItems`
    MaxItems,
    /// `minProperties`
    MinProperties,
    /// `maxProperties`
    MaxProperties,
}

/// The properties of a limit.
struct LimitRow {
    limit: Limit,
    keyword: &'static str,
    /// The type of the values that the keyword limits.
    kind: JsonType,
    /// `true` for a minimum, and `false` for a maximum.
    is_least: bool,
}

const fn least(limit: Limit, keyword: &'static str, kind: JsonType) -> LimitRow {
    LimitRow { limit, keyword, kind, is_least: true }
}

const fn most(limit: Limit, keyword: &'static str, kind: JsonType) -> LimitRow {
    LimitRow { limit, keyword, kind, is_least: false }
}

const ROWS: [LimitRow; 8] = [
    least(Limit::MinLength, "minLength", JsonType::String),
    most(Limit::MaxLength, "maxLength", JsonType::String),
    least(Limit::Minimum, "minimum", JsonType::Number),
    most(Limit::Maximum, "maximum", JsonType::Number),
    least(Limit::MinItems, "minItems", JsonType::Array),
    most(Limit::MaxItems, "maxItems", JsonType::Array),
    least(Limit::MinProperties, "minProperties", JsonType::Object),
    most(Limit::MaxProperties, "maxProperties", JsonType::Object),
];

impl Limit {
    /// Returns every limit.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.limit)
    }

    fn row(self) -> Option<&'static LimitRow> {
        ROWS.iter().find(|row| row.limit == self)
    }

    /// Returns the name of the keyword.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.keyword)
    }

    /// Returns the type of the values that the keyword limits.
    pub(crate) fn kind(self) -> Option<JsonType> {
        self.row().map(|row| row.kind)
    }

    /// Returns `true` if the keyword limits the values of a type.
    fn is_of(self, kind: JsonType) -> bool {
        let kind = if kind == JsonType::Integer { JsonType::Number } else { kind };
        self.kind() == Some(kind)
    }

    /// Returns `true` for the keyword of a minimum, and `false` for the keyword of a maximum.
    pub(crate) fn is_least(self) -> bool {
        self.row().is_some_and(|row| row.is_least)
    }

    /// Returns `true` for a keyword that limits a length or a number of items or members.
    pub(crate) fn is_count(self) -> bool {
        !self.is_of(JsonType::Number)
    }
}

/// The value of a limit.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LimitValue {
    /// A length, or a number of items or members.
    Count(u64),
    /// A number.
    Number(f64),
}

impl LimitValue {
    /// Returns a length, or a number of items or members.
    pub(crate) fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Number(_) => None,
        }
    }
}

impl fmt::Display for LimitValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// The limits of a schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Limits(BTreeMap<Limit, LimitValue>);

impl Limits {
    pub(crate) fn get(&self, limit: Limit) -> Option<LimitValue> {
        self.0.get(&limit).copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Limit, LimitValue)> + '_ {
        self.0.iter().map(|(limit, value)| (*limit, *value))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the stricter of two values for each limit.
    pub(crate) fn within(&self, other: &Self) -> Self {
        let mut all = self.0.clone();
        for (limit, value) in other.iter() {
            let stricter = all.entry(limit).or_insert(value);
            if (value > *stricter) == limit.is_least() {
                *stricter = value;
            }
        }
        Self(all)
    }

    /// Returns the limits of values of one type.
    pub(crate) fn restricted_to(&self, kind: JsonType) -> Self {
        Self(self.iter().filter(|(limit, _)| limit.is_of(kind)).collect())
    }

    /// Returns the pairs of keywords with a minimum above the maximum.
    pub(crate) fn crossed(&self) -> impl Iterator<Item = (Limit, Limit)> + '_ {
        let pairs = ROWS.iter().flat_map(|least| ROWS.iter().map(move |most| (least, most)));
        let pairs = pairs.filter(|(least, most)| least.is_least && !most.is_least && least.kind == most.kind);
        let pairs = pairs.map(|(least, most)| (least.limit, most.limit));
        pairs.filter(|(least, most)| self.get(*least).zip(self.get(*most)).is_some_and(|(least, most)| least > most))
    }
}

impl FromIterator<(Limit, LimitValue)> for Limits {
    fn from_iter<I: IntoIterator<Item = (Limit, LimitValue)>>(limits: I) -> Self {
        Self(limits.into_iter().collect())
    }
}
