//! A bot that repeats messages in a thread.
//!
//! ```sh
//! PASSWORD=… cargo run -- https://matrix.example.org echo
//! ```

mod bot;
mod client;

use std::path::PathBuf;

use anyhow::{bail, Context, Result};

use crate::bot::Bot;
use crate::client::Client;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (homeserver, user, record) = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [homeserver, user] => (*homeserver, *user, None),
        [homeserver, user, "--record", folder] => (*homeserver, *user, Some(PathBuf::from(folder))),
        _ => bail!("usage: echo-bot HOMESERVER USER [--record FOLDER], with the password in the variable PASSWORD"),
    };
    let password = std::env::var("PASSWORD").context("the variable PASSWORD is not set")?;
    let mut client = Client::log_in(homeserver, user, &password, record)?;
    let mut bot = Bot::new(client.user_id().clone());
    let mut since: Option<String> = None;
    loop {
        let response = client.sync(since.as_deref())?;
        bot.handle(&response, &mut client)?;
        since = response.next_batch.or(since);
    }
}
