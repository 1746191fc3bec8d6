//! Writes a compiled validator of `jsonschema` for each schema of an event type, as the macro of that crate requires.

#[cfg(not(feature = "peers"))]
fn main() {}

#[cfg(feature = "peers")]
fn main() {
    use std::fmt::Write;

    println!("cargo::rerun-if-changed=build.rs");
    let (mut validators, mut arms) = (String::new(), String::new());
    for event in matrix_events::schema::events() {
        for variant in std::iter::once(&event.base).chain(event.variants) {
            let (name, schema) = (format!("Schema{}", arms.lines().count()), variant.json_schema());
            // Writing to a `String` never fails.
            let _ = writeln!(
                validators,
                "#[jsonschema::validator(schema = r####\"{schema}\"####, draft = Draft202012)]\nstruct {name};"
            );
            let _ = writeln!(arms, "({:?}, {:?}) => {name}::is_valid,", event.event_type, variant.value);
        }
    }
    let function = format!(
        "#[allow(clippy::too_many_lines)]\nfn compiled(event_type: &str, value: &str) -> Option<fn(&Value) -> bool> {{ Some(match (event_type, value) {{ {arms} _ => return None }}) }}"
    );
    let folder = std::env::var_os("OUT_DIR").map(std::path::PathBuf::from).unwrap_or_default();
    if let Err(error) = std::fs::write(folder.join("compiled.rs"), validators + &function) {
        println!("cargo::error=failed to write compiled.rs: {error}");
    }
}
