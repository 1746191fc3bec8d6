//! Open enums: listed values, and values that are not listed.

use std::collections::HashSet;

use matrix_events::room::member::MembershipState;

#[test]
fn listed_text_gives_its_variant() {
    let deserialized: MembershipState = serde_json::from_str(r#""join""#).expect("a membership");
    for membership in [deserialized, MembershipState::from("join"), MembershipState::from("join".to_owned())] {
        assert_eq!(membership, MembershipState::Join);
        assert!(membership.is_known());
    }
}

#[test]
fn unlisted_values_with_equal_text_are_equal() {
    let deserialized: MembershipState = serde_json::from_str(r#""org.example.lurk""#).expect("a membership");
    let converted = MembershipState::from("org.example.lurk");
    assert_eq!(deserialized, converted);
    assert_eq!(HashSet::from([deserialized, converted.clone()]).len(), 1);
    assert_eq!(format!("{converted:?}"), r#"Unknown("org.example.lurk")"#);
    assert!(!converted.is_known() && converted > MembershipState::Leave);
    assert!(matches!(converted, MembershipState::Unknown(value) if value.as_str() == "org.example.lurk"));
}

#[test]
fn unlisted_value_serializes_as_its_text() {
    let json = serde_json::to_string(&MembershipState::from("org.example.\"lurk\"")).expect("a membership");
    assert_eq!(json, r#""org.example.\"lurk\"""#);
}
