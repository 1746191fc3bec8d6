//! `cargo xtask e2e`: runs the echo bot against a real homeserver.

use std::io::{Read, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{bail, ensure, Context, Result};
use fs_err as fs;

use crate::ci::SKIPPED;
use crate::{print, workspace::workspace};

/// The packages of the homeserver and of the other client.
const PACKAGES: [&str; 2] = ["matrix-synapse==1.163.2", "matrix-nio==0.26.0"];

/// The name of the homeserver.
const SERVER_NAME: &str = "localhost";

/// The users, with their passwords.
const USERS: [(&str, &str); 2] = [("mira", "seedlings"), ("echo", "repeat")];

/// The time in which the homeserver starts.
const START: Duration = Duration::from_secs(60);

/// The help text below the options.
const MORE_HELP: &str = "\
Installs Synapse and matrix-nio into target/e2e, starts Synapse on the loopback interface, runs examples/echo-bot and a client in
Python against it, and stops them. Then deserializes all responses that the bot received.

Examples:
  cargo xtask e2e

Exit codes:
  0   the bot answered as expected, and all responses deserialize
  1   the bot did not answer, or a response does not deserialize
  77  Python or its packages cannot be installed";

/// Run the echo bot against a real homeserver.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {}

/// A process that ends with this value.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The folders and programs of a run.
struct Run {
    workspace: PathBuf,
    /// The folder of all files.
    folder: PathBuf,
    /// The URL of the homeserver.
    homeserver: String,
    port: u16,
}

pub(crate) fn run(_: &Arguments) -> Result<()> {
    let workspace = workspace()?;
    let folder = workspace.join("target/e2e");
    fs::create_dir_all(&folder)?;
    if let Err(error) = install(&folder) {
        print(format_args!("skipped: {error:#}\n"))?;
        std::process::exit(SKIPPED);
    }
    let port = free_port()?;
    let run = Run { homeserver: format!("http://127.0.0.1:{port}"), workspace, folder, port };
    run.all()
}

impl Run {
    fn all(&self) -> Result<()> {
        let _homeserver = self.start_homeserver()?;
        for (user, password) in USERS {
            let mut register = self.python("register_new_matrix_user");
            register.args(["--user", user, "--password", password, "--no-admin", "--config", "homeserver.yaml"]);
            run_command(register.arg(&self.homeserver).stdout(Stdio::null()))?;
        }
        let bot = self.start_bot()?;
        let [(user, password), (echo, _)] = USERS;
        let mut client = self.python("python");
        client.arg(self.workspace.join("examples/echo-bot/tests/client.py"));
        client.args([&self.homeserver, user, password, &format!("@{echo}:{SERVER_NAME}")]);
        run_command(&mut client)?;
        drop(bot);
        self.check_responses()
    }

    /// Starts the homeserver, and waits until it answers.
    fn start_homeserver(&self) -> Result<Process> {
        for old in ["homeserver.db", "media", "responses"] {
            let old = self.folder.join(old);
            let _ = if old.is_dir() { fs::remove_dir_all(old) } else { fs::remove_file(old) };
        }
        fs::create_dir_all(self.folder.join("responses"))?;
        fs::write(self.folder.join("homeserver.yaml"), self.settings())?;
        fs::write(self.folder.join("log.yaml"), LOG)?;
        let mut keys = self.python("python");
        run_command(keys.args(["-m", "synapse.app.homeserver", "-c", "homeserver.yaml", "--generate-keys"]))?;
        let mut start = self.python("python");
        start.args(["-m", "synapse.app.homeserver", "-c", "homeserver.yaml"]).stdout(Stdio::null());
        let mut process = Process(start.spawn().context("failed to start Synapse")?);
        let started = Instant::now();
        while !self.is_up() {
            if let Some(status) = process.0.try_wait()? {
                bail!("Synapse ended with {status}\n  = help: see target/e2e/homeserver.log");
            }
            ensure!(started.elapsed() < START, "Synapse did not start\n  = help: see target/e2e/homeserver.log");
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(process)
    }

    fn is_up(&self) -> bool {
        let mut answer = String::new();
        let asked = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).and_then(|mut stream| {
            stream.write_all(b"GET /health HTTP/1.0\r\n\r\n")?;
            stream.read_to_string(&mut answer)
        });
        asked.is_ok() && answer.contains(" 200 ")
    }

    /// Returns the configuration of the homeserver: no federation, no limits, a database in a file.
    fn settings(&self) -> String {
        let Self { port, folder, .. } = self;
        let folder = folder.display();
        let unlimited = "{per_second: 1000, burst_count: 1000}";
        format!(
            "\
server_name: {SERVER_NAME}
pid_file: {folder}/homeserver.pid
listeners:
  - {{port: {port}, bind_addresses: [127.0.0.1], type: http, tls: false, resources: [{{names: [client], compress: false}}]}}
database: {{name: sqlite3, args: {{database: {folder}/homeserver.db}}}}
log_config: {folder}/log.yaml
media_store_path: {folder}/media
signing_key_path: {folder}/signing.key
registration_shared_secret: e2e
macaroon_secret_key: e2e
form_secret: e2e
report_stats: false
trusted_key_servers: []
federation_domain_whitelist: []
rc_message: {unlimited}
rc_joins: {{local: {unlimited}, remote: {unlimited}}}
rc_invites: {{per_room: {unlimited}, per_user: {unlimited}}}
rc_login: {{address: {unlimited}, account: {unlimited}, failed_attempts: {unlimited}}}
"
        )
    }

    fn start_bot(&self) -> Result<Process> {
        let manifest = self.workspace.join("examples/echo-bot/Cargo.toml");
        let target = self.folder.join("bot");
        let mut build = Command::new("cargo");
        build.args(["build", "--quiet", "--locked", "--no-default-features", "--manifest-path"]).arg(manifest);
        run_command(build.arg("--target-dir").arg(&target))?;
        let [_, (user, password)] = USERS;
        let mut bot = Command::new(target.join("debug/echo-bot"));
        bot.args([self.homeserver.as_str(), user]).env("PASSWORD", password);
        bot.arg("--record").arg(self.folder.join("responses"));
        Ok(Process(bot.spawn().context("failed to start the bot")?))
    }

    /// Checks that the responses that the bot received deserialize without a loss.
    fn check_responses(&self) -> Result<()> {
        let mut test = Command::new("cargo");
        test.args(["test", "--quiet", "--package", "spec-tests", "--test", "responses", "recorded"])
            .current_dir(&self.workspace);
        run_command(test.env("MATRIX_TRAFFIC", &self.folder))
    }

    /// Returns a program of the Python environment.
    fn python(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join("venv/bin").join(program));
        command.current_dir(&self.folder);
        command
    }
}

const LOG: &str = "\
version: 1
handlers: {file: {class: logging.FileHandler, filename: homeserver.log}}
root: {level: WARNING, handlers: [file]}
";

/// Installs the packages, unless an earlier run installed them.
fn install(folder: &Path) -> Result<()> {
    let (venv, installed) = (folder.join("venv"), folder.join("venv/installed.txt"));
    let packages = PACKAGES.join("\n");
    if fs::read_to_string(&installed).is_ok_and(|found| found == packages) {
        return Ok(());
    }
    run_command(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    let mut pip = Command::new(venv.join("bin/pip"));
    run_command(pip.args(["install", "--quiet", "--disable-pip-version-check"]).args(PACKAGES))?;
    Ok(fs::write(installed, packages)?)
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("failed to find a free port")?;
    Ok(listener.local_addr()?.port())
}

pub(crate) fn run_command(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("failed to run {name}"))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}
