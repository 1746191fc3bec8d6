//! Tests of each kind of error in the input, with the expected message.
//!
//! `UPDATE_EXPECT=1 cargo test -p matrix-events-codegen` updates the messages.

// clippy counts the lines of the expected messages.
#![allow(clippy::too_many_lines)]

mod events;
mod examples;
mod features;
mod files;
mod fixes;
mod formats;
mod names;
mod overrides;
mod proposals;
mod references;
mod room_versions;
mod roots;
mod schemas;
mod settings;
mod shared;
#[path = "../support/mod.rs"]
mod support;

use expect_test::{expect, Expect};
use support::{Tree, SCHEMAS};

/// Compares the diagnostics of a tree with those expected.
fn diagnosed(tree: &Tree, expected: Expect) {
    expected.assert_eq(&tree.diagnostics().to_string());
}

/// Returns the place, the message and the advice of each error in each of several trees. A tree has a title.
fn summaries<'t>(trees: impl IntoIterator<Item = (&'t str, Tree)>) -> String {
    let mut text = String::new();
    for (title, tree) in trees {
        text.push_str(&format!("{title}\n"));
        let Err(diagnostics) = tree.generate() else {
            text.push_str("    accepted\n");
            continue;
        };
        tree.assert_placed(&diagnostics);
        for one in diagnostics.iter() {
            let help = one.help.as_deref().unwrap_or_default();
            text.push_str(&format!("    {}:{} {}\n    help: {help}\n", one.line, one.column, one.message));
        }
    }
    text
}

#[test]
fn errors_are_reported_in_the_order_of_files_and_lines() {
    let tree = Tree::new()
        .message("m.b", "type: object\nproperties:\n  one: {type: text}\n  two: {format: mail}\n  three: [string]")
        .message("m.a", "type: object\nrequirred: [x]\nproperties:\n  one: {$ref: nowhere.yaml}")
        .schema("m.c.yaml", "type: object\n  properties: {}\n");
    let diagnostics = tree.diagnostics();
    let places: Vec<_> = diagnostics.iter().map(|one| (one.origin.file.clone(), one.line)).collect();
    let mut sorted = places.clone();
    sorted.sort();
    assert_eq!(places, sorted);
    diagnosed(
        &tree,
        expect![[r#"
            error: unknown keyword `requirred`
             --> event-schemas/schema/m.a.yaml:9:7
              |
            9 |       requirred: [x]
              |       ^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/content/requirred
              = expected: one of `$schema`, `title`, `description`, `x-addedInMatrixVersion`, `x-changedInMatrixVersion`, `deprecated`, `$ref`, `allOf`, `oneOf`, `anyOf`, `type`, `format`, `x-pattern-format`, `pattern`, `enum`, `minLength`, `maxLength`, `minimum`, `maximum`, `minItems`, `maxItems`, `minProperties`, `maxProperties`, `items`, `properties`, `required`, `patternProperties`, `propertyNames`, `additionalProperties`, `example`, `examples`, `x-pattern`, `x-weight`
              = help: write `required` in place of `requirred`. Otherwise, remove `requirred`, or support it in `KEYWORDS` in codegen/src/schema/keywords.rs and in codegen/src/schema/parse.rs

            error: there is no file event-schemas/schema/nowhere.yaml
              --> event-schemas/schema/m.a.yaml:11:15
               |
            11 |         one: {$ref: nowhere.yaml}
               |               ^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: the path of a file of the tree, relative to this file
               = help: correct the path, or add the file

            error: expected a JSON type, found the string `text`
              --> event-schemas/schema/m.b.yaml:10:15
               |
            10 |         one: {type: text}
               |               ^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/type
               = expected: one of `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`
               = help: write `string`

            error: unknown format `mail`
              --> event-schemas/schema/m.b.yaml:11:15
               |
            11 |         two: {format: mail}
               |               ^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/two/format
               = expected: one of `mx-user-id`, `mx-room-id`, `mx-event-id`, `mx-room-alias`, `mx-room-or-alias`, `mx-server-name`, `mx-mxc-uri`, `mx-device-id`, `mx-transaction-id`, `mx-session-id`, `mx-voip-id`, `mx-key-id`, `mx-server-signing-key-id`, `mx-room-version`, `mx-space-child-order`, `mx-unpadded-base64`, `mx-urlsafe-unpadded-base64`, `uri`, `int64`, `float`
               = help: write one of these formats, or support the format in `identifiers!` in codegen/src/schema/types.rs

            error: expected a schema, found a list
              --> event-schemas/schema/m.b.yaml:12:9
               |
            12 |         three: [string]
               |         ^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/three
               = help: write the keywords of one schema, without `-` and without brackets

            error: failed to parse the file as YAML: found a key at this indentation, after a value
             --> event-schemas/schema/m.c.yaml:2:13
              |
            2 |   properties: {}
              |             ^
              |
              = expected: valid YAML 1.2
              = help: indent the line like the other keys of its map. If it continues the text above, put the whole text in quotes

            6 errors"#]],
    );
}

#[test]
fn error_of_a_shared_definition_is_reported_once() {
    let tree = Tree::new()
        .schema("shared.yaml", "type: object\nproperties:\n  one: {typ: string}\n")
        .message("m.a", "type: object\nproperties:\n  one: {$ref: shared.yaml}\n  two: {$ref: shared.yaml}")
        .message("m.b", "type: object\nproperties:\n  one: {$ref: shared.yaml}");
    let diagnostics = tree.diagnostics();
    assert_eq!(diagnostics.len(), 1, "{diagnostics}");
    let only = diagnostics.iter().next().map(|only| (only.origin.file.clone(), only.line));
    assert_eq!(only, Some((format!("{SCHEMAS}/shared.yaml"), 3)));
}
