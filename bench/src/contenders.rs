//! The contenders for reading and writing.

use serde::de::IgnoredAny;
use serde_json::Value;

/// `AnyTimelineEvent` of this repository.
pub type Types = matrix_events::AnyTimelineEvent;

/// `AnyTimelineEvent` of Ruma.
pub type Ruma = ruma_events::AnyTimelineEvent;

/// A contender that reads events.
pub trait Contender {
    /// The name in tables and on the command line.
    const NAME: &'static str;

    /// The type of an event.
    type Event;

    /// Reads an event.
    fn read(json: &[u8]) -> Option<Self::Event>;
}

/// A contender that also writes events.
pub trait Write: Contender {
    /// The name of writing in tables.
    const WRITER: &'static str;

    /// Writes an event.
    fn write(event: &Self::Event) -> Option<Vec<u8>>;
}

/// An operation on each contender.
pub trait Measure {
    /// Measures reading.
    fn reading<C: Contender + 'static>(&mut self);

    /// Measures writing.
    fn writing<C: Write + 'static>(&mut self);
}

/// Applies an operation to each contender, in a fixed order. The first one is the reference.
pub fn each(measure: &mut impl Measure) {
    measure.reading::<SerdeValue>();
    measure.reading::<Skipped>();
    measure.reading::<RumaEvents>();
    measure.reading::<Ours>();
    measure.reading::<OursDirect>();
    measure.reading::<SonicValue>();
    measure.reading::<OursBySonic>();
    measure.writing::<SerdeValue>();
    measure.writing::<Ours>();
    measure.writing::<OursDirect>();
}

enum SerdeValue {}

impl Contender for SerdeValue {
    const NAME: &'static str = "serde_json::Value";
    type Event = Value;

    fn read(json: &[u8]) -> Option<Value> {
        serde_json::from_slice(json).ok()
    }
}

impl Write for SerdeValue {
    const WRITER: &'static str = "serde_json::Value";

    fn write(event: &Value) -> Option<Vec<u8>> {
        serde_json::to_vec(event).ok()
    }
}

enum Skipped {}

impl Contender for Skipped {
    const NAME: &'static str = "skipping (IgnoredAny)";
    type Event = IgnoredAny;

    fn read(json: &[u8]) -> Option<IgnoredAny> {
        serde_json::from_slice(json).ok()
    }
}

/// Ruma. Its enums of events do not implement `Serialize`.
enum RumaEvents {}

impl Contender for RumaEvents {
    const NAME: &'static str = "ruma-events";
    type Event = Ruma;

    fn read(json: &[u8]) -> Option<Ruma> {
        serde_json::from_slice(json).ok()
    }
}

enum Ours {}

impl Contender for Ours {
    const NAME: &'static str = "matrix-events by serde_json";
    type Event = Types;

    fn read(json: &[u8]) -> Option<Types> {
        serde_json::from_slice(json).ok()
    }
}

impl Write for Ours {
    const WRITER: &'static str = "matrix-events by serde_json";

    fn write(event: &Types) -> Option<Vec<u8>> {
        serde_json::to_vec(event).ok()
    }
}

enum OursDirect {}

impl Contender for OursDirect {
    const NAME: &'static str = "matrix-events";
    type Event = Types;

    fn read(json: &[u8]) -> Option<Types> {
        matrix_events::from_slice(json).ok()
    }
}

impl Write for OursDirect {
    const WRITER: &'static str = "matrix-events";

    fn write(event: &Types) -> Option<Vec<u8>> {
        Some(matrix_events::to_vec(event))
    }
}

enum SonicValue {}

impl Contender for SonicValue {
    const NAME: &'static str = "sonic_rs::Value";
    type Event = sonic_rs::Value;

    fn read(json: &[u8]) -> Option<sonic_rs::Value> {
        sonic_rs::from_slice(json).ok()
    }
}

enum OursBySonic {}

impl Contender for OursBySonic {
    const NAME: &'static str = "matrix-events by sonic-rs";
    type Event = Types;

    fn read(json: &[u8]) -> Option<Types> {
        sonic_rs::from_slice(json).ok()
    }
}
