//! Overrides that are wrong, or that nothing needs any more.

use expect_test::expect;

use crate::diagnosed;
use crate::support::{event, Tree};

/// An event with a field, and these overrides.
fn overridden(sections: &str) -> Tree {
    Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: string}\nrequired: [one]")
        .overrides(sections)
}

#[test]
fn entry_without_effect_is_reported() {
    let sections = "\
optional:
- at: m.test.yaml#/properties/content/properties/one
  why: the place has moved
names:
- {at: m.gone.yaml, name: Gone, why: the file has gone}
kinds:
- {events: [m.test, m.gone], kinds: to-device, why: the schema of one says so by now}
discriminators:
- {event: m.test, property: one, why: there are no variants}
";
    diagnosed(
        &overridden(sections),
        expect![[r#"
        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:2:3
          |
        2 | - at: m.test.yaml#/properties/content/properties/one
          |   ^
          = at: /optional/0/at
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:5:21
          |
        5 | - {at: m.gone.yaml, name: Gone, why: the file has gone}
          |                     ^
          = at: /names/0/name
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:7:13
          |
        7 | - {events: [m.test, m.gone], kinds: to-device, why: the schema of one says so by now}
          |             ^
          = at: /kinds/0/events/0
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:7:21
          |
        7 | - {events: [m.test, m.gone], kinds: to-device, why: the schema of one says so by now}
          |                     ^
          = at: /kinds/0/events/1
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:9:3
          |
        9 | - {event: m.test, property: one, why: there are no variants}
          |   ^
          = at: /discriminators/0
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        5 errors"#]],
    );
}

#[test]
fn addition_of_a_declared_property_is_reported() {
    let sections = "additions:\n- {to: m.test.yaml, property: one, schema: {type: string}, why: not declared}\n";
    diagnosed(
        &overridden(sections),
        expect![[r#"
        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:2:4
          |
        2 | - {to: m.test.yaml, property: one, schema: {type: string}, why: not declared}
          |    ^
          = at: /additions/0/to
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        1 error"#]],
    );
}

#[test]
fn intended_difference_without_a_difference_is_reported() {
    let place = "m.test.yaml#/allOf/1/properties/content";
    let sections = format!("second opinion:\n- {{at: '{place}', why: typify read it in another way}}\n");
    diagnosed(
        &overridden(&sections),
        expect![[r#"
        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:2:4
          |
        2 | - {at: 'm.test.yaml#/allOf/1/properties/content', why: typify read it in another way}
          |    ^
          = at: /second opinion/0/at
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        1 error"#]],
    );
}

#[test]
fn module_of_a_file_that_is_no_definition_is_reported() {
    diagnosed(
        &overridden("modules:\n- {file: m.test.yaml, module: room, why: looks better}\n"),
        expect![[r#"
        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:2:3
          |
        2 | - {file: m.test.yaml, module: room, why: looks better}
          |   ^
          = at: /modules/0
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        1 error"#]],
    );
}

#[test]
fn entry_without_why_is_reported() {
    diagnosed(
        &overridden("names:\n- at: m.test.yaml\n  name: Test\n- {at: m.test.yaml, name: T, why: ''}\n"),
        expect![[r#"
            error: an entry without a reason
              --> overrides.yaml:2:3
              |
            2 | - at: m.test.yaml
              |   ^
              = at: /names/0
              = expected: `why:` with the reason for the entry
              = help: say why the schemas can't be taken as they are

            error: an entry without a reason
              --> overrides.yaml:4:3
              |
            4 | - {at: m.test.yaml, name: T, why: ''}
              |   ^
              = at: /names/1
              = expected: `why:` with the reason for the entry
              = help: say why the schemas can't be taken as they are

            2 errors"#]],
    );
}

#[test]
fn unknown_section_is_reported() {
    diagnosed(
        &overridden("name:\n- {at: m.test.yaml, name: Test, why: looks better}\n"),
        expect![[r#"
        error: `name` isn't a section of the overrides
          --> overrides.yaml:1:1
          |
        1 | name:
          | ^
          = at: /name
          = expected: one of `prefixes`, `folders`, `kinds`, `discriminators`, `names`, `modules`, `optional`, `in use`, `formats`, `accepts`, `defaults`, `aliases`, `definitions`, `additions`, `second opinion`, `examples`, `envelopes`, `any`
          = help: did you mean `names`? codegen/src/overrides lists the sections

        1 error"#]],
    );
}

#[test]
fn unknown_key_is_reported() {
    diagnosed(
        &overridden("names:\n- {at: m.test.yaml, nam: Test, why: looks better}\n"),
        expect![[r#"
        error: an entry that gives no name
          --> overrides.yaml:2:3
          |
        2 | - {at: m.test.yaml, nam: Test, why: looks better}
          |   ^
          = at: /names/0
          = expected: `name:` for a type, `field:` for a field, or `values:` for variants
          = help: add the name, or remove the entry

        1 error"#]],
    );
}

#[test]
fn key_of_another_section_is_reported() {
    diagnosed(
        &overridden("names:\n- {at: m.test.yaml, name: Test, module: room, why: looks better}\n"),
        expect![[r#"
        error: `module` isn't a key of such an entry
          --> overrides.yaml:2:33
          |
        2 | - {at: m.test.yaml, name: Test, module: room, why: looks better}
          |                                 ^
          = at: /names/0/module
          = expected: one of `at`, `name`, `field`, `values`, `why`, `since`, `until`
          = help: codegen/src/overrides lists the keys

        1 error"#]],
    );
}

#[test]
fn entry_without_a_location_is_reported() {
    let sections = "\
optional: [{why: a test}]
kinds: [{kinds: state, why: a test}]
names: [{name: Test, why: a test}]
additions: [{property: two, schema: {}, why: a test}]
";
    diagnosed(
        &overridden(sections),
        expect![[r#"
        error: an entry without `at`
          --> overrides.yaml:1:12
          |
        1 | optional: [{why: a test}]
          |            ^
          = at: /optional/0
          = expected: `at:`
          = help: codegen/src/overrides lists the keys

        error: an entry without `events`
          --> overrides.yaml:2:9
          |
        2 | kinds: [{kinds: state, why: a test}]
          |         ^
          = at: /kinds/0
          = expected: `events:`
          = help: codegen/src/overrides lists the keys

        error: an entry without `at`
          --> overrides.yaml:3:9
          |
        3 | names: [{name: Test, why: a test}]
          |         ^
          = at: /names/0
          = expected: `at:`
          = help: codegen/src/overrides lists the keys

        error: an entry without `to`
          --> overrides.yaml:4:13
          |
        4 | additions: [{property: two, schema: {}, why: a test}]
          |             ^
          = at: /additions/0
          = expected: `to:`
          = help: codegen/src/overrides lists the keys

        4 errors"#]],
    );
}

#[test]
fn names_entry_without_a_name_is_reported() {
    diagnosed(
        &overridden("names:\n- {at: m.test.yaml, why: looks better}\n"),
        expect![[r#"
        error: an entry that gives no name
          --> overrides.yaml:2:3
          |
        2 | - {at: m.test.yaml, why: looks better}
          |   ^
          = at: /names/0
          = expected: `name:` for a type, `field:` for a field, or `values:` for variants
          = help: add the name, or remove the entry

        1 error"#]],
    );
}

#[test]
fn name_of_an_unlisted_value_is_reported() {
    let tree =
        Tree::new().message("m.test", "type: object\nproperties:\n  one: {type: string, enum: [a, b]}").overrides(
            "\
names:
- at: m.test.yaml#/allOf/1/properties/content/properties/one
  values: {a: First, c: Third}
  why: looks better
",
        );
    diagnosed(
        &tree,
        expect![[r#"
        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:3:22
          |
        3 |   values: {a: First, c: Third}
          |                      ^
          = at: /names/0/values/c
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        1 error"#]],
    );
}

#[test]
fn second_entry_for_one_property_is_reported() {
    let sections = "\
names:
- {at: m.test.yaml#/allOf/1/properties/content/properties/one, field: first, why: looks better}
- {at: m.test.yaml#/allOf/1/properties/content/properties/one, field: second, why: looks even better}
";
    diagnosed(
        &overridden(sections),
        expect![[r#"
        error: there is an entry for this already, at /names/0/field
          --> overrides.yaml:3:64
          |
        3 | - {at: m.test.yaml#/allOf/1/properties/content/properties/one, field: second, why: looks even better}
          |                                                                ^
          = at: /names/1/field
          = expected: one entry for each
          = help: remove one of them, or limit them to different releases with `since:` and `until:`

        1 error"#]],
    );
}

#[test]
fn name_that_is_no_identifier_is_reported() {
    let sections = "\
names:
- {at: m.test.yaml#/allOf/1/properties/content/properties/one, field: the one, why: looks better}
- {at: m.a.yaml, name: crate, why: looks better}
- {at: m.b.yaml, values: {a: self}, why: looks better}
modules:
- {file: m.c.yaml, module: ../../../src, why: looks better}
";
    diagnosed(
        &overridden(sections),
        expect![[r#"
        error: `the one` can't be a name in Rust
          --> overrides.yaml:2:64
          |
        2 | - {at: m.test.yaml#/allOf/1/properties/content/properties/one, field: the one, why: looks better}
          |                                                                ^
          = at: /names/0/field
          = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
          = help: write it as it is to stand in the code

        error: `crate` can't be a name in Rust
          --> overrides.yaml:3:18
          |
        3 | - {at: m.a.yaml, name: crate, why: looks better}
          |                  ^
          = at: /names/1/name
          = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
          = help: write it as it is to stand in the code

        error: `self` can't be a name in Rust
          --> overrides.yaml:4:27
          |
        4 | - {at: m.b.yaml, values: {a: self}, why: looks better}
          |                           ^
          = at: /names/2/values/a
          = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
          = help: write it as it is to stand in the code

        error: `../../../src` can't be a name in Rust
          --> overrides.yaml:6:20
          |
        6 | - {file: m.c.yaml, module: ../../../src, why: looks better}
          |                    ^
          = at: /modules/0/module
          = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
          = help: write it as it is to stand in the code

        4 errors"#]],
    );
}

#[test]
fn unknown_kind_is_reported() {
    diagnosed(
        &overridden("kinds:\n- {events: m.test, kinds: [state, account data], why: a test}\n"),
        expect![[r#"
        error: `account data` isn't a kind of event
          --> overrides.yaml:2:35
          |
        2 | - {events: m.test, kinds: [state, account data], why: a test}
          |                                   ^
          = at: /kinds/0/kinds/1
          = expected: `message-like`, `state`, `ephemeral`, `presence`, `global account data`, `room account data`, `to-device`, `edu`
          = help: a new kind needs an envelope, and an entry in codegen/src/ir.rs

        1 error"#]],
    );
}

#[test]
fn malformed_release_is_reported() {
    diagnosed(
        &overridden("names:\n- {at: m.test.yaml, name: Test, since: soon, why: a test}\n"),
        expect![[r#"
        error: found the string `soon`
          --> overrides.yaml:2:33
          |
        2 | - {at: m.test.yaml, name: Test, since: soon, why: a test}
          |                                 ^
          = at: /names/0/since
          = expected: a release of the specification, such as v1.19
          = help: correct the value

        1 error"#]],
    );
}

#[test]
fn missing_definition_is_reported() {
    let sections = "\
definitions:
- at: m.test.yaml#/allOf/1/properties/content/properties/one
  definition: api/definitions/one.yaml
  why: opaque
additions:
- {to: [m.test.yaml, m.other.yaml], property: two, definition: api/definitions/two.yaml, why: not declared}
";
    diagnosed(
        &overridden(sections).message("m.other", "type: object"),
        expect![[r#"
        error: there is no file api/definitions/one.yaml
          --> overrides.yaml:3:3
          |
        3 |   definition: api/definitions/one.yaml
          |   ^
          = at: /definitions/0/definition
          = expected: the path of a file of the tree
          = help: add the file, or correct the path

        error: there is no file api/definitions/two.yaml
          --> overrides.yaml:6:52
          |
        6 | - {to: [m.test.yaml, m.other.yaml], property: two, definition: api/definitions/two.yaml, why: not declared}
          |                                                    ^
          = at: /additions/0/definition
          = expected: the path of a file of the tree
          = help: add the file, or correct the path

        2 errors"#]],
    );
}

#[test]
fn unknown_format_is_reported() {
    let sections = "\
formats:
- at: m.test.yaml#/allOf/1/properties/content/properties/one
  format: mx-room
  why: in the prose
";
    diagnosed(
        &overridden(sections),
        expect![[r#"
            error: `mx-room` isn't a format that the generator understands
              --> overrides.yaml:3:3
              |
            3 |   format: mx-room
              |   ^
              = at: /formats/0/format
              = expected: one of `mx-user-id`, `mx-room-id`, `mx-event-id`, `mx-room-alias`, `mx-server-name`, `mx-mxc-uri`, `mx-unpadded-base64`, `mx-urlsafe-unpadded-base64`, `uri`, `int64`, `float`
              = help: a new format of the specification needs a type in runtime/src/identifiers and an entry in codegen/src/schema

            1 error"#]],
    );
}

#[test]
fn addition_to_a_string_is_reported() {
    let sections = "\
additions:
- to: m.test.yaml#/allOf/1/properties/content/properties/one
  property: two
  schema: {type: string}
  why: not declared
";
    diagnosed(
        &overridden(sections),
        expect![[r#"
        error: `two` is added to event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one, which is no object
          --> overrides.yaml:4:3
          |
        4 |   schema: {type: string}
          |   ^
          = at: /additions/0/schema
          = expected: the place of an object, or the file of an event
          = help: correct the `to:` of the entry

        1 error"#]],
    );
}

#[test]
fn envelope_with_a_missing_schema_is_reported() {
    let mut tree = overridden("");
    tree.has_core_overrides = false;
    tree.overrides =
        "envelopes:\n- {name: RoomEvent, kind: message-like, schema: core-event-schema/room_evnt.yaml, why: a test}\n"
            .to_owned();
    diagnosed(
        &tree,
        expect![[r#"
        error: there is no file event-schemas/schema/core-event-schema/room_evnt.yaml
          --> overrides.yaml:2:41
          |
        2 | - {name: RoomEvent, kind: message-like, schema: core-event-schema/room_evnt.yaml, why: a test}
          |                                         ^
          = at: /envelopes/0/schema
          = expected: the path of a file of the tree
          = help: is event-schemas/schema/core-event-schema/room_event.yaml meant?

        1 error"#]],
    );
}

#[test]
fn section_that_is_a_map_is_reported() {
    diagnosed(
        &overridden("names: {m.test.yaml: Test}\n"),
        expect![[r#"
        error: found a map
          --> overrides.yaml:1:1
          |
        1 | names: {m.test.yaml: Test}
          | ^
          = at: /names
          = expected: a list of entries
          = help: correct the value

        1 error"#]],
    );
}

#[test]
fn entry_that_is_a_string_is_reported() {
    diagnosed(
        &overridden("names:\n- m.test.yaml\n"),
        expect![[r#"
        error: found the string `m.test.yaml`
          --> overrides.yaml:2:3
          |
        2 | - m.test.yaml
          |   ^
          = at: /names/0
          = expected: an entry: a map with `why:` and what it is about
          = help: correct the value

        1 error"#]],
    );
}

#[test]
fn entry_without_effect_in_an_unknown_release_is_a_note() {
    let mut tree = overridden("optional:\n- {at: m.gone.yaml#/properties/one, why: gone}\n");
    tree.release = None;
    let notes = tree.output().notes;
    tree.assert_placed(&notes);
    assert_eq!(notes.iter().map(|note| note.origin.pointer.as_str()).collect::<Vec<_>>(), ["/optional/0/at"]);
}

#[test]
fn entry_for_another_release_is_ignored() {
    let sections = "\
optional:
- {at: m.gone.yaml#/properties/one, since: '1.20', why: not there yet}
- {at: m.gone.yaml#/properties/two, until: '1.9', why: 'gone: 1.9 is before 1.19'}
kinds:
- {events: m.kind, kinds: to-device, since: 1.10, until: '1.19', why: both ends count}
";
    let tree = overridden(sections).schema("m.kind.yaml", event("m.kind", "event.yaml", "type: object"));
    assert!(tree.output().notes.is_empty());
}

#[test]
fn overrides_with_only_a_comment_are_empty() {
    let mut tree = overridden("");
    tree.files.retain(|path, _| !path.ends_with("state_event.yaml"));
    tree.has_core_overrides = false;
    tree.overrides = "# Nothing here.\n".to_owned();
    assert_eq!(tree.output().ir.events.len(), 1);
}

const TWO_FIELDS: &str = "type: object\nproperties:\n  one: {type: string}\n  two: {type: string}";

fn aliased(entries: &str) -> Tree {
    Tree::new().message("m.test", TWO_FIELDS).overrides(&format!("aliases:\n{entries}"))
}

#[test]
fn alias_that_is_a_property_is_reported() {
    let at = "m.test.yaml#/allOf/1/properties/content/properties";
    diagnosed(
        &aliased(&format!("- {{at: '{at}/one', names: two, why: a test}}\n")),
        expect![[r#"
        error: `two` is the name of a property already
          --> overrides.yaml:2:66
          |
        2 | - {at: 'm.test.yaml#/allOf/1/properties/content/properties/one', names: two, why: a test}
          |                                                                  ^
          = at: /aliases/0/names
          = expected: a name that nothing else in the object has
          = help: remove the name, or the other one

        1 error"#]],
    );
    diagnosed(
        &aliased(&format!("- {{at: ['{at}/one', '{at}/two'], names: other, why: a test}}\n")),
        expect![[r#"
        error: `other` is the name of a property already
          --> overrides.yaml:2:126
          |
        2 | - {at: ['m.test.yaml#/allOf/1/properties/content/properties/one', 'm.test.yaml#/allOf/1/properties/content/properties/two'], names: other, why: a test}
          |                                                                                                                              ^
          = at: /aliases/0/names
          = expected: a name that nothing else in the object has
          = help: remove the name, or the other one

        1 error"#]],
    );
}

#[test]
fn alias_of_a_missing_property_is_reported() {
    diagnosed(
        &aliased("- {at: 'm.test.yaml#/properties/gone', names: other, why: a test}\n"),
        expect![[r#"
        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:2:4
          |
        2 | - {at: 'm.test.yaml#/properties/gone', names: other, why: a test}
          |    ^
          = at: /aliases/0/at
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        1 error"#]],
    );
}

#[test]
fn alias_that_is_an_event_type_is_reported() {
    let any = "any:\n- {name: AnyTimelineEvent, description: Any., envelopes: RoomEvent, why: a test}\n";
    let two = |entries: &str| aliased(entries).message("m.other", "type: object").overrides(any);
    diagnosed(
        &two("- {at: [m.test.yaml, m.other.yaml], names: org.test, why: a test}\n"),
        expect![[r#"
        error: `org.test` is a type of two events, `m.other` and `m.test`
          --> event-schemas/schema/m.test.yaml
          = expected: types that each belong to one event of a place
          = help: correct the `enum` of the `type`, or the entry under `aliases` in overrides.yaml

        1 error"#]],
    );
    diagnosed(
        &two("- {at: m.test.yaml, names: m.other, why: a test}\n"),
        expect![[r#"
        error: `m.other` is a type of two events, `m.other` and `m.test`
          --> event-schemas/schema/m.test.yaml
          = expected: types that each belong to one event of a place
          = help: correct the `enum` of the `type`, or the entry under `aliases` in overrides.yaml

        1 error"#]],
    );
    diagnosed(
        &two("- {at: m.test.yaml, names: m.test, why: a test}\n"),
        expect![[r#"
        error: `m.test` is a type of this event already
          --> overrides.yaml:2:21
          |
        2 | - {at: m.test.yaml, names: m.test, why: a test}
          |                     ^
          = at: /aliases/0/names
          = expected: a type that its schema doesn't allow
          = help: remove the name

        1 error"#]],
    );
}

#[test]
fn alias_of_a_field_next_to_content_is_reported() {
    let text = crate::support::event("m.test", "room_event.yaml", "type: object") + "    redacts: {type: string}\n";
    let entry = "aliases:\n- {at: 'm.test.yaml#/allOf/1/properties/redacts', names: other, why: a test}\n";
    diagnosed(
        &Tree::new().schema("m.test.yaml", text).overrides(entry),
        expect![[r#"
        error: a member beside the content has other names in overrides.yaml
          --> event-schemas/schema/m.test.yaml:9:5
          |
        9 |     redacts: {type: string}
          |     ^
          = at: /allOf/1/properties/redacts
          = expected: other names for members of the content, or of objects in it
          = help: remove the entry under `aliases`; support for it belongs in codegen/src/emit/top_level.rs

        1 error"#]],
    );
}
