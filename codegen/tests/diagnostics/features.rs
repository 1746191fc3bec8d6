//! Diagnostics of features of areas.

use expect_test::expect;

use crate::support::Tree;
use crate::{diagnosed, summaries};

fn tree(entry: &str) -> Tree {
    let tree = Tree::new().message("m.call.invite", "type: object").message("m.call.answer", "type: object");
    tree.message("m.test", "type: object").config(&format!("features:\n{entry}\n"))
}

fn calls(at: &str) -> Tree {
    tree(&format!("- {{name: calls, description: Events of calls., at: {at}, why: a test}}"))
}

#[test]
fn errors_of_features_are_reported_at_their_entries() {
    let named = |name: &str| tree(&format!("- {{name: {name}, description: Tests., at: m.test, why: a test}}"));
    let two = "- {name: calls, description: Calls., at: m.call.*, why: a test}\n- {name: invites, description: Invites., at: m.call.invite, why: a test}";
    let trees = [
        ("event types", calls("[m.call.invite, m.call.answer]")),
        ("the beginning of event types", calls("m.call.*")),
        ("an unknown event type", calls("m.call.invit")),
        ("a beginning of no event type", calls("m.poll.*")),
        ("a folder without an entry", calls("api/edus")),
        ("a star in the middle", calls("m.*.invite")),
        ("all event types", calls("'*'")),
        ("an event type and its beginning", calls("[m.call.*, m.call.invite]")),
        ("an event type of two features", tree(two)),
        ("a feature with two entries", tree(&two.replace("invites", "calls").replace("m.call.*", "m.call.answer"))),
        ("a name in another case", named("Calls")),
        ("a name with a digit at the start", named("1-to-1")),
        ("the name of the features that are enabled by default", named("default")),
        ("the name of a proposal", named("unstable-msc1")),
        ("no description", tree("- {name: calls, at: m.test, why: a test}")),
        (
            "a description of two lines",
            tree("- {name: calls, description: \"Events\\nof calls.\", at: m.test, why: a test}"),
        ),
        (
            "further events of a feature",
            tree(&format!("{}\n- {{name: calls, at: m.test, why: a test}}", two.lines().next().unwrap_or_default())),
        ),
        ("further events of an unknown feature", tree(&format!("{two}\n- {{name: call, at: m.test, why: a test}}"))),
        ("no event type", tree("- {name: calls, description: Calls., why: a test}")),
    ];
    expect![[r#"
        event types
            accepted
        the beginning of event types
            accepted
        an unknown event type
            2:48 this entry changes nothing in v1.19: there is no event `m.call.invit`
            help: write `m.call.invite`, or remove the entry
        a beginning of no event type
            2:48 this entry changes nothing in v1.19: no event type of the specification begins with `m.poll.`
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a folder without an entry
            2:48 this entry changes nothing in v1.19: `folders` has no entry for a folder `api/edus` with events
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a star in the middle
            2:48 `m.*.invite` is not a valid event type
            help: write a value such as `m.call.*`
        all event types
            2:48 `*` is not a valid event type
            help: write a value such as `m.call.*`
        an event type and its beginning
            2:63 duplicate feature of `m.call.invite`: two values under `features` match
            help: remove one of the two values, or write longer event types
        an event type of two features
            3:42 duplicate feature of `m.call.invite`: two values under `features` match
            help: remove one of the two values, or write longer event types
        a feature with two entries
            3:4 duplicate feature `calls`
            help: remove one of the two, or limit them to different releases with `since:` and `until:`
        a name in another case
            2:4 `Calls` is not a valid name of a feature
            help: write such a name, for example `calls`
        a name with a digit at the start
            2:4 `1-to-1` is not a valid name of a feature
            help: write such a name, for example `calls`
        the name of the features that are enabled by default
            2:4 `default` is a reserved name of a feature
            help: write another name
        the name of a proposal
            2:4 `unstable-msc1` is a reserved name of a feature
            help: write another name
        no description
            2:4 unknown feature `calls`
            help: add `description: …` to the entry
        a description of two lines
            2:17 the description has several lines
            help: write one line
        further events of a feature
            accepted
        further events of an unknown feature
            4:4 unknown feature `call`
            help: write `calls`
        no event type
            2:3 the entry has no `at`
            help: add `at: …` to the entry
    "#]].assert_eq(&summaries(trees));
}

#[test]
fn an_event_of_two_features_is_reported_at_both_entries() {
    let entries = "\
- {name: calls, description: Calls., at: m.call.*, why: a test}
- {name: invites, description: Invites., at: [m.call.invite, m.test], why: a test}";
    diagnosed(
        &tree(entries),
        expect![[r#"
        error: duplicate feature of `m.call.invite`: two values under `features` match
         --> codegen.yaml:3:47
          |
        3 | - {name: invites, description: Invites., at: [m.call.invite, m.test], why: a test}
          |                                               ^^^^^^^^^^^^^
          |
          = at: /features/1/at/0
          = other place: codegen.yaml:2:38
          = expected: at most one value for each event type
          = help: remove one of the two values, or write longer event types

        1 error"#]],
    );
}

#[test]
fn feature_of_an_event_of_a_proposal_is_reported() {
    let about =
        "number: 1\ntitle: Tests\nurl: https://example.org\nstate: open\ndate: \"2026-11-26\"\ndescription: A test.\n";
    let schema = crate::support::event("org.example.ring", "room_event.yaml", "type: object");
    let schema = schema.replace("core-event-schema", "/event-schemas/schema/core-event-schema");
    let tree = calls("[m.call.*, org.example.ring]").file("proposals/msc1/proposal.yaml", about);
    diagnosed(
        &tree.file("proposals/msc1/schema/org.example.ring.yaml", schema),
        expect![[r#"
            error: this entry changes nothing in v1.19: `org.example.ring` requires the feature of MSC1
             --> codegen.yaml:2:63
              |
            2 | - {name: calls, description: Events of calls., at: [m.call.*, org.example.ring], why: a test}
              |                                                               ^^^^^^^^^^^^^^^^
              |
              = at: /features/0/at/1
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}
