//! Diagnostics of envelopes for events in several formats.

use expect_test::expect;

use crate::summaries;
use crate::support::Tree;

/// Returns a tree with two formats. `old` is the type of `depth` in the older format.
fn tree(old: &str, rest: &str) -> Tree {
    let format = |depth: &str| {
        format!(
            "type: object\nproperties:\n  type: {{type: string}}\n  content: {{type: object}}\n  depth: {{type: {depth}}}\n  \
             after: {{type: array, items: {{type: string}}}}\nrequired: [type, content, depth]\n"
        )
    };
    let config = format!(
        "envelopes:\n- {{name: RoomEvent, kind: message-like, schema: core-event-schema/room_event.yaml, why: a test}}\n\
         - {{name: StateEvent, kind: state, schema: core-event-schema/state_event.yaml, why: a test}}\n\
         - {{name: ToDeviceEvent, kind: to-device, schema: core-event-schema/event.yaml, why: a test}}\n\
         - {{name: Pdu, kind: message-like, schema: api/new.yaml{rest}, why: a test}}\n"
    );
    let tree = Tree::new().message("m.test", "type: object").config(&config);
    tree.file("api/new.yaml", format("integer")).file("api/old.yaml", format(old))
}

#[test]
fn errors_of_formats_are_reported_at_their_entries() {
    let trees = [
        ("one format", tree("integer", "")),
        ("two formats", tree("integer", ", formats: api/old.yaml, references: after")),
        ("a missing format", tree("integer", ", formats: api/oldd.yaml")),
        ("different types", tree("string", ", formats: api/old.yaml")),
        ("different types that the envelope omits", tree("string", ", formats: api/old.yaml, omits: depth")),
        ("an unknown reference", tree("integer", ", formats: api/old.yaml, references: before")),
        ("an unknown omission", tree("integer", ", formats: api/old.yaml, omits: [after, before]")),
        ("formats in a map", tree("integer", ", formats: {a: b}")),
    ];
    expect![[r#"
        one format
            accepted
        two formats
            accepted
        a missing format
            5:57 there is no file api/oldd.yaml
            help: write `api/old.yaml`, or add the file
        different types
            5:3 the formats have different types of `depth`
            help: add `depth` to `references` of the envelope, if it is a list of references to events, or support the types in codegen/src/lower/envelope.rs
        different types that the envelope omits
            accepted
        an unknown reference
            5:80 this entry changes nothing in v1.19: no format has a member `before`
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        an unknown omission
            5:95 this entry changes nothing in v1.19: no format has a member `before`
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        formats in a map
            5:57 expected a string, found a map
            help: write a string, as in `{name: …, kind: …, why: …}`
    "#]].assert_eq(&summaries(trees));
}
