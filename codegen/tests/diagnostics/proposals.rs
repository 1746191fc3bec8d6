//! Diagnostics of the folders of proposals, and of event types whose end is in the content.

use expect_test::expect;

use crate::summaries;
use crate::support::{event, Tree};

const ABOUT: &str = "\
number: 1
title: Sounds
url: https://example.org/1
state: open
date: '2026-11-26'
description: Sounds.
";

/// The content of an event with one field.
const CONTENT: &str = "type: object\nproperties:\n  one: {type: string}";

/// Returns a tree with an event of the specification.
fn tree() -> Tree {
    Tree::new().message("m.test", CONTENT)
}

/// Returns a tree with a proposal that has an event.
fn proposed(about: &str) -> Tree {
    let schema = event("m.sound", "room_event.yaml", CONTENT).replace("$ref: ", "$ref: /event-schemas/schema/");
    tree().file("proposals/msc1/schema/m.sound.yaml", schema).file("proposals/msc1/proposal.yaml", about)
}

/// Returns a tree with a proposal and its corrections.
fn corrected(overrides: &str) -> Tree {
    proposed(ABOUT).file("proposals/msc1/overrides.yaml", overrides)
}

#[test]
fn wrong_proposals_are_reported() {
    let named = |name: &str| {
        proposed(ABOUT)
            .file("proposals/msc1/codegen.yaml", format!("names:\n- {{at: m.sound.yaml, name: {name}, why: a test}}\n"))
    };
    let kinds = |at: &str, kinds: &str| {
        proposed(ABOUT)
            .file("proposals/msc1/codegen.yaml", format!("kinds:\n- {{at: {at}, kinds: {kinds}, why: a test}}\n"))
    };
    let trees = [
        ("valid proposal", proposed(ABOUT)),
        ("folder without a number", tree().file("proposals/sounds/schema/a.yaml", "type: object")),
        ("no proposal.yaml", tree().file("proposals/msc2/schema/a.yaml", "type: object")),
        ("missing key", proposed(&ABOUT.replace("title: Sounds\n", ""))),
        ("unknown key", proposed(&format!("{ABOUT}nmaes: {{}}\n"))),
        ("unknown state", proposed(&ABOUT.replace("open", "opne"))),
        ("other number", proposed(&ABOUT.replace("number: 1", "number: 7"))),
        ("list of names", proposed(&format!("{ABOUT}names: [a]\n"))),
        (
            "default of the specification",
            corrected("defaults:\n- {at: m.test.yaml content.one, value: a, why: a test}\n"),
        ),
        ("location without effect", corrected("defaults:\n- {at: m.sound.yaml content.two, value: a, why: a test}\n")),
        ("section of the specification", corrected("fixes:\n- {at: api, repeated-keys: last, why: a test}\n")),
        ("name without the end of contents", named("Noise")),
        ("name with the end of contents", named("NoiseEventContent")),
        ("type of the specification", proposed(ABOUT).message("m.sound", CONTENT)),
        ("kind of the specification", kinds("m.test", "to-device")),
        ("kind that the event has", kinds("m.test", "message-like")),
        ("kind of an unknown event", kinds("m.tset", "to-device")),
        ("kind of a data unit", kinds("m.test", "edu")),
        ("kind with a section", kinds("m.test", "to-device, section: '#a'")),
        ("kind that the own event has", kinds("m.sound", "message-like")),
        ("message-like state event", kinds("m.state", "message-like").state("m.state", CONTENT)),
        (
            "kind of an event of another proposal",
            kinds("m.test", "to-device")
                .file("proposals/msc2/proposal.yaml", ABOUT.replace("number: 1", "number: 2"))
                .file("proposals/msc2/codegen.yaml", "kinds:\n- {at: m.sound, kinds: to-device, why: a test}\n"),
        ),
    ];
    expect![[r#"
        valid proposal
            accepted
        folder without a number
            0:0 `proposals/sounds` is not the folder of a proposal
            help: rename the folder
        no proposal.yaml
            0:0 the folder `proposals/msc2` has no file `proposal.yaml`
            help: write the file proposals/msc2/proposal.yaml
        missing key
            0:0 the file has no `title`
            help: add `title: …`
        unknown key
            7:1 unknown key `nmaes`
            help: write `names` in place of `nmaes`. Otherwise, remove `nmaes`
        unknown state
            4:1 unknown state of a proposal `opne`
            help: write `open`
        other number
            1:1 expected the number of the folder, `1`, found the number `7`
            help: write the number of the folder, `1`
        list of names
            7:1 expected a map from unstable names to stable names, found a list
            help: write a map such as `names: {org.matrix.msc3381.poll.start: m.poll.start}`
        default of the specification
            2:4 unsupported entry for m.test.yaml content.one, which is not in proposals/msc1
            help: remove the entry, or move the entry to the settings of the specification
        location without effect
            2:4 this entry changes nothing in v1.19: proposals/msc1/schema/m.sound.yaml has no property `content.two`
            help: remove the entry, or correct the place that it names
        section of the specification
            1:1 unknown section `fixes`
            help: remove `fixes`
        name without the end of contents
            2:22 the name `Noise` does not end in `EventContent`
            help: write `NoiseEventContent`
        name with the end of contents
            accepted
        type of the specification
            6:5 duplicate schema of `m.sound`
            help: change one of the two event types, or add an entry under `discriminators` in your codegen.yaml that names the property of the content by which the schemas differ: `- {at: m.sound, property: …, why: …}`
        kind of the specification
            accepted
        kind that the event has
            2:4 this entry changes nothing in v1.19: `m.test` has the kind `message-like` without the entry
            help: remove the entry, or correct the place that it names
        kind of an unknown event
            2:4 this entry changes nothing in v1.19: there is no event `m.tset`
            help: write `m.test`, or remove the entry
        kind of a data unit
            2:16 `edu` is not a kind of events with a `type`
            help: write another kind, or move the schema to a folder under `folders`
        kind with a section
            2:34 unsupported section for the events of a proposal
            help: remove the section
        kind that the own event has
            2:4 this entry changes nothing in v1.19: the schema of `m.sound` states the kind
            help: remove the entry, or correct the place that it names
        message-like state event
            2:4 unsupported kind `message-like` for `m.state`, a state event
            help: remove the kind
        kind of an event of another proposal
            2:4 unsupported entry for the kinds of `m.sound`, an event of MSC1
            help: remove the entry, or add the kinds to the settings of MSC1
    "#]].assert_eq(&summaries(trees));
}

#[test]
fn wrong_ends_of_event_types_are_reported() {
    let typed = |kind: &str, entry: &str, more: &str| {
        let schema =
            "allOf:\n- $ref: core-event-schema/event.yaml\ntype: object\nproperties:\n  type: {type: string}\n  \
                      content: {type: object, properties: {one: {type: string}}}\n";
        let tree = tree()
            .schema("m.end.yaml", schema)
            .config(&format!("kinds:\n- {{at: m.end.*, kinds: {kind}, why: a test}}\n"));
        tree.overrides(&format!("event-types:\n- {{at: m.end.yaml, {entry}, why: a test}}\n{more}"))
    };
    let aliases = "aliases:\n- {at: m.end.yaml, names: org.example.end, why: a test}\n";
    let trees = [
        ("no field", typed("global-account-data", "type: m.end.*", "")),
        ("whole type", typed("global-account-data", "type: m.end, suffix: id", "")),
        ("other case", typed("global-account-data", "type: m.end.*, suffix: Id", "")),
        ("kind without ends", typed("to-device", "type: m.end.*, suffix: id", "")),
        ("name of a field", typed("global-account-data", "type: m.end.*, suffix: one", "")),
        ("alias of a whole type", typed("global-account-data", "type: m.end.*, suffix: id", aliases)),
    ];
    expect![[r#"
        no field
            2:20 `m.end.*` has no field for its end
            help: add `suffix: …`, such as `suffix: key_id`
        whole type
            2:33 `suffix: id` has no effect: the event type `m.end` has no end
            help: remove `suffix`, or write `.*` at the end of the event type
        other case
            2:35 the name `Id` is not in `snake_case`
            help: write `id`
        kind without ends
            2:20 unsupported end of the event type `m.end.*`, which is not account data
            help: state a whole event type, or support other kinds in `type_suffix!` in runtime/src/macros.rs
        name of a field
            2:20 duplicate name `one`
            help: write another name
        alias of a whole type
            4:20 the alias `org.example.end` of `m.end.*` does not end in `.*`
            help: write `org.example.end.*`, or remove the alias
    "#]]
    .assert_eq(&summaries(trees));
}
