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

/// Declares a contender that reads events.
macro_rules! read {
    ($contender:ident, $name:literal, |$json:ident| -> $event:ty $read:block) => {
        enum $contender {}

        impl Contender for $contender {
            const NAME: &'static str = $name;
            type Event = $event;

            fn read($json: &[u8]) -> Option<$event> {
                $read
            }
        }
    };
}

/// Declares that a contender also writes events.
macro_rules! write {
    ($contender:ident, |$event:ident| $write:expr) => {
        impl Write for $contender {
            fn write($event: &Self::Event) -> Option<Vec<u8>> {
                $write
            }
        }
    };
}

read!(SerdeValue, "serde_json::Value", |json| -> Value { serde_json::from_slice(json).ok() });

write!(SerdeValue, |event| serde_json::to_vec(event).ok());

// The check for UTF-8 of the whole text takes less time than the check of each string, which `from_slice` does.
read!(SerdeValueFromStr, "serde_json::Value, from_str", |json| -> Value {
    serde_json::from_str(std::str::from_utf8(json).ok()?).ok()
});

read!(Derived, "serde derive", |json| -> derived::Event { serde_json::from_slice(json).ok() });

write!(Derived, |event| serde_json::to_vec(event).ok());

read!(SonicDerived, "serde derive by sonic-rs", |json| -> derived::Event { sonic_rs::from_slice(json).ok() });

write!(SonicDerived, |event| sonic_rs::to_vec(event).ok());

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

read!(Skipped, "skipping (IgnoredAny)", |json| -> IgnoredAny { serde_json::from_slice(json).ok() });

// The enums of Ruma do not implement `Serialize`.
read!(RumaEvents, "ruma-events", |json| -> Ruma { serde_json::from_slice(json).ok() });

read!(Ours, "matrix-events by serde_json", |json| -> Types { serde_json::from_slice(json).ok() });

write!(Ours, |event| serde_json::to_vec(event).ok());

read!(OursDirect, "matrix-events", |json| -> Types { matrix_events::from_slice(json).ok() });

write!(OursDirect, |event| Some(matrix_events::to_vec(event)));

read!(SonicValue, "sonic_rs::Value", |json| -> sonic_rs::Value { sonic_rs::from_slice(json).ok() });

read!(OursBySonic, "matrix-events by sonic-rs", |json| -> Types { sonic_rs::from_slice(json).ok() });
