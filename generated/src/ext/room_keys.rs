//! Withheld room keys.

use crate::room_key::withheld::{Code, RoomKeyWithheldEventContent};
use crate::{RoomId, SessionId, UnpaddedBase64};

impl Code {
    /// Returns `true` if the [code](https://spec.matrix.org/latest/client-server-api/#mroom_keywithheld) applies to one session, so that
    /// `room_id` and `session_id` are required. Only `m.no_olm` applies to several sessions.
    ///
    /// ```
    /// use matrix_events::room_key::withheld::Code;
    ///
    /// assert!(Code::Unverified.requires_session() && !Code::NoOlm.requires_session());
    /// ```
    #[inline]
    #[must_use]
    pub fn requires_session(&self) -> bool {
        *self != Self::NoOlm
    }
}

impl RoomKeyWithheldEventContent {
    /// Creates the notice that the key of a session is withheld.
    ///
    /// For the code `m.no_olm`, use [`no_olm`](Self::no_olm).
    ///
    /// ```
    /// use matrix_events::room_key::withheld::{Code, RoomKeyWithheldEventContent};
    ///
    /// let notice = RoomKeyWithheldEventContent::for_session(Code::Unverified, "!garden:example.org", "c2Vzc2lvbg", "a2V5");
    /// assert_eq!(notice.session().map(|(_, session)| session.as_str()), Some("c2Vzc2lvbg"));
    /// ```
    #[inline]
    #[must_use]
    pub fn for_session(
        code: Code,
        room_id: impl Into<RoomId>,
        session_id: impl Into<SessionId>,
        sender_key: impl Into<UnpaddedBase64>,
    ) -> Self {
        Self { room_id: Some(room_id.into()), session_id: Some(session_id.into()), ..Self::new(sender_key, code) }
    }

    /// Creates the notice that keys are withheld, because the sender failed to establish an Olm session.
    ///
    /// ```
    /// use matrix_events::room_key::withheld::{Code, RoomKeyWithheldEventContent};
    ///
    /// let notice = RoomKeyWithheldEventContent::no_olm("a2V5");
    /// assert_eq!((&notice.code, notice.session()), (&Code::NoOlm, None));
    /// ```
    #[inline]
    #[must_use]
    pub fn no_olm(sender_key: impl Into<UnpaddedBase64>) -> Self {
        Self::new(sender_key, Code::NoOlm)
    }

    /// Returns the session that the notice applies to.
    ///
    /// Returns `None` if `code` is `m.no_olm`, since the notice applies to several sessions then, or if `room_id` or `session_id` is
    /// absent.
    ///
    /// ```
    /// use matrix_events::room_key::withheld::RoomKeyWithheldEventContent;
    ///
    /// let notice: RoomKeyWithheldEventContent = serde_json::from_str(
    ///     r#"{"algorithm": "m.megolm.v1.aes-sha2", "code": "m.blacklisted", "sender_key": "a2V5",
    ///         "room_id": "!garden:example.org", "session_id": "c2Vzc2lvbg"}"#,
    /// )?;
    /// let (room_id, session_id) = notice.session().expect("a session");
    /// assert_eq!((room_id.as_str(), session_id.as_str()), ("!garden:example.org", "c2Vzc2lvbg"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn session(&self) -> Option<(&RoomId, &SessionId)> {
        let session = self.room_id.as_ref().zip(self.session_id.as_ref());
        session.filter(|_| self.code.requires_session())
    }
}
