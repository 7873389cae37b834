//! The office's own certificate for HTTPS, made once. No authority has to know it: the pairing code tells the tills its
//! fingerprint.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use ringup_core::office::{FINGERPRINT_BYTES, fingerprint_of};

use crate::private_file;

/// Why there is no certificate to show.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The disk.
    #[error("the certificate {0}: {1}")]
    File(PathBuf, io::Error),
    /// It cannot be made.
    #[error("the certificate cannot be made: {0}")]
    Made(#[from] rcgen::Error),
    /// It cannot be read.
    #[error("the certificate cannot be used: {0}")]
    Unusable(String),
}

/// A certificate with its key.
#[derive(Debug)]
pub struct Certificate {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    is_own: bool,
}

impl Certificate {
    /// The office's own, in this file (certificate and key, PEM); it is made once.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn own(path: &Path) -> Result<Self, CertificateError> {
        if !path.exists() {
            let key = KeyPair::generate()?;
            let mut params = CertificateParams::new(vec!["ringup-office".to_owned()])?;
            params.distinguished_name = rcgen::DistinguishedName::new();
            // Tills compare the fingerprint and no date.
            params.not_before = rcgen::date_time_ymd(2020, 1, 1);
            params.not_after = rcgen::date_time_ymd(2120, 1, 1);
            let certificate = params.self_signed(&key)?;
            let text = format!("{}{}", certificate.pem(), key.serialize_pem());
            match private_file::write_new(path, text.as_bytes()) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(CertificateError::File(path.to_owned(), error));
                }
                _ => {}
            }
        }
        let mut own = Self::read(path, path)?;
        own.is_own = true;
        Ok(own)
    }

    /// One that a public authority has signed: the chain and its key, PEM.
    ///
    /// # Errors
    /// [`CertificateError::File`], [`CertificateError::Unusable`].
    pub fn read(chain: &Path, key: &Path) -> Result<Self, CertificateError> {
        let read = |path: &Path| {
            std::fs::read(path).map_err(|error| CertificateError::File(path.to_owned(), error))
        };
        let unusable =
            |error: rustls::pki_types::pem::Error| CertificateError::Unusable(format!("{error:?}"));
        let chain: Vec<_> = CertificateDer::pem_slice_iter(&read(chain)?)
            .collect::<Result<_, _>>()
            .map_err(unusable)?;
        let key = PrivateKeyDer::from_pem_slice(&read(key)?).map_err(unusable)?;
        Ok(Self {
            chain,
            key,
            is_own: false,
        })
    }

    /// What a pairing code says of it; `None`: a public authority vouches for it.
    pub fn fingerprint(&self) -> Option<[u8; FINGERPRINT_BYTES]> {
        let certificate = self.chain.first().filter(|_| self.is_own)?;
        Some(fingerprint_of(certificate))
    }

    /// How the office shows it.
    ///
    /// # Errors
    /// [`CertificateError::Unusable`].
    pub fn server_config(&self) -> Result<Arc<ServerConfig>, CertificateError> {
        let unusable = |error: rustls::Error| CertificateError::Unusable(error.to_string());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), self.key.clone_key())
            .map_err(unusable)?;
        Ok(Arc::new(config))
    }
}
