//! Random identifiers: mostly valid, and sometimes invalid.

use ::arbitrary::{Arbitrary, Result, Unstructured};

use super::chance::rarely;
use crate::IdentifierKind;

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const SERVERS: [&str; 4] = ["example.org", "matrix.example.org:8448", "192.0.2.1", "[2001:db8::1]:8448"];

/// Creates a random identifier that is valid.
pub(super) fn following(u: &mut Unstructured<'_>, format: IdentifierKind) -> Result<String> {
    let server = *u.choose(&SERVERS)?;
    let word = word(u)?;
    Ok(match format {
        IdentifierKind::UserId => format!("@{word}:{server}"),
        IdentifierKind::RoomId => format!("!{word}:{server}"),
        IdentifierKind::EventId => format!("${word}"),
        IdentifierKind::RoomAliasId | IdentifierKind::RoomOrAliasId => format!("#{word}:{server}"),
        IdentifierKind::ServerName => server.to_owned(),
        IdentifierKind::MxcUri => format!("mxc://{server}/{word}"),
        IdentifierKind::KeyId | IdentifierKind::ServerSigningKeyId => format!("ed25519:{word}"),
        IdentifierKind::DeviceId
        | IdentifierKind::TransactionId
        | IdentifierKind::SessionId
        | IdentifierKind::VoipId
        | IdentifierKind::RoomVersionId
        | IdentifierKind::SpaceChildOrder => word,
        // Four characters of base64 encode three bytes.
        IdentifierKind::UnpaddedBase64 | IdentifierKind::UrlSafeUnpaddedBase64 => word.repeat(4),
    })
}

fn word(u: &mut Unstructured<'_>) -> Result<String> {
    let length = u.int_in_range(1..=16)?;
    (0..length).map(|_| u.choose(LETTERS).map(|letter| char::from(*letter))).collect()
}

macro_rules! identifiers {
    ($($name:ident)+) => {$(
        /// Creates an identifier, which is sometimes invalid. Requires the feature `arbitrary`.
        impl<'a> Arbitrary<'a> for crate::$name {
            fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
                let text = if rarely(u)? { u.arbitrary()? } else { following(u, IdentifierKind::$name)? };
                Ok(Self::from(text))
            }
        }
    )+};
}

identifiers! {
    UserId RoomId EventId RoomAliasId RoomOrAliasId ServerName MxcUri DeviceId TransactionId SessionId VoipId KeyId
    ServerSigningKeyId RoomVersionId SpaceChildOrder UnpaddedBase64 UrlSafeUnpaddedBase64
}
