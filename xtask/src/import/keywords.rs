//! The keywords of schemas, as an import sees them. The same word is a keyword in a schema and a name below `properties`.

use matrix_events_codegen::{Keyword, KeywordKind, KEYWORDS};

/// Returns the kind of the value of a keyword. An unknown keyword contains data.
pub(crate) fn kind(keyword: &str) -> KeywordKind {
    Keyword::named(keyword).map_or(KeywordKind::Data, |keyword| keyword.kind)
}

/// Returns `true` if the kind of the value is known. Text of an unknown keyword may be a sentence of the specification.
pub(crate) fn is_known(keyword: &str) -> bool {
    Keyword::named(keyword).is_some()
}

/// Returns the position of a keyword among the keywords of a schema. Unknown keywords follow in alphabetical order.
pub(crate) fn rank(keyword: &str) -> (usize, &str) {
    (KEYWORDS.iter().position(|known| known.name == keyword).unwrap_or(KEYWORDS.len()), keyword)
}

#[cfg(test)]
mod tests {
    use matrix_events_codegen::KeywordKind;

    use super::{kind, rank};

    #[test]
    fn unknown_keywords_follow_in_alphabetical_order() {
        let mut keywords = ["x-other", "a-other", "additionalProperties", "$schema"];
        keywords.sort_by(|a, b| rank(a).cmp(&rank(b)));
        assert_eq!(keywords, ["$schema", "additionalProperties", "a-other", "x-other"]);
    }

    #[test]
    fn unknown_keyword_contains_data() {
        assert_eq!(kind("x-something-new"), KeywordKind::Data);
    }
}
