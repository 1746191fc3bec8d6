//! Formats one finding of a list.

use matrix_events::tools::Finding;
use matrix_events::validate::Level;
use serde_json::{json, Value};

use super::location::Location;
use crate::events::files::STDIN_NAME;
use crate::events::position::Position;
use crate::text::printable;

/// The format of a list of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A line `file:line:column pointer message`.
    Text,
    /// A JSON object on a line.
    Json,
    /// A result of SARIF.
    Sarif,
    /// A workflow command of GitHub Actions.
    Github,
}

/// The text before the results of SARIF.
pub(crate) const SARIF_START: &str =
    "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"results\":[\n";

/// Returns the text after the results of SARIF. The errors concern inputs that cannot be read or have no events.
pub(crate) fn sarif_end(errors: &[String]) -> String {
    let driver = json!({
        "name": "matrix-events", "version": env!("CARGO_PKG_VERSION"),
        "informationUri": "https://spec.matrix.org",
    });
    let notifications = errors.iter().map(|error| json!({"level": "error", "message": {"text": error}}));
    let invocations = json!([{
        "executionSuccessful": errors.is_empty(),
        "toolExecutionNotifications": notifications.collect::<Vec<Value>>(),
    }]);
    format!(
        "\n],\"columnKind\":\"unicodeCodePoints\",\"invocations\":{invocations},\"tool\":{{\"driver\":{driver}}}}}]}}\n"
    )
}

impl Format {
    /// Appends a finding to a list.
    pub(crate) fn write(self, list: &mut String, event_type: &str, finding: &Finding, location: &Location) {
        match self {
            Self::Text => {
                let pointer = printable(&location.pointer);
                let pointer = if pointer.is_empty() { "/" } else { &pointer };
                list.push_str(&format!("{} {pointer} {}\n", location.place(), finding.message));
            }
            Self::Json => {
                let mut json = json!({"event_type": event_type, "at": location.json()});
                if let Value::Object(json) = &mut json {
                    json.insert("violation".to_owned(), finding.json.clone());
                }
                list.push_str(&format!("{json}\n"));
            }
            Self::Sarif => {
                // A comma separates results. The parts of the list are joined in the order of the input.
                let separator = if list.is_empty() { "" } else { ",\n" };
                list.push_str(&format!("{separator}{}", sarif(finding, location)));
            }
            Self::Github => list.push_str(&github(event_type, finding, location)),
        }
    }
}

fn sarif(finding: &Finding, location: &Location) -> Value {
    let level = if finding.level == Level::Lint { "warning" } else { "error" };
    json!({
        "ruleId": finding.rule, "level": level, "message": {"text": finding.message},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&location.file)},
                "region": {"startLine": location.position.line, "startColumn": location.position.column},
            },
            "logicalLocations": [{"fullyQualifiedName": location.pointer}],
        }],
    })
}

/// Returns a path as a relative reference, in which all characters of a path segment are unreserved or percent-encoded.
fn uri(path: &str) -> String {
    // RFC 3986, section 2.3.
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn github(event_type: &str, finding: &Finding, location: &Location) -> String {
    let data = |text: &str| printable(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"));
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let command = if finding.level == Level::Lint { "warning" } else { "error" };
    let title = property(if event_type.is_empty() { "Matrix event" } else { event_type });
    let pointer = match &*location.pointer {
        "" => String::new(),
        pointer => data(pointer) + ": ",
    };
    let message = pointer + &data(&finding.message);
    let Position { line, column } = location.position;
    // An annotation without a file has no position, so the message states the position.
    if location.file == STDIN_NAME {
        return format!("::{command} title={title}::line {line}, column {column}: {message}\n");
    }
    format!("::{command} file={},line={line},col={column},title={title}::{message}\n", property(&location.file))
}
