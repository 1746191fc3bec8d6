//! Diagnostics of references without a target, and of cycles.

use expect_test::expect;

use crate::support::Tree;
use crate::{diagnosed, summaries};

fn refers_to(target: &str) -> Tree {
    Tree::new().message("m.test", &format!("type: object\nproperties:\n  one:\n    $ref: '{target}'"))
}

#[test]
fn missing_file_is_reported() {
    diagnosed(
        &refers_to("core-event-schema/unsigned.yaml"),
        expect![[r#"
            error: there is no file event-schemas/schema/core-event-schema/unsigned.yaml
              --> event-schemas/schema/m.test.yaml:11:11
               |
            11 |           $ref: 'core-event-schema/unsigned.yaml'
               |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: the path of a file of the tree, relative to this file
               = help: write `core-event-schema/unsigned_prop.yaml`, or add the file

            1 error"#]],
    );
}

#[test]
fn missing_file_is_suggested_from_another_folder() {
    let tree = refers_to("definitions/thing.yaml").file("api/definitions/thing.yaml", "type: object\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: there is no file event-schemas/schema/definitions/thing.yaml
              --> event-schemas/schema/m.test.yaml:11:11
               |
            11 |           $ref: 'definitions/thing.yaml'
               |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: the path of a file of the tree, relative to this file
               = help: write `../../api/definitions/thing.yaml`, or add the file

            1 error"#]],
    );
}

#[test]
fn missing_pointer_is_reported() {
    diagnosed(
        &refers_to("core-event-schema/unsigned_prop.yaml#/properties/years"),
        expect![[r#"
            error: event-schemas/schema/core-event-schema/unsigned_prop.yaml has no value at `/properties/years`
              --> event-schemas/schema/m.test.yaml:11:11
               |
            11 |           $ref: 'core-event-schema/unsigned_prop.yaml#/properties/years'
               |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: one of the keys `age` at event-schemas/schema/core-event-schema/unsigned_prop.yaml#/properties
               = help: correct the pointer after the `#`

            1 error"#]],
    );
}

#[test]
fn missing_pointer_in_the_same_file_is_reported() {
    diagnosed(
        &refers_to("#/definitions/thing"),
        expect![[r#"
            error: event-schemas/schema/m.test.yaml has no value at `/definitions/thing`
              --> event-schemas/schema/m.test.yaml:11:11
               |
            11 |           $ref: '#/definitions/thing'
               |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: one of the keys `description`, `allOf` at event-schemas/schema/m.test.yaml
               = help: correct the pointer after the `#`

            1 error"#]],
    );
}

#[test]
fn anchor_in_place_of_a_pointer_is_reported() {
    diagnosed(
        &refers_to("core-event-schema/unsigned_prop.yaml#age"),
        expect![[r#"
            error: expected a JSON pointer after the `#`, found `age`
              --> event-schemas/schema/m.test.yaml:11:11
               |
            11 |           $ref: 'core-event-schema/unsigned_prop.yaml#age'
               |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: the keys on the path to the schema, each after a `/`
               = help: write a pointer such as `#/properties/content`, with a `/` after the `#`

            1 error"#]],
    );
}

#[test]
fn cycle_through_properties_is_reported() {
    let to = |target: &str| format!("type: object\nproperties:\n  next:\n    $ref: {target}\n");
    let tree = refers_to("a.yaml").schema("a.yaml", to("b.yaml")).schema("b.yaml", to("a.yaml"));
    diagnosed(
        &tree,
        expect![[r#"
            error: `$ref` forms the cycle event-schemas/schema/a.yaml -> event-schemas/schema/b.yaml -> event-schemas/schema/a.yaml
             --> event-schemas/schema/b.yaml:4:5
              |
            4 |     $ref: a.yaml
              |     ^^^^^^^^^^^^
              |
              = at: /properties/next/$ref
              = expected: references without a cycle
              = help: remove one of the references, or support recursive types in codegen/src/lower

            1 error"#]],
    );
}

#[test]
fn cycle_through_all_of_is_reported() {
    let tree =
        refers_to("a.yaml").schema("a.yaml", "allOf:\n- $ref: b.yaml\n").schema("b.yaml", "allOf:\n- $ref: a.yaml\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: `$ref` forms the cycle event-schemas/schema/a.yaml -> event-schemas/schema/b.yaml -> event-schemas/schema/a.yaml
             --> event-schemas/schema/b.yaml:2:3
              |
            2 | - $ref: a.yaml
              |   ^^^^^^^^^^^^
              |
              = at: /allOf/0/$ref
              = expected: references without a cycle
              = help: remove one of the references, or support recursive types in codegen/src/lower

            1 error"#]],
    );
}

#[test]
fn reference_to_its_own_file_is_reported() {
    diagnosed(
        &refers_to("m.test.yaml"),
        expect![[r#"
            error: `$ref` forms the cycle event-schemas/schema/m.test.yaml -> event-schemas/schema/m.test.yaml
              --> event-schemas/schema/m.test.yaml:11:11
               |
            11 |           $ref: 'm.test.yaml'
               |           ^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: references without a cycle
               = help: remove one of the references, or support recursive types in codegen/src/lower

            1 error"#]],
    );
}

#[test]
fn reference_to_a_parent_is_reported() {
    let text = "type: object\nproperties:\n  children:\n    type: array\n    items: {$ref: '#/properties/children'}\n";
    diagnosed(
        &refers_to("a.yaml").schema("a.yaml", text),
        expect![[r#"
            error: `$ref` forms the cycle event-schemas/schema/a.yaml#/properties/children -> event-schemas/schema/a.yaml#/properties/children
             --> event-schemas/schema/a.yaml:5:13
              |
            5 |     items: {$ref: '#/properties/children'}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /properties/children/items/$ref
              = expected: references without a cycle
              = help: remove one of the references, or support recursive types in codegen/src/lower

            1 error"#]],
    );
}

#[test]
fn reference_out_of_the_tree_is_reported() {
    diagnosed(
        &refers_to("../../../../etc/passwd"),
        expect![[r#"
            error: expected the path of a file of the tree, found `../../../../etc/passwd`
              --> event-schemas/schema/m.test.yaml:11:11
               |
            11 |           $ref: '../../../../etc/passwd'
               |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: a path in the `data` folder of the specification, relative to this file
               = help: write a relative path such as `components/name.yaml`. If the file is not in the tree, copy the definition to a file next to this one

            1 error"#]],
    );
}

#[test]
fn reference_to_a_url_is_reported() {
    diagnosed(
        &refers_to("http://example.org/schema.yaml"),
        expect![[r#"
            error: expected the path of a file of the tree, found `http://example.org/schema.yaml`
              --> event-schemas/schema/m.test.yaml:11:11
               |
            11 |           $ref: 'http://example.org/schema.yaml'
               |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: a path in the `data` folder of the specification, relative to this file
               = help: write a relative path such as `components/name.yaml`. If the file is not in the tree, copy the definition to a file next to this one

            1 error"#]],
    );
}

#[test]
fn reference_to_an_absolute_path_is_reported() {
    diagnosed(
        &refers_to("/etc/passwd"),
        expect![[r#"
            error: expected the path of a file of the tree, found `/etc/passwd`
              --> event-schemas/schema/m.test.yaml:11:11
               |
            11 |           $ref: '/etc/passwd'
               |           ^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = expected: a path in the `data` folder of the specification, relative to this file
               = help: write a relative path such as `components/name.yaml`. If the file is not in the tree, copy the definition to a file next to this one

            1 error"#]],
    );
}

#[test]
fn reference_to_malformed_yaml_is_reported_once() {
    diagnosed(
        &refers_to("a.yaml").schema("a.yaml", "type: [object\n"),
        expect![[r#"
            error: failed to parse the file as YAML: found `[` without `]`
             --> event-schemas/schema/a.yaml:1:7
              |
            1 | type: [object
              |       ^
              |
              = expected: valid YAML 1.2
              = help: write `]` at the end of the values after `[`. If `[` is part of a text, put the text in quotes

            1 error"#]],
    );
}

#[test]
fn reference_that_is_a_list_is_reported() {
    let tree = Tree::new().message("m.test", "type: object\nproperties:\n  one: {$ref: [a.yaml]}");
    diagnosed(
        &tree,
        expect![[r#"
            error: expected the path of a schema, relative to this file, found a list
              --> event-schemas/schema/m.test.yaml:10:15
               |
            10 |         one: {$ref: [a.yaml]}
               |               ^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/$ref
               = help: write a path such as `components/name.yaml`

            1 error"#]],
    );
}

#[test]
fn reference_without_a_target_is_reported_with_the_nearest_one() {
    let references = [
        "nowhere.yaml",
        "evnet.yaml",
        "core-event-schema/evnet.yaml",
        "'core-event-schema\\event.yaml'",
        "core-event-schema/event.yml",
        "m.tset.yaml",
        "'core-event-schema/event.yaml#/properties/contnet'",
        "'core-event-schema/event.yaml#properties/content'",
        "'#/allOf'",
        "'#/description'",
        "https://spec.matrix.org/a.yaml",
        "m.test.yaml",
    ];
    let text = |reference: &str| format!("type: object\nproperties:\n  one: {{$ref: {reference}}}");
    expect![[r#"
        nowhere.yaml
            10:15 there is no file event-schemas/schema/nowhere.yaml
            help: correct the path, or add the file
        evnet.yaml
            10:15 there is no file event-schemas/schema/evnet.yaml
            help: write `core-event-schema/event.yaml`, or add the file
        core-event-schema/evnet.yaml
            10:15 there is no file event-schemas/schema/core-event-schema/evnet.yaml
            help: write `core-event-schema/event.yaml`, or add the file
        'core-event-schema\event.yaml'
            10:15 there is no file event-schemas/schema/core-event-schema\event.yaml
            help: write `core-event-schema/event.yaml`, or add the file
        core-event-schema/event.yml
            10:15 there is no file event-schemas/schema/core-event-schema/event.yml
            help: write `core-event-schema/event.yaml`, or add the file
        m.tset.yaml
            10:15 there is no file event-schemas/schema/m.tset.yaml
            help: correct the path, or add the file
        'core-event-schema/event.yaml#/properties/contnet'
            10:15 event-schemas/schema/core-event-schema/event.yaml has no value at `/properties/contnet`
            help: write `#/properties/content` in place of `#/properties/contnet`
        'core-event-schema/event.yaml#properties/content'
            10:15 expected a JSON pointer after the `#`, found `properties/content`
            help: write a pointer such as `#/properties/content`, with a `/` after the `#`
        '#/allOf'
            10:15 expected a reference to a schema, found a list at event-schemas/schema/m.test.yaml#/allOf
            help: write the pointer of a schema after the `#`, such as `#/properties/content`
        '#/description'
            10:15 expected a reference to a schema, found a string at event-schemas/schema/m.test.yaml#/description
            help: write the pointer of a schema after the `#`, such as `#/properties/content`
        https://spec.matrix.org/a.yaml
            10:15 expected the path of a file of the tree, found `https://spec.matrix.org/a.yaml`
            help: write a relative path such as `components/name.yaml`. If the file is not in the tree, copy the definition to a file next to this one
        m.test.yaml
            10:15 `$ref` forms the cycle event-schemas/schema/m.test.yaml -> event-schemas/schema/m.test.yaml
            help: remove one of the references, or support recursive types in codegen/src/lower
    "#]].assert_eq(&summaries(references.map(|one| (one, Tree::new().message("m.test", &text(one))))));
}
