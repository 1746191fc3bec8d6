//! Everything that is wrong with a value, rule by rule.

use serde_json::{Map, Value};

use super::path::Path;
use super::violation::{Level, Rule, Violation};
use super::{fits, message, suggest};
use crate::rules::{Additional, Format, List, Need, Object, Property, Rules, Text, Types};
use crate::schema::{EventTable, Version};

/// How many violations a report holds at most. Nobody reads more of one event.
pub(super) const MOST: usize = 1_000;

/// How many bytes of pointers they have together, but for the last one.
pub(super) const MOST_OF_PLACES: usize = 1 << 18;

/// The members that an event can have around its content, wherever it comes from.
const ENVELOPE: [&str; 6] = ["event_id", "origin_server_ts", "room_id", "sender", "state_key", "unsigned"];

/// A walk along a value and its rules.
pub(super) struct Walk {
    pub(super) table: &'static EventTable,
    pub(super) level: Level,
    pub(super) version: Option<Version>,
    /// Whether the value is an event, as opposed to a content.
    pub(super) whole: bool,
    /// The members of the content that prose alone has.
    pub(super) additions: &'static [&'static str],
    pub(super) found: Vec<Violation>,
    /// How many more there are, of which a report of bounded size has no room.
    pub(super) omitted: usize,
    /// The bytes of the pointers of those found: each holds the keys on its way, which can be long.
    pub(super) places: usize,
}

/// What a violation says, beside its rule and its place.
pub(super) struct Words {
    pub(super) message: String,
    pub(super) found: String,
    pub(super) expected: String,
}

impl Words {
    pub(super) fn new(message: String, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { message, found: found.into(), expected: expected.into() }
    }
}

impl Walk {
    /// Notes what is wrong with a value.
    pub(super) fn value(&mut self, rules: &'static Rules, value: &Value, path: &Path<'_>) {
        let has_type = match value {
            Value::Number(number) => fits::has_number_type(rules.types, number),
            other => rules.types.has(type_of(other)),
        };
        if !has_type {
            let wanted = message::types(rules.types.names());
            let is_number = value.is_number();
            let found = if is_number { message::shown(value) } else { message::kind(value).to_owned() };
            self.note(
                rules,
                Rule::Type,
                path,
                Words::new(format!("expected {wanted}, found {found}"), message::shown(value), wanted),
            );
        }
        match value {
            Value::String(text) => {
                if let Some(rule) = rules.text {
                    self.text(rules, rule, text, path);
                }
            }
            other => {
                if let Some(values) = rules.text.and_then(|rule| rule.values) {
                    self.unlisted(rules, values, &message::shown(other), path, None);
                }
            }
        }
        match value {
            Value::Number(number) => self.range(rules, fits::as_f64(number), path),
            Value::Array(list) => {
                if let Some(rule) = rules.list {
                    self.list(rules, rule, list, path);
                }
            }
            Value::Object(map) => {
                if let Some(rule) = rules.object {
                    self.object(rules, rule, map, path, &[]);
                }
            }
            _ => {}
        }
        self.choices(rules, value, path);
    }

    pub(super) fn note(&mut self, rules: &'static Rules, rule: Rule, path: &Path<'_>, words: Words) {
        let place = rules.facts.place_of(rule.as_str());
        self.push(rule, path, words, place, rules.facts.since, None);
    }

    fn push(
        &mut self,
        rule: Rule,
        path: &Path<'_>,
        words: Words,
        place: &'static str,
        since: Option<Version>,
        suggestion: Option<&'static str>,
    ) {
        if self.found.len() >= MOST || self.places >= MOST_OF_PLACES {
            self.omitted += 1;
            return;
        }
        let Words { message, found, expected } = words;
        let pointer = path.pointer();
        self.places += pointer.len();
        self.found.push(Violation { pointer, rule, message, found, expected, place, since, suggestion });
    }

    fn text(&mut self, rules: &'static Rules, rule: &'static Text, text: &str, path: &Path<'_>) {
        if let Some(values) = rule.values.filter(|values| !values.contains(&text)) {
            self.unlisted(rules, values, &message::text(text), path, suggest::nearest(text, values.iter().copied()));
        }
        for pattern in rule.patterns.iter().filter(|pattern| !pattern.matches(text)) {
            let shown = message::text(text);
            let expected = format!("a string that matches `{}`", pattern.source);
            let message = format!("{shown} doesn't match `{}`", pattern.source);
            self.note(rules, Rule::Pattern, path, Words::new(message, shown, expected));
        }
        if !rule.has_length(text) {
            let length = text.chars().count() as u64;
            let (which, limit) = broken(length, rule.least, rule.most, [Rule::MinLength, Rule::MaxLength]);
            let message = format!("a string of {length} characters, expected {limit}");
            self.note(rules, which, path, Words::new(message, message::text(text), format!("{limit} characters")));
        }
        if let Some(format) = rule.format.filter(|_| self.level >= Level::Strict) {
            self.format(rules, format, text, path);
        }
    }

    /// A value that a schema doesn't list.
    fn unlisted(
        &mut self,
        rules: &'static Rules,
        values: &[&str],
        shown: &str,
        path: &Path<'_>,
        suggestion: Option<&'static str>,
    ) {
        let wanted = message::values(values);
        let words = Words::new(format!("{shown} isn't {wanted}"), shown, wanted);
        self.push(Rule::Enum, path, words, rules.facts.place_of("enum"), rules.facts.since, suggestion);
    }

    fn format(&mut self, rules: &'static Rules, format: Format, text: &str, path: &Path<'_>) {
        if let Err(error) = format.check(text) {
            let shown = message::text(text);
            let message = format!("{shown} is no {}: {}", error.kind, error.reason);
            self.note(rules, Rule::Format, path, Words::new(message, shown, format!("a {}", error.kind)));
        }
    }

    fn range(&mut self, rules: &'static Rules, number: f64, path: &Path<'_>) {
        let Some(range) = rules.range.filter(|range| !range.fits(number)) else { return };
        let (which, limit) = match range.least.filter(|least| number < *least) {
            Some(least) => (Rule::Minimum, format!("at least {}", message::limit(least))),
            None => (Rule::Maximum, format!("at most {}", message::limit(range.most.unwrap_or_default()))),
        };
        let shown = message::limit(number);
        self.note(rules, which, path, Words::new(format!("{shown} isn't {limit}"), shown, limit));
    }

    fn list(&mut self, rules: &'static Rules, rule: &'static List, list: &[Value], path: &Path<'_>) {
        if !rule.has_length(list.len()) {
            let (which, limit) = broken(list.len() as u64, rule.least, rule.most, [Rule::MinItems, Rule::MaxItems]);
            let found = format!("a list of {}", list.len());
            let words = Words::new(format!("{found}, expected {limit} elements"), found, format!("{limit} elements"));
            self.note(rules, which, path, words);
        }
        if let Some(items) = rule.items {
            for (index, value) in list.iter().enumerate() {
                self.value(items, value, &Path::Index(path, index));
            }
        }
    }

    /// Notes what is wrong with an object; `exempt` names what it need not have.
    pub(super) fn object(
        &mut self,
        rules: &'static Rules,
        rule: &'static Object,
        map: &Map<String, Value>,
        path: &Path<'_>,
        exempt: &[&str],
    ) {
        if !rule.has_length(map.len()) {
            let (which, limit) =
                broken(map.len() as u64, rule.least, rule.most, [Rule::MinProperties, Rule::MaxProperties]);
            let found = format!("an object with {} members", map.len());
            let words = Words::new(format!("{found}, expected {limit}"), found, format!("{limit} members"));
            self.note(rules, which, path, words);
        }
        let is_missing = |property: &&Property| fits::is_missed(property, exempt) && !map.contains_key(property.name);
        for property in rule.properties.iter().filter(is_missing) {
            let name = property.name;
            let message = format!("required property `{name}` is missing");
            let words = Words::new(message, format!("an object without `{name}`"), format!("a property `{name}`"));
            let place = rules.facts.place_requiring(name);
            self.push(Rule::Required, path, words, place, property.rules.facts.since, None);
        }
        for (key, value) in map {
            let inner = Path::Key(path, key);
            if let Some(names) = rule.names {
                self.name(rules, names, key, path, &inner);
            }
            let property = rule.property(key);
            let mut described = property.is_some_and(|property| property.need != Need::Undeclared);
            if let Some(property) = property {
                self.value(property.rules, value, &inner);
                self.lint(property, &inner);
            }
            for (_, rules) in rule.patterns.iter().filter(|(pattern, _)| pattern.matches(key)) {
                described = true;
                self.entry(rules, key, value, &inner);
            }
            match &rule.additional {
                _ if described => {}
                Additional::Each(each) => self.entry(each, key, value, &inner),
                Additional::Closed => {
                    let shown = message::text(key);
                    let message = format!("{shown} has no place here");
                    let words = Words::new(message, format!("a property {shown}"), "none but the declared properties");
                    self.note(rules, Rule::AdditionalProperties, path, words);
                }
                Additional::Open => {
                    self.stray(rule, key, &inner);
                    self.undeclared(rules, rule, key, &inner);
                }
            }
        }
    }

    /// The key of a map whose pattern it doesn't match. The schema then says nothing of the member, but the prose of what
    /// its keys are: nobody has a power level under a key that is no user ID.
    fn stray(&mut self, rule: &'static Object, key: &str, path: &Path<'_>) {
        let [(_, rules)] = rule.patterns else { return };
        if let Some(format) = rules.facts.key_format.filter(|_| self.level >= Level::Strict) {
            self.format(rules, format, key, path);
        }
    }

    /// The value of a map, and its key.
    fn entry(&mut self, rules: &'static Rules, key: &str, value: &Value, path: &Path<'_>) {
        self.value(rules, value, path);
        if let Some(format) = rules.facts.key_format.filter(|_| self.level >= Level::Strict) {
            self.format(rules, format, key, path);
        }
    }

    /// The name of a member. JSON Schema has the object be at fault for it.
    fn name(&mut self, rules: &'static Rules, names: &'static Rules, key: &str, path: &Path<'_>, inner: &Path<'_>) {
        if !fits::fits_name(names, key) {
            let shown = message::text(key);
            let words = Words::new(format!("{shown} can't be a key here"), shown, "another key");
            self.note(rules, Rule::PropertyNames, path, words);
        }
        let format = names.text.and_then(|text| text.format).or(names.facts.key_format);
        if let Some(format) = format.filter(|_| self.level >= Level::Strict) {
            self.format(names, format, key, inner);
        }
    }

    /// Notes the alternatives that a value doesn't fit.
    pub(super) fn choices(&mut self, rules: &'static Rules, value: &Value, path: &Path<'_>) {
        for choice in rules.choices.iter().filter(|choice| !fits::fits_choice(choice, value)) {
            let fitting = choice.alternatives.iter().filter(|rules| fits::fits(rules, value)).count();
            let all = choice.alternatives.len();
            let (which, wanted) = match choice.exactly_one {
                true => (Rule::OneOf, "exactly one"),
                false => (Rule::AnyOf, "at least one"),
            };
            let shown = message::shown(value);
            let message = format!("{shown} fits {fitting} of {all} alternatives, expected {wanted}");
            self.note(rules, which, path, Words::new(message, shown, format!("{wanted} of {all} alternatives")));
        }
    }

    fn undeclared(&mut self, rules: &'static Rules, rule: &'static Object, key: &str, path: &Path<'_>) {
        // An object of which a schema says nothing is there for anybody's keys, and an event that isn't in rooms alone has the
        // members of those there.
        let is_of_envelope = matches!(path, Path::Key(Path::Root, key) if ENVELOPE.contains(key));
        if self.level < Level::Lint
            || rule.properties.is_empty()
            || (is_of_envelope && rule.property("content").is_some())
            || self.is_in_prose(path)
        {
            return;
        }
        let known = rule.properties.iter().map(|property| property.name);
        let words = Words::new(
            "no such field is known".to_owned(),
            format!("a property {}", message::text(key)),
            "a declared property",
        );
        let place = rules.facts.places.last().map_or("", |place| place.at);
        self.push(Rule::Undeclared, path, words, place, None, suggest::nearest(key, known));
    }

    /// Whether the specification has a member, though none of the event schemas does.
    fn is_in_prose(&self, path: &Path<'_>) -> bool {
        match path {
            Path::Key(Path::Key(Path::Root, "content"), key) if self.whole => self.additions.contains(key),
            Path::Key(Path::Key(Path::Root, "unsigned"), key) if self.whole => {
                // What servers add for their clients, of which the event schemas declare `age` alone.
                (self.table.unsigned)().is_some_and(|shape| shape.names().any(|name| name == *key))
            }
            Path::Key(Path::Root, key) if !self.whole => self.additions.contains(key),
            _ => false,
        }
    }

    fn lint(&mut self, property: &'static Property, path: &Path<'_>) {
        if self.level >= Level::Lint {
            let what = format!("`{}`", property.name);
            self.facts(property.rules, &what, path);
        }
    }

    /// Notes what is deprecated or too new.
    pub(super) fn facts(&mut self, rules: &'static Rules, what: &str, path: &Path<'_>) {
        let facts = rules.facts;
        let place = facts.places.last().map_or("", |place| place.at);
        if facts.deprecated {
            let words = Words::new(format!("{what} is deprecated"), what, "something else in its place");
            self.push(Rule::Deprecated, path, words, place, facts.since, None);
        }
        if let (Some(version), Some(since)) = (self.version, facts.since) {
            if since > version {
                let words = Words::new(format!("{what} isn't in {version} yet"), what, format!("what {version} has"));
                self.push(Rule::Newer, path, words, place, Some(since), None);
            }
        }
    }

    /// Notes what no schema states.
    pub(super) fn stated_by_none(&mut self, rule: Rule, path: &Path<'_>, words: Words, hint: Option<&'static str>) {
        self.push(rule, path, words, "", None, hint);
    }
}

/// Which of two limits a count doesn't keep to, and what that asks for.
fn broken(count: u64, least: Option<u64>, most: Option<u64>, [low, high]: [Rule; 2]) -> (Rule, String) {
    match least.filter(|least| count < *least) {
        Some(least) => (low, format!("at least {least}")),
        None => (high, format!("at most {}", most.unwrap_or_default())),
    }
}

fn type_of(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(_) => Types::NUMBER,
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}
