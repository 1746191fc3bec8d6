//! Tests that every accepted entry of settings gives code that compiles, and that the diagnostics of every rejected entry name it.
//!
//! One table has entries for each section, and another has properties of many kinds in many places. Each pair of an entry and a
//! property is a small tree. The accepted trees of an entry are compiled as one tree.

mod support;

use std::io::Write;
use std::path::Path;

use matrix_events_codegen::{parse_document, Diagnostic, Diagnostics};
use support::compile::{self, Sample};
use support::{event, Tree, CONFIG, OVERRIDES};

/// An entry of the settings, with placeholders for parts of a sample.
///
/// `{n}` is the number of the sample. `{event}` is the event type, and `{file}` is the file of its schema. `{at}` is the place of
/// the property, and `{schema}` is its schema. `{other}` is the schema with other titles.
struct Row {
    file: &'static str,
    section: &'static str,
    entry: &'static str,
    /// The text of the file, with `{entries}` in place of the entries.
    text: &'static str,
    /// Files of the tree: paths and texts.
    files: &'static [(&'static str, &'static str)],
}

impl Row {
    const fn correction(section: &'static str, entry: &'static str) -> Self {
        Self { file: OVERRIDES, section, entry, text: "{section}:\n{entries}", files: &[] }
    }

    const fn config(section: &'static str, entry: &'static str) -> Self {
        Self { file: CONFIG, ..Self::correction(section, entry) }
    }

    const fn text(self, text: &'static str) -> Self {
        Self { text, ..self }
    }

    const fn files(self, files: &'static [(&'static str, &'static str)]) -> Self {
        Self { files, ..self }
    }
}

const DEFINITION: [(&str, &str); 1] = [(
    "api/definition{n}.yaml",
    "title: Definition{n}\ntype: object\nproperties:\n  url: {type: string}\n  size: {type: integer}\nrequired: [url]\n",
)];

const LIST: [(&str, &str); 1] = [(
    "api/list{n}.yaml",
    "type: object\nproperties:\n  x: {schema}\n  events: {type: array, items: {$ref: ../event-schemas/schema/core-event-schema/event.yaml}}\n",
)];

const VARIANT: [(&str, &str); 1] = [(
    "event-schemas/schema/{event}$only.yaml",
    "allOf:\n- $ref: core-event-schema/room_event.yaml\n- properties:\n    type: {type: string, enum: ['{event}']}\n    \
     content: {type: object, properties: {x: {type: string, enum: [only]}, more: {type: integer}}, required: [x]}\n",
)];

const EDU: [(&str, &str); 2] = [
    (
        "api/edu.yaml",
        "type: object\nproperties: {edu_type: {type: string}, content: {type: object}}\nrequired: [edu_type, content]\n",
    ),
    (
        "api/edus{n}/m.unit{n}.yaml",
        "allOf:\n- $ref: ../edu.yaml\n- properties:\n    edu_type: {type: string, enum: [m.unit{n}]}\n    \
         content: {type: object, properties: {x: {schema}}}\n",
    ),
];

const EXAMPLE: [(&str, &str); 1] =
    [("event-schemas/examples/{event}.json", "{\"type\": \"{event}\", \"content\": 7}\n")];

/// An entry for every section, and for every key that an entry of the section may have.
const ROWS: &[Row] = &[
    Row::correction("fixes", "{at: '{file}', find: {type: boolean}, replace: {type: integer}, why: a test}"),
    Row::correction("fixes", "{at: '{file}', repeated-keys: last, why: a test}"),
    Row::correction("optional", "{at: '{at}', seen-in: history, why: a test}"),
    Row::correction("optional", "{at: '{at}', allowed-by: prose, clause: '#x', why: a test}"),
    Row::correction("required", "{at: '{at}', why: a test}"),
    Row::correction("kept-by-redaction", "{at: '{at}', why: a test}"),
    Row::correction("secret", "{at: '{at}', why: a test}"),
    Row::correction("in-use", "{at: '{at}', why: a test}"),
    Row::correction("formats", "{at: '{at}', format: mx-room-id, why: a test}"),
    Row::correction("formats", "{at: '{at}[]', format: mx-user-id, why: a test}"),
    Row::correction("key-formats", "{at: '{at}.*', format: mx-key-id, why: a test}"),
    Row::correction("accepts", "{at: '{at}', type: string, seen-in: history, why: a test}"),
    Row::correction("accepts", "{at: '{at}', type: integer, value: 0, allowed-by: prose, clause: '#x', why: a test}"),
    Row::correction("accepts", "{at: '{at}', type: 'null', allowed-by: prose, clause: '#x', why: a test}"),
    Row::correction("accepts", "{at: '{at}', type: null or empty, seen-in: history, why: a test}"),
    Row::correction(
        "values",
        "{at: '{at}', name: Known{n}, module: known, description: A value., values: {only: {description: One.}}, why: a test}",
    ),
    Row::correction(
        "values",
        "{at: '{at}[]', name: Known{n}, module: test{n}, description: A value., values: {only: {name: Sole, description: One.}}, why: a test}",
    ),
    Row::correction(
        "values",
        "{keys-of: '{at}', name: Known{n}, module: known, description: A key., values: {only: {description: One.}}, why: a test}",
    ),
    Row::correction("integers", "{at: '{at}', why: a test}"),
    Row::correction("any-key", "{at: '{at}', why: a test}"),
    Row::correction("defaults", "{at: '{at}', value: 5, why: a test}"),
    Row::correction("defaults", "{at: '{at}', value: only, for-invalid: true, why: a test}"),
    Row::correction("defaults", "{at: '{at}', value: only, why: a test}"),
    Row::correction("defaults", "{at: '{at}', value: true, why: a test}"),
    Row::correction("defaults", "{at: '{at}', value: [], why: a test}"),
    Row::correction("aliases", "{at: '{at}', names: [org.example.x, x2], why: a test}"),
    Row::correction("aliases", "{at: '{file}', names: org.example.event{n}, why: a test}"),
    Row::correction("event-types", "{at: m.untyped{n}.yaml, type: m.untyped{n}, why: a test}").files(&UNTYPED),
    Row::correction("definitions", "{at: '{at}', definition: api/definition{n}.yaml, why: a test}").files(&DEFINITION),
    Row::correction("additions", "{at: '{at}', property: added, schema: {other}, why: a test}"),
    Row::correction("additions", "{at: '{file} content', property: added, schema: {other}, why: a test}"),
    Row::correction(
        "additions",
        "{at: '{file} content', property: added, definition: api/definition{n}.yaml, why: a test}",
    )
    .files(&DEFINITION),
    Row::correction("cross-check", "{at: '{at}', why: a test}"),
    Row::correction("examples", "{at: '{event}.json', why: a test}").files(&EXAMPLE),
    Row::correction("inline-examples", "{at: m.inline{n}.yaml content.x, why: a test}").files(&INLINE),
    Row::config("names", "{at: '{at}', name: Chosen{n}, why: a test}"),
    Row::config("names", "{at: '{at}', field: chosen, why: a test}"),
    Row::config("names", "{at: '{at}', values: {only: Sole}, why: a test}"),
    Row::config("names", "{at: '{at}', values: {string: Text, integer: Number}, why: a test}"),
    Row::config("modules", "{at: '{at}', module: room, why: a test}"),
    Row::config(
        "same-as",
        "{at: ['{at}', m.twin{n}.yaml content.x], name: Same{n}, module: shared, description: A type., why: a test}",
    )
    .files(&TWIN),
    Row::config(
        "same-as",
        "{at: ['{file} content', m.twin{n}.yaml content], name: Same{n}, module: shared, description: A type., why: a test}",
    )
    .files(&TWIN),
    Row::config("module-docs", "{module: 'test{n}', description: \"One [`a`](b).\\n\\n    Two */ <x>.\", why: a test}"),
    Row::config("kinds", "{at: '{event}', kinds: [message-like, to-device], why: a test}"),
    Row::config("kinds", "{at: m.key{n}, kinds: [state, ephemeral], why: a test}").files(&KEY),
    Row::config("discriminators", "{at: '{event}', property: x, why: a test}").files(&VARIANT),
    Row::config("prefixes", "{prefix: 'm.test{n}.', why: a test}"),
    Row::config("folders", "{at: api/edus{n}, kind: edu, module: edu, section: section, why: a test}")
        .text("{envelopes}- {name: Edu, kind: edu, schema: api/edu.yaml, why: a test}\nfolders:\n{entries}")
        .files(&EDU),
    Row::config("features", "{name: 'test{n}', description: One., at: '{event}', why: a test}"),
    Row::config("features", "{name: 'test{n}', description: One., at: ['{event}*', m.key{n}], why: a test}"),
    Row::config(
        "envelopes",
        "{name: Envelope{n}, kind: presence, schema: core-event-schema/event.yaml, adds: {properties: {x: {schema}}}, why: a test}",
    )
    .text("{envelopes}{entries}"),
    Row::config("server-members", "{of: unsigned, names: ['test{n}'], why: a test}"),
    Row::config("server-members", "{of: '{event}', names: ['test{n}'], why: a test}"),
    Row::config("any", "{name: Any{n}, description: Any., envelopes: [RoomEvent, ToDeviceEvent], why: a test}"),
    Row::config(
        "contents",
        "{name: Content{n}, description: A content., event-type: Type{n}, type-description: A type., of: Any{n}, why: a test}",
    )
    .text("{envelopes}any:\n{enums}contents:\n{entries}"),
    Row::config(
        "roots",
        "{at: api/definition{n}.yaml, name: Root{n}, module: 'roots::part{n}', section: section, description: A root., why: a test}",
    )
    .files(&DEFINITION),
    Row::config(
        "roots",
        "{at: api/list{n}.yaml, name: Root{n}, module: 'roots{n}', events: {'events[]': AnyTimelineEvent}, why: a test}",
    )
    .files(&LIST),
];

/// An event whose schema has an invalid example.
const INLINE: [(&str, &str); 1] = [(
    "event-schemas/schema/m.inline{n}.yaml",
    "allOf:\n- $ref: core-event-schema/room_event.yaml\n- properties:\n    type: {type: string, enum: [m.inline{n}]}\n    \
     content: {type: object, properties: {x: {allOf: [{schema}], example: 0.5}}}\n",
)];

/// An event with the property of the sample.
const TWIN: [(&str, &str); 1] = [(
    "event-schemas/schema/m.twin{n}.yaml",
    "allOf:\n- $ref: core-event-schema/room_event.yaml\n- properties:\n    type: {type: string, enum: [m.twin{n}]}\n    \
     content: {type: object, properties: {x: {other}}}\n",
)];

/// An event whose schema does not state its type.
const UNTYPED: [(&str, &str); 1] = [(
    "event-schemas/schema/m.untyped{n}.yaml",
    "allOf:\n- $ref: core-event-schema/room_event.yaml\n- properties:\n    content: {type: object, properties: {x: {schema}}}\n",
)];

/// An event whose schema does not state its kind.
const KEY: [(&str, &str); 1] = [(
    "event-schemas/schema/m.key{n}.yaml",
    "allOf:\n- $ref: core-event-schema/event.yaml\n- properties:\n    type: {type: string, enum: [m.key{n}]}\n    \
     content: {type: object, properties: {x: {schema}}}\n",
)];

/// The section `envelopes` of the core.
const ENVELOPES: &str = "\
envelopes:
- {name: RoomEvent, kind: message-like, schema: core-event-schema/room_event.yaml, why: a test}
- {name: StateEvent, kind: state, schema: core-event-schema/state_event.yaml, why: a test}
- {name: ToDeviceEvent, kind: to-device, schema: core-event-schema/event.yaml, why: a test}
";

/// An enum over events, for each sample.
const ENUM: &str = "- {name: Any{n}, description: Any., envelopes: [RoomEvent, ToDeviceEvent], why: a test}\n";

/// Schemas of the property `x`.
const SCHEMAS: [&str; 14] = [
    "{type: string}",
    "{type: string, enum: [only]}",
    "{title: Values{n}, type: string, enum: [only, other]}",
    "{type: string, deprecated: true}",
    "{type: string, format: mx-user-id}",
    "{type: integer}",
    "{type: number}",
    "{type: object, patternProperties: {^@: {type: integer, x-pattern-format: mx-user-id}}}",
    "{type: boolean}",
    "{type: [string, 'null']}",
    "{title: Either{n}, type: [string, integer]}",
    "{type: array, items: {type: string}}",
    "{title: Inner{n}, type: object, properties: {a: {type: string}, b: {title: Most{n}, type: object, properties: {c: {}}}}}",
    "{type: object, additionalProperties: {type: integer}}",
];

/// Places of the property `x` in a content: the path, and the schema of the content. `{object}` is replaced by the keywords that
/// declare the property.
const PLACES: [(&str, &str); 5] = [
    ("content", "{type: object, {object}}"),
    ("content.outer", "{type: object, properties: {outer: {title: Outer{n}, type: object, {object}}}}"),
    ("content.y", "{properties: {y: {allOf: [{title: All{n}, type: object, {object}}, {properties: {w: {type: string}}}]}}}"),
    (
        "content.map.*",
        "{type: object, properties: {map: {type: object, additionalProperties: {title: Entry{n}, type: object, {object}}}}}",
    ),
    (
        "content.list[]",
        "{type: object, properties: {list: {type: array, items: {title: Item{n}, type: object, {object}}}}, required: [list]}",
    ),
];

/// A property `x` of a content.
#[derive(Clone, Copy, Debug)]
struct Property {
    schema: &'static str,
    place: (&'static str, &'static str),
    is_required: bool,
}

fn properties() -> Vec<Property> {
    let with = |schema| PLACES.map(|place| [true, false].map(|is_required| Property { schema, place, is_required }));
    SCHEMAS.into_iter().flat_map(with).flatten().collect()
}

impl Row {
    /// Replaces the placeholders of a template.
    fn fill(template: &str, number: usize, property: &Property) -> String {
        let object = format!("properties: {{x: {}, z: {{type: string}}}}", property.schema);
        let object = if property.is_required { object + ", required: [x]" } else { object };
        template
            .replace("{object}", &object)
            .replace("{schema}", property.schema)
            .replace("{other}", &property.schema.replace("{n}", "0{n}"))
            .replace("{at}", &format!("{{file}} {}.x", property.place.0))
            .replace("{file}", "{event}.yaml")
            .replace("{event}", "m.test{n}.sample{n}")
            .replace("{n}", &number.to_string())
    }

    /// Returns a tree with an event and an entry for each of the properties.
    fn tree(&self, properties: &[(usize, Property)]) -> Tree {
        let mut tree = Tree::new();
        let mut entries = String::new();
        for (number, property) in properties {
            let fill = |template: &str| Self::fill(template, *number, property);
            entries.push_str(&format!("- {}\n", fill(self.entry)));
            let event_type = fill("{event}");
            let content = fill(property.place.1);
            tree = tree.schema(&fill("{file}"), event(&event_type, "room_event.yaml", &content));
            for (path, text) in self.files {
                tree = tree.file(&fill(path), fill(text));
            }
        }
        let text = self.text.replace("{section}", self.section).replace("{envelopes}", ENVELOPES);
        let enums = properties.iter().map(|(number, _)| ENUM.replace("{n}", &number.to_string()));
        let text = text.replace("{entries}", &entries).replace("{enums}", &enums.collect::<String>());
        if self.file == CONFIG {
            tree.config(&text)
        } else {
            tree.overrides(&text)
        }
    }

    /// Returns `true` if a diagnostic is in the section of the entry, names the section, or is in a file of the entry.
    fn is_named_in(&self, (number, property): &(usize, Property), diagnostics: &Diagnostics) -> bool {
        let location = format!("/{}/", self.section);
        let name = format!("`{}`", self.section);
        let files: Vec<String> = self.files.iter().map(|(path, _)| Self::fill(path, *number, property)).collect();
        let is_named = |one: &Diagnostic| match one.origin.file.as_str() {
            file if file == self.file => one.origin.pointer.starts_with(&location),
            file => one.to_string().contains(&name) || files.iter().any(|own| own == file),
        };
        diagnostics.iter().any(is_named)
    }
}

/// The outcome of generating the trees of an entry.
#[derive(Default)]
struct Outcome {
    tried: usize,
    accepted: usize,
    /// The accepted trees as one.
    sample: Option<Sample>,
    failures: Vec<String>,
}

fn outcome(index: usize, row: &Row, properties: &[(usize, Property)]) -> Outcome {
    let mut outcome = Outcome { tried: properties.len(), ..Outcome::default() };
    let mut accepted = Vec::new();
    for sample in properties {
        let tree = row.tree(std::slice::from_ref(sample));
        match tree.generate() {
            Ok(_) => accepted.push(*sample),
            Err(diagnostics) if row.is_named_in(sample, &diagnostics) => {}
            Err(diagnostics) => {
                outcome.failures.push(format!("{}\n{}\n{diagnostics}", row.entry, tree.config + &tree.overrides))
            }
        }
    }
    outcome.accepted = accepted.len();
    match row.tree(&accepted).generate() {
        _ if accepted.is_empty() => {}
        Ok(output) => {
            outcome.sample = Some(Sample::new(format!("entry_{index}"), &output));
        }
        Err(diagnostics) => outcome.failures.push(format!("all trees of {}\n{diagnostics}", row.entry)),
    }
    outcome
}

/// Generates every entry with every property, and compiles the accepted ones.
fn try_all(workspace: &str, properties: Vec<Property>) {
    let properties: Vec<(usize, Property)> = properties.into_iter().enumerate().collect();
    let outcomes: Vec<Outcome> = ROWS.iter().enumerate().map(|(index, row)| outcome(index, row, &properties)).collect();
    let failures: Vec<&str> = outcomes.iter().flat_map(|one| &one.failures).map(String::as_str).collect();
    let shown = failures.iter().take(5).copied().collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} failures:\n{shown}", failures.len());
    let [tried, accepted] = [|one: &Outcome| one.tried, |one: &Outcome| one.accepted]
        .map(|count| outcomes.iter().map(count).sum::<usize>());
    let samples: Vec<Sample> = outcomes.into_iter().filter_map(|one| one.sample).collect();
    compile::check(workspace, &samples).unwrap_or_else(|errors| panic!("{errors}"));
    // Cargo does not show what a passing test prints with `println!`.
    let _ = writeln!(std::io::stderr(), "{workspace}: {tried} tried, {accepted} accepted, all of them compile");
}

#[test]
fn every_section_of_spec_has_a_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    for file in [CONFIG, OVERRIDES] {
        let bytes = std::fs::read(root.join(file)).expect("spec/ has the settings");
        let sections = parse_document(file, &bytes).expect("the settings are YAML").to_json();
        for section in sections.as_object().expect("settings have sections").keys() {
            assert!(ROWS.iter().any(|row| row.file == file && row.section == section), "{section} in {file}");
        }
    }
}

#[test]
fn accepted_entry_compiles_and_rejected_entry_is_named() {
    let is_common = |property: &Property| match property.schema {
        "{type: string}" | "{type: string, enum: [only]}" => true,
        _ => property.place.0 == "content" && property.is_required,
    };
    try_all("settings", properties().into_iter().filter(is_common).collect());
}

#[test]
#[ignore = "takes minutes"]
fn accepted_entry_for_every_schema_compiles_and_rejected_entry_is_named() {
    // A required and an optional property alternate. Each schema is in every second place.
    let is_selected = |index: usize| [0, 3].contains(&(index % 8));
    let numbered = properties().into_iter().enumerate();
    try_all("all_settings", numbered.filter_map(|(index, property)| is_selected(index).then_some(property)).collect());
}
