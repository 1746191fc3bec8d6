//! The fields of an object as rows of a table, and their types as text.

use crate::schema::Field;
use crate::validate::Level;

/// Returns the properties of an object, each with the level from which it is declared. The prose declares properties from
/// [`Level::Strict`] on.
pub fn properties(field: &Field) -> Vec<(Field, Level)> {
    let mut found: Vec<_> = field.properties(Level::Schema).map(|one| (one, Level::Schema)).collect();
    for added in field.properties(Level::Strict) {
        if found.iter().all(|(known, _)| known.name != added.name) {
            found.push((added, Level::Strict));
        }
    }
    found.sort_by_key(|(field, _)| field.name);
    found
}

/// A property of an object with its unstable names, from [`rows`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FieldRow {
    /// The property.
    pub field: Field,
    /// The level from which the property is declared.
    pub level: Level,
    /// The unstable names of the property.
    pub aliases: Vec<&'static str>,
}

/// Returns the properties of an object, or else of the elements of a list or a map.
///
/// ```
/// use matrix_events::{schema, tools, validate::Level};
///
/// let message = schema::event("m.room.message").expect("an event type of the specification");
/// let rows = tools::rows(&message.base.content_field());
/// let mentions = rows.iter().find(|row| row.field.name == "m.mentions").expect("a member of the prose");
/// assert_eq!(mentions.level, Level::Strict);
/// ```
pub fn rows(field: &Field) -> Vec<FieldRow> {
    let (unstable, named): (Vec<_>, Vec<_>) = properties(field).into_iter().partition(|(field, level)| {
        *level > Level::Schema && field.name.contains('.') && !field.name.starts_with("m.")
    });
    if named.is_empty() {
        return field.elements().map(|element| rows(&element)).find(|found| !found.is_empty()).unwrap_or_default();
    }
    let mut rows: Vec<FieldRow> =
        named.into_iter().map(|(field, level)| FieldRow { field, level, aliases: Vec::new() }).collect();
    for (alias, level) in unstable {
        // An alias has the schema of its property, so the descriptions and types are equal too.
        let of = |field: &Field| (field.description(), type_of(field), field.values());
        let is_equal = |field: &Field| !alias.description().is_empty() && of(field) == of(&alias);
        match rows.iter_mut().find(|row| is_equal(&row.field)) {
            Some(row) => row.aliases.push(alias.name),
            None => rows.push(FieldRow { field: alias, level, aliases: Vec::new() }),
        }
    }
    rows
}

/// Returns the fields on a path of keys below a field. A key can contain dots, so longer keys come first. The path can name the
/// elements of lists and maps, or omit them.
///
/// ```
/// use matrix_events::{schema, tools};
///
/// let receipt = schema::event("m.receipt").expect("an event type of the specification");
/// let path = tools::fields_at(receipt.base.content_field(), "*.m.read.*.ts").expect("the path of a field");
/// assert_eq!(path.last().map(|field| field.json_types()), Some(vec!["integer"]));
/// ```
pub fn fields_at(field: Field, path: &str) -> Option<Vec<Field>> {
    if path.is_empty() {
        return Some(Vec::new());
    }
    let mut named: Vec<(Field, &str)> = properties(&field)
        .into_iter()
        .filter_map(|(one, _)| Some((one, rest(path.strip_prefix(one.name)?)?)))
        .collect();
    named.sort_by_key(|(_, rest)| rest.len());
    let elements = || field.elements();
    let explicit = after_element(path).into_iter().flat_map(|rest| elements().map(move |one| (one, rest)));
    let omitted = elements().map(|one| (one, path));
    named.into_iter().chain(explicit).chain(omitted).find_map(|(one, rest)| {
        let below = fields_at(one, rest)?;
        Some(std::iter::once(one).chain(below).collect())
    })
}

/// Returns the path after a key, or `None` if the key goes on.
fn rest(path: &str) -> Option<&str> {
    match path.strip_prefix('.') {
        Some(rest) => (!rest.is_empty()).then_some(rest),
        None => (path.is_empty() || path.starts_with('[')).then_some(path),
    }
}

/// Returns the path after an element, such as `*`, `3`, `[]` or `[3]`.
fn after_element(path: &str) -> Option<&str> {
    let is_any = |index: &str| index == "*" || (!index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(inside) = path.strip_prefix('[') {
        let (index, after) = inside.split_once(']')?;
        return if index.is_empty() || is_any(index) { rest(after) } else { None };
    }
    let (index, after) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    if is_any(index) {
        rest(after)
    } else {
        None
    }
}

/// Returns the type of a field for people, with the types of its elements and its format.
///
/// ```
/// use matrix_events::{schema, tools};
///
/// let typing = schema::event("m.typing").expect("an event type of the specification");
/// let user_ids = typing.fields().next().expect("a field of the content");
/// assert_eq!(tools::type_of(&user_ids), "array of strings (mx-user-id)");
/// ```
pub fn type_of(field: &Field) -> String {
    let types = match field.json_types().as_slice() {
        [] => "any".to_owned(),
        types => types.join(" or "),
    };
    let types = match elements(field) {
        Some(elements) => format!("{types} of {elements}"),
        None => types,
    };
    match field.format() {
        Some(format) => format!("{types} ({format})"),
        None => types,
    }
}

/// Returns the types of the elements of a list or a map in the plural.
fn elements(field: &Field) -> Option<String> {
    // An object with properties is not described by its further members.
    if !properties(field).is_empty() || field.json_types().len() != 1 {
        return None;
    }
    let mut found: Vec<String> = Vec::new();
    for element in field.elements() {
        let types = element.json_types();
        let plural = types.iter().map(|name| match *name {
            "null" => "null".to_owned(),
            name => format!("{name}s"),
        });
        let plural = plural.collect::<Vec<_>>().join(" or ");
        let plural = if plural.is_empty() { "any values".to_owned() } else { plural };
        let below = elements(&element).map_or(String::new(), |below| format!(" of {below}"));
        let format = element.format().map_or(String::new(), |format| format!(" ({format})"));
        let text = plural + &below + &format;
        if !found.contains(&text) {
            found.push(text);
        }
    }
    (!found.is_empty()).then(|| found.join(" or "))
}

#[cfg(test)]
mod tests {
    use crate::schema;

    use super::*;

    /// Checks the path of each field below a field.
    fn check(root: &Field, field: &Field, path: &str) {
        let named = properties(field).into_iter().map(|(one, _)| (one.name, one));
        for (part, one) in named.chain(field.elements().map(|one| ("*", one))) {
            let path = if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") };
            let found = fields_at(*root, &path).and_then(|fields| fields.last().copied());
            assert!(found.is_some_and(|found| found.name == one.name), "{path}");
            check(root, &one, &path);
        }
    }

    /// Checks that the aliases of each row have its schema, and that other rows have other schemas.
    fn check_aliases(field: &Field) {
        let all = properties(field);
        let found = rows(field);
        for row in &found {
            let schema = row.field.json_schema();
            for (alias, _) in all.iter().filter(|(one, _)| row.aliases.contains(&one.name)) {
                assert_eq!(alias.json_schema(), schema, "{} {}", alias.name, row.field.name);
            }
            let is_unstable =
                row.field.name.contains('.') && !row.field.name.starts_with("m.") && row.level > Level::Schema;
            let is_twin = |other: &FieldRow| other.field.name != row.field.name && other.field.json_schema() == schema;
            assert!(!is_unstable || !found.iter().any(is_twin), "{}", row.field.name);
        }
        all.iter().map(|(one, _)| *one).chain(field.elements()).for_each(|one| check_aliases(&one));
    }

    #[test]
    fn aliases_have_the_schemas_of_their_properties() {
        for event in schema::events().chain(schema::edus()) {
            std::iter::once(&event.base).chain(event.variants).for_each(|one| check_aliases(&one.content_field()));
        }
    }

    #[test]
    fn every_field_is_on_its_path() {
        for event in schema::events().chain(schema::edus()) {
            for variant in std::iter::once(&event.base).chain(event.variants) {
                let content = variant.content_field();
                check(&content, &content, "");
            }
        }
    }
}
