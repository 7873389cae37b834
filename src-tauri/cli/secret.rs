//! Reads a key or a PIN from standard input: typed without being shown, or piped.

use std::io::{self, IsTerminal as _, Read as _};

use secrecy::SecretString;

/// Reads one line at a terminal, after `prompt` and without showing it; otherwise all of the input, at most
/// `max_bytes`.
///
/// # Errors
/// Those of the input, and `InvalidData` for input that is not UTF-8.
pub(super) fn read(prompt: &str, max_bytes: u64) -> io::Result<SecretString> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return rpassword::prompt_password(prompt).map(SecretString::from);
    }
    let mut text = String::new();
    stdin.take(max_bytes).read_to_string(&mut text)?;
    Ok(SecretString::from(text))
}
