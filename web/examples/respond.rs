//! Responds to the requests of the standard input. A request and a response begin with their length in bytes, as four bytes in
//! big-endian order. The test of the WebAssembly module compares its responses with those of this program.

use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    loop {
        let mut length = [0; 4];
        if let Err(error) = input.read_exact(&mut length) {
            return if error.kind() == io::ErrorKind::UnexpectedEof { output.flush() } else { Err(error) };
        }
        let mut request = vec![0; u32::from_be_bytes(length) as usize];
        input.read_exact(&mut request)?;
        let response = matrix_events_web::respond(&request);
        let length = u32::try_from(response.len()).map_err(io::Error::other)?;
        output.write_all(&length.to_be_bytes())?;
        output.write_all(&response)?;
    }
}
