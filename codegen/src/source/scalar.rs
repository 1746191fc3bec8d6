//! Resolves scalars by the core schema of YAML 1.2 (section 10.3), which contains that of JSON.

use granit_parser::{ScalarStyle, Span, Tag};

use super::document::DocumentError;
use crate::node::{Node, Number};

/// Returns the value of a scalar.
pub(super) fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>, span: &Span) -> Result<Node, DocumentError> {
    let plain = |text| {
        plain(text).map_err(|cause| {
            let expected = "a number of JSON: an integer with at most 64 bits, or a fraction below 1.8e308";
            DocumentError::new(*span, cause, expected, "write such a number. If the value is a text, put it in quotes")
        })
    };
    let Some(tag) = tag else {
        return match style {
            ScalarStyle::Plain => plain(text),
            _ => Ok(Node::String(text.to_owned())),
        };
    };
    match (tag.core_suffix(), plain(text)?) {
        (Some("str"), _) => Ok(Node::String(text.to_owned())),
        (Some("null"), node @ Node::Null)
        | (Some("bool"), node @ Node::Boolean(_))
        | (Some("int" | "float"), node @ Node::Number(_)) => Ok(node),
        _ => Err(foreign(tag, span)),
    }
}

/// Creates the error of a tag.
pub(super) fn foreign(tag: &Tag, span: &Span) -> DocumentError {
    let cause = format!("found the tag `{tag}`, which JSON does not have");
    let help = "remove the tag. If the value is a text that begins with `!`, put the text in quotes";
    DocumentError::new(span.tag_span().unwrap_or(*span), cause, "a value without a tag", help)
}

/// Returns the value of a plain scalar, or the cause of an error.
fn plain(text: &str) -> Result<Node, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Node::Null),
        "true" | "True" | "TRUE" => return Ok(Node::Boolean(true)),
        "false" | "False" | "FALSE" => return Ok(Node::Boolean(false)),
        _ => {}
    }
    let (sign, rest) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (if text.starts_with('-') { "-" } else { "" }, rest),
        None => ("", text),
    };
    let not_in_json = matches!(text, ".nan" | ".NaN" | ".NAN") || matches!(rest, ".inf" | ".Inf" | ".INF");
    if not_in_json {
        return Err("found a number that JSON does not have".to_owned());
    }
    let value = match digits(rest) {
        Some((digits, radix)) => Some(integer(sign, digits, radix)?),
        // In YAML 1.1, zeros before other digits make an octal number; in YAML 1.2, a decimal one.
        None if rest.bytes().all(|byte| byte.is_ascii_digit()) => None,
        None => float(sign, rest)?,
    };
    Ok(match value {
        Some(value) => Node::Number(Number::new(text, value)),
        None => Node::String(text.to_owned()),
    })
}

/// Returns the digits of an integer without a sign, and their radix.
fn digits(text: &str) -> Option<(&str, u32)> {
    let prefixed = [("0x", 16), ("0o", 8), ("0b", 2)];
    let mut prefixed = prefixed.iter().filter_map(|(prefix, radix)| Some((text.strip_prefix(prefix)?, *radix)));
    let (digits, radix) = prefixed.next().unwrap_or((text, 10));
    let is_ambiguous = radix == 10 && digits.len() > 1 && digits.starts_with('0');
    let is_integer = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    (is_integer && !is_ambiguous).then_some((digits, radix))
}

fn integer(sign: &str, digits: &str, radix: u32) -> Result<serde_json::Number, String> {
    let too_large = |_| format!("found the number `{sign}{digits}`, which is out of range");
    if sign.is_empty() {
        u64::from_str_radix(digits, radix).map(Into::into).map_err(too_large)
    } else {
        i64::from_str_radix(&format!("{sign}{digits}"), radix).map(Into::into).map_err(too_large)
    }
}

/// Parses a number with a fraction or an exponent. Words such as `infinity`, which Rust parses as numbers, are strings.
fn float(sign: &str, digits: &str) -> Result<Option<serde_json::Number>, String> {
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    let Some(value) = format!("{sign}{digits}").parse::<f64>().ok().filter(|_| is_number) else { return Ok(None) };
    let number = serde_json::Number::from_f64(value);
    let too_large = || format!("found the number `{sign}{digits}`, which is out of range");
    number.ok_or_else(too_large).map(Some)
}

#[cfg(test)]
mod tests {
    use granit_parser::{ScalarStyle, Span};

    use super::resolve;

    fn plain(text: &str) -> String {
        match resolve(text, ScalarStyle::Plain, None, &Span::default()) {
            Ok(node) => node.to_json().to_string(),
            Err(error) => error.cause,
        }
    }

    #[test]
    fn plain_scalars_have_the_types_of_the_core_schema() {
        for (text, json) in [
            ("", "null"),
            ("~", "null"),
            ("Null", "null"),
            ("True", "true"),
            ("yes", "\"yes\""),
            ("0", "0"),
            ("-0", "0"),
            ("+1", "1"),
            ("0x1F", "31"),
            ("-0o17", "-15"),
            ("18446744073709551615", "18446744073709551615"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("012", "\"012\""),
            ("00", "\"00\""),
            ("0x", "\"0x\""),
            ("--1", "\"--1\""),
            ("1.10", "1.1"),
            ("1e2", "100.0"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("infinity", "\"infinity\""),
            ("1.19.0", "\"1.19.0\""),
            ("1_000", "\"1_000\""),
        ] {
            assert_eq!(plain(text), json, "{text}");
        }
    }

    #[test]
    fn numbers_that_json_does_not_have_are_errors() {
        for text in [
            ".nan",
            "-.INF",
            "1e400",
            "-1.5e999",
            "18446744073709551616",
            "-9223372036854775809",
            "0xFFFFFFFFFFFFFFFFF",
        ] {
            assert!(plain(text).starts_with("found "), "{text}");
        }
    }

    #[test]
    fn quoted_scalars_are_strings() {
        for style in [ScalarStyle::SingleQuoted, ScalarStyle::DoubleQuoted, ScalarStyle::Literal, ScalarStyle::Folded] {
            let node = resolve("1.10", style, None, &Span::default()).ok();
            assert_eq!(node.and_then(|node| node.as_str().map(str::to_owned)).as_deref(), Some("1.10"));
        }
    }
}
