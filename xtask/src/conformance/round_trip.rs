//! Takes each example of a release through each of its types, and prints how many there are and how many come back
//! as they were.

mod case;
mod cases;

use case::{case, Case};

fn main() {
    let text = std::fs::read_to_string("examples.json").expect("examples.json stands beside the manifest");
    let examples: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).expect("an object of examples");
    let mut identical = 0;
    for Case { example, schema, name, through } in cases::CASES {
        let Some(value) = examples.get(*example) else { panic!("{example} isn't among the examples") };
        match through(&value.to_string()) {
            Ok(written) if written == *value => identical += 1,
            Ok(written) => eprintln!("{example} as {name} ({schema}):\n  read    {value}\n  written {written}"),
            Err(error) => eprintln!("{example} as {name} ({schema}): {error}"),
        }
    }
    println!("{} {identical}", cases::CASES.len());
}
