//! The requests of the bot to its homeserver.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{ensure, Context, Result};
use matrix_events::responses::sync::SyncResponse;
use matrix_events::{from_str, EventId, MessageLikeEventContent, RoomId, StateEventContent, UserId};
use serde::{Deserialize, Serialize};
use ureq::http::{Method, Request};
use ureq::Agent;

use crate::bot::Homeserver;

/// The time that the homeserver waits for new events, in milliseconds.
const SYNC_TIMEOUT: &str = "5000";

/// The time after which a request fails.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// A session of a user on a homeserver.
pub struct Client {
    agent: Agent,
    homeserver: String,
    access_token: String,
    user_id: UserId,
    /// The number of sent events. A homeserver ignores an event with the transaction ID of another event.
    sent: u64,
    /// The folder for the bodies with events, and their number.
    record: Option<(PathBuf, u64)>,
}

#[derive(Serialize)]
struct Login<'l> {
    r#type: &'l str,
    identifier: Identifier<'l>,
    password: &'l str,
    initial_device_display_name: &'l str,
}

#[derive(Serialize)]
struct Identifier<'l> {
    r#type: &'l str,
    user: &'l str,
}

#[derive(Deserialize)]
struct Session {
    access_token: String,
    user_id: UserId,
}

#[derive(Deserialize)]
struct Sent {
    event_id: EventId,
}

impl Client {
    /// Logs in with a password. With a folder, writes each body that may contain events to a file.
    ///
    /// # Errors
    ///
    /// Returns an error if the homeserver cannot be reached, or refuses the request.
    pub fn log_in(homeserver: &str, user: &str, password: &str, record: Option<PathBuf>) -> Result<Self> {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(REQUEST_TIMEOUT));
        let mut client = Self {
            agent: config.build().into(),
            homeserver: homeserver.trim_end_matches('/').to_owned(),
            access_token: String::new(),
            user_id: UserId::new(""),
            sent: 0,
            record: record.map(|folder| (folder, 0)),
        };
        let login = Login {
            r#type: "m.login.password",
            identifier: Identifier { r#type: "m.id.user", user },
            password,
            initial_device_display_name: "echo-bot",
        };
        let body = client.request(Method::POST, "v3/login", &serde_json::to_string(&login)?)?;
        let session: Session = serde_json::from_str(&body).context("failed to log in")?;
        (client.access_token, client.user_id) = (session.access_token, session.user_id);
        Ok(client)
    }

    /// Returns the user of the session.
    #[must_use]
    pub fn user_id(&self) -> &UserId {
        &self.user_id
    }

    /// Requests the events since a token, or the current state of all rooms.
    ///
    /// # Errors
    ///
    /// Returns an error if the request fails, or the body is no JSON object.
    pub fn sync(&mut self, since: Option<&str>) -> Result<SyncResponse> {
        let since = since.map(|since| format!("&since={}", encoded(since))).unwrap_or_default();
        let body = self.request(Method::GET, &format!("v3/sync?timeout={SYNC_TIMEOUT}{since}"), "")?;
        from_str(&body).context("failed to deserialize a response of /sync")
    }

    fn request(&mut self, method: Method, path: &str, body: &str) -> Result<String> {
        let request = Request::builder()
            .method(method.clone())
            .uri(format!("{}/_matrix/client/{path}", self.homeserver))
            .header("authorization", format!("Bearer {}", self.access_token))
            .header("content-type", "application/json")
            .body(body.to_owned())?;
        let mut response = self.agent.run(request).with_context(|| format!("failed to request {path}"))?;
        let status = response.status();
        let body = response.body_mut().read_to_string().with_context(|| format!("failed to read {path}"))?;
        ensure!(status.is_success(), "the homeserver refused {path} with {status}: {body}");
        // The bodies of other responses contain no events.
        if let Some((folder, count)) = self.record.as_mut().filter(|_| method == Method::GET) {
            *count += 1;
            let name: String = path.split('?').next().unwrap_or_default().replace('/', "_");
            std::fs::write(folder.join(format!("{count:05}-{method}-{name}.json")), &body)?;
        }
        Ok(body)
    }

    fn put(&mut self, path: &str, body: &str) -> Result<EventId> {
        let body = self.request(Method::PUT, path, body)?;
        Ok(serde_json::from_str::<Sent>(&body)?.event_id)
    }

    fn transaction(&mut self) -> u64 {
        self.sent += 1;
        self.sent
    }
}

impl Homeserver for Client {
    fn join(&mut self, room: &RoomId) -> Result<()> {
        self.request(Method::POST, &format!("v3/rooms/{}/join", encoded(room.as_str())), "{}").map(drop)
    }

    fn send<C: MessageLikeEventContent>(&mut self, room: &RoomId, content: &C) -> Result<EventId> {
        // The body is valid, or this fails before the request.
        let (body, transaction) = (content.to_json_checked()?, self.transaction());
        let path = format!("v3/rooms/{}/send/{}/{transaction}", encoded(room.as_str()), C::TYPE);
        self.put(&path, &body)
    }

    fn set_state<C: StateEventContent>(&mut self, room: &RoomId, content: &C) -> Result<EventId> {
        let path = format!("v3/rooms/{}/state/{}", encoded(room.as_str()), C::TYPE);
        self.put(&path, &content.to_json_checked()?)
    }

    fn redact(&mut self, room: &RoomId, event: &EventId) -> Result<EventId> {
        let (event, transaction) = (encoded(event.as_str()), self.transaction());
        self.put(&format!("v3/rooms/{}/redact/{event}/{transaction}", encoded(room.as_str())), "{}")
    }
}

/// Encodes a text as a segment of a path or as a value of a query.
fn encoded(text: &str) -> String {
    let is_unreserved = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.bytes()
        .map(|byte| if is_unreserved(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
