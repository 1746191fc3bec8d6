//! The overrides from their file.

use super::{Accepts, Any, Entry, Envelope, Folder, Overrides, Section};
use crate::diagnostics::{Checked, Origin, Problem, Problems};
use crate::ir::Kind;
use crate::names;
use crate::node::Node;
use crate::schema::reader::{text, unexpected, KeywordReader};
use crate::schema::{self, Schema};
use crate::source::Sources;
use crate::source::SCHEMAS;
use crate::version::Version;

/// An entry that is being read.
struct Reading<'r, 'n> {
    keys: KeywordReader<'n>,
    origin: &'r Origin,
    problems: &'r mut Problems,
}

type Read = fn(&mut Overrides, &mut Reading<'_, '_>) -> Checked<()>;

/// The sections: the name of each, the keys of its entries, and what reads one.
const SECTIONS: [(&str, &[&str], Read); 18] = [
    ("prefixes", &["prefix"], prefix),
    ("folders", &["folder", "kind", "module", "section"], folder),
    ("kinds", &["events", "kinds"], kinds),
    ("discriminators", &["event", "property"], discriminator),
    ("names", &["at", "name", "field", "values"], names),
    ("modules", &["file", "module"], module),
    ("optional", &["at"], |overrides, reading| places(&mut overrides.optional, reading)),
    ("in use", &["at"], |overrides, reading| places(&mut overrides.in_use, reading)),
    ("formats", &["at", "format"], format),
    ("accepts", &["at", "also"], accepts),
    ("defaults", &["at", "value"], default),
    ("aliases", &["at", "names"], aliases),
    ("definitions", &["at", "definition"], definition),
    ("additions", &["to", "property", "definition", "schema"], addition),
    ("second opinion", &["at"], |overrides, reading| places(&mut overrides.second_opinion, reading)),
    ("examples", &["files"], examples),
    ("envelopes", &["name", "kind", "schema", "adds"], envelope),
    ("any", &["name", "description", "envelopes", "schema", "sync", "state"], any),
];

/// The sections that the overrides of somebody's own events don't have: the places that events come from, and what they
/// have there, are the specification's.
const NOT_FOR_OWN: [&str; 3] = ["folders", "envelopes", "any"];

/// Reads the file; a section or key that isn't known is an error. Entries for other releases are left out.
pub(crate) fn read(sources: &mut Sources<'_>, file: &str, release: Option<Version>) -> Result<Overrides, Vec<Problem>> {
    let mut overrides = Overrides { release, ..Overrides::default() };
    read_into(&mut overrides, sources, file, &[]).map(|()| overrides)
}

/// Reads those of somebody's own events, and adds them to those of the specification.
pub(crate) fn read_own(overrides: &mut Overrides, sources: &mut Sources<'_>, file: &str) -> Result<(), Vec<Problem>> {
    read_into(overrides, sources, file, &NOT_FOR_OWN)
}

fn read_into(
    overrides: &mut Overrides,
    sources: &mut Sources<'_>,
    file: &str,
    without: &[&str],
) -> Result<(), Vec<Problem>> {
    let mut problems = Problems::default();
    let sections = || SECTIONS.into_iter().filter(|(section, ..)| !without.contains(section));
    let origin = Origin::file(file);
    let keys = match problems.note(sources.document(file)).flatten() {
        None | Some(Node::Null) => None,
        Some(node) => problems.note(map(node, &origin, "a map with sections")),
    };
    if let Some(mut keys) = keys {
        for (section, known, read) in sections() {
            match keys.take(section) {
                None | Some((Node::Null, _)) => {}
                Some((Node::List(entries), origin)) => {
                    for (index, node) in entries.iter().enumerate() {
                        let origin = origin.child(&index.to_string());
                        let outcome = entry(overrides, node, &origin, (known, read), &mut problems);
                        problems.note(outcome);
                    }
                }
                Some((node, origin)) => problems.push(unexpected(node, &origin, "a list of entries")),
            }
        }
        let names: Vec<&str> = sections().map(|(section, ..)| section).collect();
        keys.finish_with(
            &names,
            "a section of the overrides",
            "codegen/src/overrides lists the sections",
            &mut problems,
        );
    }
    problems.none(())
}

fn entry(
    overrides: &mut Overrides,
    node: &Node,
    origin: &Origin,
    (known, read): (&[&str], Read),
    problems: &mut Problems,
) -> Checked<()> {
    let mut keys = map(node, origin, "an entry: a map with `why:` and what it is about")?;
    if keys.text("why")?.is_none_or(|why| why.trim().is_empty()) {
        return Err(Problem::at(origin, "an entry without a reason")
            .expected("`why:` with the reason for the entry")
            .advice("say why the schemas can't be taken as they are"));
    }
    let since = keys.version("since")?;
    let until = keys.version("until")?;
    let is_for =
        |release: Version| since.is_none_or(|since| since <= release) && until.is_none_or(|until| release <= until);
    if !overrides.release.is_none_or(is_for) {
        return Ok(());
    }
    let mut reading = Reading { keys, origin, problems };
    read(overrides, &mut reading)?;
    let known: Vec<&str> = known.iter().copied().chain(["why", "since", "until"]).collect();
    reading.keys.finish_with(
        &known,
        "a key of such an entry",
        "codegen/src/overrides lists the keys",
        reading.problems,
    );
    Ok(())
}

fn map<'n>(node: &'n Node, origin: &Origin, what: &str) -> Checked<KeywordReader<'n>> {
    match node {
        Node::Map(_) => KeywordReader::new(node, origin),
        node => Err(unexpected(node, origin, what)),
    }
}

impl<'n> Reading<'_, 'n> {
    fn required(&mut self, key: &str) -> Checked<String> {
        self.keys.text(key)?.ok_or_else(|| self.lacks(key))
    }

    fn node(&mut self, key: &str) -> Checked<(&'n Node, Origin)> {
        self.keys.take(key).ok_or_else(|| self.lacks(key))
    }

    fn lacks(&self, key: &str) -> Problem {
        Problem::at(self.origin, format!("an entry without `{key}`"))
            .expected(format!("`{key}:`"))
            .advice("codegen/src/overrides lists the keys")
    }

    /// The strings of a list, or the only one, each with its place.
    fn each(&mut self, key: &str) -> Checked<Vec<(String, Origin)>> {
        match self.node(key)? {
            (Node::List(list), origin) => {
                let one = |(index, node): (usize, &Node)| {
                    let origin = origin.child(&index.to_string());
                    Ok((text(node, &origin)?, origin))
                };
                list.iter().enumerate().map(one).collect()
            }
            (node, origin) => Ok(vec![(text(node, &origin)?, origin)]),
        }
    }

    fn schema(&mut self, key: &str) -> Option<Schema> {
        let (node, origin) = self.keys.take(key)?;
        schema::parse(node, &origin, self.problems)
    }
}

fn prefix(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    for (prefix, origin) in reading.each("prefix")? {
        overrides.prefixes.add(prefix, &origin, ())?;
    }
    Ok(())
}

fn folder(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let (folder, kind_name) = (reading.required("folder")?, reading.required("kind")?);
    let folder_data = Folder {
        kind: kind(&kind_name, &reading.origin.child("kind"))?,
        module: names::stated_module(&reading.required("module")?, &reading.origin.child("module"))?,
        section: reading.required("section")?,
    };
    overrides.folders.add(folder, reading.origin, folder_data)
}

fn kinds(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let kinds = reading.each("kinds")?;
    let kinds = kinds.iter().map(|(name, origin)| kind(name, origin)).collect::<Checked<Vec<_>>>()?;
    for (event, origin) in reading.each("events")? {
        overrides.kinds.add(event, &origin, kinds.clone())?;
    }
    Ok(())
}

fn discriminator(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let property = reading.required("property")?;
    overrides.discriminators.add(reading.required("event")?, reading.origin, property)
}

fn names(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let at = at(&reading.required("at")?);
    let [name, field, values] = ["name", "field", "values"].map(|key| reading.keys.take(key));
    if name.is_none() && field.is_none() && values.is_none() {
        return Err(Problem::at(reading.origin, "an entry that gives no name")
            .expected("`name:` for a type, `field:` for a field, or `values:` for variants")
            .advice("add the name, or remove the entry"));
    }
    if let Some((node, origin)) = name {
        overrides.type_names.add(at.clone(), &origin, stated(node, &origin)?)?;
    }
    if let Some((node, origin)) = field {
        overrides.field_names.add(at.clone(), &origin, stated(node, &origin)?)?;
    }
    match values {
        None => {}
        Some((Node::Map(values), origin)) => {
            for (value, node) in values {
                let origin = origin.child(value);
                overrides.value_names.add((at.clone(), value.clone()), &origin, stated(node, &origin)?)?;
            }
        }
        Some((node, origin)) => return Err(unexpected(node, &origin, "a map from texts to names")),
    }
    Ok(())
}

fn stated(node: &Node, origin: &Origin) -> Checked<String> {
    let name = text(node, origin)?;
    names::stated(&name, origin)?;
    Ok(name)
}

fn module(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let module = names::stated_module(&reading.required("module")?, &reading.origin.child("module"))?;
    overrides.modules.add(at(&reading.required("file")?), reading.origin, module)
}

/// A section that says no more of a place than that it is in it.
fn places(section: &mut Section<Origin, ()>, reading: &mut Reading<'_, '_>) -> Checked<()> {
    for (place, origin) in reading.each("at")? {
        section.add(at(&place), &origin, ())?;
    }
    Ok(())
}

fn format(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let (node, origin) = reading.node("format")?;
    let format = schema::format(node, &origin)?;
    for (place, origin) in reading.each("at")? {
        overrides.formats.add(at(&place), &origin, format)?;
    }
    Ok(())
}

fn accepts(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let (node, origin) = reading.node("also")?;
    let also = match text(node, &origin)?.as_str() {
        "integer" => Accepts::Integer,
        "string" => Accepts::String,
        _ => return Err(unexpected(node, &origin, "`integer` for a string, `string` for an integer")),
    };
    for (place, origin) in reading.each("at")? {
        overrides.accepts.add(at(&place), &origin, also)?;
    }
    Ok(())
}

fn default(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let (value, _) = reading.node("value")?;
    for (place, origin) in reading.each("at")? {
        overrides.defaults.add(at(&place), &origin, value.to_json())?;
    }
    Ok(())
}

fn aliases(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let names = reading.each("names")?;
    for (place, origin) in reading.each("at")? {
        overrides.aliases.add(at(&place), &origin, names.clone())?;
    }
    Ok(())
}

fn definition(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let definition = (at(&reading.required("definition")?), reading.origin.child("definition"));
    for (place, origin) in reading.each("at")? {
        overrides.definitions.add(at(&place), &origin, definition.clone())?;
    }
    Ok(())
}

/// The schema of an added property is a definition of the tree, or stated in place.
fn addition(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let property = reading.required("property")?;
    let schema = match reading.keys.text("definition")? {
        Some(definition) => {
            let origin = reading.origin.child("definition");
            Some(Schema { origin, reference: Some(at(&definition)), ..Schema::default() })
        }
        None => reading.schema("schema"),
    };
    let schema = schema.ok_or_else(|| {
        Problem::at(reading.origin, "an addition without a schema")
            .expected("`definition:` with a file of the tree, or `schema:` with a schema")
            .advice("say what the property holds")
    })?;
    for (place, origin) in reading.each("to")? {
        overrides.additions.add((at(&place), property.clone()), &origin, schema.clone())?;
    }
    Ok(())
}

fn examples(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    for (file, origin) in reading.each("files")? {
        overrides.examples.add(file, &origin, ())?;
    }
    Ok(())
}

fn envelope(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let kind_name = reading.required("kind")?;
    let name = reading.required("name")?;
    names::stated(&name, &reading.origin.child("name"))?;
    let envelope = Envelope {
        name,
        kind: kind(&kind_name, &reading.origin.child("kind"))?,
        schema: at(&reading.required("schema")?),
        adds: reading.schema("adds"),
    };
    overrides.envelopes.push(Entry::new(reading.origin, envelope));
    Ok(())
}

fn any(overrides: &mut Overrides, reading: &mut Reading<'_, '_>) -> Checked<()> {
    let name = reading.required("name")?;
    names::stated(&name, &reading.origin.child("name"))?;
    let mut other = |key| reading.keys.take(key).map(|(node, origin)| Ok((text(node, &origin)?, origin))).transpose();
    let (sync, state) = (other("sync")?, other("state")?);
    let any = Any {
        name,
        description: reading.required("description")?,
        envelopes: reading.each("envelopes")?,
        schema: reading.keys.text("schema")?.map(|place| at(&place)),
        sync,
        state,
    };
    overrides.any.push(Entry::new(reading.origin, any));
    Ok(())
}

fn kind(name: &str, origin: &Origin) -> Checked<Kind> {
    let known = Kind::ALL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    known.ok_or_else(|| {
        Problem::at(origin, format!("`{name}` isn't a kind of event"))
            .expected(Kind::ALL.map(|(name, _)| format!("`{name}`")).join(", "))
            .advice("a new kind needs an envelope, and an entry in codegen/src/ir.rs")
    })
}

/// A place in the tree: `file#pointer`, the file below the folder of the event schemas if it doesn't say otherwise.
fn at(place: &str) -> Origin {
    let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
    let whole = file.starts_with("api/") || file.starts_with("event-schemas/");
    let file = if whole { file.to_owned() } else { format!("{SCHEMAS}/{file}") };
    Origin { file, pointer: pointer.to_owned() }
}
