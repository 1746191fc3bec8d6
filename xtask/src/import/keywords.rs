//! The keywords of schemas as an import uses them. The same word may be a keyword in a schema and a name in `properties`.

use matrix_events_codegen::{Keyword, KeywordKind, KEYWORDS};

/// Returns the kind of the value of a keyword. The value of an unknown keyword is data.
pub(super) fn kind(keyword: &str) -> KeywordKind {
    Keyword::named(keyword).map_or(KeywordKind::Data, |keyword| keyword.kind)
}

/// Returns `true` if the list of keywords contains a keyword.
pub(super) fn is_known(keyword: &str) -> bool {
    Keyword::named(keyword).is_some()
}

/// Returns the position of a keyword in a schema. Unknown keywords follow in alphabetical order.
pub(super) fn rank(keyword: &str) -> (usize, &str) {
    (KEYWORDS.iter().position(|known| known.name == keyword).unwrap_or(usize::MAX), keyword)
}
