//! Places of the schemas as settings name them: a file and the path of a property in the file, such as
//! `m.room.member.yaml content.displayname`. A path is independent of `allOf`.
//!
//! A path consists of names of properties, separated by `.`. `[]` is an item of a list. `*` is the value of a key that no
//! property names. A name may contain dots, because names are compared with the properties of the schema.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{nearest, Diagnostic, Origin};
use crate::node::Node;
use crate::source::{short_path, Sources, SCHEMAS};

/// The properties that settings add. The keys are the place of the object and the name of the property. The value is the
/// place of the property's schema.
pub(super) type Added = BTreeMap<Origin, BTreeMap<String, Origin>>;

/// The name of a place in an entry.
pub(super) struct Location {
    pub(super) file: String,
    pub(super) path: String,
    /// The place of the entry.
    entry: Origin,
}

/// The result of looking up a location.
pub(super) enum Found {
    One(Origin),
    None(NotFound),
}

/// The reason why a location names no place.
pub(super) struct NotFound {
    pub(super) why: String,
    /// The correct location, if it can be guessed.
    pub(super) near: Option<String>,
}

/// Returns the location of a schema for settings. This function is the inverse of [`Location::find`].
pub(crate) fn location_of(place: &Origin) -> String {
    let mut path = String::new();
    let mut keys = place.keys();
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
    format!("{}{path}", short_path(&place.file))
}

impl Location {
    /// Parses `file path`. A file without a folder of the tree is in the folder of the event schemas.
    pub(super) fn parse(text: &str, entry: &Origin) -> Self {
        let (file, path) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let is_in_tree = file.starts_with("api/") || file.starts_with("event-schemas/");
        let file = if is_in_tree { file.to_owned() } else { format!("{SCHEMAS}/{file}") };
        Self { file, path: path.trim().to_owned(), entry: entry.clone() }
    }

    /// Finds the place. A path that names several places is an error.
    pub(super) fn find(&self, sources: &mut Sources<'_>, added: &Added) -> Result<Found, Diagnostic> {
        // The source reports the syntax errors of a file once, so they must not be dropped here.
        if sources.document(&self.file)?.is_none() {
            let why = format!("there is no file {}", self.file);
            return Ok(Found::None(NotFound { why, near: None }));
        }
        let root = Origin::file(&self.file);
        let mut lookup = Lookup { sources, added, followed: None };
        match lookup.find(&root, &self.path).as_slice() {
            [place] => Ok(Found::One(place.clone())),
            [] => {
                lookup.followed = Some(BTreeSet::new());
                let elsewhere = lookup.find(&root, &self.path);
                Ok(Found::None(match elsewhere.first() {
                    Some(place) => NotFound {
                        why: format!("`{}` is declared in {}", self.path, place.file),
                        near: Some(location_of(place)),
                    },
                    None => self.missing(&mut lookup, &root),
                }))
            }
            [one, other, ..] => {
                let message = format!("ambiguous path `{}`: the place is {one} or {other}", self.path);
                Err(Diagnostic::at(&self.entry, message)
                    .expected("the path of one place")
                    .help("declare the property in one alternative, or support such paths in codegen/src/settings/location.rs"))
            }
        }
    }

    fn missing(&self, lookup: &mut Lookup<'_, '_>, root: &Origin) -> NotFound {
        // The path without its last step leads to the object that lacks the property.
        let (above, name) = self.path.rsplit_once('.').unwrap_or(("", &self.path));
        let objects = lookup.find(root, above);
        let names: Vec<String> = objects.iter().flat_map(|object| lookup.names(&object.child("properties"))).collect();
        let near = nearest(name, names.iter().map(String::as_str)).map(|near| match above {
            "" => format!("{} {near}", short_path(&self.file)),
            above => format!("{} {above}.{near}", short_path(&self.file)),
        });
        NotFound { why: format!("{} has no property `{}`", self.file, self.path), near }
    }
}

/// Returns the rest of a path after one step, or `None` if the step ends in the middle of a name.
fn after(rest: &str) -> Option<&str> {
    match rest.strip_prefix('.') {
        Some(rest) => Some(rest),
        None => (rest.is_empty() || rest.starts_with('[')).then_some(rest),
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
    fn find(&mut self, from: &Origin, path: &str) -> Vec<Origin> {
        if path.is_empty() {
            return vec![from.clone()];
        }
        // If several members of an `allOf` declare a property, the last one has precedence.
        let mut places = self.step(from, path);
        for member in self.list(from, "allOf").into_iter().rev() {
            if places.is_empty() {
                places = self.find(&member, path);
            }
        }
        for alternative in [self.list(from, "oneOf"), self.list(from, "anyOf")].concat() {
            places.extend(self.find(&alternative, path));
        }
        let is_first = |followed: &mut BTreeSet<_>| followed.insert((from.clone(), path.to_owned()));
        if places.is_empty() && self.followed.as_mut().is_some_and(is_first) {
            places.extend(self.target(from).iter().flat_map(|target| self.find(target, path)));
        }
        places
    }

    /// Returns the places that a path leads to by the properties, members or items of one schema.
    fn step(&mut self, from: &Origin, path: &str) -> Vec<Origin> {
        let mut steps: Vec<(Origin, String)> = Vec::new();
        let mut add = |place: Origin, rest: Option<&str>| steps.extend(rest.map(|rest| (place, rest.to_owned())));
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
                Some("") => add(keywords("properties").child(name), Some("")),
                rest => add(schema.clone(), rest),
            }
        }
        let is_there = |lookup: &mut Self, place: &Origin, rest: &str| {
            // The file does not contain an added property.
            (rest.is_empty() && lookup.adds(place)) || matches!(lookup.node(place), Some(Node::Map(_)))
        };
        steps.retain(|(place, rest)| is_there(self, place, rest));
        steps.iter().flat_map(|(place, rest)| self.find(place, rest)).collect()
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
