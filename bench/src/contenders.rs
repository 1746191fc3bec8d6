//! The contenders for reading and writing.

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::derived;

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

    /// Reads and drops an event. A contender that borrows from the text overrides this method.
    fn succeeds(json: &[u8]) -> bool {
        std::hint::black_box(Self::read(json)).is_some()
    }
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
    measure.reading::<SerdeValueFromStr>();
    measure.reading::<Skipped>();
    measure.reading::<Derived>();
    measure.reading::<RumaEvents>();
    measure.reading::<Ours>();
    measure.reading::<OursDirect>();
    measure.reading::<Borrowed>();
    measure.reading::<SonicValue>();
    measure.reading::<SonicDerived>();
    measure.reading::<SimdJson>();
    measure.reading::<OursBySonic>();
    measure.writing::<SerdeValue>();
    measure.writing::<Derived>();
    measure.writing::<SonicDerived>();
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

/// The check for UTF-8 of the whole text takes less time than the check of each string, which `from_slice` does.
enum SerdeValueFromStr {}

impl Contender for SerdeValueFromStr {
    const NAME: &'static str = "serde_json::Value, from_str";
    type Event = Value;

    fn read(json: &[u8]) -> Option<Value> {
        serde_json::from_str(std::str::from_utf8(json).ok()?).ok()
    }
}

enum Derived {}

impl Contender for Derived {
    const NAME: &'static str = "serde derive";
    type Event = derived::Event;

    fn read(json: &[u8]) -> Option<derived::Event> {
        serde_json::from_slice(json).ok()
    }
}

impl Write for Derived {
    const WRITER: &'static str = "serde derive";

    fn write(event: &derived::Event) -> Option<Vec<u8>> {
        serde_json::to_vec(event).ok()
    }
}

enum SonicDerived {}

impl Contender for SonicDerived {
    const NAME: &'static str = "serde derive by sonic-rs";
    type Event = derived::Event;

    fn read(json: &[u8]) -> Option<derived::Event> {
        sonic_rs::from_slice(json).ok()
    }
}

impl Write for SonicDerived {
    const WRITER: &'static str = "serde derive by sonic-rs";

    fn write(event: &derived::Event) -> Option<Vec<u8>> {
        sonic_rs::to_vec(event).ok()
    }
}

/// The members that select events, borrowed from the text.
enum Borrowed {}

impl Contender for Borrowed {
    const NAME: &'static str = "matrix-events, EventRef";
    type Event = ();

    fn read(json: &[u8]) -> Option<()> {
        Self::succeeds(json).then_some(())
    }

    fn succeeds(json: &[u8]) -> bool {
        std::hint::black_box(matrix_events::EventRef::from_slice(json)).is_ok()
    }
}

/// A value of simd-json borrows from the text, which the parser changes. The time includes the copy of the text.
enum SimdJson {}

impl Contender for SimdJson {
    const NAME: &'static str = "simd_json::BorrowedValue";
    type Event = ();

    fn read(json: &[u8]) -> Option<()> {
        Self::succeeds(json).then_some(())
    }

    fn succeeds(json: &[u8]) -> bool {
        let mut copy = json.to_vec();
        let value = std::hint::black_box(simd_json::to_borrowed_value(&mut copy));
        value.is_ok()
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
