//! The contenders for validation.

use std::collections::HashMap;
use std::sync::OnceLock;

use matrix_events::schema;
use matrix_events::validate::{Level, Validator};
use serde_json::Value;

/// A contender for validation.
pub trait Check {
    /// The name in tables and on the command line.
    const CHECKER: &'static str;

    /// The input.
    type Event: Input;

    /// Returns `true` if the event is valid.
    fn check(event: &Self::Event) -> bool;
}

/// The input of a contender: the bytes of an event, or the parsed value.
pub trait Input: Sized {
    /// Prepares the input, which is not measured.
    fn prepare(json: &[u8]) -> Option<Self>;
}

impl Input for Vec<u8> {
    fn prepare(json: &[u8]) -> Option<Self> {
        Some(json.to_vec())
    }
}

impl Input for Value {
    fn prepare(json: &[u8]) -> Option<Self> {
        parse(json)
    }
}

fn parse(json: &[u8]) -> Option<Value> {
    serde_json::from_slice(json).ok()
}

/// An operation on each contender.
pub trait Checks {
    /// Measures a contender.
    fn checking<C: Check + 'static>(&mut self);
}

/// Applies an operation to each contender, in a fixed order. The first one is the reference.
pub fn each_check(measure: &mut impl Checks) {
    measure.checking::<Parsing>();
    measure.checking::<IsValid>();
    measure.checking::<Report>();
    measure.checking::<FromBytes>();
    measure.checking::<StrictFromBytes>();
    measure.checking::<LintFromBytes>();
    measure.checking::<ValidatedAndRead>();
    measure.checking::<JsonSchema>();
    measure.checking::<JsonSchemaCompiled>();
    measure.checking::<JsonSchemaFromBytes>();
    measure.checking::<JsonSchemaCompiledFromBytes>();
    measure.checking::<Boon>();
}

/// Declares a contender by its name in tables, its input and its check.
macro_rules! check {
    ($contender:ident, $name:literal, |$event:ident: &$input:ty| $is_valid:expr) => {
        enum $contender {}

        impl Check for $contender {
            const CHECKER: &'static str = $name;
            type Event = $input;

            fn check($event: &$input) -> bool {
                $is_valid
            }
        }
    };
}

// Only parses the bytes, which all contenders on values require.
check!(Parsing, "parsing a serde_json::Value", |event: &Vec<u8>| serde_json::from_slice::<Value>(event).is_ok());

check!(IsValid, "matrix-events, is_valid on a value", |event: &Value| matrix_events::is_valid(event));

check!(Report, "matrix-events, report on a value", |event: &Value| matrix_events::validate_value(event).is_valid());

check!(FromBytes, "matrix-events, report from bytes", |event: &Vec<u8>| matrix_events::validate(event).is_valid());

check!(StrictFromBytes, "matrix-events, report from bytes, Strict", |event: &Vec<u8>| {
    Validator::new().level(Level::Strict).validate(event).is_valid()
});

check!(LintFromBytes, "matrix-events, report from bytes, Lint", |event: &Vec<u8>| {
    Validator::new().level(Level::Lint).validate(event).is_valid()
});

// Validates and reads an event, as a program does with events that it receives.
check!(ValidatedAndRead, "matrix-events, report and event from bytes", |event: &Vec<u8>| {
    let read = Validator::new().deserialize::<matrix_events::AnyTimelineEvent>(event);
    read.is_ok_and(|(_, report)| report.is_valid())
});

/// The schemas that the macro of jsonschema compiled, which `build.rs` lists.
mod macros {
    use serde_json::Value;

    include!(concat!(env!("OUT_DIR"), "/compiled.rs"));

    pub(super) fn is_valid(event: &Value) -> bool {
        let Some(event_type) = event["type"].as_str() else { return true };
        let discriminator = matrix_events::schema::event(event_type).and_then(|event| event.discriminator);
        let value = discriminator.and_then(|name| event["content"][name].as_str()).unwrap_or_default();
        compiled(event_type, value).or_else(|| compiled(event_type, "")).is_none_or(|is_valid| is_valid(event))
    }
}

check!(JsonSchemaCompiled, "jsonschema, compiled by its macro, on a value", |event: &Value| macros::is_valid(event));

check!(JsonSchemaCompiledFromBytes, "jsonschema, compiled by its macro, from bytes", |event: &Vec<u8>| {
    parse(event).is_some_and(|event| macros::is_valid(&event))
});

/// Compiles the schemas for the peers: one for each type and each variant, without references.
fn schemas<V>(compile: impl Fn(&Value) -> V) -> Schemas<V> {
    let exact = |event: &'static schema::Event| std::iter::once(&event.base).chain(event.variants);
    schema::events()
        .map(|event| {
            let compiled = exact(event).map(|exact| (exact.value, compile(&exact.json_schema()))).collect();
            (event.event_type, (event.discriminator, compiled))
        })
        .collect()
}

type Schemas<V> = HashMap<&'static str, (Option<&'static str>, HashMap<&'static str, V>)>;

/// Returns the schema for an event, by its type and its discriminator.
fn schema_for<'s, V>(schemas: &'s Schemas<V>, event: &Value) -> Option<&'s V> {
    let (discriminator, variants) = schemas.get(event["type"].as_str()?)?;
    let value = discriminator.and_then(|name| event["content"][name].as_str()).unwrap_or_default();
    variants.get(value).or_else(|| variants.get(""))
}

fn by_jsonschema(event: &Value) -> bool {
    static SCHEMAS: OnceLock<Schemas<jsonschema::Validator>> = OnceLock::new();
    let schemas = SCHEMAS.get_or_init(|| {
        schemas(|schema| jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("jsonschema: {error}")))
    });
    schema_for(schemas, event).is_none_or(|schema| schema.is_valid(event))
}

check!(JsonSchema, "jsonschema, is_valid on a value", |event: &Value| by_jsonschema(event));

check!(JsonSchemaFromBytes, "jsonschema, is_valid from bytes", |event: &Vec<u8>| parse(event)
    .is_some_and(|event| by_jsonschema(&event)));

/// The schemas of Boon, which are in one pool.
struct BoonSchemas {
    pool: boon::Schemas,
    by_type: Schemas<boon::SchemaIndex>,
}

impl BoonSchemas {
    fn compile() -> Self {
        let pool = std::cell::RefCell::new((boon::Schemas::new(), 0));
        let by_type = schemas(|schema| {
            let (pool, count) = &mut *pool.borrow_mut();
            *count += 1;
            let location = format!("mem:///{count}.json");
            let mut compiler = boon::Compiler::new();
            let added = compiler.add_resource(&location, schema.clone());
            added.unwrap_or_else(|error| panic!("boon: {error}"));
            compiler.compile(&location, pool).unwrap_or_else(|error| panic!("boon: {error}"))
        });
        Self { pool: pool.into_inner().0, by_type }
    }
}

fn by_boon(event: &Value) -> bool {
    static SCHEMAS: OnceLock<BoonSchemas> = OnceLock::new();
    let BoonSchemas { pool, by_type } = SCHEMAS.get_or_init(BoonSchemas::compile);
    schema_for(by_type, event).is_none_or(|schema| pool.validate(event, *schema).is_ok())
}

check!(Boon, "boon on a value", |event: &Value| by_boon(event));
