//! `matrix-events schemas`: writes JSON Schema documents for validators in other languages.

mod document;
mod folder;

use std::path::PathBuf;

use crate::exit::{Exit, EXIT_CODES};
use crate::text::{counted, print};
use document::{documents, index, Base};

/// The help text below the options.
const MORE_HELP: &str = "\
Writes a self-contained document (JSON Schema 2020-12) for each event type, each content and each body of a response or a request:
  events/<type>.json        a whole event, such as events/m.room.message.json
  contents/<type>.json      the content of an event
  edus/<type>.json          an ephemeral data unit (EDU)
  edu-contents/<type>.json  the content of an EDU
  bodies/<name>.json        a body, such as bodies/SyncResponse.json
  index.json                the list of the documents, with kinds, variants, aliases, versions and links

The documents have the verdicts of `matrix-events validate --level schema`. A type that ends in `.*` has a file without the `.*`.
A second run replaces and removes the documents of the first run. It does not change other files.

Examples:
  matrix-events schemas schemas
  matrix-events schemas schemas --base-uri https://example.org/schemas/";

/// Write JSON Schema documents of all events and responses.
#[derive(clap::Args)]
#[command(after_long_help = format!("{MORE_HELP}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// The folder for the documents.
    folder: PathBuf,
    /// Include the events and bodies of proposals. Requires a program with the Cargo feature `unstable`, which always includes the
    /// variants of proposals, such as further values of `msgtype`.
    #[arg(long)]
    unstable: bool,
    /// The start of the `$id` of each document, before the path of its file. Defaults to `urn:matrix-events:<release>:`.
    #[arg(long, value_name = "URI")]
    base_uri: Option<Base>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, String> {
    if arguments.unstable && !cfg!(feature = "unstable") {
        let help = "install the program with the feature: `cargo install --path cli --features unstable`";
        return Err(format!("this program was built without the proposals\n  = help: {help}"));
    }
    let documents = documents(arguments.unstable);
    let base = arguments.base_uri.clone().unwrap_or_default();
    let mut files: folder::Files = documents.iter().map(|document| (document.file(), document.text(&base))).collect();
    files.insert(document::INDEX.to_owned(), index(&documents, &base));
    let removed = folder::replace(&arguments.folder, &files)?;
    let mut summary = format!("wrote {} to {}", counted(documents.len() as u64, "schema"), arguments.folder.display());
    if removed > 0 {
        summary.push_str(&format!(", and removed {} of an earlier run", counted(removed as u64, "file")));
    }
    print(&format!("{summary}\n")).map(|()| Exit::Success)
}
