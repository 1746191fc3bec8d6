//! Event IDs.

use super::{sigil, InvalidReason};

const SIGIL: char = '$';

identifier! {
    /// An [event ID](https://spec.matrix.org/latest/appendices/#event-ids): `$` and an opaque ID, with up to 255 bytes.
    ///
    /// The form depends on the room version. In versions 1 and 2, the form is `$opaque_id:server`. Since version 3, an event ID
    /// is `$` and the hash of the event in base64, with 43 characters. Since version 4, the base64 is URL-safe.
    ///
    /// An event ID does not state the room version, and is opaque to clients. Validation therefore accepts every form. It
    /// requires an ID after the `$`, no NUL, and a valid [`ServerName`](crate::ServerName) after the first `:`, if any.
    ///
    /// ```
    /// use matrix_events::EventId;
    ///
    /// let event = EventId::parse("$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg")?;
    /// assert_eq!(event.opaque_id(), Some("Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg"));
    /// assert_eq!(event.server_name(), None);
    ///
    /// let event = EventId::parse("$h29iv0s8:example.org")?;
    /// assert_eq!(event.server_name(), Some("example.org"));
    ///
    /// assert!(EventId::parse("h29iv0s8:example.org").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    EventId, check
}

const fn check(text: &str) -> Result<(), InvalidReason> {
    match sigil::split(text, SIGIL) {
        Ok(([], None)) => Err(InvalidReason::Empty),
        Ok(_) => Ok(()),
        Err(reason) => Err(reason),
    }
}

impl EventId {
    /// Returns the part between the `$` and the first `:`, or the end. Returns `None` if there is no `$`.
    #[must_use]
    pub fn opaque_id(&self) -> Option<&str> {
        sigil::localpart(self.as_str(), SIGIL)
    }

    /// Returns the part after the first `:`. Returns `None` if there is no `$`, no `:`, or no such part.
    #[must_use]
    pub fn server_name(&self) -> Option<&str> {
        sigil::server_name(self.as_str(), SIGIL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> InvalidReason {
        EventId::parse(text).unwrap_err().reason
    }

    #[test]
    fn event_ids_of_every_room_version_are_valid() {
        for text in [
            "$143273582443PhrSn:example.org",
            "$event:[::1]:8448",
            "$:example.org",
            "$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk",
            "$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg",
            "$some_event_id",
            "$出来事",
        ] {
            assert_eq!(EventId::validate(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn malformed_event_ids_are_errors() {
        for text in ["", "event:example.org", "!event:example.org"] {
            assert_eq!(reason(text), InvalidReason::MissingSigil('$'), "{text}");
        }
        assert_eq!(reason("$"), InvalidReason::Empty);
        assert_eq!(reason("$event:"), InvalidReason::MissingServerName);
        assert_eq!(reason("$event:example.org:x"), InvalidReason::InvalidPort);
        assert_eq!(reason("$a\0"), InvalidReason::ForbiddenCharacter { character: '\0', at: 2 });
        assert_eq!(reason(&format!("${}", "a".repeat(255))), InvalidReason::TooLong { bytes: 256, max: 255 });
        assert!(EventId::new(format!("${}", "a".repeat(254))).is_valid());
    }

    #[test]
    fn opaque_id_and_server_name_are_the_parts() {
        let event = EventId::new("$a:b:c");
        assert_eq!((event.opaque_id(), event.server_name()), (Some("a"), Some("b:c")));
        let event = EventId::new("$a/b");
        assert_eq!((event.opaque_id(), event.server_name()), (Some("a/b"), None));
        let event = EventId::new("a:b");
        assert_eq!((event.opaque_id(), event.server_name()), (None, None));
    }
}
