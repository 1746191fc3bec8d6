//! The events: which files are one, where each can come from, what each has beside its envelope.

use std::collections::BTreeMap;

use super::event_schema::{self, Base, EventSchema};
use super::{Lowering, Place};
use crate::diagnostics::{Checked, Origin, Problem, Problems};
use crate::ir::{Docs, Event, Item, Kind, Role, Shape, Struct, Type};
use crate::names;
use crate::schema::Schema;
use crate::source::SCHEMAS;

pub(super) fn lower(lowering: &mut Lowering<'_>, problems: &mut Problems) {
    // An event and an ephemeral data unit may have one type.
    let mut events: BTreeMap<(Option<Kind>, String), Vec<EventSchema>> = BTreeMap::new();
    let (library, overrides) = (lowering.library, lowering.overrides);
    let is_event = |file: &str| is_event_file(file) || overrides.folder_of(file).is_some();
    let files = library.iter().filter(|(origin, _)| origin.pointer.is_empty() && is_event(&origin.file));
    for (origin, schema) in files {
        if let Some(Some(event)) = problems.note(event_schema::read(lowering, origin, schema)) {
            events.entry((event.folder, event.event_type.clone())).or_default().push(event);
        }
    }
    for ((_, event_type), mut schemas) in events {
        schemas.sort_by(|a, b| a.variant.cmp(&b.variant));
        let outcome = one_type(lowering, &event_type, &schemas);
        problems.note(outcome);
    }
    lowering
        .ir
        .events
        .sort_by(|a, b| (a.is_edu(), &a.event_type, &a.variant).cmp(&(b.is_edu(), &b.event_type, &b.variant)));
}

/// Event schemas stand in the folder itself, what they share below it.
fn is_event_file(file: &str) -> bool {
    file.strip_prefix(SCHEMAS).and_then(|rest| rest.strip_prefix('/')).is_some_and(|rest| !rest.contains('/'))
}

fn one_type(lowering: &mut Lowering<'_>, event_type: &str, schemas: &[EventSchema]) -> Checked<()> {
    // They are in the order of their variants, of which none comes first.
    let Some((base, variants)) = schemas.split_first().filter(|(first, _)| first.variant.is_none()) else {
        let origin = schemas.first().map(|schema| Origin::file(&schema.file)).unwrap_or_default();
        return Err(Problem::at(&origin, format!("a variant of `{event_type}`, of which there is no schema"))
            .expected(format!("a file {SCHEMAS}/{event_type}.yaml"))
            .advice("add the schema that all variants share"));
    };
    if let Some((one, other)) = schemas.iter().zip(variants).find(|(one, other)| one.variant == other.variant) {
        let message = format!("the same event has a schema in {} already", one.file);
        return Err(Problem::at(&Origin::file(&other.file), message)
            .expected("one file for each event")
            .advice("remove one of the two"));
    }
    let kinds = kinds(lowering, base);
    let docs = base.docs(lowering);
    let name = base.content_name(lowering.overrides.bare(event_type))?;
    let mut contents = vec![(None, name.clone(), base)];
    if variants.is_empty() {
        lowering.content(base, &name, &docs)?;
    } else {
        let overrides = lowering.overrides;
        let property = overrides.discriminator(event_type).ok_or_else(|| {
            Problem::at(
                &Origin::file(&base.file),
                format!("`{event_type}` has variants, but nothing says by which property"),
            )
            .expected("an entry under `discriminators` in overrides.yaml")
            .advice("name the property whose value stands behind the `$` of the file names")
        })?;
        let names = lowering.tagged_content(base, variants, property, &docs)?;
        contents.extend(variants.iter().zip(names).map(|(schema, name)| (schema.variant.clone(), name, schema)));
    }
    let also = lowering.other_types(base)?;
    let (unsigned, state_key, top_level) = beside_content(lowering, base, &kinds)?;
    let in_room = kinds.iter().any(|kind| matches!(kind, Kind::MessageLike | Kind::State));
    let unsigned = unsigned.or_else(|| lowering.unsigned.clone()).filter(|_| in_room);
    for (variant, content, schema) in contents {
        let content = (base.module.clone(), content);
        if let Some(other) = lowering.ir.events.iter().find(|other| other.content == content) {
            return Err(names::clash(&content.1, &Origin::file(&schema.file), &Origin::file(&other.file)).advice(
                "codegen/src/lower/event_schema.rs names contents and their modules after the types of events",
            ));
        }
        lowering.ir.events.push(Event {
            event_type: event_type.to_owned(),
            also: also.clone(),
            variant,
            kinds: kinds.clone(),
            content,
            unsigned: unsigned.clone(),
            state_key: state_key.clone(),
            top_level: top_level.clone(),
            file: schema.file.clone(),
        });
    }
    Ok(())
}

/// Where events of a type come from: the core schema that it builds on decides, or overrides do. None, where nothing does.
fn kinds(lowering: &mut Lowering<'_>, event: &EventSchema) -> Vec<Kind> {
    if let Some(kind) = event.folder {
        return vec![kind];
    }
    let stated = match event.base {
        Base::State => return vec![Kind::State],
        Base::Room => return vec![Kind::MessageLike],
        Base::Bare => lowering.overrides.kinds(&event.event_type),
    };
    if let Some(kinds) = stated {
        return kinds.to_vec();
    }
    let names = Kind::ALL.map(|(name, _)| format!("`{name}`")).join(", ");
    lowering.unplaced.push(
        Problem::at(&Origin::file(&event.file), format!("nothing says where `{}` events come from", event.event_type))
            .expected("a schema that builds on room_event.yaml or state_event.yaml, or an entry under `kinds` in overrides.yaml")
            .advice(format!("read the section of the specification on it, and add an entry with one or more of {names}")),
    );
    Vec::new()
}

type BesideContent = (Option<Type>, Option<Type>, Option<String>);

/// What an event has of its own at the top level: the type of `unsigned`, that of `state_key`, and anything else.
fn beside_content(lowering: &mut Lowering<'_>, event: &EventSchema, kinds: &[Kind]) -> Checked<BesideContent> {
    let prefix = names::type_name(lowering.overrides.bare(&event.event_type), &event.schema.origin)?;
    let place = Place { module: event.module.clone(), hint: prefix.clone() };
    let (mut unsigned, mut state_key, mut own) = (None, None, Vec::new());
    for (name, property) in &event.schema.properties {
        let is_own = declares(property, &event.file);
        match name.as_str() {
            "content" => {}
            name if kinds.iter().all(|kind| kind.type_member() == name) => {}
            "state_key" if kinds.contains(&Kind::State) => {
                state_key = Some(lowering.type_of(property, &place.named("StateKey"))?);
            }
            "unsigned" if is_own => {
                let hint = format!("{prefix}Unsigned");
                let named = Schema { title: Some(hint.clone()), ..property.clone() };
                unsigned = Some(lowering.type_of(&named, &place.named(hint))?);
            }
            _ if !is_own || in_envelope(lowering, kinds, name) => {}
            _ if event.schema.required.contains(name) => {
                return Err(Problem::at(
                    &property.origin,
                    format!("`{name}` is required at the top level of the event"),
                )
                .expected("required members in the content, or in the envelope")
                .advice("add it to the envelope of its kind under `envelopes` in overrides.yaml"));
            }
            _ => own.push((name.clone(), property.clone())),
        }
    }
    if own.is_empty() {
        return Ok((unsigned, state_key, None));
    }
    let name = format!("{prefix}TopLevel");
    let schema = Schema { origin: event.schema.origin.clone(), properties: own, ..Schema::default() };
    let Shape::Struct(shape) = lowering.structure(&schema, &place, None)? else {
        return Ok((unsigned, state_key, None));
    };
    if let Some(field) = shape.fields.iter().find(|field| !field.aliases.is_empty()) {
        return Err(Problem::at(&field.origin, "a member beside the content has other names in overrides.yaml")
            .expected("other names for members of the content, or of objects in it")
            .advice("remove the entry under `aliases`; support for it belongs in codegen/src/emit/top_level.rs"));
    }
    let text = format!("The members that only `{}` events have at the top level.", event.event_type);
    let item = Item {
        name: name.clone(),
        docs: Docs { text: Some(text), ..Docs::default() },
        origin: event.schema.origin.clone(),
        shape: Shape::Struct(Struct { role: Role::TopLevel, ..shape }),
    };
    lowering.define(&event.module, item, &schema)?;
    Ok((unsigned, state_key, Some(name)))
}

/// Whether a property is stated in a file, or only in those that the file builds on.
fn declares(property: &Schema, file: &str) -> bool {
    property.origin.file == file || property.all_of.iter().any(|part| declares(part, file))
}

/// Whether the envelopes of all kinds of an event have a member.
fn in_envelope(lowering: &Lowering<'_>, kinds: &[Kind], name: &str) -> bool {
    let has = |(_, _, shape): &(&str, Kind, &Struct)| shape.fields.iter().any(|field| field.wire == name);
    let with: Vec<Kind> = lowering.ir.envelopes().filter(has).map(|(_, kind, _)| kind).collect();
    kinds.iter().all(|kind| with.contains(kind))
}
