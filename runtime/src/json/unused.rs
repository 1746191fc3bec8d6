//! The members of a deserialized value that have no field, and the aliases that its fields were deserialized from.

use std::convert::Infallible;

use super::invalid_field::{below, is_unparsed};
use super::object::ObjectFields;
use super::write::{each_element, each_entry, each_member, JsonRef, Written};

/// A field that was deserialized from an alias, such as a key with an unstable prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UsedAlias {
    /// The JSON pointer of the value, from the root of the event. Its last part is the alias.
    pub pointer: String,
    /// The name of the field.
    pub name: &'static str,
}

/// The members of a value that have no field, and the aliases.
#[derive(Debug, Default)]
pub struct Unused {
    /// The JSON pointers of the members without a field.
    pub unknown: Vec<String>,
    /// The fields that were deserialized from an alias.
    pub aliases: Vec<UsedAlias>,
}

/// Returns the members of a value that have no field, and the aliases of fields, at all levels.
pub fn unused(item: JsonRef<'_>) -> Unused {
    let mut found = Unused::default();
    let Ok(()) = collect(item.into(), "", &mut found);
    found
}

/// Uses the same traversal as serialization, so that the pointers match the serialized JSON.
fn collect(written: Written<'_>, pointer: &str, found: &mut Unused) -> Result<(), Infallible> {
    let unparsed = written.unparsed_parts();
    let mut index = 0_usize;
    match written.item {
        JsonRef::Object(object) => {
            aliases(object, pointer, found);
            each_member(object, |name, written| match written.item {
                JsonRef::Value(_) if object.extra().get(name.as_str()).is_some() => {
                    let is_unknown = !is_unparsed(object, name) && !is_own_name(object, name.as_str());
                    found.unknown.extend(is_unknown.then(|| below(pointer, name.as_str())));
                    Ok(())
                }
                _ => collect(written, &below(pointer, name.as_str()), found),
            })
        }
        JsonRef::Map(map) => each_entry(map, unparsed, |key, written| collect(written, &below(pointer, key), found)),
        JsonRef::List(list) => each_element(list, unparsed, |written| {
            index += 1;
            collect(written, &below(pointer, &(index - 1).to_string()), found)
        }),
        _ => Ok(()),
    }
}

/// Returns `true` if a member in `extra` belongs to the descriptor, such as an alternative of a constant.
fn is_own_name(object: &dyn ObjectFields, key: &str) -> bool {
    object.descriptor().has_constant(key)
}

fn aliases(object: &dyn ObjectFields, pointer: &str, found: &mut Unused) {
    let (descriptor, extra) = (object.descriptor(), object.extra());
    for (index, _) in object.values() {
        let name = descriptor.name(index).name;
        let alias = descriptor.wire_name(name, extra);
        if alias != name {
            found.aliases.push(UsedAlias { pointer: below(pointer, alias), name });
        }
    }
}
