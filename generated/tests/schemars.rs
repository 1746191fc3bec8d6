//! The feature `schemars`: a document of one's own with contents in it.

use matrix_events::call::invite::CallInviteEventContent;
use matrix_events::room::message::{ImageMessageEventContent, RoomMessageEventContent};
use matrix_events::schemars::{JsonSchema, SchemaGenerator};
use serde_json::{json, Value};

#[test]
fn document_refers_to_contents() {
    let mut generator = SchemaGenerator::default();
    let invite = generator.subschema_for::<CallInviteEventContent>();
    generator.subschema_for::<RoomMessageEventContent>();
    generator.subschema_for::<ImageMessageEventContent>();
    assert_eq!(invite.as_value(), &json!({"$ref": "#/$defs/CallInviteEventContent"}));

    let definitions = generator.definitions();
    let names: Vec<&str> = definitions.keys().map(String::as_str).collect();
    assert_eq!(names, ["CallInviteEventContent", "ImageMessageEventContent", "RoomMessageEventContent"]);
    let required = definitions["CallInviteEventContent"]["required"].as_array().unwrap();
    assert!(required.contains(&json!("offer")) && required.contains(&json!("party_id")), "{required:?}");
    assert_eq!(definitions["ImageMessageEventContent"]["properties"]["msgtype"]["enum"], json!(["m.image"]));
    assert!(definitions.values().all(|schema| schema.get("$schema").is_none()));
}

#[test]
fn root_schema_states_its_dialect() {
    let schema = SchemaGenerator::default().into_root_schema_for::<CallInviteEventContent>();
    assert_eq!(schema.get("$schema").and_then(Value::as_str), Some("https://json-schema.org/draft/2020-12/schema"));
}

#[test]
fn contents_with_one_name_have_different_ids() {
    assert_eq!(CallInviteEventContent::schema_name(), "CallInviteEventContent");
    assert!(CallInviteEventContent::schema_id().ends_with("::call::invite::CallInviteEventContent"));
}
