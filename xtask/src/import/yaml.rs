//! Documents into the text that stands in spec/.

use matrix_events_codegen::{parse_document, Node};
use serde_yaml::{Mapping, Number, Value};

use crate::Outcome;

const HEADER: &str = "# Facts: the Matrix specification, Apache-2.0. Descriptions: matrix-events.\n";

/// Writes a document for spec/.
pub(crate) fn render(file: &str, root: &Node) -> Outcome<String> {
    let text = format!("{HEADER}{}", to_yaml(file, &value(root))?);
    // The facts have to survive being written. Whether a string needs quotes is decided elsewhere, so that is looked at.
    match parse_document(file, text.as_bytes()) {
        Ok(read) if read == *root => Ok(text),
        _ => Err(unwritable(file, "what is written for it would be read as something else")),
    }
}

/// Writes a value as YAML.
pub(crate) fn to_yaml(file: &str, value: &Value) -> Outcome<String> {
    serde_yaml::to_string(value).map_err(|error| unwritable(file, &error.to_string()))
}

fn unwritable(file: &str, reason: &str) -> crate::Failure {
    format!(
        "error: {file} can't be written as YAML: {reason}\n  = expected: values that YAML can say\n  = help: look for control characters and other odd text in it; nothing was changed"
    )
    .into()
}

fn value(node: &Node) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Boolean(value) => Value::Bool(*value),
        Node::Number(number) => Value::Number(self::number(number.value())),
        Node::String(text) => Value::String(text.clone()),
        Node::List(list) => Value::Sequence(list.iter().map(value).collect()),
        Node::Map(map) => {
            Value::Mapping(map.iter().map(|(key, node)| (Value::String(key.clone()), value(node))).collect::<Mapping>())
        }
    }
}

fn number(number: &serde_json::Number) -> Number {
    match (number.as_u64(), number.as_i64()) {
        (Some(whole), _) => whole.into(),
        (None, Some(negative)) => negative.into(),
        (None, None) => number.as_f64().unwrap_or_default().into(),
    }
}

#[cfg(test)]
mod tests {
    use matrix_events_codegen::Node;

    use super::{render, HEADER};

    #[test]
    fn what_looks_like_something_else_is_quoted() {
        let odd = ["1.10", "yes", "null", "", "~", "0x1F", "1e3", "- a", "a: b", "# a", "\u{7}", " a ", "a\n\n  b\n"];
        let root = Node::Map(odd.iter().map(|text| ((*text).to_owned(), Node::String((*text).to_owned()))).collect());
        let text = render("a.yaml", &root).unwrap_or_default();
        assert!(text.starts_with(HEADER) && text.contains("'1.10': '1.10'\n"), "{text}");
    }

    #[test]
    fn numbers_keep_their_kind() {
        let numbers = [0.into(), (-1).into(), u64::MAX.into(), i64::MIN.into()];
        let floats = [1.0, -0.5, 1e300].into_iter().filter_map(serde_json::Number::from_f64);
        let root = Node::List(numbers.into_iter().chain(floats).map(|number| Node::Number(number.into())).collect());
        assert!(render("a.yaml", &root).is_ok());
    }
}
