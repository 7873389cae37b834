//! TLS between the office and a real PostgreSQL: each mode does what it does for `psql`, and no error holds the password.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use ringup_office::store::Store;
use ringup_testkit::Postgres;
use tempfile::TempDir;

const PASSWORD: &str = "s3cret-and-long";

/// An authority of this name.
fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A PostgreSQL that takes nobody but over TLS and with a password.
struct Database {
    postgres: Postgres,
    files: TempDir,
}

impl Database {
    /// Its certificate is for `127.0.0.1`.
    fn start() -> Self {
        let (files, own) = (tempfile::tempdir().unwrap(), authority("own"));
        let path = |name: &str| files.path().join(name);
        std::fs::write(path("own.pem"), own.pem()).unwrap();
        std::fs::write(path("other.pem"), authority("other").pem()).unwrap();
        let key = KeyPair::generate().unwrap();
        let names = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        let certificate = names.signed_by(&key, &own).unwrap();
        let mut postgres = Postgres::start();
        postgres.sql(&format!("CREATE ROLE office LOGIN PASSWORD '{PASSWORD}'"));
        postgres.sql("CREATE DATABASE office OWNER office");
        let rules = "hostssl office office 127.0.0.1/32 scram-sha-256\n";
        for (setting, name, content) in [
            ("ssl_cert_file", "server.crt", certificate.pem()),
            ("ssl_key_file", "server.key", key.serialize_pem()),
            ("hba_file", "hba.conf", rules.to_owned()),
        ] {
            let path = postgres.write_file(name, &content);
            postgres.set(format!("{setting}={}", path.display()));
        }
        postgres.set("ssl=on".to_owned());
        postgres.restart();
        Self { postgres, files }
    }

    /// What an office says that is told these options.
    async fn opened(&self, host: &str, password: &str, options: &str) -> Result<(), String> {
        let port = self.postgres.port();
        let folder = self.files.path().to_str().unwrap();
        let options = options.replace("DIR", folder);
        let url = format!("postgresql://office:{password}@{host}:{port}/office?{options}");
        let opened = Store::postgres(&url).await;
        opened.map(drop).map_err(|error| error.to_string())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_is_reached_over_tls_as_its_mode_says() {
    let database = Database::start();
    let open = async |host: &str, options: &str| database.opened(host, PASSWORD, options).await;
    for options in [
        "",
        "sslmode=prefer",
        "sslmode=require",
        "sslmode=require&sslrootcert=DIR/own.pem",
        "sslmode=verify-ca&sslrootcert=DIR/own.pem",
        "sslmode=verify-full&sslrootcert=DIR/own.pem",
    ] {
        assert_eq!(open("127.0.0.1", options).await, Ok(()), "{options}");
    }
    // The certificate is for another name.
    let other_name = "sslmode=verify-ca&sslrootcert=DIR/own.pem";
    assert_eq!(open("localhost", other_name).await, Ok(()));
    for (host, options, why) in [
        ("127.0.0.1", "sslmode=disable", "no pg_hba.conf entry"),
        (
            "localhost",
            "sslmode=verify-full&sslrootcert=DIR/own.pem",
            "not valid for name",
        ),
        (
            "127.0.0.1",
            "sslmode=require&sslrootcert=DIR/other.pem",
            "UnknownIssuer",
        ),
        (
            "127.0.0.1",
            "sslmode=verify-ca&sslrootcert=DIR/other.pem",
            "UnknownIssuer",
        ),
        (
            "127.0.0.1",
            "sslmode=verify-full&sslrootcert=DIR/other.pem",
            "UnknownIssuer",
        ),
        // The authorities of this machine do not know it.
        ("127.0.0.1", "sslmode=verify-full", "certificate"),
        (
            "127.0.0.1",
            "sslmode=verify-full&sslrootcert=DIR/none.pem",
            "none.pem",
        ),
    ] {
        let said = open(host, options).await.unwrap_err();
        assert!(said.contains(why), "{options}: {said}");
        assert!(!said.contains(PASSWORD), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_refused_and_not_repeated() {
    let database = Database::start();
    let said = database
        .opened("127.0.0.1", "an0ther", "sslmode=require")
        .await;
    let said = said.unwrap_err();
    assert!(said.contains("password authentication failed"), "{said}");
    assert!(!said.contains("an0ther"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_without_tls_is_taken_only_where_that_may_be() {
    let postgres = Postgres::start();
    let open =
        async |mode: &str| Store::postgres(&format!("{}?sslmode={mode}", postgres.url())).await;
    assert!(open("prefer").await.is_ok());
    assert!(open("disable").await.is_ok());
    let said = open("require").await.unwrap_err().to_string();
    assert!(said.contains("TLS"), "{said}");
}
