//! An independent JSON Schema validator, which uses the files of the schemas without corrections.

use std::collections::{BTreeMap, BTreeSet};

use matrix_events::schema::{Event, Kind};
use matrix_events_codegen::{documents, Example, Input, EXAMPLES, PROPOSALS, PROSE, SCHEMAS};
use serde_json::Value;

/// The schemas of a tree as JSON, by their files.
pub(crate) type Documents = BTreeMap<String, Value>;

/// The validators of a tree, by the file of the schema.
pub(crate) struct Oracle {
    validators: BTreeMap<String, jsonschema::Validator>,
}

/// The base URI of the files, which references between them are relative to.
pub(crate) const BASE: &str = "spec:///";

impl Oracle {
    /// Compiles the schemas of `files`. `read` contains the files of the tree that the generator reads.
    pub(crate) fn new<'f>(input: &Input<'_>, read: &[String], files: impl Iterator<Item = &'f str>) -> Self {
        Self::of(Self::documents(input, read), files)
    }

    /// The schemas of a tree, of which the generator has read `read`.
    pub(crate) fn documents(input: &Input<'_>, read: &[String]) -> Documents {
        // The folders of proposals and of the prose have examples of their own.
        let is_example = |name: &str| name.starts_with(EXAMPLES) || name.split('/').any(|part| part == "examples");
        let schemas: Vec<String> = read.iter().filter(|name| !is_example(name)).cloned().collect();
        let documents = documents(input, &schemas).unwrap_or_else(|errors| panic!("{errors}"));
        let json = documents.into_iter().map(|(name, node)| (name, node.to_json()));
        // A few files of the oldest releases state another draft.
        let without_draft = |mut document: Value| {
            document.as_object_mut().map(|members| members.remove("$schema"));
            document
        };
        json.map(|(name, document)| (name, without_draft(document))).collect()
    }

    /// Compiles the schemas of some files of some documents.
    pub(crate) fn of<'f>(documents: Documents, files: impl Iterator<Item = &'f str>) -> Self {
        let mut registry = jsonschema::Registry::new();
        for (name, document) in documents {
            registry =
                registry.add(format!("{BASE}{name}"), jsonschema::Resource::from_contents(document)).expect("a URI");
        }
        let registry = registry.prepare().expect("valid references");
        let compile = |file: &str| {
            let reference = serde_json::json!({ "$ref": format!("{BASE}{file}") });
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).with_registry(&registry);
            options.build(&reference).unwrap_or_else(|error| panic!("{file}: {error}"))
        };
        Self { validators: files.map(|file| (file.to_owned(), compile(file))).collect() }
    }

    /// Returns the locations of the violations of a schema.
    pub(crate) fn places(&self, file: &str, value: &Value) -> BTreeSet<String> {
        let errors = self.validators[file].iter_errors(value);
        errors.map(|error| error.instance_path().as_str().to_owned()).collect()
    }

    /// Returns the locations of the violations that the independent validator reports, with the schema of the event type and with
    /// the schema of the variant.
    pub(crate) fn expected(&self, event: &Event, value: &Value) -> BTreeSet<String> {
        let discriminator = event.discriminator.and_then(|name| value.get("content")?.get(name)?.as_str());
        let variant = discriminator.and_then(|found| event.variants.iter().find(|variant| variant.value == found));
        let files = std::iter::once(event.base.file).chain(variant.map(|variant| variant.file));
        let is_full = |file: &str| ["api", PROPOSALS, PROSE].iter().any(|folder| file.starts_with(folder));
        let full_path = |file: &str| if is_full(file) { file.to_owned() } else { format!("{SCHEMAS}/{file}") };
        files.flat_map(|file| self.places(&full_path(file), value)).collect()
    }
}

/// Returns the event type of an example. An EDU may have the same type as an event.
pub(crate) fn event_of(events: &[&'static Event], example: &Example) -> &'static Event {
    let is_meant =
        |event: &&&Event| event.event_type == example.event_type && event.kinds.contains(&Kind::Edu) == example.is_edu;
    events.iter().find(is_meant).unwrap_or_else(|| panic!("no event type for {}", example.file))
}
