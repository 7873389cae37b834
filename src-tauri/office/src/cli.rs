//! The command line of the office.

mod book;
mod decisions;
mod owner;
mod settings;
mod word;

use std::io::{IsTerminal as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use serde::Serialize;

use ringup_core::calendar::Zone;
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::office::{PairingCode, PublicAddress, SECRET_BYTES};
use ringup_core::{make_private_folder, qr};
use ringup_office::certificate::Certificate;
use ringup_office::pages::PagesConfig;
use ringup_office::server::{Office, serve_metrics, serve_until};
use ringup_office::store::{NewDecision, Store, TillRow, Verdict};
use ringup_office::witness::Witness;
use ringup_office::word::Sender;

/// Where the office listens unless it is told otherwise: on every network that this machine is in.
const LISTEN: &str = "0.0.0.0:7443";
/// How long a pairing code is valid.
const CODE_VALID_MS: i64 = 15 * 60 * 1000;
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Ringup's back office: receives the journals of many tills, proves them and keeps them in one book.
#[derive(Debug, Parser)]
#[command(name = "ringup-office", version)]
struct Args {
    /// The folder of the book, the key and the certificate
    #[arg(
        long,
        env = "RINGUP_OFFICE_DATA_DIR",
        value_name = "FOLDER",
        global = true
    )]
    data: Option<PathBuf>,
    /// A PostgreSQL, or what speaks its protocol: postgresql://user:password@host/name. Without it the book is one file
    #[arg(
        long,
        env = "RINGUP_OFFICE_DATABASE",
        hide_env_values = true,
        value_name = "URL",
        global = true
    )]
    database: Option<String>,
    /// The address to listen on
    #[arg(long, env = "RINGUP_OFFICE_LISTEN", default_value = LISTEN, global = true)]
    listen: SocketAddr,
    /// The host and port by which tills reach it; found out by default
    #[arg(
        long,
        env = "RINGUP_OFFICE_ADDRESS",
        value_name = "HOST:PORT",
        global = true
    )]
    address: Option<String>,
    /// The address by which customers' phones and the gateway reach it: https://office.example. Its certificate must be one
    /// that they trust. Without it nobody but tills and owners is told of this office
    #[arg(
        long,
        env = "RINGUP_OFFICE_PUBLIC_ADDRESS",
        value_name = "URL",
        global = true
    )]
    public_address: Option<PublicAddress>,
    /// A certificate that a public authority has signed, with its chain, PEM; its own by default
    #[arg(long, value_name = "FILE", requires = "certificate_key", global = true)]
    certificate: Option<PathBuf>,
    /// That certificate's key, PEM
    #[arg(long, value_name = "FILE", requires = "certificate", global = true)]
    certificate_key: Option<PathBuf>,
    /// The shop's time zone, as Europe/Berlin; this machine's by default
    #[arg(long, env = "RINGUP_OFFICE_ZONE", value_name = "ZONE")]
    zone: Option<String>,
    /// A port of this machine alone on which Prometheus reads how the office does, at /metrics
    #[arg(long, env = "RINGUP_OFFICE_METRICS_PORT", value_name = "PORT")]
    metrics_port: Option<u16>,
    /// For how many days after its payment a customer may open a receipt by its code
    #[arg(
        long,
        env = "RINGUP_OFFICE_RECEIPT_DAYS",
        value_name = "DAYS",
        default_value_t = 90,
        value_parser = clap::value_parser!(u16).range(1..=3650)
    )]
    receipt_days: u16,
    #[command(flatten)]
    word: word::WordArgs,
    /// How the log is written, on standard error: what is in it, RUST_LOG says
    #[arg(long, env = "RINGUP_OFFICE_LOG", default_value = "text", global = true)]
    log: LogFormat,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows a code that pairs one till, for a quarter of an hour
    Pair {
        /// What the till is called here
        name: String,
        /// Writes the code into this file as well, for a till without a keyboard or a scanner
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// The tills, and what the owner has to know of them
    Tills {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// What came of a till for numbers that the book holds other entries for, and what was decided about it
    Forks {
        /// The till's id, or its name; all tills by default
        till: Option<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Decides about such a branch: `refuse` sets it aside, `follow` puts it in the place of what the book holds from its
    /// first entry on. Nothing is deleted, and another decision can take this one back
    Decide {
        /// The till's id, or its name
        till: String,
        /// `refuse` or `follow`
        verdict: Verdict,
        /// The branch, as `forks` shows it
        branch: String,
        /// Who decides
        #[arg(long)]
        by: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Takes back a till's token: it sends nothing more until it is paired anew
    Revoke {
        /// The till's id, or its name
        till: String,
    },
    /// Who may sign in to the owner's pages
    Owner {
        #[command(subcommand)]
        command: owner::OwnerCommand,
    },
    /// The items, taxes, cashiers and texts that the shop shares between its tills
    Settings {
        #[command(subcommand)]
        command: settings::SettingsCommand,
    },
    /// Where word to the owner goes, and what became of it
    Word {
        #[command(subcommand)]
        command: word::WordCommand,
    },
    /// What was paid and refunded on a day, till by till
    Report(book::ReportArgs),
    /// Writes the book of all tills into a file, or on standard output
    Export(book::ExportArgs),
    /// Checks every entry of every till
    Verify {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

/// Why a command failed, for people.
type Failure = Box<dyn std::error::Error>;

/// Runs the program as its arguments say.
pub(crate) fn run() -> ExitCode {
    let args = Args::parse();
    log(args.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(carry_out(args)),
        Err(error) => Err(error.into()),
    };
    done.unwrap_or_else(|error| {
        writeln!(std::io::stderr(), "ringup-office: {error}").ok();
        ExitCode::FAILURE
    })
}

/// Starts the log. At no level does it hold what was sold, to whom, or a secret.
fn log(format: LogFormat) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| "info".into()))
        .with_ansi(false)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

async fn carry_out(args: Args) -> Result<ExitCode, Failure> {
    let folder = match &args.data {
        Some(folder) => folder.clone(),
        None => directories::BaseDirs::new()
            .ok_or("there is no home folder; give --data")?
            .data_dir()
            .join("app.ringup.office"),
    };
    make_private_folder(&folder)?;
    let store = match &args.database {
        Some(url) => Store::postgres(url).await?,
        None => Store::sqlite(&folder.join("office.sqlite")).await?,
    };
    let now = Clock::system().now();
    match &args.command {
        None => {
            let certificate = certificate(&args, &folder)?;
            let witness = witness(&store, &folder).await?;
            start(&args, store, witness, &certificate).await?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Pair { name, file }) => {
            let certificate = certificate(&args, &folder)?;
            let code = offer(&args, &store, name, &certificate, now).await?;
            show(&code, name, file.as_deref())?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Tills { json }) => tills(&store, *json).await,
        Some(Command::Forks { till, json }) => {
            decisions::forks(&store, till.as_deref(), *json).await
        }
        Some(Command::Decide {
            till,
            verdict,
            branch,
            by,
            reason,
        }) => {
            let wanted = NewDecision {
                verdict: *verdict,
                branch: branch.clone(),
                by: by.clone(),
                reason: reason.clone(),
            };
            decisions::decide(&store, till, &wanted, now).await
        }
        Some(Command::Revoke { till }) => revoke(&store, till, now).await,
        Some(Command::Owner { command }) => {
            let address = address(&args, args.listen);
            owner::carry_out(command, &store, &address, now).await
        }
        Some(Command::Settings { command }) => settings::carry_out(command, &store, now).await,
        Some(Command::Word { command }) => {
            let config = args.word.config(&witness(&store, &folder).await?)?;
            let address = address(&args, args.listen);
            let sender = Sender::new(store, Clock::system(), config, address, zone(&args)?);
            word::carry_out(command, &sender).await
        }
        Some(Command::Report(report)) => book::report(&store, report, now).await,
        Some(Command::Export(export)) => book::export(&store, export, now).await,
        Some(Command::Verify { json }) => verify(&store, *json, now).await,
    }
}

fn certificate(args: &Args, folder: &Path) -> Result<Certificate, Failure> {
    Ok(match (&args.certificate, &args.certificate_key) {
        (Some(chain), Some(key)) => Certificate::read(chain, key)?,
        _ => Certificate::own(&folder.join("office.pem"))?,
    })
}

/// The key, which must be the one that this book is signed by: a till would take another office's word for forged.
async fn witness(store: &Store, folder: &Path) -> Result<Witness, Failure> {
    let path = folder.join("office.key");
    let witness = Witness::open(&path)?;
    let own = witness.public().0;
    if store.signing_key(&own).await? != own {
        let path = path.display();
        return Err(format!(
            "this book is signed by another key than {path}: put the office.key of the first office there"
        )
        .into());
    }
    Ok(witness)
}

/// The time zone of the pages.
fn zone(args: &Args) -> Result<Zone, Failure> {
    let Some(name) = &args.zone else {
        return Ok(Zone::system());
    };
    Zone::named(name).ok_or_else(|| format!("there is no time zone {name}").into())
}

async fn start(
    args: &Args,
    store: Store,
    witness: Witness,
    certificate: &Certificate,
) -> Result<(), Failure> {
    let tls = certificate.server_config()?;
    let listener = tokio::net::TcpListener::bind(args.listen).await?;
    let here = listener.local_addr()?;
    print_line(&format!("ringup-office listens on {here}"));
    let address = address(args, here);
    print_line(&format!(
        "tills reach it at {address}; the owner's pages are at https://{address}"
    ));
    if store.owners().await?.is_empty() {
        // A link lets whoever reads it in: it is for eyes, and for no log.
        let how = match std::io::stdout().is_terminal() {
            true => owner::setup_link(&store, &address, Clock::system().now()).await?,
            false => "ringup-office owner setup-link".to_owned(),
        };
        print_line(&format!("there is no owner yet; within an hour: {how}"));
    }
    let config = PagesConfig {
        address,
        fingerprint: certificate.fingerprint(),
        zone: zone(args)?,
        receipt_days: args.receipt_days,
        word: args.word.config(&witness)?,
    };
    let clock = Clock::system();
    let mut office = Office::with_pages(store.clone(), witness, clock.clone(), config);
    if let Some(address) = &args.public_address {
        print_line(&format!("phones and the gateway reach it at {address}"));
        office = office.reached_at(address.clone());
    }
    if let Some(port) = args.metrics_port {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        tokio::spawn(serve_metrics(office.clone(), listener));
    }
    tokio::spawn(forget_expired(store, clock));
    serve_until(office, listener, tls, told_to_stop()).await;
    tracing::info!("stopped");
    Ok(())
}

/// Waits for the signals by which a service or a terminal ends a program.
async fn told_to_stop() {
    #[cfg(unix)]
    let ended = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => drop(signals.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! {
        () = ended => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("calls under way are ended, new ones are not taken");
}

/// Forgets once a day what has no use any more.
async fn forget_expired(store: Store, clock: Clock) {
    loop {
        match store.forget_expired(clock.now()).await {
            Ok(codes) => tracing::debug!(codes, "expired pairing codes forgotten"),
            Err(error) => tracing::warn!(%error, "expired pairing codes are still there"),
        }
        tokio::time::sleep(A_DAY).await;
    }
}

/// By which host and port tills reach this office, as far as this machine can tell.
fn address(args: &Args, listens: SocketAddr) -> String {
    if let Some(address) = &args.address {
        return address.clone();
    }
    let ip = match listens.ip() {
        ip if ip.is_unspecified() => own_address().unwrap_or(ip),
        ip => ip,
    };
    SocketAddr::new(ip, listens.port()).to_string()
}

/// The address from which this machine would send to the rest of the world. Nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // An address for documentation (RFC 5737).
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip())
}

async fn offer(
    args: &Args,
    store: &Store,
    name: &str,
    certificate: &Certificate,
    now: UnixMs,
) -> Result<PairingCode, Failure> {
    let secret: [u8; SECRET_BYTES] = rand::random();
    let address = address(args, args.listen);
    let code = PairingCode::new(&address, &secret, certificate.fingerprint());
    let until = now.plus(CODE_VALID_MS);
    store.offer_pairing(&code.secret, name, until).await?;
    Ok(code)
}

fn show(code: &PairingCode, name: &str, file: Option<&Path>) -> Result<(), Failure> {
    let text = code.reveal();
    if let Some(file) = file {
        let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
        let mut whole = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        writeln!(whole, "{text}")?;
        whole.persist(file)?;
    }
    print_line(&qr::text(&text)?);
    print_line(&text);
    print_line(&format!(
        "This code pairs {name}, once, within 15 minutes. At the till: ringup office pair CODE"
    ));
    Ok(())
}

async fn tills(store: &Store, json: bool) -> Result<ExitCode, Failure> {
    let (tills, alarms) = (store.tills().await?, store.alarms().await?);
    for till in &tills {
        print(json, till, |till| {
            let state = match (&till.quarantine, till.paired) {
                (Some(why), _) => why,
                (None, true) => "paired",
                (None, false) => "revoked",
            };
            format!("{}\t{}\t{}\t{state}", till.name, till.till, till.entries)
        })?;
    }
    if !json && tills.iter().any(|till| till.quarantine.is_some()) {
        print_line(
            "What came of a till in quarantine, and how to decide about it: ringup-office forks",
        );
    }
    for alarm in &alarms {
        print(json, alarm, |alarm| {
            format!("alarm\t{}\t{}\tentry {}", alarm.till, alarm.code, alarm.seq)
        })?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The one till of this id or name.
fn till_named<'t>(tills: &'t [TillRow], till: &str) -> Result<&'t TillRow, Failure> {
    let named = tills
        .iter()
        .filter(|row| row.till == till || row.name == till);
    match named.collect::<Vec<_>>().as_slice() {
        [row] => Ok(row),
        [] => Err(format!("there is no till {till}").into()),
        more => {
            let count = more.len();
            Err(format!("{count} tills are called {till}: name it by its id").into())
        }
    }
}

async fn revoke(store: &Store, till: &str, now: UnixMs) -> Result<ExitCode, Failure> {
    let row = named(store, till).await?;
    let message = match store.revoke(row.till.parse()?, now).await? {
        true => "it sends nothing more until it is paired anew",
        false => "it had no token",
    };
    print_line(&format!("{}: {message}", row.name));
    Ok(ExitCode::SUCCESS)
}

/// The one till of this id or name.
async fn named(store: &Store, till: &str) -> Result<TillRow, Failure> {
    let tills = store.tills().await?;
    let mut named: Vec<_> = tills
        .into_iter()
        .filter(|row| row.till == till || row.name == till)
        .collect();
    match (named.pop(), named.len()) {
        (Some(row), 0) => Ok(row),
        (Some(_), others) => {
            let tills = others + 1;
            Err(format!("{tills} tills are called {till}: name it by its id").into())
        }
        (None, _) => Err(format!("there is no till {till}").into()),
    }
}

async fn verify(store: &Store, json: bool, now: UnixMs) -> Result<ExitCode, Failure> {
    let book = store.verify(now).await?;
    print(json, &book, |book| {
        let faults = book.faults.iter();
        let faults = faults.map(|fault| {
            format!(
                "\n{} of till {} at entry {}",
                fault.code, fault.till, fault.seq
            )
        });
        let state = if book.faults.is_empty() {
            "whole"
        } else {
            "wrong"
        };
        format!(
            "The book is {state}: {} entries of {} tills.{}",
            book.entries,
            book.tills,
            faults.collect::<String>()
        )
    })?;
    Ok(match book.faults.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn print<T: Serialize>(
    json: bool,
    value: &T,
    describe: impl FnOnce(&T) -> String,
) -> Result<(), Failure> {
    print_line(&match json {
        true => serde_json::to_string(value)?,
        false => describe(value),
    });
    Ok(())
}

/// A reader that has gone wants no more.
fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).ok();
}
