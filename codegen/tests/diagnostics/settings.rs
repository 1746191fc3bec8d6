//! Diagnostics of wrong values in settings.

use expect_test::expect;

use crate::diagnosed;
use crate::support::Tree;

fn tree() -> Tree {
    let text = "type: object\nproperties:\n  one: {type: string}\n  kind: {type: string, enum: [first, second]}\n  inner: {title: Inner, type: object, properties: {a: {type: string}}}\nrequired: [one]";
    Tree::new().message("m.test", text)
}

#[test]
fn places_that_do_not_exist_are_reported_with_a_suggestion() {
    let entries = "\
optional:
- {at: m.test.yaml content.oen, seen-in: history, why: a test}
- {at: m.test content.one, seen-in: history, why: a test}
- {at: 'm.test.yaml#/properties/content/properties/one', seen-in: history, why: a test}
- {at: spec/event-schemas/schema/m.test.yaml content.one, seen-in: history, why: a test}
- {at: m.test.yaml content.nothing.like.it, seen-in: history, why: a test}
- {at: content.one, seen-in: history, why: a test}
";
    diagnosed(
        &tree().overrides(entries),
        expect![[r#"
            error: this entry changes nothing in v1.19: event-schemas/schema/m.test.yaml has no property `content.oen`
             --> overrides.yaml:2:4
              |
            2 | - {at: m.test.yaml content.oen, seen-in: history, why: a test}
              |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/0/at
              = expected: one of the paths `content.one`, `content.kind`, `content.inner`
              = help: write `m.test.yaml content.one`, or remove the entry

            error: this entry changes nothing in v1.19: there is no file event-schemas/schema/m.test
             --> overrides.yaml:3:4
              |
            3 | - {at: m.test content.one, seen-in: history, why: a test}
              |    ^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/1/at
              = expected: a file, and the path of a property, such as `m.room.topic.yaml content.topic`
              = help: write `m.test.yaml content.one`, or remove the entry

            error: this entry changes nothing in v1.19: there is no file event-schemas/schema/m.test.yaml#/properties/content/properties/one
             --> overrides.yaml:4:4
              |
            4 | - {at: 'm.test.yaml#/properties/content/properties/one', seen-in: history, why: a test}
              |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/2/at
              = expected: a file, and the path of a property, such as `m.room.topic.yaml content.topic`
              = help: write `m.test.yaml content.one`, or remove the entry

            error: this entry changes nothing in v1.19: there is no file event-schemas/schema/spec/event-schemas/schema/m.test.yaml
             --> overrides.yaml:5:4
              |
            5 | - {at: spec/event-schemas/schema/m.test.yaml content.one, seen-in: history, why: a test}
              |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/3/at
              = expected: a file, and the path of a property, such as `m.room.topic.yaml content.topic`
              = help: write `m.test.yaml content.one`, or remove the entry

            error: this entry changes nothing in v1.19: event-schemas/schema/m.test.yaml has no property `content.nothing.like.it`
             --> overrides.yaml:6:4
              |
            6 | - {at: m.test.yaml content.nothing.like.it, seen-in: history, why: a test}
              |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/4/at
              = expected: one of the paths `content.one`, `content.kind`, `content.inner`
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: there is no file event-schemas/schema/content.one
             --> overrides.yaml:7:4
              |
            7 | - {at: content.one, seen-in: history, why: a test}
              |    ^^^^^^^^^^^^^^^
              |
              = at: /optional/5/at
              = expected: a file, and the path of a property, such as `m.room.topic.yaml content.topic`
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            6 errors"#]],
    );
}

#[test]
fn misspelt_event_type_kind_section_and_module_are_reported_with_a_suggestion() {
    let entries = "\
kinds:
- {at: m.tset.yaml, kinds: state, why: a test}
discriminators:
- {at: m.tset, property: one, why: a test}
server-members:
- {of: m.tset, names: one, why: a test}
module-docs:
- {module: tset, description: A test., why: a test}
";
    diagnosed(
        &tree().config(entries),
        expect![[r#"
            error: this entry changes nothing in v1.19: there is no event `m.tset.yaml`
             --> codegen.yaml:2:4
              |
            2 | - {at: m.tset.yaml, kinds: state, why: a test}
              |    ^^^^^^^^^^^^^^^
              |
              = at: /kinds/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: write `m.test`, or remove the entry

            error: this entry changes nothing in v1.19: there is no event `m.tset`
             --> codegen.yaml:4:4
              |
            4 | - {at: m.tset, property: one, why: a test}
              |    ^^^^^^^^^^
              |
              = at: /discriminators/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: write `m.test`, or remove the entry

            error: this entry changes nothing in v1.19: there is no event `m.tset`
             --> codegen.yaml:6:4
              |
            6 | - {of: m.tset, names: one, why: a test}
              |    ^^^^^^^^^^
              |
              = at: /server-members/0/of
              = expected: an entry that changes the schemas or the types of the release
              = help: write `m.test`, or remove the entry

            error: this entry changes nothing in v1.19: there is no module `tset`
             --> codegen.yaml:8:4
              |
            8 | - {module: tset, description: A test., why: a test}
              |    ^^^^^^^^^^^^
              |
              = at: /module-docs/0/module
              = expected: an entry that changes the schemas or the types of the release
              = help: write `test`, or remove the entry

            4 errors"#]],
    );
    let entries = "kinds: [{at: m.test, kinds: sttae, why: a test}]\nnaems: []\nmodules: [{at: m.test.yaml content.inner, module: room/x, why: a test}]\n";
    diagnosed(
        &tree().config(entries),
        expect![[r#"
            error: unknown kind of event `sttae`
             --> codegen.yaml:1:22
              |
            1 | kinds: [{at: m.test, kinds: sttae, why: a test}]
              |                      ^^^^^^^^^^^^
              |
              = at: /kinds/0/kinds
              = expected: one of `message-like`, `state`, `ephemeral`, `presence`, `global-account-data`, `room-account-data`, `to-device`, `edu`
              = help: write `state`

            error: unknown section `naems`
             --> codegen.yaml:2:1
              |
            2 | naems: []
              | ^^^^^^^^^
              |
              = at: /naems
              = expected: one of `prefixes`, `folders`, `features`, `kinds`, `discriminators`, `names`, `modules`, `same-as`, `module-docs`, `envelopes`, `server-members`, `any`, `contents`, `roots`
              = help: write `names` in place of `naems`. Otherwise, remove `naems`

            error: `room/x` is not a valid Rust name
             --> codegen.yaml:3:43
              |
            3 | modules: [{at: m.test.yaml content.inner, module: room/x, why: a test}]
              |                                           ^^^^^^^^^^^^^^
              |
              = at: /modules/0/module
              = expected: ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`
              = help: write `room::x`

            3 errors"#]],
    );
}

#[test]
fn section_of_the_other_file_is_reported() {
    let tree = tree()
        .config("optional: [{at: m.test.yaml content.one, seen-in: history, why: a test}]\n")
        .overrides("names: []\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: the section `optional` is in the wrong file
             --> codegen.yaml:1:1
              |
            1 | optional: [{at: m.test.yaml content.one, seen-in: history, why: a test}]
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional
              = expected: one of `prefixes`, `folders`, `features`, `kinds`, `discriminators`, `names`, `modules`, `same-as`, `module-docs`, `envelopes`, `server-members`, `any`, `contents`, `roots`
              = help: move the section to overrides.yaml

            error: the section `names` is in the wrong file
             --> overrides.yaml:1:1
              |
            1 | names: []
              | ^^^^^^^^^
              |
              = at: /names
              = expected: one of `fixes`, `additions`, `definitions`, `optional`, `required`, `kept-by-redaction`, `secret`, `in-use`, `formats`, `key-formats`, `accepts`, `values`, `integers`, `any-key`, `defaults`, `aliases`, `event-types`, `cross-check`, `examples`, `inline-examples`
              = help: move the section to codegen.yaml

            2 errors"#]],
    );
}

#[test]
fn empty_and_repeated_values_are_reported() {
    let entries = "\
optional:
- {at: [], seen-in: history, why: a test}
- {at: '', seen-in: history, why: a test}
- {at: [m.test.yaml content.one, m.test.yaml content.one], seen-in: history, why: a test}
aliases:
- {at: m.test.yaml content.one, names: [], why: a test}
";
    let config = "module-docs: [{module: test, description: ' ', why: a test}]\nnames: [{at: m.test.yaml content.kind, values: {}, why: a test}]\n";
    diagnosed(
        &tree().overrides(entries).config(config),
        expect![[r#"
            error: expected a string, found an empty string
             --> codegen.yaml:1:30
              |
            1 | module-docs: [{module: test, description: ' ', why: a test}]
              |                              ^^^^^^^^^^^^^^^^
              |
              = at: /module-docs/0/description
              = help: write a value, or remove the entry

            error: expected a map from values to names, found an empty map
             --> codegen.yaml:2:40
              |
            2 | names: [{at: m.test.yaml content.kind, values: {}, why: a test}]
              |                                        ^^^^^^^^^^
              |
              = at: /names/0/values
              = help: write a map such as `values: {m.text: Text}`, or remove `values`

            error: expected a string or a list of strings, found an empty list
             --> overrides.yaml:2:4
              |
            2 | - {at: [], seen-in: history, why: a test}
              |    ^^^^^^
              |
              = at: /optional/0/at
              = help: write a value, or remove the entry

            error: expected a string, found an empty string
             --> overrides.yaml:3:4
              |
            3 | - {at: '', seen-in: history, why: a test}
              |    ^^^^^^
              |
              = at: /optional/1/at
              = help: write a value, or remove the entry

            error: expected each value once, found `m.test.yaml content.one` for the second time
             --> overrides.yaml:4:34
              |
            4 | - {at: [m.test.yaml content.one, m.test.yaml content.one], seen-in: history, why: a test}
              |                                  ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/2/at/1
              = other place: overrides.yaml:4:9
              = help: remove one of the two values

            error: expected a string or a list of strings, found an empty list
             --> overrides.yaml:6:33
              |
            6 | - {at: m.test.yaml content.one, names: [], why: a test}
              |                                 ^^^^^^^^^
              |
              = at: /aliases/0/names
              = help: write a value, or remove the entry

            6 errors"#]],
    );
}

#[test]
fn since_after_until_is_reported() {
    let entry =
        "optional:\n- {at: m.test.yaml content.one, since: '1.20', until: '1.3', seen-in: history, why: a test}\n";
    diagnosed(
        &tree().overrides(entry),
        expect![[r#"
            error: the entry applies to no release: `since` v1.20 is after `until` v1.3
             --> overrides.yaml:2:33
              |
            2 | - {at: m.test.yaml content.one, since: '1.20', until: '1.3', seen-in: history, why: a test}
              |                                 ^^^^^^^^^^^^^
              |
              = at: /optional/0/since
              = expected: a first release that is not after the last release
              = help: write `since: "1.3"` and `until: "1.20"`, or remove the entry

            1 error"#]],
    );
}

#[test]
fn unknown_key_is_reported_next_to_other_errors() {
    let entries = "\
optional:
- {at: m.test.yaml content.one, wyh: a test}
- {at: m.test.yaml content.kind, since: '1.20', reason: a test, seen-in: history, why: a test}
formats:
- {at: m.test.yaml content.one, fromat: mx-user-id, why: a test}
";
    diagnosed(
        &tree().overrides(entries),
        expect![[r#"
            error: the entry has no `why`
             --> overrides.yaml:2:3
              |
            2 | - {at: m.test.yaml content.one, wyh: a test}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/0
              = expected: `why:` with the reason for the entry
              = help: add a reason, such as `why: section Forming relationships between events`

            error: the entry has no basis
             --> overrides.yaml:2:3
              |
            2 | - {at: m.test.yaml content.one, wyh: a test}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/0
              = expected: `allowed-by: prose` with `clause:`, or `seen-in: history`
              = help: write `allowed-by: prose` and the section, such as `clause: client-server-api/#mroomname`, if the specification allows the values. Otherwise, write `seen-in: history`

            error: unknown key `wyh`
             --> overrides.yaml:2:33
              |
            2 | - {at: m.test.yaml content.one, wyh: a test}
              |                                 ^^^^^^^^^^^
              |
              = at: /optional/0/wyh
              = expected: one of `at`, `allowed-by`, `clause`, `seen-in`, `why`, `since`, `until`
              = help: write `why` in place of `wyh`. Otherwise, remove `wyh`

            error: unknown key `reason`
             --> overrides.yaml:3:49
              |
            3 | - {at: m.test.yaml content.kind, since: '1.20', reason: a test, seen-in: history, why: a test}
              |                                                 ^^^^^^^^^^^^^^
              |
              = at: /optional/1/reason
              = expected: one of `at`, `allowed-by`, `clause`, `seen-in`, `why`, `since`, `until`
              = help: remove `reason`

            error: the entry has no `format`
             --> overrides.yaml:5:3
              |
            5 | - {at: m.test.yaml content.one, fromat: mx-user-id, why: a test}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /formats/0
              = expected: an entry with the key `format`
              = help: add `format: …` to the entry

            error: unknown key `fromat`
             --> overrides.yaml:5:33
              |
            5 | - {at: m.test.yaml content.one, fromat: mx-user-id, why: a test}
              |                                 ^^^^^^^^^^^^^^^^^^
              |
              = at: /formats/0/fromat
              = expected: one of `at`, `format`, `why`, `since`, `until`
              = help: write `format` in place of `fromat`. Otherwise, remove `fromat`

            6 errors"#]],
    );
}

#[test]
fn addition_with_two_schemas_or_a_declared_property_is_reported() {
    let entries = "\
additions:
- {at: m.test.yaml content, property: two, definition: api/two.yaml, schema: {type: string}, why: a test}
";
    diagnosed(
        &tree().overrides(entries),
        expect![[r#"
        error: the entry has both `definition` and `schema`
         --> overrides.yaml:2:70
          |
        2 | - {at: m.test.yaml content, property: two, definition: api/two.yaml, schema: {type: string}, why: a test}
          |                                                                      ^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /additions/0/schema
          = expected: `definition:` with a file of the tree, or `schema:` with a schema
          = help: remove one of the two keys

        1 error"#]],
    );
    let entries = "\
additions:
- {at: m.test.yaml content, property: one, schema: {type: string}, why: a test}
optional:
- {at: m.test.yaml content.one, seen-in: history, why: a test}
";
    diagnosed(
        &tree().overrides(entries),
        expect![[r#"
        error: this entry changes nothing in v1.19: the schema declares the property `one`
         --> overrides.yaml:2:29
          |
        2 | - {at: m.test.yaml content, property: one, schema: {type: string}, why: a test}
          |                             ^^^^^^^^^^^^^
          |
          = at: /additions/0/property
          = expected: an entry that changes the schemas or the types of the release
          = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

        1 error"#]],
    );
}

#[test]
fn default_that_the_schema_does_not_allow_is_reported() {
    let entries = "\
defaults:
- {at: m.test.yaml content.kind, value: frist, why: a test}
- {at: m.test.yaml content.inner.a, value: 5, why: a test}
";
    diagnosed(
        &tree().overrides(entries),
        expect![[r#"
        error: invalid default of m.test.yaml content.kind: the `enum` has no value `frist`
         --> overrides.yaml:2:34
          |
        2 | - {at: m.test.yaml content.kind, value: frist, why: a test}
          |                                  ^^^^^^^^^^^^
          |
          = at: /defaults/0/value
          = expected: one of `first`, `second`
          = help: write `value: first`, or remove the entry

        error: invalid default of m.test.yaml content.inner.a: `5` is not a string
         --> overrides.yaml:3:37
          |
        3 | - {at: m.test.yaml content.inner.a, value: 5, why: a test}
          |                                     ^^^^^^^^
          |
          = at: /defaults/1/value
          = expected: a string
          = help: write a string, such as `value: "5"`, or remove the entry

        2 errors"#]],
    );
}

#[test]
fn name_or_module_that_is_the_default_is_reported() {
    let entries = "\
names:
- {at: m.test.yaml content.inner, name: Inner, field: inner, why: a test}
- {at: m.test.yaml content.kind, values: {first: First, second: Other}, why: a test}
modules:
- {at: m.test.yaml content.inner, module: test, why: a test}
";
    diagnosed(
        &tree().config(entries),
        expect![[r#"
        error: this entry changes nothing in v1.19: the type of m.test.yaml content.inner has the name `Inner` by default
         --> codegen.yaml:2:35
          |
        2 | - {at: m.test.yaml content.inner, name: Inner, field: inner, why: a test}
          |                                   ^^^^^^^^^^^
          |
          = at: /names/0/name
          = expected: an entry that changes the schemas or the types of the release
          = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

        error: this entry changes nothing in v1.19: the field of m.test.yaml content.inner has the name `inner` by default
         --> codegen.yaml:2:48
          |
        2 | - {at: m.test.yaml content.inner, name: Inner, field: inner, why: a test}
          |                                                ^^^^^^^^^^^^
          |
          = at: /names/0/field
          = expected: an entry that changes the schemas or the types of the release
          = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

        error: this entry changes nothing in v1.19: the variant for `first` has the name `First` by default
         --> codegen.yaml:3:43
          |
        3 | - {at: m.test.yaml content.kind, values: {first: First, second: Other}, why: a test}
          |                                           ^^^^^^^^^^^^
          |
          = at: /names/1/values/first
          = expected: an entry that changes the schemas or the types of the release
          = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

        error: this entry changes nothing in v1.19: the type of m.test.yaml content.inner is in the module `test` by default
         --> codegen.yaml:5:4
          |
        5 | - {at: m.test.yaml content.inner, module: test, why: a test}
          |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /modules/0/at
          = expected: an entry that changes the schemas or the types of the release
          = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

        4 errors"#]],
    );
}

#[test]
fn name_that_another_item_has_is_reported_at_the_entry() {
    let entries = "\
names:
- {at: m.test.yaml content.inner, name: TestEventContent, field: one, why: a test}
- {at: m.test.yaml content.kind, values: {first: Second}, why: a test}
- {at: m.test.yaml content.one, field: extra, why: a test}
";
    diagnosed(
        &tree().config(entries),
        expect![[r#"
            error: duplicate name `Second`
             --> codegen.yaml:3:43
              |
            3 | - {at: m.test.yaml content.kind, values: {first: Second}, why: a test}
              |                                           ^^^^^^^^^^^^^
              |
              = at: /names/1/values/first
              = other place: event-schemas/schema/m.test.yaml:11:44
              = expected: different names
              = help: write another name

            error: `extra` is a reserved field name: the type has it for undeclared members
             --> codegen.yaml:4:33
              |
            4 | - {at: m.test.yaml content.one, field: extra, why: a test}
              |                                 ^^^^^^^^^^^^
              |
              = at: /names/2/field
              = expected: a name other than `extra`
              = help: write another name

            2 errors"#]],
    );
    let entries = "names:\n- {at: m.test.yaml content.inner, name: TestEventContent, why: a test}\n";
    diagnosed(
        &tree().config(entries),
        expect![[r#"
            error: duplicate name `TestEventContent`
             --> codegen.yaml:2:35
              |
            2 | - {at: m.test.yaml content.inner, name: TestEventContent, why: a test}
              |                                   ^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /names/0/name
              = other place: event-schemas/schema/m.test.yaml:7:5
              = expected: different names
              = help: write another name

            1 error"#]],
    );
    let entries = "names:\n- {at: m.test.yaml content.kind, values: {first: Unknown}, why: a test}\n";
    diagnosed(
        &tree().config(entries),
        expect![[r#"
        error: `Unknown` is a reserved variant name: open enums have it for other values
         --> codegen.yaml:2:43
          |
        2 | - {at: m.test.yaml content.kind, values: {first: Unknown}, why: a test}
          |                                           ^^^^^^^^^^^^^^
          |
          = at: /names/0/values/first
          = expected: a name other than `Unknown`
          = help: write another name

        1 error"#]],
    );
}

#[test]
fn entry_about_a_field_without_a_rust_field_is_reported() {
    let entries = "\
optional: [{at: m.test.yaml content, seen-in: history, why: a test}]
aliases: [{at: core-event-schema/sync_room_event.yaml event_id, names: id, why: a test}]
event-types: [{at: m.test.yaml content, type: m.other, why: a test}]
";
    diagnosed(
        &tree().overrides(entries),
        expect![[r#"
            error: this entry changes nothing in v1.19: the property has no Rust field
             --> overrides.yaml:1:13
              |
            1 | optional: [{at: m.test.yaml content, seen-in: history, why: a test}]
              |             ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: event-schemas/schema/core-event-schema/sync_room_event.yaml has no property `event_id`
             --> overrides.yaml:2:12
              |
            2 | aliases: [{at: core-event-schema/sync_room_event.yaml event_id, names: id, why: a test}]
              |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /aliases/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the place is not the schema of an event
             --> overrides.yaml:3:16
              |
            3 | event-types: [{at: m.test.yaml content, type: m.other, why: a test}]
              |                ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /event-types/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            3 errors"#]],
    );
}

#[test]
fn alias_of_a_discriminator_is_reported() {
    let variant = "type: object\nproperties:\n  kind: {type: string, enum: [a]}\n  more: {type: string}";
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .message("m.test$a", variant)
        .config("discriminators: [{at: m.test, property: kind, why: a test}]\n")
        .overrides("aliases: [{at: m.test.yaml content.kind, names: org.kind, why: a test}]\n");
    diagnosed(
        &tree,
        expect![[r#"
        error: unsupported aliases of `kind`, which distinguishes the variants of the event
         --> overrides.yaml:1:42
          |
        1 | aliases: [{at: m.test.yaml content.kind, names: org.kind, why: a test}]
          |                                          ^^^^^^^^^^^^^^^
          |
          = at: /aliases/0/names
          = expected: aliases of other properties
          = help: remove the entry under `aliases` in overrides.yaml, or support it in codegen/src/lower/content.rs

        1 error"#]],
    );
}

#[test]
fn misspelt_discriminator_is_reported_at_the_entry() {
    let variant = "type: object\nproperties:\n  kind: {type: string, enum: [a]}\n  more: {type: string}";
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .message("m.test$a", variant)
        .config("discriminators: [{at: m.test, property: knid, why: a test}]\n");
    diagnosed(
        &tree,
        expect![[r#"
        error: no schema of `m.test` fixes a value of `knid`
         --> codegen.yaml:1:31
          |
        1 | discriminators: [{at: m.test, property: knid, why: a test}]
          |                               ^^^^^^^^^^^^^^
          |
          = at: /discriminators/0/property
          = expected: a property of the content with an `enum` of one value in each schema of a variant
          = help: write `property: kind`

        1 error"#]],
    );
}

#[test]
fn entry_for_a_schema_without_an_example_is_reported() {
    let text = "type: object\nproperties:\n  one: {type: string, example: 5}\n  two: {type: string}";
    let entries = "inline-examples: [{at: [m.test.yaml content.one, m.test.yaml content.two], why: a test}]\n";
    diagnosed(
        &Tree::new().message("m.test", text).overrides(entries),
        expect![[r#"
        error: this entry changes nothing in v1.19: the schema has no example
         --> overrides.yaml:1:50
          |
        1 | inline-examples: [{at: [m.test.yaml content.one, m.test.yaml content.two], why: a test}]
          |                                                  ^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /inline-examples/0/at/1
          = expected: an entry that changes the schemas or the types of the release
          = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

        1 error"#]],
    );
}

#[test]
fn link_without_a_target_is_reported() {
    let entry = "module-docs: [{module: test, description: 'See [`Inenr`], [all](crate::tset) and [it](crate::test::Inner).', why: a test}]\n";
    diagnosed(
        &tree().config(entry),
        expect![[r#"
        error: the link `Inenr` has no target
         --> codegen.yaml:1:30
          |
        1 | module-docs: [{module: test, description: 'See [`Inenr`], [all](crate::tset) and [it](crate::test::Inner).', why: a test}]
          |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /module-docs/0/description
          = expected: a path relative to the module, or a path that begins with `crate::`
          = help: write `Inner`

        error: the link `crate::tset` has no target
         --> codegen.yaml:1:30
          |
        1 | module-docs: [{module: test, description: 'See [`Inenr`], [all](crate::tset) and [it](crate::test::Inner).', why: a test}]
          |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /module-docs/0/description
          = expected: a path relative to the module, or a path that begins with `crate::`
          = help: write `crate::test`

        2 errors"#]],
    );
}

#[test]
fn invalid_prefix_folder_and_envelope_are_reported() {
    let entries = "\
prefixes: [{prefix: [m.te, m.], why: a test}]
folders: [{at: event-schemas/schmea, kind: edu, module: edu, section: 'https://spec.matrix.org/v1.19/server-server-api/#edus', why: a test}]
any:
- {name: Vec, description: Any., envelopes: RoomEvent, why: a test}
- {name: AnyOne, description: Any., envelopes: RoomEvent, sync: AnyOne, why: a test}
";
    diagnosed(
        &tree().config(entries),
        expect![[r#"
        error: `m.te` is not a valid prefix
         --> codegen.yaml:1:22
          |
        1 | prefixes: [{prefix: [m.te, m.], why: a test}]
          |                      ^^^^
          |
          = at: /prefixes/0/prefix/0
          = expected: a prefix that ends in `.`, other than `m.`, which all names omit
          = help: write `m.te.`

        error: expected a section of the specification, found the URL `https://spec.matrix.org/v1.19/server-server-api/#edus`
         --> codegen.yaml:2:62
          |
        2 | folders: [{at: event-schemas/schmea, kind: edu, module: edu, section: 'https://spec.matrix.org/v1.19/server-server-api/#edus', why: a...
          |                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /folders/0/section
          = expected: a path below the release, such as `server-server-api/#edus`
          = help: write `server-server-api/#edus`

        error: `Vec` is a reserved type name: emitted code uses it
         --> codegen.yaml:4:4
          |
        4 | - {name: Vec, description: Any., envelopes: RoomEvent, why: a test}
          |    ^^^^^^^^^
          |
          = at: /any/0/name
          = expected: a name other than `Box`, `Into`, `Option`, `Result`, `String`, `Vec`
          = help: write another name

        error: `AnyOne` refers to itself
         --> codegen.yaml:5:59
          |
        5 | - {name: AnyOne, description: Any., envelopes: RoomEvent, sync: AnyOne, why: a test}
          |                                                           ^^^^^^^^^^^^
          |
          = at: /any/1/sync
          = expected: the name of another enum
          = help: write the name of another enum, or remove `sync`

        4 errors"#]],
    );
}
