//! Diagnostics of invalid entries in settings, and of entries without effect.

use expect_test::expect;

use crate::diagnosed;
use crate::support::{event, Tree};

/// Returns a tree with an event that has one field, and corrections.
fn overridden(sections: &str) -> Tree {
    Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: string}\nrequired: [one]")
        .overrides(sections)
}

/// Returns a tree with an event that has one field, and configuration.
fn configured(sections: &str) -> Tree {
    overridden("").config(sections)
}

#[test]
fn entry_without_effect_is_reported() {
    let sections = "\
optional:
- at: m.test.yaml content.won
  seen-in: history
  why: the place has moved
";
    let config = "\
names:
- {at: m.gone.yaml, name: Gone, why: the file has gone}
kinds:
- {at: [m.test, m.gone], kinds: to-device, why: the schema of one says so by now}
discriminators:
- {at: m.test, property: one, why: there are no variants}
";
    diagnosed(
        &overridden(sections).config(config),
        expect![[r#"
            error: this entry changes nothing in v1.19: there is no file event-schemas/schema/m.gone.yaml
             --> codegen.yaml:2:4
              |
            2 | - {at: m.gone.yaml, name: Gone, why: the file has gone}
              |    ^^^^^^^^^^^^^^^
              |
              = at: /names/0/at
              = expected: a file, and the path of a property, such as `m.room.topic.yaml content.topic`
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the schema of `m.test` states the kind
             --> codegen.yaml:4:9
              |
            4 | - {at: [m.test, m.gone], kinds: to-device, why: the schema of one says so by now}
              |         ^^^^^^
              |
              = at: /kinds/0/at/0
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: there is no event `m.gone`
             --> codegen.yaml:4:17
              |
            4 | - {at: [m.test, m.gone], kinds: to-device, why: the schema of one says so by now}
              |                 ^^^^^^
              |
              = at: /kinds/0/at/1
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: `m.test` has no variants
             --> codegen.yaml:6:4
              |
            6 | - {at: m.test, property: one, why: there are no variants}
              |    ^^^^^^^^^^
              |
              = at: /discriminators/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: event-schemas/schema/m.test.yaml has no property `content.won`
             --> overrides.yaml:2:3
              |
            2 | - at: m.test.yaml content.won
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/0/at
              = expected: one of the paths `content.one`
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            5 errors"#]],
    );
}

#[test]
fn addition_of_a_declared_property_is_reported() {
    let sections =
        "additions:\n- {at: m.test.yaml content, property: one, schema: {type: string}, why: not declared}\n";
    diagnosed(
        &overridden(sections),
        expect![[r#"
            error: this entry changes nothing in v1.19: the schema declares the property `one`
             --> overrides.yaml:2:29
              |
            2 | - {at: m.test.yaml content, property: one, schema: {type: string}, why: not declared}
              |                             ^^^^^^^^^^^^^
              |
              = at: /additions/0/property
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}

#[test]
fn intended_difference_without_a_difference_is_reported() {
    let place = "m.test.yaml content";
    let sections = format!("cross-check:\n- {{at: '{place}', why: typify read it in another way}}\n");
    diagnosed(
        &overridden(&sections),
        expect![[r#"
            error: this entry changes nothing in v1.19: typify generates an equal type
             --> overrides.yaml:2:4
              |
            2 | - {at: 'm.test.yaml content', why: typify read it in another way}
              |    ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /cross-check/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}

#[test]
fn module_of_a_content_is_reported() {
    diagnosed(
        &configured("modules:\n- {at: m.test.yaml content, module: room, why: looks better}\n"),
        expect![[r#"
            error: this entry changes nothing in v1.19: the schema has no Rust type in the module
             --> codegen.yaml:2:4
              |
            2 | - {at: m.test.yaml content, module: room, why: looks better}
              |    ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /modules/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}

#[test]
fn documentation_of_a_missing_module_is_reported() {
    let config = "\
module-docs:
- {module: test, description: A module., why: it exists}
- {module: test::gone, description: No module., why: it does not exist}
";
    diagnosed(
        &configured(config),
        expect![[r#"
            error: this entry changes nothing in v1.19: there is no module `test::gone`
             --> codegen.yaml:3:4
              |
            3 | - {module: test::gone, description: No module., why: it does not exist}
              |    ^^^^^^^^^^^^^^^^^^
              |
              = at: /module-docs/1/module
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}

#[test]
fn second_documentation_of_a_module_is_reported() {
    let config = "\
module-docs:
- {module: test, description: A module., why: a test}
- {module: test, description: The same module., why: a test}
";
    diagnosed(
        &configured(config),
        expect![[r#"
            error: duplicate documentation of module test in codegen.yaml
             --> codegen.yaml:3:3
              |
            3 | - {module: test, description: The same module., why: a test}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /module-docs/1
              = other place: codegen.yaml:2:3
              = expected: at most one entry for a release
              = help: remove one of the two, or limit them to different releases with `since:` and `until:`

            1 error"#]],
    );
}

#[test]
fn entry_without_why_is_reported() {
    diagnosed(
        &configured("names:\n- at: m.test.yaml\n  name: Test\n- {at: m.test.yaml, name: T, why: ''}\n"),
        expect![[r#"
            error: the entry has no `why`
             --> codegen.yaml:2:3
              |
            2 | - at: m.test.yaml
              |   ^
              |
              = at: /names/0
              = expected: `why:` with the reason for the entry
              = help: add a reason, such as `why: section Forming relationships between events`

            error: the entry has no `why`
             --> codegen.yaml:4:3
              |
            4 | - {at: m.test.yaml, name: T, why: ''}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /names/1
              = expected: `why:` with the reason for the entry
              = help: add a reason, such as `why: section Forming relationships between events`

            error: duplicate type name for m.test.yaml
             --> codegen.yaml:4:21
              |
            4 | - {at: m.test.yaml, name: T, why: ''}
              |                     ^^^^^^^
              |
              = at: /names/1/name
              = other place: codegen.yaml:3:3
              = expected: at most one entry for a release
              = help: remove one of the two, or limit them to different releases with `since:` and `until:`

            3 errors"#]],
    );
}

#[test]
fn unknown_section_is_reported() {
    diagnosed(
        &configured("name:\n- {at: m.test.yaml, name: Test, why: looks better}\n"),
        expect![[r#"
            error: unknown section `name`
             --> codegen.yaml:1:1
              |
            1 | name:
              | ^^^^
              |
              = at: /name
              = expected: one of `prefixes`, `folders`, `features`, `kinds`, `discriminators`, `names`, `modules`, `same-as`, `module-docs`, `envelopes`, `server-members`, `any`, `contents`, `roots`
              = help: write `names` in place of `name`. Otherwise, remove `name`

            1 error"#]],
    );
}

#[test]
fn unknown_key_is_reported() {
    diagnosed(
        &configured("names:\n- {at: m.test.yaml, nam: Test, why: looks better}\n"),
        expect![[r#"
            error: the entry has no name
             --> codegen.yaml:2:3
              |
            2 | - {at: m.test.yaml, nam: Test, why: looks better}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /names/0
              = expected: `name:` for a type, `field:` for a field, or `values:` for variants
              = help: add one of these keys, or remove the entry

            error: unknown key `nam`
             --> codegen.yaml:2:21
              |
            2 | - {at: m.test.yaml, nam: Test, why: looks better}
              |                     ^^^^^^^^^
              |
              = at: /names/0/nam
              = expected: one of `at`, `name`, `field`, `values`, `why`, `since`, `until`
              = help: write `name` in place of `nam`. Otherwise, remove `nam`

            2 errors"#]],
    );
}

#[test]
fn key_of_another_section_is_reported() {
    diagnosed(
        &configured("names:\n- {at: m.test.yaml, name: Test, module: room, why: looks better}\n"),
        expect![[r#"
            error: unknown key `module`
             --> codegen.yaml:2:33
              |
            2 | - {at: m.test.yaml, name: Test, module: room, why: looks better}
              |                                 ^^^^^^^^^^^^
              |
              = at: /names/0/module
              = expected: one of `at`, `name`, `field`, `values`, `why`, `since`, `until`
              = help: remove `module`

            1 error"#]],
    );
}

#[test]
fn entry_without_a_location_is_reported() {
    let sections = "\
optional: [{seen-in: history, why: a test}]
additions: [{property: two, schema: {}, why: a test}]
";
    let config = "\
kinds: [{kinds: state, why: a test}]
names: [{name: Test, why: a test}]
";
    diagnosed(
        &overridden(sections).config(config),
        expect![[r#"
            error: the entry has no `at`
             --> codegen.yaml:1:9
              |
            1 | kinds: [{kinds: state, why: a test}]
              |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /kinds/0
              = expected: an entry with the key `at`
              = help: add `at: …` to the entry

            error: the entry has no `at`
             --> codegen.yaml:2:9
              |
            2 | names: [{name: Test, why: a test}]
              |         ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /names/0
              = expected: an entry with the key `at`
              = help: add `at: …` to the entry

            error: the entry has no `at`
             --> overrides.yaml:1:12
              |
            1 | optional: [{seen-in: history, why: a test}]
              |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/0
              = expected: an entry with the key `at`
              = help: add `at: …` to the entry

            error: the entry has no `at`
             --> overrides.yaml:2:13
              |
            2 | additions: [{property: two, schema: {}, why: a test}]
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /additions/0
              = expected: an entry with the key `at`
              = help: add `at: …` to the entry

            4 errors"#]],
    );
}

#[test]
fn lenient_entry_without_its_basis_is_reported() {
    let sections = "\
optional:
- {at: m.test.yaml content.one, why: no basis}
- {at: m.test.yaml content.one, allowed-by: prose, why: no clause}
- {at: m.test.yaml content.one, allowed-by: history, why: another basis}
accepts:
- {at: m.test.yaml content.one, type: integer, why: no basis}
- {at: m.test.yaml content.one, type: integer, seen-in: prose, why: another basis}
- {at: m.test.yaml content.one, type: integer, allowed-by: prose, clause: '#x', seen-in: history, why: two bases}
- {at: m.test.yaml content.one, type: integer, value: one, seen-in: history, why: no integer}
";
    diagnosed(
        &overridden(sections),
        expect![[r#"
            error: the entry has no basis
             --> overrides.yaml:2:3
              |
            2 | - {at: m.test.yaml content.one, why: no basis}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/0
              = expected: `allowed-by: prose` with `clause:`, or `seen-in: history`
              = help: write `allowed-by: prose` and the section, such as `clause: client-server-api/#mroomname`, if the specification allows the values. Otherwise, write `seen-in: history`

            error: the entry has no `clause`
             --> overrides.yaml:3:3
              |
            3 | - {at: m.test.yaml content.one, allowed-by: prose, why: no clause}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/1
              = expected: `allowed-by: prose` with `clause:`, or `seen-in: history`
              = help: write `allowed-by: prose` and the section, such as `clause: client-server-api/#mroomname`, if the specification allows the values. Otherwise, write `seen-in: history`

            error: the basis is unknown
             --> overrides.yaml:4:33
              |
            4 | - {at: m.test.yaml content.one, allowed-by: history, why: another basis}
              |                                 ^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/2/allowed-by
              = expected: `allowed-by: prose` with `clause:`, or `seen-in: history`
              = help: write `allowed-by: prose` and the section, such as `clause: client-server-api/#mroomname`, if the specification allows the values. Otherwise, write `seen-in: history`

            error: the entry has no basis
             --> overrides.yaml:6:3
              |
            6 | - {at: m.test.yaml content.one, type: integer, why: no basis}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /accepts/0
              = expected: `allowed-by: prose` with `clause:`, or `seen-in: history`
              = help: write `allowed-by: prose` and the section, such as `clause: client-server-api/#mroomname`, if the specification allows the values. Otherwise, write `seen-in: history`

            error: the basis is unknown
             --> overrides.yaml:7:48
              |
            7 | - {at: m.test.yaml content.one, type: integer, seen-in: prose, why: another basis}
              |                                                ^^^^^^^^^^^^^^
              |
              = at: /accepts/1/seen-in
              = expected: `allowed-by: prose` with `clause:`, or `seen-in: history`
              = help: write `allowed-by: prose` and the section, such as `clause: client-server-api/#mroomname`, if the specification allows the values. Otherwise, write `seen-in: history`

            error: the entry has two bases
             --> overrides.yaml:8:81
              |
            8 | - {at: m.test.yaml content.one, type: integer, allowed-by: prose, clause: '#x', seen-in: history, why: two bases}
              |                                                                                 ^^^^^^^^^^^^^^^^
              |
              = at: /accepts/2/seen-in
              = expected: `allowed-by: prose` with `clause:`, or `seen-in: history`
              = help: write `allowed-by: prose` and the section, such as `clause: client-server-api/#mroomname`, if the specification allows the values. Otherwise, write `seen-in: history`

            error: expected an integer, found the string `one`
             --> overrides.yaml:9:48
              |
            9 | - {at: m.test.yaml content.one, type: integer, value: one, seen-in: history, why: no integer}
              |                                                ^^^^^^^^^^
              |
              = at: /accepts/3/value
              = help: write an integer

            7 errors"#]],
    );
}

#[test]
fn required_entry_without_effect_is_reported() {
    let entry = "required: [{at: [m.test.yaml content.one, m.test.yaml content], why: a test}]\n";
    diagnosed(
        &overridden(entry),
        expect![[r#"
            error: this entry changes nothing in v1.19: the property is required
             --> overrides.yaml:1:18
              |
            1 | required: [{at: [m.test.yaml content.one, m.test.yaml content], why: a test}]
              |                  ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /required/0/at/0
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the property is required
             --> overrides.yaml:1:43
              |
            1 | required: [{at: [m.test.yaml content.one, m.test.yaml content], why: a test}]
              |                                           ^^^^^^^^^^^^^^^^^^^
              |
              = at: /required/0/at/1
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            2 errors"#]],
    );
}

#[test]
fn names_entry_without_a_name_is_reported() {
    diagnosed(
        &configured("names:\n- {at: m.test.yaml, why: looks better}\n"),
        expect![[r#"
            error: the entry has no name
             --> codegen.yaml:2:3
              |
            2 | - {at: m.test.yaml, why: looks better}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /names/0
              = expected: `name:` for a type, `field:` for a field, or `values:` for variants
              = help: add one of these keys, or remove the entry

            1 error"#]],
    );
}

#[test]
fn name_of_an_unlisted_value_is_reported() {
    let tree = Tree::new().message("m.test", "type: object\nproperties:\n  one: {type: string, enum: [a, b]}").config(
        "\
names:
- at: m.test.yaml content.one
  values: {a: First, c: Third}
  why: looks better
",
    );
    diagnosed(
        &tree,
        expect![[r#"
            error: this entry changes nothing in v1.19: the schema has no such value
             --> codegen.yaml:3:22
              |
            3 |   values: {a: First, c: Third}
              |                      ^^^^^^^^
              |
              = at: /names/0/values/c
              = expected: an entry that changes the schemas or the types of the release
              = help: write `a: Third`, or remove the entry

            1 error"#]],
    );
}

#[test]
fn second_entry_for_one_property_is_reported() {
    let sections = "\
names:
- {at: m.test.yaml content.one, field: first, why: looks better}
- {at: m.test.yaml content.one, field: second, why: looks even better}
";
    diagnosed(
        &configured(sections),
        expect![[r#"
            error: duplicate field name for m.test.yaml content.one
             --> codegen.yaml:3:33
              |
            3 | - {at: m.test.yaml content.one, field: second, why: looks even better}
              |                                 ^^^^^^^^^^^^^
              |
              = at: /names/1/field
              = other place: codegen.yaml:2:33
              = expected: at most one entry for a release
              = help: remove one of the two, or limit them to different releases with `since:` and `until:`

            1 error"#]],
    );
}

#[test]
fn name_that_is_no_identifier_is_reported() {
    let sections = "\
names:
- {at: m.test.yaml content.one, field: the one, why: looks better}
- {at: m.a.yaml, name: crate, why: looks better}
- {at: m.b.yaml, values: {a: self}, why: looks better}
modules:
- {at: m.c.yaml, module: ../../../src, why: looks better}
";
    diagnosed(
        &configured(sections),
        expect![[r#"
            error: `the one` is not a valid Rust name
             --> codegen.yaml:2:33
              |
            2 | - {at: m.test.yaml content.one, field: the one, why: looks better}
              |                                 ^^^^^^^^^^^^^^
              |
              = at: /names/0/field
              = expected: ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`
              = help: write `the_one`

            error: `crate` is a reserved name
             --> codegen.yaml:3:18
              |
            3 | - {at: m.a.yaml, name: crate, why: looks better}
              |                  ^^^^^^^^^^^
              |
              = at: /names/1/name
              = expected: ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`
              = help: write `Crate`

            error: `self` is a reserved name
             --> codegen.yaml:4:27
              |
            4 | - {at: m.b.yaml, values: {a: self}, why: looks better}
              |                           ^^^^^^^
              |
              = at: /names/2/values/a
              = expected: ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`
              = help: write another name

            error: `../../../src` is not a valid Rust name
             --> codegen.yaml:6:18
              |
            6 | - {at: m.c.yaml, module: ../../../src, why: looks better}
              |                  ^^^^^^^^^^^^^^^^^^^^
              |
              = at: /modules/0/module
              = expected: ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`
              = help: write `src`

            4 errors"#]],
    );
}

#[test]
fn unknown_kind_is_reported() {
    diagnosed(
        &configured("kinds:\n- {at: m.test, kinds: [state, account data], why: a test}\n"),
        expect![[r#"
            error: unknown kind of event `account data`
             --> codegen.yaml:2:31
              |
            2 | - {at: m.test, kinds: [state, account data], why: a test}
              |                               ^^^^^^^^^^^^
              |
              = at: /kinds/0/kinds/1
              = expected: one of `message-like`, `state`, `ephemeral`, `presence`, `global-account-data`, `room-account-data`, `to-device`, `edu`
              = help: write one of these kinds

            1 error"#]],
    );
}

#[test]
fn malformed_release_is_reported() {
    diagnosed(
        &configured("names:\n- {at: m.test.yaml, name: Test, since: soon, why: a test}\n"),
        expect![[r#"
            error: expected a release of the specification, found the string `soon`
             --> codegen.yaml:2:33
              |
            2 | - {at: m.test.yaml, name: Test, since: soon, why: a test}
              |                                 ^^^^^^^^^^^
              |
              = at: /names/0/since
              = help: write the release in quotes, such as `"1.19"`

            1 error"#]],
    );
}

#[test]
fn missing_definition_is_reported() {
    let sections = "\
definitions:
- at: m.test.yaml content.one
  definition: api/definitions/one.yaml
  why: opaque
additions:
- {at: [m.test.yaml content, m.other.yaml content], property: two, definition: api/definitions/two.yaml, why: not declared}
";
    diagnosed(
        &overridden(sections).message("m.other", "type: object"),
        expect![[r#"
            error: there is no file api/definitions/one.yaml
             --> overrides.yaml:3:3
              |
            3 |   definition: api/definitions/one.yaml
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /definitions/0/definition
              = expected: the place of a definition in the tree
              = help: correct the file or the path

            error: there is no file api/definitions/two.yaml
             --> overrides.yaml:6:68
              |
            6 | - {at: [m.test.yaml content, m.other.yaml content], property: two, definition: api/definitions/two.yaml, why: not declared}
              |                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /additions/0/definition
              = expected: the place of a definition in the tree
              = help: correct the file or the path

            2 errors"#]],
    );
}

#[test]
fn unknown_format_is_reported() {
    let sections = "\
formats:
- at: m.test.yaml content.one
  format: mx-room
  why: in the prose
";
    diagnosed(
        &overridden(sections),
        expect![[r#"
            error: unknown format `mx-room`
             --> overrides.yaml:3:3
              |
            3 |   format: mx-room
              |   ^^^^^^^^^^^^^^^
              |
              = at: /formats/0/format
              = expected: one of `mx-user-id`, `mx-room-id`, `mx-event-id`, `mx-room-alias`, `mx-room-or-alias`, `mx-server-name`, `mx-mxc-uri`, `mx-device-id`, `mx-transaction-id`, `mx-session-id`, `mx-voip-id`, `mx-key-id`, `mx-server-signing-key-id`, `mx-room-version`, `mx-space-child-order`, `mx-unpadded-base64`, `mx-urlsafe-unpadded-base64`, `uri`, `int64`, `float`
              = help: write one of these formats, or support the format in `identifiers!` in codegen/src/schema/types.rs

            1 error"#]],
    );
}

#[test]
fn addition_to_a_string_is_reported() {
    let sections = "\
additions:
- at: m.test.yaml content.one
  property: two
  schema: {type: string}
  why: not declared
";
    diagnosed(
        &overridden(sections),
        expect![[r#"
            error: this entry changes nothing in v1.19: the schema is not of type `object`
             --> overrides.yaml:2:3
              |
            2 | - at: m.test.yaml content.one
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /additions/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}

#[test]
fn envelope_with_a_missing_schema_is_reported() {
    let mut tree = overridden("");
    tree.has_core_config = false;
    tree.config =
        "envelopes:\n- {name: RoomEvent, kind: message-like, schema: core-event-schema/room_evnt.yaml, why: a test}\n"
            .to_owned();
    diagnosed(
        &tree,
        expect![[r#"
            error: there is no file event-schemas/schema/core-event-schema/room_evnt.yaml
             --> codegen.yaml:2:41
              |
            2 | - {name: RoomEvent, kind: message-like, schema: core-event-schema/room_evnt.yaml, why: a test}
              |                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /envelopes/0/schema
              = expected: the path of a file of the tree
              = help: write `core-event-schema/room_event.yaml`, or add the file

            1 error"#]],
    );
}

#[test]
fn section_that_is_a_map_is_reported() {
    diagnosed(
        &configured("names: {m.test.yaml: Test}\n"),
        expect![[r#"
            error: expected a list of entries, found a map
             --> codegen.yaml:1:1
              |
            1 | names: {m.test.yaml: Test}
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /names
              = help: write a list such as `names: [{at: …, name: …, why: …}]`

            1 error"#]],
    );
}

#[test]
fn entry_that_is_a_string_is_reported() {
    diagnosed(
        &configured("names:\n- m.test.yaml\n"),
        expect![[r#"
            error: expected an entry, found the string `m.test.yaml`
             --> codegen.yaml:2:3
              |
            2 | - m.test.yaml
              |   ^^^^^^^^^^^
              |
              = at: /names/0
              = help: write a map such as `{at: …, name: …, why: …}`

            1 error"#]],
    );
}

#[test]
fn place_in_a_referenced_file_is_reported_with_that_file() {
    let entry = "optional:\n- {at: m.test.yaml sender, seen-in: history, why: a test}\n";
    diagnosed(
        &overridden(entry),
        expect![[r#"
            error: this entry changes nothing in v1.19: `sender` is declared in event-schemas/schema/core-event-schema/sync_room_event.yaml
             --> overrides.yaml:2:4
              |
            2 | - {at: m.test.yaml sender, seen-in: history, why: a test}
              |    ^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: write `core-event-schema/sync_room_event.yaml sender`, or remove the entry

            1 error"#]],
    );
}

#[test]
fn place_in_two_alternatives_is_reported() {
    let text = "type: object\nproperties:\n  one: {oneOf: [{type: object, properties: {a: {type: string}}}, {type: array, items: {properties: {a: {type: string}}}}, {properties: {a: {type: integer}}}]}";
    let entry = "formats:\n- {at: m.test.yaml content.one.a, format: mx-user-id, why: a test}\n";
    diagnosed(
        &Tree::new().message("m.test", text).overrides(entry),
        expect![[r#"
            error: ambiguous path `content.one.a`: the place is event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one/oneOf/0/properties/a or event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one/oneOf/2/properties/a
             --> overrides.yaml:2:4
              |
            2 | - {at: m.test.yaml content.one.a, format: mx-user-id, why: a test}
              |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /formats/0/at
              = expected: the path of one place
              = help: declare the property in one alternative, or support such paths in codegen/src/settings/location.rs

            1 error"#]],
    );
}

#[test]
fn place_is_found_whether_or_not_all_of_contains_it() {
    let schema = |content: &str| {
        format!("allOf: [{{$ref: core-event-schema/room_event.yaml}}]\ntype: object\nproperties: {{type: {{enum: [m.test]}}, content: {content}}}\n")
    };
    let property =
        "properties: {m.a: {type: string}, list: {type: array, items: {additionalProperties: {type: string}}}}";
    let entry = "formats:\n- {at: ['m.test.yaml content.m.a', 'm.test.yaml content.list[].*'], format: mx-user-id, why: a test}\n";
    for content in [
        format!("{{type: object, {property}}}"),
        format!("{{type: object, allOf: [{{{property}}}]}}"),
        format!("{{allOf: [{{type: object}}, {{allOf: [{{{property}}}]}}]}}"),
    ] {
        let output = Tree::new().schema("m.test.yaml", schema(&content)).overrides(entry).output();
        let rust = &output.events["test.rs"];
        assert!(
            rust.contains("pub a: Option<crate::UserId>") && rust.contains("crate::Map<String, crate::UserId>"),
            "{rust}"
        );
    }
}

#[test]
fn place_in_an_added_property_is_found() {
    let entries = "\
additions:
- {at: m.test.yaml content, property: m.two, schema: {title: Two, type: object, properties: {a: {type: string}}, required: [a]}, why: a test}
optional:
- {at: [m.test.yaml content.m.two.a, m.test.yaml content.one], seen-in: history, why: a test}
formats:
- {at: m.test.yaml content.m.two.a, format: mx-user-id, why: a test}
defaults:
- {at: m.test.yaml content.one, value: x, why: a test}
";
    let output = overridden(entries).output();
    let rust = &output.events["test.rs"];
    assert!(rust.contains("pub two: Option<Two>") && rust.contains("pub a: Option<crate::UserId>"), "{rust}");
}

#[test]
fn correction_of_a_property_without_effect_is_reported_with_the_reason() {
    let text = "type: object\nproperties:\n  a: {type: string}\n  b: {type: integer}";
    let entries = "\
optional: [{at: m.test.yaml content.a, seen-in: history, why: a test}]
in-use: [{at: m.test.yaml content.a, why: a test}]
defaults: [{at: m.test.yaml content.b, value: x, why: a test}]
aliases: [{at: core-event-schema/event.yaml, names: x, why: a test}]
";
    diagnosed(
        &Tree::new().message("m.test", text).overrides(entries),
        expect![[r#"
            error: this entry changes nothing in v1.19: the property is not required
             --> overrides.yaml:1:13
              |
            1 | optional: [{at: m.test.yaml content.a, seen-in: history, why: a test}]
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /optional/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the property is not deprecated
             --> overrides.yaml:2:11
              |
            2 | in-use: [{at: m.test.yaml content.a, why: a test}]
              |           ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /in-use/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: invalid default of m.test.yaml content.b: `"x"` is not an integer
             --> overrides.yaml:3:40
              |
            3 | defaults: [{at: m.test.yaml content.b, value: x, why: a test}]
              |                                        ^^^^^^^^
              |
              = at: /defaults/0/value
              = expected: an integer
              = help: write an integer, such as `value: 0`, or remove the entry

            error: this entry changes nothing in v1.19: the place is neither an event nor a property
             --> overrides.yaml:4:12
              |
            4 | aliases: [{at: core-event-schema/event.yaml, names: x, why: a test}]
              |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /aliases/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            4 errors"#]],
    );
}

#[test]
fn correction_of_a_schema_without_effect_is_reported_with_the_reason() {
    let text =
        "type: object\nproperties:\n  b: {type: integer, format: int64}\n  c: {type: string, format: mx-user-id}\n  d: {type: object, additionalProperties: {type: string}}";
    let entries = "\
formats: [{at: [m.test.yaml content.b, m.test.yaml content.c], format: mx-room-id, why: a test}]
key-formats: [{at: m.test.yaml content.c, format: mx-key-id, why: a test}, {at: m.test.yaml content.d.*, format: uri, why: a test}]
accepts: [{at: m.test.yaml content, type: string, seen-in: history, why: a test}]
event-types: [{at: m.test.yaml, type: m.test, why: a test}]
integers: [{at: m.test.yaml content.b, why: a test}]
any-key: [{at: m.test.yaml content, why: a test}]
";
    diagnosed(
        &Tree::new().message("m.test", text).overrides(entries),
        expect![[r#"
            error: this entry changes nothing in v1.19: the schema is not of type `string`
             --> overrides.yaml:1:17
              |
            1 | formats: [{at: [m.test.yaml content.b, m.test.yaml content.c], format: mx-room-id, why: a test}]
              |                 ^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /formats/0/at/0
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the schema states the format `mx-user-id`
             --> overrides.yaml:1:40
              |
            1 | formats: [{at: [m.test.yaml content.b, m.test.yaml content.c], format: mx-room-id, why: a test}]
              |                                        ^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /formats/0/at/1
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the place is not a value of `additionalProperties`
             --> overrides.yaml:2:16
              |
            2 | key-formats: [{at: m.test.yaml content.c, format: mx-key-id, why: a test}, {at: m.test.yaml content.d.*, format: uri, why: a test}]
              |                ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /key-formats/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the format `uri` has no Rust type
             --> overrides.yaml:2:77
              |
            2 | key-formats: [{at: m.test.yaml content.c, format: mx-key-id, why: a test}, {at: m.test.yaml content.d.*, format: uri, why: a test}]
              |                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /key-formats/1/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the schema is not of type `integer`
             --> overrides.yaml:3:12
              |
            3 | accepts: [{at: m.test.yaml content, type: string, seen-in: history, why: a test}]
              |            ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /accepts/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the schema states the event type
             --> overrides.yaml:4:16
              |
            4 | event-types: [{at: m.test.yaml, type: m.test, why: a test}]
              |                ^^^^^^^^^^^^^^^
              |
              = at: /event-types/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the schema is not of type `number`
             --> overrides.yaml:5:13
              |
            5 | integers: [{at: m.test.yaml content.b, why: a test}]
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /integers/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            error: this entry changes nothing in v1.19: the schema describes no keys by a pattern
             --> overrides.yaml:6:12
              |
            6 | any-key: [{at: m.test.yaml content, why: a test}]
              |            ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /any-key/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            8 errors"#]],
    );
}

#[test]
fn event_type_of_a_schema_without_one_comes_from_an_entry() {
    let schema = "allOf: [{$ref: core-event-schema/room_event.yaml}]\nproperties: {content: {type: object}}\n";
    let entry = "event-types: [{at: m.forgotten.yaml, type: m.test, why: a test}]\n";
    let events = Tree::new().schema("m.forgotten.yaml", schema).overrides(entry).output().ir.events;
    assert_eq!(events.iter().map(|event| event.event_type.as_str()).collect::<Vec<_>>(), ["m.test"]);
}

#[test]
fn definition_that_refers_back_is_reported() {
    let entry = "definitions:\n- {at: part.yaml, definition: api/more.yaml, why: a test}\n";
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {$ref: part.yaml}")
        .schema("part.yaml", "type: object\nproperties:\n  a: {type: string}\n")
        .file("api/more.yaml", "allOf: [{$ref: ../event-schemas/schema/part.yaml}]\n")
        .overrides(entry);
    diagnosed(
        &tree,
        expect![[r#"
            error: `$ref` forms the cycle api/more.yaml -> event-schemas/schema/part.yaml -> api/more.yaml
             --> overrides.yaml:2:19
              |
            2 | - {at: part.yaml, definition: api/more.yaml, why: a test}
              |                   ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /definitions/0/definition
              = expected: references without a cycle
              = help: remove one of the references, or support recursive types in codegen/src/lower

            1 error"#]],
    );
}

#[test]
fn entry_without_effect_in_an_unknown_release_is_a_note() {
    let mut tree = overridden("optional:\n- {at: m.gone.yaml one, seen-in: history, why: gone}\n");
    tree.release = None;
    let notes = tree.output().notes;
    tree.assert_placed(&notes);
    assert_eq!(notes.iter().map(|note| note.origin.pointer.as_str()).collect::<Vec<_>>(), ["/optional/0/at"]);
}

#[test]
fn entry_for_another_release_is_ignored() {
    let sections = "\
optional:
- {at: m.gone.yaml one, since: '1.20', why: not there yet}
- {at: m.gone.yaml two, until: '1.9', why: 'gone: 1.9 is before 1.19'}
";
    let config = "kinds:\n- {at: m.kind, kinds: to-device, since: 1.10, until: '1.19', why: both ends count}\n";
    let tree = overridden(sections).config(config).schema("m.kind.yaml", event("m.kind", "event.yaml", "type: object"));
    assert!(tree.output().notes.is_empty());
}

#[test]
fn overrides_with_only_a_comment_are_empty() {
    let mut tree = overridden("");
    tree.overrides = "# Nothing here.\n".to_owned();
    assert_eq!(tree.output().ir.events.len(), 1);
}

const TWO_FIELDS: &str = "type: object\nproperties:\n  one: {type: string}\n  two: {type: string}";

fn aliased(entries: &str) -> Tree {
    Tree::new().message("m.test", TWO_FIELDS).overrides(&format!("aliases:\n{entries}"))
}

#[test]
fn alias_that_is_a_property_is_reported() {
    let at = "m.test.yaml content";
    diagnosed(
        &aliased(&format!("- {{at: '{at}.one', names: two, why: a test}}\n")),
        expect![[r#"
            error: duplicate property name `two`: the object has it already
             --> overrides.yaml:2:35
              |
            2 | - {at: 'm.test.yaml content.one', names: two, why: a test}
              |                                   ^^^^^^^^^^
              |
              = at: /aliases/0/names
              = expected: a name that no other property or alias of the object has
              = help: remove the alias

            1 error"#]],
    );
    diagnosed(
        &aliased(&format!("- {{at: ['{at}.one', '{at}.two'], names: other, why: a test}}\n")),
        expect![[r#"
            error: duplicate property name `other`: the object has it already
             --> overrides.yaml:2:64
              |
            2 | - {at: ['m.test.yaml content.one', 'm.test.yaml content.two'], names: other, why: a test}
              |                                                                ^^^^^^^^^^^^
              |
              = at: /aliases/0/names
              = expected: a name that no other property or alias of the object has
              = help: remove the alias

            1 error"#]],
    );
}

#[test]
fn alias_of_a_missing_property_is_reported() {
    diagnosed(
        &aliased("- {at: 'm.test.yaml gone', names: other, why: a test}\n"),
        expect![[r#"
            error: this entry changes nothing in v1.19: event-schemas/schema/m.test.yaml has no property `gone`
             --> overrides.yaml:2:4
              |
            2 | - {at: 'm.test.yaml gone', names: other, why: a test}
              |    ^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /aliases/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}

#[test]
fn alias_that_is_an_event_type_is_reported() {
    let any = "any:\n- {name: AnyTimelineEvent, description: Any., envelopes: RoomEvent, why: a test}\n";
    let two = |entries: &str| aliased(entries).message("m.other", "type: object").config(any);
    diagnosed(
        &two("- {at: [m.test.yaml, m.other.yaml], names: org.test, why: a test}\n"),
        expect![[r#"
            error: duplicate event type `org.test`: the events `m.other` and `m.test` have it
             --> overrides.yaml:2:37
              |
            2 | - {at: [m.test.yaml, m.other.yaml], names: org.test, why: a test}
              |                                     ^^^^^^^^^^^^^^^
              |
              = at: /aliases/0/names
              = expected: event types that belong to one event each
              = help: remove the type from the `enum` of one event, or from the entry under `aliases` in overrides.yaml

            1 error"#]],
    );
    diagnosed(
        &two("- {at: m.test.yaml, names: m.other, why: a test}\n"),
        expect![[r#"
            error: duplicate event type `m.other`: the events `m.other` and `m.test` have it
             --> overrides.yaml:2:21
              |
            2 | - {at: m.test.yaml, names: m.other, why: a test}
              |                     ^^^^^^^^^^^^^^
              |
              = at: /aliases/0/names
              = expected: event types that belong to one event each
              = help: remove the type from the `enum` of one event, or from the entry under `aliases` in overrides.yaml

            1 error"#]],
    );
    diagnosed(
        &two("- {at: m.test.yaml, names: m.test, why: a test}\n"),
        expect![[r#"
            error: duplicate event type `m.test`: the event has it already
             --> overrides.yaml:2:21
              |
            2 | - {at: m.test.yaml, names: m.test, why: a test}
              |                     ^^^^^^^^^^^^^
              |
              = at: /aliases/0/names
              = expected: an alias that the schema does not allow as a type
              = help: remove the alias

            1 error"#]],
    );
}

#[test]
fn alias_of_a_field_next_to_content_is_reported() {
    let text = crate::support::event("m.test", "room_event.yaml", "type: object") + "    redacts: {type: string}\n";
    let entry = "aliases:\n- {at: 'm.test.yaml redacts', names: other, why: a test}\n";
    diagnosed(
        &Tree::new().schema("m.test.yaml", text).overrides(entry),
        expect![[r#"
            error: unsupported aliases of `redacts`, a property at the top level of the event
             --> overrides.yaml:2:31
              |
            2 | - {at: 'm.test.yaml redacts', names: other, why: a test}
              |                               ^^^^^^^^^^^^
              |
              = at: /aliases/0/names
              = expected: aliases of properties in the content
              = help: remove the entry under `aliases` in overrides.yaml, or support it in codegen/src/emit/top_level.rs

            1 error"#]],
    );
}

#[test]
fn name_in_the_wrong_case_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: string, enum: [a, b]}")
        .config("names: [{at: m.test.yaml content.one, name: one, field: One, values: {a: the_a}, why: a test}]\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: the name `one` is not in `UpperCamelCase`
             --> codegen.yaml:1:39
              |
            1 | names: [{at: m.test.yaml content.one, name: one, field: One, values: {a: the_a}, why: a test}]
              |                                       ^^^^^^^^^
              |
              = at: /names/0/name
              = expected: a name in `UpperCamelCase`
              = help: write `One`

            1 error"#]],
    );
}

#[test]
fn second_envelope_of_one_name_is_reported() {
    let envelope = "- {name: RoomEvent, kind: message-like, schema: core-event-schema/room_event.yaml, why: a test}\n";
    let tree = overridden("").config(&format!("envelopes:\n{envelope}{envelope}"));
    diagnosed(
        &tree,
        expect![[r#"
            error: duplicate name `RoomEvent` of an envelope or enum
             --> codegen.yaml:3:4
              |
            3 | - {name: RoomEvent, kind: message-like, schema: core-event-schema/room_event.yaml, why: a test}
              |    ^^^^^^^^^^^^^^^
              |
              = at: /envelopes/1/name
              = other place: codegen.yaml:2:4
              = expected: at most one entry for a release
              = help: remove one of the two, or limit them to different releases with `since:` and `until:`

            1 error"#]],
    );
}

#[test]
fn default_of_a_required_property_is_reported() {
    diagnosed(
        &overridden("defaults: [{at: m.test.yaml content.one, value: x, why: a test}]\n"),
        expect![[r#"
            error: this entry changes nothing in v1.19: the property is required
             --> overrides.yaml:1:13
              |
            1 | defaults: [{at: m.test.yaml content.one, value: x, why: a test}]
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /defaults/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
    let both = "\
optional: [{at: m.test.yaml content.one, seen-in: history, why: a test}]
defaults: [{at: m.test.yaml content.one, value: x, why: a test}]
";
    assert!(overridden(both).generate().is_ok());
}

#[test]
fn definition_of_another_json_type_is_reported() {
    let entry = "definitions: [{at: m.test.yaml content.one, definition: api/one.yaml, why: a test}]\n";
    let definition = "title: One\ntype: object\nproperties: {a: {type: string}}\n";
    diagnosed(
        &overridden(entry).file("api/one.yaml", definition),
        expect![[r#"
            error: `type` is `string` here, but `object` in api/one.yaml
              --> event-schemas/schema/m.test.yaml:10:15
               |
            10 |         one: {type: string}
               |               ^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/type
               = other place: api/one.yaml:2:1
               = expected: schemas with a type in common
               = help: correct one of the two values of `type`

            error: this entry changes nothing in v1.19: the definition has another JSON type than the schema
             --> overrides.yaml:1:16
              |
            1 | definitions: [{at: m.test.yaml content.one, definition: api/one.yaml, why: a test}]
              |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /definitions/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            2 errors"#]],
    );
}

#[test]
fn default_for_invalid_values_other_than_true_is_reported() {
    diagnosed(
        &overridden("defaults: [{at: m.test.yaml content.one, value: x, for-invalid: false, why: a test}]\n"),
        expect![[r#"
            error: expected `true`, or no such key, found the boolean `false`
             --> overrides.yaml:1:52
              |
            1 | defaults: [{at: m.test.yaml content.one, value: x, for-invalid: false, why: a test}]
              |                                                    ^^^^^^^^^^^^^^^^^^
              |
              = at: /defaults/0/for-invalid
              = help: write `true`, or remove the key

            1 error"#]],
    );
}
