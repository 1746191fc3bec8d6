//! The rules of room versions, compared with the text of the newest release.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use matrix_events::room_version_rules::{ContentKeys, RedactionRules, RoomVersionRules, StateResolutionVersion};
use matrix_events::{AnyPdu, RoomVersionId};
use spec_tests::spec::{folder, releases};

/// Returns the value of a flag.
type Rule = fn(&RoomVersionRules) -> bool;

const VERSIONS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

fn rules(version: &str) -> &'static RoomVersionRules {
    RoomVersionId::new(version).rules().unwrap_or_else(|| panic!("room version {version} has rules"))
}

/// Returns the text of a room version in a release, with its fragments.
fn text(release: &Path, version: &str) -> Option<String> {
    let rooms = release.join("content/rooms");
    let page = fs::read_to_string(rooms.join(format!("v{version}.md"))).ok()?;
    let mut text = String::new();
    for line in page.lines() {
        let fragment = line.split_once("rver-fragment name=\"").and_then(|(_, rest)| rest.split_once('"'));
        match fragment {
            Some((name, _)) => {
                let fragment = fs::read_to_string(rooms.join(format!("fragments/{name}.md")));
                text.push_str(&fragment.unwrap_or_else(|error| panic!("{name}: {error}")));
                text.push('\n');
            }
            None => text.extend([line, "\n"]),
        }
    }
    Some(text)
}

/// Returns the texts between backticks.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Returns the items of the list after a sentence. An item may have several lines.
fn items(text: &str, sentence: &str) -> Vec<String> {
    let (_, after) = text.split_once(sentence).unwrap_or_else(|| panic!("{sentence:?} in the text"));
    let mut items: Vec<String> = Vec::new();
    for line in after.lines().skip_while(|line| !line.starts_with('-')) {
        match line.strip_prefix("- ") {
            Some(item) => items.push(item.to_owned()),
            None if line.starts_with(' ') => items.last_mut().expect("an item").push_str(line),
            None => break,
        }
    }
    items
}

/// The keys of the text: those of events, and those of the contents by event type.
type Keys = (BTreeSet<String>, BTreeMap<String, Option<BTreeSet<Vec<String>>>>);

fn keys_of_text(text: &str) -> Keys {
    let events = items(text, "not in the following list:").iter().flat_map(|item| quoted(item)).collect();
    let contents = items(text, "of the following event types:").into_iter().map(|item| {
        if item.contains("allows all keys") {
            return (quoted(&item)[0].clone(), None);
        }
        let (first, nested) = item.split_once("Additionally").unwrap_or((&item, ""));
        let names = quoted(first);
        let keys = names.iter().skip(1).map(|key| vec![key.clone()]);
        // "the `signed` key of the `third_party_invite` key"
        let nested = quoted(nested).into_iter().rev().collect::<Vec<_>>();
        let nested = (!nested.is_empty()).then_some(nested);
        (names[0].clone(), Some(keys.chain(nested).collect()))
    });
    (events, contents.collect())
}

fn keys_of_rules(rules: &RedactionRules) -> Keys {
    let path = |path: &&[&str]| path.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    let contents = rules.content_keys.iter().map(|(event_type, keys)| {
        let keys = match keys {
            ContentKeys::All => None,
            ContentKeys::Paths(paths) => Some(paths.iter().map(path).collect()),
            other => panic!("{other:?}"),
        };
        ((*event_type).to_owned(), keys)
    });
    (rules.event_keys.iter().map(|key| (*key).to_owned()).collect(), contents.collect())
}

#[test]
fn redaction_rules_equal_the_lists_of_the_release() {
    let Some(release) = releases().pop() else { return };
    let mut compared = 0;
    for version in VERSIONS {
        let Some(text) = text(&release, version) else { continue };
        assert_eq!(keys_of_rules(&rules(version).redaction), keys_of_text(&text), "room version {version}");
        compared += 1;
    }
    assert!(compared == 12 || !release.join("content/rooms").exists(), "{compared}");
    println!("compared {compared} room versions");
}

/// Returns the values in a row of the feature matrix.
fn features(release: &Path, name: &str) -> Option<Vec<bool>> {
    let text = fs::read_to_string(release.join("content/rooms/_index.md")).ok()?;
    let row = text.lines().find(|line| line.starts_with(&format!("| **{name}**"))).expect("the row");
    Some(row.split('|').skip(2).filter(|cell| !cell.trim().is_empty()).map(|cell| cell.contains('✔')).collect())
}

#[test]
fn rules_equal_the_feature_matrix_of_the_release() {
    let Some(release) = releases().pop() else { return };
    let rows: [(&str, Rule); 4] = [
        ("Knocking", |rules| rules.authorization.knocking),
        ("Restricted join rules", |rules| rules.authorization.restricted_join_rule),
        ("`knock_restricted` join rule", |rules| rules.authorization.knock_restricted_join_rule),
        ("Additional room creators", |rules| rules.authorization.additional_room_creators),
    ];
    for (name, rule) in rows {
        let Some(features) = features(&release, name) else { continue };
        assert_eq!(VERSIONS.map(|version| rule(rules(version))).to_vec(), features, "{name}");
    }
}

#[test]
fn rules_equal_the_sections_that_the_release_includes() {
    let Some(release) = releases().pop() else { return };
    // A rule, and a sentence or section that the text of a version contains if the rule applies.
    let rows: [(&str, Rule); 9] = [
        ("Servers MUST strictly enforce the JSON format", |rules| rules.authorization.strict_canonical_json),
        ("accept values as strings\n", |rules| rules.authorization.string_power_levels),
        ("accept values as floats\n", |rules| rules.authorization.float_power_levels),
        ("If `content` has no `creator` property, reject", |rules| rules.authorization.require_room_create_creator),
        ("If type is `m.room.redaction`:", |rules| rules.authorization.special_case_room_redaction),
        ("If type is `m.room.aliases`:", |rules| rules.authorization.special_case_room_aliases),
        ("`valid_until_ts` property from a key request", |rules| rules.enforce_key_validity),
        ("conflicted state subgraph", |rules| rules.state_res == StateResolutionVersion::V2_1),
        ("definitions/pdu_v1\"", |rules| rules.event_format.require_event_id),
    ];
    for (sentence, rule) in rows {
        for version in VERSIONS {
            let Some(text) = text(&release, version) else { continue };
            assert_eq!(text.contains(sentence), rule(rules(version)), "{sentence:?} in room version {version}");
        }
    }
}

/// The documentation of a rule states the first or the last room version with the rule.
#[test]
fn documentation_of_a_flag_states_the_versions_of_the_rule() {
    let source = fs::read_to_string(folder("runtime/src/room_version_rules.rs")).expect("UTF-8");
    let file = syn::parse_file(&source).expect("Rust");
    let mut flags = 0;
    for item in file.items.iter().filter_map(|item| if let syn::Item::Struct(item) = item { Some(item) } else { None })
    {
        for field in &item.fields {
            let name = field.ident.as_ref().expect("a name").to_string();
            let docs: String = field.attrs.iter().filter_map(doc).collect();
            let Some(values) = flag_values(&item.ident.to_string(), &name) else { continue };
            let change = values.windows(2).position(|pair| pair[0] != pair[1]).expect("the flag changes") + 1;
            let is_since = docs.contains("Since room version") && values[change];
            let versions =
                docs.split('[').filter_map(|part| part.split_once(']')).map(|(version, _)| version.to_owned());
            let numbers: BTreeSet<String> = versions.map(|text| text.replace("room version ", "")).collect();
            let first_without = (change + 1).to_string();
            let last = change.to_string();
            match is_since {
                true => assert!(numbers.contains(&first_without), "{name}: {numbers:?}, changed in {first_without}"),
                false => assert!(
                    docs.contains(&format!(" to {last}")) || docs.contains(&format!(" and {last}")),
                    "{name} applies up to {last}: {docs}"
                ),
            }
            flags += 1;
        }
    }
    assert_eq!(flags, 22);
}

/// Returns the text of a documentation comment.
fn doc(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(value) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &value.value else { return None };
    Some(text.value())
}

/// Returns the values of a flag in all versions, from the `Debug` form of the rules.
fn flag_values(group: &str, field: &str) -> Option<Vec<bool>> {
    let values = VERSIONS.map(|version| {
        let text = format!("{:?}", rules(version));
        let after = match group {
            "RoomVersionRules" => text.as_str(),
            group => text.split_once(&format!("{group} {{"))?.1,
        };
        let value = after.split_once(&format!(" {field}: "))?.1;
        let end = value.find([',', ' ', '}']).unwrap_or(value.len());
        value[..end].parse::<bool>().ok()
    });
    values.into_iter().collect()
}

/// The pages of room versions include the schema of their event format.
#[test]
fn schemas_of_pdus_are_those_of_the_pages() {
    let Some(release) = releases().pop() else { return };
    for version in VERSIONS {
        let text = text(&release, version).unwrap_or_else(|| panic!("the page of room version {version}"));
        let (_, after) = text.split_once("definition path=\"").expect("the schema of the event format");
        let (path, _) = after.split_once('"').expect("the end of the path");
        assert_eq!(AnyPdu::schema(rules(version)).file, format!("{path}.yaml"), "room version {version}");
    }
}
