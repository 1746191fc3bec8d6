//! Runs a command of the workspace.

fn main() -> std::process::ExitCode {
    xtask::main()
}
