//! Files that a release has under another name: their descriptions and overrides have to go with them.

use std::collections::BTreeMap;

use matrix_events_codegen::Node;

use super::compose::compose;
use super::reach::resolve;
use super::texts::Texts;

/// Documents by the paths of their files.
pub(crate) type Documents = BTreeMap<String, Node>;

/// The files of ours that the release doesn't have, by the names of those that have the same facts in it. Where several have
/// the same, none is told to be the other.
pub(crate) fn moved(ours: &Documents, theirs: &Documents) -> BTreeMap<String, String> {
    let (removed, added) = (facts(ours, theirs), facts(theirs, ours));
    let mut moved = BTreeMap::new();
    for (to, there) in &added {
        let alike = |(from, here): &&(&String, Node)| is_same((from, here), (to, there));
        let all: Vec<_> = removed.iter().filter(alike).collect();
        let [(from, here)] = all.as_slice() else { continue };
        if added.iter().filter(|(to, there)| is_same((from, here), (to, there))).count() == 1 {
            moved.insert((*to).clone(), (*from).clone());
        }
    }
    moved
}

/// What documents say that the others have no file of, without descriptions.
fn facts<'d>(documents: &'d Documents, others: &Documents) -> Vec<(&'d String, Node)> {
    let own = documents.iter().filter(|(file, _)| !others.contains_key(*file));
    own.map(|(file, root)| (file, compose(file, root, &Texts::new()))).collect()
}

/// Whether two files say the same. References that lead to the same file may be written in different ways.
fn is_same((from, before): (&str, &Node), (to, after): (&str, &Node)) -> bool {
    match (before, after) {
        (Node::Map(before), Node::Map(after)) => {
            let is_same = |((key, before), (other, after)): (&(String, Node), &(String, Node))| {
                let leads_to_same =
                    || key == "$ref" && target(from, before).is_some_and(|it| target(to, after) == Some(it));
                key == other && (is_same((from, before), (to, after)) || leads_to_same())
            };
            before.len() == after.len() && before.iter().zip(after).all(is_same)
        }
        (Node::List(before), Node::List(after)) => {
            let mut pairs = before.iter().zip(after);
            before.len() == after.len() && pairs.all(|(before, after)| is_same((from, before), (to, after)))
        }
        (before, after) => before == after,
    }
}

/// The file and the place in it that a reference leads to.
fn target<'n>(file: &str, reference: &'n Node) -> Option<(String, &'n str)> {
    let reference = reference.as_str()?;
    Some((resolve(file, reference)?, reference.split_once('#').map_or("", |(_, place)| place)))
}

#[cfg(test)]
mod tests {
    use matrix_events_codegen::parse_document;

    use super::{moved, Documents};

    fn documents(list: &[(&str, &str)]) -> Documents {
        let parse = |(file, text): &(&str, &str)| match parse_document(file, text.as_bytes()) {
            Ok(root) => ((*file).to_owned(), root),
            Err(error) => panic!("the test is wrong: {error}"),
        };
        list.iter().map(parse).collect()
    }

    fn pairs(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> Vec<String> {
        let pairs = moved(&documents(ours), &documents(theirs));
        pairs.iter().map(|(to, from)| format!("{from} -> {to}")).collect()
    }

    #[test]
    fn the_same_facts_are_the_same_file() {
        let ours = [
            ("api/a.yaml", "description: Ours.\ntype: object\nproperties: {a: {$ref: b.yaml}}"),
            ("api/b.yaml", "type: string"),
        ];
        let theirs = [
            ("api/b.yaml", "type: string"),
            ("api/c/a.yaml", "properties: {a: {$ref: ../b.yaml}}\ndescription: Theirs.\ntype: object"),
            ("api/d.yaml", "properties: {a: {$ref: c.yaml}}\ntype: object"),
        ];
        assert_eq!(pairs(&ours, &theirs), ["api/a.yaml -> api/c/a.yaml"]);
    }

    #[test]
    fn where_several_have_them_none_is_chosen() {
        let (one, other) = (("api/a.yaml", "type: string"), ("api/b.yaml", "type: string"));
        let (third, fourth) = (("api/c.yaml", "type: string"), ("api/d.yaml", "type: string"));
        assert!(pairs(&[one], &[third, fourth]).is_empty() && pairs(&[one, other], &[third]).is_empty());
    }
}
