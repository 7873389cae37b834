//! The back office as it is shipped, on a real PostgreSQL that flushes every commit, and what a till and an owner's
//! browser need to talk with it.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::header::{COOKIE, HeaderMap, HeaderValue};
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::ids::TillId;
use ringup_core::office::{PairingCode, SECRET_BYTES};
use ringup_office::certificate::Certificate;
use ringup_office::store::{SecretHash, Store};
use ringup_testkit::{Postgres, free_port};
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};

use crate::Failed;

/// The program.
const PROGRAM: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../target/release/ringup-office"
);
/// No start takes longer unless something is wrong.
const START_TIMEOUT: Duration = Duration::from_secs(20);
/// As large as a shop's own would be; the office's part and its peer's are run by the same server.
const SETTINGS: [&str; 2] = ["shared_buffers=1GB", "max_wal_size=4GB"];
/// The owner whose browser asks.
const OWNER: &str = "bench";

/// A running office and its database.
pub(crate) struct OfficeProgram {
    process: Child,
    data: tempfile::TempDir,
    pub(crate) address: String,
    /// The same book, reached beside the program.
    pub(crate) store: Store,
    pub(crate) postgres: Postgres,
}

impl OfficeProgram {
    /// Whether it was built.
    pub(crate) fn is_built() -> bool {
        PathBuf::from(PROGRAM).is_file()
    }

    pub(crate) async fn start() -> Result<Self, Failed> {
        // The first installation stays; a second is refused, which is harmless.
        drop(rustls::crypto::ring::default_provider().install_default());
        let postgres = Postgres::start_with(&SETTINGS);
        let store = Store::postgres(&postgres.url()).await.map_err(other)?;
        let data = tempfile::tempdir()?;
        let address = format!("127.0.0.1:{}", free_port());
        let process = Command::new(PROGRAM)
            .arg("--data")
            .arg(data.path())
            .args(["--listen", &address])
            .env("RINGUP_OFFICE_DATABASE", postgres.url())
            .stdout(Stdio::null())
            .spawn()?;
        let office = Self {
            process,
            data,
            address,
            store,
            postgres,
        };
        let until = Instant::now() + START_TIMEOUT;
        while std::net::TcpStream::connect(&office.address).is_err() {
            if Instant::now() > until {
                return Err(Failed::Other("the office does not listen".to_owned()));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(office)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("https://{}{path}", self.address)
    }

    /// What it has in memory, MiB.
    pub(crate) fn memory(&self) -> Result<f64, Failed> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        kib.map(|kib| kib / 1024.0)
            .ok_or_else(|| Failed::Other("the office's memory cannot be read".to_owned()))
    }

    /// Pairs one more till; returns its token.
    pub(crate) async fn pair(&self, till: TillId) -> Result<SecretString, Failed> {
        let secret = SecretString::from(till.to_string());
        let until = now().plus(60_000);
        let offered = self.store.offer_pairing(&secret, "Stall", until).await;
        offered.map_err(other)?;
        let (token, _) = self.store.pair(&secret, till, now()).await.map_err(other)?;
        Ok(token)
    }

    /// A code by which a program pairs itself.
    pub(crate) async fn pairing_code(&self) -> Result<String, Failed> {
        let secret: [u8; SECRET_BYTES] = rand::random();
        let certificate = Certificate::own(&self.data.path().join("office.pem")).map_err(other)?;
        let code = PairingCode::new(&self.address, &secret, certificate.fingerprint());
        let until = now().plus(60_000);
        let offered = self.store.offer_pairing(&code.secret, "Bench", until).await;
        offered.map_err(other)?;
        Ok(code.reveal())
    }

    /// What tills and browsers call it by; its certificate is its own.
    pub(crate) fn client(&self) -> Result<reqwest::Client, Failed> {
        let client = reqwest::Client::builder().tls_danger_accept_invalid_certs(true);
        client.build().map_err(other)
    }

    /// A browser in which an owner is signed in.
    pub(crate) async fn browser(&self) -> Result<reqwest::Client, Failed> {
        let secret = TillId::new().to_string();
        let known = self.store.set_passphrase(OWNER, "none", now()).await;
        known.map_err(other)?;
        let session = SecretHash(Sha256::digest(&secret).into());
        let opened = self.store.open_session(session, OWNER, now()).await;
        opened.map_err(other)?;
        let cookie = format!("__Host-ringup-session={secret}");
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_str(&cookie).map_err(other)?);
        let client = reqwest::Client::builder()
            .tls_danger_accept_invalid_certs(true)
            .default_headers(headers);
        client.build().map_err(other)
    }

    /// Waits until all that has come is folded; how long that took.
    pub(crate) async fn folded(&self) -> Result<Duration, Failed> {
        let begun = Instant::now();
        let behind = "SELECT count(*) FROM head LEFT JOIN folded USING (till)
                      WHERE folded.seq IS DISTINCT FROM head.seq";
        while self.postgres.sql(behind) != "0" {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(begun.elapsed())
    }
}

impl Drop for OfficeProgram {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn now() -> UnixMs {
    Clock::system().now()
}

pub(crate) fn other(error: impl std::fmt::Display) -> Failed {
    Failed::Other(error.to_string())
}
