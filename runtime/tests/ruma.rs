//! The feature `ruma`: identifiers of this crate and of Ruma, one as the other.

use matrix_events_runtime::{
    DeviceId, EventId, KeyId, MxcUri, RoomAliasId, RoomId, RoomOrAliasId, RoomVersionId, ServerName,
    ServerSigningKeyId, SpaceChildOrder, TransactionId, UserId, VoipId,
};
use ruma_common::{
    OwnedCrossSigningKeyId, OwnedDeviceId, OwnedDeviceKeyId, OwnedEventId, OwnedMxcUri, OwnedRoomAliasId, OwnedRoomId,
    OwnedRoomOrAliasId, OwnedServerName, OwnedServerSigningKeyId, OwnedSpaceChildOrder, OwnedTransactionId,
    OwnedUserId, OwnedVoipId,
};

fn there_and_back<O, R>(text: &str)
where
    O: for<'a> From<&'a str> + From<R> + AsRef<str>,
    R: for<'a> TryFrom<&'a O> + TryFrom<O> + AsRef<str>,
{
    let Ok(theirs) = R::try_from(&O::from(text)) else { panic!("Ruma doesn't take {text}") };
    assert_eq!(theirs.as_ref(), text);
    assert_eq!(O::from(theirs).as_ref(), text);
}

#[test]
fn identifiers_convert_to_ruma_and_back() {
    for text in ["@alice:example.org", "@Al!ce Margatroid:[2001:db8::1]:8448", "@:example.org"] {
        there_and_back::<UserId, OwnedUserId>(text);
    }
    for text in ["!opaque:example.org", "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM"] {
        there_and_back::<RoomId, OwnedRoomId>(text);
    }
    there_and_back::<EventId, OwnedEventId>("$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg");
    there_and_back::<EventId, OwnedEventId>("$h29iv0s8:example.org");
    there_and_back::<RoomAliasId, OwnedRoomAliasId>("#kitchen:example.org");
    there_and_back::<ServerName, OwnedServerName>("matrix.example.org:8448");
    there_and_back::<MxcUri, OwnedMxcUri>("mxc://example.org/SEsfnsuifSDFSSEF");
    there_and_back::<RoomOrAliasId, OwnedRoomOrAliasId>("#kitchen:example.org");
    there_and_back::<DeviceId, OwnedDeviceId>("JLAFKJWSCS");
    there_and_back::<TransactionId, OwnedTransactionId>("m1725450000.7");
    there_and_back::<VoipId, OwnedVoipId>("c1~7");
    there_and_back::<SpaceChildOrder, OwnedSpaceChildOrder>("first");
    there_and_back::<KeyId, OwnedDeviceKeyId>("curve25519:JLAFKJWSCS");
    there_and_back::<KeyId, OwnedCrossSigningKeyId>("ed25519:nqOvzeuGWT/sRx3h7+MHoInYj3Uk2LD/unI9kDYcHwk");
    there_and_back::<ServerSigningKeyId, OwnedServerSigningKeyId>("ed25519:auto_2");
}

#[test]
fn room_versions_convert_to_ruma_and_back() {
    for text in ["1", "12", "org.example.2-beta"] {
        let theirs = ruma_common::RoomVersionId::try_from(&RoomVersionId::new(text)).unwrap();
        assert_eq!(RoomVersionId::from(theirs), text);
    }
    assert!(ruma_common::RoomVersionId::try_from(RoomVersionId::new("")).is_err());
}

#[test]
fn identifier_that_ruma_rejects_is_an_error() {
    assert!(OwnedUserId::try_from(UserId::new("alice")).is_err());
    assert!(OwnedRoomId::try_from(RoomId::new("#kitchen:example.org")).is_err());
    assert!(OwnedEventId::try_from(EventId::new("")).is_err());
    assert!(OwnedServerName::try_from(ServerName::new("exam ple")).is_err());
    assert!(OwnedDeviceKeyId::try_from(KeyId::new("JLAFKJWSCS")).is_err());
    assert!(OwnedServerSigningKeyId::try_from(KeyId::new("ed25519:auto-2")).is_err());
    assert_eq!(OwnedMxcUri::from(MxcUri::new("anything")).as_str(), "anything");
}

#[test]
fn borrowed_identifiers_convert() {
    let theirs = OwnedUserId::try_from("@alice:example.org").unwrap();
    assert_eq!(UserId::from(&*theirs), "@alice:example.org");
}
