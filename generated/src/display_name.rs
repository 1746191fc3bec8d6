//! The names of users and rooms that a program displays.
//!
//! [`DisplayNames`] contains the members of a room. It adds the user ID to the display names that several members share, which
//! prevents a user from posing as another user. [`RoomNaming`] calculates the name of a room.
//!
//! ```
//! use matrix_events::display_name::DisplayNames;
//! use matrix_events::room::member::{MembershipState, RoomMemberEventContent};
//!
//! let mut joined = RoomMemberEventContent::new(MembershipState::Join);
//! joined.displayname = Some("Mira".to_owned());
//! let mut names = DisplayNames::new();
//! names.update("@mira:example.org", &joined);
//! assert_eq!(names.get("@mira:example.org").to_string(), "Mira");
//!
//! let renamed = names.update("@other:example.com", &joined);
//! assert_eq!(renamed, ["@mira:example.org", "@other:example.com"]);
//! assert_eq!(names.get("@mira:example.org").to_string(), "Mira (@mira:example.org)");
//! assert_eq!(names.get("@lev:example.org").to_string(), "@lev:example.org");
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::room::canonical_alias::RoomCanonicalAliasEventContent;
use crate::room::member::{MembershipState, RoomMemberEventContent};
use crate::room::name::RoomNameEventContent;
use crate::{RoomAliasId, UserId};

/// The name of a user in a room.
///
/// `Display` formats the name as the
/// [algorithm of the specification](https://spec.matrix.org/v1.19/client-server-api/#calculating-the-display-name-for-a-user)
/// does. A user without a display name has the user ID as name. The user ID follows an ambiguous name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DisplayName<'a> {
    /// The display name that the user chose. `None` if it is absent or empty.
    pub name: Option<&'a str>,
    /// The user ID.
    pub user_id: &'a str,
    /// `true` if another joined or invited member has the same display name.
    pub is_ambiguous: bool,
}

impl fmt::Display for DisplayName<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) if self.is_ambiguous => write!(f, "{name} ({})", self.user_id),
            Some(name) => f.write_str(name),
            None => f.write_str(self.user_id),
        }
    }
}

/// The display names of the members of a room.
///
/// An update takes logarithmic time, plus the number of users whose names change. The names of users who left are included,
/// because their messages remain in the room. Only joined and invited members make a name ambiguous.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisplayNames {
    members: BTreeMap<UserId, Member>,
    by_name: BTreeMap<String, Namesakes>,
}

/// A user with a membership event.
#[derive(Clone, Debug, Default, PartialEq)]
struct Member {
    name: Option<String>,
    /// `true` if the user is joined or invited.
    is_active: bool,
}

/// The users with the same display name.
#[derive(Clone, Debug, Default, PartialEq)]
struct Namesakes {
    users: BTreeSet<UserId>,
    /// The number of users who are joined or invited.
    active: usize,
}

impl Namesakes {
    /// Returns `true` if another user than the member is joined or invited.
    #[inline]
    fn include_others_than(&self, is_active: bool) -> bool {
        self.active > usize::from(is_active)
    }
}

impl DisplayNames {
    /// Creates the names of a room without members.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the membership event of a user. Returns the users whose names change, in the order of their user IDs.
    ///
    /// ```
    /// use matrix_events::display_name::DisplayNames;
    /// use matrix_events::room::member::{MembershipState, RoomMemberEventContent};
    ///
    /// let mut lev = RoomMemberEventContent::new(MembershipState::Join);
    /// lev.displayname = Some("Lev".to_owned());
    /// let mut names = DisplayNames::new();
    /// names.update("@lev:example.org", &lev);
    /// names.update("@lev:example.com", &lev);
    ///
    /// lev.membership = MembershipState::Leave;
    /// assert_eq!(names.update("@lev:example.com", &lev), ["@lev:example.org"]);
    /// assert_eq!(names.get("@lev:example.org").to_string(), "Lev");
    /// assert_eq!(names.get("@lev:example.com").to_string(), "Lev (@lev:example.com)");
    /// ```
    #[inline]
    pub fn update(&mut self, user_id: &str, content: &RoomMemberEventContent) -> Vec<UserId> {
        let name = content.displayname.clone().filter(|name| !name.is_empty());
        let is_active = matches!(content.membership, MembershipState::Join | MembershipState::Invite);
        self.set(user_id, Member { name, is_active })
    }

    #[inline]
    fn set(&mut self, user_id: &str, member: Member) -> Vec<UserId> {
        let before = self.get(user_id).to_string();
        let user_id = UserId::new(user_id);
        let mut renamed = BTreeSet::new();
        if let Some(old) = self.members.remove(&user_id) {
            self.leave_name(&user_id, &old, &mut renamed);
        }
        self.join_name(&user_id, &member, &mut renamed);
        self.members.insert(user_id.clone(), member);
        // The name of this user is compared as text, because it depends on two lists of users.
        match self.get(user_id.as_str()).to_string() == before {
            true => renamed.remove(&user_id),
            false => renamed.insert(user_id),
        };
        renamed.into_iter().collect()
    }

    /// Removes a user from the users with a name, and records the other users for whom the name is no longer ambiguous.
    #[inline]
    fn leave_name(&mut self, user_id: &UserId, member: &Member, renamed: &mut BTreeSet<UserId>) {
        let Some(name) = &member.name else { return };
        let Some(namesakes) = self.by_name.get_mut(name) else { return };
        namesakes.users.remove(user_id);
        let before = namesakes.active;
        namesakes.active -= usize::from(member.is_active);
        toggle_renamed(&self.members, namesakes, before, renamed);
        if namesakes.users.is_empty() {
            self.by_name.remove(name);
        }
    }

    /// Adds a user to the users with a name, and records the other users for whom the name is now ambiguous.
    #[inline]
    fn join_name(&mut self, user_id: &UserId, member: &Member, renamed: &mut BTreeSet<UserId>) {
        let Some(name) = &member.name else { return };
        let namesakes = self.by_name.entry(name.clone()).or_default();
        let before = namesakes.active;
        namesakes.active += usize::from(member.is_active);
        toggle_renamed(&self.members, namesakes, before, renamed);
        namesakes.users.insert(user_id.clone());
    }

    /// Returns the name of a user. A user without a membership event has the user ID as name.
    #[inline]
    pub fn get<'a>(&'a self, user_id: &'a str) -> DisplayName<'a> {
        let member = self.members.get(user_id);
        let name = member.and_then(|member| member.name.as_deref());
        let namesakes = name.and_then(|name| self.by_name.get(name)).zip(member);
        let is_ambiguous = namesakes.is_some_and(|(namesakes, member)| namesakes.include_others_than(member.is_active));
        DisplayName { name, user_id, is_ambiguous }
    }

    /// Returns `true` if the user is joined or invited.
    #[inline]
    pub fn is_active(&self, user_id: &str) -> bool {
        self.members.get(user_id).is_some_and(|member| member.is_active)
    }
}

/// Records the users for whom the name becomes ambiguous or unambiguous. A second change of a user undoes the first one.
#[inline]
fn toggle_renamed(
    members: &BTreeMap<UserId, Member>,
    namesakes: &Namesakes,
    before: usize,
    renamed: &mut BTreeSet<UserId>,
) {
    let after = namesakes.active;
    // The names of active members depend on a second active member, and other names on a first one.
    if before.min(2) == after.min(2) {
        return;
    }
    for user_id in &namesakes.users {
        let own = usize::from(members.get(user_id).is_some_and(|member| member.is_active));
        if (before > own) != (after > own) && !renamed.remove(user_id) {
            renamed.insert(user_id.clone());
        }
    }
}

/// The state and the counts that the name of a room depends on.
///
/// `heroes` and the counts are in the field `summary` of a room in a `/sync` response. If the server sends no `m.heroes`, use up to
/// five members.
///
/// ```
/// use matrix_events::display_name::{DisplayNames, RoomNaming};
///
/// let names = DisplayNames::new();
/// let heroes = ["@mira:example.org".into(), "@lev:example.org".into()];
/// let mut room = RoomNaming::new("@me:example.org", &names, &heroes);
/// room.joined_member_count = 12;
/// assert_eq!(room.display_name().to_string(), "@mira:example.org, @lev:example.org, and 9 others");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RoomNaming<'a> {
    /// The content of `m.room.name`.
    pub name: Option<&'a RoomNameEventContent>,
    /// The content of `m.room.canonical_alias`.
    pub canonical_alias: Option<&'a RoomCanonicalAliasEventContent>,
    /// The user who the name is for. The user is not part of the name.
    pub own_user_id: &'a str,
    /// The display names of the members.
    pub names: &'a DisplayNames,
    /// The members whose names are part of the name of the room: `m.heroes`.
    pub heroes: &'a [UserId],
    /// The number of joined members, with the user: `m.joined_member_count`.
    pub joined_member_count: u64,
    /// The number of invited members: `m.invited_member_count`.
    pub invited_member_count: u64,
    /// The content of `io.element.functional_members`, whose service members are not part of the name. Those that are active in
    /// `names` are subtracted from the counts.
    #[cfg(feature = "unstable-msc4171")]
    pub service_members: Option<&'a crate::member_hints::MemberHintsEventContent>,
}

impl<'a> RoomNaming<'a> {
    /// Creates the naming of a room without `m.room.name` and without `m.room.canonical_alias`, with counts of 0.
    #[inline]
    pub fn new(own_user_id: &'a str, names: &'a DisplayNames, heroes: &'a [UserId]) -> Self {
        Self {
            name: None,
            canonical_alias: None,
            own_user_id,
            names,
            heroes,
            joined_member_count: 0,
            invited_member_count: 0,
            #[cfg(feature = "unstable-msc4171")]
            service_members: None,
        }
    }

    /// Returns the name of the room by the
    /// [algorithm of the specification](https://spec.matrix.org/v1.19/client-server-api/#calculating-the-display-name-for-a-room).
    ///
    /// ```
    /// use matrix_events::display_name::{DisplayNames, RoomDisplayName, RoomNaming};
    /// use matrix_events::room::name::RoomNameEventContent;
    ///
    /// let names = DisplayNames::new();
    /// let heroes = ["@mira:example.org".into()];
    /// let mut room = RoomNaming::new("@me:example.org", &names, &heroes);
    /// room.joined_member_count = 1;
    /// assert_eq!(room.display_name().to_string(), "Empty Room (was @mira:example.org)");
    ///
    /// let name = RoomNameEventContent::new("Greenhouse");
    /// room.name = Some(&name);
    /// assert_eq!(room.display_name(), RoomDisplayName::Named("Greenhouse"));
    /// ```
    #[inline]
    pub fn display_name(&self) -> RoomDisplayName<'a> {
        if let Some(name) = self.name.and_then(|content| content.name.as_deref()).filter(|name| !name.is_empty()) {
            return RoomDisplayName::Named(name);
        }
        let alias = self.canonical_alias.and_then(|content| content.alias.as_ref());
        match alias.filter(|alias| alias.is_valid()) {
            Some(alias) => RoomDisplayName::Aliased(alias),
            None => self.of_members(),
        }
    }

    #[inline]
    fn of_members(&self) -> RoomDisplayName<'a> {
        let excluded = self.excluded();
        let heroes = self.heroes.iter().map(UserId::as_str).filter(|user| !excluded.contains(user));
        let names: Vec<DisplayName<'a>> = heroes.map(|user| self.names.get(user)).collect();
        let members = self.joined_member_count.saturating_add(self.invited_member_count);
        let service_members = excluded.iter().filter(|user| **user != self.own_user_id && self.names.is_active(user));
        let others = members.saturating_sub(1).saturating_sub(count(service_members.count()));
        match (others, names.is_empty()) {
            (0, true) => RoomDisplayName::Empty,
            (0, false) => RoomDisplayName::EmptyWas(names),
            _ => RoomDisplayName::Members { others: others.saturating_sub(count(names.len())), names },
        }
    }

    /// Returns the user and the service members, who are not part of the name.
    #[inline]
    fn excluded(&self) -> BTreeSet<&'a str> {
        #[allow(unused_mut)]
        let mut excluded = BTreeSet::from([self.own_user_id]);
        #[cfg(feature = "unstable-msc4171")]
        if let Some(users) = self.service_members.and_then(|content| content.service_members.as_ref()) {
            excluded.extend(users.iter().map(UserId::as_str));
        }
        excluded
    }
}

#[inline]
fn count(users: usize) -> u64 {
    u64::try_from(users).unwrap_or(u64::MAX)
}

/// The name of a room.
///
/// `Display` formats the name in English. A program for other languages formats the variants.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoomDisplayName<'a> {
    /// The name in `m.room.name`.
    Named(&'a str),
    /// The main alias in `m.room.canonical_alias`.
    Aliased(&'a RoomAliasId),
    /// The names of members.
    Members {
        /// The names, in the order of the heroes. The list is empty if there are no heroes.
        names: Vec<DisplayName<'a>>,
        /// The number of further members, without the user.
        others: u64,
    },
    /// The user is alone. These users were in the room.
    EmptyWas(Vec<DisplayName<'a>>),
    /// The user is alone.
    Empty,
}

impl fmt::Display for RoomDisplayName<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Aliased(alias) => alias.fmt(f),
            Self::Members { names, others } => f.write_str(&joined(names, *others)),
            Self::EmptyWas(names) => write!(f, "Empty Room (was {})", joined(names, 0)),
            Self::Empty => f.write_str("Empty Room"),
        }
    }
}

/// Joins names and the number of further members as an English list.
#[inline]
fn joined(names: &[DisplayName<'_>], others: u64) -> String {
    let mut items: Vec<String> = names.iter().map(ToString::to_string).collect();
    match others {
        0 => {}
        1 if items.is_empty() => items.push("1 member".to_owned()),
        1 => items.push("1 other".to_owned()),
        _ if items.is_empty() => items.push(format!("{others} members")),
        _ => items.push(format!("{others} others")),
    }
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}
