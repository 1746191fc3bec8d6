//! All violations of a value, keyword by keyword.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::path::Path;
use super::site::{Applicator, Site};
use super::violation::{Level, Rule, Violation};
use super::{fits, message, suggest};
use crate::constraints::{
    as_f64, Additional, Assertion, IdentifierKind, Keyword, ObjectConstraints, Presence, Property, Regex, Subject,
    Types,
};
use crate::schema::{EventTable, Version};

/// The largest number of violations in a report. Nobody reads more of one event.
pub(super) const MOST: usize = 1_000;

/// The largest number of bytes of their pointers together, but for the last one.
pub(super) const MOST_OF_PLACES: usize = 1 << 18;

/// The members that an event can have next to its content, wherever it comes from.
const ENVELOPE: [&str; 6] = ["event_id", "origin_server_ts", "room_id", "sender", "state_key", "unsigned"];

/// A walk along a value and the constraints on it.
pub(super) struct Walk {
    pub(super) table: &'static EventTable,
    pub(super) level: Level,
    pub(super) version: Option<Version>,
    /// Whether the value is an event, as opposed to a content.
    pub(super) is_event: bool,
    /// The numbers that are not written as a value shows them: their texts, by their pointers.
    pub(super) numbers: BTreeMap<String, String>,
    pub(super) found: Vec<Violation>,
    /// The number of violations beyond the bounds of a report.
    pub(super) omitted: usize,
    /// The bytes of the pointers of those found: each holds the keys on its way, which can be long.
    pub(super) places: usize,
}

/// A violation, apart from its places.
pub(super) struct Finding {
    rule: Rule,
    message: String,
    found: String,
    expected: String,
    since: Option<Version>,
    suggestion: Option<&'static str>,
}

impl Finding {
    pub(super) fn new(
        rule: Rule,
        message: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        let (message, found, expected) = (message.into(), found.into(), expected.into());
        Self { rule, message, found, expected, since: None, suggestion: None }
    }

    /// Adds a known name that may be meant.
    pub(super) fn suggest(self, suggestion: Option<&'static str>) -> Self {
        Self { suggestion, ..self }
    }

    /// Adds the release that added what is violated.
    fn since(self, since: Option<Version>) -> Self {
        Self { since, ..self }
    }
}

impl Walk {
    /// Notes the violations of a value. An object need not have the members that `exempt` names.
    pub(super) fn value(&mut self, site: &Site<'_>, value: &Value, exempt: &[&str]) {
        let constraints = site.constraints;
        if self.level >= Level::Strict && constraints.allowed.iter().any(|allowed| allowed.is(value)) {
            return;
        }
        let (has_type, subject) = match value {
            Value::Null => (constraints.types.has(Types::NULL), Subject::Other),
            Value::Bool(_) => (constraints.types.has(Types::BOOLEAN), Subject::Other),
            Value::Number(number) => (fits::has_number_type(constraints.types, number), Subject::Number(number)),
            Value::String(text) => (constraints.types.has(Types::STRING), Subject::String(text)),
            Value::Array(list) => (constraints.types.has(Types::ARRAY), Subject::Array(list.len())),
            Value::Object(map) => (constraints.types.has(Types::OBJECT), Subject::Object(map.len())),
        };
        if !has_type {
            let expected = message::types(constraints.types.names());
            let found = if value.is_number() { message::shown(value) } else { message::kind(value).to_owned() };
            let message = format!("expected {expected}, found {found}");
            self.note(site, Finding::new(Rule::Type, message, message::shown(value), expected));
        }
        let is_malformed = match (value, constraints.annotations.format) {
            (Value::String(text), Some(format)) => self.format(site, format, text, site.path),
            _ => false,
        };
        for assertion in constraints.assertions.iter().filter(|assertion| !assertion.holds(subject)) {
            // The pattern of an identifier is a part of its grammar.
            if !(is_malformed && matches!(assertion, Assertion::Pattern(_))) {
                self.note(site, broken(assertion, subject, value));
            }
        }
        match value {
            Value::Array(list) => self.elements(site, list),
            Value::Object(map) => self.members(site, map, exempt),
            _ => {}
        }
        self.choices(site, value);
    }

    /// Notes a violation of a keyword that a schema states.
    fn note(&mut self, site: &Site<'_>, finding: Finding) {
        let rule = finding.rule;
        let finding = finding.since(site.constraints.annotations.since);
        self.push(site.path, finding, || site.location_of(rule));
    }

    /// Notes a violation of what no schema states.
    pub(super) fn stated_by_none(&mut self, path: &Path<'_>, finding: Finding) {
        self.push(path, finding, String::new);
    }

    fn push(&mut self, path: &Path<'_>, finding: Finding, place: impl FnOnce() -> String) {
        if self.found.len() >= MOST || self.places >= MOST_OF_PLACES {
            self.omitted += 1;
            return;
        }
        let Finding { rule, message, found, expected, since, suggestion } = finding;
        let pointer = path.pointer();
        self.places += pointer.len();
        self.found.push(Violation { pointer, rule, message, found, expected, place: place(), since, suggestion });
    }

    /// Notes a text that is not of a format, and returns `true` if so. The format of a key is stated by another keyword, which
    /// has no place.
    fn format(&mut self, site: &Site<'_>, format: IdentifierKind, text: &str, path: &Path<'_>) -> bool {
        let Some(error) = format.validate(text).err().filter(|_| self.level >= Level::Strict) else { return false };
        let shown = message::text(text);
        let message = format!("{shown} is no {}: {}", error.kind, error.reason);
        let finding = Finding::new(Rule::Format, message, shown, format!("a {}", error.kind));
        let finding = finding.since(site.constraints.annotations.since);
        self.push(path, finding, || match site.constraints.annotations.format {
            Some(_) => site.location_of(Rule::Format),
            None => String::new(),
        });
        true
    }

    fn elements(&mut self, site: &Site<'_>, list: &[Value]) {
        let Some(items) = site.constraints.items else { return };
        for (index, value) in list.iter().enumerate() {
            let path = Path::Index(site.path, index);
            self.value(&site.below(&path, Applicator::Items, items), value, &[]);
        }
    }

    fn members(&mut self, site: &Site<'_>, map: &Map<String, Value>, exempt: &[&str]) {
        let object = &site.constraints.object;
        let is_missing = |property: &&Property| fits::is_missed(property, exempt) && !map.contains_key(property.name);
        for property in object.rows(self.level).filter(is_missing) {
            let name = property.name;
            let message = format!("required property `{name}` is missing");
            let (found, expected) = (format!("an object without `{name}`"), format!("a property `{name}`"));
            let finding = Finding::new(Rule::Required, message, found, expected);
            let finding = finding.since(property.constraints.annotations.since);
            self.push(site.path, finding, || site.location_requiring(property));
        }
        for (key, value) in map {
            self.member(site, key, value);
        }
    }

    fn member(&mut self, site: &Site<'_>, key: &str, value: &Value) {
        let object = &site.constraints.object;
        let path = Path::Key(site.path, key);
        if let Some(names) = object.names {
            self.name(site, &site.below(&path, Applicator::PropertyNames, names), key);
        }
        let property = object.row(key, self.level);
        let mut described = property.is_some_and(|property| property.presence != Presence::Undeclared);
        if let Some(property) = property {
            let below = site.below(&path, Applicator::Property(property.name), property.constraints);
            self.value(&below, value, &[]);
            if self.level >= Level::Lint {
                self.annotations(&below, &format!("`{key}`"));
            }
        }
        for (regex, constraints) in object.patterns.iter().filter(|(regex, _)| regex.matches(key)) {
            described = true;
            self.entry(&site.below(&path, Applicator::Pattern(regex.source), constraints), key, value);
        }
        match &object.additional {
            _ if described => {}
            Additional::Each(each) => {
                self.entry(&site.below(&path, Applicator::AdditionalProperties, each), key, value)
            }
            Additional::Closed => {
                let shown = message::text(key);
                let (message, found) = (format!("{shown} has no place here"), format!("a property {shown}"));
                let expected = "none but the declared properties";
                self.note(site, Finding::new(Rule::AdditionalProperties, message, found, expected));
            }
            Additional::Open => {
                self.stray(site, object, key, &path);
                self.undeclared(site, object, key, &path);
            }
        }
    }

    /// Notes the key of a map that does not match its pattern. The schema then says nothing of the member, but the prose of
    /// what its keys are: nobody has a power level under a key that is no user ID.
    fn stray(&mut self, site: &Site<'_>, object: &'static ObjectConstraints, key: &str, path: &Path<'_>) {
        let [(regex, constraints)] = object.patterns else { return };
        if let Some(format) = constraints.annotations.key_format {
            self.format(&site.below(path, Applicator::Pattern(regex.source), constraints), format, key, path);
        }
    }

    /// Notes the violations of the value of a map, and of its key.
    fn entry(&mut self, site: &Site<'_>, key: &str, value: &Value) {
        self.value(site, value, &[]);
        if let Some(format) = site.constraints.annotations.key_format {
            self.format(site, format, key, site.path);
        }
    }

    /// Notes the violations of the name of a member. By JSON Schema, the object is at fault for it.
    fn name(&mut self, site: &Site<'_>, names: &Site<'_>, key: &str) {
        if !fits::fits_name(names.constraints, key) {
            let shown = message::text(key);
            let message = format!("{shown} can't be a key here");
            self.note(site, Finding::new(Rule::PropertyNames, message, shown, "another key"));
        } else if let Some(format) = names.constraints.annotations.format.or(names.constraints.annotations.key_format) {
            self.format(names, format, key, names.path);
        }
    }

    /// Notes the alternatives that a value does not match.
    fn choices(&mut self, site: &Site<'_>, value: &Value) {
        for choice in site.constraints.choices.iter().filter(|choice| !fits::fits_choice(choice, value)) {
            let matching = choice.alternatives.iter().filter(|one| fits::fits(one, value)).count();
            let all = choice.alternatives.len();
            let (rule, wanted) = match choice.exactly_one {
                true => (Rule::OneOf, "exactly one"),
                false => (Rule::AnyOf, "at least one"),
            };
            let shown = message::shown(value);
            let message = format!("{shown} fits {matching} of {all} alternatives, expected {wanted}");
            self.note(site, Finding::new(rule, message, shown, format!("{wanted} of {all} alternatives")));
        }
    }

    fn undeclared(&mut self, site: &Site<'_>, object: &'static ObjectConstraints, key: &str, path: &Path<'_>) {
        // An object of which a schema says nothing is there for anybody's keys, and an event that isn't in rooms alone has the
        // members of those there.
        let is_of_envelope = matches!(path, Path::Key(Path::Root, key) if ENVELOPE.contains(key));
        if self.level < Level::Lint
            || object.properties.is_empty()
            || (is_of_envelope && object.property("content").is_some())
            || self.is_of_server(path)
        {
            return;
        }
        let known = object.rows(self.level).map(|property| property.name);
        let found = format!("a property {}", message::text(key));
        let finding = Finding::new(Rule::Undeclared, "no such field is known", found, "a declared property");
        self.push(path, finding.suggest(suggest::nearest(key, known)), || site.location());
    }

    /// Returns `true` if servers are known to add a member.
    fn is_of_server(&self, path: &Path<'_>) -> bool {
        let members = self.table.server_members;
        self.is_event
            && match path {
                Path::Key(Path::Key(Path::Root, "unsigned"), key) => members.unsigned.contains(key),
                Path::Key(Path::Root, key) => members.event.contains(key),
                _ => false,
            }
    }

    /// Notes what is deprecated or too new.
    pub(super) fn annotations(&mut self, site: &Site<'_>, what: &str) {
        let annotations = &site.constraints.annotations;
        if annotations.deprecated {
            let message = format!("{what} is deprecated");
            let finding = Finding::new(Rule::Deprecated, message, what, "something else in its place");
            self.push(site.path, finding.since(annotations.since), || site.location());
        }
        if let (Some(version), Some(since)) = (self.version, annotations.since) {
            if since > version {
                let message = format!("{what} isn't in {version} yet");
                let finding = Finding::new(Rule::Newer, message, what, format!("what {version} has"));
                self.push(site.path, finding.since(annotations.since), || site.location());
            }
        }
    }
}

/// Describes the violation of an assertion.
fn broken(assertion: &'static Assertion, subject: Subject<'_>, value: &Value) -> Finding {
    let shown = message::shown(value);
    let Keyword { rule, value: limit, comparison } = assertion.keyword();
    match assertion {
        Assertion::Enum(values) => {
            let suggestion = value.as_str().and_then(|text| suggest::nearest(text, values.iter().copied()));
            let expected = message::values(values);
            return Finding::new(rule, format!("{shown} isn't {expected}"), shown, expected).suggest(suggestion);
        }
        Assertion::Pattern(Regex { source, .. }) => {
            let message = format!("{shown} doesn't match `{source}`");
            return Finding::new(rule, message, shown, format!("{comparison} `{source}`"));
        }
        _ => {}
    }
    let limit = format!("{comparison} {limit}");
    match subject {
        Subject::String(text) => {
            let message = format!("a string of {} characters, expected {limit}", text.chars().count());
            Finding::new(rule, message, shown, format!("{limit} characters"))
        }
        Subject::Array(length) => {
            let (found, expected) = (format!("a list of {length}"), format!("{limit} elements"));
            Finding::new(rule, format!("{found}, expected {expected}"), found, expected)
        }
        Subject::Object(length) => {
            let found = format!("an object with {length} members");
            Finding::new(rule, format!("{found}, expected {limit}"), found, format!("{limit} members"))
        }
        Subject::Number(number) => {
            let found = message::limit(as_f64(number));
            Finding::new(rule, format!("{found} isn't {limit}"), found, limit)
        }
        Subject::Other => Finding::new(rule, format!("{shown} isn't {limit}"), shown, limit),
    }
}
