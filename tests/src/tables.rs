//! The validators' tables of any tree, as the emitted ones of `spec/` are: so that every release can be held against an
//! independent validator without being compiled.

use matrix_events::__private::rules as tables;
use matrix_events::schema::{Event, Exact, Kind, Version};
use matrix_events_codegen::ir::rules::{self, Node, NodeId, Pattern};
use matrix_events_codegen::ir::{self, Ir};

/// The event types of a tree.
pub fn events(ir: &Ir) -> Vec<&'static Event> {
    let mut made: Vec<&'static tables::Rules> = Vec::new();
    for node in &ir.rules.nodes {
        let rules = table(node, &made);
        made.push(leak(rules));
    }
    let exact = |exact: &rules::Exact| Exact {
        value: text(&exact.value),
        file: text(exact.file.strip_prefix("event-schemas/schema/").unwrap_or(&exact.file)),
        event: made[exact.event],
        content: exact.content.map_or(&tables::Rules::ANY, |id| made[id]),
    };
    let event = |event: &rules::EventRules| Event {
        event_type: text(&event.event_type),
        also: list(event.also.iter().map(|also| text(also))),
        kinds: list(event.kinds.iter().map(|kind| kind_of(*kind))),
        link: "",
        base: exact(&event.base),
        discriminator: event.discriminator.as_deref().map(text),
        variants: list(event.variants.iter().map(exact)),
        additions: list(event.additions.iter().map(|name| text(name))),
    };
    ir.rules.events.iter().map(|rules| leak(event(rules))).collect()
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn list<T>(values: impl Iterator<Item = T>) -> &'static [T] {
    Vec::leak(values.collect())
}

fn text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn table(node: &Node, made: &[&'static tables::Rules]) -> tables::Rules {
    let has_text =
        node.values.is_some() || !node.patterns.is_empty() || node.length != (None, None) || node.format.is_some();
    let rule = || tables::Text {
        values: node.values.as_ref().map(|values| list(values.iter().map(|value| text(value)))),
        patterns: list(node.patterns.iter().map(pattern)),
        least: node.length.0,
        most: node.length.1,
        format: node.format.as_deref().and_then(format),
    };
    let has_list = node.items.is_some() || node.count != (None, None);
    let items = || tables::List { items: node.items.map(|id| made[id]), least: node.count.0, most: node.count.1 };
    let choices = node.choices.iter().map(|choice| tables::Choice {
        exactly_one: choice.exactly_one,
        alternatives: list(choice.alternatives.iter().map(|id| made[*id])),
    });
    tables::Rules {
        types: node.types.as_ref().map_or(tables::Types::ANY, |names| types(names)),
        text: has_text.then(|| leak(rule())),
        range: (node.range != (None, None)).then(|| leak(tables::Range { least: node.range.0, most: node.range.1 })),
        list: has_list.then(|| leak(items())),
        object: node.object.as_ref().map(|rules| leak(object(rules, made))),
        choices: list(choices),
        facts: leak(tables::Facts {
            description: text(node.docs.text.as_deref().unwrap_or_default()),
            since: node.docs.since.map(|version| Version::new(version.major, version.minor)),
            deprecated: node.docs.deprecated,
            key_format: node.key_format.as_deref().and_then(format),
            ..tables::Facts::NONE
        }),
    }
}

fn types(names: &[String]) -> tables::Types {
    let one = |name: &String| match name.as_str() {
        "null" => tables::Types::NULL,
        "boolean" => tables::Types::BOOLEAN,
        "integer" => tables::Types::INTEGER,
        "number" => tables::Types::NUMBER,
        "string" => tables::Types::STRING,
        "array" => tables::Types::ARRAY,
        "object" => tables::Types::OBJECT,
        other => panic!("`{other}` is no JSON type"),
    };
    let mut types = names.iter().map(one);
    let first = types.next().expect("a list of types isn't empty");
    types.fold(first, tables::Types::or)
}

fn object(object: &rules::Object, made: &[&'static tables::Rules]) -> tables::Object {
    let need = |property: &rules::Property| match (property.required, property.declared) {
        (false, _) => tables::Need::Optional,
        (true, true) => tables::Need::Required,
        (true, false) => tables::Need::Undeclared,
    };
    let property =
        |property: &rules::Property| tables::Property::new(text(&property.name), need(property), made[property.node]);
    let of = |id: &NodeId| made[*id];
    tables::Object {
        properties: list(object.properties.iter().map(property)),
        patterns: list(object.patterns.iter().map(|(one, id)| (pattern(one), of(id)))),
        additional: match &object.additional {
            rules::Additional::Open => tables::Additional::Open,
            rules::Additional::Closed => tables::Additional::Closed,
            rules::Additional::Each(id) => tables::Additional::Each(of(id)),
        },
        names: object.names.as_ref().map(of),
        least: object.count.0,
        most: object.count.1,
    }
}

fn pattern(pattern: &Pattern) -> tables::Pattern {
    let atoms = pattern.atoms.iter().map(|atom| tables::Atom {
        ranges: list(atom.ranges.iter().copied()),
        least: atom.least,
        most: atom.most.unwrap_or(u32::MAX),
    });
    let form =
        tables::PatternForm::Atoms { atoms: list(atoms), from_start: pattern.from_start, to_end: pattern.to_end };
    tables::Pattern { source: text(&pattern.source), form }
}

fn format(name: &str) -> Option<tables::Format> {
    use tables::Format;

    let all = [
        Format::UserId,
        Format::RoomId,
        Format::EventId,
        Format::RoomAliasId,
        Format::ServerName,
        Format::MxcUri,
        Format::UnpaddedBase64,
        Format::UrlSafeUnpaddedBase64,
    ];
    all.into_iter().find(|format| format!("{format:?}") == name)
}

fn kind_of(kind: ir::Kind) -> Kind {
    match kind {
        ir::Kind::MessageLike => Kind::MessageLike,
        ir::Kind::State => Kind::State,
        ir::Kind::Ephemeral => Kind::Ephemeral,
        ir::Kind::Presence => Kind::Presence,
        ir::Kind::GlobalAccountData => Kind::GlobalAccountData,
        ir::Kind::RoomAccountData => Kind::RoomAccountData,
        ir::Kind::ToDevice => Kind::ToDevice,
        ir::Kind::Edu => Kind::Edu,
    }
}
