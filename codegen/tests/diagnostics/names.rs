//! Names that can't be made, or that two things would have.

use crate::diagnosed;
use crate::support::Tree;

fn content(text: &str) -> Tree {
    Tree::new().message("m.test", text)
}

#[test]
fn two_types_of_one_name() {
    let text = "\
type: object
properties:
  one: {title: Info, type: object, properties: {a: {type: string}}}
  two: {title: Info, type: object, properties: {b: {type: string}}}";
    diagnosed("type_clash", &content(text));
}

#[test]
fn two_fields_of_one_name() {
    diagnosed("field_clash", &content("type: object\nproperties:\n  m.one: {type: string}\n  one: {type: string}"));
}

#[test]
fn field_that_every_type_has() {
    diagnosed("field_extra", &content("type: object\nproperties:\n  extra: {type: string}\n  one: {type: string}"));
}

#[test]
fn field_with_the_name_of_the_map() {
    let text = "type: object\nproperties:\n  entries: {type: string}\nadditionalProperties: {type: integer}";
    diagnosed("field_entries", &content(text));
}

#[test]
fn two_values_of_one_name() {
    diagnosed("value_clash", &content("type: object\nproperties:\n  one: {type: string, enum: [m.a_b, m.a.b]}"));
}

#[test]
fn two_variants_of_one_name() {
    let variant = |value: &str| {
        format!("type: object\nproperties:\n  kind: {{type: string, enum: [{value}]}}\n  a{value}: {{type: string}}")
    };
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .config("discriminators: [{at: m.test, property: kind, why: a test}]\n");
    diagnosed("variant_other", &tree.clone().message("m.test$m.other", &variant("m.other")));
    let alike = tree.message("m.test$m.a_b", &variant("m.a_b")).message("m.test$m.a-b", &variant("m.a-b"));
    diagnosed("variant_clash", &alike);
}

#[test]
fn text_with_the_name_of_what_is_over_all_variants() {
    let variant = "type: object\nproperties:\n  kind: {type: string, enum: [a]}\nrequired: [kind]";
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}\n  content: {type: string}")
        .message("m.test$a", variant)
        .config("discriminators: [{at: m.test, property: kind, why: a test}]\n");
    diagnosed("variant_content", &tree);
    let at = "m.test.yaml content.content";
    let named = format!("names: [{{at: '{at}', field: text, why: a test}}]\n");
    assert!(tree.config(&named).generate().is_ok());
}

#[test]
fn an_event_called_like_a_module_of_the_crate() {
    diagnosed("module_of_the_crate", &Tree::new().message("m.schema", "type: object"));
}

#[test]
fn two_events_of_one_content() {
    let text = "type: object\nproperties:\n  one: {type: string}";
    diagnosed("event_clash", &Tree::new().message("m.one_two", text).message("m.oneTwo", text));
}

#[test]
fn name_that_is_no_word() {
    diagnosed("no_name", &content("type: object\nproperties:\n  '1st': {type: string}"));
}

#[test]
fn name_that_rust_reserves() {
    diagnosed("reserved", &content("type: object\nproperties:\n  crate: {type: string}\n  super: {type: string}"));
}

#[test]
fn all_properties_that_no_field_can_be_named_after_are_told() {
    let inner = "{type: object, properties: {crate: {type: string}, b: {type: string}}}";
    let text = format!(
        "type: object\nproperties:\n  1abc: {{type: string}}\n  self: {{type: string}}\n  extra: {{type: string}}\n  a: {inner}"
    );
    let tree = content(&text).message("m.other", "type: object\nproperties:\n  super: {type: string}");
    assert_eq!(tree.diagnostics().len(), 5, "{}", tree.diagnostics());
}

#[test]
fn event_with_a_name_that_rust_reserves() {
    diagnosed("reserved_module", &Tree::new().message("m.crate", "type: object"));
}

#[test]
fn event_with_the_name_of_a_file_that_is_there_anyway() {
    diagnosed("module_mod", &Tree::new().message("m.mod", "type: object"));
    for name in ["any", "contents", "rules"] {
        diagnosed(&format!("module_{name}"), &Tree::new().message(&format!("m.{name}"), "type: object"));
        // That is so at the root alone.
        assert!(Tree::new().message(&format!("m.room.{name}"), "type: object").generate().is_ok());
    }
}

#[test]
fn event_with_the_name_of_a_variant_that_is_there_anyway() {
    let tree = Tree::new().message("m.redacted", "type: object");
    diagnosed("any_redacted", &tree.config(&any("RoomEvent", "AnyEvent")));
}

#[test]
fn enum_over_the_events_of_an_envelope_that_is_not_there() {
    diagnosed("any_of_nothing", &Tree::new().config(&any("RoomEvnt", "AnyEvent")));
}

#[test]
fn enum_that_refers_to_another_that_is_not_there() {
    diagnosed("any_without_sync", &Tree::new().config(&any("RoomEvent", "AnySyncEvent")));
}

fn any(envelope: &str, sync: &str) -> String {
    format!("any:\n- {{name: AnyEvent, description: Any., envelopes: {envelope}, sync: {sync}, why: a test}}\n")
}

#[test]
fn name_that_the_code_around_uses() {
    let text = "type: object\nproperties:\n  one: {title: Result, type: object, properties: {a: {type: string}}}";
    diagnosed("taken", &content(text));
    // Those that emitted files take from elsewhere, and those that macros take for granted.
    for title in ["Into", "From", "As Ref", "Event Content", "Room Event Content", "Schema", "User ID", "No Top Level"]
    {
        let diagnostics = content(&text.replace("Result", title)).diagnostics();
        let told = format!("a type can't have the name `{}`", title.replace("ID", "Id").replace(' ', ""));
        assert!(diagnostics.to_string().contains(&told), "{diagnostics}");
    }
}

#[test]
fn event_of_which_the_content_has_a_name_that_the_code_around_uses() {
    diagnosed("taken_content", &Tree::new().message("m.room", "type: object"));
}

#[test]
fn type_with_the_name_of_one_that_its_module_takes_from_another() {
    let text =
        "type: object\nproperties:\n  one: {title: Unsigned Data, type: object, properties: {a: {type: string}}}";
    diagnosed("imported", &content(text));
    let shared = |field: &str| format!("title: Thing\ntype: object\nproperties:\n  {field}: {{type: string}}\n");
    let both = content("type: object\nproperties:\n  one: {$ref: one.yaml}\n  two: {$ref: two.yaml}")
        .schema("one.yaml", shared("a"))
        .schema("two.yaml", shared("b"))
        .config("modules: [{at: one.yaml, module: room, why: a test}]\n");
    diagnosed("imported_twice", &both);
}

#[test]
fn events_whose_names_meet_where_all_events_are() {
    let tree = Tree::new().message("m.a.b_c", "type: object").message("m.a_b.c", "type: object");
    diagnosed("rules_clash", &tree);
}

#[test]
fn event_called_like_the_crate() {
    diagnosed("module_of_a_crate", &Tree::new().message("m.matrix_events", "type: object"));
    diagnosed("rules_of_a_crate", &Tree::new().message("m.matrix.events", "type: object"));
    assert!(Tree::new().message("m.matrix_event", "type: object").generate().is_ok());
}

#[test]
fn member_that_json_has_to_escape() {
    for (name, key) in [("quote", "'a\"b'"), ("backslash", "'a\\b'"), ("control", "\"a\\tb\"")] {
        let text = format!("type: object\nproperties:\n  {key}: {{type: string}}");
        diagnosed(&format!("field_{name}"), &content(&text));
    }
    let alias =
        "aliases:\n- {at: 'm.test.yaml content.one', names: ['a\"b'], why: a test}\n";
    diagnosed("alias_quote", &content("type: object\nproperties:\n  one: {type: string}").overrides(alias));
}

#[test]
fn more_fields_than_a_type_can_tell_apart() {
    let text = |count: usize| {
        let fields: String = (0..count).map(|index| format!("\n  a{index}: {{type: string}}")).collect();
        format!("type: object\nproperties:{fields}")
    };
    assert!(content(&text(63)).generate().is_ok());
    diagnosed("too_many_fields", &content(&text(64)));
}

#[test]
fn value_with_the_name_of_all_others() {
    diagnosed("value_unknown", &content("type: object\nproperties:\n  one: {type: string, enum: [known, unknown]}"));
}
