//! Inputs in every encoding and with syntax errors, the formats of the report, and the exit codes.

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{run, Run};
use serde_json::{json, Value};

const VALID: &str = r#"{"type":"m.dummy","content":{}}"#;
const INVALID: &str = r#"{"type":"m.dummy","content":7}"#;

fn utf16(text: &str, is_big_endian: bool, has_mark: bool) -> Vec<u8> {
    let mark = if has_mark { "\u{feff}" } else { "" };
    let bytes = |unit: u16| if is_big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
    format!("{mark}{text}").encode_utf16().flat_map(bytes).collect()
}

/// Returns the events and the violations of an input.
fn counts(arguments: &[&str], input: impl AsRef<[u8]>) -> (u64, u64) {
    let Run { stdout, stderr, .. } = run(&[&["validate", "--format=json"], arguments].concat(), input);
    let report: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    let count = |name: &str| report[name].as_u64().unwrap_or_else(|| panic!("{report}"));
    (count("events"), count("violations"))
}

#[test]
fn every_encoding_is_read_and_named() {
    let crlf = format!("{VALID}\r\n{INVALID}\r\n");
    let lf = crlf.replace('\r', "");
    let list = format!("[\r\n{VALID},\r\n{INVALID}]");
    for (input, note) in [
        (lf.clone().into_bytes(), ""),
        (format!("\u{feff}{lf}").into_bytes(), "byte order mark"),
        (crlf.clone().into_bytes(), "CR LF"),
        (list.clone().into_bytes(), "CR LF"),
        (utf16(&lf, false, true), "UTF-16"),
        (utf16(&lf, true, true), "UTF-16"),
        (utf16(&lf, false, false), "UTF-16"),
        (utf16(&list, true, false), "UTF-16"),
        (lf.replace('\n', "\r").into_bytes(), ""),
        (format!("\n\n {VALID} {INVALID}").into_bytes(), ""),
    ] {
        assert_eq!(counts(&["-"], &input), (2, 1), "{note} {}", String::from_utf8_lossy(&input));
        let Run { code, stderr, .. } = run(&["validate"], &input);
        assert_eq!(code, 1, "{stderr}");
        assert!(stderr.contains(note) && stderr.is_empty() == note.is_empty(), "{note}: {stderr}");
    }
}

#[test]
fn input_that_is_not_readable_json_is_an_error_with_a_reason() {
    for (input, reason) in [
        (b"".as_slice(), "the input is empty"),
        (b"\n \n", "the input is empty"),
        (b"\xff\xfe\0\0{\0\0\0", "UTF-32"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"-----BEGIN MEGOLM SESSION DATA-----\n", "the room keys are encrypted"),
        (b"{\"joined\": {}}", "found no event in <stdin>"),
        (b"7", "found no event in <stdin>"),
        (b"[]", "found no event"),
        (b"{\"next_batch\": \"s1\"}", "found no event in the input: the responses have none"),
    ] {
        let Run { code, stderr, .. } = run(&["validate", "-"], input);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.starts_with("error: ") && stderr.contains(reason), "{reason}: {stderr}");
    }
}

#[test]
fn syntax_errors_have_positions_and_are_separate_groups() {
    let input = format!("{VALID}\n{{\"a\" 1}}\n{{\"type\": \"m.dummy\", \"content\"\n{VALID}\n{{\"ü\": x}}\n");
    let mut input = input.into_bytes();
    input.extend(b"{\"a\": \"\xff\"}\n{\"b\" 1}\n");
    let Run { code, stdout, .. } = run(&["validate", "--list"], &input);
    let expected = "\
        <stdin>:2:6 / invalid JSON: expected `:`\n\
        <stdin>:3:30 / invalid JSON: EOF while parsing an object\n\
        <stdin>:5:7 / invalid JSON: expected value\n\
        <stdin>:6:8 / invalid JSON: invalid UTF-8\n\
        <stdin>:7:6 / invalid JSON: expected `:`\n";
    assert_eq!((code, stdout.as_str()), (1, expected));
    let Run { stdout, .. } = run(&["validate"], &input);
    for group in [
        "2 × syntax error\n    invalid JSON: expected `:`\n    first at <stdin>:2:6",
        "1 × syntax error\n    invalid JSON: EOF",
    ] {
        assert!(stdout.contains(group), "{stdout}");
    }
    let document = "{\n  \"next_batch\": \"s\",\n  \"rooms\": {\"join\": {\"!r\": {\"timeline\": oops}}}\n}";
    let Run { code, stdout, .. } = run(&["validate", "--list"], document);
    assert_eq!((code, stdout.as_str()), (1, "<stdin>:3:41 / invalid JSON: expected value\n"));
}

#[test]
fn invalid_text_of_every_encoding_has_a_position() {
    let invalid = |is_big_endian| {
        let mut bytes = utf16(&format!("{VALID}\n{{\"ü\": \""), is_big_endian, true);
        bytes.extend(if is_big_endian { [0xd8, 0] } else { [0, 0xd8] });
        bytes.extend(utf16("\"}\n", is_big_endian, false));
        bytes
    };
    let mut odd = utf16("{\n}", false, true);
    odd.push(0);
    for (input, expected) in [
        (invalid(false), "<stdin>:2:8 / invalid JSON: invalid UTF-16\n"),
        (invalid(true), "<stdin>:2:8 / invalid JSON: invalid UTF-16\n"),
        (odd, "<stdin>:2:2 / invalid JSON: invalid UTF-16\n"),
        (b"{\n\"\xff\"}".to_vec(), "<stdin>:2:2 / invalid JSON: invalid UTF-8\n"),
    ] {
        let Run { code, stdout, stderr } = run(&["validate", "--list"], &input);
        assert_eq!((code, stdout.as_str()), (1, expected), "{stderr}");
    }
}

#[test]
fn extension_of_files_with_lines_is_respected() {
    let text = "{\n  \"type\": \"m.dummy\",\noops\n";
    let text = format!("{text}{VALID}\n");
    let folder = folder(&[("a.ndjson", &text), ("b.jsonl", &text), ("c.NDJSON", &text), ("d.json", &text)]);
    for (name, expected) in [("a.ndjson", (4, 3)), ("b.jsonl", (4, 3)), ("c.NDJSON", (4, 3)), ("d.json", (1, 1))] {
        assert_eq!(counts(&[&folder.path().join(name).to_string_lossy()], ""), expected, "{name}");
    }
}

#[test]
fn violations_of_an_event_are_in_the_order_of_the_text() {
    let event = r#"{"type": "m.room.power_levels", "state_key": "", "event_id": "$1", "room_id": "!r:b.c", "sender": "@a:b.c",
        "origin_server_ts": "1", "content": {"users": {"@z:b.c": "9", "@a:b.c": "1"}, "ban": "7"}}"#;
    let pointers = ["/origin_server_ts", "/content/users/@z:b.c", "/content/users/@a:b.c", "/content/ban"];
    let Run { stdout, .. } = run(&["validate", "--list"], event);
    let found: Vec<&str> = stdout.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(found, pointers);
    let Run { stdout, .. } = run(&["validate"], event);
    assert!(stdout.contains("/content/users/@z:b.c: ") && stdout.contains("first at <stdin>:2:"), "{stdout}");
    for limit in 1..4 {
        let Run { stdout, .. } = run(&["validate", "--max-violations", &limit.to_string()], event);
        let shown = pointers.map(|pointer| stdout.contains(&format!("{pointer}: ")));
        assert_eq!(shown, [true, limit > 1, false, false].map(|is_shown| is_shown), "{limit}: {stdout}");
    }
}

#[test]
fn messages_have_no_position_in_the_event() {
    let event = r#"{"type": "m.room.name", "state_key": "", "event_id": "$1", "room_id": "!r:b.c", "sender": "@a:b.c",
        "origin_server_ts": 1e999, "content": {"name": "A"}}"#;
    let input = format!("\n[7,\n {event}]");
    let Run { stdout, .. } = run(&["validate", "--list"], &input);
    let expected = "<stdin>:4:29 /1/origin_server_ts unsupported JSON: number outside of the range of `f64`\n";
    assert_eq!(stdout, expected);
    let malformed = r#" {"type": "m.room.member", "state_key": "@a:b.c", "content": {"membership": 7}}"#;
    for (input, expected) in [
        (malformed.to_owned(), "/content/membership (line 1, column 77)"),
        (format!("{VALID}\n{malformed}"), "/content/membership (line 2, column 77)"),
        (format!("[\n{}]", malformed.replace(" {\"mem", "\n{\"mem")), "/content/membership (line 3, column 16)"),
    ] {
        let Run { stdout, .. } = run(&["inspect"], &input);
        assert!(stdout.contains(expected), "{stdout}");
    }
}

#[test]
fn release_is_known_and_requires_lint() {
    for (release, level, expected) in [
        ("v1.1", "lint", ""),
        ("1.10", "lint", ""),
        ("v1.19", "lint", ""),
        ("v1.19", "strict", "`--spec-version` has no effect at this level"),
        ("v1.1", "schema", "`--spec-version` has no effect at this level"),
        ("v1.0", "lint", "expected a release of the specification: v1.1, v1.2, "),
        ("v1.99", "lint", ", v1.19"),
        ("v2.1", "lint", "expected a release"),
        ("x", "lint", "expected a release"),
    ] {
        let Run { code, stderr, .. } = run(&["validate", "--spec-version", release, "--level", level], VALID);
        assert_eq!(code, if expected.is_empty() { 0 } else { 2 }, "{release}: {stderr}");
        assert!(stderr.contains(expected), "{stderr}");
    }
}

#[test]
fn explained_types_have_the_types_of_elements() {
    for (name, expected) in [
        ("m.room.power_levels", "users object of integers"),
        ("m.direct", "content: object of arrays of strings"),
        ("m.room.pinned_events", "pinned array of strings"),
        ("m.room.power_levels.users", "type: object of integers"),
        ("m.room.power_levels.users.*", "type: integer"),
        ("m.receipt.*.m.read.*.ts", "*.m.read.*.ts in m.receipt"),
        ("m.room.image_pack", "aliases: im.ponies.room_emotes"),
        ("im.ponies.room_emotes", "m.room.image_pack"),
        ("m.room.message", "m.mentions object optional, from level strict on, alias org.matrix.msc3952.mentions"),
        ("m.room.topic", "m.topic object optional, since v1.15, alias org.matrix.msc3765.topic"),
        ("m.room.message", "from level strict on"),
        ("m.room.message.m.mentions", "user_ids"),
    ] {
        let Run { stdout, stderr, .. } = run(&["explain", name], "");
        let words: Vec<&str> = stdout.split_whitespace().collect();
        assert!(words.join(" ").contains(expected), "{expected}: {stdout}{stderr}");
    }
    let Run { code, stdout, .. } = run(&["validate", "--type", "im.ponies.room_emotes", "--list"], r#"{"images": 7}"#);
    assert_eq!((code, stdout.contains("/images expected an object")), (1, true), "{stdout}");
}

#[test]
fn events_whose_type_has_no_schema_are_counted() {
    let typo = r#"{"type": "m.dumy", "content": {}}"#;
    let unstable = r#"{"type": "im.ponies.room_emotes", "state_key": "", "content": {}}"#;
    let invalid = r#"{"type": "m.dumy", "content": 7}"#;
    let edu = r#"{"edu_type": "m.typign", "content": {}}"#;
    for (input, level, expected) in [
        (VALID.to_owned(), "schema", 0),
        (typo.to_owned(), "schema", 1),
        (format!("{typo}\n{VALID}\n{typo}\n{invalid}\n"), "schema", 3),
        (format!("[{typo}, {VALID}, {invalid}, {edu}]"), "schema", 3),
        (format!("{typo}\n{VALID}\n{typo}\n"), "strict", 2),
        (format!("{typo}\n{VALID}\n"), "lint", 1),
        (format!("{unstable}\n{unstable}\n"), "schema", 2),
        (format!("{unstable}\n{unstable}\n"), "strict", 0),
        (r#"{"content": {}}"#.to_owned(), "schema", 0),
    ] {
        let arguments = ["validate", "--form=content-only", "--level", level];
        let Run { stdout, .. } = run(&[&arguments, ["--format=json"].as_slice()].concat(), &input);
        let report: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}"));
        assert_eq!(report["unknown_types"], expected, "{level} {input}");
        let Run { stdout, .. } = run(&arguments, &input);
        assert_eq!(stdout.contains("a type without a schema"), expected > 0, "{stdout}");
    }
}

#[test]
fn number_of_threads_changes_nothing() {
    let mut input = String::new();
    for index in 0..20_000 {
        let event = if index % 3_000 == 2_999 { INVALID } else { VALID };
        input.push_str(&format!("{}{event}\n", " ".repeat(index % 90)));
    }
    input.push_str("\n{broken\n");
    let reports = ["1", "2", "7"].map(|jobs| run(&["validate", "--list", "--jobs", jobs], &input).stdout);
    assert_eq!(reports[0].lines().count(), 7, "{}", reports[0]);
    assert!(reports.iter().all(|report| *report == reports[0]), "{reports:?}");
    for (jobs, expected) in [("256", 1), ("257", 2), ("65535", 2), ("0", 2)] {
        let Run { code, stderr, .. } = run(&["validate", "--jobs", jobs], &input);
        assert_eq!(code, expected, "{jobs}: {stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
    }
    let groups = ["1", "7"].map(|jobs| run(&["validate", "--format=json", "--jobs", jobs], &input).stdout);
    assert_eq!(groups[0], groups[1]);
}

#[test]
fn limit_stops_after_an_exact_number_of_violations() {
    let input = format!("{VALID}\n{INVALID}\n").repeat(50_000);
    for limit in ["1", "7", "9999"] {
        let Run { code, stdout, stderr } = run(&["validate", "--list", "--max-violations", limit], &input);
        assert_eq!((code, stdout.lines().count().to_string().as_str()), (1, limit));
        assert!(stderr.contains("stopped after"), "{stderr}");
        assert_eq!(counts(&["--max-violations", limit], &input).1.to_string(), limit);
    }
}

#[test]
fn content_alone_is_validated_with_its_type() {
    let content = r#"{"membership": "join", "displayname": 7}"#;
    for input in [content.to_owned(), format!("[{content}]"), format!("{content}\n{{\"membership\": \"leave\"}}\n")] {
        let Run { code, stdout, .. } = run(&["validate", "--type", "m.room.member", "--list"], &input);
        assert_eq!((code, stdout.contains("/displayname expected")), (1, true), "{stdout}");
    }
    assert_eq!(counts(&["--type", "m.typing"], r#"{"user_ids": []}"#), (1, 0));
    let Run { code, stderr, .. } = run(&["validate", "--type", "m.room.membre"], content);
    assert_eq!(code, 2);
    assert!(stderr.contains("unknown event type `m.room.membre`\n  = help: use `m.room.member`"), "{stderr}");
}

#[test]
fn form_applies_to_events_alone() {
    let event = r#"{"type": "m.room.name", "state_key": "", "sender": "@mira:example.org", "content": {"name": "A"}}"#;
    for (form, violations) in
        [("full", 3), ("sync", 2), ("stripped", 0), ("initial-state", 0), ("content-only", 0), ("pdu", 2)]
    {
        assert_eq!(counts(&["--form", form], event), (1, violations), "{form}");
    }
    let response = format!(r#"{{"chunk": [{event}]}}"#);
    assert_eq!(counts(&["--form", "stripped"], response), (1, 3));
}

#[test]
fn sarif_is_one_document_and_github_has_a_command_for_each_violation() {
    let input = format!("{VALID}\n{INVALID}\n{{\"type\": \"m.dummy\", \"content\": 8}}\n");
    for (input, count) in [(input.as_str(), 2), (VALID, 0)] {
        let Run { stdout, .. } = run(&["validate", "--format=sarif"], input);
        let sarif: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}"));
        assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(count), "{stdout}");
        assert_eq!(sarif["runs"][0]["tool"]["driver"]["name"], "matrix-events");
    }
    let Run { stdout, .. } = run(&["validate", "--format=sarif"], &input);
    let sarif: Value = serde_json::from_str(&stdout).expect("JSON");
    let result = &sarif["runs"][0]["results"][1];
    assert_eq!(result["locations"][0]["physicalLocation"]["region"], json!({"startLine": 3, "startColumn": 32}));
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("type"), &json!("error")));

    let Run { stdout, .. } = run(&["validate", "--format=github"], &input);
    let first = "::error title=m.dummy::line 2, column 29: /content: expected an object, found 7 (m.dummy)";
    assert_eq!(stdout.lines().next(), Some(first));
    let Run { stdout, .. } = run(&["validate", "--format=github"], "{");
    assert_eq!(stdout, "::error title=Matrix event::line 1, column 2: invalid JSON: EOF while parsing an object\n");
    let lint = r#"{"type": "m.tag", "content": {"100%\u001b\n": 1}}"#;
    let folder = folder(&[("a,b.json", lint)]);
    let path = folder.path().join("a,b.json").to_string_lossy().into_owned();
    let Run { stdout, .. } = run(&["validate", "--format=github", "--level=lint", &path], "");
    assert!(stdout.starts_with("::warning file=") && stdout.contains("a%2Cb.json,line=1,col=31,"), "{stdout}");
    assert!(stdout.contains("title=m.tag::/content/100%25\u{fffd}%0A: "), "{stdout}");
}

/// Writes files with names and texts, and returns their folder.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

#[test]
fn sarif_has_uris_of_files_and_notifications_of_errors() {
    let name = "a b%20#?:é\n.json";
    let folder = folder(&[(name, INVALID), ("none.json", "{}")]);
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let sarif = |arguments: &[&str]| -> (i32, Value) {
        let Run { code, stdout, .. } = run(&[&["validate", "--format=sarif"], arguments].concat(), INVALID);
        (code, serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}")))
    };
    let uri = |sarif: &Value| {
        let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        location["artifactLocation"]["uri"].as_str().unwrap_or_default().to_owned()
    };
    let (code, report) = sarif(&[&path(name)]);
    assert_eq!(code, 1);
    assert!(uri(&report).ends_with("/a%20b%2520%23%3F%3A%C3%A9%0A.json"), "{report}");
    assert_eq!(report["runs"][0]["invocations"][0]["executionSuccessful"], true);
    assert_eq!(uri(&sarif(&["-"]).1), "%3Cstdin%3E");
    for input in ["none.json", "missing.json"] {
        let (code, report) = sarif(&[&path(input), &path(name)]);
        let invocation = &report["runs"][0]["invocations"][0];
        assert_eq!((code, &invocation["executionSuccessful"]), (2, &json!(false)));
        let notification = &invocation["toolExecutionNotifications"][0];
        assert_eq!(notification["level"], "error");
        assert!(notification["message"]["text"].as_str().is_some_and(|text| text.contains(input)), "{report}");
    }
}

#[test]
fn kinds_of_violations_beyond_the_limit_are_counted() {
    let events = (0..10_500).map(|index| format!("{{\"type\": \"org.example.t{index}\", \"content\": 7}}\n"));
    let input: String = events.collect();
    let Run { stdout, .. } = run(&["validate", "--format=json", "--form=content-only"], &input);
    let report: Value = serde_json::from_str(&stdout).expect("JSON");
    let counts = ["violations", "omitted", "ungrouped"].map(|name| report[name].as_u64());
    assert_eq!(counts, [Some(10_500), Some(0), Some(500)]);
    assert_eq!(report["kinds"].as_array().map(Vec::len), Some(10_000));
    let Run { stdout, .. } = run(&["validate", "--form=content-only"], &input);
    assert!(stdout.contains("\n500 further violations of other kinds are not shown\n"));
}

#[test]
fn list_in_json_has_an_object_per_line() {
    let input = format!("{INVALID}\n{INVALID}\n");
    let Run { stdout, .. } = run(&["validate", "--list", "--format=json"], input);
    let lines: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["at"], json!({"file": "<stdin>", "line": 2, "column": 29, "pointer": "/content"}));
    assert_eq!((&lines[1]["violation"]["rule"], &lines[1]["violation"]["level"]), (&json!("type"), &json!("schema")));
}

#[test]
fn quiet_prints_only_errors() {
    for (input, expected) in [(VALID, 0), (INVALID, 1), ("{", 1), ("{}", 2)] {
        for format in ["text", "json", "sarif", "github"] {
            let Run { code, stdout, stderr } = run(&["validate", "--quiet", "--format", format], input);
            assert_eq!((code, stdout.as_str()), (expected, ""), "{input}");
            assert_eq!(stderr.is_empty(), expected < 2, "{stderr}");
        }
    }
}

#[test]
fn folders_are_searched_and_each_file_without_events_is_an_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("deep")).expect("a folder");
    for (name, text) in [("a.json", VALID), ("deep/b.NDJSON", INVALID), ("deep/c.txt", "oops"), ("d.jsonl", VALID)] {
        fs::write(path(name), text).expect("a file");
    }
    let root = folder.path().to_string_lossy().into_owned();
    assert_eq!(counts(&[&root], ""), (3, 1));
    let Run { stdout, .. } = run(&["validate", "--list", &root], "");
    assert!(stdout.starts_with(&format!("{}:1:29 /content ", path("deep/b.NDJSON").display())), "{stdout}");
    fs::write(path("e.json"), "{\"name\": \"package\"}").expect("a file");
    fs::write(path("f.json"), "{\"next_batch\": \"s\"}").expect("a file");
    let Run { code, stderr, .. } = run(&["validate", &root], "");
    assert_eq!((code, stderr.matches("error: ").count()), (2, 1), "{stderr}");
    let empty = path("empty");
    fs::create_dir(&empty).expect("a folder");
    let Run { code, stderr, .. } = run(&["validate", &empty.to_string_lossy()], "");
    assert_eq!((code, stderr.contains("found no file in")), (2, true), "{stderr}");
}

#[cfg(unix)]
#[test]
fn folders_skip_pipes_and_links_to_folders() {
    use std::os::unix::fs::symlink;

    let folder = folder(&[("a.json", VALID), ("target", VALID)]);
    let path = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo").arg(path("pipe.json")).status().expect("mkfifo");
    assert!(made.success());
    fs::create_dir(path("deep")).expect("a folder");
    symlink(path("deep"), path("folder.json")).expect("a link");
    symlink(path("target"), path("link.json")).expect("a link");
    symlink("/dev/zero", path("device.json")).expect("a link");
    let root = folder.path().to_string_lossy().into_owned();
    assert_eq!(counts(&[&root], ""), (2, 0));
    symlink(path("nothing"), path("broken.json")).expect("a link");
    let Run { code, stderr, .. } = run(&["validate", &root], "");
    assert_eq!((code, stderr.contains("broken.json: No such file")), (2, true), "{stderr}");
}

#[test]
fn every_event_type_and_field_is_explained() {
    let Run { stdout, .. } = run(&["explain"], "");
    let types = stdout.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    assert!(types.clone().count() > 70, "{stdout}");
    for name in [
        "m.room.message",
        "m.room.member.membership",
        "m.room.message.info --variant m.image",
        "m.typing --edu",
        "m.room.power_levels.users",
        "m.room.topic.m.topic.m.text",
        "m.receipt.m.read",
        "m.receipt.*.m.read.*.ts",
        "m.receipt.m.read.ts",
        "m.direct.*",
        "m.direct.*.*",
        "m.direct.*[]",
        "m.room.power_levels.users.*",
        "m.room.topic.m.topic.m.text[0].body",
        "m.room.topic.m.topic.m.text[].body",
        "m.room.topic.m.topic.m.text[*].body",
        "m.room.topic.m.topic.m.text.*.body",
        "m.room.topic.m.topic.m.text.0.body",
        "m.room.topic.m.topic.m.text[0]",
        "m.room.message.m.relates_to.rel_type",
        "m.room.message.m.mentions.user_ids",
        "m.room.message.m.mentions --variant m.text",
        "im.ponies.room_emotes",
        "im.ponies.room_emotes.images",
    ] {
        let arguments: Vec<&str> = std::iter::once("explain").chain(name.split(' ')).collect();
        let Run { code, stdout, .. } = run(&arguments, "");
        assert_eq!((code, stdout.contains("since:"), stdout.contains("link:")), (0, true, true), "{stdout}");
        let Run { code, stdout, .. } = run(&[arguments, vec!["--json-schema"]].concat(), "");
        let schema: Value = serde_json::from_str(&stdout).expect("JSON");
        assert_eq!((code, &schema["$schema"]), (0, &json!("https://json-schema.org/draft/2020-12/schema")));
    }
    for (name, help) in [
        ("m.room.topci", "use `m.room.topic`"),
        ("m.room.topic.topci", "use `m.room.topic.topic`"),
        ("topic", "`m.room.topic`"),
        ("m.room.topic.topic.", "use `m.room.topic.topic`"),
        ("m.room.topic.topic[0]", "list the fields"),
        ("m.room.power_levels.ban.*", "list the fields"),
        ("m.room.topic.m.topic.m.text[x]", "list the fields"),
    ] {
        let Run { code, stderr, .. } = run(&["explain", name], "");
        assert_eq!((code, stderr.contains(help)), (2, true), "{stderr}");
    }
}

/// Returns the recorded responses that have events. `MATRIX_TRAFFIC` names their folder.
fn traffic() -> Option<PathBuf> {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    let folder = std::env::var_os("MATRIX_TRAFFIC").map_or(package.join("../../shared/traffic"), PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: no recorded responses in {}", folder.display());
        return None;
    }
    Some(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}

/// Returns the groups of a report without the locations.
fn groups(arguments: &[&str], input: &str) -> (u64, Vec<Value>) {
    let Run { stdout, stderr, .. } = run(&[&["validate", "--format=json"], arguments].concat(), input);
    let mut report: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    let events = report["events"].as_u64().expect("a number");
    let kinds = report["kinds"].as_array_mut().expect("a list");
    kinds.iter_mut().for_each(|kind| kind["first"]["at"] = Value::Null);
    (events, kinds.clone())
}

#[test]
fn recorded_responses_and_their_lines_have_the_same_violations() {
    let Some(folder) = traffic() else { return };
    let mut lines = String::new();
    for file in files(&folder) {
        let text = fs::read_to_string(&file).expect("a file");
        lines.push_str(&text.replace('\n', " "));
        lines.push('\n');
    }
    for level in ["schema", "strict", "lint"] {
        let recorded = groups(&["--level", level, &folder.to_string_lossy()], "");
        assert!(recorded.0 > 3_000 && !recorded.1.is_empty(), "{recorded:?}");
        assert_eq!(recorded, groups(&["--level", level], &lines), "{level}");
    }
}
