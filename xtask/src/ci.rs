//! `cargo xtask ci`: runs all checks of the project.

mod checks;

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Instant;

use anyhow::{anyhow, ensure, Result};

use crate::{print, workspace::workspace};

/// The exit code of a command that could not check anything.
pub(crate) const SKIPPED: i32 = 77;

/// The help text below the options.
const MORE_HELP: &str = "\
Runs the checks of the workspace one after the other, and at the same time the checks of the other workspaces. Prints the output of
each check at its end, and then a summary with the duration of each check. Skips a check and states the reason if a program or folder
that the check requires is missing. Reads releases of the specification from ../shared/matrix-spec and ../shared/matrix-spec-older,
or from the folders that the environment variable MATRIX_SPEC_RELEASES lists like PATH.

Examples:
  cargo xtask ci
  cargo xtask ci format lints

Exit codes:
  0  no check failed
  1  a check failed
  2  the arguments are invalid";

/// Run the checks of the project.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// Run only the checks whose names begin with one of these texts.
    #[arg(value_name = "CHECK")]
    only: Vec<String>,
}

/// A check of the project.
struct Check {
    name: &'static str,
    /// A command of the shell.
    command: String,
    /// The reason to skip the check.
    skip: Option<String>,
}

impl Check {
    fn new(name: &'static str, command: impl Into<String>) -> Self {
        Self { name, command: command.into(), skip: None }
    }

    /// Skips the check if there is a reason.
    fn unless(self, skip: Option<String>) -> Self {
        Self { skip, ..self }
    }

    /// Runs the check, prints its output, and returns its line of the summary, and its name if it failed.
    fn run(&self, workspace: &Path) -> Result<(String, Option<&'static str>)> {
        let name = self.name;
        if let Some(reason) = &self.skip {
            return Ok((format!("skipped         {name}: {reason}\n"), None));
        }
        print(format_args!("running {name}\n"))?;
        let start = Instant::now();
        let (code, output) = execute(workspace, &self.command)?;
        let outcome = match code {
            0 => "ok",
            SKIPPED => "skipped",
            _ => "FAILED",
        };
        print(format_args!("\n== {name}\n\n{output}"))?;
        let line = format!("{outcome:<7} {:>5} s {name}\n", start.elapsed().as_secs());
        Ok((line, (outcome == "FAILED").then_some(name)))
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = workspace()?;
    let is_selected = |check: &Check| {
        arguments.only.is_empty() || arguments.only.iter().any(|only| check.name.starts_with(only.as_str()))
    };
    let run_selected = |checks: Vec<Check>| -> Result<Vec<_>> {
        checks.iter().filter(|check| is_selected(check)).map(|check| check.run(&workspace)).collect()
    };
    let of_workspace = checks::of_workspace(&workspace)?;
    let (results, others) = thread::scope(|scope| {
        let others = scope.spawn(|| run_selected(checks::of_other_workspaces()));
        (run_selected(of_workspace), others.join())
    });
    let others = others.map_err(|_| anyhow!("a check panicked"))?;
    let (lines, failed): (Vec<_>, Vec<_>) = results?.into_iter().chain(others?).unzip();
    print(format_args!("\n== summary\n{}", lines.concat()))?;
    let failed: Vec<_> = failed.into_iter().flatten().collect();
    let (count, names) = (failed.len(), failed.join(", "));
    ensure!(
        failed.is_empty(),
        "{count} checks failed: {names}\n  = help: run a check alone with `cargo xtask ci <CHECK>`"
    );
    Ok(())
}

/// Runs a command of the shell, and returns its exit code and its output.
fn execute(workspace: &Path, command: &str) -> Result<(i32, String)> {
    let mut shell = Command::new("sh");
    let output = shell.args(["-c", &format!("exec 2>&1; {command}")]).current_dir(workspace).output()?;
    Ok((output.status.code().unwrap_or(1), String::from_utf8_lossy(&output.stdout).into_owned()))
}
