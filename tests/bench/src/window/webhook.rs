//! From a payment at the gateway to the painted paid screen, by the gateway's webhook: the gateway calls the office, the
//! office hints, the till asks. The till polls at its usual pace beside that; the same payments without the webhook, by
//! polls alone, are the peer.

use std::path::Path;
use std::time::{Duration, Instant};

use ringup_core::clock::Clock;
use ringup_core::office::{PairingCode, SECRET_BYTES};
use ringup_office::certificate::Certificate;
use ringup_office::server::{Office, serve};
use ringup_office::store::Store;
use ringup_office::witness::Witness;
use ringup_practice::{PracticeGateway, WebhookMode};
use ringup_testkit::Desktop;

use super::key_input::KeyInput;
use super::programs::{Program, pair, settled};
use super::screen_capture::ScreenCapture;
use super::till_window::TillWindow;
use super::{PROGRAM, SUBJECT_WEBHOOK};
use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::office_program::other;
use crate::spread::Spread;

/// A customer takes longer than that to pay; then the office knows the invoice.
const SCANNED_AFTER: Duration = Duration::from_millis(2500);
/// So many payments are made without the webhook.
const WITHOUT: usize = 3;
/// Sales are this far apart, so that the budget of a minute has room for what a shop does.
const APART: Duration = Duration::from_secs(9);
/// What 95 of 100 payments may take, milliseconds.
const AT_MOST_MS: f64 = 1000.0;

/// An office of this machine, which the gateway reaches.
struct PublicOffice {
    store: Store,
    address: String,
    certificate: Certificate,
    serving: tokio::task::JoinHandle<()>,
}

impl PublicOffice {
    async fn start(folder: &Path) -> Result<Self, Failed> {
        let store = Store::sqlite(&folder.join("office.sqlite")).await;
        let store = store.map_err(other)?;
        let witness = Witness::open(&folder.join("office.key")).map_err(other)?;
        let certificate = Certificate::own(&folder.join("office.pem")).map_err(other)?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let public = format!("https://{address}").parse().map_err(other)?;
        let office = Office::new(store.clone(), witness, Clock::system()).reached_at(public);
        let tls = certificate.server_config().map_err(other)?;
        Ok(Self {
            store,
            address,
            certificate,
            serving: tokio::spawn(serve(office, listener, tls)),
        })
    }

    /// A code by which a till pairs itself.
    async fn pairing_code(&self) -> Result<String, Failed> {
        let secret: [u8; SECRET_BYTES] = rand::random();
        let code = PairingCode::new(&self.address, &secret, self.certificate.fingerprint());
        let until = Clock::system().now().plus(60_000);
        let offered = self.store.offer_pairing(&code.secret, "Bench", until).await;
        offered.map_err(other)?;
        Ok(code.reveal())
    }
}

/// Makes so many sales that are paid with the webhook, and some without.
pub(super) async fn measure(
    sales: usize,
    gateway: &PracticeGateway,
    desktop: &Desktop,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let office = PublicOffice::start(folder.path()).await?;
    let api_url = gateway.base_url();
    pair(desktop, &api_url, &office.pairing_code().await?).await?;
    let screen = ScreenCapture::of(desktop)?;
    let program = Program::Till {
        binary: PROGRAM.into(),
        api_url,
        log: None,
        poll_ms: None,
    };
    let mut keys = KeyInput::on(desktop)?;
    keys.move_pointer_away()?;
    let (running, empty_pad) = settled(&program, desktop, &screen)?;
    let mut window = TillWindow {
        screen: &screen,
        keys,
        control: gateway.control(),
        empty_pad,
    };
    let with = pay(&mut window, sales, WebhookMode::Once)?;
    let without = pay(&mut window, (sales / WITHOUT).max(1), WebhookMode::Never)?;
    running.end()?;
    office.serving.abort();
    let (with, without) = (Spread::of(with), Spread::of(without));
    let what = "payment at the gateway to the paid screen";
    figures.add(Row {
        peer: Some("polls alone".to_owned()),
        peer_median: Some(without.p50_ms),
        target: Some(Target {
            what: format!("p95 below 1 s, is {:.2} s", with.p95_ms / 1000.0),
            met: with.p95_ms < AT_MOST_MS,
        }),
        ..Row::timed(SUBJECT_WEBHOOK, what, 0, &with)
    });
    figures.add(Row::timed(
        SUBJECT_WEBHOOK,
        "the same by polls alone",
        0,
        &without,
    ));
    Ok(())
}

/// Makes so many sales; how long after each payment the paid screen was there.
fn pay(
    window: &mut TillWindow<'_>,
    sales: usize,
    mode: WebhookMode,
) -> Result<Vec<Duration>, Failed> {
    window.control.set_webhooks(mode);
    let mut took = Vec::with_capacity(sales);
    for sale in 0..sales {
        let begun = Instant::now();
        window.keys.type_keys("1250")?;
        window.keys.press("Return")?;
        let id = window.open_invoice(begun)?;
        // Not in step with the polls.
        let later = Duration::from_millis(u64::try_from(sale * 337 % 2500).unwrap_or(0));
        std::thread::sleep(SCANNED_AFTER + later);
        took.push(window.pay(&id, begun)?);
        std::thread::sleep(APART.saturating_sub(begun.elapsed()));
    }
    Ok(took)
}
