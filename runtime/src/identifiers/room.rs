//! Room IDs and room aliases.

use super::bytes::Characters;
use super::{sigil, InvalidReason};

const ROOM_SIGIL: char = '!';
const ALIAS_SIGIL: char = '#';

/// The length of a SHA-256 hash of 32 bytes in unpadded base64.
const HASH_CHARACTERS: usize = 43;

identifier! {
    /// A [room ID](https://spec.matrix.org/latest/appendices/#room-ids), with up to 255 bytes.
    ///
    /// In room versions 1 to 11, the form is `!opaque_id:server`. The opaque ID has any characters except for `:` and NUL. The
    /// server name makes room IDs unique, and the server is not necessarily in the room.
    ///
    /// Since [room version 12](https://spec.matrix.org/latest/rooms/v12/), a room ID is `!` and the hash of the `m.room.create`
    /// event, with 43 characters of URL-safe base64.
    ///
    /// ```
    /// use matrix_events::RoomId;
    ///
    /// let room = RoomId::parse("!n8f893n9:example.org")?;
    /// assert_eq!(room.opaque_id(), Some("n8f893n9"));
    /// assert_eq!(room.server_name(), Some("example.org"));
    ///
    /// let room = RoomId::parse("!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM")?;
    /// assert_eq!(room.server_name(), None);
    ///
    /// assert!(RoomId::parse("!n8f893n9").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    RoomId, check_room_id
}

const fn check_room_id(text: &str) -> Result<(), InvalidReason> {
    match sigil::split(text, ROOM_SIGIL) {
        Ok((_, Some(_))) => Ok(()),
        Ok(([], None)) => Err(InvalidReason::Empty),
        Ok((opaque_id, None)) if is_hash(opaque_id) => Ok(()),
        Ok((_, None)) => Err(InvalidReason::MissingServerNameOrHash),
        Err(reason) => Err(reason),
    }
}

const fn is_hash(text: &[u8]) -> bool {
    text.len() == HASH_CHARACTERS && Characters::UrlSafe.check(text, 0).is_ok()
}

impl RoomId {
    /// Returns the part between the `!` and the first `:`, or the end. Returns `None` if there is no `!`.
    #[must_use]
    pub fn opaque_id(&self) -> Option<&str> {
        sigil::localpart(self.as_str(), ROOM_SIGIL)
    }

    /// Returns the part after the first `:`. Returns `None` if there is no `!`, no `:`, or no such part.
    #[must_use]
    pub fn server_name(&self) -> Option<&str> {
        sigil::server_name(self.as_str(), ROOM_SIGIL)
    }
}

identifier! {
    /// A [room alias](https://spec.matrix.org/latest/appendices/#room-aliases): `#alias:server`, with up to 255 bytes.
    ///
    /// The alias has any characters except for `:` and NUL. The server, a [`ServerName`](crate::ServerName), resolves the alias
    /// to a room ID.
    ///
    /// ```
    /// use matrix_events::RoomAliasId;
    ///
    /// let alias = RoomAliasId::parse("#café chat:example.org")?;
    /// assert_eq!(alias.alias(), Some("café chat"));
    /// assert_eq!(alias.server_name(), Some("example.org"));
    ///
    /// assert!(RoomAliasId::parse("#café").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    RoomAliasId, check_alias
}

const fn check_alias(text: &str) -> Result<(), InvalidReason> {
    sigil::check(text, ALIAS_SIGIL)
}

impl RoomAliasId {
    /// Returns the part between the `#` and the first `:`, or the end. Returns `None` if there is no `#`.
    #[must_use]
    pub fn alias(&self) -> Option<&str> {
        sigil::localpart(self.as_str(), ALIAS_SIGIL)
    }

    /// Returns the part after the first `:`. Returns `None` if there is no `#`, no `:`, or no such part.
    #[must_use]
    pub fn server_name(&self) -> Option<&str> {
        sigil::server_name(self.as_str(), ALIAS_SIGIL)
    }
}

identifier! {
    /// A [`RoomId`] or a [`RoomAliasId`], for requests that accept both.
    ///
    /// The sigil decides which of them it is: `!` or `#`. The grammar is that of the type with this sigil.
    ///
    /// ```
    /// use matrix_events::{RoomId, RoomOrAliasId};
    ///
    /// let room = RoomOrAliasId::parse("#kitchen:example.org")?;
    /// assert!(room.is_room_alias());
    /// assert_eq!(room.server_name(), Some("example.org"));
    ///
    /// let room = RoomOrAliasId::from(RoomId::new("!n8f893n9:example.org"));
    /// assert_eq!(room.to_room_id(), Some(RoomId::new("!n8f893n9:example.org")));
    ///
    /// assert!(RoomOrAliasId::parse("@alice:example.org").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    RoomOrAliasId, check_room_or_alias
}

const fn check_room_or_alias(text: &str) -> Result<(), InvalidReason> {
    match text.as_bytes() {
        [b'!', ..] => check_room_id(text),
        [b'#', ..] => check_alias(text),
        _ => Err(InvalidReason::MissingRoomSigil),
    }
}

impl RoomOrAliasId {
    /// Returns `true` if the text starts with `!`, as room IDs do.
    #[must_use]
    pub fn is_room_id(&self) -> bool {
        self.as_str().starts_with(ROOM_SIGIL)
    }

    /// Returns `true` if the text starts with `#`, as room aliases do.
    #[must_use]
    pub fn is_room_alias(&self) -> bool {
        self.as_str().starts_with(ALIAS_SIGIL)
    }

    /// Returns the room ID. Returns `None` if the text does not start with `!`.
    #[must_use]
    pub fn to_room_id(&self) -> Option<RoomId> {
        self.is_room_id().then(|| RoomId::new(self.as_str()))
    }

    /// Returns the room alias. Returns `None` if the text does not start with `#`.
    #[must_use]
    pub fn to_room_alias(&self) -> Option<RoomAliasId> {
        self.is_room_alias().then(|| RoomAliasId::new(self.as_str()))
    }

    /// Returns the part after the first `:`. Returns `None` if there is no `!` or `#`, no `:`, or no such part.
    #[must_use]
    pub fn server_name(&self) -> Option<&str> {
        let sigil = if self.is_room_id() { ROOM_SIGIL } else { ALIAS_SIGIL };
        sigil::server_name(self.as_str(), sigil)
    }
}

impl From<RoomId> for RoomOrAliasId {
    fn from(room: RoomId) -> Self {
        Self::new(room.into_string())
    }
}

impl From<RoomAliasId> for RoomOrAliasId {
    fn from(alias: RoomAliasId) -> Self {
        Self::new(alias.into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room_reason(text: &str) -> InvalidReason {
        RoomId::parse(text).unwrap_err().reason
    }

    fn alias_reason(text: &str) -> InvalidReason {
        RoomAliasId::parse(text).unwrap_err().reason
    }

    #[test]
    fn room_ids_of_every_room_version_are_valid() {
        for text in [
            "!n8f893n9:example.org",
            "!n8f893n9:example.org:8448",
            "!部屋 \n/:example.org",
            "!:example.org",
            "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM",
            "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM:example.org",
        ] {
            assert_eq!(RoomId::validate(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn malformed_room_ids_are_errors() {
        for text in ["", "n8f893n9:example.org", "#n8f893n9:example.org"] {
            assert_eq!(room_reason(text), InvalidReason::MissingSigil('!'), "{text}");
        }
        assert_eq!(room_reason("!"), InvalidReason::Empty);
        assert_eq!(room_reason("!n8f893n9:"), InvalidReason::MissingServerName);
        assert_eq!(room_reason("!a\0:example.org"), InvalidReason::ForbiddenCharacter { character: '\0', at: 2 });
        assert_eq!(room_reason("!a:b/c"), InvalidReason::ForbiddenCharacter { character: '/', at: 4 });
        assert_eq!(room_reason(&format!("!{}:a.b", "é".repeat(126))), InvalidReason::TooLong { bytes: 257, max: 255 });
    }

    #[test]
    fn room_id_without_server_or_hash_is_an_error() {
        let hash = "31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM";
        for text in [
            "!n8f893n9".to_owned(),
            format!("!{}", &hash[1..]),
            format!("!{hash}A"),
            format!("!{}", hash.replace('_', "/")),
            format!("!{}é", &hash[2..]),
        ] {
            assert_eq!(room_reason(&text), InvalidReason::MissingServerNameOrHash, "{text}");
        }
    }

    #[test]
    fn opaque_id_and_server_name_are_the_parts_of_a_room_id() {
        let room = RoomId::new("!a:b:c");
        assert_eq!((room.opaque_id(), room.server_name()), (Some("a"), Some("b:c")));
        let room = RoomId::new("!hash");
        assert_eq!((room.opaque_id(), room.server_name()), (Some("hash"), None));
        let room = RoomId::new("#a:b");
        assert_eq!((room.opaque_id(), room.server_name()), (None, None));
    }

    #[test]
    fn room_aliases_are_valid() {
        for text in ["#matrix:example.org", "#日本:example.org", "##a!@ b:[::1]:1", "#:example.org"] {
            assert_eq!(RoomAliasId::validate(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn malformed_room_aliases_are_errors() {
        assert_eq!(alias_reason("matrix:example.org"), InvalidReason::MissingSigil('#'));
        assert_eq!(alias_reason("#matrix"), InvalidReason::MissingColon);
        assert_eq!(alias_reason("#31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM"), InvalidReason::MissingColon);
        assert_eq!(alias_reason("#matrix:"), InvalidReason::MissingServerName);
        assert_eq!(alias_reason("#a:b:example.org"), InvalidReason::InvalidPort);
        assert_eq!(alias_reason("#\0:example.org"), InvalidReason::ForbiddenCharacter { character: '\0', at: 1 });
        assert_eq!(alias_reason(&format!("#{}:a.b", "a".repeat(251))), InvalidReason::TooLong { bytes: 256, max: 255 });
    }

    #[test]
    fn localpart_and_server_name_are_the_parts_of_an_alias() {
        let alias = RoomAliasId::new("#a b:[::1]");
        assert_eq!((alias.alias(), alias.server_name()), (Some("a b"), Some("[::1]")));
        let alias = RoomAliasId::new("a:b");
        assert_eq!((alias.alias(), alias.server_name()), (None, None));
    }

    #[test]
    fn sigil_decides_between_room_id_and_alias() {
        let room = RoomOrAliasId::new("!a:b:c");
        assert_eq!((room.is_room_id(), room.is_room_alias(), room.server_name()), (true, false, Some("b:c")));
        assert_eq!((room.to_room_id(), room.to_room_alias()), (Some(RoomId::new("!a:b:c")), None));
        let alias = RoomOrAliasId::from(RoomAliasId::new("#a"));
        assert_eq!((alias.is_room_id(), alias.is_room_alias(), alias.server_name()), (false, true, None));
        assert_eq!((alias.to_room_id(), alias.to_room_alias()), (None, Some(RoomAliasId::new("#a"))));

        for text in ["", "@a:b", "a:b", "$a"] {
            assert_eq!(RoomOrAliasId::parse(text).unwrap_err().reason, InvalidReason::MissingRoomSigil, "{text}");
        }
        for text in ["!a:b", "!a", "#a:b", "#a", "!", "#a:b/c"] {
            let expected = if text.starts_with('!') { RoomId::validate(text) } else { RoomAliasId::validate(text) };
            let reason = |result: Result<(), crate::InvalidIdentifier>| result.map_err(|error| error.reason);
            assert_eq!(reason(RoomOrAliasId::validate(text)), reason(expected), "{text}");
        }
    }
}
