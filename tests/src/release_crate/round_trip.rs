//! Deserializes each example of a release into each of its types and serializes it again. Prints the number of cases, and the
//! number of identical results.

extern crate {crate} as matrix_events;

mod body_case;
mod case;
mod cases;

// A release has no examples of bodies in files.
#[allow(unused_imports)]
use body_case::{body_case, BodyCase};
use case::{case, Case};

fn main() {
    let name = std::env::args().nth(1).expect("the folder of the crate");
    let text = std::fs::read_to_string(format!("{name}/examples.json")).expect("examples.json is in the crate");
    let examples: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).expect("an object of examples");
    let mut identical = 0;
    let bodies = cases::BODIES.iter().map(|body| &body.case);
    for Case { example, schema, name, through, .. } in cases::CASES.iter().chain(bodies) {
        let Some(value) = examples.get(*example) else { panic!("{example} is not an example of the release") };
        match through(&value.to_string()) {
            Ok(written) if written == *value => identical += 1,
            Ok(written) => eprintln!("{example} as {name} ({schema}):\n  read    {value}\n  written {written}"),
            Err(error) => eprintln!("{example} as {name} ({schema}): {error}"),
        }
    }
    println!("{} {identical}", cases::CASES.len() + cases::BODIES.len());
}
