//! The links in the documentation of modules.

use crate::diagnostics::{nearest, Diagnostic};
use crate::ir::{Ir, ModulePath};
use crate::model::Model;
use crate::names;

/// Reports links to modules and types that do not exist. The modules that are written by hand are unknown here, and so are the
/// items of the crate of an extension.
pub(super) fn broken<'m>(model: &'m Model, ir: &Ir) -> Vec<(&'m ModulePath, Diagnostic)> {
    let file = model.config.envelopes.first().map(|envelope| &envelope.origin.file);
    let docs = model.config.module_docs.iter().filter(|(_, docs)| Some(&docs.origin.file) == file);
    let mut broken = Vec::new();
    for (module, docs) in docs.filter(|(module, _)| ir.has_module(module)) {
        for link in links(&docs.text) {
            let Err(near) = resolve(ir, module, link) else { continue };
            let help = near.map_or("correct the path, or remove the link".to_owned(), |near| format!("write `{near}`"));
            let diagnostic =
                Diagnostic::at(&docs.origin.child("description"), format!("the link `{link}` has no target"));
            let expected = "a path relative to the module, or a path that begins with `crate::`";
            broken.push((module, diagnostic.expected(expected).help(help)));
        }
    }
    broken
}

/// Returns the targets of links in Markdown: those in parentheses, and those that are the text of the link.
fn links(text: &str) -> Vec<&str> {
    let mut links = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('[') {
        rest = after;
        let Some((label, after)) = after.split_once(']') else { break };
        match after.strip_prefix('(').and_then(|target| target.split_once(')')) {
            Some((target, _)) => links.push(target),
            None => links.extend(label.strip_prefix('`').and_then(|label| label.strip_suffix('`'))),
        }
    }
    links.retain(|link| link.split("::").all(|part| !part.is_empty() && part.chars().all(is_of_name)));
    links
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// Fails if an emitted module lacks the item that a path leads to, with the path that is meant.
fn resolve(ir: &Ir, module: &ModulePath, link: &str) -> Result<(), Option<String>> {
    let mut parts: Vec<&str> = link.split("::").collect();
    let mut path = module.clone();
    let mut written: Vec<&str> = Vec::new();
    if let Some(first @ ("crate" | "self")) = parts.first().copied() {
        parts.remove(0);
        written.push(first);
        if first == "crate" {
            path.clear();
        }
    }
    for (index, part) in parts.iter().enumerate() {
        let known = known(ir, &path);
        if ir.has_module(&[path.clone(), vec![(*part).to_owned()]].concat()) {
            path.push((*part).to_owned());
            written.push(part);
            continue;
        }
        if known.iter().any(|known| known == part) {
            return Ok(());
        }
        let near = nearest(part, known.iter().map(String::as_str));
        let rest = parts.get(index + 1..).unwrap_or_default();
        let near = near.map(|near| {
            written.iter().copied().chain([near]).chain(rest.iter().copied()).collect::<Vec<_>>().join("::")
        });
        // The crate has other items at its root, and every module has those of the prelude.
        let may_exist = (index == 0 && link != "crate") && (path.is_empty() || written.is_empty());
        return if may_exist && near.is_none() { Ok(()) } else { Err(near) };
    }
    Ok(())
}

/// Returns the names in a module.
fn known(ir: &Ir, path: &ModulePath) -> Vec<String> {
    let below = ir.modules.keys().filter(|module| module.starts_with(path)).filter_map(|module| module.get(path.len()));
    let mut known: Vec<String> = below.cloned().collect();
    match path.is_empty() {
        true => {
            known.extend(names::OF_THE_CRATE.map(str::to_owned));
            known.extend(ir.any.iter().map(|any| any.name.clone()));
            known.extend(ir.envelopes().map(|(name, ..)| name.to_owned()));
            // The list of events is a type of the runtime, with almost the name of a module.
            known.push("Events".to_owned());
        }
        false => {
            known.extend(ir.modules.get(path).iter().flat_map(|module| &module.items).map(|item| item.name.clone()))
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn links_are_the_targets_or_the_text() {
        let text = "See [`A`], [b](crate::b::C), [`D`](d) and [e](https://example.org). A [list] has no link.";
        assert_eq!(links(text), ["A", "crate::b::C", "d"]);
    }
}
