//! Validation of a value with all violations as the result.

use serde_json::{Map, Value};

use super::path::Path;
use super::site::{Applicator, Site};
use super::violation::{Level, Rule, Violation};
use super::{fits, message, suggest, Form, Validator};
use crate::constraints::{
    as_f64, Additional, Assertion, IdentifierKind, Keyword, ObjectConstraints, Presence, Property, Regex, Subject,
    Types,
};
use crate::schema::{Event, EventTable, Version};

/// The maximum number of violations in a report. Longer reports are not useful.
pub(super) const MOST: usize = 1_000;

/// The maximum size of all pointers in a report except for the last pointer, in bytes.
pub(super) const MOST_OF_PLACES: usize = 1 << 18;

/// The members of envelopes. Events of every kind can have them.
const ENVELOPE: [&str; 6] = ["event_id", "origin_server_ts", "room_id", "sender", "state_key", "unsigned"];

/// The members of a PDU that an event for clients does not have. The schemas of event types do not declare them.
pub const OF_PDU: [&str; 5] = ["auth_events", "depth", "hashes", "prev_events", "signatures"];

/// The traversal of a value and the constraints on it.
pub(super) struct Walk {
    pub(super) table: &'static EventTable,
    /// The form of the event.
    form: Form,
    pub(super) level: Level,
    pub(super) version: Option<Version>,
    /// `true` for an event, `false` for a content.
    pub(super) is_event: bool,
    /// The event type, if it is known.
    pub(super) event_type: Option<&'static str>,
    /// `true` for a redacted event from level Strict on. Its content lacks the members that redactions remove.
    pub(super) is_redacted: bool,
    /// The texts of the numbers that a value shows in another form, by their pointers.
    pub(super) numbers: crate::Map<String, String>,
    pub(super) found: Vec<Violation>,
    /// The number of violations beyond the limits of a report.
    pub(super) omitted: usize,
    /// The size of the pointers in `found`, in bytes. Pointers contain keys, and keys can be long.
    pub(super) places: usize,
}

/// A violation without its locations.
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

    /// Adds a suggestion.
    pub(super) fn suggest(self, suggestion: Option<&'static str>) -> Self {
        Self { suggestion, ..self }
    }

    /// Adds the release that added the value.
    fn since(self, since: Option<Version>) -> Self {
        Self { since, ..self }
    }
}

impl Walk {
    /// Creates a traversal without violations.
    pub(super) fn new(
        validator: &Validator,
        level: Level,
        is_event: bool,
        event: Option<&'static Event>,
        is_redacted: bool,
    ) -> Self {
        let Validator { table, version, form, .. } = *validator;
        let event_type = event.map(|event| event.event_type);
        let (numbers, found) = (crate::Map::new(), Vec::new());
        Self { table, form, level, version, is_event, event_type, is_redacted, numbers, found, omitted: 0, places: 0 }
    }

    /// Adds the violations of a value. The required members in `exempt` can be missing.
    pub(super) fn value(&mut self, site: &Site<'_>, value: &Value, exempt: &[&str]) {
        let constraints = site.constraints;
        // At level Schema, most of an invalid event is valid. A walk takes longer than the verdict.
        if self.level == Level::Schema && exempt.is_empty() && fits::fits(constraints, value) {
            return;
        }
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
            // The pattern and the length of an identifier are parts of its grammar.
            if !(is_malformed && matches!(assertion, Assertion::Pattern(_) | Assertion::MaxLength(_))) {
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

    /// Adds a violation of a keyword.
    fn note(&mut self, site: &Site<'_>, finding: Finding) {
        let rule = finding.rule;
        let finding = finding.since(site.constraints.annotations.since);
        self.push(site.path, finding, || site.location_of(rule));
    }

    /// Adds a violation of a rule that no schema states.
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
        let place = place();
        let violation = Violation { pointer, rule, message, found, expected, place, since, suggestion, position: None };
        self.found.push(violation);
    }

    /// Adds a violation if a text does not follow a format, and returns `true` in that case. The format of a key has no location,
    /// because `x-pattern-format` is not a rule.
    fn format(&mut self, site: &Site<'_>, format: IdentifierKind, text: &str, path: &Path<'_>) -> bool {
        if self.level < Level::Strict || format.is_valid(text) {
            return false;
        }
        let Some(error) = format.validate(text).err() else { return false };
        let shown = message::text(text);
        let message = format!("invalid {} {shown}: {}", error.kind, error.reason);
        let finding = Finding::new(Rule::Format, message, shown, error.kind.with_article());
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
        self.missing(site, exempt, |name| map.contains_key(name));
        for (key, value) in map {
            self.member(site, key, value);
        }
    }

    /// Adds a violation for each required property that an object lacks.
    pub(super) fn missing(&mut self, site: &Site<'_>, exempt: &[&str], has: impl Fn(&str) -> bool) {
        let object = &site.constraints.object;
        let is_pruned = self.is_redacted && site.path.is_in("content");
        let level = self.level;
        let is_missing = |property: &Property| {
            fits::is_missed(property, exempt) && !has(property.name) && !object.has_alias(property.name, &has, level)
        };
        let rows = object.rows(self.level).filter(|row| is_missing(row) && (row.is_kept || !is_pruned));
        for property in rows {
            let name = property.name;
            let message = format!("required property `{name}` is missing");
            let (found, expected) = (format!("an object without `{name}`"), format!("a property `{name}`"));
            let finding = Finding::new(Rule::Required, message, found, expected);
            let finding = finding.since(property.constraints.annotations.since);
            self.push(site.path, finding, || site.location_requiring(property));
        }
    }

    /// Adds the violations of a member.
    pub(super) fn member(&mut self, site: &Site<'_>, key: &str, value: &Value) {
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
            self.lint(&below, key);
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
                let expected = "only declared properties";
                let (message, found) = (format!("expected {expected}, found {shown}"), format!("a property {shown}"));
                self.note(site, Finding::new(Rule::AdditionalProperties, message, found, expected));
            }
            Additional::Open => {
                self.stray(site, object, key, &path);
                self.undeclared(site, object, key, &path);
            }
        }
    }

    /// Adds a violation for a key of a map that does not match the pattern. The schema does not constrain such a member, but
    /// the prose states the format of all keys. For example, the keys of `users` in power levels are user IDs.
    fn stray(&mut self, site: &Site<'_>, object: &'static ObjectConstraints, key: &str, path: &Path<'_>) {
        let [(regex, constraints)] = object.patterns else { return };
        if let Some(format) = constraints.annotations.key_format {
            self.format(&site.below(path, Applicator::Pattern(regex.source), constraints), format, key, path);
        }
    }

    /// Adds the violations of an entry of a map: of its value and of its key.
    fn entry(&mut self, site: &Site<'_>, key: &str, value: &Value) {
        self.value(site, value, &[]);
        if let Some(format) = site.constraints.annotations.key_format {
            self.format(site, format, key, site.path);
        }
    }

    /// Adds the violations of the key of a member. In JSON Schema, their instance location is the object.
    fn name(&mut self, site: &Site<'_>, names: &Site<'_>, key: &str) {
        if !fits::fits_name(names.constraints, key) {
            let shown = message::text(key);
            let expected = "a key that matches `propertyNames`";
            let message = format!("expected {expected}, found {shown}");
            self.note(site, Finding::new(Rule::PropertyNames, message, shown, expected));
        } else if let Some(format) = names.constraints.annotations.format.or(names.constraints.annotations.key_format) {
            self.format(names, format, key, names.path);
        }
    }

    /// Adds the violations of `oneOf` and `anyOf`.
    fn choices(&mut self, site: &Site<'_>, value: &Value) {
        for choice in site.constraints.choices.iter().filter(|choice| !fits::fits_choice(choice, value)) {
            let matching = choice.alternatives.iter().filter(|one| fits::fits(one, value)).count();
            let all = choice.alternatives.len();
            let (rule, count) = match choice.exactly_one {
                true => (Rule::OneOf, "exactly one"),
                false => (Rule::AnyOf, "at least one"),
            };
            let shown = message::shown(value);
            let expected = format!("{count} of {all} alternatives");
            let message = format!("expected {shown} to match {expected}, found {matching}");
            self.note(site, Finding::new(rule, message, shown, expected));
        }
    }

    fn undeclared(&mut self, site: &Site<'_>, object: &'static ObjectConstraints, key: &str, path: &Path<'_>) {
        // An object without properties accepts every key.
        let is_of_envelope = matches!(path, Path::Key(Path::Root, key) if is_of_envelope(self.form, object, key));
        if self.level < Level::Lint || object.properties.is_empty() || is_of_envelope || self.is_of_server(path) {
            return;
        }
        let known = object.rows(self.level).map(|property| property.name);
        let shown = message::text(key);
        let (message, found) = (format!("undeclared property {shown}"), format!("a property {shown}"));
        let finding = Finding::new(Rule::Undeclared, message, found, "a declared property");
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
            || self.is_of_server_in_content(path)
    }

    /// Returns `true` if servers are known to add a member to the contents of this event type.
    fn is_of_server_in_content(&self, path: &Path<'_>) -> bool {
        let key = match path {
            Path::Key(Path::Key(Path::Root, "content"), key) if self.is_event => key,
            Path::Key(Path::Root, key) if !self.is_event => key,
            _ => return false,
        };
        let mut members = self.table.server_members.content.iter();
        members.any(|(event_type, name)| name == key && self.event_type == Some(event_type))
    }

    /// Adds findings about a deprecated or too new property.
    pub(super) fn lint(&mut self, site: &Site<'_>, key: &str) {
        let annotations = &site.constraints.annotations;
        if self.level >= Level::Lint && (annotations.deprecated || annotations.since.is_some()) {
            self.annotations(site, &format!("`{key}`"));
        }
    }

    /// Adds findings about deprecated and too new properties and event types.
    pub(super) fn annotations(&mut self, site: &Site<'_>, what: &str) {
        let annotations = &site.constraints.annotations;
        if annotations.deprecated {
            let message = format!("{what} is deprecated");
            let finding = Finding::new(Rule::Deprecated, message, what, "nothing deprecated");
            self.push(site.path, finding.since(annotations.since), || site.location());
        }
        if let (Some(version), Some(since)) = (self.version, annotations.since) {
            if since > version {
                let message = format!("{what} is not part of {version}");
                let finding = Finding::new(Rule::Newer, message, what, format!("a part of {version}"));
                self.push(site.path, finding.since(annotations.since), || site.location());
            }
        }
    }
}

/// Returns `true` if an undeclared member of an event is part of the envelope. An event outside of rooms can have the members of a room
/// event.
pub(super) fn is_of_envelope(form: Form, object: &ObjectConstraints, key: &str) -> bool {
    let is_member = ENVELOPE.contains(&key) || form == Form::Pdu && OF_PDU.contains(&key);
    is_member && object.property("content").is_some()
}

/// Creates the violation of an assertion.
fn broken(assertion: &'static Assertion, subject: Subject<'_>, value: &Value) -> Finding {
    let shown = message::shown(value);
    let Keyword { rule, value: limit, comparison } = assertion.keyword();
    match assertion {
        Assertion::Enum(values) => {
            let suggestion = value.as_str().and_then(|text| suggest::nearest(text, values.iter().copied()));
            let expected = message::values(values);
            let message = format!("expected {expected}, found {shown}");
            return Finding::new(rule, message, shown, expected).suggest(suggestion);
        }
        Assertion::Pattern(Regex { source, .. }) => {
            let expected = format!("{comparison} `{source}`");
            return Finding::new(rule, format!("expected {expected}, found {shown}"), shown, expected);
        }
        _ => {}
    }
    let limit = format!("{comparison} {limit}");
    let (noun, count, found) = match subject {
        Subject::String(text) => (" characters", text.chars().count().to_string(), shown),
        Subject::Array(length) => (" elements", length.to_string(), format!("an array of {length} elements")),
        Subject::Object(length) => (" members", length.to_string(), format!("an object with {length} members")),
        Subject::Number(number) => ("", message::number(as_f64(number)), shown),
        Subject::Other => ("", shown.clone(), shown),
    };
    let expected = format!("{limit}{noun}");
    Finding::new(rule, format!("expected {expected}, found {count}"), found, expected)
}
