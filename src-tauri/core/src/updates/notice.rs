//! The version notice: one file that names the newest version, and the signature of exactly that. Both are in one file,
//! so that no moment exists in which a server has one of them new and the other old:
//!
//! ```text
//! {"product":"ringup","version":"1.4.0","released":"2027-02-01"}
//! untrusted comment: signature from minisign secret key
//! RUQf6LRCGA9i5…
//! trusted comment: timestamp:1801440000 …
//! 6s5f…
//! ```
//!
//! The first line with its end is what is signed; the other four are what `minisign` writes. A file that is anything else
//! says nothing.

use minisign_verify::Signature;
use serde::{Deserialize, Serialize};

use super::Version;
use crate::calendar::Day;
use crate::settings::UpdateSource;

/// The largest file that is read, bytes. A notice has some 400.
pub(super) const MAX_BYTES: usize = 4096;
/// Lines of a signature of minisign.
const SIGNATURE_LINES: usize = 4;
/// Another program's notice may be signed with the same key.
const PRODUCT: &str = "ringup";

/// A version that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct VersionNotice {
    /// Which.
    pub version: Version,
    /// The day of its release.
    pub released: Day,
}

/// Why nothing is known of a newer version.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
    ts_rs::TS,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[ts(export)]
pub enum UpdateTrouble {
    /// No connection, or one that broke.
    Unreachable,
    /// The answer took too long.
    Slow,
    /// The server sends the till to another address, where it does not go.
    Redirected,
    /// The server has no such file, or does not give it.
    NoFile,
    /// The answer is longer than any notice.
    TooLarge,
    /// No signature by the key that is set.
    NotSigned,
    /// It is signed, and says something else than a notice does.
    Unreadable,
    /// It is signed, and of another program.
    OtherProduct,
    /// It is signed, and names an older version than this.
    Older,
}

impl UpdateTrouble {
    /// Its name, as files and `--json` have it.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What the signed line says. A field that this version does not know may change what the others mean, so that a line
/// with one is not read at all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedLine {
    product: String,
    version: Version,
    released: Day,
}

/// The notice in this file.
///
/// # Errors
/// [`UpdateTrouble`] when the file is not one that the source's key has signed, or says anything else.
pub fn read_notice(file: &[u8], source: &UpdateSource) -> Result<VersionNotice, UpdateTrouble> {
    if file.len() > MAX_BYTES {
        return Err(UpdateTrouble::TooLarge);
    }
    let text = std::str::from_utf8(file).or(Err(UpdateTrouble::NotSigned))?;
    let (line, signature) = text.split_once('\n').ok_or(UpdateTrouble::NotSigned)?;
    if signature.lines().count() != SIGNATURE_LINES {
        return Err(UpdateTrouble::NotSigned);
    }
    let signature = Signature::decode(signature).or(Err(UpdateTrouble::NotSigned))?;
    let signed = format!("{line}\n");
    // The older kind of signatures, of the text instead of its hash, is not what minisign makes today.
    let verified = source.key.verify(signed.as_bytes(), &signature, false);
    verified.or(Err(UpdateTrouble::NotSigned))?;
    let said: SignedLine = serde_json::from_str(line).or(Err(UpdateTrouble::Unreadable))?;
    if said.product != PRODUCT {
        return Err(UpdateTrouble::OtherProduct);
    }
    Ok(VersionNotice {
        version: said.version,
        released: said.released,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::settings::UpdateSettings;

    const KEY: &str = include_str!("samples/test.pub");
    const NEWER: &[u8] = include_bytes!("samples/newer.notice");

    fn source(key: &str) -> UpdateSource {
        let settings = UpdateSettings {
            address: Some("https://shop.example/ringup.notice".into()),
            key: Some(key.trim().into()),
        };
        settings.source().expect("a source")
    }

    fn read(file: &[u8]) -> Result<VersionNotice, UpdateTrouble> {
        read_notice(file, &source(KEY))
    }

    #[test]
    fn what_minisign_has_signed_is_read() {
        let notice = read(NEWER).expect("a notice");
        assert_eq!(notice.version.to_string(), "99.1.0");
        assert_eq!(notice.released.to_string(), "2026-11-27");
    }

    #[test]
    fn what_is_signed_and_no_notice_is_refused() {
        for (file, trouble) in [
            (
                &include_bytes!("samples/unknown_field.notice")[..],
                UpdateTrouble::Unreadable,
            ),
            (
                include_bytes!("samples/not_a_version.notice"),
                UpdateTrouble::Unreadable,
            ),
            (
                include_bytes!("samples/other_product.notice"),
                UpdateTrouble::OtherProduct,
            ),
            (
                include_bytes!("samples/legacy.notice"),
                UpdateTrouble::NotSigned,
            ),
        ] {
            assert_eq!(read(file), Err(trouble));
        }
    }

    #[test]
    fn another_key_has_not_signed_it() {
        let other = source(include_str!("samples/other.pub"));
        assert_eq!(read_notice(NEWER, &other), Err(UpdateTrouble::NotSigned));
    }

    #[test]
    fn a_file_of_more_or_fewer_lines_is_none() {
        let text = std::str::from_utf8(NEWER).expect("text");
        let more = format!("{text}more\n");
        let fewer: String = text
            .lines()
            .take(4)
            .map(|line| format!("{line}\n"))
            .collect();
        let bare = text.lines().next().expect("a line");
        for file in ["", "\n", bare, &more, &fewer] {
            assert_eq!(
                read(file.as_bytes()),
                Err(UpdateTrouble::NotSigned),
                "{file}"
            );
        }
        let long = vec![b' '; MAX_BYTES + 1];
        assert_eq!(read(&long), Err(UpdateTrouble::TooLarge));
    }

    proptest! {
        #[test]
        fn a_file_with_another_byte_says_the_same_or_nothing(
            at in 0..NEWER.len(),
            byte in any::<u8>(),
        ) {
            let mut file = NEWER.to_vec();
            *file.get_mut(at).expect("within") = byte;
            // The comment that nobody signs may be another.
            if let Ok(notice) = read(&file) {
                prop_assert_eq!(Ok(notice), read(NEWER));
                let text = std::str::from_utf8(&file).expect("text");
                prop_assert_eq!(text.lines().next(), std::str::from_utf8(NEWER).expect("text").lines().next());
            }
        }

        #[test]
        fn nothing_unsigned_is_read(file in proptest::collection::vec(any::<u8>(), 0..600)) {
            prop_assert!(read(&file).is_err());
        }
    }
}
