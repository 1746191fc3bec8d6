//! Tests of the files to import, and of renamed files.

use matrix_events_codegen::{parse_document, Settings};

use crate::import::collect::{collect, resolve};
use crate::import::renames::renames;
use crate::import::Documents;
use crate::scratch::error_text;

fn collected(list: &[(&str, &str)], settings: &str) -> anyhow::Result<Vec<String>> {
    let files = list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    Ok(collect(&files, &Settings::new(settings, ""))?.documents.into_keys().collect())
}

#[test]
fn references_are_followed() {
    let list = [
        ("api/unused.yaml", "type: object"),
        ("api/definitions/ruleset.yaml", "items: {$ref: rule.yaml}"),
        ("api/definitions/rule.yaml", "type: object\nexample: {$ref: nowhere.yaml}"),
        ("event-schemas/rule.yaml", "type: object"),
        ("event-schemas/examples/m.a.yaml", "{}"),
        ("event-schemas/schema/m.a.yaml", "allOf: [{$ref: ../rule.yaml}, {$ref: '#/properties/a'}]"),
        ("event-schemas/schema/core/b.yaml", "properties: {$ref: {$ref: ../../../api/definitions/ruleset.yaml}}"),
    ];
    let mut expected: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
    expected.retain(|name| !name.contains("unused") && !name.contains("examples"));
    expected.sort_unstable();
    assert_eq!(collected(&list, "").unwrap_or_default(), expected);
}

#[test]
fn overrides_add_files_and_folders_of_the_release() {
    let list = [
        ("api/a.yaml", "items: {$ref: b.yaml}"),
        ("api/b.yaml", "type: object"),
        ("api/c.yaml", "type: object"),
        ("api/d.yaml", "type: object"),
        ("api/edus/deep/e.yaml", "allOf: [{$ref: ../../edu.yaml}]"),
        ("api/edu.yaml", "type: object"),
    ];
    let overrides = "\
folders: [{at: api/edus, kind: edu, why: x}]
definitions:
  - {definition: api/a.yaml b, why: x}
  - {definition: api/none.yaml a, why: x}
additions:
  - {schema: {type: object, properties: {c: {$ref: api/c.yaml}}}, why: api/d.yaml}
";
    let expected = ["api/a.yaml", "api/b.yaml", "api/c.yaml", "api/edu.yaml", "api/edus/deep/e.yaml"];
    assert_eq!(collected(&list, overrides).unwrap_or_default(), expected);
}

#[test]
fn all_errors_are_reported_at_once() {
    let list = [
        ("event-schemas/schema/m.a.yaml", "allOf: [{$ref: gone.yaml}, {$ref: ../examples/m.a.yaml}]"),
        ("event-schemas/schema/m.b.yaml", "a: ["),
        ("event-schemas/schema/m.c.json", "{}"),
        ("event-schemas/schema/m.d.yaml", "properties:\n  a: &a {description: Theirs.}\n  b: {<<: *a, minLength: 1}\n"),
    ];
    let error = error_text(collected(&list, ""));
    for part in
        ["no file event-schemas/schema/gone.yaml", "/allOf/1/$ref", "m.b.yaml:", "m.c.json", "m.d.yaml:3:7", "5 errors"]
    {
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[test]
fn references_out_of_the_tree_do_not_resolve() {
    assert_eq!(resolve("api/x/a.yaml", ".././b.yaml#/c").as_deref(), Some("api/b.yaml"));
    for outside in ["../../../b.yaml", "/etc/b.yaml", "https://example.org/b.yaml", "../../b.yaml", "../../spec/b.yaml"]
    {
        assert_eq!(resolve("api/x/a.yaml", outside), None, "{outside}");
    }
}

#[test]
fn file_with_the_same_facts_is_renamed_unless_several_have_them() {
    let found = |ours: &[(&str, &str)], theirs: &[(&str, &str)]| {
        let [ours, theirs] = [ours, theirs].map(|list| {
            let parse = |(file, text): &(&str, &str)| {
                let root = parse_document(file, text.as_bytes()).unwrap_or_else(|errors| panic!("{errors}"));
                ((*file).to_owned(), root)
            };
            list.iter().map(parse).collect::<Documents>()
        });
        renames(&ours, &theirs).iter().map(|(to, from)| format!("{from} -> {to}")).collect::<Vec<_>>()
    };
    let b = ("api/b.yaml", "type: string");
    let ours = [("api/a.yaml", "description: Ours.\ntype: object\nproperties: {a: {$ref: b.yaml}}"), b];
    let theirs = [
        b,
        ("api/c/a.yaml", "properties: {a: {$ref: ../b.yaml}}\ndescription: Theirs.\ntype: object"),
        ("api/d.yaml", "properties: {a: {$ref: c.yaml}}\ntype: object"),
    ];
    assert_eq!(found(&ours, &theirs), ["api/a.yaml -> api/c/a.yaml"]);
    let [a, c, d] = ["api/a.yaml", "api/c.yaml", "api/d.yaml"].map(|name| (name, "type: string"));
    assert!(found(&[a], &[c, d]).is_empty() && found(&[a, b], &[c]).is_empty());
}
