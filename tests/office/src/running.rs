//! An office in the process of its test.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use ringup_core::calendar::Zone;
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::ids::TillId;
use ringup_core::office::{
    Client, FINGERPRINT_BYTES, PairRequest, PairingCode, PublicKey, SECRET_BYTES, SecretToken,
};
use ringup_core::shared_settings::{Document, SharedSettings};
use ringup_office::certificate::Certificate;
use ringup_office::pages::{PagesConfig, passphrase};
use ringup_office::server::{Office, serve_metrics, serve_until};
use ringup_office::store::{Edit, NewVersion, Store};
use ringup_office::witness::Witness;
use ringup_office::word::{HookSecrets, MailServer, Networks, WordConfig};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::visitor::Visitor;

/// An office, its book in one file unless it has another, on a free port of this machine.
pub struct RunningOffice {
    stop: watch::Sender<bool>,
    served: JoinHandle<()>,
    folder: TempDir,
    /// Where it tells how it does.
    pub metrics_address: SocketAddr,
    /// Its book.
    pub store: Store,
    /// Where it listens.
    pub address: SocketAddr,
    /// The fingerprint of its certificate.
    pub pin: Option<[u8; FINGERPRINT_BYTES]>,
}

impl RunningOffice {
    /// One that has no till yet.
    pub async fn start() -> Self {
        Self::start_at(Clock::system()).await
    }

    /// The same with this clock.
    pub async fn start_at(clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("office.sqlite");
        let store = Store::sqlite(&book).await.unwrap();
        Self::serving(folder, store, clock, None).await
    }

    /// One that sends word by the mail server at this port of this machine, and to webhooks on this machine.
    pub async fn start_telling(clock: Clock, mail_port: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("office.sqlite");
        let store = Store::sqlite(&book).await.unwrap();
        let address = format!("smtp://127.0.0.1:{mail_port}");
        let mail = MailServer::read(&address, None, "Ringup <till@shop.example>").unwrap();
        Self::serving(folder, store, clock, Some(mail)).await
    }

    /// One with this book, whose keys are in this folder.
    pub async fn start_on(folder: TempDir, store: Store) -> Self {
        Self::serving(folder, store, Clock::system(), None).await
    }

    /// One whose public address is its own.
    pub async fn start_public() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("office.sqlite");
        let store = Store::sqlite(&book).await.unwrap();
        Self::listening(folder, store, Clock::system(), None, true).await
    }

    /// The same with this book.
    pub async fn start_public_on(store: Store) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::listening(folder, store, Clock::system(), None, true).await
    }

    async fn serving(
        folder: TempDir,
        store: Store,
        clock: Clock,
        mail: Option<MailServer>,
    ) -> Self {
        Self::listening(folder, store, clock, mail, false).await
    }

    async fn listening(
        folder: TempDir,
        store: Store,
        clock: Clock,
        mail: Option<MailServer>,
        is_public: bool,
    ) -> Self {
        let path = |name: &str| folder.path().join(name);
        let witness = Witness::open(&path("office.key")).unwrap();
        let certificate = Certificate::own(&path("office.pem")).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let config = PagesConfig {
            address: address.to_string(),
            fingerprint: certificate.fingerprint(),
            zone: Zone::named("Europe/Berlin").unwrap(),
            receipt_days: 90,
            word: WordConfig {
                networks: match mail {
                    Some(_) => "127.0.0.0/8".parse().unwrap(),
                    None => Networks::default(),
                },
                mail,
                secrets: HookSecrets::new(witness.secret_for("webhooks")),
            },
        };
        let mut office = Office::with_pages(store.clone(), witness, clock, config);
        if is_public {
            office = office.reached_at(format!("https://{address}").parse().unwrap());
        }
        let tls = certificate.server_config().unwrap();
        let (stop, stopped) = watch::channel(false);
        let metrics = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let metrics_address = metrics.local_addr().unwrap();
        tokio::spawn(serve_metrics(office.clone(), metrics));
        let served = tokio::spawn(async move {
            let mut stopped = stopped;
            let told = async {
                stopped.wait_for(|stopped| *stopped).await.ok();
            };
            serve_until(office, listener, tls, told).await;
        });
        Self {
            stop,
            served,
            metrics_address,
            folder,
            store,
            address,
            pin: certificate.fingerprint(),
        }
    }

    /// Tells it to stop, as SIGTERM does.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Waits until it has stopped.
    pub async fn stopped(self) {
        self.served.await.unwrap();
    }

    /// The folder of its book and keys.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A code that it shows.
    pub async fn code(&self, name: &str) -> PairingCode {
        let mut secret = [0; SECRET_BYTES];
        let random = TillId::new().to_string();
        for (to, from) in secret.iter_mut().zip(random.bytes()) {
            *to = from;
        }
        let code = PairingCode::new(&self.address.to_string(), &secret, self.pin);
        let until = Clock::system().now().plus(60_000);
        self.store
            .offer_pairing(&code.secret, name, until)
            .await
            .unwrap();
        code
    }

    /// Makes an owner.
    pub async fn add_owner(&self, name: &str, passphrase: &str) {
        let hash = passphrase::hash(SecretString::from(passphrase)).await;
        let hash = hash.unwrap();
        let now = UnixMs(1);
        self.store.set_passphrase(name, &hash, now).await.unwrap();
    }

    /// A browser in which this owner has just signed in.
    pub async fn signed_in(&self, name: &str, passphrase: &str) -> Visitor {
        let mut visitor = Visitor::new(self.address);
        visitor.get("/sign-in").await;
        let fields = [("name", name), ("passphrase", passphrase)];
        let answer = visitor.post("/sign-in", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        visitor.get("/account").await;
        visitor
    }

    /// Makes a version of these settings, whatever they are: a hostile office, or one with another program.
    pub async fn force_settings(&self, settings: serde_json::Value) -> u64 {
        let document: Document = serde_json::from_value(settings).unwrap();
        let number = self.store.shared_number().await.unwrap() + 1;
        let (digest, body) = (document.digest(), document.canonical().replace('\'', "''"));
        let sql = format!(
            "PRAGMA busy_timeout=5000; INSERT INTO shared_version (number, id, made_at, made_by, note, about, digest, body) \
             VALUES ({number}, 'forced {number}', 1, 'nobody', 'forced', '', '{digest}', '{body}')"
        );
        let done = Command::new("sqlite3")
            .arg(self.folder().join("office.sqlite"))
            .arg(sql)
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        number
    }

    /// Makes a version of these settings.
    pub async fn share(&self, settings: &SharedSettings) -> u64 {
        let new = NewVersion {
            seen: self.store.shared_number().await.unwrap(),
            settings,
            by: "Anna",
            edit: Edit::Imported,
            about: "",
        };
        self.store.share(new, Clock::system().now()).await.unwrap()
    }

    /// A till's connection to it.
    pub fn client(&self) -> Client {
        Client::new(&self.address.to_string(), self.pin).unwrap()
    }

    /// Pairs a till: its token, and the key of this office.
    pub async fn pair(&self, till: TillId) -> (SecretString, PublicKey) {
        let secret = SecretToken(self.code("Stall").await.secret);
        let request = PairRequest { secret, till };
        let answer = self.client().pair(&request).await.unwrap();
        (answer.token.0, answer.office)
    }
}
