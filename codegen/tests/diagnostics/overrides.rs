//! Overrides that are wrong, or that nothing needs any more.

use crate::diagnosed;
use crate::support::{event, Tree};

/// An event with a field, and these corrections.
fn overridden(sections: &str) -> Tree {
    Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: string}\nrequired: [one]")
        .overrides(sections)
}

/// An event with a field, and this configuration.
fn configured(sections: &str) -> Tree {
    overridden("").config(sections)
}

#[test]
fn entry_that_no_longer_applies() {
    let sections = "\
optional:
- at: m.test.yaml content.won
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
    diagnosed("unused", &overridden(sections).config(config));
}

#[test]
fn addition_that_the_schema_has_made_by_now() {
    let sections = "additions:\n- {at: m.test.yaml content, property: one, schema: {type: string}, why: not declared}\n";
    diagnosed("unused_addition", &overridden(sections));
}

#[test]
fn allowed_difference_that_typify_does_not_have() {
    let place = "m.test.yaml content";
    let sections = format!("cross-check:\n- {{at: '{place}', why: typify read it in another way}}\n");
    diagnosed("unused_cross_check", &overridden(&sections));
}

#[test]
fn module_of_a_file_that_nothing_shares() {
    diagnosed("unused_module", &configured("modules:\n- {at: m.test.yaml, module: room, why: looks better}\n"));
}

#[test]
fn entry_without_a_reason() {
    diagnosed(
        "without_why",
        &configured("names:\n- at: m.test.yaml\n  name: Test\n- {at: m.test.yaml, name: T, why: ''}\n"),
    );
}

#[test]
fn unknown_section() {
    diagnosed("unknown_section", &configured("name:\n- {at: m.test.yaml, name: Test, why: looks better}\n"));
}

#[test]
fn unknown_key() {
    diagnosed("unknown_key", &configured("names:\n- {at: m.test.yaml, nam: Test, why: looks better}\n"));
}

#[test]
fn key_of_another_section() {
    diagnosed("foreign_key", &configured("names:\n- {at: m.test.yaml, name: Test, module: room, why: looks better}\n"));
}

#[test]
fn entry_without_a_place() {
    let sections = "\
optional: [{why: a test}]
additions: [{property: two, schema: {}, why: a test}]
";
    let config = "\
kinds: [{kinds: state, why: a test}]
names: [{name: Test, why: a test}]
";
    diagnosed("without_place", &overridden(sections).config(config));
}

#[test]
fn names_entry_that_names_nothing() {
    diagnosed("names_nothing", &configured("names:\n- {at: m.test.yaml, why: looks better}\n"));
}

#[test]
fn value_that_the_schema_does_not_have() {
    let tree =
        Tree::new().message("m.test", "type: object\nproperties:\n  one: {type: string, enum: [a, b]}").config(
            "\
names:
- at: m.test.yaml content.one
  values: {a: First, c: Third}
  why: looks better
",
        );
    diagnosed("unused_value", &tree);
}

#[test]
fn one_place_twice() {
    let sections = "\
names:
- {at: m.test.yaml content.one, field: first, why: looks better}
- {at: m.test.yaml content.one, field: second, why: looks even better}
";
    diagnosed("twice", &configured(sections));
}

#[test]
fn name_that_is_not_rust() {
    let sections = "\
names:
- {at: m.test.yaml content.one, field: the one, why: looks better}
- {at: m.a.yaml, name: crate, why: looks better}
- {at: m.b.yaml, values: {a: self}, why: looks better}
modules:
- {at: m.c.yaml, module: ../../../src, why: looks better}
";
    diagnosed("not_rust", &configured(sections));
}

#[test]
fn unknown_kind() {
    diagnosed("unknown_kind", &configured("kinds:\n- {at: m.test, kinds: [state, account data], why: a test}\n"));
}

#[test]
fn bad_release() {
    diagnosed("bad_release", &configured("names:\n- {at: m.test.yaml, name: Test, since: soon, why: a test}\n"));
}

#[test]
fn definition_that_is_not_there() {
    let sections = "\
definitions:
- at: m.test.yaml content.one
  definition: api/definitions/one.yaml
  why: opaque
additions:
- {at: [m.test.yaml content, m.other.yaml content], property: two, definition: api/definitions/two.yaml, why: not declared}
";
    diagnosed("missing_definition", &overridden(sections).message("m.other", "type: object"));
}

#[test]
fn unknown_format() {
    let sections = "\
formats:
- at: m.test.yaml content.one
  format: mx-room
  why: in the prose
";
    diagnosed("override_of_unknown_format", &overridden(sections));
}

#[test]
fn addition_to_what_is_no_object() {
    let sections = "\
additions:
- at: m.test.yaml content.one
  property: two
  schema: {type: string}
  why: not declared
";
    diagnosed("addition_to_no_object", &overridden(sections));
}

#[test]
fn envelope_that_is_not_there() {
    let mut tree = overridden("");
    tree.config =
        "envelopes:\n- {name: RoomEvent, kind: message-like, schema: core-event-schema/room_evnt.yaml, why: a test}\n"
            .to_owned();
    diagnosed("missing_envelope", &tree);
}

#[test]
fn section_that_is_no_list() {
    diagnosed("section_no_list", &configured("names: {m.test.yaml: Test}\n"));
}

#[test]
fn entry_that_is_no_map() {
    diagnosed("entry_no_map", &configured("names:\n- m.test.yaml\n"));
}

#[test]
fn entries_that_do_not_apply_to_an_unknown_release_are_only_listed() {
    let mut tree = overridden("optional:\n- {at: m.gone.yaml one, why: gone}\n");
    tree.release = None;
    let notes = tree.output().notes;
    tree.assert_placed(&notes);
    assert_eq!(notes.iter().map(|note| note.origin.pointer.as_str()).collect::<Vec<_>>(), ["/optional/0/at"]);
}

#[test]
fn entries_for_other_releases_do_not_have_to_apply() {
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
fn empty_overrides_change_nothing() {
    let mut tree = overridden("");
    tree.overrides = "# Nothing here.\n".to_owned();
    assert_eq!(tree.output().ir.events.len(), 1);
}

const TWO_FIELDS: &str = "type: object\nproperties:\n  one: {type: string}\n  two: {type: string}";

fn aliased(entries: &str) -> Tree {
    Tree::new().message("m.test", TWO_FIELDS).overrides(&format!("aliases:\n{entries}"))
}

#[test]
fn other_name_of_a_field_that_is_taken() {
    let at = "m.test.yaml content";
    diagnosed("alias_is_a_property", &aliased(&format!("- {{at: '{at}.one', names: two, why: a test}}\n")));
    diagnosed("alias_twice", &aliased(&format!("- {{at: ['{at}.one', '{at}.two'], names: other, why: a test}}\n")));
}

#[test]
fn other_name_of_nothing() {
    diagnosed("alias_unused", &aliased("- {at: 'm.test.yaml gone', names: other, why: a test}\n"));
}

#[test]
fn other_type_that_is_taken() {
    let any = "any:\n- {name: AnyTimelineEvent, description: Any., envelopes: RoomEvent, why: a test}\n";
    let two = |entries: &str| aliased(entries).message("m.other", "type: object").config(any);
    diagnosed("alias_of_two_events", &two("- {at: [m.test.yaml, m.other.yaml], names: org.test, why: a test}\n"));
    diagnosed("alias_is_an_event", &two("- {at: m.test.yaml, names: m.other, why: a test}\n"));
    diagnosed("alias_is_its_type", &two("- {at: m.test.yaml, names: m.test, why: a test}\n"));
}

#[test]
fn other_name_beside_the_content() {
    let text = crate::support::event("m.test", "room_event.yaml", "type: object") + "    redacts: {type: string}\n";
    let entry = "aliases:\n- {at: 'm.test.yaml redacts', names: other, why: a test}\n";
    diagnosed("alias_beside_content", &Tree::new().schema("m.test.yaml", text).overrides(entry));
}
