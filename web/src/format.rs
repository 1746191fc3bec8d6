//! Formats a JSON text with line breaks and indentation. Strings and numbers keep their text.

/// Returns the text with a member or an element on each line. A text with several values has each on lines of its own.
///
/// A text that is not JSON keeps all of its characters except for white space outside of strings.
pub(crate) fn format(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '{' | '[' | '}' | ']' | ',' | ':' => 1,
            _ => rest.find(|char: char| char.is_whitespace() || "{}[],:\"".contains(char)).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at_checked(length.max(first.len_utf8())).unwrap_or((rest, ""));
        rest = after.trim_start();
        match token {
            "{" | "[" if rest.starts_with(['}', ']']) => out.push_str(token),
            "{" | "[" => {
                out.push_str(token);
                depth += 1;
                line(&mut out, depth);
            }
            "}" | "]" => {
                if !out.ends_with(['{', '[']) {
                    depth = depth.saturating_sub(1);
                    line(&mut out, depth);
                }
                out.push_str(token);
            }
            "," => {
                out.push(',');
                line(&mut out, depth);
            }
            ":" => out.push_str(": "),
            token => out.push_str(token),
        }
        let goes_on = matches!(token, "{" | "[" | "," | ":") || rest.starts_with([',', ':']);
        if depth == 0 && !rest.is_empty() && !goes_on {
            out.push('\n');
        }
    }
    out
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    (0..depth).for_each(|_| out.push_str("  "));
}

/// Returns the length of the string at the start of a text, with its quotes.
fn string_length(text: &str) -> usize {
    let mut is_escaped = true;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn text_is_formatted_without_a_change_of_its_values() {
        for (text, expected) in [
            ("{}", "{}"),
            (r#"{"a":1e400,"b":[true,{"c":"\"x\\"}],"d":[ ]}"#, "{\n  \"a\": 1e400,\n  \"b\": [\n    true,\n    {\n      \"c\": \"\\\"x\\\\\"\n    }\n  ],\n  \"d\": []\n}"),
            ("{\"a\":1}\n{\"b\":\"ü😀\"}", "{\n  \"a\": 1\n}\n{\n  \"b\": \"ü😀\"\n}"),
            ("", ""),
            (r#"{"a": "open"#, "{\n  \"a\": \"open"),
            ("[1 2", "[\n  12"),
        ] {
            assert_eq!(format(text), expected, "{text}");
            assert_eq!(format(expected), expected, "{text}");
        }
    }
}
