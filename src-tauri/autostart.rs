//! Starting the till when the user of this machine logs in: an entry in the desktop's autostart folder
//! (Desktop Application Autostart Specification, freedesktop.org).

use std::io;
use std::path::{Path, PathBuf};

use ringup_core::ids::APP_ID;

/// Creates the entry, or removes it.
///
/// # Errors
/// Those of the file system.
pub(crate) fn set(on: bool) -> io::Result<()> {
    let Some(entry) = entry() else {
        return Ok(());
    };
    if on {
        let text = text(&program()?);
        if std::fs::read_to_string(&entry).is_ok_and(|current| current == text) {
            return Ok(());
        }
        if let Some(folder) = entry.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&entry, text)
    } else {
        match std::fs::remove_file(&entry) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn entry() -> Option<PathBuf> {
    let base = directories::BaseDirs::new()?;
    let name = format!("{APP_ID}.desktop");
    Some(base.config_dir().join("autostart").join(name))
}

fn program() -> io::Result<PathBuf> {
    // An AppImage runs from a temporary folder; this variable names the file itself.
    match std::env::var_os("APPIMAGE") {
        Some(image) => Ok(PathBuf::from(image)),
        None => std::env::current_exe(),
    }
}

fn text(program: &Path) -> String {
    let quoted = quoted(&program.to_string_lossy());
    format!(
        "[Desktop Entry]\nType=Application\nName=Ringup\nExec={quoted}\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"
    )
}

/// Quotes a path for `Exec` (Desktop Entry Specification, *The Exec key*): the escapes of that key, escaped once
/// more as in any string of such a file.
fn quoted(path: &str) -> String {
    let mut text = String::from("\"");
    for letter in path.chars() {
        match letter {
            '"' | '`' | '$' => text.extend(['\\', '\\', letter]),
            '\\' => text.push_str("\\\\\\\\"),
            '%' => text.push_str("%%"),
            _ => text.push(letter),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_argument_of_the_entry() {
        assert_eq!(quoted("/usr/bin/ringup"), "\"/usr/bin/ringup\"");
        assert_eq!(quoted("/a b/$x%\\"), "\"/a b/\\\\$x%%\\\\\\\\\"");
        assert!(text(Path::new("/usr/bin/ringup")).contains("\nExec=\"/usr/bin/ringup\"\n"));
    }
}
