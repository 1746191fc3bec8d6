//! Applies corrections to the schemas in memory, in one pass. Later stages read corrections from the schemas only.

use std::collections::{BTreeMap, BTreeSet};

use super::corrections::{Change, Correction};
use crate::diagnostics::Origin;
use crate::proposals;
use crate::schema::{Chosen, Schema, SchemaSet};

/// Adds corrections to the schemas of their places. Returns the corrections whose place no event refers to.
pub(crate) fn apply<'c>(schemas: &mut SchemaSet, corrections: &'c [Correction]) -> Vec<&'c Correction> {
    let mut by_place: BTreeMap<&Origin, Vec<&Correction>> = BTreeMap::new();
    for correction in corrections {
        by_place.entry(&correction.at).or_default().push(correction);
    }
    let mut applied = BTreeSet::new();
    for schema in schemas.iter_mut() {
        apply_below(schema, &by_place, &mut applied);
    }
    corrections.iter().filter(|correction| !applied.contains(&correction.at)).collect()
}

fn apply_below(schema: &mut Schema, corrections: &BTreeMap<&Origin, Vec<&Correction>>, applied: &mut BTreeSet<Origin>) {
    for correction in corrections.get(&schema.origin).into_iter().flatten() {
        apply_one(schema, correction);
        applied.insert(schema.origin.clone());
    }
    schema.children_mut().for_each(|child| apply_below(child, corrections, applied));
}

fn apply_one(schema: &mut Schema, Correction { at, entry, change }: &Correction) {
    let corrections = &mut schema.corrections;
    let chosen = |name| Chosen { name, at: at.clone(), entry: entry.clone() };
    match change.clone() {
        Change::OftenMissing(missing) => corrections.often_missing = Some(missing),
        Change::Required => corrections.required = true,
        Change::KeptByRedaction => corrections.is_kept = true,
        Change::Secret => corrections.is_secret = true,
        Change::InUse => corrections.in_use = true,
        Change::Format(format) => corrections.format = Some(format),
        Change::KeyFormat(format) => corrections.key_format = Some(format),
        Change::Accepts(accepted) => corrections.accepts = Some(accepted),
        Change::Integer => corrections.is_integer = true,
        Change::AnyKey => corrections.any_key = true,
        Change::Default(value) => corrections.default = Some(value),
        Change::Aliases(names) => corrections.aliases = names,
        Change::Definition(definition) => corrections.definition = Some(definition),
        Change::Addition(name, schema) => {
            let mut property =
                Schema { origin: at.child("properties").child(&name), all_of: vec![*schema], ..Schema::default() };
            let folder = proposals::folder_of(&entry.file);
            property.corrections.proposal =
                proposals::number_of(&entry.file).filter(|_| proposals::folder_of(&at.file) != folder);
            corrections.additions.push((name, property));
            corrections.additions.sort_by(|(a, _), (b, _)| a.cmp(b));
        }
        Change::EventType(event_type, suffix) => {
            corrections.event_type = Some(event_type);
            corrections.type_suffix = suffix;
        }
        Change::TypifyDiffers => corrections.typify_differs = true,
        Change::InvalidExample => corrections.invalid_example = true,
        Change::Values(values) => corrections.values = Some(values),
        Change::Keys(values) => corrections.keys = Some(values),
        Change::SameAs(shared) => corrections.same_as = Some(shared),
        Change::TypeName(name) => corrections.type_name = Some(chosen(name)),
        Change::FieldName(name) => corrections.field_name = Some(chosen(name)),
        Change::VariantName(value, name) => {
            corrections.variant_names.insert(value, chosen(name));
        }
        Change::Module(name) => {
            corrections.module = Some(Chosen { name, at: at.clone(), entry: entry.clone() });
        }
    }
}
