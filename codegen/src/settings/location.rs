//! Places of the schemas as settings name them: a file and the path of a property in the file, such as
//! `m.room.member.yaml content.displayname`. A path is independent of `allOf`.
//!
//! A path consists of names of properties, separated by `.`. `[]` is an item of a list. `*` is the value of a key that no
//! property names. A name may contain dots, because names are compared with the properties of the schema. A path that ends in
//! `.` ends in the property with the empty name.
//!
//! The file of an API definition contains several schemas. The pointer of the schema follows the file, after a `#`, such as
//! `api/client-server/sync.yaml#/paths/…/schema rooms.join`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{nearest, Diagnostic, Origin};
use crate::node::Node;
use crate::proposals::{self, PROPOSALS, PROSE};
use crate::schema::similar_file;
use crate::source::{flow_string, short_path, Sources, SCHEMAS};

/// The properties that settings add. The keys are the place of the object and the name of the property. The value is the
/// place of the property's schema.
pub(super) type Added = BTreeMap<Origin, BTreeMap<String, Origin>>;

/// The name of a place in an entry.
pub(super) struct Location {
    pub(super) file: String,
    /// The pointer of a schema in an API definition. Empty for the schema of a file.
    pointer: String,
    /// The path of a property, or `None` for the whole file.
    pub(super) path: Option<String>,
    /// The place of the entry.
    entry: Origin,
}

/// The result of looking up a location.
pub(super) enum Found {
    One(Origin),
    None(NotFound),
    /// The location names several places, which is an error.
    Several(Diagnostic),
}

/// The reason why a location names no place.
pub(super) struct NotFound {
    pub(super) why: String,
    /// The locations that the tree has.
    pub(super) expected: Option<String>,
    /// The correct location, if it can be guessed.
    pub(super) near: Option<String>,
}

/// Returns the location of a schema for settings. This function is the inverse of [`Location::find`].
pub(crate) fn location_of(place: &Origin) -> String {
    let mut path = String::new();
    let schema = schema_of(place);
    let mut keys = place.keys().skip(schema.keys().count());
    while let Some(keyword) = keys.next() {
        let name = match keyword.as_str() {
            "properties" => keys.next().unwrap_or_default(),
            "patternProperties" => keys.next().map(|_| "*".to_owned()).unwrap_or_default(),
            "additionalProperties" => "*".to_owned(),
            "items" => {
                path.push_str(if path.is_empty() { " []" } else { "[]" });
                continue;
            }
            // The next key is an index.
            _ => {
                keys.next();
                continue;
            }
        };
        path.push_str(if path.is_empty() { " " } else { "." });
        path.push_str(&name);
    }
    let file = short_path(&place.file);
    match schema.pointer.as_str() {
        "" => format!("{file}{path}"),
        pointer => format!("{file}#{pointer}{path}"),
    }
}

/// The beginning of the pointers into an API definition.
const PATHS: &str = "/paths/";

/// Returns the schema that contains a place: that of the file, or the body of a request or a response in an API definition.
pub(crate) fn schema_of(place: &Origin) -> Origin {
    let root = Origin::file(&place.file);
    if !place.pointer.starts_with(PATHS) {
        return root;
    }
    let keys: Vec<String> = place.keys().collect();
    let length = keys.iter().position(|key| key == "schema").map_or(keys.len(), |index| index + 1);
    keys.iter().take(length).fold(root, |above, key| above.child(key))
}

/// Returns the path of a file or folder in the tree. A path that begins with no folder of the tree is in the folder of the event
/// schemas.
pub(super) fn long_path(path: &str) -> String {
    match path.split('/').next() {
        Some("api" | "event-schemas" | PROPOSALS | PROSE) => path.to_owned(),
        _ => format!("{SCHEMAS}/{path}"),
    }
}

/// Returns the location of a schema as entries between braces state it.
pub(crate) fn quoted_location_of(place: &Origin) -> String {
    flow_string(&location_of(place))
}

/// Returns `true` if the location of a schema names only this schema. The location of an alternative is that of the schema with
/// the alternatives.
pub(crate) fn has_own_location(place: &Origin) -> bool {
    let keywords: Vec<String> = place.keys().collect();
    !matches!(keywords.as_slice(), [.., keyword, _] if keyword == "oneOf" || keyword == "anyOf")
}

/// Returns `true` if the file of an object declares a property of the object.
pub(super) fn declares(sources: &mut Sources<'_>, object: &Origin, property: &str) -> bool {
    let mut lookup = Lookup { sources, added: &Added::new(), followed: None };
    !lookup.find(object, Some(property)).is_empty()
}

impl Location {
    /// Parses `file path`. A file without a folder of the tree is in the folder of the event schemas.
    pub(super) fn parse(text: &str, entry: &Origin, sources: &Sources<'_>) -> Self {
        let (file, path) = match text.trim_start().split_once(' ') {
            Some((file, path)) => (file, Some(path.trim_start().to_owned())),
            None => (text.trim_start(), None),
        };
        let (file, pointer) = match file.split_once('#') {
            Some((file, pointer)) if pointer.starts_with(PATHS) => (file, pointer.to_owned()),
            _ => (file, String::new()),
        };
        // A folder of our own has schemas of its own.
        let own = proposals::folder_of(&entry.file).map(|folder| sources.named(format!("{folder}/schema/{file}")));
        let file = own.filter(|own| sources.exists(own)).unwrap_or_else(|| sources.named(long_path(file)));
        Self { file, pointer, path, entry: entry.clone() }
    }

    /// Returns the place of a schema. Fails if the location is that of a property.
    pub(super) fn schema(self) -> Result<Origin, Diagnostic> {
        let schema = self.root();
        match self.path {
            None => Ok(schema),
            Some(path) => {
                let schema = location_of(&schema);
                Err(Diagnostic::at(&self.entry, format!("expected a file, found a path in a file, `{schema} {path}`"))
                    .help(format!("write `{schema}`")))
            }
        }
    }

    fn root(&self) -> Origin {
        Origin { file: self.file.clone(), pointer: self.pointer.clone() }
    }

    /// Finds the place.
    ///
    /// # Errors
    ///
    /// Returns the syntax error of the file.
    pub(super) fn find(&self, sources: &mut Sources<'_>, added: &Added) -> Result<Found, Diagnostic> {
        // The source reports the syntax errors of a file once, so they must not be dropped here.
        if sources.document(&self.file)?.is_none() {
            return Ok(Found::None(self.missing_file(sources, added)));
        }
        let root = self.root();
        let mut lookup = Lookup { sources, added, followed: None };
        if lookup.node(&root).is_none() {
            let why = format!("{} has no schema at `{}`", self.file, self.pointer);
            return Ok(Found::None(NotFound { why, expected: None, near: None }));
        }
        let path = self.path.as_deref();
        match lookup.find(&root, path).as_slice() {
            [place] => Ok(Found::One(place.clone())),
            [] => {
                lookup.followed = Some(BTreeSet::new());
                let elsewhere = lookup.find(&root, path);
                Ok(Found::None(match elsewhere.first() {
                    Some(place) => NotFound {
                        why: format!("`{}` is declared in {}", path.unwrap_or_default(), place.file),
                        expected: None,
                        near: Some(location_of(place)),
                    },
                    None => missing_path(&root, path.unwrap_or_default(), &mut lookup),
                }))
            }
            [one, other, ..] => {
                let message = format!("ambiguous path `{}`: the place is {one} or {other}", path.unwrap_or_default());
                Ok(Found::Several(Diagnostic::at(&self.entry, message)
                    .expected("the path of one place")
                    .help("declare the property in one alternative, or support such paths in codegen/src/settings/location.rs")))
            }
        }
    }

    /// Returns the reason for a missing file, with the location that the text may mean.
    fn missing_file(&self, sources: &mut Sources<'_>, added: &Added) -> NotFound {
        let (file, pointer) = self.file.split_once('#').unwrap_or((&self.file, ""));
        let path = [pointer, self.path.as_deref().unwrap_or_default()].join(".");
        let near = near_file(sources, file).map(|file| {
            let mut lookup = Lookup { sources, added, followed: None };
            lookup.near(&file, &path).unwrap_or_else(|| short_path(&file).to_owned())
        });
        NotFound {
            why: format!("there is no file {}", self.file),
            expected: Some("a file, and the path of a property, such as `m.room.topic.yaml content.topic`".to_owned()),
            near,
        }
    }
}

/// Returns the file that the text of a location may mean.
fn near_file(sources: &Sources<'_>, text: &str) -> Option<String> {
    let text =
        text.strip_prefix(SCHEMAS).map_or(text, |rest| rest.trim_start_matches('/')).trim_matches([':', ',', ' ']);
    let stem = text.trim_end_matches(".yml").trim_end_matches(".json").trim_end_matches(".yaml");
    let name = format!("{stem}.yaml");
    let in_tree = ["event-schemas/", "api/"].iter().find_map(|folder| Some(name.get(name.find(folder)?..)?.to_owned()));
    let in_schemas = name.rsplit_once("schema/").map_or(name.as_str(), |(_, rest)| rest);
    let candidates = [in_tree, Some(format!("{SCHEMAS}/{in_schemas}"))];
    let known = candidates.into_iter().flatten().find(|file| sources.exists(file));
    known.or_else(|| similar_file(sources, &name, ""))
}

/// Returns the reason for a missing path, with the location that the path may mean.
fn missing_path(root: &Origin, path: &str, lookup: &mut Lookup<'_, '_>) -> NotFound {
    let file = &root.file;
    let near = if root.pointer.is_empty() { lookup.near(file, path) } else { None };
    // The longest path above leads to the object that lacks the property.
    let mut above = path;
    let objects = loop {
        above = above.rsplit_once('.').map_or("", |(above, _)| above);
        let objects = lookup.find(root, Some(above).filter(|above| !above.is_empty()));
        if !objects.is_empty() || above.is_empty() {
            break objects;
        }
    };
    let names: Vec<String> = objects.iter().flat_map(|object| lookup.names(&object.child("properties"))).collect();
    let above = if above.is_empty() { String::new() } else { format!("{above}.") };
    let paths: Vec<String> = names.iter().map(|name| format!("`{above}{name}`")).collect();
    NotFound {
        why: format!("{file} has no property `{path}`"),
        expected: (!paths.is_empty()).then(|| format!("one of the paths {}", paths.join(", "))),
        near,
    }
}

/// Returns the path that a JSON pointer, or a path with other separators, may mean.
fn normalized(path: &str) -> String {
    let mut steps = String::new();
    let mut parts = path.split(['/', '.', ' ', '#', ':']).filter(|part| !part.is_empty()).peekable();
    while let Some(part) = parts.next() {
        let step = match part {
            "properties" | "allOf" if parts.peek().is_some() => {
                parts.next_if(|next| part == "allOf" && next.parse::<usize>().is_ok());
                continue;
            }
            "items" if path.contains('/') => "[]",
            "additionalProperties" => "*",
            part => part,
        };
        if !steps.is_empty() && !step.starts_with('[') {
            steps.push('.');
        }
        steps.push_str(step);
    }
    steps
}

/// The rest of a path, which is `None` at its end.
type Rest<'p> = Option<&'p str>;

/// Returns the rest of a path after one step, or `None` if the step ends in the middle of a name.
fn after(rest: &str) -> Option<Rest<'_>> {
    match rest.strip_prefix('.') {
        Some(rest) => Some(Some(rest)),
        None if rest.is_empty() => Some(None),
        None => rest.starts_with('[').then_some(Some(rest)),
    }
}

struct Lookup<'s, 'f> {
    sources: &'s mut Sources<'f>,
    added: &'s Added,
    /// The followed references, or `None` if the lookup does not follow references.
    followed: Option<BTreeSet<(Origin, String)>>,
}

impl Lookup<'_, '_> {
    /// Returns the places that a path leads to from another place.
    fn find(&mut self, from: &Origin, path: Rest<'_>) -> Vec<Origin> {
        let Some(path) = path else { return vec![from.clone()] };
        // If several members of an `allOf` declare a property, the last one has precedence.
        let mut places = self.step(from, path);
        for member in self.list(from, "allOf").into_iter().rev() {
            if places.is_empty() {
                places = self.find(&member, Some(path));
            }
        }
        for alternative in [self.list(from, "oneOf"), self.list(from, "anyOf")].concat() {
            places.extend(self.find(&alternative, Some(path)));
        }
        let is_first = |followed: &mut BTreeSet<_>| followed.insert((from.clone(), path.to_owned()));
        if places.is_empty() && self.followed.as_mut().is_some_and(is_first) {
            places.extend(self.target(from).iter().flat_map(|target| self.find(target, Some(path))));
        }
        places
    }

    /// Returns the places that a path leads to by the properties, members or items of one schema.
    fn step(&mut self, from: &Origin, path: &str) -> Vec<Origin> {
        let mut steps: Vec<(Origin, Option<String>)> = Vec::new();
        let mut add = |place: Origin, rest: Option<Rest<'_>>| {
            steps.extend(rest.map(|rest| (place, rest.map(str::to_owned))));
        };
        let keywords = |keyword: &str| from.child(keyword);
        if let Some(rest) = path.strip_prefix("[]") {
            add(keywords("items"), after(rest));
        }
        if let Some(rest) = path.strip_prefix('*') {
            add(keywords("additionalProperties"), after(rest));
            for pattern in self.names(&keywords("patternProperties")) {
                add(keywords("patternProperties").child(&pattern), after(rest));
            }
        }
        for name in self.names(&keywords("properties")) {
            add(keywords("properties").child(&name), path.strip_prefix(name.as_str()).and_then(after));
        }
        for (name, schema) in self.added.get(from).into_iter().flatten() {
            match path.strip_prefix(name.as_str()).and_then(after) {
                Some(None) => add(keywords("properties").child(name), Some(None)),
                rest => add(schema.clone(), rest),
            }
        }
        let is_there = |lookup: &mut Self, place: &Origin, rest: &Option<String>| {
            // The file does not contain an added property.
            (rest.is_none() && lookup.adds(place)) || matches!(lookup.node(place), Some(Node::Map(_)))
        };
        steps.retain(|(place, rest)| is_there(self, place, rest));
        steps.iter().flat_map(|(place, rest)| self.find(place, rest.as_deref())).collect()
    }

    /// Returns the location that a file and a path may mean.
    fn near(&mut self, file: &str, path: &str) -> Option<String> {
        let wanted = normalized(path);
        if wanted.is_empty() {
            return None;
        }
        self.sources.document(file).ok().flatten()?;
        let mut known = Vec::new();
        let root = Known { path: String::new(), location: short_path(file).to_owned(), schema: Origin::file(file) };
        self.paths(&root, &mut BTreeSet::new(), &mut known);
        if let Some(exact) = known.iter().find(|known| known.path == wanted) {
            return Some(exact.location.clone());
        }
        let ends: Vec<&Known> = known.iter().filter(|known| known.path.ends_with(&format!(".{wanted}"))).collect();
        if let [only] = ends.as_slice() {
            return Some(only.location.clone());
        }
        // Only the steps that differ count, so that a long path has no distant match.
        let near = known.iter().filter_map(|known| {
            let (wanted, other) = differing(&wanted, &known.path);
            nearest(wanted, [other]).map(|other| (strsim::osa_distance(wanted, other), known))
        });
        near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known.location.clone())
    }

    /// Collects the paths below a schema, including those in the files that schemas refer to.
    fn paths(&mut self, from: &Known, seen: &mut BTreeSet<(Origin, String)>, found: &mut Vec<Known>) {
        let steps = from.path.split(['.', '[']).count();
        if steps > MAX_STEPS || !seen.insert((from.schema.clone(), from.path.clone())) {
            return;
        }
        let schema = &from.schema;
        let mut below: Vec<Known> = Vec::new();
        for name in self.names(&schema.child("properties")) {
            below.push(from.below(&name, schema.child("properties").child(&name)));
        }
        below.extend(self.added.get(schema).into_iter().flatten().map(|(name, place)| from.below(name, place.clone())));
        below.push(from.below("*", schema.child("additionalProperties")));
        for pattern in self.names(&schema.child("patternProperties")) {
            below.push(from.below("*", schema.child("patternProperties").child(&pattern)));
        }
        below.push(from.below("[]", schema.child("items")));
        for known in below {
            if matches!(self.node(&known.schema), Some(Node::Map(_))) {
                self.paths(&known, seen, found);
                found.push(known);
            }
        }
        for member in ["allOf", "oneOf", "anyOf"].map(|keyword| self.list(schema, keyword)).concat() {
            self.paths(&Known { schema: member, ..from.clone() }, seen, found);
        }
        if let Some(target) =
            self.target(schema).filter(|target| matches!(self.sources.document(&target.file), Ok(Some(_))))
        {
            self.paths(&Known { location: location_of(&target), schema: target, ..from.clone() }, seen, found);
        }
    }

    /// Returns `true` if a place is that of an added property.
    fn adds(&self, place: &Origin) -> bool {
        self.added
            .iter()
            .any(|(object, names)| names.keys().any(|name| object.child("properties").child(name) == *place))
    }

    fn node(&mut self, place: &Origin) -> Option<&Node> {
        let root = self.sources.document(&place.file).ok().flatten()?;
        place.keys().try_fold(root, |node, key| node.step(&key))
    }

    /// Returns the keys of a map.
    fn names(&mut self, place: &Origin) -> Vec<String> {
        match self.node(place) {
            Some(Node::Map(entries)) => entries.iter().map(|(name, _)| name.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the places of the schemas of a list.
    fn list(&mut self, from: &Origin, keyword: &str) -> Vec<Origin> {
        let list = from.child(keyword);
        let count = match self.node(&list) {
            Some(Node::List(schemas)) => schemas.len(),
            _ => 0,
        };
        (0..count).map(|index| list.child(&index.to_string())).collect()
    }

    /// Returns the target of a `$ref`.
    fn target(&mut self, from: &Origin) -> Option<Origin> {
        from.resolve(self.node(from)?.get("$ref")?.as_str()?)
    }
}

/// The maximum number of steps of a path that is suggested.
const MAX_STEPS: usize = 8;

/// A schema that is below another.
#[derive(Clone)]
struct Known {
    /// The path from the other schema, through the schemas that it refers to.
    path: String,
    location: String,
    schema: Origin,
}

impl Known {
    fn below(&self, step: &str, schema: Origin) -> Self {
        let dot = |text: &str| if text.is_empty() || step == "[]" { "" } else { "." };
        let separator = if self.location.contains(' ') { dot(&self.location) } else { " " };
        Self {
            path: format!("{}{}{step}", self.path, dot(&self.path)),
            location: format!("{}{separator}{step}", self.location),
            schema,
        }
    }
}

/// Returns the ends of two paths after the steps that are equal.
fn differing<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let equal = one.char_indices().zip(other.chars()).take_while(|((_, one), other)| one == other);
    let steps = equal.filter(|((_, letter), _)| *letter == '.').last().map_or(0, |((index, _), _)| index + 1);
    (one.get(steps..).unwrap_or(one), other.get(steps..).unwrap_or(other))
}
