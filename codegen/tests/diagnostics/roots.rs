//! Diagnostics of roots: schemas other than those of events.

use expect_test::expect;

use crate::summaries;
use crate::support::Tree;

const ROOT: &str = "api/client-server/rooms.yaml#/paths/~1rooms/get/responses/200/content/application~1json/schema";

fn tree(schema: &str, entry: &str) -> Tree {
    let definition = format!(
        "openapi: 3.1.0\npaths:\n  /rooms:\n    get:\n      responses:\n        \"200\":\n          content:\n            \
         application/json:\n              schema: {schema}\n"
    );
    let tree = Tree::new().message("m.test", "type: object").file("api/client-server/rooms.yaml", definition);
    tree.config(&format!("roots:\n- {{{entry}, why: a test}}\n"))
}

fn entry(rest: &str) -> String {
    format!("at: '{ROOT}', name: RoomResponse, module: bodies::room{rest}")
}

#[test]
fn errors_of_roots_are_reported_at_their_entries() {
    let events = "{type: array, items: {$ref: ../../event-schemas/schema/core-event-schema/event.yaml}}";
    let object = format!("{{type: object, properties: {{chunk: {events}, count: {{type: integer}}}}}}");
    let plain = "{type: object, properties: {count: {type: integer}}}";
    let open = format!("{{type: object, properties: {{count: {{type: integer}}}}, additionalProperties: {events}}}");
    let nested = format!("{{type: object, properties: {{days: {{type: array, items: {events}}}}}}}");
    let map = format!("{{type: object, properties: {{rooms: {{type: object, additionalProperties: {events}}}}}}}");
    let trees = [
        ("a root", tree(plain, &entry(""))),
        ("events with an enum", tree(&object, &entry(", events: {'chunk[]': AnyTimelineEvent}"))),
        ("events without an enum", tree(&object, &entry(""))),
        ("an unknown enum", tree(&object, &entry(", events: {'chunk[]': AnyTimelinEvent}"))),
        ("a path without events", tree(plain, &entry(", events: {'chunk[]': AnyTimelineEvent}"))),
        ("a list of paths", tree(plain, &entry(", events: [chunk]"))),
        ("a missing schema", tree(plain, &entry("").replace("200", "201"))),
        ("a missing file", tree(plain, &entry("").replace("rooms.yaml", "room.yaml"))),
        ("the path of a property", tree(plain, &entry("").replace("schema'", "schema count'"))),
        ("a list", tree(events, &entry(", events: {'[]': AnyTimelineEvent}"))),
        ("a map next to declared properties", tree(&open, &entry(", events: {'*[]': AnyTimelineEvent}"))),
        ("a list of lists", tree(&nested, &entry(", events: {'days[][]': AnyTimelineEvent}"))),
        ("a map of lists", tree(&map, &entry(", events: {'rooms.*[]': AnyTimelineEvent}"))),
        ("a name in another case", tree(plain, &entry("").replace("RoomResponse", "room_response"))),
        ("another name", tree(plain, &format!("{}, why: a test}}\nnames:\n- {{at: '{ROOT}', name: Other", entry("")))),
        ("no module", tree(plain, &format!("at: '{ROOT}', name: RoomResponse"))),
        ("an enum as the type", tree(plain, &entry(", type: AnyTimelineEvent"))),
        ("an unknown enum as the type", tree(plain, &entry(", type: AnyTimelinEvent"))),
        ("a type and events", tree(&object, &entry(", type: AnyTimelineEvent, events: {'chunk[]': AnyTimelineEvent}"))),
    ];
    expect![[r#"
        a root
            accepted
        events with an enum
            accepted
        events without an enum
            2:3 the root `RoomResponse` has events without an enum
            help: add `'chunk[]': Any…` under `events` of the entry
        an unknown enum
            2:157 unknown enum `AnyTimelinEvent`
            help: write the name of an enum, or add an entry under `any`
        a path without events
            2:157 this entry changes nothing in v1.19: the schema has no list and no event at `chunk[]`
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a list of paths
            2:148 expected a map from the paths of events to enums, found a list
            help: write a map such as `events: {'chunk[]': AnyTimelineEvent}`
        a missing schema
            2:4 api/client-server/rooms.yaml has no value at `/paths/~1rooms/get/responses/201/content/application~1json/schema`
            help: write `#/paths/~1rooms/get/responses/200` in place of `#/paths/~1rooms/get/responses/201`
        a missing file
            2:4 there is no file api/client-server/room.yaml
            help: write `api/client-server/rooms.yaml`, or add the file
        the path of a property
            2:4 expected a file, found a path in a file, `api/client-server/rooms.yaml#/paths/~1rooms/get/responses/200/content/application~1json/schema count`
            help: write `api/client-server/rooms.yaml#/paths/~1rooms/get/responses/200/content/application~1json/schema`
        a list
            accepted
        a map next to declared properties
            2:3 unsupported place of events: `*[]` is not a path of fields
            help: remove the path from `events` of the entry, or support the types on the path in `Ir::parts_on` and in codegen/src/emit/root.rs
        a list of lists
            accepted
        a map of lists
            accepted
        a name in another case
            2:106 the name `room_response` is not in `UpperCamelCase`
            help: write `RoomResponse`
        another name
            4:106 the place is a root, whose entry has its name
            help: remove the entry, and write the name in the entry under `roots`
        no module
            2:3 the entry has no `module`
            help: add `module: …` to the entry
        an enum as the type
            accepted
        an unknown enum as the type
            2:148 unknown enum `AnyTimelinEvent`
            help: write the name of an enum, or add an entry under `any`
        a type and events
            2:148 the root has the type `AnyTimelineEvent`, and also `events`
            help: remove one of the two keys
    "#]].assert_eq(&summaries(trees));
}
