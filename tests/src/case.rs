//! A test case: an example of the specification, and a type that the example deserializes into.

use matrix_events::__private::{invalid_fields, FromToJson};
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;

/// An example of the specification, and a type that the example deserializes into.
#[derive(Clone, Copy)]
pub struct Case {
    /// The file of the example.
    pub example: &'static str,
    /// The file of the schema that the type is generated from.
    pub schema: &'static str,
    /// The name of the type.
    pub name: &'static str,
    /// Deserializes JSON into the type, and serializes the result.
    pub through: fn(&str) -> Result<Value, String>,
    /// Deserializes JSON into the type, and returns the pointers of the invalid fields.
    pub invalid: fn(&str) -> Result<Vec<String>, String>,
}

/// Creates a case for a type.
pub const fn case<T: DeserializeOwned + FromToJson + Serialize>(
    example: &'static str,
    schema: &'static str,
    name: &'static str,
) -> Case {
    Case { example, schema, name, through: through::<T>, invalid: invalid::<T> }
}

fn invalid<T: FromToJson>(json: &str) -> Result<Vec<String>, String> {
    let event: T = matrix_events::from_str(json).map_err(|error| error.to_string())?;
    Ok(invalid_fields(event.json_ref()).into_iter().map(|field| field.pointer).collect())
}

fn through<T: DeserializeOwned + FromToJson + Serialize>(json: &str) -> Result<Value, String> {
    let event: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let written = serde_json::to_string(&event).map_err(|error| error.to_string())?;
    let direct = matrix_events::to_string(&event);
    if direct != written {
        return Err(format!("serde_json serializes {written}, matrix_events serializes {direct}"));
    }
    let value = serde_json::to_value(&event).map_err(|error| error.to_string())?;
    let reread: Value =
        serde_json::from_str(&written).map_err(|error| format!("failed to parse {written}: {error}"))?;
    if value != reread {
        return Err(format!("serde_json::to_string gives {reread}, serde_json::to_value gives {value}"));
    }
    Ok(value)
}
