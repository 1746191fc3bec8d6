//! Builds a document from the events of a YAML or JSON reader: its values, and the position of each key and value.

use std::collections::{BTreeMap, HashSet};

use granit_parser::{Event, Marker, ScalarStyle, Span, Tag};

use super::scalar;
use crate::node::Node;

/// The maximum depth of nested lists and maps. The depth bounds the recursion of all later steps.
const MAX_DEPTH: usize = 128;

/// The maximum number of events that aliases may repeat for each event of the document.
const MAX_REPETITION: usize = 100;

/// A parsed document.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) node: Node,
    marks: Marks,
}

/// The position of a node and of all nodes below it, in the order of the lists and maps of the node.
#[derive(Clone, Debug)]
struct Marks {
    key: Option<Span>,
    value: Span,
    children: Vec<Marks>,
}

/// An error in the text of a file.
pub(super) struct DocumentError {
    pub(super) cause: String,
    pub(super) expected: &'static str,
    pub(super) help: String,
    pub(super) range: Range,
}

impl DocumentError {
    pub(super) fn new(
        range: impl Into<Range>,
        cause: impl Into<String>,
        expected: &'static str,
        help: impl Into<String>,
    ) -> Self {
        Self { cause: cause.into(), expected, help: help.into(), range: range.into() }
    }
}

/// A range of characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) start: Marker,
    pub(super) end: Marker,
}

impl From<Span> for Range {
    fn from(Span { start, end, .. }: Span) -> Self {
        Self { start, end }
    }
}

impl Document {
    /// Builds the only document of a stream of events. A stream without a document is `null`.
    ///
    /// `repeated` is the number of repeated keys so far, if the last value of a repeated key counts.
    pub(super) fn build(events: &[(Event<'_>, Span)], repeated: Option<&mut usize>) -> Result<Self, DocumentError> {
        let mut builder = Builder { events, at: 0, anchors: BTreeMap::new(), steps: 0, repeated };
        builder.document()
    }

    /// Replaces members in each map that has all of the members `find`. Returns `true` if there is such a map.
    pub(super) fn replace(&mut self, find: &[(String, Node)], by: &[(String, Node)]) -> bool {
        replace(&mut self.node, &mut self.marks, find, by)
    }

    /// Returns the range of a key and its value, or of an item of a list. If a node on the path is missing, returns the range of
    /// the last node before it. Returns `None` for the document itself.
    pub(super) fn range(&self, path: impl Iterator<Item = String>) -> Option<Range> {
        let (mut node, mut marks) = (&self.node, &self.marks);
        for key in path {
            let index = match node {
                Node::List(_) => key.parse().ok(),
                Node::Map(entries) => entries.iter().position(|(name, _)| *name == key),
                _ => None,
            };
            let Some((child, child_marks)) =
                index.and_then(|index| node.step(&key).zip(marks.children.get::<usize>(index)))
            else {
                break;
            };
            (node, marks) = (child, child_marks);
        }
        if std::ptr::eq(marks, &self.marks) {
            return None;
        }
        let (key, value) = (marks.key.unwrap_or(marks.value), marks.value);
        let end = if value.end.line() == key.start.line() { value.end } else { key.end };
        Some(Range { start: key.start, end })
    }
}

struct Builder<'e, 'input> {
    events: &'e [(Event<'input>, Span)],
    /// The index of the next event.
    at: usize,
    /// The index of the first event of each anchored node.
    anchors: BTreeMap<usize, usize>,
    /// The number of events so far, including repeated ones.
    steps: usize,
    /// The number of repeated keys, if they are no errors.
    repeated: Option<&'e mut usize>,
}

impl<'e, 'input> Builder<'e, 'input> {
    fn document(&mut self) -> Result<Document, DocumentError> {
        let mut document = None;
        while let Some((event, span)) = self.next()? {
            match event {
                Event::DocumentStart(..) if document.is_some() => {
                    return Err(DocumentError::new(
                        *span,
                        "found the start of a second document",
                        "one document in the file",
                        "move the second document to a file of its own",
                    ));
                }
                Event::DocumentStart(..) => {
                    let (node, marks) = self.node(0)?;
                    document = Some(Document { node, marks });
                }
                _ => {}
            }
        }
        let empty = || Document { node: Node::Null, marks: Marks::new(Span::default()) };
        Ok(document.unwrap_or_else(empty))
    }

    fn next(&mut self) -> Result<Option<&'e (Event<'input>, Span)>, DocumentError> {
        let next = self.events.get(self.at);
        self.at += 1;
        self.steps += 1;
        match next {
            Some((_, span)) if self.steps / MAX_REPETITION > self.events.len() => Err(DocumentError::new(
                *span,
                "aliases repeat too many values",
                "aliases that make the document at most 100 times as large",
                "write the values in place of the aliases",
            )),
            next => Ok(next),
        }
    }

    fn node(&mut self, depth: usize) -> Result<(Node, Marks), DocumentError> {
        let first = self.at;
        let Some((event, span)) = self.next()? else { return Ok((Node::Null, Marks::new(Span::default()))) };
        if depth > MAX_DEPTH {
            return Err(DocumentError::new(
                *span,
                format!("found more than {MAX_DEPTH} levels of lists and maps"),
                "at most 128 levels",
                "move the inner values to a file of their own, and refer to the file with `$ref`",
            ));
        }
        let mut anchor = |id: usize| {
            if id > 0 {
                self.anchors.insert(id, first);
            }
        };
        match event {
            Event::Scalar(text, style, id, tag) => {
                anchor(*id);
                let node = scalar::resolve(text, *style, tag.as_deref(), span)?;
                Ok((node, Marks::new(*span)))
            }
            Event::SequenceStart(_, id, tag) => {
                anchor(*id);
                untagged(tag.as_deref(), "seq", span)?;
                self.list(span, depth)
            }
            Event::MappingStart(_, id, tag) => {
                anchor(*id);
                untagged(tag.as_deref(), "map", span)?;
                self.map(span, depth)
            }
            Event::Alias(id) => self.repeat(*id, span, |builder| builder.node(depth)),
            _ => Ok((Node::Null, Marks::new(*span))),
        }
    }

    /// Repeats the events of an anchored node. Nodes below an alias have their positions below the anchor.
    fn repeat<T>(
        &mut self,
        id: usize,
        span: &Span,
        read: impl FnOnce(&mut Self) -> Result<(T, Marks), DocumentError>,
    ) -> Result<(T, Marks), DocumentError> {
        let Some(first) = self.anchors.get(&id) else {
            return Err(DocumentError::new(
                *span,
                "found an alias of an unknown anchor",
                "an alias after its anchor",
                "correct the name of the alias, or write the value",
            ));
        };
        let back = std::mem::replace(&mut self.at, *first);
        let (value, marks) = read(self)?;
        self.at = back;
        Ok((value, Marks { value: *span, ..marks }))
    }

    fn list(&mut self, span: &Span, depth: usize) -> Result<(Node, Marks), DocumentError> {
        let (mut list, mut marks) = (Vec::new(), Marks::new(*span));
        while !self.ends(&mut marks)? {
            let (node, child) = self.node(depth + 1)?;
            list.push(node);
            marks.children.push(child);
        }
        Ok((Node::List(list), marks))
    }

    fn map(&mut self, span: &Span, depth: usize) -> Result<(Node, Marks), DocumentError> {
        let (mut map, mut marks) = (Vec::new(), Marks::new(*span));
        let mut seen = HashSet::new();
        while !self.ends(&mut marks)? {
            let (key, key_marks) = self.key()?;
            let is_repeated = !seen.insert(key.clone());
            if let (true, Some(count)) = (is_repeated, &mut self.repeated) {
                **count += 1;
                let first = map.iter().position(|(known, _): &(String, Node)| *known == key);
                first.map(|index| (map.remove(index), marks.children.remove(index)));
            } else if is_repeated {
                let cause = format!("found the key `{key}` for the second time");
                let expected = "each key once in a map";
                return Err(DocumentError::new(
                    key_marks.value,
                    cause,
                    expected,
                    "remove or rename one of the two keys",
                ));
            }
            let (node, child) = self.node(depth + 1)?;
            map.push((key, node));
            marks.children.push(Marks { key: Some(key_marks.value), ..child });
        }
        Ok((Node::Map(map), marks))
    }

    /// Returns the text of a key. A key such as `1.10` or `null` is a string.
    fn key(&mut self) -> Result<(String, Marks), DocumentError> {
        let Some((event, span)) = self.next()? else { return Ok((String::new(), Marks::new(Span::default()))) };
        match event {
            Event::Scalar(text, ScalarStyle::Plain, _, _) if text == "<<" => {
                let cause = "found `<<`, a merge key, which JSON does not have";
                let help = "write the members in place of the merge key";
                Err(DocumentError::new(*span, cause, "a map without merge keys", help))
            }
            Event::Scalar(text, _, id, _) => {
                if *id > 0 {
                    self.anchors.insert(*id, self.at - 1);
                }
                Ok((text.clone().into_owned(), Marks::new(*span)))
            }
            Event::Alias(id) => self.repeat(*id, span, Self::key),
            _ => {
                let cause = "expected a key, found a list or a map";
                Err(DocumentError::new(*span, cause, "a string as the key", "write a name without brackets before the `:`. If the value is a text in `{}` or `[]`, put it in quotes"))
            }
        }
    }

    /// Returns `true` at the end of a list or map, and moves past the end.
    fn ends(&mut self, marks: &mut Marks) -> Result<bool, DocumentError> {
        match self.events.get(self.at) {
            Some((Event::SequenceEnd | Event::MappingEnd, span)) => {
                self.next()?;
                if span.end.index() > span.start.index() {
                    marks.value.end = span.end;
                }
                Ok(true)
            }
            next => Ok(next.is_none()),
        }
    }
}

impl Marks {
    fn new(value: Span) -> Self {
        Self { key: None, value, children: Vec::new() }
    }
}

/// Checks that a list or map has no tag other than its own, since JSON has no tags.
fn untagged(tag: Option<&Tag>, own: &str, span: &Span) -> Result<(), DocumentError> {
    match tag {
        Some(tag) if !tag.is_yaml_core_schema_tag(own) => Err(scalar::foreign(tag, span)),
        _ => Ok(()),
    }
}

fn replace(node: &mut Node, marks: &mut Marks, find: &[(String, Node)], by: &[(String, Node)]) -> bool {
    let mut is_found = false;
    match node {
        Node::List(list) => {
            for (node, marks) in list.iter_mut().zip(&mut marks.children) {
                is_found |= replace(node, marks, find, by);
            }
        }
        Node::Map(map) => {
            for ((_, node), marks) in map.iter_mut().zip(&mut marks.children) {
                is_found |= replace(node, marks, find, by);
            }
            if find.iter().all(|member| map.contains(member)) {
                is_found = true;
                // The new members have the position of the first old one.
                let first = map.iter().position(|member| find.contains(member)).unwrap_or_default();
                let mark = marks.children.get(first).cloned().unwrap_or_else(|| Marks::new(marks.value));
                let mut keep = map.iter().map(|member| !find.contains(member)).collect::<Vec<_>>().into_iter();
                marks.children.retain(|_| keep.next().unwrap_or(true));
                map.retain(|member| !find.contains(member));
                for member in by {
                    map.push(member.clone());
                    marks.children.push(Marks { children: Vec::new(), ..mark.clone() });
                }
            }
        }
        _ => {}
    }
    is_found
}
