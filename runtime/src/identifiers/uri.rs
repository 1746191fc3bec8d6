//! URIs of users, rooms and events: matrix.to URIs and `matrix:` URIs.

use std::fmt;
use std::str::FromStr;

use super::percent::{self, Part};
use super::{EventId, InvalidIdentifier, RoomAliasId, RoomId, RoomOrAliasId, ServerName, UserId};

const MATRIX_TO: &str = "https://matrix.to/#/";
const MATRIX: &str = "matrix:";

/// A user, a room, or an event in a room, which a [`MatrixToUri`] or a [`MatrixUri`] refers to.
///
/// ```
/// use matrix_events::{event_id, room_id, user_id, MatrixId};
///
/// assert_eq!(MatrixId::from(user_id!("@alice:example.org")), MatrixId::User(user_id!("@alice:example.org")));
/// let event = MatrixId::from((room_id!("!n8f893n9:example.org"), event_id!("$event")));
/// assert!(matches!(event, MatrixId::Event(..)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MatrixId {
    /// A room, by its ID.
    Room(RoomId),
    /// A room, by an alias.
    RoomAlias(RoomAliasId),
    /// A user.
    User(UserId),
    /// An event in a room. Events in a room with an alias are deprecated since Matrix 1.11, because aliases can change.
    Event(RoomOrAliasId, EventId),
}

impl From<RoomId> for MatrixId {
    fn from(room: RoomId) -> Self {
        Self::Room(room)
    }
}

impl From<RoomAliasId> for MatrixId {
    fn from(alias: RoomAliasId) -> Self {
        Self::RoomAlias(alias)
    }
}

impl From<UserId> for MatrixId {
    fn from(user: UserId) -> Self {
        Self::User(user)
    }
}

impl<R: Into<RoomOrAliasId>> From<(R, EventId)> for MatrixId {
    fn from((room, event): (R, EventId)) -> Self {
        Self::Event(room.into(), event)
    }
}

impl MatrixId {
    /// Creates an ID from a decoded text with a sigil.
    fn parse(text: &str) -> Result<Self, InvalidUri> {
        Ok(match text.chars().next() {
            Some('@') => Self::User(UserId::parse(text)?),
            Some('!') => Self::Room(RoomId::parse(text)?),
            Some('#') => Self::RoomAlias(RoomAliasId::parse(text)?),
            Some(_) => return Err(InvalidUri::UnknownIdentifier),
            None => return Err(InvalidUri::MissingIdentifier),
        })
    }

    /// Adds an event to the ID of a room.
    fn with_event(self, event: &str) -> Result<Self, InvalidUri> {
        let event = EventId::parse(event)?;
        match self {
            Self::Room(room) => Ok((room, event).into()),
            Self::RoomAlias(alias) => Ok((alias, event).into()),
            Self::User(_) | Self::Event(..) => Err(InvalidUri::EventWithoutRoom),
        }
    }

    /// Returns the text of the user or the room, and the event.
    fn parts(&self) -> (&str, Option<&str>) {
        match self {
            Self::Room(room) => (room.as_str(), None),
            Self::RoomAlias(alias) => (alias.as_str(), None),
            Self::User(user) => (user.as_str(), None),
            Self::Event(room, event) => (room.as_str(), Some(event.as_str())),
        }
    }
}

/// A [matrix.to URI](https://spec.matrix.org/latest/appendices/#matrixto-navigation), such as
/// `https://matrix.to/#/!n8f893n9:example.org?via=example.org`.
///
/// `Display` writes the URI, with the characters percent-encoded that require it. Parsing accepts identifiers that are encoded,
/// partly encoded or not encoded, because clients have created all of them.
///
/// ```
/// use matrix_events::{room_alias_id, server_name, MatrixId, MatrixToUri};
///
/// let uri: MatrixToUri = "https://matrix.to/#/#kitchen:example.org?via=example.org".parse()?;
/// assert_eq!(*uri.id(), MatrixId::RoomAlias(room_alias_id!("#kitchen:example.org")));
/// assert_eq!(uri.via(), [server_name!("example.org")]);
/// assert_eq!(uri.to_string(), "https://matrix.to/#/%23kitchen:example.org?via=example.org");
/// # Ok::<(), matrix_events::InvalidUri>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MatrixToUri {
    id: MatrixId,
    via: Vec<ServerName>,
    other: Vec<(String, String)>,
}

impl MatrixToUri {
    /// Creates a URI without servers and without other parameters.
    ///
    /// ```
    /// use matrix_events::{event_id, room_id, server_name, MatrixToUri};
    ///
    /// let event = (room_id!("!n8f893n9:example.org"), event_id!("$event"));
    /// let uri = MatrixToUri::new(event).with_via([server_name!("example.org")]);
    /// assert_eq!(uri.to_string(), "https://matrix.to/#/!n8f893n9:example.org/$event?via=example.org");
    /// ```
    #[must_use]
    pub fn new(id: impl Into<MatrixId>) -> Self {
        Self { id: id.into(), via: Vec::new(), other: Vec::new() }
    }

    /// Sets the servers that know the room. A URI of a room ID should have up to three of them.
    #[must_use]
    pub fn with_via(self, servers: impl IntoIterator<Item = ServerName>) -> Self {
        Self { via: servers.into_iter().collect(), ..self }
    }

    /// Parses a URI.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is no matrix.to URI, or if an identifier in the URI is invalid.
    pub fn parse(text: &str) -> Result<Self, InvalidUri> {
        let rest = text.strip_prefix(MATRIX_TO).ok_or(InvalidUri::MissingPrefix)?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = path.strip_suffix('/').unwrap_or(path);
        // Event IDs of room version 3 can contain `/`, which clients have not always encoded.
        let is_event =
            |at: &usize| path.get(at + 1..).is_some_and(|event| event.starts_with('$') || event.starts_with("%24"));
        let id = match path.match_indices('/').map(|(at, _)| at).find(is_event) {
            Some(at) => {
                let (room, event) = path.split_at(at);
                MatrixId::parse(&decoded(room)?)?.with_event(&decoded(event.trim_start_matches('/'))?)?
            }
            None => MatrixId::parse(&decoded(path)?)?,
        };
        let Query { via, other } = Query::parse(query)?;
        Ok(Self { id, via, other })
    }

    /// Returns the user, the room or the event.
    #[must_use]
    pub fn id(&self) -> &MatrixId {
        &self.id
    }

    /// Returns the servers that know the room.
    #[must_use]
    pub fn via(&self) -> &[ServerName] {
        &self.via
    }

    /// Returns the names and the values of all other parameters, decoded.
    #[must_use]
    pub fn other_parameters(&self) -> &[(String, String)] {
        &self.other
    }
}

impl fmt::Display for MatrixToUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, event) = self.id.parts();
        f.write_str(MATRIX_TO)?;
        Part::Segment.write(f, id)?;
        if let Some(event) = event {
            f.write_str("/")?;
            Part::Segment.write(f, event)?;
        }
        write_query(f, &self.via, None, &self.other)
    }
}

/// A [`matrix:` URI](https://spec.matrix.org/latest/appendices/#matrix-uri-scheme), such as `matrix:u/alice:example.org?action=chat`.
/// The scheme is part of the specification since Matrix 1.2.
///
/// `Display` writes the URI, with the characters percent-encoded that require it. Parsing ignores the authority and the fragment,
/// which the specification reserves for later use. It accepts the types `user`, `room` and `event` of drafts of the scheme.
///
/// ```
/// use matrix_events::{user_id, MatrixUri, UriAction};
///
/// let uri = MatrixUri::new(user_id!("@alice:example.org")).with_action(UriAction::Chat);
/// assert_eq!(uri.to_string(), "matrix:u/alice:example.org?action=chat");
/// assert_eq!("matrix:u/alice:example.org?action=chat".parse(), Ok(uri));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MatrixUri {
    id: MatrixId,
    via: Vec<ServerName>,
    action: Option<UriAction>,
    other: Vec<(String, String)>,
}

crate::__private::open_enum! {
    /// The action of a [`MatrixUri`]: what a client should do with the user or the room.
    pub enum UriAction {
        /// The client should join the room. It should ask the user before.
        Join = "join",
        /// The client should open a direct chat with the user. It should ask before it creates a room.
        Chat = "chat",
    }
}

impl MatrixUri {
    /// Creates a URI without servers, without an action and without other parameters.
    ///
    /// ```
    /// use matrix_events::{room_id, server_name, MatrixUri, UriAction};
    ///
    /// let uri = MatrixUri::new(room_id!("!n8f893n9:example.org"))
    ///     .with_via([server_name!("example.org")])
    ///     .with_action(UriAction::Join);
    /// assert_eq!(uri.to_string(), "matrix:roomid/n8f893n9:example.org?via=example.org&action=join");
    /// ```
    #[must_use]
    pub fn new(id: impl Into<MatrixId>) -> Self {
        Self { id: id.into(), via: Vec::new(), action: None, other: Vec::new() }
    }

    /// Sets the servers that know the room. A URI of a room ID should have up to three of them.
    #[must_use]
    pub fn with_via(self, servers: impl IntoIterator<Item = ServerName>) -> Self {
        Self { via: servers.into_iter().collect(), ..self }
    }

    /// Sets the action.
    #[must_use]
    pub fn with_action(self, action: UriAction) -> Self {
        Self { action: Some(action), ..self }
    }

    /// Parses a URI.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is no `matrix:` URI, if an identifier in the URI is invalid, or if there are two actions.
    pub fn parse(text: &str) -> Result<Self, InvalidUri> {
        // Schemes are case-insensitive (<https://www.rfc-editor.org/rfc/rfc3986#section-3.1>).
        let scheme = text.get(..MATRIX.len()).filter(|scheme| scheme.eq_ignore_ascii_case(MATRIX));
        let rest = scheme.and_then(|_| text.get(MATRIX.len()..)).ok_or(InvalidUri::MissingPrefix)?;
        let (rest, _fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = match path.strip_prefix("//") {
            Some(path) => path.split_once('/').map_or("", |(_authority, path)| path),
            None => path,
        };
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut segments = path.splitn(4, '/');
        let id = match (segments.next(), segments.next()) {
            (Some("u" | "user"), Some(user)) => MatrixId::parse(&with_sigil('@', user)?)?,
            (Some("r" | "room"), Some(alias)) => MatrixId::parse(&with_sigil('#', alias)?)?,
            (Some("roomid"), Some(room)) => MatrixId::parse(&with_sigil('!', room)?)?,
            (Some("e" | "event"), Some(_)) => return Err(InvalidUri::EventWithoutRoom),
            (None | Some(""), _) | (Some(_), None) => return Err(InvalidUri::MissingIdentifier),
            (Some(_), Some(_)) => return Err(InvalidUri::UnknownIdentifier),
        };
        let id = match (segments.next(), segments.next()) {
            (None, _) => id,
            (Some("e" | "event"), Some(event)) => id.with_event(&with_sigil('$', event)?)?,
            (Some(_), _) => return Err(InvalidUri::UnknownIdentifier),
        };
        let Query { via, other } = Query::parse(query)?;
        let (actions, other): (Vec<_>, Vec<_>) = other.into_iter().partition(|(name, _)| name == ACTION);
        match actions.as_slice() {
            [] => Ok(Self { id, via, action: None, other }),
            [(_, action)] => Ok(Self { id, via, action: Some(UriAction::from(action.as_str())), other }),
            [_, _, ..] => Err(InvalidUri::SeveralActions),
        }
    }

    /// Returns the user, the room or the event.
    #[must_use]
    pub fn id(&self) -> &MatrixId {
        &self.id
    }

    /// Returns the servers that know the user or the room.
    #[must_use]
    pub fn via(&self) -> &[ServerName] {
        &self.via
    }

    /// Returns the action. Clients ignore `join` for a user and `chat` for a room.
    #[must_use]
    pub fn action(&self) -> Option<&UriAction> {
        self.action.as_ref()
    }

    /// Returns the names and the values of all other parameters, decoded.
    #[must_use]
    pub fn other_parameters(&self) -> &[(String, String)] {
        &self.other
    }
}

impl fmt::Display for MatrixUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, event) = self.id.parts();
        let (kind, sigil) = match &self.id {
            MatrixId::User(_) => ("u", '@'),
            MatrixId::Event(room, _) if room.is_room_id() => ("roomid", '!'),
            MatrixId::Room(_) => ("roomid", '!'),
            MatrixId::RoomAlias(_) | MatrixId::Event(..) => ("r", '#'),
        };
        write!(f, "{MATRIX}{kind}/")?;
        Part::Segment.write(f, id.strip_prefix(sigil).unwrap_or(id))?;
        if let Some(event) = event {
            f.write_str("/e/")?;
            Part::Segment.write(f, event.strip_prefix('$').unwrap_or(event))?;
        }
        write_query(f, &self.via, self.action.as_ref(), &self.other)
    }
}

const VIA: &str = "via";
const ACTION: &str = "action";

/// The parameters of a URI, decoded.
struct Query {
    via: Vec<ServerName>,
    other: Vec<(String, String)>,
}

impl Query {
    fn parse(query: &str) -> Result<Self, InvalidUri> {
        let mut parsed = Self { via: Vec::new(), other: Vec::new() };
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            match name == VIA {
                true => parsed.via.push(ServerName::parse(&value)?),
                false => parsed.other.push((name, value)),
            }
        }
        Ok(parsed)
    }
}

fn write_query(
    f: &mut fmt::Formatter<'_>,
    via: &[ServerName],
    action: Option<&UriAction>,
    other: &[(String, String)],
) -> fmt::Result {
    let via = via.iter().map(|server| (VIA, server.as_str()));
    let action = action.map(|action| (ACTION, action.as_str()));
    let other = other.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (index, (name, value)) in via.chain(action).chain(other).enumerate() {
        f.write_str(if index == 0 { "?" } else { "&" })?;
        Part::Query.write(f, name)?;
        f.write_str("=")?;
        Part::Query.write(f, value)?;
    }
    Ok(())
}

fn decoded(text: &str) -> Result<String, InvalidUri> {
    percent::decode(text).ok_or(InvalidUri::NotUtf8)
}

/// Decodes an identifier without its sigil, and adds the sigil.
fn with_sigil(sigil: char, text: &str) -> Result<String, InvalidUri> {
    match text {
        "" => Err(InvalidUri::MissingIdentifier),
        _ => Ok(format!("{sigil}{}", decoded(text)?)),
    }
}

macro_rules! from_str {
    ($($name:ident)+) => {$(
        impl FromStr for $name {
            type Err = InvalidUri;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
    )+};
}

from_str!(MatrixToUri MatrixUri);

impl From<MatrixUri> for MatrixToUri {
    /// Converts the URI. The action is dropped, because matrix.to URIs have none.
    fn from(uri: MatrixUri) -> Self {
        Self { id: uri.id, via: uri.via, other: uri.other }
    }
}

impl From<MatrixToUri> for MatrixUri {
    fn from(uri: MatrixToUri) -> Self {
        let other = uri.other.into_iter().filter(|(name, _)| name != ACTION).collect();
        Self { id: uri.id, via: uri.via, action: None, other }
    }
}

/// Implements the methods that create URIs of an identifier.
macro_rules! uris_of {
    ($($name:ident $text:literal $path:literal;)+) => {$(
        impl $name {
            /// Creates a [`MatrixToUri`] of this identifier.
            ///
            /// ```
            #[doc = concat!("use matrix_events::", stringify!($name), ";")]
            ///
            #[doc = concat!("let uri = ", stringify!($name), "::new(", stringify!($text), ").matrix_to_uri();")]
            #[doc = concat!("assert_eq!(uri.to_string().parse(), Ok(uri));")]
            /// ```
            #[must_use]
            pub fn matrix_to_uri(&self) -> MatrixToUri {
                MatrixToUri::new(self.clone())
            }

            /// Creates a [`MatrixUri`] of this identifier.
            ///
            /// ```
            #[doc = concat!("use matrix_events::", stringify!($name), ";")]
            ///
            #[doc = concat!("let uri = ", stringify!($name), "::new(", stringify!($text), ").matrix_uri();")]
            #[doc = concat!("assert_eq!(uri.to_string(), ", stringify!($path), ");")]
            /// ```
            #[must_use]
            pub fn matrix_uri(&self) -> MatrixUri {
                MatrixUri::new(self.clone())
            }
        }
    )+};
}

uris_of! {
    UserId "@alice:example.org" "matrix:u/alice:example.org";
    RoomId "!n8f893n9:example.org" "matrix:roomid/n8f893n9:example.org";
    RoomAliasId "#kitchen:example.org" "matrix:r/kitchen:example.org";
}

/// The error of an invalid [`MatrixToUri`] or [`MatrixUri`].
///
/// ```
/// use matrix_events::{InvalidUri, MatrixToUri, MatrixUri};
///
/// assert_eq!(MatrixToUri::parse("https://example.org/"), Err(InvalidUri::MissingPrefix));
/// let error = MatrixUri::parse("matrix:u/alice").unwrap_err();
/// assert_eq!(error.to_string(), "invalid user ID: expected `:` and a server name");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidUri {
    /// The text does not start with `https://matrix.to/#/` or `matrix:`.
    MissingPrefix,
    /// The URI has no identifier.
    MissingIdentifier,
    /// The type or the sigil of an identifier is not that of a user, a room or an event.
    UnknownIdentifier,
    /// The event is not in a room.
    EventWithoutRoom,
    /// An identifier is invalid.
    Identifier(InvalidIdentifier),
    /// The percent-encoded bytes are not UTF-8.
    NotUtf8,
    /// The URI has more than one action.
    SeveralActions,
}

impl From<InvalidIdentifier> for InvalidUri {
    fn from(error: InvalidIdentifier) -> Self {
        Self::Identifier(error)
    }
}

impl fmt::Display for InvalidUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Identifier(error) => return error.fmt(f),
            Self::MissingPrefix => "expected `https://matrix.to/#/` or `matrix:` at the start",
            Self::MissingIdentifier => "expected the identifier of a user or a room, found none",
            Self::UnknownIdentifier => "expected the identifier of a user, a room, or an event in a room",
            Self::EventWithoutRoom => "expected the identifier of a room before the event",
            Self::NotUtf8 => "expected UTF-8 in percent-encoding",
            Self::SeveralActions => "expected up to one `action`, found several",
        })
    }
}

impl std::error::Error for InvalidUri {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Identifier(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(text: &str) -> MatrixId {
        UserId::new(text).into()
    }

    fn room(text: &str) -> MatrixId {
        RoomId::new(text).into()
    }

    fn alias(text: &str) -> MatrixId {
        RoomAliasId::new(text).into()
    }

    fn event(room: &str, event: &str) -> MatrixId {
        (RoomOrAliasId::new(room), EventId::new(event)).into()
    }

    #[test]
    fn matrix_to_uris_refer_to_users_rooms_and_events() {
        let version_3 = "$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk";
        for (text, id, via) in [
            ("%23somewhere:example.org", alias("#somewhere:example.org"), ""),
            ("!somewhere:example.org?via=elsewhere.ca", room("!somewhere:example.org"), "elsewhere.ca"),
            ("@alice:example.org", user("@alice:example.org"), ""),
            ("%23somewhere%3Aexample.org", alias("#somewhere:example.org"), ""),
            ("%40alice%3Aexample.org", user("@alice:example.org"), ""),
            ("#somewhere:example.org/", alias("#somewhere:example.org"), ""),
            ("!a:b/$event:example.org?via=x.y", event("!a:b", "$event:example.org"), "x.y"),
            ("%21a%3Ab/%24event%3Aexample.org?via=x.y&via=z", event("!a:b", "$event:example.org"), "x.y z"),
            ("#a:b/$event", event("#a:b", "$event"), ""),
            (&format!("!a:b/{version_3}"), event("!a:b", version_3), ""),
            (&format!("!a:b/{}/?", version_3.replace('/', "%2F")), event("!a:b", version_3), ""),
            ("@a/b:example.org", user("@a/b:example.org"), ""),
            ("#日 本:example.org", alias("#日 本:example.org"), ""),
            ("@a:[::1]:8448?via=%5B::1%5D:8448&via=[::2]", user("@a:[::1]:8448"), "[::1]:8448 [::2]"),
        ] {
            let uri = MatrixToUri::parse(&format!("https://matrix.to/#/{text}")).unwrap();
            assert_eq!(*uri.id(), id, "{text}");
            let servers: Vec<_> = uri.via().iter().map(ServerName::as_str).collect();
            assert_eq!(servers.join(" "), via, "{text}");
            assert_eq!(MatrixToUri::parse(&uri.to_string()), Ok(uri));
        }
    }

    #[test]
    fn matrix_uris_refer_to_users_rooms_and_events() {
        for (text, id, action) in [
            ("matrix:r/somewhere:example.org", alias("#somewhere:example.org"), None),
            ("matrix:roomid/somewhere:example.org?via=elsewhere.ca", room("!somewhere:example.org"), None),
            ("matrix:roomid/a:b/e/event?via=c&action=join", event("!a:b", "$event"), Some(UriAction::Join)),
            ("matrix:u/alice:example.org?action=chat", user("@alice:example.org"), Some(UriAction::Chat)),
            ("matrix:u/alice:example.org?action=org.x", user("@alice:example.org"), Some("org.x".into())),
            ("MATRIX://example.org/user/a:b/?&#fragment", user("@a:b"), None),
            ("matrix:room/a:b/event/c", event("#a:b", "$c"), None),
            ("matrix:u/a%2Fb%3Aexample.org", user("@a/b:example.org"), None),
            ("matrix:roomid/a:b/e/c/d", event("!a:b", "$c/d"), None),
            (
                "matrix:roomid/31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM",
                room("!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM"),
                None,
            ),
        ] {
            let uri = MatrixUri::parse(text).unwrap();
            assert_eq!((uri.id(), uri.action()), (&id, action.as_ref()), "{text}");
            assert_eq!(MatrixUri::parse(&uri.to_string()), Ok(uri));
        }
    }

    #[test]
    fn other_parameters_are_kept() {
        let text = "https://matrix.to/#/@a:b?org.example.theme=a%26b%20%2B&action=x&empty";
        let uri = MatrixToUri::parse(text).unwrap();
        let parameter = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let parameters = [parameter("org.example.theme", "a&b +"), parameter("action", "x"), parameter("empty", "")];
        assert_eq!(uri.other_parameters(), parameters);
        assert_eq!(uri.to_string(), format!("{text}="));

        let uri = MatrixUri::from(uri);
        assert_eq!(uri.to_string(), "matrix:u/a:b?org.example.theme=a%26b%20%2B&empty=");
        let uri = MatrixToUri::from(uri.with_action(UriAction::Chat));
        assert_eq!(uri.to_string(), "https://matrix.to/#/@a:b?org.example.theme=a%26b%20%2B&empty=");
    }

    #[test]
    fn malformed_matrix_to_uris_are_errors() {
        for (text, error) in [
            ("", InvalidUri::MissingPrefix),
            ("http://matrix.to/#/@a:b", InvalidUri::MissingPrefix),
            ("https://matrix.to/@a:b", InvalidUri::MissingPrefix),
            ("https://matrix.to/#/", InvalidUri::MissingIdentifier),
            ("https://matrix.to/#/?via=a", InvalidUri::MissingIdentifier),
            ("https://matrix.to/#/+group:example.org", InvalidUri::UnknownIdentifier),
            ("https://matrix.to/#/$event", InvalidUri::UnknownIdentifier),
            ("https://matrix.to/#/@a:b/$event", InvalidUri::EventWithoutRoom),
            ("https://matrix.to/#/@a%ff:b", InvalidUri::NotUtf8),
            ("https://matrix.to/#/@alice", UserId::parse("@alice").unwrap_err().into()),
            ("https://matrix.to/#/!a:b/$", EventId::parse("$").unwrap_err().into()),
            ("https://matrix.to/#/!a:b/event", RoomId::parse("!a:b/event").unwrap_err().into()),
            ("https://matrix.to/#/@a:b?via=c_d", ServerName::parse("c_d").unwrap_err().into()),
        ] {
            assert_eq!(MatrixToUri::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn malformed_matrix_uris_are_errors() {
        for (text, error) in [
            ("", InvalidUri::MissingPrefix),
            ("matrix", InvalidUri::MissingPrefix),
            ("mátrix:", InvalidUri::MissingPrefix),
            ("https://matrix.to/#/@a:b", InvalidUri::MissingPrefix),
            ("matrix:", InvalidUri::MissingIdentifier),
            ("matrix:u", InvalidUri::MissingIdentifier),
            ("matrix:u/", InvalidUri::MissingIdentifier),
            ("matrix://u/a:b", InvalidUri::MissingIdentifier),
            ("matrix:x/a:b", InvalidUri::UnknownIdentifier),
            ("matrix:U/a:b", InvalidUri::UnknownIdentifier),
            ("matrix:roomid/a:b/e", InvalidUri::UnknownIdentifier),
            ("matrix:roomid/a:b/u/c:d", InvalidUri::UnknownIdentifier),
            ("matrix:e/event", InvalidUri::EventWithoutRoom),
            ("matrix:u/a:b/e/event", InvalidUri::EventWithoutRoom),
            ("matrix:u/a:b?action=chat&action=chat", InvalidUri::SeveralActions),
            ("matrix:u/%ff:b", InvalidUri::NotUtf8),
            ("matrix:u/alice", UserId::parse("@alice").unwrap_err().into()),
            ("matrix:roomid/a:b?via=", ServerName::parse("").unwrap_err().into()),
        ] {
            assert_eq!(MatrixUri::parse(text), Err(error), "{text}");
        }
    }

    /// Creates pseudo-random URIs of valid identifiers with all kinds of characters.
    fn random_uris() -> impl Iterator<Item = MatrixUri> {
        let mut state = 1_u32;
        let mut next = move |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        let characters: Vec<char> =
            ('\u{1}'..='\u{7f}').filter(|one| *one != ':').chain(['é', '日', '🔝', '\u{202e}']).collect();
        let servers = ["example.org", "a", "192.0.2.1:80", "[2001:db8::1]:8448"];
        (0..20_000).map(move |_| {
            let mut word =
                |least: usize| -> String { (0..least + next(9)).map(|_| characters[next(characters.len())]).collect() };
            let (name, event, parameter, value) = (word(0), word(1), word(1), word(0));
            let mut server = || servers[next(servers.len())];
            let (user, room, alias) =
                (format!("@{name}:{}", server()), format!("!{name}:{}", server()), format!("#{name}:{}", server()));
            let (first, second) = (ServerName::new(server()), ServerName::new(server()));
            let id: MatrixId = match next(5) {
                0 => UserId::new(user).into(),
                1 => RoomId::new(room).into(),
                2 => RoomAliasId::new(alias).into(),
                3 => (RoomId::new(room), EventId::new(format!("${event}"))).into(),
                _ => (RoomAliasId::new(alias), EventId::new(format!("${event}"))).into(),
            };
            let uri = MatrixUri::new(id).with_via([first, second].into_iter().take(next(3)));
            let uri = MatrixUri { other: vec![(parameter, value)].into_iter().take(next(2)).collect(), ..uri };
            match next(4) {
                0 => uri,
                1 => uri.with_action(UriAction::Join),
                2 => uri.with_action(UriAction::Chat),
                _ => uri.with_action(UriAction::from(event.as_str())),
            }
        })
    }

    #[test]
    fn parsing_the_text_of_a_uri_gives_the_uri() {
        for uri in random_uris() {
            let text = uri.to_string();
            assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text}");
            assert_eq!(MatrixUri::parse(&text).as_ref(), Ok(&uri), "{text}");
            let uri = MatrixToUri::from(uri);
            let text = uri.to_string();
            assert_eq!(MatrixToUri::parse(&text).as_ref(), Ok(&uri), "{text}");
        }
    }
}
