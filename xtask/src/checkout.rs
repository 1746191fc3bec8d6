//! A tag of a git repository, fetched with the `git` of the system.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::{self, Path, PathBuf};
use std::process::{Command, Stdio};

use crate::scratch::Scratch;
use crate::Outcome;

/// A checkout that goes away with the folder that it is in.
#[derive(Debug)]
pub(crate) struct Checkout {
    scratch: Scratch,
}

impl Checkout {
    /// Fetches one tag, without its history.
    pub(crate) fn fetch(repository: &Path, tag: &str) -> Outcome<Self> {
        let checkout = Self { scratch: Scratch::new()? };
        let within = checkout.path();
        fs::create_dir(&within).map_err(|error| format!("error: {} can't be made: {error}", within.display()))?;
        // From within the checkout, a relative path would name another folder.
        let folder = repository.exists().then(|| path::absolute(repository)).and_then(Result::ok);
        let repository = folder.unwrap_or_else(|| repository.to_owned());
        let what = format!("the tag {tag} of {}", repository.display());
        let tag = format!("refs/tags/{tag}");
        checkout.git(&["init", "--quiet", "--template="].map(OsStr::new), &what)?;
        let options = ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--"].map(OsStr::new);
        checkout.git(&[options.as_slice(), &[repository.as_os_str(), OsStr::new(&tag)]].concat(), &what)?;
        checkout.git(&["checkout", "--quiet", "--detach", "FETCH_HEAD"].map(OsStr::new), &what)?;
        Ok(checkout)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.scratch.path().join("checkout")
    }

    /// Runs git in the checkout, cut off from whatever repository, hooks and questions surround this run.
    fn git(&self, arguments: &[&OsStr], what: &str) -> Outcome<()> {
        let mut no_hooks = OsString::from("core.hooksPath=");
        no_hooks.push(self.scratch.path().join("no-hooks"));
        let mut command = Command::new("git");
        command.current_dir(self.path()).stdin(Stdio::null()).env("GIT_TERMINAL_PROMPT", "0");
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"] {
            command.env_remove(variable);
        }
        command.arg("-c").arg(no_hooks);
        // The bytes of the tag as they are, and no link that could lead out of the checkout.
        command.args(["-c", "core.autocrlf=false", "-c", "core.symlinks=false"]).args(arguments);
        match command.output() {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => Err(format!(
                "error: git can't fetch {what}\n  = git says: {}\n  = expected: a repository of the specification that has the tag\n  = help: check both names and the connection; a folder with a checkout does as well. Nothing was changed",
                String::from_utf8_lossy(&output.stderr).trim().replace('\n', "\n    ")
            )
            .into()),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(format!(
                "error: {what} needs git, which isn't installed or not on the PATH\n  = help: install git, or give the folder of a checkout instead. Nothing was changed"
            )
            .into()),
            Err(error) => Err(format!("error: git can't be run: {error}\n  = help: nothing was changed").into()),
        }
    }
}
