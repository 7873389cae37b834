//! What an office tells its tills about itself, and how a till keeps it: `office-profile.json` in the data folder. All of
//! it may be missing. The till works without any of it, and what it cannot use it takes for missing.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};

use super::hook_secret::HookSecret;
use super::public_address::PublicAddress;
use super::signed_head::PublicKey;
use crate::clock::UnixMs;
use crate::files;

/// For so long the office's webhook is left out after the gateway has refused an invoice with it.
const LEFT_OUT_MS: i64 = 24 * 60 * 60 * 1000;

/// What an office tells each of its tills. More may be added; a till ignores what it does not know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeProfile {
    /// By which address the world reaches it; `None`: by none.
    #[serde(
        default,
        deserialize_with = "usable",
        skip_serializing_if = "Option::is_none"
    )]
    pub public_address: Option<PublicAddress>,
    /// By which secret it hears the gateway's webhook there; `None`: it does not.
    #[serde(
        default,
        deserialize_with = "usable",
        skip_serializing_if = "Option::is_none"
    )]
    pub hook: Option<HookSecret>,
}

impl OfficeProfile {
    /// Where the gateway may call, as it wants it: `https` alone.
    #[must_use]
    pub fn webhook(&self) -> Option<String> {
        let address = self.public_address.as_ref()?;
        let hook = self.hook.as_ref().filter(|_| !address.is_plain())?;
        Some(address.at(&hook.path()))
    }
}

/// The profile of one office, as a till keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptProfile {
    /// Whose it is, by the key that the till was paired with. Another office's says nothing.
    office: PublicKey,
    #[serde(flatten)]
    profile: OfficeProfile,
    /// When the gateway last refused an invoice with the office's webhook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refused_at_unix_ms: Option<UnixMs>,
}

/// A text that is what it should be; any other counts as missing.
fn usable<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<String>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.and_then(|text| text.try_into().ok()))
}

/// Where it is kept.
fn profile_file(data_dir: &Path) -> PathBuf {
    data_dir.join("office-profile.json")
}

impl KeptProfile {
    /// What the office of this key has told; nothing where it is not known.
    pub(crate) fn of_office(office: &PublicKey, data_dir: &Path) -> OfficeProfile {
        let kept = Self::load(office, data_dir);
        kept.map(|kept| kept.profile).unwrap_or_default()
    }

    /// The office's webhook, unless the gateway has refused an invoice with it lately: an office must not keep a till from
    /// selling.
    pub(crate) fn webhook(office: &PublicKey, now: UnixMs, data_dir: &Path) -> Option<String> {
        let kept = Self::load(office, data_dir)?;
        let is_left_out = kept.refused_at_unix_ms.is_some_and(|at| {
            let ago_ms = now.0.saturating_sub(at.0);
            (0..LEFT_OUT_MS).contains(&ago_ms)
        });
        kept.profile.webhook().filter(|_| !is_left_out)
    }

    /// The gateway refused an invoice that had the office's webhook, whatever its reason.
    pub(crate) fn note_refused(office: &PublicKey, now: UnixMs, data_dir: &Path) {
        if let Some(mut kept) = Self::load(office, data_dir) {
            kept.refused_at_unix_ms = Some(now);
            kept.save(data_dir);
        }
    }

    fn load(office: &PublicKey, data_dir: &Path) -> Option<Self> {
        let text = std::fs::read(profile_file(data_dir)).ok()?;
        let kept: Self = serde_json::from_slice(&text).ok()?;
        (kept.office == *office).then_some(kept)
    }

    /// Keeps what the office of this key tells, if it is something else than before. It may always be asked again: that it
    /// cannot be written is told in the log alone.
    pub(crate) fn keep(office: &PublicKey, profile: OfficeProfile, data_dir: &Path) {
        if Self::of_office(office, data_dir) == profile {
            return;
        }
        let kept = Self {
            office: office.clone(),
            profile,
            refused_at_unix_ms: None,
        };
        kept.save(data_dir);
    }

    fn save(&self, data_dir: &Path) {
        let written = serde_json::to_vec_pretty(self)
            .map_err(io::Error::from)
            .and_then(|text| files::replace(&profile_file(data_dir), &text));
        if let Err(error) = written {
            tracing::warn!(%error, "what the back office tells about itself cannot be kept");
        }
    }

    /// Forgets it.
    pub(crate) fn forget(data_dir: &Path) {
        if let Err(error) = files::remove(&profile_file(data_dir)) {
            tracing::warn!(%error, "what the back office told about itself cannot be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_kept_for_its_office_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let (office, other) = (PublicKey("a".to_owned()), PublicKey("b".to_owned()));
        let told = |text: &str| serde_json::from_str::<OfficeProfile>(text).expect("a profile");
        let nothing = OfficeProfile::default();
        assert_eq!(KeptProfile::of_office(&office, folder.path()), nothing);
        let profile = told(r#"{"public_address":"https://office.example","later":[1]}"#);
        KeptProfile::keep(&office, profile.clone(), folder.path());
        assert_eq!(KeptProfile::of_office(&office, folder.path()), profile);
        assert_eq!(KeptProfile::of_office(&other, folder.path()), nothing);
        KeptProfile::keep(&office, nothing.clone(), folder.path());
        assert_eq!(KeptProfile::of_office(&office, folder.path()), nothing);
        KeptProfile::keep(&office, profile, folder.path());
        KeptProfile::forget(folder.path());
        assert_eq!(KeptProfile::of_office(&office, folder.path()), nothing);
        std::fs::write(profile_file(folder.path()), "damaged").expect("written");
        assert_eq!(KeptProfile::of_office(&office, folder.path()), nothing);
    }

    #[test]
    fn a_webhook_with_which_an_invoice_was_refused_is_left_out_for_a_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let (office, now) = (PublicKey("a".to_owned()), UnixMs(1_700_000_000_000));
        let told = |address: &str| {
            let hook = "aB3-_aB3-_aB3-_aB3-_aB";
            let text = format!(r#"{{"public_address":"{address}","hook":"{hook}"}}"#);
            let told = serde_json::from_str::<OfficeProfile>(&text).expect("a profile");
            KeptProfile::keep(&office, told, folder.path());
        };
        let is_used = |at| KeptProfile::webhook(&office, at, folder.path()).is_some();
        KeptProfile::note_refused(&office, now, folder.path());
        assert!(!is_used(now));
        told("https://office.example");
        assert!(is_used(now));
        KeptProfile::note_refused(&office, now, folder.path());
        // The office tells the same again.
        told("https://office.example");
        assert!(!is_used(now) && !is_used(now.plus(LEFT_OUT_MS - 1)));
        assert!(is_used(now.plus(LEFT_OUT_MS)) && is_used(now.plus(-1)));
        told("https://other.example");
        assert!(is_used(now), "another address is tried");
    }

    #[test]
    fn an_address_that_is_none_is_no_address() {
        for text in [
            r#"{"public_address":"http://office.example"}"#,
            r#"{"public_address":"javascript:alert(1)"}"#,
            r#"{"public_address":null}"#,
            r#"{"hook":"short"}"#,
            "{}",
        ] {
            let told: OfficeProfile = serde_json::from_str(text).expect("a profile");
            assert_eq!(told, OfficeProfile::default(), "{text}");
        }
    }

    #[test]
    fn the_gateway_is_told_an_https_address_with_a_secret_or_none() {
        let webhook = |text: &str| {
            let told: OfficeProfile = serde_json::from_str(text).expect("a profile");
            told.webhook()
        };
        let hook = "aB3-_aB3-_aB3-_aB3-_aB";
        let told = |address: &str| format!(r#"{{"public_address":"{address}","hook":"{hook}"}}"#);
        let https = webhook(&told("https://office.example"));
        assert_eq!(https, Some(format!("https://office.example/hook/{hook}")));
        assert_eq!(webhook(&told("http://127.0.0.1:7443")), None);
        assert_eq!(
            webhook(r#"{"public_address":"https://office.example"}"#),
            None
        );
        assert_eq!(webhook(&format!(r#"{{"hook":"{hook}"}}"#)), None);
    }
}
