//! The documents: JSON Schema with an identifier, a title and a link.

use std::str::FromStr;

use matrix_events::schema::{self, Body, Event, Kind, Version};
use serde_json::{json, Map, Value};

/// The file with the list of all documents.
pub(super) const INDEX: &str = "index.json";

/// The beginning of the text of each file. The keys are sorted, so `$comment` is the first.
pub(super) const MARK: &str = "{\n  \"$comment\": \"Written by `matrix-events schemas`.";

/// The folders of the documents.
pub(super) const FOLDERS: [&str; 5] = ["bodies", "contents", "edu-contents", "edus", "events"];

/// The beginning of the path of the schemas of proposals.
const PROPOSALS: &str = "proposals/";

/// The URI before the path of a file in `$id`.
#[derive(Clone)]
pub(super) struct Base(String);

impl Default for Base {
    fn default() -> Self {
        Self(format!("urn:matrix-events:{}:", release()))
    }
}

impl FromStr for Base {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text.split_once(':').unwrap_or_default();
        let has_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
        let is_path = rest.chars().all(|letter| letter.is_ascii_graphic() && !"#?\"<>\\^`{|}".contains(letter));
        if !has_scheme || rest.is_empty() || !is_path {
            return Err(
                "expected an absolute URI without a query and a fragment, such as https://example.org/".to_owned()
            );
        }
        let end = if text.ends_with(['/', ':']) { "" } else { "/" };
        Ok(Self(format!("{text}{end}")))
    }
}

/// Returns the release of the specification.
fn release() -> String {
    schema::release().map_or("unstable".to_owned(), |release| release.to_string())
}

/// A document: the schema of an event type, of its content, or of a body.
pub(super) enum Document {
    Event(&'static Event),
    Content(&'static Event),
    Body(&'static Body),
}

/// Returns all documents. Those of proposals are included if `unstable` is `true`.
pub(super) fn documents(unstable: bool) -> Vec<Document> {
    let is_included = |file: &str| unstable || !file.starts_with(PROPOSALS);
    let events = schema::events().chain(schema::edus()).filter(|event| is_included(event.base.file));
    let bodies = schema::bodies().filter(|body| is_included(body.file)).map(Document::Body);
    events.flat_map(|event| [Document::Event(event), Document::Content(event)]).chain(bodies).collect()
}

/// Returns the text of the index.
pub(super) fn index(documents: &[Document], base: &Base) -> String {
    let mut rows: Vec<Value> = documents.iter().map(|document| document.row(base)).collect();
    rows.sort_by(|one, other| one["file"].as_str().cmp(&other["file"].as_str()));
    let index = json!({
        "$comment": comment(""),
        "release": release(),
        "schemas": rows,
        "version": env!("CARGO_PKG_VERSION"),
    });
    format!("{index:#}\n")
}

impl Document {
    /// Returns the folder and the name of the file.
    fn place(&self) -> (&'static str, &'static str) {
        match self {
            Self::Event(event) => (if is_edu(event) { "edus" } else { "events" }, event.event_type),
            Self::Content(event) => (if is_edu(event) { "edu-contents" } else { "contents" }, event.event_type),
            Self::Body(body) => ("bodies", body.name),
        }
    }

    /// Returns the path of the file.
    pub(super) fn file(&self) -> String {
        let (folder, name) = self.place();
        // File systems reserve the `*`.
        format!("{folder}/{}.json", name.trim_end_matches(".*"))
    }

    /// Returns the text of the file.
    pub(super) fn text(&self, base: &Base) -> String {
        let (title, link, json_schema) = match self {
            Self::Event(event) => (event.event_type.to_owned(), event.link, event.schema().json_schema()),
            Self::Content(event) => {
                (format!("Content of {}", event.event_type), event.link, event.content_schema().json_schema())
            }
            Self::Body(body) => (body.name.to_owned(), body.link, body.json_schema()),
        };
        let mut members = Map::new();
        members.insert("$comment".to_owned(), comment(link).into());
        members.insert("$id".to_owned(), self.id(base).into());
        members.insert("title".to_owned(), title.into());
        // The annotations of an event type hold for its content.
        members.extend(self.versions());
        if let Value::Object(schema) = json_schema {
            members.extend(schema);
        }
        format!("{:#}\n", Value::Object(members))
    }

    fn id(&self, base: &Base) -> String {
        format!("{}{}", base.0, self.file())
    }

    /// Returns the version that added the event type or the body, and its deprecation, as keywords.
    fn versions(&self) -> impl Iterator<Item = (String, Value)> {
        let (since, is_deprecated) = match self {
            Self::Event(event) | Self::Content(event) => (event.since(), event.is_deprecated()),
            Self::Body(_) => (None, false),
        };
        let number = |version: Version| format!("{}.{}", version.major, version.minor).into();
        let since = since.map(|version| ("x-addedInMatrixVersion".to_owned(), number(version)));
        let deprecated = is_deprecated.then(|| ("deprecated".to_owned(), true.into()));
        since.into_iter().chain(deprecated)
    }

    /// Returns the row of the index.
    fn row(&self, base: &Base) -> Value {
        let mut row: Map<String, Value> = self.versions().collect();
        let mut add = |key: &str, value: Value| row.insert(key.to_owned(), value);
        add("$id", self.id(base).into());
        add("file", self.file().into());
        let (link, source) = match self {
            Self::Event(event) | Self::Content(event) => {
                add("type", event.event_type.into());
                add("kinds", event.kinds.iter().map(Kind::to_string).collect());
                for (key, types) in [("aliases", event.aliases), ("aliasesInPractice", event.aliases_in_use)] {
                    if !types.is_empty() {
                        add(key, types.into());
                    }
                }
                if let Some(discriminator) = event.discriminator {
                    add("discriminator", discriminator.into());
                    add("variants", event.variants.iter().map(|variant| variant.value).collect());
                }
                (event.link, event.base.file)
            }
            Self::Body(body) => {
                add("name", body.name.into());
                (body.link, body.file)
            }
        };
        if !link.is_empty() {
            add("link", link.into());
        }
        let proposal = source.strip_prefix(PROPOSALS).and_then(|path| path.split('/').next());
        if let Some(proposal) = proposal {
            add("proposal", proposal.into());
        }
        Value::Object(row)
    }
}

/// Returns `true` if an event type is a type of ephemeral data units. A type of events can have the same name.
fn is_edu(event: &Event) -> bool {
    event.kinds.contains(&Kind::Edu)
}

/// Returns the comment of a file.
fn comment(link: &str) -> String {
    let link = if link.is_empty() { String::new() } else { format!(" See {link}") };
    format!("Written by `matrix-events schemas`.{link}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_document_has_a_file_of_its_own_and_the_mark() {
        let documents = documents(true);
        let mut files = BTreeSet::new();
        for document in &documents {
            let (file, text) = (document.file(), document.text(&Base::default()));
            assert!(text.starts_with(MARK), "{file}: {text}");
            assert!(FOLDERS.contains(&document.place().0), "{file}");
            let is_portable = |letter: char| letter.is_ascii_alphanumeric() || "._-/".contains(letter);
            assert!(file.chars().all(is_portable), "{file}");
            assert!(files.insert(file.to_lowercase()), "{file} occurs twice");
        }
        assert!(index(&documents, &Base::default()).starts_with(MARK));
        assert!(documents.len() > 150, "{}", documents.len());
    }

    #[test]
    fn base_is_an_absolute_uri() {
        for (text, expected) in [
            ("https://example.org/a", Some("https://example.org/a/")),
            ("https://example.org/a/", Some("https://example.org/a/")),
            ("urn:example:", Some("urn:example:")),
            ("file:///C:/a", Some("file:///C:/a/")),
            ("/schemas", None),
            ("", None),
            ("https:", None),
            ("1a:b", None),
            ("https://example.org/#a", None),
            ("https://example.org/?a", None),
            ("https://example.org/a b", None),
            ("https://example.org/ü", None),
        ] {
            assert_eq!(text.parse::<Base>().ok().map(|base| base.0).as_deref(), expected, "{text}");
        }
    }
}
