//! Diagnostics of the rules of room versions.

use expect_test::expect;
use matrix_events_codegen::{room_versions, TextFile, ROOM_VERSIONS};

/// Returns the rules of the repository.
fn text() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec").join(ROOM_VERSIONS);
    std::fs::read_to_string(path).expect("the rules of room versions")
}

/// Returns the rules with another text in the place of one that occurs.
fn edited(find: &str, replace: &str) -> String {
    let text = text();
    assert!(text.contains(find), "{find}");
    text.replacen(find, replace, 1)
}

#[test]
fn invalid_rules_are_reported() {
    let knocking = "rule: authorization.knocking\n      value: true";
    let files = [
        ("the file of the repository", text()),
        ("a map", "versions: []\n".to_owned()),
        ("no YAML", "- [".to_owned()),
        ("unknown key of a version", edited("based-on: \"6\"\n", "based-on: \"6\"\n  bsaed: x\n")),
        ("unknown key of a rule", edited(knocking, &format!("{knocking}\n      vlaue: false"))),
        ("unknown rule", edited("rule: authorization.knocking\n", "rule: authorization.knoking\n")),
        ("unknown version below", edited("based-on: \"6\"", "based-on: \"16\"")),
        ("no version below", edited("  based-on: \"6\"\n", "")),
        ("repeated version", edited("- version: \"7\"", "- version: \"6\"")),
        ("invalid version", edited("- version: \"7\"", "- version: \"V7\"")),
        ("number as a version", edited("- version: \"7\"", "- version: 7")),
        ("string as a flag", edited(knocking, "rule: authorization.knocking\n      value: \"yes\"")),
        ("entry without effect", edited(knocking, "rule: authorization.knocking\n      value: false")),
        ("unknown value", edited("value: url-safe-base64", "value: url-safe-base46")),
        ("number with a fraction", edited("value: 9007199254740991", "value: 1.5")),
        ("no clause", edited("      clause: rooms/v7/#authorisation-rules\n", "")),
        ("clause without a section", edited("clause: rooms/v7/#authorisation-rules", "clause: rooms/v7")),
        ("missing rule", edited("    - rule: enforce_key_validity\n      value: false\n      clause: rooms/v5/#signing-key-validity-period\n      text: Servers do not compare the time of an event with the validity of the signing key.\n", "")),
        ("rule of an event without its type", edited("      event: m.room.join_rules\n", "")),
        ("event type of another rule", edited(knocking, &format!("{knocking}\n      event: m.room.member"))),
        ("text as keys", edited("value: [redacts]", "value: redacts")),
        ("repeated key", edited("value: [redacts]", "value: [redacts, redacts]")),
        ("path of three keys", edited("value: [redacts]", "value: [[a, b, c]]")),
        (
            "repeated rule",
            edited("    - rule: state_res\n      value: v2\n      clause: rooms/v2/#state-resolution\n      text: The second algorithm of state resolution applies.\n", "    - {rule: state_res, value: v2, clause: rooms/v2/#s, text: a}\n    - {rule: state_res, value: v2, clause: rooms/v2/#s, text: a}\n"),
        ),
        ("no rules", edited("  text: Knocking.\n  rules:", "  text: Knocking.\n  rlues:")),
    ];
    let mut found = String::new();
    for (title, text) in files {
        found.push_str(&format!("{title}\n"));
        match room_versions(&TextFile { name: ROOM_VERSIONS.to_owned(), text }) {
            Ok(_) => found.push_str("    accepted\n"),
            Err(diagnostics) => {
                for one in diagnostics.iter() {
                    let help = one.help.as_deref().unwrap_or_default();
                    found.push_str(&format!("    {}:{} {}\n    help: {help}\n", one.line, one.column, one.message));
                }
            }
        }
    }
    expect![[r#"
        the file of the repository
            accepted
        a map
            0:0 expected a list of room versions, found a map
            help: write a list of versions such as `- {version: "2", based-on: "1", text: …, rules: […]}`
        no YAML
            1:3 failed to parse the file as YAML: found `[` without `]`
            help: write `]` at the end of the values after `[`. If `[` is part of a text, put the text in quotes
        unknown key of a version
            263:3 unknown key `bsaed`
            help: remove `bsaed`
        unknown key of a rule
            267:7 unknown key `vlaue`
            help: write `value` in place of `vlaue`. Otherwise, remove `vlaue`
        unknown rule
            16:3 the room version does not state the rule `authorization.knocking`
            help: add `{rule: authorization.knocking, value: …, clause: …, text: …}`
            57:7 unknown rule `authorization.knoking`
            help: write `authorization.knocking` in place of `authorization.knoking`
        unknown version below
            262:3 there is no room version `16` above
            help: correct the name, or remove `based-on` from the first version
        no version below
            261:3 the room version has no `based-on`
            help: add `based-on: "6"`
        repeated version
            261:3 `6` is not the name of a new room version
            help: correct the name, or remove the version
        invalid version
            261:3 `V7` is not the name of a new room version
            help: correct the name, or remove the version
        number as a version
            261:3 expected a string, found the number `7`
            help: put the value in quotes
        string as a flag
            266:7 expected `true` or `false`, found the string `yes`
            help: write `true` or `false`
        entry without effect
            265:7 this entry changes nothing: the version in `based-on` has the same value
            help: remove the entry, or correct the value
        unknown value
            218:7 unknown value `url-safe-base46`
            help: write `url-safe-base64`
        number with a fraction
            257:7 expected an integer of 64 bits, found the number `1.5`
            help: write an integer of 64 bits
        no clause
            265:7 the entry has no `clause`
            help: add `clause: …`
        clause without a section
            267:7 `rooms/v7` is not a page and a section
            help: write the end of the URL of the section
        missing rule
            16:3 the room version does not state the rule `enforce_key_validity`
            help: add `{rule: enforce_key_validity, value: …, clause: …, text: …}`
        rule of an event without its type
            130:7 the entry has no `event`
            help: add `event: …`
        event type of another rule
            267:7 unknown key `event`
            help: remove `event`
        text as keys
            360:7 expected a list of keys, found the string `redacts`
            help: write a list such as `[membership]`
        repeated key
            360:24 expected each key once, found a key for the second time
            help: remove one of the two keys
        path of three keys
            360:15 expected a key, or a list of a key and a key of its object, found a list
            help: write a key, or a list of a key and a key of its object
        repeated rule
            184:7 the room version states the rule for the second time
            help: remove one of the two entries
        no rules
            261:3 the room version has no list `rules`
            help: add `rules: [{rule: authorization.knocking, value: true, clause: 'rooms/v7/#redactions', text: …}]`
    "#]]
    .assert_eq(&found);
}
