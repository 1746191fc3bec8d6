//! Compiles the crate of the page to WebAssembly, with the toolchain that is installed.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::e2e::run_command;

/// The target.
const TARGET: &str = "wasm32-unknown-unknown";

/// The compiler and the source of the standard library of Debian.
const DEBIAN_COMPILER: &str = "/usr/bin/rustc";
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// The advice for a toolchain without the target.
const HELP: &str = "the target wasm32-unknown-unknown is not installed\n  \
    = help: install it with `rustup target add wasm32-unknown-unknown`, or on Debian with `apt install rustc-web rust-web-src`";

/// Compiles the crate. Returns the path of the module, or the reason why no toolchain can compile it.
pub(super) fn build(workspace: &Path) -> Result<Result<PathBuf, String>> {
    let target = workspace.join("target/page-build");
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--locked", "--lib", "--target", TARGET, "--manifest-path"]);
    cargo.arg(workspace.join("web/Cargo.toml")).arg("--target-dir").arg(&target);
    if !is_installed() {
        let linker = linker();
        let is_debian = Path::new(DEBIAN_COMPILER).exists() && Path::new(DEBIAN_SOURCE).exists();
        let Some(linker) = linker.filter(|_| is_debian) else { return Ok(Err(HELP.to_owned())) };
        // A panic stops the module, and its message would not be shown.
        cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=panic_immediate_abort"]);
        cargo.env("RUSTC", DEBIAN_COMPILER).env("RUSTC_BOOTSTRAP", "1");
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    // Flags for the host, such as those of a linker, do not apply.
    run_command(cargo.env_remove("RUSTFLAGS")).context("failed to compile web/")?;
    Ok(Ok(target.join(TARGET).join("release/matrix_events_web.wasm")))
}

/// Returns `true` if the toolchain has the standard library of the target.
fn is_installed() -> bool {
    output(&["--print", "target-libdir", "--target", TARGET]).is_some_and(|folder| Path::new(folder.trim()).exists())
}

/// Returns the linker of the toolchain, or of the system.
fn linker() -> Option<PathBuf> {
    let sysroot = output(&["--print", "sysroot"])?;
    let version = output(&["-vV"])?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "))?;
    let own = Path::new(sysroot.trim()).join("lib/rustlib").join(host).join("bin/rust-lld");
    let folders = env::split_paths(&env::var_os("PATH")?).collect::<Vec<_>>();
    let installed =
        ["rust-lld", "wasm-ld"].into_iter().flat_map(|name| folders.iter().map(move |path| path.join(name)));
    std::iter::once(own).chain(installed).find(|path| path.exists())
}

/// Returns the output of the compiler.
fn output(arguments: &[&str]) -> Option<String> {
    let output = Command::new("rustc").args(arguments).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}
