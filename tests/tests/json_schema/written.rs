//! The documents that `matrix-events schemas` wrote, and cases for validators in other languages.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use serde_json::{json, Value};

use super::{candidates, compiled, examples};

/// One of this number of mutations is a case for the validators in other languages.
const SAMPLE: usize = 7;

/// Compares the documents in the folder `MATRIX_SCHEMAS` with our validators, and writes the file `cases.ndjson` in the folder
/// `MATRIX_SCHEMA_CASES`. A line is a case: the file of the document, our verdict, and the value.
#[test]
#[ignore = "run by `cargo xtask schemas`"]
fn written_documents_give_the_verdict_of_the_validator() {
    let variable =
        |name: &str| std::env::var_os(name).map(PathBuf::from).unwrap_or_else(|| panic!("{name} is not set"));
    let (schemas, cases) = (variable("MATRIX_SCHEMAS"), variable("MATRIX_SCHEMA_CASES").join("cases.ndjson"));
    let read = |file: &str| -> Value {
        let text = fs::read_to_string(schemas.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
    };
    let mut documents = BTreeMap::new();
    let (mut lines, mut tried, mut written) = (Vec::new(), 0, 0);
    for (subject, example) in examples() {
        let name = subject.name();
        let document = documents.entry(name.clone()).or_insert_with(|| compiled(&name, &read(&name)));
        for (index, candidate) in candidates(example).into_iter().enumerate() {
            let ours = subject.is_valid(&candidate);
            assert_eq!(document.is_valid(&candidate), ours, "{name}: {candidate}");
            tried += 1;
            // The example is the first candidate.
            if index == 0 || tried % SAMPLE == 0 {
                let case = json!({"schema": name, "valid": ours, "value": candidate});
                writeln!(lines, "{case}").expect("a line in memory");
                written += 1;
            }
        }
    }
    let listed = read("index.json")["schemas"].as_array().map(Vec::len);
    assert_eq!(listed, Some(documents.len()), "a document without an example");
    fs::write(&cases, lines).unwrap_or_else(|error| panic!("{}: {error}", cases.display()));
    let count = documents.len();
    let _ = writeln!(
        std::io::stderr(),
        "jsonschema (Rust): {count} documents, {tried} values, 0 disagreements; {written} cases"
    );
    assert!(tried > 100_000 && written > 20_000, "{tried} values, {written} cases");
}
