//! A shop: a till that asks the practice gateway, in a folder of its own.

use std::time::Duration;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::ids::TapId;
use ringup_core::sale::{Basket, SaleState, SaleView};
use ringup_core::{Charge, Till, TillEvent};
use ringup_practice::{Act, Control, Endpoint, FaultRule, Options, PracticeGateway, Target};
use rusqlite::{Connection, OpenFlags};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::gateway::{KEY, base_of, key};

/// Nothing that is waited for takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The till, its gateway and its data folder, which goes with it.
pub(crate) struct Shop {
    till: Option<Till>,
    gateway: Option<PracticeGateway>,
    pub(crate) control: Control,
    pub(crate) config: Config,
    events: UnboundedReceiver<TillEvent>,
    _folder: tempfile::TempDir,
}

impl Shop {
    /// A shop whose till asks about a hundred times a second.
    pub(crate) async fn open() -> Self {
        Self::with(Options::default(), Duration::from_millis(10)).await
    }

    /// A shop whose till does not ask by itself again while a test lasts.
    pub(crate) async fn slow() -> Self {
        Self::with(Options::default(), Duration::from_secs(600)).await
    }

    pub(crate) async fn with(options: Options, pace: Duration) -> Self {
        let gateway = start(options).await;
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            api: base_of(gateway.port()),
            pace,
        };
        let till = Till::open_practice(&config, Clock::system(), key())
            .await
            .unwrap();
        Self {
            events: kept(&till),
            till: Some(till),
            control: gateway.control(),
            gateway: Some(gateway),
            config,
            _folder: folder,
        }
    }

    pub(crate) fn till(&self) -> &Till {
        self.till.as_ref().unwrap()
    }

    /// The till is gone; its journal stays.
    pub(crate) fn close(&mut self) {
        self.till = None;
    }

    /// No till has the journal open.
    pub(crate) async fn is_let_go(&self) {
        let lock = self.config.data_dir.join("journal.lock");
        let lock = std::fs::File::open(lock).unwrap();
        let free = async {
            while lock.try_lock().is_err() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, free).await.unwrap();
    }

    /// A new till opens the journal.
    pub(crate) async fn reopen(&mut self) {
        self.reopen_with(Clock::system()).await;
    }

    pub(crate) async fn reopen_with(&mut self, clock: Clock) {
        self.close();
        let till = Till::open_practice(&self.config, clock, key())
            .await
            .unwrap();
        self.events = kept(&till);
        self.till = Some(till);
    }

    /// The gateway stops: nobody listens on its port.
    pub(crate) async fn gateway_goes(&mut self) {
        self.gateway.take().unwrap().stop().await;
    }

    /// Another gateway, which knows nothing, listens on that port.
    pub(crate) async fn gateway_comes(&mut self) {
        let authority = self.config.api.authority();
        let (_, port) = authority.split_once(':').unwrap();
        let gateway = start(Options {
            port: port.parse().unwrap(),
            ..Options::default()
        })
        .await;
        self.control = gateway.control();
        self.gateway = Some(gateway);
    }

    /// Charges 12.50 EUR.
    pub(crate) async fn charge(&self) -> SaleView {
        self.till().charge(euros("12.50")).await.unwrap()
    }

    /// Charges 12.50 EUR and gives the number and the invoice that the gateway made.
    pub(crate) async fn open_sale(&self) -> (u32, String) {
        let sale = self.charge().await;
        assert_eq!(sale.state, SaleState::Awaiting);
        (sale.number, sale.invoice_id.unwrap())
    }

    /// The next call of this endpoint goes wrong.
    pub(crate) fn spoil(&self, endpoint: Target, act: Act) {
        self.control
            .add_fault(FaultRule::next(endpoint, act))
            .unwrap();
    }

    /// The sale once it is as wanted.
    pub(crate) async fn becomes(
        &self,
        number: u32,
        wanted: impl Fn(&SaleView) -> bool,
    ) -> SaleView {
        let mut events = self.till().events();
        let mut sale = self.till().sale(number).await.unwrap();
        let waited = tokio::time::timeout(PATIENCE, async {
            while !wanted(&sale) {
                match events.recv().await.unwrap() {
                    TillEvent::SaleChanged(changed) if changed.number == number => sale = *changed,
                    _ => {}
                }
            }
        });
        let in_time = waited.await.is_ok();
        assert!(in_time, "waited in vain; the sale is {sale:?}");
        sale
    }

    /// The sale once it is in this state.
    pub(crate) async fn reaches(&self, number: u32, state: SaleState) -> SaleView {
        self.becomes(number, |sale| sale.state == state).await
    }

    /// What the till has told since it was opened, or since this was last called, that `pick` takes;
    /// waits until it is `count`.
    pub(crate) async fn told<T>(
        &mut self,
        count: usize,
        mut pick: impl FnMut(TillEvent) -> Option<T>,
    ) -> Vec<T> {
        let mut told = Vec::new();
        let waited = tokio::time::timeout(PATIENCE, async {
            while told.len() < count {
                told.extend(pick(self.events.recv().await.unwrap()));
            }
        });
        let in_time = waited.await.is_ok();
        assert!(in_time, "waited in vain for {count}, {} came", told.len());
        told
    }

    /// Waits until an endpoint has been called so often in all.
    pub(crate) async fn called(&self, endpoint: Endpoint, count: u64) {
        let called = self.control.called(endpoint, count);
        let in_time = tokio::time::timeout(PATIENCE, called).await.is_ok();
        let calls = self.control.count(endpoint);
        assert!(in_time, "waited in vain for {count} calls, {calls} came");
    }

    /// Waits until the gateway has been asked about invoices `more` times from now on, of which the
    /// first may have been under way.
    pub(crate) async fn asked(&self, more: u64) {
        let so_far = self.control.count(Endpoint::Info);
        self.called(Endpoint::Info, so_far + more).await;
    }

    /// Waits for twenty paces and says whether the gateway was asked about an invoice meanwhile.
    pub(crate) async fn is_asking(&self) -> bool {
        let count = self.control.count(Endpoint::Info) + 1;
        let called = self.control.called(Endpoint::Info, count);
        tokio::time::timeout(self.config.pace * 20, called)
            .await
            .is_ok()
    }

    /// The kinds of the entries on the disk, in order.
    pub(crate) fn on_disk(&self) -> Vec<String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let file = Connection::open_with_flags(self.config.journal(), flags).unwrap();
        let mut kinds = file.prepare("SELECT kind FROM entry ORDER BY seq").unwrap();
        let rows = kinds.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// The journal must be whole, whatever has been.
    pub(crate) async fn is_whole(&self) {
        self.till().verify().await.unwrap().unwrap();
    }
}

async fn start(options: Options) -> PracticeGateway {
    let key = Some(KEY.to_owned());
    ringup_practice::start(Options { key, ..options })
        .await
        .unwrap()
}

/// All that a till tells from now on, kept until a test looks at it.
fn kept(till: &Till) -> UnboundedReceiver<TillEvent> {
    let (keep, kept) = unbounded_channel();
    let mut events = till.events();
    tokio::spawn(async move {
        loop {
            match events.recv().await {
                // The test may have ended and not look any more.
                Ok(event) => drop(keep.send(event)),
                Err(RecvError::Lagged(missed)) => panic!("{missed} events were missed"),
                Err(RecvError::Closed) => return,
            }
        }
    });
    kept
}

/// A charge by a new tap.
pub(crate) fn euros(amount: &str) -> Charge {
    Charge {
        amount: amount.to_owned(),
        currency: "EUR".to_owned(),
        note: None,
        lifetime_minutes: None,
        basket: Basket::default(),
        tap: TapId::new(),
    }
}
