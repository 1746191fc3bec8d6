//! The sources of media files.

use matrix_events::room::message::{ImageMessageEventContent, VideoInfo};
use matrix_events::room::EncryptedFile;
use matrix_events::MediaSource;
use serde_json::{json, Value};
use spec_tests::events::round_trip;

fn file() -> Value {
    let key = json!({"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "k": "a2V5", "ext": true});
    json!({"url": "mxc://example.org/b", "key": key, "iv": "aXY", "hashes": {"sha256": "aGFzaA"}, "v": "v2"})
}

#[test]
fn encrypted_file_has_precedence() {
    let encrypted: EncryptedFile = round_trip(&file());
    let plain = MediaSource::from("mxc://example.org/a");
    let encrypted = MediaSource::from(encrypted);
    let rows = [
        (json!({}), None),
        (json!({"url": "mxc://example.org/a"}), Some(&plain)),
        (json!({"file": file()}), Some(&encrypted)),
        (json!({"url": "mxc://example.org/a", "file": file()}), Some(&encrypted)),
        (json!({"url": "mxc://example.org/a", "file": 7}), Some(&plain)),
    ];
    for (mut json, expected) in rows {
        json["body"] = "picture".into();
        json["msgtype"] = "m.image".into();
        let image: ImageMessageEventContent = round_trip(&json);
        assert_eq!(image.source().as_ref(), expected, "{json}");
    }
}

#[test]
fn debug_output_has_no_key() {
    let encrypted: EncryptedFile = round_trip(&file());
    let shown = format!("{encrypted:?} {encrypted:#?} {:?}", MediaSource::from(encrypted.clone()));
    assert!(shown.contains("A256CTR") && shown.contains("k: …") && !shown.contains("a2V5"), "{shown}");
}

#[test]
fn new_source_replaces_both_fields() {
    let encrypted = MediaSource::from(round_trip::<EncryptedFile>(&file()));
    assert_eq!(encrypted.uri().as_str(), "mxc://example.org/b");
    let info = VideoInfo::new().with_thumbnail_source("mxc://example.org/a").with_thumbnail_source(encrypted.clone());
    assert_eq!((info.thumbnail_url.as_ref(), info.thumbnail_source()), (None, Some(encrypted)));
    let info = info.with_thumbnail_source("mxc://example.org/a");
    assert_eq!(serde_json::to_value(&info).expect("JSON"), json!({"thumbnail_url": "mxc://example.org/a"}));
}
