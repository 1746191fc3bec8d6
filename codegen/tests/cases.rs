//! The golden cases: each folder of `tests/cases` has an input, and the IR and the Rust that the generator makes of it.
//!
//! `UPDATE_EXPECT=1 cargo test -p matrix-events-codegen` writes `ir.json` and `expected.rs` of each folder anew.

mod support;

use expect_test::expect_file;
use support::{case, compile};

#[test]
fn every_case_gives_its_ir_and_its_rust() {
    for case in case::all() {
        let output = case.output();
        let rust = case.rust(&output);
        if let Err(error) = syn::parse_file(&rust) {
            panic!("{}: the emitted code isn't Rust: {error}\n{rust}", case.name);
        }
        expect_file![case.folder.join("ir.json")].assert_eq(&case.ir(&output));
        expect_file![case.folder.join("expected.rs")].assert_eq(&rust);
    }
}

#[test]
fn emitted_code_of_every_case_compiles_without_warnings() {
    let samples: Vec<_> = case::all().iter().flat_map(case::Case::samples).collect();
    compile::check("cases", &samples).unwrap_or_else(|errors| panic!("{errors}"));
}
