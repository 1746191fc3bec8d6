//! Tests of the methods that all identifier types have. The tests of the grammars are in the modules of the types.

use std::collections::{BTreeSet, HashSet};

use super::*;

/// Valid and invalid identifiers of all kinds.
const TEXTS: &[&str] = &[
    "",
    "@",
    "!",
    "$",
    "#",
    ":",
    "[",
    "[]",
    "]",
    "=",
    "\0",
    "日本",
    "@日本:example.org",
    "@alice:example.org",
    "@:example.org",
    "@alice",
    "@alice:",
    "@alice:example.org:8448",
    "@alice:[::1]:8448",
    "@alice:exam ple.org",
    "!room:example.org",
    "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM",
    "$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk",
    "$event:example.org",
    "#alias:example.org",
    "example.org",
    "example.org:",
    "1.2.3.4",
    "1.2.3.400",
    "[::1",
    "[::1]é",
    "mxc://",
    "mxc:///",
    "mxc://example.org/abc",
    "mxc://example.org/../etc",
    "Zg",
    "Zg==",
    "Zh",
    "-_-_",
    "+/+/",
    "A",
    "JLAFKJWSCS",
    "ed25519:JLAFKJWSCS",
    "ed25519:auto_2",
    "ed25519:a:b",
    "1.2-beta",
    "é:",
];

/// Tests the common methods of a type with a valid and an invalid text.
macro_rules! common_part {
    ($($test:ident: $name:ident, $valid:literal, $invalid:literal;)*) => {$(
        #[test]
        fn $test() {
            for text in TEXTS.iter().copied().chain([$valid, $invalid]) {
                let held = $name::new(text);
                assert_eq!(held.is_valid(), $name::parse(text).is_ok(), "{text:?}");
                assert_eq!(held.is_valid(), $name::validate(text).is_ok(), "{text:?}");
                assert_eq!(held.is_valid(), text.parse::<$name>().is_ok(), "{text:?}");
                assert_eq!(held, text);
                assert_eq!(held.as_str(), text);
                assert_eq!(held.to_string(), text);
                assert_eq!(format!("{held:?}"), format!("{text:?}"));
                assert_eq!(held, $name::from(text.to_owned()));
                assert_eq!(held, $name::from(Box::<str>::from(text)));
                assert_eq!(held.clone().into_string(), text);
                assert_eq!(String::from(held.clone()), text);
                assert_eq!(&*Box::<str>::from(held), text);
            }

            let identifier: $name = $valid.parse().unwrap();
            assert!(identifier == *$valid);
            assert_eq!(identifier.as_ref() as &str, $valid);
            assert!(HashSet::from([identifier.clone()]).contains($valid));
            assert!(BTreeSet::from([identifier]).contains($valid));

            let error = $name::parse($invalid).unwrap_err();
            assert_eq!(error.kind, IdentifierKind::$name);
            assert_eq!(error.to_string(), format!("invalid {}: {}", error.kind, error.reason));
        }
    )*};
}

common_part! {
    user_id: UserId, "@alice:example.org", "alice";
    room_id: RoomId, "!room:example.org", "#room:example.org";
    event_id: EventId, "$event", "event";
    room_alias_id: RoomAliasId, "#alias:example.org", "#alias";
    server_name: ServerName, "example.org", "example_org";
    room_or_alias_id: RoomOrAliasId, "!room:example.org", "@room:example.org";
    voip_id: VoipId, "c1~7", "c 1";
    key_id: KeyId, "ed25519:JLAFKJWSCS", "JLAFKJWSCS";
    server_signing_key_id: ServerSigningKeyId, "ed25519:auto_2", "ed25519:auto-2";
    room_version_id: RoomVersionId, "12", "V12";
    space_child_order: SpaceChildOrder, "a b", "é";
    mxc_uri: MxcUri, "mxc://example.org/abc", "https://example.org/abc";
    unpadded_base64: UnpaddedBase64, "Zm9v+/8w", "Zm9v-_8w";
    url_safe_unpadded_base64: UrlSafeUnpaddedBase64, "Zm9v-_8w", "Zm9v+/8w";
}

#[test]
fn accessors_of_any_text_do_not_panic() {
    for text in TEXTS {
        let (user, room) = (UserId::new(*text), RoomId::new(*text));
        let (event, alias) = (EventId::new(*text), RoomAliasId::new(*text));
        let (server, media) = (ServerName::new(*text), MxcUri::new(*text));
        let (key, either) = (KeyId::new(*text), RoomOrAliasId::new(*text));

        for part in [user.localpart(), user.server_name(), room.opaque_id(), room.server_name()]
            .into_iter()
            .chain([event.opaque_id(), event.server_name(), alias.alias(), alias.server_name()])
            .chain([media.server_name(), media.media_id(), Some(server.host())])
            .chain([key.algorithm(), key.key_name(), either.server_name()])
            .flatten()
        {
            assert!(text.contains(part), "{part:?} of {text:?}");
        }
        if server.is_valid() {
            assert_eq!(server.port().is_some(), server.host() != *text, "{text:?}");
        }
        if user.is_strict() {
            assert!(user.is_valid(), "{text:?}");
        }
    }
}
