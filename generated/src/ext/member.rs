//! The change that a membership event made, and the invites to direct chats.

use crate::__private::JsonObject;
use crate::membership::{change, Details, MembershipChange};
use crate::room::member::{MembershipState, RoomMemberEventContent, RoomMemberUnsigned};
use crate::{StateEvent, StrippedStateEvent, SyncStateEvent, UserId};

impl<'a> Details<'a> {
    #[inline]
    fn of(content: &'a RoomMemberEventContent) -> Self {
        Self {
            membership: content.membership.as_str(),
            displayname: content.displayname.as_deref(),
            avatar_url: content.avatar_url.as_ref().map(|url| url.as_str()),
        }
    }

    /// Returns the details of `prev_content` in `unsigned`.
    #[inline]
    fn previous(unsigned: Option<&'a RoomMemberUnsigned>) -> Self {
        let Some(content) = unsigned.and_then(|unsigned| unsigned.prev_content.as_ref()) else { return Self::NONE };
        Self {
            membership: text(content, "membership").unwrap_or(Self::NONE.membership),
            displayname: text(content, "displayname"),
            avatar_url: text(content, "avatar_url"),
        }
    }
}

#[inline]
fn text<'a>(content: &'a JsonObject, key: &str) -> Option<&'a str> {
    content.get(key)?.as_str()
}

#[inline]
fn since<'a>(
    previous: Option<&'a RoomMemberEventContent>,
    content: &'a RoomMemberEventContent,
    by_user: Option<bool>,
) -> MembershipChange<'a> {
    change(previous.map_or(Details::NONE, Details::of), Details::of(content), by_user)
}

impl RoomMemberEventContent {
    /// Returns the change from the previous content of the same user. `None` means that the user had no membership event.
    ///
    /// The `sender` and the `state_key` are those of the event with this content. The methods of events with the name
    /// [`membership_change`](SyncStateEvent::membership_change) use `prev_content` of the event.
    ///
    /// ```
    /// use matrix_events::membership::MembershipChange;
    /// use matrix_events::room::member::{MembershipState, RoomMemberEventContent};
    ///
    /// let invite = RoomMemberEventContent::new(MembershipState::Invite);
    /// let leave = RoomMemberEventContent::new(MembershipState::Leave);
    /// let lev = "@lev:example.org";
    /// assert_eq!(leave.membership_change(Some(&invite), lev, lev), MembershipChange::InvitationRejected);
    /// assert_eq!(leave.membership_change(Some(&invite), "@mira:example.org", lev), MembershipChange::InvitationRevoked);
    /// assert_eq!(invite.membership_change(None, "@mira:example.org", lev), MembershipChange::Invited);
    /// ```
    #[inline]
    pub fn membership_change<'a>(
        &'a self,
        previous: Option<&'a Self>,
        sender: &str,
        state_key: &str,
    ) -> MembershipChange<'a> {
        since(previous, self, Some(sender == state_key))
    }
}

macro_rules! with_unsigned {
    ($($event:ident)+) => {$(
        impl $event<RoomMemberEventContent> {
            /// Returns the change that the event made, compared with `prev_content` in `unsigned`.
            ///
            /// A user without `prev_content` had the membership `leave`. Servers omit `prev_content` if the recipient is not
            /// allowed to see the previous event, and in PDUs. If you know the previous content from elsewhere, call
            /// [`membership_change_from`](Self::membership_change_from).
            ///
            /// ```
            /// use matrix_events::membership::MembershipChange;
            /// use matrix_events::AnySyncStateEvent;
            ///
            /// let event: AnySyncStateEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.member", "sender": "@lev:example.org", "state_key": "@lev:example.org",
            ///         "content": {"membership": "join"}, "unsigned": {"prev_content": {"membership": "invite"}}}"#,
            /// )?;
            /// let AnySyncStateEvent::RoomMember(member) = &event else { panic!("{event:?}") };
            /// assert_eq!(member.membership_change(), MembershipChange::InvitationAccepted);
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn membership_change(&self) -> MembershipChange<'_> {
                change(Details::previous(self.unsigned.as_ref()), Details::of(&self.content), self.is_by_user())
            }
        }
    )+};
}

with_unsigned!(StateEvent SyncStateEvent);

macro_rules! members {
    ($($event:ident)+) => {$(
        impl $event<RoomMemberEventContent> {
            /// Returns the change from the previous content of the same user. `None` means that the user had no membership
            /// event.
            ///
            /// Stripped state and PDUs have no `prev_content`.
            ///
            /// ```
            /// use matrix_events::membership::MembershipChange;
            /// use matrix_events::AnyStrippedStateEvent;
            ///
            /// let event: AnyStrippedStateEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.member", "sender": "@mira:example.org", "state_key": "@lev:example.org",
            ///         "content": {"membership": "invite"}}"#,
            /// )?;
            /// let AnyStrippedStateEvent::RoomMember(member) = &event else { panic!("{event:?}") };
            /// assert_eq!(member.membership_change_from(None), MembershipChange::Invited);
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn membership_change_from<'a>(
                &'a self,
                previous: Option<&'a RoomMemberEventContent>,
            ) -> MembershipChange<'a> {
                since(previous, &self.content, self.is_by_user())
            }

            /// Returns the sender of an invite to a direct chat. Returns `None` for any other event.
            ///
            /// An invite with `is_direct` starts a
            /// [direct chat](https://spec.matrix.org/latest/client-server-api/#direct-messaging). When the user accepts the
            /// invite, the client adds the room to `m.direct`, at the key of this sender.
            ///
            /// ```
            /// use matrix_events::direct::DirectEventContent;
            /// use matrix_events::AnyStrippedStateEvent;
            ///
            /// let event: AnyStrippedStateEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.member", "sender": "@mira:example.org", "state_key": "@lev:example.org",
            ///         "content": {"membership": "invite", "is_direct": true}}"#,
            /// )?;
            /// let AnyStrippedStateEvent::RoomMember(member) = &event else { panic!("{event:?}") };
            /// let mut direct = DirectEventContent::new();
            /// if let Some(user) = member.direct_chat_inviter() {
            ///     direct.add_room(user.as_str(), "!garden:example.org");
            /// }
            /// assert!(direct.is_direct("!garden:example.org"));
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn direct_chat_inviter(&self) -> Option<&UserId> {
                let is_invite = self.content.membership == MembershipState::Invite;
                self.sender.as_ref().filter(|_| is_invite && self.content.is_direct == Some(true))
            }

            /// Returns `true` if the kick or the ban also redacts the events of the user, by
            /// [MSC4293](https://github.com/matrix-org/matrix-spec-proposals/pull/4293).
            ///
            /// This is the case if `redact_events` is `true`, the membership is `leave` or `ban`, and the sender is another user. Clients
            /// then redact the events of the user up to the previous `m.room.member` event of the user. The caller checks that the sender
            /// has the power level to redact the events of others.
            ///
            /// Requires the feature `unstable-msc4293`.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::member::RoomMemberEventContent;\nuse matrix_events::", stringify!($event), ";")]
            ///
            #[doc = concat!("let ban: ", stringify!($event), "<RoomMemberEventContent> = matrix_events::from_str(")]
            ///     r#"{"type": "m.room.member", "event_id": "$1", "sender": "@mod:example.org", "state_key": "@spam:example.org",
            ///         "origin_server_ts": 1, "content": {"membership": "ban", "redact_events": true}}"#,
            /// )?;
            /// assert!(ban.should_redact_events());
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[cfg(feature = "unstable-msc4293")]
            #[inline]
            pub fn should_redact_events(&self) -> bool {
                matches!(self.content.membership, MembershipState::Ban | MembershipState::Leave)
                    && self.content.redact_events == Some(true)
                    && self.is_by_user() == Some(false)
            }

            /// Returns `true` if the user of the state key is the sender, and `None` without a sender.
            #[inline]
            fn is_by_user(&self) -> Option<bool> {
                self.sender.as_ref().map(|sender| *sender == self.state_key)
            }
        }
    )+};
}

members!(StateEvent SyncStateEvent StrippedStateEvent);
