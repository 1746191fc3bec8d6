//! A web server for the page, on the loopback interface.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use fs_err as fs;

use crate::print;

/// Serves the files of a folder until the program ends.
pub(super) fn serve(folder: &Path, port: u16) -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("failed to use the port {port}\n  = help: use another one with `--port <port>`"))?;
    print(format_args!("serving http://127.0.0.1:{port}/ (stop with Ctrl+C)\n"))?;
    for stream in listener.incoming().flatten() {
        // A client that closes the connection early is no error of the server.
        let _ = answer(folder, stream);
    }
    Ok(())
}

fn answer(folder: &Path, mut stream: TcpStream) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut lines = BufReader::new(&stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // A server that closes the connection before it reads the headers resets the connection.
    lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
    let path = request.split(' ').nth(1).unwrap_or("/");
    let name = match path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    // The folder has no folders, so a path with a separator is no file of the page.
    let file = if name.contains(['/', '\\']) { None } else { fs::read(folder.join(name)).ok() };
    let (status, body) = file.map_or(("404 Not Found", b"not found".to_vec()), |body| ("200 OK", body));
    let content_type = match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "text/plain; charset=utf-8",
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n",
        body.len()
    )?;
    Ok(stream.write_all(&body)?)
}
