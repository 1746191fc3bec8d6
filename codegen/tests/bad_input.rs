//! Input that no editor would save: odd encodings, bombs, heaps, and random damage. Nothing panics, and nothing takes long.

mod support;

use std::time::{Duration, Instant};

use support::{event, indent, Tree, OVERRIDES};

/// What each of these may take at most. They take a fraction of it; without its guard a bomb takes hours.
const LIMIT: Duration = Duration::from_secs(60);

fn quickly<T>(task: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let outcome = task();
    let took = start.elapsed();
    assert!(took < LIMIT, "it took {took:?}");
    outcome
}

/// A tree with a bit of everything, small enough to be damaged byte by byte.
fn sample() -> Tree {
    let beside = "    redacts: {type: string, format: mx-event-id}\n";
    Tree::new()
        .schema(
            "components/thing.yaml",
            "title: Thing\ntype: object\nproperties:\n  a: {type: string, pattern: '^a'}\nrequired: [a]\n",
        )
        .schema(
            "m.test.yaml",
            event(
                "m.test",
                "room_event.yaml",
                "\
type: object
properties:
  colour: {description: 'One of: * `red`', type: string, enum: [red, blue], x-addedInMatrixVersion: 1.2}
  thing: {$ref: components/thing.yaml}
  by_user: {type: object, patternProperties: {'^@': {type: integer, minimum: 0, x-pattern-format: mx-user-id}}}
  either: {oneOf: [{type: string}, {type: array, items: {type: number}}]}
required: [colour]",
            ) + beside,
        )
        .schema("m.key.yaml", event("m.key", "event.yaml", "type: object\nadditionalProperties: {type: string}"))
        .example("core.json", "{\n    \"room_id\": \"!a:b\",\n    \"sender\": \"@a:b\"\n}\n")
        .example(
            "m.test.json",
            "{\n    \"$ref\": \"core.json\",\n    \"type\": \"m.test\",\n    \"content\": {\"colour\": \"red\"}\n}\n",
        )
        .overrides(
            "\
kinds:
- {events: m.key, kinds: [to-device], why: section Keys}
modules:
- {file: components/thing.yaml, module: room, why: shared}
optional:
- at: m.test.yaml#/allOf/1/properties/content/properties/colour
  since: 1.10
  why: old ones have none
",
        )
}

#[test]
fn byte_order_mark_and_crlf_change_nothing() {
    let plain = sample().output();
    let mut tree = sample();
    for bytes in tree.files.values_mut() {
        let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
        *bytes = format!("\u{FEFF}{text}").into_bytes();
    }
    tree.overrides = format!("\u{FEFF}{}", tree.overrides.replace('\n', "\r\n"));
    let odd = tree.output();
    assert_eq!(plain.events, odd.events);
    assert_eq!(plain.cases, odd.cases);
    assert_eq!(plain.ir, odd.ir);
}

#[test]
fn crlf_does_not_move_a_diagnostic() {
    let text = event("m.test", "room_event.yaml", "type: object\nproperties:\n  one: {typ: string}");
    let place = |text: String| {
        let diagnostics = Tree::new().schema("m.test.yaml", text).diagnostics();
        diagnostics.iter().map(|one| (one.line, one.column, one.snippet.clone())).collect::<Vec<_>>()
    };
    assert_eq!(place(text.clone()), place(text.replace('\n', "\r\n")));
}

#[test]
fn alias_bomb() {
    let mut text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (one, next) in ('a'..='i').zip('b'..='j') {
        text += &format!("{next}: &{next} [{}]\n", vec![format!("*{one}"); 10].join(", "));
    }
    let tree = Tree::new().schema("m.test.yaml", text);
    let diagnostics = quickly(|| tree.diagnostics());
    assert!(diagnostics.to_string().contains("aliases repeat too many values"), "{diagnostics}");
}

#[test]
fn aliases_stand_for_what_they_name() {
    let content = |second: &str| {
        format!("type: object\nproperties:\n  one: &name {{description: A name., type: string}}\n  two: {second}")
    };
    let aliased = Tree::new().message("m.test", &content("*name")).output();
    let written_out = Tree::new().message("m.test", &content("{description: A name., type: string}")).output();
    assert_eq!(aliased.events, written_out.events);
    assert_eq!(aliased.ir, written_out.ir);
}

#[test]
fn nesting_of_ten_thousand() {
    let depth = 10_000;
    let flow = "{a: ".repeat(depth) + "1" + &"}".repeat(depth);
    let lists = "[".repeat(depth) + &"]".repeat(depth);
    let schema = "{items: ".repeat(depth) + "{}" + &"}".repeat(depth);
    let block: String = (0..depth / 10).map(|level| format!("{}items:\n", " ".repeat(level))).collect();
    for text in [flow, lists.clone(), schema, block] {
        quickly(|| Tree::new().schema("m.test.yaml", text).diagnostics());
    }
    let tree = Tree::new().message("m.test", "type: object");
    quickly(|| tree.clone().example("m.test.json", lists).diagnostics());
    quickly(|| tree.example("m.test.json", "{\"a\":".repeat(depth)).diagnostics());
}

#[test]
fn nesting_of_a_hundred_is_no_bomb() {
    let mut content = "type: object".to_owned();
    for level in 0..20 {
        content = format!("type: object\nproperties:\n  level{level}:\n{}", indent(&content, 4));
    }
    quickly(|| Tree::new().message("m.test", &content).output());
}

#[test]
fn description_of_a_megabyte_in_a_line() {
    let content =
        format!("type: object\nproperties:\n  one: {{type: string, description: '{}'}}", "many words ".repeat(100_000));
    let output = quickly(|| Tree::new().message("m.test", &content).output());
    assert!(output.events["test.rs"].len() > 1_000_000);
}

/// A schema of so many properties, which all are as the template says.
fn wide(count: usize, template: &str) -> String {
    let properties = (0..count).map(|number| format!("\n  property_{number}: {template}"));
    "type: object\nproperties:".to_owned() + &properties.collect::<String>()
}

#[test]
fn schema_of_ten_megabytes() {
    let description = "It is described at length. ".repeat(370);
    let field = format!("{{type: string, description: '{description}'}}");
    let fields: Vec<String> = (0..20).map(|number| format!("field_{number}: {field}")).collect();
    let content = wide(50, &format!("{{type: object, properties: {{{}}}}}", fields.join(", ")));
    assert!(content.len() > 10_000_000);
    let output = quickly(|| Tree::new().message("m.test", &content).output());
    assert!(output.events["test.rs"].contains("property_49"));
}

#[test]
fn mistakes_in_all_of_three_hundred_properties() {
    let tree = Tree::new().message("m.test", &wide(300, "{type: string, formt: uri}"));
    let diagnostics = quickly(|| tree.diagnostics());
    assert_eq!(diagnostics.len(), 300);
    assert!(diagnostics.iter().enumerate().all(|(index, one)| one.line == index + 10), "each has its own line");
}

#[test]
fn several_documents_in_a_file() {
    let text = event("m.test", "room_event.yaml", "type: object");
    let diagnostics = Tree::new().schema("m.test.yaml", format!("{text}---\n{text}")).diagnostics();
    assert!(diagnostics.to_string().contains("a second document"), "{diagnostics}");
}

#[test]
fn one_document_between_markers() {
    let text = event("m.test", "room_event.yaml", "type: object");
    let marked = Tree::new().schema("m.test.yaml", format!("---\n{text}...\n")).output();
    assert_eq!(marked.events, Tree::new().schema("m.test.yaml", text).output().events);
}

#[test]
fn empty_files() {
    for nothing in ["", "\n", "# A comment.\n", "---\n", "\u{FEFF}", "null"] {
        Tree::new().schema("m.test.yaml", nothing).diagnostics();
        Tree::new().message("m.test", "type: object").example("m.test.json", nothing).diagnostics();
    }
}

#[test]
fn tabs() {
    let text = event("m.test", "room_event.yaml", "type: object").replace("    ", "\t");
    let diagnostics = Tree::new().schema("m.test.yaml", text).diagnostics();
    assert!(diagnostics.iter().all(|one| one.line > 0), "{diagnostics}");
}

#[test]
fn no_files_at_all() {
    let mut tree = Tree::new();
    tree.files.clear();
    tree.overrides = "kinds: []\n".to_owned();
    assert!(tree.output().ir.events.is_empty());
}

/// Random numbers that are the same in each run (xorshift), since a failure has to be there again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// One edit such as a slip of the hand or a bad merge makes.
fn damage(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (at, line, other) = (random.below(bytes.len()), random.below(lines.len()), random.below(lines.len()));
    match random.below(5) {
        0 => {
            bytes.remove(at);
            return bytes;
        }
        1 => {
            bytes[at] ^= 1 << random.below(8);
            return bytes;
        }
        2 => lines.insert(line, lines[line].clone()),
        3 => {
            lines.remove(line);
        }
        _ => lines.swap(line, other),
    }
    lines.concat()
}

#[test]
fn damage_is_diagnosed_or_harmless() {
    let whole = sample();
    whole.output();
    let mut names: Vec<String> = whole.files.keys().cloned().collect();
    names.push(OVERRIDES.to_owned());
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut diagnosed = 0;
    for round in 0..300 {
        let name = &names[round % names.len()];
        let mut tree = whole.clone();
        if name == OVERRIDES {
            // The generator is given the overrides as text: what isn't UTF-8 can't get so far.
            let Ok(text) = String::from_utf8(damage(tree.overrides.as_bytes(), &mut random)) else { continue };
            tree.overrides = text;
        } else if let Some(bytes) = tree.files.get_mut(name) {
            *bytes = damage(bytes, &mut random);
        }
        if let Err(diagnostics) = tree.generate() {
            diagnosed += 1;
            assert!(!diagnostics.is_empty());
            tree.assert_placed(&diagnostics);
        }
    }
    assert!(diagnosed > 100, "only {diagnosed} edits were found out: they damage too little to say much");
}
