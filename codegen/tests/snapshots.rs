//! What is decided (the IR) and what is written (Rust) for each thing that a schema can say.

mod support;

use support::{shown, Tree};

/// An event in rooms with such a content.
fn content(name: &str, text: &str) {
    shown(name, &Tree::new().message("m.test", text).output(), "test");
}

#[test]
fn fields() {
    content(
        "fields",
        "\
type: object
properties:
  needed: {description: Has to be there., type: string}
  optional: {description: May be missing., type: integer}
  nullable: {description: May be nothing., type: [string, 'null']}
  needed_or_null: {description: 'Has to be there, if as nothing.', type: ['null', boolean]}
  old: {description: Not used any more., type: number, deprecated: true}
  new: {description: Came later., type: string, format: mx-mxc-uri, x-addedInMatrixVersion: 1.10}
  changing:
    description: Is something else now and then.
    type: array
    items: {type: string, format: mx-event-id}
    x-changedInMatrixVersion:
      1.2: It grew.
      1.10:
  type: {description: A word of Rust., type: string}
  pinned: {description: Has one value., type: string, enum: [m.only]}
  anything: {description: Is whatever it is.}
  raw: {description: An object of any kind., type: object}
required: [needed, needed_or_null, pinned]",
    );
}

#[test]
fn open_enum() {
    content(
        "open_enum",
        "\
type: object
properties:
  colour:
    description: |-
      What it looks like. One of:

      * `m.red`: like a [rose](/roses)
        in summer
      * `m.blue` - like the sky
      * `green`
    type: string
    enum: [m.red, m.blue, green]
required: [colour]",
    );
}

#[test]
fn values_of_a_string_that_is_not_said_to_be_one() {
    let with = |text: &str| Tree::new().message("m.test", &format!("properties:\n  one: {{{text}}}")).output().events;
    assert_eq!(with("enum: [a, b]"), with("type: string, enum: [a, b]"));
}

#[test]
fn map_by_additional_properties() {
    content(
        "map",
        "\
type: object
properties:
  weights:
    description: How heavy each one is.
    type: object
    additionalProperties: {type: integer, minimum: 0}
  people:
    type: object
    additionalProperties:
      title: Person
      type: object
      properties: {name: {type: string}}
      required: [name]",
    );
}

/// An optional object that holds others is boxed; a required one isn't, nor is one that holds none.
#[test]
fn objects_in_objects() {
    content(
        "objects_in_objects",
        "\
type: object
properties:
  picture: &picture
    title: Picture
    type: object
    properties:
      frame: {title: Frame, type: object, properties: {width: {type: integer}}}
  first: *picture
  edge: {title: Edge, type: object, properties: {width: {type: integer}}}
required: [first]",
    );
}

#[test]
fn map_by_pattern_properties() {
    content(
        "map_by_pattern",
        "\
type: object
properties:
  levels:
    type: object
    patternProperties:
      '^@': {x-pattern-format: mx-user-id, type: integer}
    additionalProperties: false
patternProperties:
  '^!': {description: What goes on in each room., type: string}",
    );
}

#[test]
fn map_by_property_names() {
    content(
        "map_by_names",
        "\
type: object
properties:
  rooms:
    type: object
    propertyNames: {format: mx-room-id}
    additionalProperties: {type: array, items: {type: string, format: mx-server-name}}",
    );
}

#[test]
fn fields_and_entries() {
    content(
        "entries",
        "\
type: object
properties:
  entries: {description: Bears the name of the map itself., type: integer}
  key: {description: Bears the name of a variable of the reader., type: string}
required: [key]",
    );
    content(
        "fields_and_entries",
        "\
type: object
properties:
  known: {type: boolean}
additionalProperties: {description: All others., type: string}",
    );
}

#[test]
fn union() {
    content(
        "union",
        "\
type: object
properties:
  one_of:
    description: A number or what it stands for.
    oneOf:
    - {type: integer}
    - {title: Meaning, type: object, properties: {text: {type: string}}}
  by_list: {type: [string, array, boolean, 'null'], items: {type: string}}
  or_null:
    anyOf:
    - {type: 'null'}
    - {type: object, additionalProperties: {type: string}}",
    );
}

#[test]
fn tagged_union() {
    let variant = |value: &str, property: &str| {
        format!(
            "\
type: object
properties:
  kind: {{type: string, enum: [{value}]}}
  body: {{description: In other words., type: string}}
  {property}
required: [kind, body]"
        )
    };
    let tree = Tree::new()
        .message(
            "m.test",
            "\
type: object
properties:
  kind: {description: Which kind it is., type: string}
  body: {description: What is shown., type: string}
required: [kind]",
        )
        .message("m.test$m.picture", &variant("m.picture", "url: {type: string, format: mx-mxc-uri}"))
        .message("m.test$m.long_text", &variant("m.long_text", "text: {type: array, items: {type: string}}"))
        .config("discriminators:\n- {at: m.test, property: kind, why: stands in the file names}\n");
    shown("tagged", &tree.output(), "test");
}

#[test]
fn shared_definition() {
    let refers = "type: object\nproperties:\n  shared: {$ref: components/thing.yaml}\n  again: {description: Another., allOf: [{$ref: components/thing.yaml}]}";
    let tree = Tree::new()
        .schema(
            "components/thing.yaml",
            "title: Thing\ndescription: Shared by two.\ntype: object\nproperties:\n  a: {type: string}\n",
        )
        .message("m.one", refers)
        .message("m.two", refers)
        .config("modules:\n- {at: components/thing.yaml, module: room::things, why: shared by both}\n");
    let output = tree.output();
    shown("shared_definition", &output, "room::things");
    shown("shared_definition_used", &output, "one");
    let things = output.ir.modules.values().flat_map(|module| &module.items).filter(|item| item.name == "Thing");
    assert_eq!(things.count(), 1, "a definition is one type, however often it is referred to");
}

#[test]
fn merge_of_all_of() {
    let tree = Tree::new()
        .schema(
            "components/base.yaml",
            "\
description: What both have.
type: object
properties:
  a: {description: First., type: number}
  b: {description: Second., type: string, maxLength: 9}
required: [a]
",
        )
        .message(
            "m.test",
            "\
allOf:
- $ref: components/base.yaml
- properties:
    b: {description: Second in a narrower sense., enum: [x, y]}
    c: {description: Third., type: boolean}
  required: [b]
properties:
  a: {type: integer}",
        );
    shown("all_of", &tree.output(), "test");
}

#[test]
fn names_that_the_code_around_knows() {
    let tree = Tree::new().message(
        "m.test",
        "\
type: object
properties:
  kind: {type: string, enum: [value, number, item]}
required: [kind]",
    );
    let rust = &tree.output().events["test.rs"];
    let imports_number = ["serde_json::Number", "serde_json::{Number"].iter().any(|import| rust.contains(import));
    assert!(!imports_number, "a variant `Number` isn't serde_json's: {rust}");
}

#[test]
fn docs() {
    let tree = Tree::new().message(
        "m.test",
        "\
type: object
properties:
  links:
    description: |
      In a [module](#instant-messaging), an [`endpoint`](/client-server-api/#get_matrix) or [elsewhere](https://example.org/a).
      Not a link: [a], [b][c] and events[0]; nor is code: `content[\"a\"]`, `<b>`, `[c](d)`.
    type: string
  angles: {description: 'Written as <key>:<value> with a < b, and Vec<u8>.', type: string}
  address: {description: 'See https://example.org/a_b, or (https://example.org/c). Also <https://example.org/d>.', type: string}
  indented:
    description: |
      First a line.

          let not = \"a test\";

      Last a line that is so long that it has to be broken between its words, since nobody reads a line that doesn't end.
    type: string
  list:
    description: |
      Consists of

      - a thing that goes on and on, further than a line of documentation should, so that it is broken and goes on below
      * another
        with a second line

      1. the first
      2. the second
    type: string
  quotes: {description: \"Has \\\"quotes\\\", a \\\\ and */ in it.\", type: string}",
    );
    shown("docs", &tree.output(), "test");
}
