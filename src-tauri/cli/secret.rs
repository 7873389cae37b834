//! A key or a PIN comes in by standard input: typed without being shown, or piped.

use std::io::{self, IsTerminal as _, Read as _};

use secrecy::SecretString;

/// At a terminal one line, asked for by `prompt` and not shown; else all of the input, `longest` bytes at most.
///
/// # Errors
/// Those of the input; one that is not text among them.
pub(super) fn read(prompt: &str, longest: u64) -> io::Result<SecretString> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return rpassword::prompt_password(prompt).map(SecretString::from);
    }
    let mut text = String::new();
    stdin.take(longest).read_to_string(&mut text)?;
    Ok(SecretString::from(text))
}
