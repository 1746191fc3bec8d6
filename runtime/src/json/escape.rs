//! Escapes in strings (RFC 8259, section 7).

use super::scan::plain_length;

/// What a string with escapes says; `None` where one of them isn't JSON's.
pub(super) fn unescape(text: &str) -> Option<String> {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (plain, escape) = rest.split_at_checked(plain_length(rest.as_bytes()))?;
        said.push_str(plain);
        if escape.is_empty() {
            return Some(said);
        }
        let (character, behind) = character(escape.strip_prefix('\\')?)?;
        said.push(character);
        rest = behind;
    }
}

/// The character that an escape stands for, and what follows. The backslash has been read.
fn character(escape: &str) -> Option<(char, &str)> {
    let mut behind = escape.chars();
    let character = match behind.next()? {
        itself @ ('"' | '\\' | '/') => itself,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return by_code(behind.as_str()),
        _ => return None,
    };
    Some((character, behind.as_str()))
}

/// The same behind `\u`. A character beyond the first 65,536 is a pair of escapes.
fn by_code(text: &str) -> Option<(char, &str)> {
    let (first, behind) = code_unit(text)?;
    if let Some(character) = char::from_u32(first.into()) {
        return Some((character, behind));
    }
    let (second, behind) = code_unit(behind.strip_prefix("\\u")?)?;
    let character = char::decode_utf16([first, second]).next()?.ok()?;
    Some((character, behind))
}

fn code_unit(text: &str) -> Option<(u16, &str)> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    Some((u16::from_str_radix(digits, 16).ok()?, text.get(4..)?))
}
