//! The constraint tables of any spec tree, built at run time. With them, tests compare the validators with an independent
//! validator on every release, without compiling a crate for each release.
//!
//! Another test compares these tables with the emitted ones.

use matrix_events::__private::constraints as tables;
use matrix_events::__private::constraints::{Event, Regex, SchemaVariant, Types, Version};
use matrix_events_codegen::ir::constraints::{
    AdditionalProperties, Allowed, Assertion, Constraints, ConstraintsId, EventConstraints, JsonType,
    ObjectConstraints, Property,
};
use matrix_events_codegen::ir::{constraints as ir, Ir};
use matrix_events_codegen::short_path;

/// The constraints that exist so far, by their IDs.
type Made = [&'static tables::Constraints];

/// Returns the event types of a tree.
pub fn events(ir: &Ir) -> Vec<&'static Event> {
    let mut made: Vec<&'static tables::Constraints> = Vec::new();
    for node in &ir.constraints.nodes {
        let constraints = constraints(node, &made);
        made.push(leak(constraints));
    }
    ir.constraints.events.iter().map(|one| leak(event(one, &made))).collect()
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn list<T>(values: impl IntoIterator<Item = T>) -> &'static [T] {
    Vec::leak(values.into_iter().collect())
}

fn text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn texts(texts: &[String]) -> &'static [&'static str] {
    list(texts.iter().map(|one| text(one)))
}

fn event(event: &EventConstraints, made: &Made) -> Event {
    let variant = |variant: &ir::SchemaVariant| SchemaVariant {
        value: text(&variant.value),
        file: text(short_path(&variant.file)),
        event: made[variant.event],
        content: variant.content.map_or(&tables::Constraints::ANY, |id| made[id]),
    };
    let kinds = event.all_kinds().filter(|(_, proposal)| proposal.is_none() || cfg!(feature = "unstable"));
    Event {
        event_type: text(&event.event_type),
        aliases: texts(&event.aliases),
        aliases_in_use: texts(&event.aliases_in_use),
        kinds: list(kinds.map(|(kind, _)| kind_of(kind))),
        link: "",
        base: variant(&event.base),
        discriminator: event.discriminator.as_deref().map(text),
        variants: list(event.variants.iter().map(variant)),
    }
}

fn constraints(node: &Constraints, made: &Made) -> tables::Constraints {
    let choices = node.choices.iter().map(|choice| tables::Choice {
        exactly_one: choice.exactly_one,
        alternatives: list(choice.alternatives.iter().map(|id| made[*id])),
    });
    let types = node.types.iter().map(type_of).reduce(Types::or).expect("a set of types that is not empty");
    let base = tables::Constraints {
        assertions: list(node.assertions.iter().map(assertion)),
        items: node.items.map(|id| made[id]),
        choices: list(choices),
        allowed: list(node.allowed.iter().map(|one| allowed(*one))),
        annotations: tables::Annotations {
            description: text(node.docs.text.as_deref().unwrap_or_default()),
            default: node.default.as_ref().map(|default| text(&default.to_string())),
            since: node.docs.since.map(|version| Version::new(version.major, version.minor)),
            changed: &[],
            deprecated: node.docs.deprecated,
            format: node.format.map(identifier),
            key_format: node.key_format.map(identifier),
        },
        ..tables::types(types)
    };
    match &node.object {
        Some(members) => tables::Constraints { object: object(members, made), ..base },
        None => base,
    }
}

fn object(object: &ObjectConstraints, made: &Made) -> tables::ObjectConstraints {
    let property = |property: &Property| {
        let (name, constraints) = (text(&property.name), made[property.constraints]);
        let row = match (property.required, property.declared) {
            (false, _) => tables::optional(name, constraints),
            (true, true) => tables::required(name, constraints),
            (true, false) => tables::undeclared(name),
        };
        if property.is_kept {
            row.kept()
        } else {
            row
        }
    };
    let of = |id: &ConstraintsId| made[*id];
    let mut table = tables::object()
        .properties(list(object.properties.iter().map(property)))
        .prose(list(object.prose.iter().map(property)))
        .aliases(list(object.aliases.iter().map(|(alias, name)| (text(alias), text(name)))))
        .pattern_properties(list(object.patterns.iter().map(|(one, id)| (regex(one), of(id)))))
        .object;
    table.additional = match &object.additional {
        AdditionalProperties::Open => tables::Additional::Open,
        AdditionalProperties::Closed => tables::Additional::Closed,
        AdditionalProperties::Each(id) => tables::Additional::Each(of(id)),
    };
    table.names = object.names.as_ref().map(of);
    table
}

fn allowed(allowed: Allowed) -> tables::Allowed {
    match allowed {
        Allowed::Null => tables::Null,
        Allowed::EmptyString => tables::EmptyString,
        Allowed::Integer(value) => tables::Integer(value),
        Allowed::IntegerInString => tables::IntegerInString,
    }
}

fn assertion(assertion: &Assertion) -> tables::Assertion {
    match assertion {
        Assertion::Enum(values) => tables::Enum(texts(values)),
        Assertion::Pattern(pattern) => tables::Pattern(regex(pattern)),
        Assertion::Limit(limit, value) => tables::Assertion::limit(&format!("{limit:?}"), &value.to_string())
            .unwrap_or_else(|| panic!("the runtime has no limit for {assertion:?}")),
    }
}

/// Returns a regular expression in its general form, where emitted tables may have a simpler one.
fn regex(regex: &ir::Regex) -> Regex {
    let atoms = regex
        .atoms
        .iter()
        .map(|atom| tables::atom(list(atom.ranges.iter().copied()), atom.least, atom.most.unwrap_or(u32::MAX)));
    Regex::atoms(text(&regex.source), list(atoms), regex.from_start, regex.to_end)
}

fn type_of(kind: JsonType) -> Types {
    match kind {
        JsonType::Null => Types::NULL,
        JsonType::Boolean => Types::BOOLEAN,
        JsonType::Integer => Types::INTEGER,
        JsonType::Number => Types::NUMBER,
        JsonType::String => Types::STRING,
        JsonType::Array => Types::ARRAY,
        JsonType::Object => Types::OBJECT,
    }
}

/// Defines a function between two enums whose variants have the same names.
macro_rules! same_names {
    ($function:ident: $from:path => $to:path { $($variant:ident)+ }) => {
        fn $function(value: $from) -> $to {
            use $from as From;
            use $to as To;

            match value {
                $(From::$variant => To::$variant,)+
            }
        }
    };
}

same_names!(kind_of: matrix_events_codegen::ir::Kind => matrix_events::schema::Kind {
    MessageLike State Ephemeral Presence GlobalAccountData RoomAccountData ToDevice Edu
});
same_names!(identifier: matrix_events_codegen::ir::Identifier => matrix_events::IdentifierKind {
    UserId RoomId EventId RoomAliasId RoomOrAliasId ServerName MxcUri DeviceId TransactionId SessionId VoipId KeyId
    ServerSigningKeyId RoomVersionId SpaceChildOrder UnpaddedBase64 UrlSafeUnpaddedBase64
});
