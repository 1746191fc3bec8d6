//! The settings of the user for previews of media (MSC4278).

use crate::media_preview_config::{InviteAvatars, MediaPreviewConfigEventContent, MediaPreviews};
use crate::room::join_rules::JoinRule;
use crate::Extra;

/// Returns the value of a setting. A value that is not a string is unknown, and therefore means `off`.
fn setting<T: Clone>(value: Option<&T>, extra: &Extra, name: &str, off: T) -> Option<T> {
    let has_invalid_value = extra.get(name).is_some_and(|value| !value.is_null());
    value.cloned().or_else(|| has_invalid_value.then_some(off))
}

impl MediaPreviewConfigEventContent {
    /// Returns the settings for a room, from the global account data and the account data of the room.
    ///
    /// A setting of the room has priority, by [MSC4278](https://github.com/matrix-org/matrix-spec-proposals/pull/4278). The result has only
    /// the two settings.
    ///
    /// ```
    /// use matrix_events::media_preview_config::{InviteAvatars, MediaPreviewConfigEventContent, MediaPreviews};
    ///
    /// let [global, room]: [MediaPreviewConfigEventContent; 2] =
    ///     serde_json::from_str(r#"[{"media_previews": "off", "invite_avatars": "off"}, {"media_previews": "on"}]"#)?;
    /// let config = MediaPreviewConfigEventContent::merge_global_and_room_config(&global, &room);
    /// assert_eq!(config.media_previews, Some(MediaPreviews::On));
    /// assert_eq!(config.invite_avatars, Some(InviteAvatars::Off));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn merge_global_and_room_config(global_config: &Self, room_config: &Self) -> Self {
        Self {
            media_previews: room_config.known_previews().or_else(|| global_config.known_previews()),
            invite_avatars: room_config.known_avatars().or_else(|| global_config.known_avatars()),
            extra: Extra::new(),
        }
    }

    fn known_previews(&self) -> Option<MediaPreviews> {
        setting(self.media_previews.as_ref(), &self.extra, "media_previews", MediaPreviews::Off)
    }

    fn known_avatars(&self) -> Option<InviteAvatars> {
        setting(self.invite_avatars.as_ref(), &self.extra, "invite_avatars", InviteAvatars::Off)
    }

    /// Returns `true` if clients show media in a room with a join rule without a request of the user. The rule is `None` if it is unknown.
    ///
    /// `private` includes the rooms with the rules `invite`, `knock`, `restricted` and `knock_restricted`. The default is `on`. An unknown
    /// value means `off`.
    ///
    /// ```
    /// use matrix_events::media_preview_config::MediaPreviewConfigEventContent;
    /// use matrix_events::room::join_rules::JoinRule;
    ///
    /// let config: MediaPreviewConfigEventContent = serde_json::from_str(r#"{"media_previews": "private"}"#)?;
    /// assert!(config.shows_media(Some(&JoinRule::Invite)));
    /// assert!(!config.shows_media(Some(&JoinRule::Public)) && !config.shows_media(None));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn shows_media(&self, join_rule: Option<&JoinRule>) -> bool {
        match self.known_previews() {
            None | Some(MediaPreviews::On) => true,
            Some(MediaPreviews::Private) => join_rule
                .is_some_and(|rule| matches!(rule, JoinRule::Invite | JoinRule::Knock) || rule.has_conditions()),
            Some(MediaPreviews::Off | MediaPreviews::Unknown(_)) => false,
        }
    }

    /// Returns `true` if clients show the avatars in invites.
    ///
    /// The default is `on`. An unknown value means `off`.
    ///
    /// ```
    /// use matrix_events::media_preview_config::MediaPreviewConfigEventContent;
    ///
    /// assert!(MediaPreviewConfigEventContent::new().shows_invite_avatars());
    /// ```
    #[inline]
    pub fn shows_invite_avatars(&self) -> bool {
        matches!(self.known_avatars(), None | Some(InviteAvatars::On))
    }
}
