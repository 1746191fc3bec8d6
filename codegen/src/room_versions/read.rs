//! Reads `room-versions.yaml`.

use std::collections::BTreeMap;

use super::value::{Kind, Value, RULES};
use super::{Fact, RoomVersion, RuleKey, Rules};
use crate::diagnostics::{nearest, one_of, Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::schema::reader::{unexpected, KeywordReader};
use crate::source::Sources;

const VERSION_SAMPLE: &str = "{version: \"2\", based-on: \"1\", text: …, rules: […]}";

const FACT_SAMPLE: &str = "{rule: authorization.knocking, value: true, clause: 'rooms/v7/#redactions', text: …}";

/// Reads the room versions of a file.
pub(super) fn versions(sources: &mut Sources<'_>, name: &str) -> Result<Vec<RoomVersion>, Vec<Diagnostic>> {
    let origin = Origin::file(name);
    let root = sources.document(name).map_err(|diagnostic| vec![diagnostic])?.cloned().unwrap_or(Node::Null);
    let Node::List(list) = &root else {
        let help = format!("write a list of versions such as `- {VERSION_SAMPLE}`");
        return Err(vec![unexpected(&root, &origin, "a list of room versions").help(help)]);
    };
    let mut diagnostics = Diagnostics::default();
    let mut versions = Vec::new();
    for (index, node) in list.iter().enumerate() {
        let read = version(node, &origin.child(&index.to_string()), &versions, &mut diagnostics);
        // Later versions are based on this version.
        let Some(version) = diagnostics.note(read) else { break };
        versions.push(version);
    }
    diagnostics.into_result(versions)
}

/// Reads a room version. `before` has the versions above.
fn version(
    node: &Node,
    origin: &Origin,
    before: &[RoomVersion],
    diagnostics: &mut Diagnostics,
) -> Result<RoomVersion, Diagnostic> {
    let mut keys = map(node, origin, VERSION_SAMPLE)?;
    let name = required(&mut keys, "version", origin, VERSION_SAMPLE)?;
    let is_valid = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'));
    if !is_valid || before.iter().any(|known| known.name == name) {
        return Err(Diagnostic::at(
            &origin.child("version"),
            format!("`{name}` is not the name of a new room version"),
        )
        .expected("a name of the characters `a-z`, `0-9`, `.` and `-` that no version above has")
        .help("correct the name, or remove the version"));
    }
    let base = base(&mut keys, origin, before)?;
    let text = required(&mut keys, "text", origin, VERSION_SAMPLE)?;
    let Some((Node::List(list), place)) = keys.take("rules") else {
        return Err(Diagnostic::at(origin, "the room version has no list `rules`")
            .expected("a list of the rules that differ from the version in `based-on`")
            .help(format!("add `rules: [{FACT_SAMPLE}]`")));
    };
    keys.finish_with(&["version", "based-on", "text", "rules"], "key", diagnostics);
    let (based_on, inherited) = base.map_or((None, Rules::new()), |base| (Some(base.name.clone()), base.rules.clone()));
    let facts = facts(list, &place, &inherited, diagnostics);
    let mut rules = inherited;
    rules.extend(facts.iter().map(|fact| (fact.key.clone(), fact.value.clone())));
    if based_on.is_none() {
        diagnostics.extend(missing(&rules, &place));
    }
    Ok(RoomVersion { name, based_on, text, facts, rules })
}

/// Returns the version that a version is based on. Only the first version is based on none.
fn base<'v>(
    keys: &mut KeywordReader<'_>,
    origin: &Origin,
    before: &'v [RoomVersion],
) -> Result<Option<&'v RoomVersion>, Diagnostic> {
    let Some(stated) = keys.text("based-on")? else {
        return match before.last() {
            None => Ok(None),
            Some(last) => Err(Diagnostic::at(origin, "the room version has no `based-on`")
                .expected("the name of a version above")
                .help(format!("add `based-on: \"{}\"`", last.name))),
        };
    };
    let found = before.iter().find(|known| known.name == stated);
    found.map(Some).ok_or_else(|| {
        Diagnostic::at(&origin.child("based-on"), format!("there is no room version `{stated}` above"))
            .expected(match before {
                [] => "no `based-on` in the first room version".to_owned(),
                before => one_of(before.iter().map(|known| &known.name)),
            })
            .help("correct the name, or remove `based-on` from the first version")
    })
}

/// Reads the rules that a version states.
fn facts(list: &[Node], origin: &Origin, inherited: &Rules, diagnostics: &mut Diagnostics) -> Vec<Fact> {
    let mut stated: BTreeMap<RuleKey, Origin> = BTreeMap::new();
    let mut facts = Vec::new();
    for (index, node) in list.iter().enumerate() {
        let origin = origin.child(&index.to_string());
        let read = fact(node, &origin, diagnostics);
        let Some(fact) = diagnostics.note(read) else { continue };
        if let Some(first) = stated.get(&fact.key) {
            diagnostics.push(
                Diagnostic::at(&origin, "the room version states the rule for the second time")
                    .other(first)
                    .expected("at most one entry for a rule")
                    .help("remove one of the two entries"),
            );
        }
        let changes = match inherited.get(&fact.key) {
            Some(before) => *before != fact.value,
            None => !fact.value.is_absent(),
        };
        if !changes {
            diagnostics.push(
                Diagnostic::at(&origin, "this entry changes nothing: the version in `based-on` has the same value")
                    .expected("a value that differs from that of the version in `based-on`")
                    .help("remove the entry, or correct the value"),
            );
        }
        stated.insert(fact.key.clone(), origin);
        facts.push(fact);
    }
    facts
}

/// Reads a rule that a version states.
fn fact(node: &Node, origin: &Origin, diagnostics: &mut Diagnostics) -> Result<Fact, Diagnostic> {
    let mut keys = map(node, origin, FACT_SAMPLE)?;
    let stated = required(&mut keys, "rule", origin, FACT_SAMPLE)?;
    let Some((rule, kind)) = RULES.iter().find(|(rule, _)| *rule == stated) else {
        let known = || RULES.iter().map(|(rule, _)| *rule);
        let help = nearest(&stated, known())
            .map_or("write one of these rules".to_owned(), |near| format!("write `{near}` in place of `{stated}`"));
        return Err(Diagnostic::at(&origin.child("rule"), format!("unknown rule `{stated}`"))
            .expected(one_of(known()))
            .help(help));
    };
    let event = match kind {
        Kind::ContentKeys => Some(required(&mut keys, "event", origin, FACT_SAMPLE)?),
        _ => None,
    };
    let Some((node, place)) = keys.take("value") else { return Err(lacks("value", origin, FACT_SAMPLE)) };
    let value = Value::read(kind, node, &place)?;
    let clause = required(&mut keys, "clause", origin, FACT_SAMPLE)?;
    if !clause.split_once("/#").is_some_and(|(page, section)| !page.is_empty() && !section.is_empty()) {
        return Err(Diagnostic::at(&origin.child("clause"), format!("`{clause}` is not a page and a section"))
            .expected("a page and a section of the specification, such as `rooms/v7/#redactions`")
            .help("write the end of the URL of the section"));
    }
    let text = required(&mut keys, "text", origin, FACT_SAMPLE)?;
    let known: &[&str] = match event {
        Some(_) => &["rule", "event", "value", "clause", "text"],
        None => &["rule", "value", "clause", "text"],
    };
    keys.finish_with(known, "key", diagnostics);
    Ok(Fact { key: (rule, event), value, clause, text })
}

/// Returns the errors of rules that the first version does not state.
fn missing(rules: &Rules, origin: &Origin) -> Vec<Diagnostic> {
    let single = RULES.iter().filter(|(_, kind)| !matches!(kind, Kind::ContentKeys)).map(|(rule, _)| *rule);
    let missing = single.filter(|rule| !rules.contains_key(&(*rule, None)));
    missing
        .map(|rule| {
            Diagnostic::at(origin, format!("the room version does not state the rule `{rule}`"))
                .expected("an entry for every rule in the first room version")
                .help(format!("add `{{rule: {rule}, value: …, clause: …, text: …}}`"))
        })
        .collect()
}

fn map<'n>(node: &'n Node, origin: &Origin, sample: &str) -> Result<KeywordReader<'n>, Diagnostic> {
    match node {
        Node::Map(_) => KeywordReader::new(node, origin),
        node => Err(unexpected(node, origin, "a map").help(format!("write a map such as `{sample}`"))),
    }
}

/// Returns the text of a key that a map must have.
fn required(keys: &mut KeywordReader<'_>, key: &str, origin: &Origin, sample: &str) -> Result<String, Diagnostic> {
    match keys.text(key)? {
        Some(text) if !text.trim().is_empty() => Ok(text),
        _ => Err(lacks(key, origin, sample)),
    }
}

fn lacks(key: &str, origin: &Origin, sample: &str) -> Diagnostic {
    Diagnostic::at(origin, format!("the entry has no `{key}`"))
        .expected(format!("a map such as `{sample}`"))
        .help(format!("add `{key}: …`"))
}
