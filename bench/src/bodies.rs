//! The contenders for reading a response of `/sync`.

use matrix_events::responses::sync::SyncResponse;
use matrix_events::AnyEvent;
use ruma_client_api::sync::sync_events::v3::{Response, State};
use ruma_common::api::IncomingResponseExt;
use serde_json::Value;

/// A contender that reads a response of `/sync`.
pub trait BodyContender {
    /// The name in tables.
    const NAME: &'static str;

    /// The result of reading, which the measurement drops.
    type Body;

    /// Reads a response.
    fn read(json: &[u8]) -> Option<Self::Body>;

    /// Returns the number of events in the result.
    fn events(body: &Self::Body) -> usize;
}

/// An operation on each contender.
pub trait MeasureBody {
    /// Measures reading.
    fn body<C: BodyContender + 'static>(&mut self);
}

/// Applies an operation to each contender, in a fixed order. The first one is the reference.
pub fn each_body(measure: &mut impl MeasureBody) {
    measure.body::<SerdeValue>();
    measure.body::<Ours>();
    measure.body::<Typed>();
    measure.body::<Texts>();
    measure.body::<RumaRaw>();
    measure.body::<RumaTyped>();
}

enum SerdeValue {}

impl BodyContender for SerdeValue {
    const NAME: &'static str = "serde_json::Value";
    type Body = Value;

    fn read(json: &[u8]) -> Option<Value> {
        serde_json::from_slice(json).ok()
    }

    fn events(_: &Value) -> usize {
        0
    }
}

/// The body with all of its events.
enum Ours {}

impl BodyContender for Ours {
    const NAME: &'static str = "matrix-events: SyncResponse";
    type Body = SyncResponse;

    fn read(json: &[u8]) -> Option<SyncResponse> {
        matrix_events::from_slice(json).ok()
    }

    fn events(body: &SyncResponse) -> usize {
        body.events().count()
    }
}

/// The events one by one, each as the enum of its place.
enum Typed {}

impl BodyContender for Typed {
    const NAME: &'static str = "matrix-events: events_in, typed";
    type Body = usize;

    fn read(json: &[u8]) -> Option<usize> {
        SyncResponse::BODY.events_in(json).try_fold(0, |count, event| {
            let event = AnyEvent::deserialize(&event.ok()?).ok();
            Some(count + usize::from(event.is_some()))
        })
    }

    fn events(body: &usize) -> usize {
        *body
    }
}

/// The texts of the events one by one.
enum Texts {}

impl BodyContender for Texts {
    const NAME: &'static str = "matrix-events: events_in, text";
    type Body = usize;

    fn read(json: &[u8]) -> Option<usize> {
        SyncResponse::BODY.events_in(json).try_fold(0, |count, event| event.ok().map(|_| count + 1))
    }

    fn events(body: &usize) -> usize {
        *body
    }
}

fn ruma(json: &[u8]) -> Option<Response> {
    Response::try_from_http_response(http::Response::new(json)).ok()
}

/// Ruma's response, which contains the texts of its events.
enum RumaRaw {}

impl BodyContender for RumaRaw {
    const NAME: &'static str = "ruma-client-api: Response";
    type Body = Response;

    fn read(json: &[u8]) -> Option<Response> {
        ruma(json)
    }

    fn events(_: &Response) -> usize {
        0
    }
}

/// Ruma's response, and each of its events deserialized and dropped.
enum RumaTyped {}

impl BodyContender for RumaTyped {
    const NAME: &'static str = "ruma-client-api: Response, events typed";
    type Body = (Response, usize);

    fn read(json: &[u8]) -> Option<(Response, usize)> {
        let body = ruma(json)?;
        let mut events = 0;
        let mut note = |is_valid: bool| events += usize::from(is_valid);
        body.account_data.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
        body.presence.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
        body.to_device.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
        for room in body.rooms.join.values() {
            let (State::Before(state) | State::After(state)) = &room.state else { continue };
            state.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
            room.timeline.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
            room.ephemeral.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
            room.account_data.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
        }
        for room in body.rooms.leave.values() {
            let (State::Before(state) | State::After(state)) = &room.state else { continue };
            state.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
            room.timeline.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
            room.account_data.events.iter().for_each(|raw| note(raw.deserialize().is_ok()));
        }
        let invited = body.rooms.invite.values().flat_map(|room| &room.invite_state.events);
        invited.for_each(|raw| note(raw.deserialize().is_ok()));
        let knocked = body.rooms.knock.values().flat_map(|room| &room.knock_state.events);
        knocked.for_each(|raw| note(raw.deserialize().is_ok()));
        Some((body, events))
    }

    fn events(body: &(Response, usize)) -> usize {
        body.1
    }
}
