//! Tests of unusual input: other encodings, alias bombs, large files and random edits. The generator never panics, and its number
//! of allocations is proportional to the input.

mod support;

use allocation_counter::measure;
use support::{event, indent, Tree, CONFIG, OVERRIDES};

/// The maximum number of allocations for a byte of input. Usual input causes about one.
const PER_BYTE: usize = 4;

/// The maximum number of allocations for the core schemas and the code for a few properties.
const FOR_CORE: usize = 500_000;

/// Calls a function, and asserts that its number of allocations is proportional to the size of the input.
fn in_proportion<T>(bytes: usize, task: impl FnOnce() -> T) -> T {
    let (outcome, allocations) = counted(task);
    assert!(allocations <= FOR_CORE + PER_BYTE * bytes, "{allocations} allocations for {bytes} bytes");
    outcome
}

/// Calls a function, and returns the result and the number of allocations.
fn counted<T>(task: impl FnOnce() -> T) -> (T, usize) {
    let mut outcome = None;
    let allocations = measure(|| outcome = Some(task())).count_total;
    (outcome.expect("the task has been called"), usize::try_from(allocations).expect("it fits"))
}

/// Returns a small tree with many kinds of schemas and settings.
fn sample() -> Tree {
    let top_level = "    redacts: {type: string, format: mx-event-id}\n";
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
  color: {description: 'One of: * `red`', type: string, enum: [red, blue], x-addedInMatrixVersion: 1.2}
  thing: {$ref: components/thing.yaml}
  by_user: {type: object, patternProperties: {'^@': {type: integer, minimum: 0, x-pattern-format: mx-user-id}}}
  either: {oneOf: [{type: string}, {type: array, items: {type: number}}]}
required: [color]",
            ) + top_level,
        )
        .schema("m.key.yaml", event("m.key", "event.yaml", "type: object\nadditionalProperties: {type: string}"))
        .example("core.json", "{\n    \"room_id\": \"!a:b\",\n    \"sender\": \"@a:b\"\n}\n")
        .example(
            "m.test.json",
            "{\n    \"$ref\": \"core.json\",\n    \"type\": \"m.test\",\n    \"content\": {\"color\": \"red\"}\n}\n",
        )
        .config(
            "\
kinds:
- {at: m.key, kinds: [to-device], why: section Keys}
modules:
- {at: components/thing.yaml, module: room, why: shared}
",
        )
        .overrides(
            "\
optional:
- at: m.test.yaml content.color
  since: 1.10
  seen-in: history
  why: old ones have none
",
        )
}

#[test]
fn byte_order_mark_and_crlf_give_equal_output() {
    let plain = sample().output();
    let mut tree = sample();
    for bytes in tree.files.values_mut() {
        let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
        *bytes = format!("\u{FEFF}{text}").into_bytes();
    }
    tree.config = tree.all_config();
    tree.has_core_config = false;
    for text in [&mut tree.config, &mut tree.overrides] {
        *text = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    }
    let other = tree.output();
    assert_eq!(plain.events, other.events);
    assert_eq!(plain.cases, other.cases);
    assert_eq!(plain.ir, other.ir);
}

#[test]
fn crlf_gives_diagnostics_at_equal_places() {
    let text = event("m.test", "room_event.yaml", "type: object\nproperties:\n  one: {typ: string}");
    let place = |text: String| {
        let diagnostics = Tree::new().schema("m.test.yaml", text).diagnostics();
        diagnostics.iter().map(|one| (one.line, one.column, one.snippet.clone())).collect::<Vec<_>>()
    };
    assert_eq!(place(text.clone()), place(text.replace('\n', "\r\n")));
}

#[test]
fn alias_bomb_is_an_error() {
    let mut text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (one, next) in ('a'..='i').zip('b'..='j') {
        text += &format!("{next}: &{next} [{}]\n", vec![format!("*{one}"); 10].join(", "));
    }
    let bytes = text.len();
    let tree = Tree::new().schema("m.test.yaml", text);
    let diagnostics = in_proportion(bytes, || tree.diagnostics());
    assert!(diagnostics.to_string().contains("aliases repeat too many values"), "{diagnostics}");
}

#[test]
fn alias_gives_the_code_of_its_anchor() {
    let content = |second: &str| {
        format!("type: object\nproperties:\n  one: &name {{description: A name., type: string}}\n  two: {second}")
    };
    let aliased = Tree::new().message("m.test", &content("*name")).output();
    let written_out = Tree::new().message("m.test", &content("{description: A name., type: string}")).output();
    assert_eq!(aliased.events, written_out.events);
    assert_eq!(aliased.ir, written_out.ir);
}

#[test]
fn nesting_of_ten_thousand_is_an_error() {
    let depth = 10_000;
    let flow = "{a: ".repeat(depth) + "1" + &"}".repeat(depth);
    let lists = "[".repeat(depth) + &"]".repeat(depth);
    let schema = "{items: ".repeat(depth) + "{}" + &"}".repeat(depth);
    let block: String = (0..depth / 10).map(|level| format!("{}items:\n", " ".repeat(level))).collect();
    for text in [flow, lists.clone(), schema, block] {
        in_proportion(text.len(), || Tree::new().schema("m.test.yaml", text).diagnostics());
    }
    let tree = Tree::new().message("m.test", "type: object");
    for text in [lists, "{\"a\":".repeat(depth)] {
        in_proportion(text.len(), || tree.clone().example("m.test.json", text).diagnostics());
    }
}

#[test]
fn nesting_of_twenty_objects_is_accepted() {
    let mut content = "type: object".to_owned();
    for level in 0..20 {
        content = format!("type: object\nproperties:\n  level{level}:\n{}", indent(&content, 4));
    }
    in_proportion(content.len(), || Tree::new().message("m.test", &content).output());
}

#[test]
fn description_of_a_megabyte_is_emitted() {
    let content =
        format!("type: object\nproperties:\n  one: {{type: string, description: '{}'}}", "many words ".repeat(100_000));
    let output = in_proportion(content.len(), || Tree::new().message("m.test", &content).output());
    assert!(output.events["test.rs"].len() > 1_000_000);
}

/// Returns an object schema with this number of equal properties.
fn wide(count: usize, template: &str) -> String {
    let properties = (0..count).map(|number| format!("\n  property_{number}: {template}"));
    "type: object\nproperties:".to_owned() + &properties.collect::<String>()
}

#[test]
fn schema_of_two_megabytes_is_accepted() {
    let description = "It is described at length. ".repeat(74);
    let field = format!("{{type: string, description: '{description}'}}");
    let fields: Vec<String> = (0..20).map(|number| format!("field_{number}: {field}")).collect();
    let content = wide(50, &format!("{{type: object, properties: {{{}}}}}", fields.join(", ")));
    assert!(content.len() > 2_000_000);
    let output = in_proportion(content.len(), || Tree::new().message("m.test", &content).output());
    assert!(output.events["test.rs"].contains("property_49"));
}

#[test]
fn three_hundred_unknown_keywords_are_reported_with_their_lines() {
    let tree = |count: usize| Tree::new().message("m.test", &wide(count, "{type: string, formt: uri}"));
    let (_, of_half) = counted(|| tree(150).diagnostics());
    let (diagnostics, of_all) = counted(|| tree(300).diagnostics());
    assert!(of_all <= 3 * of_half, "{of_half} allocations become {of_all}");
    assert_eq!(diagnostics.len(), 300);
    assert!(diagnostics.iter().enumerate().all(|(index, one)| one.line == index + 10), "each has its own line");
}

#[test]
fn second_document_in_a_file_is_an_error() {
    let text = event("m.test", "room_event.yaml", "type: object");
    let diagnostics = Tree::new().schema("m.test.yaml", format!("{text}---\n{text}")).diagnostics();
    assert!(diagnostics.to_string().contains("a second document"), "{diagnostics}");
}

#[test]
fn document_between_markers_is_accepted() {
    let text = event("m.test", "room_event.yaml", "type: object");
    let marked = Tree::new().schema("m.test.yaml", format!("---\n{text}...\n")).output();
    assert_eq!(marked.events, Tree::new().schema("m.test.yaml", text).output().events);
}

#[test]
fn empty_file_is_reported() {
    for nothing in ["", "\n", "# A comment.\n", "---\n", "\u{FEFF}", "null"] {
        Tree::new().schema("m.test.yaml", nothing).diagnostics();
        Tree::new().message("m.test", "type: object").example("m.test.json", nothing).diagnostics();
    }
}

#[test]
fn tabs_are_reported_with_a_line() {
    let text = event("m.test", "room_event.yaml", "type: object").replace("    ", "\t");
    let diagnostics = Tree::new().schema("m.test.yaml", text).diagnostics();
    assert!(diagnostics.iter().all(|one| one.line > 0), "{diagnostics}");
}

#[test]
fn tree_without_files_gives_no_events() {
    let mut tree = Tree::new();
    tree.files.clear();
    tree.has_core_config = false;
    tree.config = "kinds: []\n".to_owned();
    assert!(tree.output().ir.events.is_empty());
}

/// A pseudo-random number generator (xorshift) with the same numbers in each run, so that failures are reproducible.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Returns the bytes after a random edit of a byte or a line.
fn edit(bytes: &[u8], random: &mut Random) -> Vec<u8> {
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
fn random_edit_gives_output_or_diagnostics_in_the_tree() {
    let whole = sample();
    whole.output();
    let mut names: Vec<String> = whole.files.keys().cloned().collect();
    names.push(CONFIG.to_owned());
    names.push(OVERRIDES.to_owned());
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut diagnosed = 0;
    for round in 0..300 {
        let name = &names[round % names.len()];
        let mut tree = whole.clone();
        let settings = match name.as_str() {
            CONFIG => {
                tree.config = tree.all_config();
                tree.has_core_config = false;
                Some(&mut tree.config)
            }
            OVERRIDES => Some(&mut tree.overrides),
            _ => None,
        };
        if let Some(settings) = settings {
            // Settings are a `String`, so they are always UTF-8.
            let Ok(text) = String::from_utf8(edit(settings.as_bytes(), &mut random)) else { continue };
            *settings = text;
        } else if let Some(bytes) = tree.files.get_mut(name) {
            *bytes = edit(bytes, &mut random);
        }
        if let Err(diagnostics) = tree.generate() {
            diagnosed += 1;
            assert!(!diagnostics.is_empty());
            tree.assert_placed(&diagnostics);
        }
    }
    assert!(diagnosed > 100, "only {diagnosed} edits cause an error");
}
