//! A complete call between two parties: an invite with camera and screen, an answer, a renegotiation that adds a stream, a
//! mute and a hangup. Both parties receive each event as JSON, and print the streams that they present.
//!
//! `cargo run -p matrix-events --example voip_call`

use std::error::Error;

use matrix_events::call::answer::CallAnswerEventContent;
use matrix_events::call::hangup::{CallHangupEventContent, Reason};
use matrix_events::call::invite::CallInviteEventContent;
use matrix_events::call::negotiate::CallNegotiateEventContent;
use matrix_events::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
use matrix_events::call::{SessionDescription, SessionDescriptionType};
use matrix_events::voip::{Muted, OutgoingStreams, Purpose, RemoteParty, StreamId};
use matrix_events::{AnySyncTimelineEvent, MessageLikeEventContent, SyncRoomEvent, UserId};
use serde::Serialize;

const CALL: &str = "c1741860298455Wq7Rk";

fn main() -> Result<(), Box<dyn Error>> {
    let mut mira = Client::new("@mira:example.org", "HTQVJNXDWA");
    let mut joel = Client::new("@joel:example.org", "RDLMCZPEKU");

    println!("Mira calls, and shows her screen:");
    let camera = mira.start("8140927536", Purpose::UserMedia)?;
    mira.start("5527403918", Purpose::ScreenShare)?;
    let mut invite =
        CallInviteEventContent::new(CALL, "1", mira.party_id, SessionDescription::offer(mira.sdp()), 90_000);
    mira.ours.describe_in(&mut invite)?;
    send_to_room(&mira.event(invite)?, [&mut mira, &mut joel])?;

    println!("Joel answers, with his camera:");
    joel.ours = joel.theirs.as_ref().map(|mira| OutgoingStreams::with_peer_support(mira.support())).unwrap_or_default();
    joel.start("6091738254", Purpose::UserMedia)?;
    let mut answer = CallAnswerEventContent::new(CALL, "1", joel.party_id, SessionDescription::answer(joel.sdp()));
    joel.ours.describe_in(&mut answer)?;
    send_to_room(&joel.event(answer)?, [&mut mira, &mut joel])?;

    println!("Joel shows his screen, too:");
    joel.start("3386150472", Purpose::ScreenShare)?;
    send_to_room(&joel.negotiate(SessionDescriptionType::Offer)?, [&mut mira, &mut joel])?;
    send_to_room(&mira.negotiate(SessionDescriptionType::Answer)?, [&mut mira, &mut joel])?;

    println!("Mira turns her camera off:");
    mira.ours.mute(&camera, Muted { audio: false, video: true })?;
    let metadata = mira.ours.metadata();
    let changed = CallSdpStreamMetadataChangedEventContent::new(CALL, "1", mira.party_id, metadata);
    send_to_room(&mira.event(changed)?, [&mut mira, &mut joel])?;

    println!("Joel hangs up:");
    let hangup = CallHangupEventContent::new(CALL, "1", joel.party_id, Reason::UserHangup);
    send_to_room(&joel.event(hangup)?, [&mut mira, &mut joel])
}

/// Delivers an event to all clients in the room, including the sender, as a homeserver does.
fn send_to_room(event: &str, clients: [&mut Client; 2]) -> Result<(), Box<dyn Error>> {
    for client in clients {
        client.receive(event)?;
    }
    println!();
    Ok(())
}

/// A client without camera, screen and WebRTC.
struct Client {
    user_id: UserId,
    party_id: &'static str,
    ours: OutgoingStreams,
    theirs: Option<RemoteParty>,
}

impl Client {
    fn new(user_id: &str, party_id: &'static str) -> Self {
        Self { user_id: UserId::new(user_id), party_id, ours: OutgoingStreams::new(), theirs: None }
    }

    fn start(&mut self, stream: &str, purpose: Purpose) -> Result<StreamId, Box<dyn Error>> {
        let stream = StreamId::new(stream)?;
        self.ours.add(stream.clone(), purpose)?;
        Ok(stream)
    }

    /// Returns a minimal session description of our streams. A real client takes the description from WebRTC.
    fn sdp(&self) -> String {
        let mut sdp = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n".to_owned();
        for (stream, purpose, _) in self.ours.streams() {
            if purpose == Purpose::UserMedia {
                sdp += &format!("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:{stream} microphone\r\n");
            }
            sdp += &format!("m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:{stream} picture\r\n");
        }
        sdp
    }

    fn negotiate(&self, half: SessionDescriptionType) -> Result<String, Box<dyn Error>> {
        let description = SessionDescription::new(half, self.sdp());
        let mut negotiate = CallNegotiateEventContent::new(CALL, "1", self.party_id, description, 15_000);
        self.ours.describe_in(&mut negotiate)?;
        self.event(negotiate)
    }

    fn event<C: MessageLikeEventContent>(&self, content: C) -> Result<String, Box<dyn Error>>
    where
        SyncRoomEvent<C>: Serialize,
    {
        let event = SyncRoomEvent::new(content, "$Rk1V", self.user_id.clone(), 1_741_860_298_455);
        Ok(serde_json::to_string(&event)?)
    }

    fn receive(&mut self, event: &str) -> Result<(), Box<dyn Error>> {
        let event: AnySyncTimelineEvent = serde_json::from_str(event)?;
        let is_ours = event.sender() == Some(self.user_id.as_str());
        match &event {
            AnySyncTimelineEvent::CallInvite(invite) if !is_ours => {
                self.theirs = Some(RemoteParty::from_invite(invite))
            }
            AnySyncTimelineEvent::CallAnswer(answer) if !is_ours => {
                let party = RemoteParty::from_answer(answer);
                for surplus in self.ours.update_peer_support(party.support()) {
                    println!("  {}: stream {surplus:?} is stopped", self.user_id);
                }
                self.theirs = Some(party);
            }
            AnySyncTimelineEvent::CallHangup(hangup) => {
                let reason = hangup.content.effective_reason();
                let reason = reason.as_ref().map_or("for an invalid reason", |reason| reason.as_str());
                println!("  {}: the call is over, {reason}", self.user_id);
                self.theirs = None;
            }
            _ => {}
        }
        let Some(theirs) = &mut self.theirs else { return Ok(()) };
        let outcome = match &event {
            AnySyncTimelineEvent::CallNegotiate(negotiate) => theirs.negotiate(negotiate),
            AnySyncTimelineEvent::CallSdpStreamMetadataChanged(changed) => theirs.change_metadata(changed),
            _ => Ok(()),
        };
        if let Err(refusal) = outcome {
            println!("  {}: {refusal}", self.user_id);
            return Ok(());
        }
        if !is_ours {
            for decision in theirs.streams().decisions() {
                println!("  {}: {decision}", self.user_id);
            }
        }
        Ok(())
    }
}
