//! The answers of the bot to events. This module knows no HTTP, so the tests run without a homeserver.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use matrix_events::membership::MembershipChange;
use matrix_events::power_levels::RoomPowerLevels;
use matrix_events::reaction::ReactionEventContent;
use matrix_events::relations::RelatedEvent;
use matrix_events::responses::sync::{JoinedRoom, SyncResponse};
use matrix_events::room::create::RoomCreateEventContent;
use matrix_events::room::member::RoomMemberEventContent;
use matrix_events::room::message::RoomMessageEventContent;
use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use matrix_events::room::redaction::RoomRedactionEventContent;
use matrix_events::room::topic::RoomTopicEventContent;
use matrix_events::{
    AnySyncStateEvent, AnySyncTimelineEvent, EventContent, EventId, MessageLikeEventContent, RoomId, StateEventContent,
    SyncRoomEvent, SyncStateEvent, UserId,
};

/// The requests that the bot sends.
pub trait Homeserver {
    /// Joins a room.
    fn join(&mut self, room: &RoomId) -> Result<()>;
    /// Sends a message-like event, and returns its ID.
    fn send<C: MessageLikeEventContent>(&mut self, room: &RoomId, content: &C) -> Result<EventId>;
    /// Sends a state event with an empty state key, and returns its ID.
    fn set_state<C: StateEventContent>(&mut self, room: &RoomId, content: &C) -> Result<EventId>;
    /// Redacts an event, and returns the ID of the redaction.
    fn redact(&mut self, room: &RoomId, event: &EventId) -> Result<EventId>;
}

/// The bot and its rooms.
pub struct Bot {
    user_id: UserId,
    rooms: HashMap<RoomId, Room>,
    /// `true` after the first response, whose timelines contain events from before the start of the bot.
    is_up_to_date: bool,
}

/// A room that the bot is in.
#[derive(Default)]
struct Room {
    create: Option<SyncStateEvent<RoomCreateEventContent>>,
    power_levels: Option<RoomPowerLevelsEventContent>,
    /// The bot's answers by the messages that they answer.
    answers: BTreeMap<EventId, EventId>,
}

impl Bot {
    /// Creates a bot with its user ID.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, rooms: HashMap::new(), is_up_to_date: false }
    }

    /// Handles the events of a response of `/sync`.
    pub fn handle(&mut self, response: &SyncResponse, homeserver: &mut impl Homeserver) -> Result<()> {
        let rooms = response.rooms.iter();
        for room_id in rooms.clone().flat_map(|rooms| rooms.invite.iter().flatten()).map(|(room_id, _)| room_id) {
            homeserver.join(room_id)?;
        }
        for (room_id, joined) in rooms.flat_map(|rooms| rooms.join.iter().flatten()) {
            self.handle_room(room_id, joined, homeserver)?;
        }
        self.is_up_to_date = true;
        Ok(())
    }

    fn handle_room(&mut self, room_id: &RoomId, joined: &JoinedRoom, homeserver: &mut impl Homeserver) -> Result<()> {
        let room = self.rooms.entry(room_id.clone()).or_default();
        let state = joined.state.iter().filter_map(|state| state.events.as_ref()).flat_map(|events| events.valid());
        state.for_each(|event| room.update(event));
        let timeline = joined.timeline.iter().filter_map(|timeline| timeline.events.as_ref());
        for event in timeline.flat_map(|events| events.valid()) {
            if let Ok(state) = event.clone().into_state() {
                room.update(&state);
            }
            if self.is_up_to_date && event.sender() != Some(self.user_id.as_str()) {
                let mut context = Context { room_id, room, user_id: &self.user_id, homeserver };
                context.handle(event)?;
            }
        }
        Ok(())
    }
}

impl Room {
    fn update(&mut self, event: &AnySyncStateEvent) {
        match event {
            AnySyncStateEvent::RoomCreate(create) => self.create = Some((**create).clone()),
            AnySyncStateEvent::RoomPowerLevels(levels) => self.power_levels = Some(levels.content.clone()),
            _ => {}
        }
    }

    /// Returns the power levels, or `None` in a room of an unknown version.
    fn power_levels(&self) -> Option<RoomPowerLevels> {
        let create = self.create.as_ref()?;
        let rules = &create.content.rules()?.authorization;
        Some(RoomPowerLevels::new(self.power_levels.clone(), rules, create.creators(rules)))
    }
}

/// A room in which an event is handled.
struct Context<'c, H> {
    room_id: &'c RoomId,
    room: &'c mut Room,
    user_id: &'c UserId,
    homeserver: &'c mut H,
}

impl<H: Homeserver> Context<'_, H> {
    fn handle(&mut self, event: &AnySyncTimelineEvent) -> Result<()> {
        match event {
            AnySyncTimelineEvent::RoomMember(member) => self.greet(member),
            AnySyncTimelineEvent::RoomMessage(message) => self.answer(message),
            AnySyncTimelineEvent::RoomRedaction(redaction) => self.redact_answer(redaction),
            _ => Ok(()),
        }
    }

    /// Greets a user who joins.
    fn greet(&mut self, member: &SyncStateEvent<RoomMemberEventContent>) -> Result<()> {
        if !matches!(member.membership_change(), MembershipChange::Joined | MembershipChange::InvitationAccepted) {
            return Ok(());
        }
        let name = member.content.displayname.as_deref().unwrap_or(member.state_key.as_str());
        let mentions = matrix_events::common::Mentions::with_user_ids([member.state_key.as_str().into()]);
        let greeting = RoomMessageEventContent::notice_plain(format!("Welcome, {name}!")).with_mentions(mentions);
        self.send(&greeting).map(drop)
    }

    /// Answers a message, or edits the answer to a message that was edited.
    fn answer(&mut self, message: &SyncRoomEvent<RoomMessageEventContent>) -> Result<()> {
        let content = &message.content;
        let (Some(event_id), Some(body)) = (&message.event_id, content.body()) else { return Ok(()) };
        let edited = content.relates_to().and_then(|relates_to| relates_to.replaces());
        if let (Some(edited), Ok(Some(new_content))) = (edited, content.edited()) {
            return self.edit_answer(edited, new_content.body().unwrap_or_default());
        }
        match body.split_once(' ') {
            Some(("!echo", text)) => {
                let answer = RoomMessageEventContent::text_plain(text).reply_in_thread(message)?;
                let answer = self.send(&answer)?;
                self.room.answers.extend(answer.map(|answer| (event_id.clone(), answer)));
                self.send(&ReactionEventContent::annotation(event_id.clone(), "👂")).map(drop)
            }
            Some(("!topic", topic)) => self.set_topic(message, topic),
            _ if content.mentions_user(self.user_id) => {
                self.send(&ReactionEventContent::annotation(event_id.clone(), "👋")).map(drop)
            }
            _ => Ok(()),
        }
    }

    fn edit_answer(&mut self, question: &EventId, body: &str) -> Result<()> {
        let (Some(answer), Some(text)) = (self.room.answers.get(question), body.strip_prefix("!echo ")) else {
            return Ok(());
        };
        let edit = RoomMessageEventContent::text_plain(text).edit(RelatedEvent::new(answer, self.user_id))?;
        self.send(&edit).map(drop)
    }

    fn redact_answer(&mut self, redaction: &SyncRoomEvent<RoomRedactionEventContent>) -> Result<()> {
        let Some(answer) = redaction.redacts().and_then(|question| self.room.answers.remove(question)) else {
            return Ok(());
        };
        let is_allowed = |levels: &RoomPowerLevels| levels.user_can_redact_own_event(self.user_id.as_str());
        if self.room.power_levels().is_some_and(|levels| is_allowed(&levels)) {
            self.homeserver.redact(self.room_id, &answer)?;
        }
        Ok(())
    }

    /// Sets the topic, if both the sender of the message and the bot may do so.
    fn set_topic(&mut self, message: &SyncRoomEvent<RoomMessageEventContent>, topic: &str) -> Result<()> {
        let Some((levels, sender)) = self.room.power_levels().zip(message.sender.as_ref()) else { return Ok(()) };
        let may_set = |user: &UserId| levels.user_can_send_state(user.as_str(), RoomTopicEventContent::TYPE);
        if may_set(sender) && may_set(self.user_id) {
            self.homeserver.set_state(self.room_id, &RoomTopicEventContent::new(topic))?;
            return Ok(());
        }
        let who = if may_set(sender) { "My" } else { "Your" };
        let refusal = RoomMessageEventContent::notice_plain(format!("{who} power level is too low for this."));
        self.send(&refusal.reply_to(message)?).map(drop)
    }

    /// Sends an event, if the bot may do so.
    fn send<C: MessageLikeEventContent>(&mut self, content: &C) -> Result<Option<EventId>> {
        let levels = self.room.power_levels();
        if levels.is_some_and(|levels| !levels.user_can_send_message(self.user_id.as_str(), C::TYPE)) {
            return Ok(None);
        }
        self.homeserver.send(self.room_id, content).map(Some)
    }
}

#[cfg(test)]
mod tests;
