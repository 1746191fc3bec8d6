//! Changes of memberships, such as a join, a kick or a new display name.
//!
//! A program finds the change that an `m.room.member` event made with
//! [`SyncStateEvent::membership_change`](crate::SyncStateEvent::membership_change), which compares the content with
//! `prev_content` in `unsigned`.
//!
//! ```
//! use matrix_events::membership::MembershipChange;
//! use matrix_events::room::member::RoomMemberEventContent;
//! use matrix_events::SyncStateEvent;
//!
//! let event: SyncStateEvent<RoomMemberEventContent> = serde_json::from_str(
//!     r#"{"type": "m.room.member", "event_id": "$2", "sender": "@mod:example.org", "state_key": "@lev:example.org",
//!         "origin_server_ts": 2, "content": {"membership": "leave"}, "unsigned": {"prev_content": {"membership": "join"}}}"#,
//! )?;
//! assert_eq!(event.membership_change(), MembershipChange::Kicked);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Changes
//!
//! The specification has the [table](https://spec.matrix.org/v1.19/client-server-api/#mroommember) of the changes. A user without an
//! earlier event has the membership `leave`. The user itself or another user can be the sender of a `leave`.
//!
//! | from | to `invite` | to `join` | to `leave` | to `ban` | to `knock` |
//! |---|---|---|---|---|---|
//! | `invite` | `None` | `InvitationAccepted` | `InvitationRejected`, `InvitationRevoked` | `Banned` | `Knocked` |
//! | `join` | `Error` | `ProfileChanged`, `None` | `Left`, `Kicked` | `KickedAndBanned` | `Error` |
//! | `leave` | `Invited` | `Joined` | `None` | `Banned` | `Knocked` |
//! | `ban` | `Error` | `Error` | `Unbanned` | `None` | `Error` |
//! | `knock` | `KnockAccepted` | `Joined` | `KnockRetracted`, `KnockDenied` | `Banned` | `None` |
//!
//! The table of the specification excludes a join after a knock. The
//! [authorization rules](https://spec.matrix.org/v1.19/rooms/v12/#authorization-rules) allow it if the room is public, or if its join
//! rule is `restricted` or `knock_restricted`. This crate returns [`Joined`](MembershipChange::Joined).

/// A change that an `m.room.member` event made.
///
/// ```
/// use matrix_events::membership::{Change, MembershipChange};
/// use matrix_events::room::member::{MembershipState, RoomMemberEventContent};
///
/// let before = RoomMemberEventContent::new(MembershipState::Join);
/// let mut after = before.clone();
/// after.displayname = Some("Mira".to_owned());
/// let change = after.membership_change(Some(&before), "@mira:example.org", "@mira:example.org");
/// let MembershipChange::ProfileChanged { displayname_change, avatar_url_change } = change else { panic!("{change:?}") };
/// assert_eq!(displayname_change, Some(Change { old: None, new: Some("Mira") }));
/// assert_eq!(avatar_url_change, None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MembershipChange<'a> {
    /// The membership, the display name and the avatar are the same.
    None,
    /// A change that servers never accept, such as a join of a banned user.
    Error,
    /// The user joined.
    Joined,
    /// The user left.
    Left,
    /// The user, who was not in the room, was banned.
    Banned,
    /// The ban of the user was lifted.
    Unbanned,
    /// Another user removed the user from the room.
    Kicked,
    /// The user was invited.
    Invited,
    /// The user, who was in the room, was banned.
    KickedAndBanned,
    /// The user joined after an invite.
    InvitationAccepted,
    /// The user rejected the invite.
    InvitationRejected,
    /// Another user revoked the invite.
    InvitationRevoked,
    /// The user knocked.
    Knocked,
    /// The user was invited after a knock.
    KnockAccepted,
    /// The user retracted the knock.
    KnockRetracted,
    /// Another user denied the knock.
    KnockDenied,
    /// The user, who is in the room, changed the display name or the avatar. At least one of the fields is present.
    ProfileChanged {
        /// The change of the display name. `None` if it is the same.
        displayname_change: Option<Change<Option<&'a str>>>,
        /// The change of the URL of the avatar. `None` if it is the same.
        avatar_url_change: Option<Change<Option<&'a str>>>,
    },
    /// A change from or to a custom membership, or a change whose kind depends on a sender that the event omits.
    NotImplemented,
}

/// An old and a new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_structs)]
pub struct Change<T> {
    /// The old value.
    pub old: T,
    /// The new value.
    pub new: T,
}

impl<T: PartialEq> Change<T> {
    /// Creates a change. Returns `None` if the values are equal.
    #[inline]
    fn between(old: T, new: T) -> Option<Self> {
        (old != new).then_some(Self { old, new })
    }
}

/// The members of an `m.room.member` content that a change depends on.
#[derive(Clone, Copy)]
pub(crate) struct Details<'a> {
    pub(crate) membership: &'a str,
    pub(crate) displayname: Option<&'a str>,
    pub(crate) avatar_url: Option<&'a str>,
}

impl Details<'_> {
    /// The details of a user without an event.
    pub(crate) const NONE: Self = Self { membership: "leave", displayname: None, avatar_url: None };
}

/// Returns the change between two contents. `by_user` is `true` if the user is the sender.
#[inline]
pub(crate) fn change<'a>(before: Details<'a>, after: Details<'a>, by_user: Option<bool>) -> MembershipChange<'a> {
    use MembershipChange as Is;
    let by = |user, other| by_user.map_or(Is::NotImplemented, |by_user| if by_user { user } else { other });
    match (before.membership, after.membership) {
        ("leave" | "knock", "join") => Is::Joined,
        ("invite", "join") => Is::InvitationAccepted,
        ("join", "join") if by_user != Some(false) => profile_change(before, after),
        ("join", "leave") => by(Is::Left, Is::Kicked),
        ("invite", "leave") => by(Is::InvitationRejected, Is::InvitationRevoked),
        ("knock", "leave") => by(Is::KnockRetracted, Is::KnockDenied),
        ("ban", "leave") => Is::Unbanned,
        ("join", "ban") => Is::KickedAndBanned,
        ("invite" | "leave" | "knock", "ban") => Is::Banned,
        ("leave", "invite") => Is::Invited,
        ("knock", "invite") => Is::KnockAccepted,
        ("leave" | "invite", "knock") => Is::Knocked,
        ("join" | "ban", "invite" | "knock") | ("ban", "join") => Is::Error,
        (before, after) if before == after => Is::None,
        _ => Is::NotImplemented,
    }
}

#[inline]
fn profile_change<'a>(before: Details<'a>, after: Details<'a>) -> MembershipChange<'a> {
    let displayname_change = Change::between(before.displayname, after.displayname);
    let avatar_url_change = Change::between(before.avatar_url, after.avatar_url);
    match (displayname_change, avatar_url_change) {
        (None, None) => MembershipChange::None,
        _ => MembershipChange::ProfileChanged { displayname_change, avatar_url_change },
    }
}
