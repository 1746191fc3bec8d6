//! Diagnostics of files that cannot be parsed.

use expect_test::expect;

use crate::support::{event, Tree};
use crate::{diagnosed, summaries};

#[test]
fn malformed_yaml_is_reported() {
    let text = "type: object
properties:
  one: {type: string
  two: {type: string}
required: [one]";
    diagnosed(
        &Tree::new().message("m.test", text),
        expect![[r#"
            error: failed to parse the file as YAML: found `{` without `}`
              --> event-schemas/schema/m.test.yaml:10:14
               |
            10 |         one: {type: string
               |              ^
               |
               = expected: valid YAML 1.2
               = help: write `}` at the end of the values after `{`. If `{` is part of a text, put the text in quotes

            1 error"#]],
    );
}

#[test]
fn malformed_json_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object")
        .example("m.test.json", "{\n    \"type\": \"m.test\",\n    \"content\": {},\n}\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to parse the file as JSON: key must be a string
             --> event-schemas/examples/m.test.json:4:1
              |
            4 | }
              | ^
              |
              = expected: valid JSON (RFC 8259)
              = help: correct the text before or at this place: JSON has double quotes around each key and string, a `,` between two values, none after the last, and no comments

            1 error"#]],
    );
}

#[test]
fn text_after_json_is_reported() {
    let tree = Tree::new().message("m.test", "type: object").example("m.test.json", "{}\n{}\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to parse the file as JSON: trailing characters
             --> event-schemas/examples/m.test.json:2:1
              |
            2 | {}
              | ^
              |
              = expected: valid JSON (RFC 8259)
              = help: correct the text before or at this place: JSON has double quotes around each key and string, a `,` between two values, none after the last, and no comments

            1 error"#]],
    );
}

#[test]
fn duplicate_key_in_yaml_is_reported() {
    let content = "type: object\nproperties:\n  one: {type: string}\n  two: {type: string}\n  one: {type: integer}";
    diagnosed(
        &Tree::new().message("m.test", content),
        expect![[r#"
            error: failed to parse the file as YAML: found the key `one` for the second time
              --> event-schemas/schema/m.test.yaml:12:9
               |
            12 |         one: {type: integer}
               |         ^^^
               |
               = expected: each key once in a map
               = help: remove or rename one of the two keys

            1 error"#]],
    );
}

#[test]
fn duplicate_key_in_json_is_reported() {
    let text = "{\n    \"type\": \"m.test\",\n    \"content\": {},\n    \"content\": {\"a\": 1}\n}\n";
    diagnosed(
        &Tree::new().message("m.test", "type: object").example("m.test.json", text),
        expect![[r#"
            error: failed to parse the file as JSON: found the key `content` for the second time
             --> event-schemas/examples/m.test.json:4:5
              |
            4 |     "content": {"a": 1}
              |     ^^^^^^^^^
              |
              = expected: each key once in a map
              = help: remove or rename one of the two keys

            1 error"#]],
    );
}

#[test]
fn latin_1_is_reported() {
    let mut text = b"type: object\ndescription: Caf".to_vec();
    text.extend(b"\xE9.\n");
    diagnosed(
        &Tree::new().schema("m.test.yaml", text),
        expect![[r#"
            error: failed to parse the file: found a byte that is not UTF-8
             --> event-schemas/schema/m.test.yaml:2:17
              |
            2 | description: Caf�.
              |                 ^
              |
              = expected: text in UTF-8
              = help: save the file as UTF-8

            1 error"#]],
    );
}

#[test]
fn yaml_tag_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object\ndescription: !secret text"),
        expect![[r#"
            error: failed to parse the file as YAML: found the tag `!secret`, which JSON does not have
             --> event-schemas/schema/m.test.yaml:9:20
              |
            9 |       description: !secret text
              |                    ^^^^^^^
              |
              = expected: a value without a tag
              = help: remove the tag. If the value is a text that begins with `!`, put the text in quotes

            1 error"#]],
    );
}

#[test]
fn not_a_number_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object\nexample: {one: .nan}"),
        expect![[r#"
            error: failed to parse the file as YAML: found a number that JSON does not have
             --> event-schemas/schema/m.test.yaml:9:22
              |
            9 |       example: {one: .nan}
              |                      ^^^^
              |
              = expected: a number of JSON: an integer with at most 64 bits, or a fraction below 1.8e308
              = help: write such a number. If the value is a text, put it in quotes

            1 error"#]],
    );
}

#[test]
fn number_beyond_64_bits_is_reported() {
    let text = "type: object\nproperties:\n  one: {type: integer, maximum: 18446744073709551616}";
    diagnosed(
        &Tree::new().message("m.test", text),
        expect![[r#"
            error: failed to parse the file as YAML: found the number `18446744073709551616`, which is out of range
              --> event-schemas/schema/m.test.yaml:10:39
               |
            10 |         one: {type: integer, maximum: 18446744073709551616}
               |                                       ^^^^^^^^^^^^^^^^^^^^
               |
               = expected: a number of JSON: an integer with at most 64 bits, or a fraction below 1.8e308
               = help: write such a number. If the value is a text, put it in quotes

            1 error"#]],
    );
}

#[test]
fn control_character_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object\ndescription: one\u{0}two"),
        expect![[r#"
            error: failed to parse the file as YAML: found the control character U+0000
             --> event-schemas/schema/m.test.yaml:9:23
              |
            9 |       description: one␀two
              |                       ^
              |
              = expected: valid YAML 1.2
              = help: remove the character

            1 error"#]],
    );
}

#[test]
fn two_documents_are_reported() {
    let tree = Tree::new().schema("m.test.yaml", "# The first.\ntype: object\n---\ntype: object\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to parse the file as YAML: found the start of a second document
             --> event-schemas/schema/m.test.yaml:3:1
              |
            3 | ---
              | ^^^
              |
              = expected: one document in the file
              = help: move the second document to a file of its own

            1 error"#]],
    );
}

#[test]
fn merge_key_is_reported() {
    let text = "type: object\nproperties:\n  one: &one {type: string}\n  two: {<<: *one, minLength: 1}";
    diagnosed(
        &Tree::new().message("m.test", text),
        expect![[r#"
            error: failed to parse the file as YAML: found `<<`, a merge key, which JSON does not have
              --> event-schemas/schema/m.test.yaml:11:15
               |
            11 |         two: {<<: *one, minLength: 1}
               |               ^^
               |
               = expected: a map without merge keys
               = help: write the members in place of the merge key

            1 error"#]],
    );
}

#[test]
fn malformed_yaml_in_a_file_that_settings_name_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: string\nrequired: [one]")
        .overrides("optional: [{at: m.test.yaml content.one, seen-in: history, why: a test}]\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to parse the file as YAML: found `{` without `}`
              --> event-schemas/schema/m.test.yaml:10:14
               |
            10 |         one: {type: string
               |              ^
               |
               = expected: valid YAML 1.2
               = help: write `}` at the end of the values after `{`. If `{` is part of a text, put the text in quotes

            1 error"#]],
    );
}

#[test]
fn syntax_error_of_yaml_is_reported_with_its_place_and_a_fix() {
    let texts = [
        "type: object\nproperties:\n\ta: {type: string}\n",
        // The parser reports the line before.
        "properties:\n  content:\n    type: object\n\tb: 1\n",
        "description: |\n\ttext\n",
        "description: The room: a place\n",
        "description: it's: a place\n",
        "- title: a: b\n",
        "description: A text\n  with: colon\n",
        "type:object\nproperties: {}\n",
        "type: object\n properties: {}\n",
        "properties:\n    a: {}\n  b: {}\n",
        "a: {pattern: ^[a-z]+$}\n",
        "a: {description: A list [x] of, title: x}\n",
        "a: {title: x} y\n",
        "enum: [a, b\ntype: object\n",
        "a: {one: {type: string}\nb: 1\n",
        "a: [b, c}\n",
        "a: [\n",
        "description: 'it\n",
        "description: 'it's'\n",
        "pattern: \"^\\d+$\"\n",
        "description: @user\n",
        "description: `x`\n",
        "description: *bold*\n",
        "description: !room x\n",
        "description: > text\n",
        "description: - text\n",
        "{[a]: b}\n",
        "%FOO\ntype: object\n",
        "<<<<<<< HEAD\ntype: object\n=======\ntype: string\n>>>>>>> other\n",
        "minimum: 1e400\n",
        "minimum: 18446744073709551616\n",
    ];
    let trees = texts.map(|text| (text, Tree::new().schema("m.test.yaml", text)));
    expect![[r#"
        type: object
        properties:
        	a: {type: string}

            3:1 failed to parse the file as YAML: found a tab
            help: write spaces in place of the tab
        properties:
          content:
            type: object
        	b: 1

            4:1 failed to parse the file as YAML: found a tab
            help: write spaces in place of the tab
        description: |
        	text

            2:1 failed to parse the file as YAML: found a tab
            help: write spaces in place of the tab
        description: The room: a place

            1:22 failed to parse the file as YAML: found `:` in a text without quotes
            help: write `description: 'The room: a place'`
        description: it's: a place

            1:18 failed to parse the file as YAML: found `:` in a text without quotes
            help: write `description: 'it''s: a place'`
        - title: a: b

            1:11 failed to parse the file as YAML: found `:` in a text without quotes
            help: write `title: 'a: b'`
        description: A text
          with: colon

            2:7 failed to parse the file as YAML: found a key at this indentation, after a value
            help: indent the line like the other keys of its map. If it continues the text above, put the whole text in quotes
        type:object
        properties: {}

            1:5 failed to parse the file as YAML: found no space after the `:` of a key
            help: write `type: object`
        type: object
         properties: {}

            2:12 failed to parse the file as YAML: found a key at this indentation, after a value
            help: indent the line like the other keys of its map. If it continues the text above, put the whole text in quotes
        properties:
            a: {}
          b: {}

            3:3 failed to parse the file as YAML: found a line at an indentation of its own
            help: indent the line like the other lines of its map or list
        a: {pattern: ^[a-z]+$}

            1:15 failed to parse the file as YAML: found further text after a value in `{}` or `[]`
            help: put the whole value of `pattern` in quotes: `pattern: '…'`
        a: {description: A list [x] of, title: x}

            1:25 failed to parse the file as YAML: found further text after a value in `{}` or `[]`
            help: put the whole value of `description` in quotes: `description: '…'`
        a: {title: x} y

            1:15 failed to parse the file as YAML: found further text after a value
            help: put the whole value in quotes, or move the text to another line
        enum: [a, b
        type: object

            1:7 failed to parse the file as YAML: found `[` without `]`
            help: write `]` at the end of the values after `[`. If `[` is part of a text, put the text in quotes
        a: {one: {type: string}
        b: 1

            1:4 failed to parse the file as YAML: found `{` without `}`
            help: write `}` at the end of the values after `{`. If `{` is part of a text, put the text in quotes
        a: [b, c}

            1:4 failed to parse the file as YAML: found `[` without `]`
            help: write `]` at the end of the values after `[`. If `[` is part of a text, put the text in quotes
        a: [

            1:4 failed to parse the file as YAML: found `[` without `]`
            help: write `]` at the end of the values after `[`. If `[` is part of a text, put the text in quotes
        description: 'it

            1:14 failed to parse the file as YAML: found a quotation mark without its end
            help: write the same quotation mark at the end of the text
        description: 'it's'

            1:18 failed to parse the file as YAML: found further text after a text in quotes
            help: write `''` for a `'` within the text, or a `,` before the next value in `{}` or `[]`
        pattern: "^\d+$"

            1:10 failed to parse the file as YAML: found an unknown escape after `\`
            help: put the text in single quotes, in which `\` is no escape: `'…'`
        description: @user

            1:14 failed to parse the file as YAML: found `@` at the beginning of a text without quotes
            help: put the whole text in single quotes: `'…'`
        description: `x`

            1:14 failed to parse the file as YAML: found a backtick at the beginning of a text without quotes
            help: put the whole text in single quotes: `'…'`
        description: *bold*

            1:14 failed to parse the file as YAML: found an alias of an unknown anchor
            help: put a text that begins with `*` in quotes, or write the value in place of the alias
        description: !room x

            1:14 failed to parse the file as YAML: found the tag `!room`, which JSON does not have
            help: remove the tag. If the value is a text that begins with `!`, put the text in quotes
        description: > text

            1:14 failed to parse the file as YAML: found text after the `|` or `>` of a text on several lines
            help: move the text to the next line, indented more than the key, or put it in quotes
        description: - text

            1:14 failed to parse the file as YAML: found a list item after a key
            help: move the item to the next line, or put a text that begins with `-` in quotes
        {[a]: b}

            1:2 failed to parse the file as YAML: expected a key, found a list or a map
            help: write a name without brackets before the `:`. If the value is a text in `{}` or `[]`, put it in quotes
        %FOO
        type: object

            2:1 failed to parse the file as YAML: found a directive, which begins with `%`
            help: remove the directive, or put a text that begins with `%` in quotes
        <<<<<<< HEAD
        type: object
        =======
        type: string
        >>>>>>> other

            1:1 failed to parse the file as YAML: found a merge conflict
            help: choose one of the two versions, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`
        minimum: 1e400

            1:10 failed to parse the file as YAML: found the number `1e400`, which is out of range
            help: write such a number. If the value is a text, put it in quotes
        minimum: 18446744073709551616

            1:10 failed to parse the file as YAML: found the number `18446744073709551616`, which is out of range
            help: write such a number. If the value is a text, put it in quotes
    "#]].assert_eq(&summaries(trees));
}

#[test]
fn empty_file_is_reported() {
    for text in ["", "# nothing\n", "\n\n", "null\n"] {
        let summary = summaries([("", Tree::new().schema("m.test.yaml", text))]);
        assert!(
            summary.contains("the file is empty\n    help: write the schema to the file, or remove the file"),
            "{text}"
        );
    }
}

#[test]
fn file_name_with_a_space_is_reported() {
    let text = event("m.test", "room_event.yaml", "type: object");
    diagnosed(
        &Tree::new().schema("m test.yaml", text),
        expect![[r#"
        error: found ' ' in the name of the file
        --> event-schemas/schema/m test.yaml
         = expected: a name of ASCII letters, digits, and characters such as `.`, `_`, `-` and `$`
         = help: rename the file, for example to `m_test.yaml`, and correct the references to the file

        1 error"#]],
    );
}
