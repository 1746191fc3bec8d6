//! Withheld room keys (<https://spec.matrix.org/latest/client-server-api/#reporting-that-decryption-keys-are-withheld>).

use matrix_events::room_key::withheld::{Code, RoomKeyWithheldEventContent};
use serde_json::{json, Value};
use spec_tests::events::{round_trip, with};

#[test]
fn all_codes_except_no_olm_have_a_session() {
    let session = json!({
        "algorithm": "m.megolm.v1.aes-sha2", "sender_key": "a2V5", "room_id": "!garden:example.org", "session_id": "c2Vzc2lvbg",
    });
    for (code, without, expected) in [
        ("m.blacklisted", "", true),
        ("m.unverified", "", true),
        ("m.unauthorised", "", true),
        ("m.unavailable", "", true),
        ("m.history_not_shared", "", true),
        ("org.example.full", "", true),
        ("m.no_olm", "", false),
        ("m.unverified", "room_id", false),
        ("m.unverified", "session_id", false),
    ] {
        let mut content = with(session.clone(), "code", code);
        content.as_object_mut().expect("an object").remove(without);
        let notice: RoomKeyWithheldEventContent = round_trip(&content);
        assert_eq!(notice.session().is_some(), expected, "{content}");
        assert_eq!(notice.code.requires_session(), code != "m.no_olm", "{content}");
        if expected {
            let created =
                RoomKeyWithheldEventContent::for_session(Code::from(code), "!garden:example.org", "c2Vzc2lvbg", "a2V5");
            assert_eq!(created, notice);
        }
    }
    let created = serde_json::to_value(RoomKeyWithheldEventContent::no_olm("a2V5")).expect("JSON");
    let expected: Value = json!({"algorithm": "m.megolm.v1.aes-sha2", "sender_key": "a2V5", "code": "m.no_olm"});
    assert_eq!(created, expected);
}
