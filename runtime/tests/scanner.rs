//! Compares the parser with `serde_json`, on texts in which the scanner finds something at every offset of its blocks.

use matrix_events::room::message::TextMessageEventContent;
use matrix_events::{from_slice, kept_text, to_vec, JsonObject};
use matrix_events_runtime::__private::from_slice as any_from_slice;
use serde_json::value::RawValue;
use serde_json::Value;

/// The key of a value that is kept as text.
const KEPT: &str = "$matrix_events::text";

/// The number of offsets at which each special character is tested, which is more than the largest block of the scanner.
const OFFSETS: usize = 64;

/// The number of random texts.
const TEXTS: usize = 40_000;

/// Characters and escapes that end a string, that the parser replaces, or that are an error.
const SPECIAL: &[&str] = &[
    "\"",
    "\\",
    "\0",
    "\u{1}",
    "\t",
    "\n",
    "\u{1f}",
    " ",
    "\u{7f}",
    "\u{80}",
    "é",
    "€",
    "\u{1f600}",
    "\\\"",
    "\\\\",
    "\\n",
    "\\/",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\ud800",
    "\\x",
    "\\u12",
    "!",
    "#",
    "[",
    "]",
    "\u{a2}",
    "\u{dc}",
    "\":",
    "\",",
    "\",\"a\":\"",
];

/// Places of a string, as a value and as a key, with and without white space.
const PLACES: &[(&str, &str)] = &[
    ("\"", "\""),
    ("[\"", "\"]"),
    ("{\"", "\":1}"),
    ("{\"a\":1,\"", "\":[]}"),
    ("{\"a\" : 1 , \"", "\" : [ ] }"),
    ("{\"body\":\"", "\",\"msgtype\":\"m.text\"}"),
    ("{ \"msgtype\": \"m.text\", \"body\": \"", "\" }"),
    ("{\"msgtype\":\"m.text\",\"format\":\"x\",\"formatted_body\":\"", "\",\"body\":\"\",\"other\":{\"a\":\"\"}}"),
    ("{\"msgtype\":\"m.text\",\"body\":\"\",\"", "\":\"\"}"),
];

/// Random numbers (xorshift), which are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

/// Checks that the parser accepts the bytes that `serde_json` accepts, with the same value. Returns `true` for accepted bytes.
fn check(bytes: &[u8]) -> bool {
    let is_json = serde_json::from_slice::<&RawValue>(bytes).is_ok();
    let value = serde_json::from_slice::<Value>(bytes);
    let shown = String::from_utf8_lossy(bytes);
    let parsed = any_from_slice::<Value>(bytes);
    assert_eq!(parsed.is_ok(), is_json, "{shown}: {parsed:?}");
    let object = from_slice::<JsonObject>(bytes);
    let content = from_slice::<TextMessageEventContent>(bytes);
    let (Ok(parsed), Ok(value)) = (&parsed, &value) else {
        assert_eq!(
            object.is_ok(),
            parsed.as_ref().is_ok_and(|value| value.is_object() && kept_text(value).is_none()),
            "{shown}"
        );
        return is_json;
    };
    // `serde_json` rounds some numbers, which are kept as text.
    if parsed.to_string().contains(KEPT) {
        return is_json;
    }
    assert_eq!(parsed, value, "{shown}");
    assert_eq!(object.ok().as_ref(), value.as_object(), "{shown}");
    let is_text = value["msgtype"] == "m.text" && value["body"].is_string();
    assert_eq!(content.is_ok(), is_text, "{shown}: {content:?}");
    if let Ok(content) = content {
        assert_eq!(serde_json::from_slice::<Value>(&to_vec(&content)).expect("JSON"), *value, "{shown}");
    }
    is_json
}

#[test]
fn special_characters_at_every_offset_have_the_value_of_serde_json() {
    let mut accepted = 0_usize;
    for (before, after) in PLACES {
        for special in SPECIAL {
            for offset in 0..OFFSETS {
                for (filler, rest) in [("a", 0), ("a", 7), ("\u{e9}", 0), ("b", 40)] {
                    let text = format!("{before}{}{special}{}{after}", filler.repeat(offset), filler.repeat(rest));
                    accepted += usize::from(check(text.as_bytes()));
                }
            }
        }
    }
    assert!(accepted > 10_000, "{accepted} texts are accepted");
}

#[test]
fn every_prefix_of_a_text_is_an_error() {
    for (before, after) in PLACES {
        let text = format!("{before}{}\\n\u{e9}{}{after}", "a".repeat(30), "b".repeat(20));
        assert!(check(text.as_bytes()), "{text}");
        (0..text.len()).for_each(|end| assert!(!check(&text.as_bytes()[..end]), "{end} bytes of {text}"));
    }
}

#[test]
fn invalid_utf_8_at_every_offset_is_an_error() {
    for (before, after) in PLACES {
        for offset in 0..OFFSETS {
            for invalid in
                [&b"\x80"[..], b"\xff", b"\xc3", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82"]
            {
                let text = [before.as_bytes(), "a".repeat(offset).as_bytes(), invalid, after.as_bytes()].concat();
                assert!(!check(&text), "{}", String::from_utf8_lossy(&text));
            }
        }
    }
}

#[test]
fn random_texts_have_the_value_of_serde_json() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut accepted = 0_usize;
    for _ in 0..TEXTS {
        let mut text = String::new();
        value(&mut random, 0, &mut text);
        accepted += usize::from(check(text.as_bytes()));
        let mut bytes = text.into_bytes();
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => drop(bytes.remove(at)),
            1 => bytes.insert(at, b"\"\\{}[],: \n0aeu-\x1f\xc3"[random.below(17)]),
            _ => bytes.truncate(at),
        }
        accepted += usize::from(check(&bytes));
    }
    assert!(accepted > TEXTS, "{accepted} texts are accepted");
}

/// Appends a random value.
fn value(random: &mut Random, depth: usize, text: &mut String) {
    space(random, text);
    match random.below(if depth > 4 { 6 } else { 10 }) {
        0 => text.push_str(random.pick(&["true", "false", "null"])),
        1 | 2 => text.push_str(random.pick(&[
            "0",
            "-0",
            "1",
            "-1",
            "12345678",
            "123456789",
            "1700000000000",
            "999999999999999999",
            "1000000000000000000",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "1.5",
            "1e3",
            "01",
            "1.0",
            "18446744073709551615",
            "12345678.5",
            "12345678e1",
            "1234567a",
        ])),
        3..=5 => string(random, text),
        6 | 7 => list(random, text, ['[', ']'], |random, text| value(random, depth + 1, text)),
        _ => list(random, text, ['{', '}'], |random, text| {
            space(random, text);
            match random.below(2) {
                0 => string(random, text),
                _ => text.push_str(random.pick(&[
                    "\"msgtype\"",
                    "\"body\"",
                    "\"format\"",
                    "\"formatted_body\"",
                    "\"m.mentions\"",
                    "\"formatteX\"",
                    "\"\"",
                    "\"$a\"",
                ])),
            }
            space(random, text);
            text.push(':');
            value(random, depth + 1, text);
        }),
    }
    space(random, text);
}

fn list(random: &mut Random, text: &mut String, brackets: [char; 2], mut member: impl FnMut(&mut Random, &mut String)) {
    text.push(brackets[0]);
    for index in 0..random.below(6) {
        if index > 0 {
            text.push(',');
        }
        member(random, text);
    }
    text.push(brackets[1]);
}

fn string(random: &mut Random, text: &mut String) {
    text.push('"');
    for _ in 0..random.below(4) {
        text.push_str(&random.pick(&["a", "é", "\u{1f600}", "xyz"]).repeat(random.below(40)));
        text.push_str(random.pick(&["", "", "\\n", "\\\"", "\\\\", "\\u0041", "\\ud83d\\ude00", "\\/"]));
    }
    text.push('"');
}

fn space(random: &mut Random, text: &mut String) {
    if random.below(6) == 0 {
        text.push_str(random.pick(&[" ", "\n", "\t", "\r\n", "   "]));
    }
}
