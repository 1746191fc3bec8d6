//! Descriptions of files that a release has no more, or under another name.

use std::fs;

use super::{release, Arguments, Case, EVENT};

fn told(case: &Case) -> String {
    let into = Some(case.path("spec"));
    let arguments = Arguments { source: case.path("v1.19"), tag: None, into, release: None, check: false };
    case.told(&arguments).unwrap_or_else(|told| panic!("{told}"))
}

/// A release of which a file is described in our words.
fn described() -> Case {
    let case = release();
    case.write("spec/overrides.yaml", "");
    let event = |file: &str| format!("properties: {{content: {{properties: {{a: {{$ref: {file}}}}}}}}}");
    case.write(&format!("v1.19/data/{EVENT}"), &event("components/old.yaml"));
    let component = "v1.19/data/event-schemas/schema/components/old.yaml";
    case.write(component, "type: object\ndescription: Theirs.\nproperties: {b: {type: string}}");
    told(&case);
    let ours = "type: object\ndescription: Ours.\nproperties: {b: {type: string, description: Ours of b.}}";
    case.write("spec/event-schemas/schema/components/old.yaml", ours);
    case.write(&format!("v1.19/data/{EVENT}"), &event("components/new.yaml"));
    assert!(fs::remove_file(case.path(component)).is_ok());
    case
}

#[test]
fn descriptions_go_with_a_file_that_has_another_name() {
    let case = described();
    case.write(
        "v1.19/data/event-schemas/schema/components/new.yaml",
        "type: object\nproperties: {b: {type: string, description: Theirs.}}",
    );
    let told = told(&case);
    let new = case.read("event-schemas/schema/components/new.yaml");
    assert!(new.contains("description: Ours.\n") && new.contains("description: Ours of b.\n"), "{new}");
    for part in [
        "descriptions  2 kept, 0 whose place is gone",
        "  event-schemas/schema/components/old.yaml -> event-schemas/schema/components/new.yaml\n",
        "write the same entry again for the new one, with `since: \"1.19\"`",
        "event-schemas/schema/components/old.yaml is event-schemas/schema/components/new.yaml now",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

#[test]
fn descriptions_of_a_file_that_is_gone_are_told() {
    let case = described();
    case.write(
        "v1.19/data/event-schemas/schema/components/new.yaml",
        "type: object\nproperties: {b: {type: integer, description: Theirs.}}",
    );
    let told = told(&case);
    for part in [
        "descriptions  0 kept, 2 whose place is gone",
        "  event-schemas/schema/components/old.yaml\n    Ours.\n",
        "  event-schemas/schema/components/old.yaml#/properties/b\n    Ours of b.\n",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}
