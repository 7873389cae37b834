//! A shop without a screen: the core's till, opened on a new folder, and the practice gateway that it asks.

use std::time::Duration;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::config::Config;
use ringup_core::ids::TapId;
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{Basket, RefundWay, ReturnedLine, SaleState, SaleView};
use ringup_core::{Charge, NewRefund, Till, TillEvent};
use ringup_practice::{CallFault, Control, Endpoint, FaultRule, Options, PracticeGateway, Target};
use rusqlite::{Connection, OpenFlags};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::TIMEOUT;
use crate::gateway::{KEY, api_base, key, start_with};

/// A till, the practice gateway that it asks, and their data folder, which is removed when this is dropped.
pub struct Shop {
    till: Option<Till>,
    gateway: Option<PracticeGateway>,
    /// The gateway's remote control.
    pub control: Control,
    /// The till's configuration.
    pub config: Config,
    events: UnboundedReceiver<TillEvent>,
    _folder: tempfile::TempDir,
}

impl Shop {
    /// A shop whose till polls every 10 ms.
    pub async fn open() -> Self {
        Self::with(Options::default(), Duration::from_millis(10)).await
    }

    /// A shop whose till does not poll by itself while the test lasts.
    pub async fn without_polling() -> Self {
        Self::with(Options::default(), Duration::from_secs(600)).await
    }

    /// A shop whose till polls at this pace, and a gateway with these options.
    pub async fn with(options: Options, pace: Duration) -> Self {
        let gateway = start_with(KEY, options).await;
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            api: api_base(gateway.port()),
            pace,
        };
        let till = Till::open_practice(&config, Clock::system(), key())
            .await
            .unwrap();
        Self {
            events: recorded(&till),
            till: Some(till),
            control: gateway.control(),
            gateway: Some(gateway),
            config,
            _folder: folder,
        }
    }

    /// The open till.
    pub fn till(&self) -> &Till {
        self.till.as_ref().unwrap()
    }

    /// Closes the till. Its journal stays.
    pub fn close(&mut self) {
        self.till = None;
    }

    /// Waits until no till has the journal open.
    pub async fn wait_until_closed(&self) {
        let lock = self.config.data_dir.join("journal.lock");
        let lock = std::fs::File::open(lock).unwrap();
        let free = async {
            while lock.try_lock().is_err() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(TIMEOUT, free).await.unwrap();
    }

    /// Opens a new till on the same journal.
    pub async fn reopen(&mut self) {
        self.reopen_with(Clock::system()).await;
    }

    /// The same with another clock.
    pub async fn reopen_with(&mut self, clock: Clock) {
        self.close();
        let till = Till::open_practice(&self.config, clock, key())
            .await
            .unwrap();
        self.events = recorded(&till);
        self.till = Some(till);
    }

    /// Stops the gateway: nobody listens on its port.
    pub async fn stop_gateway(&mut self) {
        self.gateway.take().unwrap().stop().await;
    }

    /// Starts another gateway on that port. It knows none of the invoices.
    pub async fn restart_gateway(&mut self) {
        let authority = self.config.api.authority();
        let (_, port) = authority.split_once(':').unwrap();
        let port = port.parse().unwrap();
        let options = Options::default();
        let gateway = start_with(KEY, Options { port, ..options }).await;
        self.control = gateway.control();
        self.gateway = Some(gateway);
    }

    /// Charges 12.50 EUR.
    pub async fn charge(&self) -> SaleView {
        self.till().charge(euros("12.50")).await.unwrap()
    }

    /// Charges 12.50 EUR; returns the number of the sale and the id of its invoice.
    pub async fn open_sale(&self) -> (u32, String) {
        let sale = self.charge().await;
        assert_eq!(sale.state, SaleState::Awaiting);
        (sale.number, sale.invoice_id.unwrap())
    }

    /// Makes the next call of this endpoint fail so.
    pub fn fail_next(&self, endpoint: Target, act: CallFault) {
        self.control
            .add_fault(FaultRule::next(endpoint, act))
            .unwrap();
    }

    /// Waits until a sale is as `wanted`; returns it.
    pub async fn wait_for_sale(&self, number: u32, wanted: impl Fn(&SaleView) -> bool) -> SaleView {
        let mut events = self.till().events();
        let mut sale = self.till().sale(number).await.unwrap();
        let waited = tokio::time::timeout(TIMEOUT, async {
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

    /// Waits until a sale is in this state; returns it.
    pub async fn wait_for_state(&self, number: u32, state: SaleState) -> SaleView {
        self.wait_for_sale(number, |sale| sale.state == state).await
    }

    /// Pays a sale's invoice and waits until the till knows; returns the sale.
    pub async fn pay(&self, number: u32, invoice: &str) -> SaleView {
        self.control.pay(invoice).unwrap();
        self.wait_for_state(number, SaleState::Paid).await
    }

    /// Ends a sale's invoice and waits until the till knows; returns the sale.
    pub async fn end(&self, number: u32, invoice: &str) -> SaleView {
        self.control.end(invoice).unwrap();
        self.wait_for_state(number, SaleState::Ended).await
    }

    /// Charges 12.50 EUR and is paid; returns the number of the sale.
    pub async fn sell(&self) -> u32 {
        let (number, invoice) = self.open_sale().await;
        self.pay(number, &invoice).await;
        number
    }

    /// Waits for `count` events that `pick` takes, among those since the till was opened or since this was last
    /// called; returns what `pick` made of them.
    pub async fn wait_for_events<T>(
        &mut self,
        count: usize,
        mut pick: impl FnMut(TillEvent) -> Option<T>,
    ) -> Vec<T> {
        let mut picked = Vec::new();
        let waited = tokio::time::timeout(TIMEOUT, async {
            while picked.len() < count {
                picked.extend(pick(self.events.recv().await.unwrap()));
            }
        });
        let in_time = waited.await.is_ok();
        assert!(in_time, "waited in vain for {count}, {} came", picked.len());
        picked
    }

    /// Waits until an endpoint has been called this often in all.
    pub async fn wait_for_calls(&self, endpoint: Endpoint, count: u64) {
        let called = self.control.called(endpoint, count);
        let in_time = tokio::time::timeout(TIMEOUT, called).await.is_ok();
        let calls = self.control.count(endpoint);
        assert!(in_time, "waited in vain for {count} calls, {calls} came");
    }

    /// Waits until the till has polled `more` times from now on. The first call may have been under way.
    pub async fn wait_for_polls(&self, more: u64) {
        let so_far = self.control.count(Endpoint::Info);
        self.wait_for_calls(Endpoint::Info, so_far + more).await;
    }

    /// Whether the till polls within twenty times its pace.
    pub async fn polls_again(&self) -> bool {
        let count = self.control.count(Endpoint::Info) + 1;
        let called = self.control.called(Endpoint::Info, count);
        tokio::time::timeout(self.config.pace * 20, called)
            .await
            .is_ok()
    }

    /// The kinds of the journal's entries on the disk, in order.
    pub fn entry_kinds(&self) -> Vec<String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let file = Connection::open_with_flags(self.config.journal(), flags).unwrap();
        let mut kinds = file.prepare("SELECT kind FROM entry ORDER BY seq").unwrap();
        let rows = kinds.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// Checks that the journal verifies.
    pub async fn assert_whole(&self) {
        self.till().verify().await.unwrap().unwrap();
    }
}

/// Every event of a till from now on, kept until a test reads it.
fn recorded(till: &Till) -> UnboundedReceiver<TillEvent> {
    let (sender, receiver) = unbounded_channel();
    let mut events = till.events();
    tokio::spawn(async move {
        loop {
            match events.recv().await {
                // The test may have ended.
                Ok(event) => drop(sender.send(event)),
                Err(RecvError::Lagged(missed)) => panic!("{missed} events were missed"),
                Err(RecvError::Closed) => return,
            }
        }
    });
    receiver
}

/// A clock that is ahead of the machine's.
pub fn ahead(by_ms: i64) -> Clock {
    Clock::from_fn(move || UnixMs(Clock::system().now().0 + by_ms))
}

/// A refund in cash, with a reason that a file may trip over.
pub fn cash_back(amount: Money, lines: Vec<ReturnedLine>) -> NewRefund {
    NewRefund {
        amount,
        lines,
        way: RefundWay::Cash,
        own: None,
        reason: "one was, \"broken\"\nin two".to_owned(),
    }
}

/// An amount.
///
/// # Panics
/// When the text is none.
pub fn money(amount: &str, currency: Currency) -> Money {
    Money::parse(amount, currency).expect("an amount")
}

/// A charge of this many euros, confirmed, with a new tap id.
pub fn euros(amount: &str) -> Charge {
    Charge {
        amount: money(amount, Currency::Eur),
        note: None,
        language: None,
        lifetime_minutes: None,
        basket: Basket::default(),
        carts: Vec::new(),
        confirmed: true,
        tap: TapId::new(),
        tender: None,
    }
}
