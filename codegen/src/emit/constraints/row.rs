//! Emits constraints as an expression: a chain of calls, with a line for each property.

use proc_macro2::Literal;

use super::{gate, Tables};
use crate::diagnostics::Origin;
use crate::ir::constraints::{
    AdditionalProperties, Assertion, Constraints, ConstraintsId, JsonType, JsonTypes, LimitValue, ObjectConstraints,
    Property, Regex,
};
use crate::source::short_path;
use crate::version::Version;

/// The place of a schema that follows from the schema above.
#[derive(Clone)]
pub(super) enum Implied {
    /// The place, if there is one.
    Place(Option<Origin>),
    /// No place. Violations never have the place of an alternative.
    Unused,
}

impl Implied {
    /// Returns the place of a schema under some keys.
    fn child(&self, keys: &[&str]) -> Self {
        match self {
            Self::Place(Some(origin)) => Self::Place(Some(keys.iter().fold(origin.clone(), |at, key| at.child(key)))),
            other => other.clone(),
        }
    }
}

/// An expression under construction.
struct ConstraintRow<'t> {
    tables: &'t Tables<'t>,
    text: String,
    indent: usize,
}

/// Returns a reference to constraints: by their name, or as an expression.
pub(super) fn mention(tables: &Tables<'_>, id: ConstraintsId, implied: &Implied, indent: usize) -> String {
    match tables.name(id) {
        Some(name) => format!("&{name}"),
        None => format!("&{}", expression(tables, tables.node(id), implied, indent)),
    }
}

/// Returns the expression for constraints. All lines except for the first are indented.
pub(super) fn expression(tables: &Tables<'_>, node: &Constraints, implied: &Implied, indent: usize) -> String {
    let mut row = ConstraintRow { tables, text: constructor(node.types), indent };
    if !node.assertions.is_empty() {
        row.call("assert", &list(node.assertions.iter().map(assertion)));
    }
    if !node.allowed.is_empty() {
        row.call("or_by_prose", &list(node.allowed.iter().map(|allowed| format!("{allowed:?}"))));
    }
    row.annotations(node);
    row.source(node, implied);
    if let Some(description) = node.docs.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        row.call("description", &string(description));
    }
    let below = match implied {
        Implied::Unused => Implied::Unused,
        Implied::Place(_) => Implied::Place(node.location.clone()),
    };
    if let Some(object) = &node.object {
        row.object(object, &below);
    }
    if let Some(items) = node.items {
        row.child("items", items, &below.child(&["items"]));
    }
    row.choices(node);
    row.text
}

impl ConstraintRow<'_> {
    fn call(&mut self, function: &str, arguments: &str) {
        self.text.push_str(&format!(".{function}({arguments})"));
    }

    /// Adds a call with a list that has a line for each element.
    fn lines(&mut self, function: &str, lines: &[String]) {
        let (outer, inner) = (" ".repeat(self.indent), " ".repeat(self.indent + 4));
        let lines: String = lines.iter().map(|line| format!("{inner}{line},\n")).collect();
        self.call(function, &format!("&[\n{lines}{outer}]"));
    }

    /// Adds a call with constraints. Constraints with a description are on a separate line.
    fn child(&mut self, function: &str, id: ConstraintsId, implied: &Implied) {
        let is_short = self.tables.name(id).is_some() || self.tables.node(id).docs.text.is_none();
        if is_short {
            self.call(function, &mention(self.tables, id, implied, self.indent));
        } else {
            let (outer, inner) = (" ".repeat(self.indent), " ".repeat(self.indent + 4));
            let child = mention(self.tables, id, implied, self.indent + 4);
            self.call(function, &format!("\n{inner}{child},\n{outer}"));
        }
    }

    fn annotations(&mut self, node: &Constraints) {
        if let Some(format) = node.format {
            self.call("format", format.name());
        }
        if let Some(format) = node.key_format {
            self.call("key_format", format.name());
        }
        if let Some(default) = &node.default {
            self.call("default", &string(&default.to_string()));
        }
        if let Some(Version { major, minor }) = node.docs.since {
            self.call("since", &format!("{major}, {minor}"));
        }
        if !node.docs.changed.is_empty() {
            let changed =
                node.docs.changed.iter().map(|(release, text)| format!("({}, {})", version(*release), string(text)));
            self.call("changed", &list(changed));
        }
        if node.docs.deprecated {
            self.call("deprecated", "");
        }
    }

    /// Adds the places that do not follow from the schema above.
    fn source(&mut self, node: &Constraints, implied: &Implied) {
        let Implied::Place(implied) = implied else { return };
        if node.location != *implied && *node != Constraints::default() {
            self.call("at", &string(&node.location.as_ref().map(place).unwrap_or_default()));
        }
        if !node.elsewhere.is_empty() {
            let elsewhere =
                node.elsewhere.iter().map(|(keyword, at)| format!("({}, {})", string(keyword), string(&place(at))));
            self.call("elsewhere", &list(elsewhere));
        }
    }

    fn object(&mut self, object: &ObjectConstraints, place: &Implied) {
        if !object.properties.is_empty() {
            let lines: Vec<String> = object.properties.iter().map(|one| self.property(one, place)).collect();
            self.lines("properties", &lines);
        }
        if !object.prose.is_empty() {
            let lines: Vec<String> = object.prose.iter().map(|one| self.property(one, place)).collect();
            self.lines("prose", &lines);
        }
        if !object.aliases.is_empty() {
            self.call("aliases", &list(object.aliases.iter().map(pair)));
        }
        if !object.patterns.is_empty() {
            let patterns = object.patterns.iter().map(|(pattern, id)| {
                let implied = place.child(&["patternProperties", &pattern.source]);
                format!("({}, {})", regex(pattern), mention(self.tables, *id, &implied, self.indent + 4))
            });
            let patterns: Vec<String> = patterns.collect();
            self.lines("pattern_properties", &patterns);
        }
        match object.additional {
            AdditionalProperties::Open => {}
            AdditionalProperties::Closed => self.call("no_additional_properties", ""),
            AdditionalProperties::Each(id) => {
                self.child("additional_properties", id, &place.child(&["additionalProperties"]));
            }
        }
        if let Some(names) = object.names {
            self.child("property_names", names, &place.child(&["propertyNames"]));
        }
    }

    fn property(&self, property: &Property, place: &Implied) -> String {
        let name = string(&property.name);
        let implied = place.child(&["properties", &property.name]);
        let constraints = || mention(self.tables, property.constraints, &implied, self.indent + 4);
        let row = match (property.required, property.declared) {
            (false, _) => format!("optional({name}, {})", constraints()),
            (true, true) => format!("required({name}, {})", constraints()),
            (true, false) => format!("undeclared({name})"),
        };
        let is_stated = matches!(place, Implied::Place(_)) && property.required;
        let row = gate::prefix(property.proposal) + &row;
        let row = if property.is_kept { row + ".kept()" } else { row };
        match is_stated && property.required_by != self.requiring(property, place) {
            true => {
                format!("{row}.by({})", string(&property.required_by.as_ref().map(self::place).unwrap_or_default()))
            }
            false => row,
        }
    }

    /// Returns the schema that requires a property if the table states none: the schema that declares the property.
    fn requiring(&self, property: &Property, place: &Implied) -> Option<Origin> {
        let declared = self.tables.node(property.constraints).location.as_ref();
        let suffix = Origin::default().child("properties").child(&property.name).pointer;
        let above = declared.and_then(|declared| {
            let pointer = declared.pointer.strip_suffix(&suffix)?.to_owned();
            Some(Origin { file: declared.file.clone(), pointer })
        });
        match place {
            Implied::Place(place) => above.or_else(|| place.clone()),
            Implied::Unused => above,
        }
    }

    fn choices(&mut self, node: &Constraints) {
        if node.choices.is_empty() {
            return;
        }
        let lines = node.choices.iter().map(|choice| {
            let mut row = ConstraintRow { tables: self.tables, text: String::new(), indent: self.indent + 4 };
            let alternatives = choice.alternatives.iter();
            let alternatives: Vec<String> =
                alternatives.map(|id| mention(self.tables, *id, &Implied::Unused, self.indent + 8)).collect();
            row.lines(if choice.exactly_one { "one_of" } else { "any_of" }, &alternatives);
            row.text.trim_start_matches('.').to_owned()
        });
        let lines: Vec<String> = lines.collect();
        self.lines("choices", &lines);
    }
}

fn constructor(types: JsonTypes) -> String {
    let kinds: Vec<JsonType> = types.iter().collect();
    match kinds.as_slice() {
        _ if types == JsonTypes::ANY => "any()".to_owned(),
        [one] => format!("{}()", one.name()),
        several => {
            let names = several.iter().map(|kind| format!("Types::{}", kind.name().to_uppercase()));
            let all = names.reduce(|all, name| format!("{all}.or({name})"));
            format!("types({})", all.unwrap_or_default())
        }
    }
}

fn assertion(assertion: &Assertion) -> String {
    match assertion {
        Assertion::Enum(values) => format!("Enum({})", strings(values)),
        Assertion::Pattern(pattern) => format!("Pattern({})", regex(pattern)),
        Assertion::Limit(limit, LimitValue::Count(count)) => format!("{limit:?}({count})"),
        Assertion::Limit(limit, LimitValue::Number(number)) => format!("{limit:?}({number:?})"),
    }
}

fn regex(regex: &Regex) -> String {
    let source = string(&regex.source);
    match (regex.literal(), regex.from_start, regex.to_end) {
        (Some(text), from_start, to_end) if text.is_empty() && !(from_start && to_end) => {
            format!("Regex::any({source})")
        }
        (Some(text), true, true) => format!("Regex::exactly({source}, {})", string(&text)),
        (Some(text), true, false) => format!("Regex::prefix({source}, {})", string(&text)),
        (_, from_start, to_end) => {
            let atoms = regex.atoms.iter().map(|atom| {
                let ranges =
                    atom.ranges.iter().map(|(first, last)| format!("({}, {})", character(*first), character(*last)));
                let most = atom.most.map_or("u32::MAX".to_owned(), |most| most.to_string());
                format!("atom({}, {}, {most})", list(ranges), atom.least)
            });
            format!("Regex::atoms({source}, {}, {from_start}, {to_end})", list(atoms))
        }
    }
}

/// Returns a place as violations report it.
pub(super) fn place(origin: &Origin) -> String {
    Origin { file: short_path(&origin.file).to_owned(), pointer: origin.pointer.clone() }.to_string()
}

pub(super) fn version(Version { major, minor }: Version) -> String {
    format!("Version::new({major}, {minor})")
}

pub(super) fn string(text: &str) -> String {
    Literal::string(text).to_string()
}

pub(super) fn strings(texts: &[String]) -> String {
    list(texts.iter().map(|text| string(text)))
}

fn character(character: char) -> String {
    Literal::character(character).to_string()
}

/// Returns a pair of strings.
pub(super) fn pair((one, other): &(String, String)) -> String {
    format!("({}, {})", string(one), string(other))
}

/// Returns a reference to an array in one line.
pub(super) fn list(elements: impl Iterator<Item = String>) -> String {
    format!("&[{}]", elements.collect::<Vec<_>>().join(", "))
}
