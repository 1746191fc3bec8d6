//! Texts that are JSON, or almost JSON, from `tests/json_parsing/cases.txt`.

/// Returns the texts in the file, each after the verdict on the text.
pub fn json_texts() -> Vec<(&'static str, Vec<u8>)> {
    include_str!("../tests/json_parsing/cases.txt").lines().filter_map(in_line).collect()
}

/// Returns the verdict and the text in a line, or `None` for a line without a text. The verdict takes ten bytes.
fn in_line(line: &str) -> Option<(&str, Vec<u8>)> {
    let is_case = !line.is_empty() && !line.starts_with('#');
    is_case.then(|| {
        let (verdict, text) = line.split_at(10);
        (verdict.trim_end(), decode(text))
    })
}

/// Replaces each `%` and its two digits with the byte.
fn decode(text: &str) -> Vec<u8> {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (byte, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(byte, 16).expect("two digits"));
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

#[test]
fn text_in_a_line_has_bytes() {
    assert_eq!(in_line(r#"kept      "%ed%A0""#), Some(("kept", b"\"\xed\xa0\"".to_vec())));
    assert_eq!(in_line("# a line of text"), None);
}
