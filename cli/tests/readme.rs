//! Runs the examples in README.md. `TRYCMD=overwrite cargo test -p matrix-events-cli --test readme` updates their output.

#[test]
fn examples_in_the_readme_are_true() {
    trycmd::TestCases::new().case("README.md");
}
